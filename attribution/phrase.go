package attribution

import (
	"slices"
	"strings"

	"onrecord/english"
	"onrecord/lexicon"
	"onrecord/text"
)

func isNoun(t english.Token) bool { return strings.HasPrefix(t.Tag, "NN") }

func isProper(t english.Token) bool { return strings.HasPrefix(t.Tag, "NNP") }

func isFirstPerson(t english.Token) bool {
	switch strings.ToLower(t.Form) {
	case "i", "we", "me", "us", "my", "our":
		return true
	}
	return false
}

func isCapital(form string) bool { return form != "" && form[0] >= 'A' && form[0] <= 'Z' }

func isMark(form string) bool { return form == `"` || form == "``" || form == "''" }

// preposition is the lower-case preposition of a noun, "" if it has none.
func (d *describer) preposition(t int) string {
	if c := d.prepositionAt(t); c >= 0 {
		return strings.ToLower(d.doc.Tokens[c].Form)
	}
	return ""
}

// prepositionAt is the token of a noun's preposition, -1 if it has none.
func (d *describer) prepositionAt(t int) int {
	for _, c := range d.children(t) {
		if d.doc.Tokens[c].Label == "case" && c < t {
			return c
		}
	}
	return -1
}

// phrase are the tokens of the noun phrase of t, in order and without gap: its
// modifiers before it, what it is "of", and what is coordinated with it.
func (d *describer) phrase(t int) []int {
	first, end := d.extent(t, 0)
	out := make([]int, 0, end-first)
	for i := first; i < end; i++ {
		out = append(out, i)
	}
	return out
}

func (d *describer) extent(t, depth int) (first, end int) {
	first, end = t, t+1
	if depth > 6 {
		return
	}
	for _, c := range d.children(t) {
		switch d.doc.Tokens[c].Label {
		case "det", "amod", "compound", "nummod", "nmod:poss", "neg", "det:predet", "mwe":
		case "case": // a possessive mark belongs to the phrase, a preposition does not
			if d.doc.Tokens[c].Tag != "POS" {
				continue
			}
		case "nmod":
			if d.preposition(c) != "of" {
				continue
			}
		case "conj":
			if !isNoun(d.doc.Tokens[c]) {
				continue
			}
		default:
			continue
		}
		f, e := d.extent(c, depth+1)
		first, end = min(first, f), max(end, e)
	}
	return
}

// spans is one span over tokens without gap.
func (d *describer) spans(tokens []int) []text.Span {
	if len(tokens) == 0 {
		return nil
	}
	return []text.Span{{Start: d.doc.Tokens[tokens[0]].Start, End: d.doc.Tokens[tokens[len(tokens)-1]].End}}
}

// lower is the lower-case text of tokens first to end, words apart by one space.
func (d *describer) lower(first, end int) string {
	var b strings.Builder
	for t := first; t < end; t++ {
		if t > first {
			b.WriteByte(' ')
		}
		b.WriteString(strings.ToLower(d.doc.Tokens[t].Form))
	}
	return b.String()
}

// hangs reports whether a token modifies an anchor, directly or through the
// nouns and verbs of an occasion: "Sunday" in "in an interview on Sunday". What
// a document is about does not date it: only its own modifiers count.
func (s *scene) hangs(t int) bool {
	for n, last := 0, t; n < 10; n++ {
		if slices.Contains(s.anchors, t) {
			return (n > 0 || t != s.head) && (t != s.document || n == 1 || s.doc.Tokens[last].Label != "nmod")
		}
		tok := s.doc.Tokens[t]
		if tok.Head < s.zone.First || tok.Head >= s.zone.End || s.quoted(t) || !s.passes(t, tok, s.doc.Tokens[tok.Head]) {
			return false
		}
		last, t = t, tok.Head
	}
	return false
}

// passes reports whether what is said of t is said of the word above it.
func (s *scene) passes(t int, tok, above english.Token) bool {
	switch tok.Label {
	case "det", "amod", "compound", "nummod", "nmod:poss", "nmod:tmod", "nmod:npmod", "advmod", "case", "mwe":
		return true
	case "nmod":
		switch s.preposition(t) {
		case "in", "on", "at", "during", "from", "with", "to", "via", "over", "through", "by", "as", "inside", "outside":
			return true
		case "of":
			return isNoun(above)
		}
	case "dep":
		return isNoun(tok) || tok.Tag == "CD"
	case "conj":
		return isNoun(tok) && isNoun(above)
	case "dobj", "nsubjpass":
		return lexicon.IsOccasion(tok.Lemma)
	case "acl", "advcl", "xcomp":
		participle := tok.Tag == "VBG" || tok.Tag == "VBN" || tok.Tag == "VBD" && tok.Label == "acl"
		return participle && s.child(t, "mark") < 0 &&
			(lexicon.Addresses(tok.Lemma, lexicon.Occurs) || lexicon.Addresses(tok.Lemma, lexicon.Issues) && tok.Label == "acl")
	}
	return false
}

// beside reports whether tokens first to end stand in the cue's own clause by
// their place: right after the cue and what it is said to, between source and
// cue, or before a source that opens the sentence. It mends wrong trees.
func (s *scene) beside(first, end int) bool {
	if len(s.cue) == 0 {
		return false
	}
	in := func(tokens []int, t int) bool { return len(tokens) > 0 && tokens[0] <= t && t <= tokens[len(tokens)-1] }
	if end == s.cue[0] && len(s.source) > 0 && (s.source[len(s.source)-1] == first-1 || s.source[len(s.source)-1] == end-1 && s.source[0] < first) {
		return true // between the two, or taken into the source
	}
	if s.opens(first, end) {
		return true
	}
	marks := 0
	for t := first - 1; t >= s.zone.First && t >= first-8; t-- {
		tok := s.doc.Tokens[t]
		if in(s.cue, t) {
			return marks%2 == 0
		}
		if t == s.document {
			return true // "a poll released Friday"
		}
		if isMark(tok.Form) && !s.quoted(t) {
			marks++ // of a title
			continue
		}
		if s.within[t] == s.index && t == first-1 && s.index >= 0 {
			return true // the content leaves out what follows it
		}
		if s.quoted(t) || tok.Form == "," || tok.Tag == "CC" || strings.HasPrefix(tok.Tag, "W") || strings.HasPrefix(tok.Tag, "VB") && !(tok.Head == s.document && tok.Label == "acl") || tok.Tag == "MD" || isTopic(tok) {
			return false
		}
	}
	return false
}

// opens reports whether tokens first to end stand in a phrase without a verb of
// its own that opens the sentence, before the source: "In a speech on Friday, …".
func (s *scene) opens(first, end int) bool {
	if len(s.source) == 0 || end > s.source[0] || s.source[0] > s.zone.First+20 || s.doc.Tokens[end].Tag == "POS" {
		return false
	}
	if first == s.zone.First && end == s.source[0] {
		return true
	}
	if s.doc.Tokens[s.source[0]-1].Form != "," {
		return false
	}
	for t := s.zone.First; t < s.source[0]-1; t++ {
		tok := s.doc.Tokens[t]
		if s.quoted(t) || tok.Form == "," || tok.Tag == "MD" || strings.HasPrefix(tok.Tag, "W") || strings.HasPrefix(tok.Tag, "VB") && !isIssued(tok) || isTopic(tok) {
			return false
		}
	}
	return true
}

// isIssued reports whether a verb can be a participle that says when or where
// something was made public: "posted".
func isIssued(t english.Token) bool {
	return t.Tag == "VBN" || t.Tag == "VBD" && (lexicon.Addresses(t.Lemma, lexicon.Issues) || lexicon.Addresses(t.Lemma, lexicon.Shares))
}

// isTopic reports whether a preposition leads to what the words are about.
func isTopic(t english.Token) bool {
	switch strings.ToLower(t.Form) {
	case "of", "for", "about", "over", "against", "after", "before", "since", "until":
		return t.Tag == "IN"
	}
	return false
}
