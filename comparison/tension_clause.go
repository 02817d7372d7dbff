package comparison

import (
	"slices"
	"strings"

	"onrecord/attribution"
	"onrecord/lexicon"
)

// clause is what a statement says happens, with who and what.
type clause struct {
	article, statement int
	token              int // the verb, or the noun or adjective after "be"
	predicate          lexicon.Sense
	subject            string    // "" if unknown
	objects            []operand // what it has beside the subject
	passive            bool      // the first object is what a subject would be: "was asked"
	negated            bool
	past               bool
	mood               mood
}

// mood says how a clause is meant.
type mood int

const (
	fact   mood = iota // it is so
	demand             // it ought to be so
	chance             // it may be so
)

// operand is a thing that a clause is about.
type operand struct {
	word      string   // "" if unknown: "them"
	modifiers []string // "trade" of "the trade bill"
}

// clauses are those of the statements that assert or deny something.
func (s *scene) clauses() []clause {
	var out []clause
	for i := range s.Doc.Tokens {
		n := s.within[i]
		if !s.predicates(i) || n >= 0 && !s.asserts(n) || n < 0 && s.cue[i] {
			continue
		}
		c := clause{article: s.article, statement: n, token: i, predicate: s.sense(i)}
		if s.bearing(&c) {
			c.past = s.past(i)
			s.operands(&c)
			out = append(out, c)
		}
	}
	return out
}

// asserts reports whether somebody says in statement n that something is so,
// or not so.
func (s *scene) asserts(n int) bool {
	st := s.Statements[n]
	return st.Speaker.ID != "" && st.Polarity != attribution.Asked && st.Polarity != attribution.Refused
}

// predicates reports whether token i is the head of a clause.
func (s *scene) predicates(i int) bool {
	t := s.Doc.Tokens[i]
	switch t.Label {
	case "aux", "auxpass", "cop", "amod", "compound", "case", "mark":
		return false
	}
	return strings.HasPrefix(t.Tag, "VB") || s.child(i, "cop") >= 0
}

// past reports whether the clause of token i speaks of what was.
func (s *scene) past(i int) bool {
	for depth := 0; depth < 8; depth++ {
		t := s.Doc.Tokens[i]
		tag := t.Tag
		for _, c := range s.Doc.Children(i) {
			switch a := s.Doc.Tokens[c]; a.Label {
			case "cop":
				tag = a.Tag
			case "aux", "auxpass":
				if a.Tag == "MD" || a.Tag == "VBP" && a.Lemma == "be" || a.Tag == "VBZ" && a.Lemma == "be" || a.Lemma == "to" {
					tag = "VB"
				} else if a.Tag == "VBD" || a.Lemma == "have" {
					return true
				}
			}
		}
		if tag == "VBD" || tag == "VBN" {
			return true
		}
		if t.Label != "xcomp" || t.Head < 0 {
			return false
		}
		i = t.Head
	}
	return false
}

// negations counts what turns the clause of token i; ok is false if a "not"
// does not deny it ("not only").
func (s *scene) negations(i int) (n int, ok bool) {
	count := func(c int) bool {
		if lexicon.IsFlag(s.Doc.Tokens[c].Lemma, lexicon.Turns) {
			if c+1 < len(s.Doc.Tokens) && lexicon.IsFlag(s.Doc.Tokens[c+1].Lemma, lexicon.Limits) {
				return false
			}
			n++
		}
		return true
	}
	for _, c := range s.Doc.Children(i) {
		if !count(c) {
			return 0, false
		}
		switch s.Doc.Tokens[c].Label {
		case "nsubj", "nsubjpass", "dobj":
			for _, d := range s.Doc.Children(c) {
				if !count(d) {
					return 0, false
				}
			}
		}
	}
	return n, true
}

// bearing finds whether the statement affirms a clause or denies it, and how
// it is meant; ok is false if it leaves that open.
func (s *scene) bearing(c *clause) (ok bool) {
	i := c.token
	if x := s.sentenceOf(i).Tokens; strings.Contains(s.Doc.Tokens[x.End-1].Form, "?") || x.Len() > 1 && strings.Contains(s.Doc.Tokens[x.End-2].Form, "?") {
		return false
	}
	inherits := true // what turns the head turns the clause
	for range 20 {
		if inherits {
			n, ok := s.negations(i)
			if !ok || s.conditional(i) {
				return false
			}
			c.negated = c.negated != (n%2 == 1)
			c.mood = max(c.mood, s.mood(i))
		}
		t := s.Doc.Tokens[i]
		h := t.Head
		if h < 0 || s.within[h] != c.statement {
			s.turnByCue(c, h)
			return true
		}
		head := s.Doc.Tokens[h]
		switch t.Label {
		case "xcomp", "ccomp":
			inherits = true
			switch {
			case lexicon.IsFlag(head.Lemma, lexicon.Negates):
				c.negated = !c.negated
			case lexicon.IsFlag(head.Lemma, lexicon.Demands):
				c.mood = demand
			case t.Label == "ccomp" && !s.ownsView(h):
				return false
			}
		case "conj":
			cc := s.child(h, "cc")
			inherits = s.child(i, "nsubj") < 0 && cc >= 0 && (s.Doc.Tokens[cc].Lemma == "or" || s.Doc.Tokens[cc].Lemma == "nor")
		case "acl":
			if s.Doc.Tokens[i].Tag != "VB" && !isClaim(head.Lemma) {
				return false
			}
			inherits = false
		case "dobj", "nmod", "acl:relcl", "parataxis", "root":
			if t.Label != "nmod" && t.Label != "dobj" && !isClaim(head.Lemma) {
				return true
			}
			inherits = false
		case "advcl":
			if s.into(i) {
				inherits = true
				break
			}
			m := s.child(i, "mark")
			return m >= 0 && lexicon.IsFlag(s.Doc.Tokens[m].Lemma, lexicon.Grounds)
		default:
			return false
		}
		i = h
	}
	return false
}

// turnByCue turns a clause that the source denies, and makes one a demand that
// it asks for.
func (s *scene) turnByCue(c *clause, head int) {
	if c.statement < 0 {
		return
	}
	st := s.Statements[c.statement]
	c.negated = c.negated != (st.Polarity == attribution.Denied)
	if st.CueHead >= 0 && st.CueHead == head && lexicon.IsFlag(s.Doc.Tokens[head].Lemma, lexicon.Demands) && s.Doc.Tokens[c.token].Tag == "VB" && !s.isModal(c.token) {
		c.mood = max(c.mood, demand)
	}
}

// isModal reports whether token i has an auxiliary such as "will": "told them
// that it will close" asks for nothing, "told them to close it" does.
func (s *scene) isModal(i int) bool {
	return slices.ContainsFunc(s.Doc.Children(i), func(c int) bool { return s.Doc.Tokens[c].Label == "aux" && s.Doc.Tokens[c].Tag == "MD" })
}

// conditional reports whether the clause of token i is a condition, stands
// under one, or may be so or not.
func (s *scene) conditional(i int) bool {
	for _, c := range s.Doc.Children(i) {
		switch t := s.Doc.Tokens[c]; t.Label {
		case "mark", "case", "advmod", "aux":
			if lexicon.IsFlag(t.Lemma, lexicon.Opens) {
				return true
			}
		case "advcl":
			if m := s.child(c, "mark"); m >= 0 && (s.Doc.Tokens[m].Lemma == "if" || s.Doc.Tokens[m].Lemma == "unless") {
				return true
			}
		}
	}
	return false
}

// mood is that of the auxiliaries of token i.
func (s *scene) mood(i int) mood {
	m := fact
	for _, c := range s.Doc.Children(i) {
		if t := s.Doc.Tokens[c]; t.Label == "aux" {
			if lexicon.IsFlag(t.Lemma, lexicon.Demands) {
				m = max(m, demand)
			} else if lexicon.IsFlag(t.Lemma, lexicon.Chances) {
				m = max(m, chance)
			}
		}
	}
	return m
}

// ownsView reports whether the speaker holds what hangs on token h, which is
// no word of somebody else's.
func (s *scene) ownsView(h int) bool {
	switch lexicon.Reporting(s.Doc.Tokens[h].Lemma) {
	case "":
		return true
	}
	n := s.child(h, "nsubj")
	return n >= 0 && (s.Doc.Tokens[n].Lemma == "i" || s.Doc.Tokens[n].Lemma == "we")
}

// isSaying reports whether a verb only says that somebody says something.
func isSaying(verb string) bool {
	switch lexicon.Reporting(verb) {
	case "say", "write", "claim", "reply", "speak", "think", "show", "deny":
		return true
	}
	return false
}

// isClaim reports whether a noun stands for what somebody says.
func isClaim(noun string) bool {
	switch lexicon.Reporting(noun) {
	case "saynoun", "claimnoun", "denialnoun", "promisenoun", "thinknoun", "threatnoun", "demandnoun":
		return true
	}
	return lexicon.IsFlag(noun, lexicon.Claims)
}
