package comparison

import (
	"strings"

	"onrecord/attribution"
	"onrecord/lexicon"
)

// scene is a report as the search for tensions sees it.
type scene struct {
	*credited
	within []int    // for each token, the innermost statement that credits somebody and whose content holds it, -1 for none
	quoted []bool   // for each token, whether it stands inside quotation marks or is one
	cue    []bool   // for each token, whether it is the head of a cue
	words  []string // for each token, what it is about (lexicon.Sense.Word, a name), "" for a word without content
}

func newScene(r *credited) *scene {
	n := len(r.Doc.Tokens)
	s := &scene{credited: r, quoted: make([]bool, n), cue: make([]bool, n), words: make([]string, n)}
	s.within = r.innermostStatements(func(n int) bool { return !s.nobodys(n) })
	for n, st := range r.Statements {
		if st.CueHead >= 0 && !s.nobodys(n) {
			s.cue[st.CueHead] = true
		}
	}
	for _, q := range r.Doc.Quotations {
		for t := range r.tokensIn(q.Span) {
			s.quoted[t] = true
		}
	}
	for i := range s.words {
		s.words[i] = s.word(i)
	}
	return s
}

// nobodys reports whether statement n credits nobody ("those figures appear at
// odds with …"): the outlet says it.
func (s *scene) nobodys(n int) bool {
	st := s.Statements[n]
	return st.Speaker.ID == "" && len(st.Source) == 0 && st.Kind == attribution.Indirect
}

// word is what token i is about.
func (s *scene) word(i int) string {
	t := s.Doc.Tokens[i]
	switch t.Name {
	case "PERSON":
		if i+1 < len(s.Doc.Tokens) && s.Doc.Tokens[i+1].Name == "PERSON" && s.Doc.Tokens[i+1].Head == t.Head || t.Label == "compound" {
			return "" // the last name counts
		}
		return strings.ToLower(t.Form)
	case "LOCATION", "ORGANIZATION", "MISC":
		w := strings.ToLower(t.Form)
		for j := i - 1; j >= 0 && s.Doc.Tokens[j].Name == t.Name && s.Doc.Tokens[j].Head == i; j-- {
			w = strings.ToLower(s.Doc.Tokens[j].Form) + "_" + w
		}
		return lexicon.SenseOf(w, lexicon.Noun).Word
	case "DATE", "TIME", "DURATION":
		return ""
	}
	switch t.Label {
	case "aux", "auxpass", "cop":
		return ""
	}
	return s.sense(i).Word
}

// sense is that of token i with its particle; empty for a word without
// content.
func (s *scene) sense(i int) lexicon.Sense {
	t := s.Doc.Tokens[i]
	switch {
	case strings.HasPrefix(t.Tag, "NN"):
		return lexicon.SenseOf(t.Lemma, lexicon.Noun)
	case strings.HasPrefix(t.Tag, "JJ"):
		return lexicon.SenseOf(t.Lemma, lexicon.Adjective)
	case strings.HasPrefix(t.Tag, "VB"):
		if p := s.child(i, "compound:prt"); p > i {
			return lexicon.SenseOf(t.Lemma+"_"+s.Doc.Tokens[p].Lemma, lexicon.Verb)
		}
		return lexicon.SenseOf(t.Lemma, lexicon.Verb)
	}
	return lexicon.Sense{}
}
