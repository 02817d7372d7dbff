package attribution

import (
	"slices"
	"strings"

	"onrecord/lexicon"
	"onrecord/text"
)

// via finds who passed the source's words on: another "according to", the
// source of the content that this attribution stands in, who quotes or shares
// the words, and a spokesman.
func (s *scene) via() []text.Span {
	if v := s.accordingTo(); v != nil {
		return v
	}
	if v := s.quoter(); v != nil {
		return v
	}
	if _, sharer := s.shared(); sharer >= 0 {
		return s.spans(s.phrase(sharer))
	}
	return s.outer()
}

// accordingTo reads "…, she said, according to The Herald".
func (s *scene) accordingTo() []text.Span {
	for t := s.zone.First; t < s.zone.End; t++ {
		tok := s.doc.Tokens[t]
		if !strings.EqualFold(tok.Form, "according") || s.quoted(t) || slices.Contains(s.cue, t) || t+2 >= s.zone.End {
			continue
		}
		if !s.followsAct(t) {
			continue
		}
		n := t + 2
		if run := s.nameRun(n); run.Len() > 0 {
			return s.title(run)
		}
		head := s.nounAfter(n)
		if head < 0 {
			continue
		}
		if run, ok := s.houseAfter(head); ok {
			return s.title(run)
		}
		return s.spans(s.phrase(head))
	}
	return nil
}

// followsAct reports whether an "according to" at t is about the cue's act: it
// hangs from it in the tree, or stands right after the cue or its content.
func (s *scene) followsAct(t int) bool {
	if h := s.doc.Tokens[t].Head; h >= 0 && slices.Contains(s.anchors, s.doc.Tokens[h].Head) && s.isSaying(t) {
		return true
	}
	before := t - 1
	if before > s.zone.First && s.doc.Tokens[before].Form == "," {
		before--
	}
	return before >= s.zone.First && (slices.Contains(s.cue, before) || s.index >= 0 && s.within[before] == s.index)
}

// quoter reads "The Herald quoted her as saying", "was quoted by The Herald",
// "she said, The Herald reported" and "said through a spokesman".
func (s *scene) quoter() []text.Span {
	for _, t := range s.cue {
		switch s.doc.Tokens[t].Lemma {
		case "quote", "cite", "report":
			after := len(s.source) > 0 && s.source[0] > t
			if c := s.child(t, "nsubj"); c >= 0 && c < t && after && !s.quoted(c) && s.isHearer(c) && s.doc.Tokens[t].Lemma != "report" {
				return s.spans(s.phrase(c))
			}
			if c := s.agent(t); c >= 0 && !s.ofSource(c) && len(s.source) > 0 {
				return s.spans(s.phrase(c))
			}
		}
	}
	for t := s.zone.First; t < s.zone.End; t++ {
		tok := s.doc.Tokens[t]
		if s.quoted(t) || slices.Contains(s.cue, t) {
			continue
		}
		switch {
		case (tok.Lemma == "report" || tok.Lemma == "quote" || tok.Lemma == "cite") && tok.Tag == "VBN" && (tok.Label == "acl" || tok.Label == "advcl" || tok.Label == "dep"):
			if c := s.agent(t); c >= 0 && (slices.Contains(s.anchors, tok.Head) || slices.Contains(s.source, tok.Head)) {
				return s.spans(s.phrase(c))
			}
		case tok.Lemma == "report" && (tok.Tag == "VBD" || tok.Tag == "VBZ") && t > s.head:
			c := s.child(t, "nsubj")
			up := tok.Label == "parataxis" && slices.Contains(s.anchors, tok.Head) || s.doc.Tokens[s.head].Head == t && s.doc.Tokens[s.head].Label != "advcl"
			if c > s.head && t-c < 3 && up && !s.ofSource(c) && !s.quoted(c) && s.child(t, "mark") < 0 {
				return s.spans(s.phrase(c))
			}
		case isNoun(tok) && tok.Label == "nmod" && slices.Contains(s.anchors, tok.Head):
			if p := s.preposition(t); p == "through" || p == "via" {
				if _, person := lexicon.PersonRole(tok.Lemma); person {
					return s.spans(s.phrase(t))
				}
			}
		}
	}
	return nil
}

// ofSource reports whether a token is part of the source.
func (s *scene) ofSource(t int) bool { return slices.Contains(s.source, t) }

// agent is the noun after a verb's "by", -1 if there is none.
func (s *scene) agent(verb int) int {
	for _, c := range s.children(verb) {
		if c > verb && c < verb+8 && s.preposition(c) == "by" && s.child(verb, "dobj") < 0 && s.isHearer(c) {
			return c
		}
	}
	return -1
}

// shared reads "shared a post from a supporter that said": the post, and who
// shared it; -1 where the cue is no clause about such a thing.
func (s *scene) shared() (post, sharer int) {
	if s.head < 0 || s.index < 0 {
		return -1, -1
	}
	t := s.head
	for n := 0; n < 6; n++ {
		tok := s.doc.Tokens[t]
		up := tok.Head
		if up < s.zone.First || up >= s.zone.End {
			break
		}
		above := s.doc.Tokens[up]
		switch tok.Label {
		case "acl:relcl", "acl", "nmod", "dep", "ccomp", "parataxis", "appos":
		case "dobj":
			who := s.child(up, "nsubj")
			if who >= 0 && lexicon.Addresses(above.Lemma, lexicon.Shares) && !s.ofSource(who) && !slices.Contains(s.cue, up) && s.isCarrier(t) {
				return t, who
			}
			return -1, -1
		default:
			return -1, -1
		}
		if strings.HasPrefix(above.Tag, "VB") {
			return s.sharedBy(up)
		}
		t = up
	}
	return -1, -1
}

// sharedBy is for a cue that the tree hangs from the verb of sharing itself.
func (s *scene) sharedBy(verb int) (post, sharer int) {
	who, what := s.child(verb, "nsubj"), s.child(verb, "dobj")
	if who < 0 || what < 0 || !s.isCarrier(what) || s.ofSource(who) || slices.Contains(s.cue, verb) || !lexicon.Addresses(s.doc.Tokens[verb].Lemma, lexicon.Shares) {
		return -1, -1
	}
	return what, who
}

// isCarrier reports whether a noun stands for something written that holds
// the source's words: the source comes after it, or is it.
func (s *scene) isCarrier(t int) bool {
	if !lexicon.IsOccasion(s.doc.Tokens[t].Lemma) || len(s.source) == 0 {
		return false
	}
	of := s.name(s.source)
	if s.doc.Tokens[of].Tag == "PRP" {
		return false
	}
	if of = s.antecedent(of); of == t {
		return true
	}
	for n := 0; n < 4 && of >= 0; n++ {
		if of == t {
			return true
		}
		if p := s.preposition(of); of > t && s.doc.Tokens[of].Head == s.doc.Tokens[t].Head && (p == "from" || p == "by") {
			return true // hung from the verb of sharing
		}
		if slices.Contains(s.cue, of) {
			return false
		}
		of = s.doc.Tokens[of].Head
	}
	return false
}

// antecedent is the noun that a relative pronoun at t stands for; t itself
// where it is none.
func (s *scene) antecedent(t int) int {
	if tag := s.doc.Tokens[t].Tag; !strings.HasPrefix(tag, "W") && (tag != "IN" || !strings.EqualFold(s.doc.Tokens[t].Form, "that")) {
		return t
	}
	for up, n := t, 0; n < 4 && up >= s.zone.First; n++ {
		tok := s.doc.Tokens[up]
		if tok.Head >= 0 && tok.Head < t && (tok.Label == "acl:relcl" || tok.Label == "acl") {
			return tok.Head
		}
		up = tok.Head
	}
	return t
}

// outer is the source of the content that the attribution stands in, unless
// the inner source is a pronoun, which mostly means the outer one.
func (s *scene) outer() []text.Span {
	o := s.within[s.head]
	if o < 0 || o == s.index || len(s.source) == 0 || s.isAccording() {
		return nil
	}
	if who := s.source[len(s.source)-1]; s.antecedent(who) != who {
		return nil // "a mayor who said": who tells of her does not quote her
	}
	a := s.found[o]
	last := s.doc.Tokens[s.name(s.source)]
	if len(a.Source) == 0 || last.Tag == "PRP" || a.CueHead < 0 || a.CueHead >= len(s.doc.Tokens) {
		return nil
	}
	cue := s.doc.Tokens[a.CueHead]
	if s.within[a.CueHead] == s.index && !strings.EqualFold(cue.Form, "according") {
		return nil // each stands in the other
	}
	if lexicon.TakesStance(cue.Lemma, lexicon.Accepts) || lexicon.TakesStance(cue.Lemma, lexicon.Asks) || lexicon.TakesStance(cue.Lemma, lexicon.Promises) {
		return nil
	}
	outer := s.tokensOf(a.Source)
	if len(outer) == 0 || isFirstPerson(s.doc.Tokens[outer[0]]) || strings.EqualFold(s.doc.Tokens[s.name(outer)].Form, last.Form) {
		return nil
	}
	return a.Source
}
