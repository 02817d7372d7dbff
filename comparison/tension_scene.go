package comparison

import (
	"slices"
	"strings"

	"onrecord/attribution"
	"onrecord/english"
	"onrecord/lexicon"
	"onrecord/text"
)

// scene is a report as the search for tensions sees it.
type scene struct {
	*Report
	article int
	within  []int    // for each token, the innermost statement whose content holds it, -1 for none
	quoted  []bool   // for each token, whether it stands inside quotation marks
	cue     []bool   // for each token, whether it is the head of a cue
	words   []string // for each token, what it is about (lexicon.Sense.Word, a name), "" for a word without content
}

func newScene(r *Report, article int) *scene {
	n := len(r.Doc.Tokens)
	s := &scene{
		Report: r, article: article,
		within: make([]int, n), quoted: make([]bool, n), cue: make([]bool, n), words: make([]string, n),
	}
	size := make([]int, n) // of the content that holds the token
	for i := range s.within {
		s.within[i] = -1
	}
	for n, st := range r.Statements {
		if s.nobodys(n) {
			continue
		}
		if st.CueHead >= 0 {
			s.cue[st.CueHead] = true
		}
		total := 0
		for _, c := range st.Content {
			total += c.Len()
		}
		s.eachToken(st.Content, func(t int) {
			if s.within[t] < 0 || total < size[t] {
				s.within[t], size[t] = n, total
			}
		})
	}
	for _, q := range r.Doc.Quotations {
		if q.Depth == 0 {
			s.eachToken([]text.Span{q.Span}, func(t int) { s.quoted[t] = true })
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

// eachToken calls do with the tokens of spans.
func (s *scene) eachToken(spans []text.Span, do func(token int)) {
	for _, x := range spans {
		for t := s.tokenAt(x.Start); t < len(s.Doc.Tokens) && s.Doc.Tokens[t].Start < x.End; t++ {
			do(t)
		}
	}
}

// tokenAt is the first token that does not end before byte at.
func (s *scene) tokenAt(at int) int {
	i, _ := slices.BinarySearchFunc(s.Doc.Tokens, at, func(t english.Token, at int) int {
		if t.End <= at {
			return -1
		}
		return 1
	})
	return i
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

// child is the first child of token i with the label, -1 if none has it.
func (s *scene) child(i int, label string) int {
	for _, c := range s.Doc.Children(i) {
		if s.Doc.Tokens[c].Label == label {
			return c
		}
	}
	return -1
}

func (s *scene) sentenceOf(i int) text.Range {
	n, _ := slices.BinarySearchFunc(s.Doc.Sentences, i, func(x text.Sentence, i int) int {
		if x.Tokens.End <= i {
			return -1
		}
		return 1
	})
	return s.Doc.Sentences[n].Tokens
}
