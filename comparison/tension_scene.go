package comparison

import (
	"slices"
	"strings"

	"onrecord/english"
	"onrecord/lexicon"
	"onrecord/text"
)

// scene is a report as the search for tensions sees it.
type scene struct {
	*Report
	article int
	within  []int    // for each token, the innermost statement whose content holds it, -1 for none
	words   []string // for each token, what it is about (lexicon.Sense.Word, a name), "" for a word without content
}

func newScene(r *Report, article int) *scene {
	s := &scene{Report: r, article: article, within: make([]int, len(r.Doc.Tokens)), words: make([]string, len(r.Doc.Tokens))}
	size := make([]int, len(s.within)) // of the content that holds the token
	for i := range s.within {
		s.within[i] = -1
	}
	for n, st := range r.Statements {
		total := 0
		for _, c := range st.Content {
			total += c.Len()
		}
		for _, c := range st.Content {
			for t := s.tokenAt(c.Start); t < len(s.within) && r.Doc.Tokens[t].Start < c.End; t++ {
				if s.within[t] < 0 || total < size[t] {
					s.within[t], size[t] = n, total
				}
			}
		}
	}
	for i := range s.words {
		s.words[i] = s.word(i)
	}
	return s
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
