package comparison

import (
	"slices"

	"onrecord/attribution"
	"onrecord/lexicon"
	"onrecord/speaker"
	"onrecord/text"
)

// denied finds the denials ("disputed", "rejected claims that …") of which
// the article has what is denied in another place.
func (f *tensionFinder) denied() []Tension {
	var out []Tension
	for _, s := range f.scenes {
		for n, st := range s.Statements {
			if !s.asserts(n) || st.CueHead < 0 || !s.denies(n) || !lexicon.IsFlag(s.Doc.Tokens[st.CueHead].Lemma, lexicon.FlagPoint) {
				continue
			}
			m := f.target(s, n)
			if m < 0 || s.Statements[m].Polarity == attribution.Denied {
				continue
			}
			a, b := f.both(s, m, n)
			if a.Span.Len() == 0 {
				continue
			}
			t := f.tension(Flagged, a, b)
			t.FlaggedBy, t.Flag = s.article, st.Cue[0]
			out = append(out, t)
		}
	}
	return out
}

// rebutted finds the quotations that open with a denial of what somebody else
// was said to have said just before ("That's not true,").
func (f *tensionFinder) rebutted() []Tension {
	var out []Tension
	for _, s := range f.scenes {
		for n := range s.Statements {
			if !s.asserts(n) || !s.rebuts(n) {
				continue
			}
			first := s.begins(n)
			a, b := f.both(s, s.latest(min(first, s.sentenceOf(first).Tokens.First), s.Statements[n].Speaker.ID, 1), n)
			if a.Span.Len() > 0 {
				out = append(out, f.tension(Opposed, a, b))
			}
		}
	}
	return out
}

// maxOpening is how many tokens may stand before a rebuttal ("Well, with all
// due respect,").
const maxOpening = 7

// rebuts reports whether statement n is a quotation that opens with a
// rebuttal.
func (s *scene) rebuts(n int) bool {
	c := s.Statements[n].Content[0]
	first := s.tokenAt(c.Start)
	for i := first; i < min(first+maxOpening, len(s.Doc.Tokens)) && s.quoted[i] && s.Doc.Tokens[i].Start < c.End; i++ {
		if i > first && s.Doc.Tokens[i-1].Tag != "``" && s.Doc.Tokens[i-1].Tag != "," {
			continue
		}
		for _, fl := range lexicon.Flags(s.Doc.Tokens[i].Lemma) {
			if _, ok := s.matches(i, fl.Words); ok && fl.Class == lexicon.FlagRebuttal {
				return true
			}
		}
	}
	return false
}

// denies reports whether somebody denies what statement n holds, or challenges
// claims of it.
func (s *scene) denies(n int) bool {
	st := s.Statements[n]
	if st.Polarity == attribution.Denied || s.Doc.Tokens[st.CueHead].Lemma != "challenge" {
		return st.Polarity == attribution.Denied
	}
	return s.claimed(text.Range{First: st.CueHead + 1, End: s.sentenceOf(st.CueHead).Tokens.End}).Span.Len() > 0
}

// target is the statement that statement n denies, -1 if the article does not
// have it.
func (f *tensionFinder) target(s *scene, n int) int {
	st := s.Statements[n]
	if m := s.instead(n); m >= 0 {
		return m
	}
	first := s.tokenAt(st.Content[0].Start)
	sentence := s.sentenceOf(first).Tokens
	claim := first
	for claim < sentence.End && s.Doc.Tokens[claim].Start < st.Content[0].End && !s.claims(claim) {
		claim++
	}
	if who := s.named(text.Range{First: first, End: min(claim, first+5)}, st.Speaker.ID); who != "" && s.claims(claim) {
		return f.nearest(s, who, n)
	}
	if !s.proposes(n) {
		if s.claims(first+1) && slices.Contains([]string{"that", "this", "the", "those", "these"}, s.Doc.Tokens[first].Lemma) {
			if m := s.saidIn(sentence, n); m >= 0 && s.Statements[m].Speaker.ID != st.Speaker.ID {
				return m
			}
			return s.latest(sentence.First, st.Speaker.ID, 1)
		}
		return -1
	}
	if s.Doc.Tokens[st.CueHead].Label == "acl:relcl" || first < st.CueHead {
		return -1
	}
	heads, claimed := s.heads(n), s.claimed(text.Range{First: first, End: sentence.End}).Span.Len() > 0
	best, most := -1, 0.0
	for m, o := range s.Statements {
		if m == n || !s.proposes(m) || !s.hasAny(m, heads) {
			continue
		}
		// Either somebody else says what is denied, or it is a claim of which
		// anybody says the opposite.
		if opposite := s.negates(m) != s.negates(n); opposite && !claimed || !opposite && o.Speaker.ID == st.Speaker.ID {
			continue
		}
		if c, ok := f.about(s, m, n, minCommon); ok && c >= most {
			best, most = m, c
		}
	}
	if best < 0 && s.opensBut(sentence) {
		if m := s.latest(sentence.First, st.Speaker.ID, 1); m >= 0 {
			if _, ok := f.about(s, m, n, minCommon/2); ok {
				return m
			}
		}
	}
	return best
}

// heads are the verbs, or nouns and adjectives after "be", of the clauses of
// statement n.
func (s *scene) heads(n int) map[string]bool {
	out := map[string]bool{}
	for t := range s.tokensIn(s.Statements[n].Content...) {
		if s.within[t] == n && s.predicates(t) && !isLight(s.words[t]) {
			out[s.words[t]] = true
		}
	}
	return out
}

// hasAny reports whether statement n has one of the words.
func (s *scene) hasAny(n int, words map[string]bool) bool {
	found := false
	s.eachWord(n, func(_ int, w string) { found = found || words[w] })
	return found
}

// negates reports whether a statement holds a word that turns a clause.
func (s *scene) negates(n int) bool {
	for t := range s.tokensIn(s.Statements[n].Content...) {
		if lexicon.IsFlag(s.Doc.Tokens[t].Lemma, lexicon.Turns) {
			return true
		}
	}
	return false
}

// instead is the quotation that comes with a denial: "…," she said, denying
// that ….
func (s *scene) instead(n int) int {
	st := s.Statements[n]
	cue := s.Doc.Tokens[st.CueHead]
	if cue.Tag != "VBG" || !s.proposes(n) {
		return -1
	}
	return slices.IndexFunc(s.Statements, func(o speaker.Statement) bool {
		return o.CueHead == cue.Head && o.Speaker.ID == st.Speaker.ID && o.Kind == attribution.Direct
	})
}
