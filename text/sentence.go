package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentences appends the sentences of paragraph p, whose tokens and marks are
// known.
func (s *splitter) sentences(p int) {
	para := &s.Paragraphs[p]
	para.Sentences.First = len(s.Sentences)
	first, end := para.Tokens.First, para.Tokens.End
	mark := 0 // the first of s.marks not before the token in hand
	for i := first; i < end; {
		e := s.ending(i)
		i++
		if e == endNone || e == endStop && i == para.Tokens.First+2 && s.enumerates(i-2) {
			continue
		}
		quoted := false
		for ; i < end; i++ {
			for mark < len(s.marks) && s.marks[mark].token < i {
				mark++
			}
			if mark < len(s.marks) && s.marks[mark].token == i && s.marks[mark].role == closes {
				quoted = true
			} else if c := s.Body[s.Tokens[i].Start]; c != ')' && c != ']' && c != '}' {
				break
			}
		}
		if i < end && s.goesOn(i, end, e, quoted) {
			continue
		}
		s.sentence(p, first, i)
		first = i
	}
	if first < end {
		s.sentence(p, first, end)
	}
	para.Sentences.End = len(s.Sentences)
}

func (s *splitter) sentence(p, first, end int) {
	s.Sentences = append(s.Sentences, Sentence{
		Span:      Span{s.Tokens[first].Start, s.Tokens[end-1].End},
		Paragraph: p,
		Tokens:    Range{first, end},
	})
}

// ending is what a token may do to the sentence it stands in.
type ending uint8

const (
	endNone     ending = iota
	endStop            // .
	endQuestion        // ? ! and runs of them
	endEllipsis        // ... … and more
)

// ending is that of token i.
func (s *splitter) ending(i int) ending {
	t := s.Tokens[i]
	switch c := s.Body[t.Start]; {
	case c == '?' || c == '!':
		return endQuestion
	case c == '.' && t.Len() == 1:
		return endStop
	case c == '.' && s.Body[t.End-1] == '.':
		return endEllipsis
	case c == 0xe2 && t.Len() >= 3 && s.Body[t.Start:t.Start+3] == "…":
		return endEllipsis
	}
	return endNone
}

// enumerates reports whether token i, its paragraph's first, is so short a
// number that the full stop after it numbers a list.
func (s *splitter) enumerates(i int) bool {
	t := s.Tokens[i]
	return t.Len() <= 2 && strings.Trim(t.Of(s.Body), "0123456789") == ""
}

// goesOn reports whether a sentence goes on with token i of a paragraph that
// ends at token end, after an ending and, if quoted, a closing quotation mark.
func (s *splitter) goesOn(i, end int, e ending, quoted bool) bool {
	t := s.Tokens[i]
	switch c := s.Body[t.Start]; {
	case c == ',' || c == ';' || c == ':', c == '.' && t.Start == s.Tokens[i-1].End:
		return true
	case c == '-' || c >= utf8.RuneSelf && s.classOf(i) == dash:
		return e != endStop
	}
	j := i
	for j < end && j < i+3 && s.opensAt(j) {
		j++
	}
	if j == end {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s.Body[s.Tokens[j].Start:])
	switch e {
	case endEllipsis:
		if !quoted {
			return true
		}
	case endStop:
		if !quoted && s.Body[s.Tokens[i-1].Start] == '.' {
			return false
		}
	}
	if unicode.IsLower(r) {
		return true
	}
	return quoted && e != endStop && unicode.IsUpper(r) && s.speaks(i, end)
}

func (s *splitter) classOf(i int) class {
	k, _ := classAt(s.Body, s.Tokens[i].Start)
	return k
}

// opensAt reports whether token i is a bracket or a mark before a word.
func (s *splitter) opensAt(i int) bool {
	switch c := s.Body[s.Tokens[i].Start]; c {
	case '(', '[', '{':
		return true
	default:
		return markOf(s.Tokens[i].Of(s.Body)).known
	}
}

// speaks reports whether the tokens from i on are a name and a verb of speech:
// “Why?” Jane Doe asked.
func (s *splitter) speaks(i, end int) bool {
	const maxName = 5
	for n := 0; i < end && n <= maxName; n++ {
		word := s.Tokens[i].Of(s.Body)
		if n > 0 && words[word]&speech != 0 {
			return true
		}
		r, _ := utf8.DecodeRuneInString(word)
		if !unicode.IsUpper(r) || n == 0 && words[word]&starter != 0 {
			return false
		}
		i++
	}
	return false
}
