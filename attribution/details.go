package attribution

import (
	"slices"
	"sort"
	"strings"
	"time"

	"onrecord/english"
	"onrecord/lexicon"
	"onrecord/text"
)

// reach is how far from its cue a detail may stand, in tokens. It keeps the
// work on a sentence without end in proportion to its length.
const reach = 80

// Describe returns found with its Details filled: polarity, addressee, venue,
// via and date of each. A date is resolved against published; where that is
// zero, only dates that name their year are.
//
// A detail is taken from the words that hang from the cue in the dependency
// tree and from those right beside it, never from inside a content. A direct
// quotation without details of its own takes those of the sentence before it
// when that credits or introduces the same source.
func Describe(doc *english.Doc, found []Attribution, published time.Time) []Attribution {
	out := slices.Clone(found)
	d := &describer{doc: doc, found: out, published: published}
	d.coverContents()
	scenes := make([]*scene, len(out))
	for i := range out {
		out[i].Details = Details{}
		scenes[i] = d.sceneOf(i)
		scenes[i].describe(&out[i].Details)
	}
	d.inherit(scenes)
	return out
}

// describer is a document with the attributions found in it.
type describer struct {
	doc       *english.Doc
	found     []Attribution
	published time.Time
	within    []int // for each token, the index in found of the innermost content that holds it, else -1
}

// coverContents fills within: long contents first, so that what is quoted
// inside of them lies on top.
func (d *describer) coverContents() {
	d.within = make([]int, len(d.doc.Tokens))
	for i := range d.within {
		d.within[i] = -1
	}
	size := make([]int, len(d.found))
	order := make([]int, len(d.found))
	for i, a := range d.found {
		order[i] = i
		for _, s := range a.Content {
			size[i] += s.Len()
		}
	}
	sort.SliceStable(order, func(i, j int) bool { return size[order[i]] > size[order[j]] })
	for _, i := range order {
		for _, s := range d.found[i].Content {
			for t := d.tokenAt(s.Start); t < len(d.within) && d.doc.Tokens[t].Start < s.End; t++ {
				d.within[t] = i
			}
		}
	}
}

// tokenAt is the first token that ends after a byte of the body.
func (d *describer) tokenAt(start int) int {
	return sort.Search(len(d.doc.Tokens), func(i int) bool { return d.doc.Tokens[i].End > start })
}

// sentenceOf is the index of a token's sentence.
func (d *describer) sentenceOf(token int) int {
	return sort.Search(len(d.doc.Sentences), func(i int) bool { return d.doc.Sentences[i].Tokens.End > token })
}

// scene is one attribution's cue, or another verb, with the words around it.
type scene struct {
	*describer
	index    int        // into found, -1 for a verb that is no cue
	head     int        // the cue's head, -1 without a cue
	cue      []int      // tokens of the cue, in order
	source   []int      // tokens of the source in the cue's sentence, in order
	zone     text.Range // tokens of the sentence within reach of the cue
	anchors  []int      // tokens whose modifiers say where and when
	document int        // the source's noun where the source is something written, else -1; an anchor
}

func (d *describer) sceneOf(index int) *scene {
	a := &d.found[index]
	s := &scene{describer: d, index: index, head: a.CueHead, document: -1}
	s.cue = d.tokensOf(a.Cue)
	if s.head < 0 || s.head >= len(d.doc.Tokens) {
		s.head = -1
		if len(s.cue) > 0 {
			s.head = s.cue[0]
		}
	}
	if s.head >= 0 && len(s.cue) == 0 {
		s.cue = []int{s.head}
	}
	s.source = d.tokensOf(a.Source)
	s.place()
	return s
}

// sceneAt is the scene of a verb that is no cue.
func (d *describer) sceneAt(verb int) *scene {
	s := &scene{describer: d, index: -1, head: verb, cue: []int{verb}, document: -1}
	for _, c := range d.children(verb) {
		if strings.HasPrefix(d.doc.Tokens[c].Label, "nsubj") {
			s.source = append(s.source, d.phrase(c)...)
		}
	}
	s.place()
	return s
}

// tokensOf are the tokens of some spans; none of a span is left out but what
// lies beyond reach of its start.
func (d *describer) tokensOf(spans []text.Span) []int {
	var out []int
	for _, sp := range spans {
		first := d.tokenAt(sp.Start)
		for t := first; t < len(d.doc.Tokens) && d.doc.Tokens[t].Start < sp.End && t < first+reach; t++ {
			out = append(out, t)
		}
	}
	return out
}

// place finds the zone and the anchors.
func (s *scene) place() {
	if s.head < 0 || len(s.doc.Sentences) == 0 {
		return
	}
	at := s.sentenceOf(s.head)
	if at == len(s.doc.Sentences) {
		return
	}
	s.zone = s.doc.Sentences[at].Tokens
	s.zone.First = max(s.zone.First, s.cue[0]-reach)
	s.zone.End = min(s.zone.End, s.cue[len(s.cue)-1]+reach)
	in := func(t int) bool { return s.zone.First <= t && t < s.zone.End }
	s.cue = slices.DeleteFunc(s.cue, func(t int) bool { return !in(t) })
	s.source = slices.DeleteFunc(s.source, func(t int) bool { return !in(t) })
	s.anchors = append(s.anchors, s.cue...)
	if h := s.doc.Tokens[s.head].Head; s.isAccording() && h >= 0 {
		s.anchors = append(s.anchors, h) // "according" is a case mark of the source
	}
	s.document = s.documentOf(s.source)
	if s.document < 0 {
		s.document = s.documentBefore()
	}
	if s.document >= 0 {
		s.anchors = append(s.anchors, s.document)
	}
	// "went on Monday to say", "made the remarks on Monday", "spoke on Monday,
	// saying": the verb above is part of the same act.
	for t, n := s.head, 0; n < 3 && t >= 0; n++ {
		up := s.doc.Tokens[t].Head
		if up < 0 || !in(up) || !s.sameAct(t, up) {
			break
		}
		s.anchors = append(s.anchors, up)
		t = up
	}
}

// documentOf is the noun that a source's first noun phrase ends in, if it
// stands for something written ("study"), else -1.
func (s *scene) documentOf(source []int) int {
	noun := -1
	for _, t := range source {
		tok := s.doc.Tokens[t]
		if isNoun(tok) {
			noun = t
		} else if tok.Tag == "IN" || tok.Tag == "TO" || tok.Form == "," || strings.HasPrefix(tok.Tag, "V") || strings.HasPrefix(tok.Tag, "W") {
			break
		}
	}
	if noun < 0 || isProper(s.doc.Tokens[noun]) {
		return -1
	}
	if lemma := s.doc.Tokens[noun].Lemma; lexicon.IsDocument(lemma) || lexicon.IsOccasion(lemma) {
		return noun
	}
	return -1
}

// documentBefore is the noun for something written that the source is the
// maker of, where it stands before the source: "a June study by"; else -1.
func (s *scene) documentBefore() int {
	if len(s.source) == 0 {
		return -1
	}
	t := s.source[0] - 1
	for t > s.zone.First && (s.doc.Tokens[t].Tag == "DT" || s.doc.Tokens[t].Name != "" && s.doc.Tokens[t].Name == s.doc.Tokens[t+1].Name) {
		t--
	}
	if t <= s.zone.First || s.quoted(t-1) {
		return -1
	}
	switch by, noun := s.doc.Tokens[t], s.doc.Tokens[t-1]; {
	case by.Form != "by" && by.Form != "from" || !isNoun(noun) || isProper(noun):
	case lexicon.IsDocument(noun.Lemma) || lexicon.IsOccasion(noun.Lemma):
		return t - 1
	}
	return -1
}

// sameAct reports whether the verb or noun at t says no more of when and
// where than the word above it.
func (s *scene) sameAct(t, up int) bool {
	tok, above := s.doc.Tokens[t], s.doc.Tokens[up]
	if s.quoted(up) {
		return false
	}
	switch tok.Label {
	case "xcomp":
		return true
	case "advcl", "dep", "parataxis", "ccomp":
		if mark := s.child(t, "mark", "case", "nsubj"); mark >= 0 && s.doc.Tokens[mark].Form != "by" {
			return false
		}
		return tok.Tag == "VBG" && strings.HasPrefix(above.Tag, "VB")
	case "conj":
		return tok.Tag == above.Tag && strings.HasPrefix(tok.Tag, "VB") && s.child(t, "nsubj", "nsubjpass") < 0
	case "dobj", "nsubjpass":
		return isNoun(tok) && lexicon.Addresses(above.Lemma, lexicon.Issues)
	}
	return false
}

func (s *scene) isAccording() bool {
	return strings.EqualFold(s.doc.Tokens[s.head].Form, "according")
}

// quoted reports whether a token lies in a content that does not hold the cue.
func (s *scene) quoted(t int) bool { return s.within[t] != s.within[s.head] }

// children are the children of t within reach of it, in order.
func (d *describer) children(t int) []int {
	all := d.doc.Children(t)
	first := sort.SearchInts(all, t-reach)
	return all[first:sort.SearchInts(all, t+reach+1)]
}

// child is the first child of t with one of the labels, -1 if there is none.
func (d *describer) child(t int, labels ...string) int {
	for _, c := range d.children(t) {
		if slices.Contains(labels, d.doc.Tokens[c].Label) {
			return c
		}
	}
	return -1
}

// describe fills the details that the cue's own sentence gives.
func (s *scene) describe(into *Details) {
	into.Polarity = s.polarity()
	if s.head < 0 || s.zone.Len() <= 0 {
		return
	}
	into.Addressee, into.Venue = s.hearers()
	if len(into.Venue) == 0 {
		into.Venue = s.venue(into.Addressee)
	}
	into.Via = s.via()
	into.When, into.Date = s.when()
}

// inherit gives direct quotations the details of the sentence before them.
// It takes one step: what was itself inherited is not handed on.
func (d *describer) inherit(scenes []*scene) {
	own := make([]Details, len(d.found))
	order := make([]int, len(d.found))
	for i, a := range d.found {
		own[i], order[i] = a.Details, i
	}
	first := func(i int) int { return d.outline(i).First }
	sort.SliceStable(order, func(i, j int) bool { return first(order[i]) < first(order[j]) })
	last := -1 // end of the sentences that the attributions so far cover
	for n, i := range order {
		to, s := d.outline(i), scenes[i]
		before := last
		last = max(last, to.End)
		if to.First <= 0 || len(s.source) == 0 || s.head < 0 || s.nested() || !s.goesOn() {
			continue
		}
		var given Details
		if n > 0 && before == to.First && !scenes[order[n-1]].nested() && s.sameSource(scenes[order[n-1]].source) {
			given = own[order[n-1]]
		} else if before <= to.First {
			given = s.introduction(to.First - 1)
		}
		into := &d.found[i].Details
		if len(into.Addressee) == 0 {
			into.Addressee = given.Addressee
		}
		if len(into.Venue) == 0 {
			into.Venue = given.Venue
		}
		if len(into.When) == 0 {
			into.When, into.Date = given.When, given.Date
		}
	}
}

// outline is the range of sentences that an attribution covers.
func (d *describer) outline(i int) text.Range {
	a := d.found[i]
	r := text.Range{First: len(d.doc.Sentences), End: 0}
	for _, spans := range [][]text.Span{a.Source, a.Cue, a.Content} {
		for _, sp := range spans {
			r.First = min(r.First, d.sentenceOf(d.tokenAt(sp.Start)))
			if end := d.sentenceOf(d.tokenAt(sp.End - 1)); end < len(d.doc.Sentences) {
				r.End = max(r.End, end+1)
			}
		}
	}
	return r
}

// nested reports whether the attribution stands inside another's content.
func (s *scene) nested() bool { return s.head >= 0 && s.within[s.head] >= 0 }

// goesOn reports whether the statement can belong to an occasion that the
// sentence before it set: a quotation, or one more thing that was said.
func (s *scene) goesOn() bool {
	if s.found[s.index].Kind == Direct {
		return true
	}
	for _, t := range s.cue {
		switch s.doc.Tokens[t].Lemma {
		case "add", "continue", "go":
			return true
		}
	}
	return false
}

// sameSource reports whether two sources, by their tokens, can be the same:
// the later is a pronoun, or they end in the same word.
func (s *scene) sameSource(before []int) bool {
	if len(before) == 0 || len(s.source) == 0 {
		return false
	}
	a, b := s.doc.Tokens[s.name(s.source)], s.doc.Tokens[s.name(before)]
	return a.Tag == "PRP" && !isFirstPerson(a) || strings.EqualFold(a.Form, b.Form)
}

// name is the token that a source is known by: the last of its first name,
// else its last noun or pronoun.
func (s *scene) name(tokens []int) int {
	for i, t := range tokens {
		if s.doc.Tokens[t].Name == "PERSON" && (i+1 == len(tokens) || s.doc.Tokens[tokens[i+1]].Name != "PERSON") {
			return t
		}
	}
	for i := len(tokens) - 1; i >= 0; i-- {
		if t := s.doc.Tokens[tokens[i]]; isNoun(t) || t.Tag == "PRP" {
			return tokens[i]
		}
	}
	return tokens[len(tokens)-1]
}

// introduction is what a sentence that credits nobody says of the quotation
// after it: a question put to its source, or the source's appearance.
func (s *scene) introduction(sentence int) Details {
	tokens := s.doc.Sentences[sentence].Tokens
	for t := tokens.First; t < min(tokens.End, tokens.First+reach); t++ {
		if !strings.HasPrefix(s.doc.Tokens[t].Tag, "VB") || s.within[t] >= 0 {
			continue
		}
		if lexicon.Addresses(s.doc.Tokens[t].Lemma, lexicon.Questions) {
			if d, ok := s.question(t); ok {
				return d
			}
		}
		if s.doc.Tokens[t].Head < 0 && lexicon.Addresses(s.doc.Tokens[t].Lemma, lexicon.Occurs) {
			if verb := s.sceneAt(t); s.sameSource(verb.source) {
				var d Details
				verb.describe(&d)
				return d
			}
		}
	}
	return Details{}
}

// question reads a verb of asking whose object is the source: who asks is
// then whom the source tells.
func (s *scene) question(verb int) (Details, bool) {
	var d Details
	asker, asked := s.child(verb, "nsubj"), s.child(verb, "dobj", "iobj")
	if p := s.child(verb, "nsubjpass"); p >= 0 {
		asker, asked = -1, p
		for _, c := range s.children(verb) {
			if s.preposition(c) == "by" {
				asker = c
			}
		}
	}
	if asked < 0 || !s.sameSource(s.phrase(asked)) {
		return d, false
	}
	act := s.sceneAt(verb)
	d.Venue = act.venue(nil)
	d.When, d.Date = act.when()
	if asker >= 0 {
		to, at := act.hearerOrHouse(asker)
		d.Addressee = to
		if len(d.Venue) == 0 {
			d.Venue = at
		}
	}
	return d, true
}
