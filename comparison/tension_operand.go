package comparison

import (
	"strings"

	"onrecord/attribution"
	"onrecord/lexicon"
)

// operands fills in who and what the clause is about.
func (s *scene) operands(c *clause) {
	agent := -1
	for _, k := range s.Doc.Children(c.token) {
		t := s.Doc.Tokens[k]
		switch t.Label {
		case "nsubj":
			c.subject = s.referent(s.afterColon(k, c.token), c.statement)
		case "nsubjpass":
			c.passive = true
			s.addObject(c, k)
		case "dobj", "iobj":
			s.addObject(c, k)
		case "nmod":
			if m := s.child(k, "case"); m >= 0 && s.Doc.Tokens[m].Lemma == "by" {
				agent = k
			} else {
				s.addObject(c, k)
			}
		}
	}
	if h, ok := s.relative(c.token); ok {
		s.addObject(c, h)
	}
	if c.passive && agent >= 0 {
		c.subject = s.referent(agent, c.statement)
	}
	if c.subject == "" && !c.passive && s.child(c.token, "nsubj") < 0 {
		c.subject = s.controller(c.token, c.statement)
	}
}

// relative is the noun that the relative clause of token i leaves out as its
// object: "agreement" for "the agreement (that) she backed".
func (s *scene) relative(i int) (noun int, ok bool) {
	noun = s.Doc.Tokens[i].Head
	if s.Doc.Tokens[i].Label != "acl:relcl" || noun < 0 || s.child(i, "dobj") >= 0 || s.child(i, "nsubjpass") >= 0 {
		return 0, false
	}
	subject := s.child(i, "nsubj")
	if subject < 0 {
		return 0, false
	}
	for t := noun + 1; t <= subject; t++ {
		switch o := s.Doc.Tokens[t]; o.Lemma {
		case ",", ":", "who":
			return 0, false // another sentence, or about who does it
		case "that", "which":
			if t == subject {
				return 0, false
			}
		}
	}
	return noun, strings.HasPrefix(s.Doc.Tokens[i].Tag, "VB")
}

// afterColon is the noun that is the subject of token i if a colon stands
// between the one that the parser took for it, k, and the verb.
func (s *scene) afterColon(k, i int) int {
	for c := k + 1; c < i; c++ {
		if s.Doc.Tokens[c].Form != ":" {
			continue
		}
		for n := c + 1; n < i; n++ {
			if t := s.Doc.Tokens[n]; strings.HasPrefix(t.Tag, "NN") && t.Label != "compound" || t.Tag == "PRP" {
				return n
			}
		}
	}
	return k
}

func (s *scene) addObject(c *clause, k int) {
	if of := s.child(k, "nmod"); of >= 0 && lexicon.IsFlag(s.Doc.Tokens[k].Lemma, lexicon.Parts) {
		k = of
	}
	o := operand{word: s.referent(k, c.statement)}
	if t := s.Doc.Tokens[k]; o.word == "" && t.Tag != "PRP" {
		return // a time, or a part of a name
	}
	for _, m := range s.Doc.Children(k) {
		switch s.Doc.Tokens[m].Label {
		case "compound", "amod", "nmod:poss":
			if s.words[m] != "" {
				o.modifiers = append(o.modifiers, s.words[m])
			}
		}
	}
	c.objects = append(c.objects, o)
}

// controller is the subject of a clause that has none of its own: of the
// verb that it hangs on the object, else the subject.
func (s *scene) controller(i, st int) string {
	for depth := 0; depth < 8; depth++ {
		t := s.Doc.Tokens[i]
		h := t.Head
		if h < 0 {
			return ""
		}
		switch t.Label {
		case "acl:relcl":
			return s.referent(h, st)
		case "xcomp", "advcl", "nmod":
			if t.Label != "xcomp" && !s.into(i) {
				return ""
			}
			if o := s.child(h, "dobj"); o >= 0 && o < i {
				return s.referent(o, st)
			}
		case "conj":
		case "acl":
			if t.Tag != "VB" || s.Doc.Tokens[h].Label != "dobj" {
				return ""
			}
		default:
			return ""
		}
		if up := s.Doc.Tokens[h]; up.Label == "dobj" && up.Head >= 0 {
			h = up.Head // "has the power to …"
		}
		for _, label := range []string{"nsubj", "nsubjpass"} {
			if n := s.child(h, label); n >= 0 {
				return s.referent(n, st)
			}
		}
		i = h
	}
	return ""
}

// referent is what the noun or pronoun at token i stands for, "" if that is
// not known. "I" is the speaker, and so is "he" in indirect speech.
func (s *scene) referent(i, st int) string {
	t := s.Doc.Tokens[i]
	switch t.Lemma {
	case "i", "we", "me", "us":
		if t.Tag == "PRP" && st >= 0 {
			return lastName(s.Statements[st].Speaker.Name)
		}
	case "he", "she":
		switch {
		case st < 0:
			return s.mentioned(i)
		case s.Statements[st].Kind != attribution.Direct && !s.namesAnother(i, st):
			return lastName(s.Statements[st].Speaker.Name)
		}
		return ""
	case "it":
		for n := i - 1; n >= s.sentenceOf(i).Tokens.First; n-- {
			if o := s.Doc.Tokens[n]; (o.Label == "dobj" || o.Label == "nmod") && o.Tag == "NN" && o.Name == "" {
				return s.words[n]
			}
		}
		return ""
	case "who", "that", "which":
		if h := t.Head; h >= 0 && s.Doc.Tokens[h].Label == "acl:relcl" && s.Doc.Tokens[h].Head >= 0 {
			return s.words[s.Doc.Tokens[h].Head]
		}
		return ""
	}
	return s.words[i]
}

// namesAnother reports whether the content of statement st names somebody else
// than its speaker before token i of the sentence, whom "he" may stand for.
func (s *scene) namesAnother(i, st int) bool {
	speaker := lastName(s.Statements[st].Speaker.Name)
	for n := s.sentenceOf(i).Tokens.First; n < i; n++ {
		if s.within[n] == st && s.Doc.Tokens[n].Name == "PERSON" && s.words[n] != "" && s.words[n] != speaker {
			return true
		}
	}
	return false
}

// mentioned is the last person before token i in its paragraph who is the
// subject of a clause.
func (s *scene) mentioned(i int) string {
	first := s.Doc.Paragraphs[s.paragraphOf(i)].Tokens.First
	for n := i - 1; n >= first; n-- {
		if t := s.Doc.Tokens[n]; t.Name == "PERSON" && strings.HasPrefix(t.Label, "nsubj") && s.words[n] != "" {
			return s.words[n]
		}
	}
	return ""
}

// into reports whether token i follows an "into", as in "forced them into
// paying".
func (s *scene) into(i int) bool {
	for _, label := range []string{"mark", "case"} {
		if m := s.child(i, label); m >= 0 && s.Doc.Tokens[m].Lemma == "into" {
			return true
		}
	}
	return false
}

func lastName(name string) string {
	return strings.ToLower(name[strings.LastIndexByte(name, ' ')+1:])
}
