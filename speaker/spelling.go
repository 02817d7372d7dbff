package speaker

import "strings"

// Spelling is a name as articles have it, taken apart to be compared with
// those of other articles.
type Spelling struct {
	Text string
	name personName // no keys where no word is left
}

// NewSpelling takes a name apart.
func NewSpelling(text string) Spelling {
	s := Spelling{Text: text}
	if n, ok := parsePerson(strings.Fields(text)); ok {
		s.name = n
	}
	return s
}

// Key is the same for spellings that differ in case, accents, stops, courtesy
// titles or an article at most.
func (s Spelling) Key() string {
	if len(s.name.keys) == 0 {
		return fold(s.Text)
	}
	return strings.TrimPrefix(strings.Join(s.name.keys, " "), "the ")
}

// IsFull reports whether there are two words or more.
func (s Spelling) IsFull() bool { return len(s.name.keys) > 1 }

// First is the folded first word of a full name, else "".
func (s Spelling) First() string {
	if !s.IsFull() {
		return ""
	}
	return s.name.first()
}

// Last is the folded last word of a full name, else "".
func (s Spelling) Last() string {
	if !s.IsFull() {
		return ""
	}
	return s.name.last()
}

// Initials are those that a body of this name may go by, "" for fewer than
// three.
func (s Spelling) Initials() string {
	if short := initials(s.name.words); len(short) >= 3 {
		return short
	}
	return ""
}
