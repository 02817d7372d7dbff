package text

import "strings"

// role is what a quotation mark does where it stands.
type role uint8

const (
	none   role = iota // no quotation mark there: an apostrophe, inches
	opens              //
	closes             //
	either             // what stands beside it does not tell
)

// kind is what a mark's shape says of it.
type kind struct {
	known  bool // it is a mark at all
	single bool
	role   role // by its shape; either for straight marks
}

// markOf is the kind of mark that a token is.
func markOf(token string) kind {
	if len(token) > 3 || token == "" {
		return kind{}
	}
	switch token[0] {
	case '"', '\'', '`', 0xc2, 0xe2:
	default:
		return kind{}
	}
	switch token {
	case `"`, "''":
		return kind{true, false, either}
	case "“", "„", "‟", "«", "``":
		return kind{true, false, opens}
	case "”", "»":
		return kind{true, false, closes}
	case "'":
		return kind{true, true, either}
	case "‘", "‚", "‛", "`":
		return kind{true, true, opens}
	case "’":
		return kind{true, true, closes}
	}
	return kind{}
}

// mark is a token that may be a quotation mark.
type mark struct {
	token   int
	single  bool
	leading bool // nothing but marks stands before it in the paragraph
	curly   bool // its shape tells opening from closing
	unsure  bool // may as well be a plural's apostrophe, or inches
	role    role
	next    int // index of the next mark that is single or double like this one, -1 if none
}

// side is what stands on one side of a mark.
type side uint8

const (
	solid  side = iota // a word or what clings to one
	open               // the edge of the paragraph, a blank, a bracket
	comma              // punctuation that clings to the word before it
	broken             // a dash
)

// findMarks fills s.marks for paragraph p.
func (s *splitter) findMarks(p int) {
	s.marks = s.marks[:0]
	para := s.Paragraphs[p]
	for i := para.Tokens.First; i < para.Tokens.End; {
		if !markOf(s.Tokens[i].Of(s.Body)).known {
			i++
			continue
		}
		end := i + 1 // of the run of marks that touch each other
		for end < para.Tokens.End && s.Tokens[end].Start == s.Tokens[end-1].End && markOf(s.Tokens[end].Of(s.Body)).known {
			end++
		}
		run := Span{s.Tokens[i].Start, s.Tokens[end-1].End}
		left, right := s.left(run.Start, para.Span), s.right(run.End, para.Span)
		by := beside(left, right)
		if by == either && run.Start == para.Start {
			by = opens
		} else if by == either && run.End == para.End {
			by = closes
		}
		for ; i < end; i++ {
			k := markOf(s.Tokens[i].Of(s.Body))
			m := mark{token: i, single: k.single, role: k.role, leading: run.Start == para.Start, curly: k.role != either}
			switch {
			case by == either && left == open:
				m.role = either // a blank on both sides
			case by == either:
			case k.role == either:
				m.role = by
			case k.role != by && k.single && k.role == closes:
				m.role = none // ’ello
			case k.role != by:
				m.role = by // misdirected
			}
			switch before := s.Body[para.Start:run.Start]; {
			case left != solid || m.role == opens:
			case m.single: // plurals' and droppin'
				m.unsure = right == open && i == end-1 && (strings.HasSuffix(before, "s") || strings.HasSuffix(before, "S") || strings.HasSuffix(before, "in"))
			default:
				c := before[len(before)-1]
				m.unsure = '0' <= c && c <= '9'
			}
			s.marks = append(s.marks, m)
		}
	}
	next := [2]int{-1, -1}
	for i := len(s.marks) - 1; i >= 0; i-- {
		m := &s.marks[i]
		c := 0
		if m.single {
			c = 1
		}
		m.next, next[c] = next[c], i
	}
}

// left is what stands before byte i of a paragraph.
func (s *splitter) left(i int, para Span) side {
	if i == para.Start || strings.IndexByte("([{", s.Body[i-1]) >= 0 {
		return open
	}
	switch classBefore(s.Body, i) {
	case blank:
		return open
	case dash:
		return broken
	case hyphen:
		if i-2 >= para.Start && s.Body[i-2] == '-' {
			return broken
		}
	}
	return solid
}

// right is what stands after byte i of a paragraph.
func (s *splitter) right(i int, para Span) side {
	if i == para.End {
		return open
	}
	c := s.Body[i]
	switch {
	case strings.IndexByte(")]}", c) >= 0:
		return open
	case strings.IndexByte(",;:!?", c) >= 0:
		return comma
	case c == '.':
		if after := s.Body[i+1 : para.End]; strings.HasPrefix(after, ".") || strings.HasPrefix(after, " .") {
			return solid // an ellipsis
		}
		return comma
	}
	switch k, _ := classAt(s.Body, i); k {
	case blank:
		return open
	case dash:
		return broken
	case hyphen:
		if i+1 < para.End && s.Body[i+1] == '-' {
			return broken
		}
	}
	return solid
}

// beside is the role of a mark by what stands on its two sides.
func beside(left, right side) role {
	switch {
	case left == open && right == open, left == solid && right == solid, left == broken && right == broken:
		return either
	case left == open && right == comma, left == solid, left == broken && right != solid:
		return closes
	}
	return opens
}
