package attribution

import (
	"slices"
	"strings"

	"onrecord/lexicon"
	"onrecord/text"
)

// hearers finds to whom the words are said. What an outlet or a programme is
// told has it as its venue, people and other bodies are addressees.
func (s *scene) hearers() (addressee, venue []text.Span) {
	for _, c := range s.hearerHeads() {
		to, at := s.hearerOrHouse(c)
		if addressee == nil {
			addressee = to
		}
		if venue == nil {
			venue = at
		}
	}
	return addressee, venue
}

// hearerOrHouse is the noun at t as an addressee, with the outlet that it is
// "of", or as a venue where it names an outlet or programme itself.
func (s *scene) hearerOrHouse(t int) (addressee, venue []text.Span) {
	if run, ok := s.houseAround(t); ok && (s.doc.Tokens[t].Name != "PERSON" || isMark(s.doc.Tokens[run.End-1].Form)) {
		return nil, s.title(run)
	}
	if s.doc.Tokens[t].Name != "PERSON" {
		_, person := lexicon.PersonRole(s.doc.Tokens[t].Lemma)
		if run, ok := s.houseBefore(t); ok && !person && !isProper(s.doc.Tokens[t]) && lexicon.IsMedium(s.doc.Tokens[t].Lemma, lexicon.OutletEnding) {
			return nil, s.title(run) // "the Herald newspaper"
		}
	}
	if prev := t - 1; prev >= s.zone.First && strings.EqualFold(s.doc.Tokens[prev].Form, "this") && (lexicon.IsMedium(s.doc.Tokens[t].Lemma, lexicon.MediumNoun) || lexicon.IsMedium(s.doc.Tokens[t].Lemma, lexicon.OutletEnding)) {
		return nil, s.spans([]int{prev, t}) // "told this newspaper"
	}
	if s.isHearer(t) && !s.isQuoting(s.phrase(t)) {
		return s.spans(s.hearer(t)), s.houseOf(t)
	}
	if tok := s.doc.Tokens[t]; tok.Label == "dobj" && slices.Contains(s.anchors, tok.Head) && s.isOccasion(t, "at") {
		return nil, s.spans([]int{t, s.withPlace(t)}) // "told a rally in Ohio"
	}
	return nil, nil
}

// hearerHeads are the nouns that stand where a cue has its addressee, those
// of the cue's own first.
func (s *scene) hearerHeads() []int {
	var own, others []int
	verbs := s.cue
	if s.doc.Tokens[s.head].Tag == "VBG" {
		verbs = s.anchors // "told voters on Friday, adding"
	}
	for _, v := range verbs {
		lemma := s.doc.Tokens[v].Lemma
		if lexicon.Addresses(lemma, lexicon.AddressesObject) {
			own = append(own, s.objects(v)...)
		}
	}
	for t := s.zone.First; t < s.zone.End; t++ {
		tok := s.doc.Tokens[t]
		if s.quoted(t) || !isNoun(tok) && tok.Tag != "PRP" || tok.Head < s.zone.First || tok.Head >= s.zone.End {
			continue
		}
		at := s.prepositionAt(t)
		if at > s.zone.First && isCapital(s.doc.Tokens[at].Form) {
			continue // in a title: "This Week With …"
		}
		switch p := s.preposition(t); p {
		case "to", "with", "before":
			if s.isAddressedBy(tok.Head, p) {
				own = append(own, t)
			}
		case "by", "from":
			if s.asksSource(tok.Head) {
				others = append(others, t)
			}
		}
	}
	return append(own, others...)
}

// objects are what a verb of telling has as its object, by the tree and else
// by place: the noun phrase right after it.
func (s *scene) objects(verb int) []int {
	var out []int
	for _, c := range s.children(verb) {
		switch tok := s.doc.Tokens[c]; tok.Label {
		case "dobj", "iobj":
			phrase := s.phrase(c)
			if c > verb && !s.ofSource(c) && (!s.quoted(c) || phrase[0] == verb+1) {
				out = append(out, c)
			}
		case "nsubjpass":
			if !slices.Contains(s.source, c) && !s.quoted(c) && len(s.source) > 0 {
				out = append(out, c)
			}
		}
	}
	if len(out) > 0 {
		return out
	}
	last := -1
	for t := verb + 1; t < s.zone.End && t < verb+8 && !s.quoted(t); t++ {
		tok := s.doc.Tokens[t]
		if lexicon.Weekday(tok.Form) > 0 || tok.Head >= 0 && s.doc.Tokens[tok.Head].Label == "nsubj" && tok.Head > t+8 {
			break
		}
		if isNoun(tok) || tok.Tag == "PRP" {
			last = t
			continue
		}
		if tok.Tag != "DT" && tok.Tag != "JJ" && tok.Tag != "PRP$" && tok.Tag != "POS" {
			break
		}
	}
	if last >= 0 && s.doc.Tokens[verb].Lemma == "tell" {
		return []int{last}
	}
	return nil
}

// isAddressedBy reports whether the word above a prepositional phrase makes
// it the addressee: "said to", "spoke with", "in a letter to".
func (s *scene) isAddressedBy(above int, preposition string) bool {
	tok := s.doc.Tokens[above]
	verb := strings.HasPrefix(tok.Tag, "VB")
	mine := slices.Contains(s.anchors, above) || s.hangs(above)
	switch {
	case !mine && !slices.Contains(s.source, above):
		return false
	case verb && preposition == "to":
		return lexicon.Addresses(tok.Lemma, lexicon.AddressesTo)
	case verb && preposition == "with":
		return lexicon.Addresses(tok.Lemma, lexicon.Occurs)
	case verb:
		return tok.Lemma == "testify"
	case preposition == "before":
		return tok.Lemma == "testimony"
	}
	return isNoun(tok) && (lexicon.IsOccasion(tok.Lemma) || lexicon.IsDocument(tok.Lemma))
}

// asksSource reports whether a word is a question to the source: "asked by
// reporters", "in response to a question from a reporter".
func (s *scene) asksSource(t int) bool {
	tok := s.doc.Tokens[t]
	if s.quoted(t) || slices.Contains(s.cue, t) {
		return false
	}
	if tok.Tag == "VBN" && lexicon.Addresses(tok.Lemma, lexicon.Questions) {
		return (tok.Label == "advcl" || tok.Label == "dep" || tok.Label == "acl") && slices.Contains(s.anchors, tok.Head)
	}
	return tok.Lemma == "question" && isNoun(tok)
}

// isHearer reports whether a noun or pronoun stands for somebody who can be
// spoken to.
func (s *scene) isHearer(t int) bool {
	tok := s.doc.Tokens[t]
	switch tok.Name {
	case "PERSON", "ORGANIZATION", "LOCATION":
		return true
	case "DATE", "TIME", "DURATION", "MONEY", "PERCENT", "NUMBER", "SET":
		return false
	}
	form := strings.ToLower(tok.Form)
	switch {
	case tok.Tag == "PRP":
		return form != "it" && !strings.HasSuffix(form, "self") && !strings.HasSuffix(form, "selves")
	case isProper(tok):
		return lexicon.Weekday(form) == 0 && lexicon.Month(form) == 0
	case !isNoun(tok):
		return false
	}
	_, role := lexicon.PersonRole(tok.Lemma)
	return role || lexicon.IsBody(tok.Lemma) || lexicon.IsHearer(tok.Lemma)
}

// hearer are the tokens that name an addressee: a person's name with the
// titles before it and without the outlet ("CBS's"), else the noun phrase.
func (s *scene) hearer(t int) []int {
	phrase := s.phrase(t)
	first, end := phrase[0], phrase[len(phrase)-1]+1
	if s.doc.Tokens[t].Name == "PERSON" {
		from := t
		for from > first && s.doc.Tokens[from-1].Name == "PERSON" && s.doc.Tokens[from-1].Tag != "POS" {
			from--
		}
		for from > first && s.isTitle(from-1) {
			from--
		}
		first = from
		if s.child(t, "conj") < 0 {
			for end = t + 1; end < s.zone.End && s.doc.Tokens[end].Name == "PERSON" && isProper(s.doc.Tokens[end]); end++ {
			}
		}
	}
	for i := t - 1; i >= first; i-- {
		if s.doc.Tokens[i].Tag == "POS" && s.isHouse(text.Range{First: first, End: i}) {
			first = i + 1
			break
		}
	}
	if s.houseOf(t) != nil {
		end = t + 1
	}
	for i := t + 1; i+1 < end; i++ {
		if s.doc.Tokens[i].Form == "of" && s.doc.Tokens[i+1].Tag == "PRP$" {
			end = i // "reminded the mayor of his promise"
		}
	}
	for end > t+1 && s.quoted(end-1) {
		end--
	}
	phrase = phrase[:0]
	for i := first; i < end; i++ {
		phrase = append(phrase, i)
	}
	return phrase
}

// isQuoting reports whether some of the tokens are quotation marks.
func (s *scene) isQuoting(tokens []int) bool {
	return slices.ContainsFunc(tokens, func(t int) bool { return isMark(s.doc.Tokens[t].Form) })
}

// isTitle reports whether a token before a name is a title: "Senator".
func (s *scene) isTitle(t int) bool {
	tok := s.doc.Tokens[t]
	if !isProper(tok) {
		return false
	}
	_, ok := lexicon.PersonRole(strings.TrimSuffix(strings.ToLower(tok.Form), "."))
	return ok || strings.HasSuffix(tok.Form, ".") && isCapital(tok.Form)
}
