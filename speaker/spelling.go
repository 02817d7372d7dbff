package speaker

import (
	"strings"

	"onrecord/english"
	"onrecord/lexicon"
)

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

// Middle are the folded words between the first and the last.
func (s Spelling) Middle() []string {
	if !s.IsFull() {
		return nil
	}
	return s.name.keys[1 : len(s.name.keys)-1]
}

// Initials are those that a body of this name may go by, "" for fewer than
// three.
func (s Spelling) Initials() string {
	if short := initials(s.name.words); len(short) >= 3 {
		return short
	}
	return ""
}

// Tally says how much more often a document has names for those of persons than
// for those of something else, by the names' folded words.
type Tally map[string]int

// NewTally counts the names of a document.
func NewTally(doc *english.Doc) Tally {
	t := Tally{}
	t.add(doc)
	return t
}

func (t Tally) add(doc *english.Doc) {
	for _, n := range doc.Names {
		words := make([]string, 0, 4)
		for i := n.Tokens.First; i < n.Tokens.End && len(words) < 5; i++ {
			words = append(words, fold(doc.Tokens[i].Form))
		}
		if n.Kind == kindPerson {
			t[strings.Join(words, " ")]++
		} else {
			t[strings.Join(words, " ")]--
		}
	}
}

// Of is the count of a name.
func (t Tally) Of(s Spelling) int { return t[strings.Join(s.name.keys, " ")] }

// Kind is 1 for a name that an article has for a person's, -1 for one that it
// has for something else's and 0 where it does not say, by how it takes the name
// itself (names, nil if that is not known) and by the role of who bears it.
func (s Spelling) Kind(role string, names Tally) int {
	for w := range strings.FieldsSeq(role) {
		if _, ok := lexicon.PersonRole(roleNoun(w)); ok {
			return 1
		}
	}
	if names != nil {
		return max(-1, min(1, names.Of(s)))
	}
	for _, k := range s.name.keys {
		if lexicon.IsBody(k) {
			return -1
		}
	}
	if s.IsFull() && lexicon.FirstNameGender(s.First()) != lexicon.UnknownGender {
		return 1
	}
	return 0
}

// FieldsOf are the fields that a role shows.
func FieldsOf(role string) (out Fields) {
	for w := range strings.FieldsSeq(role) {
		out |= lexicon.FieldsOf(roleNoun(w))
	}
	return out
}

// roleNoun is a word of a role as lists have it.
func roleNoun(word string) string { return strings.ToLower(strings.Trim(word, ".,;")) }
