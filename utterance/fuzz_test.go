package utterance_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"onrecord/attribution"
	"onrecord/text"
	"onrecord/utterance"
)

// FuzzJoin joins two texts and checks what must hold of any: spans lie in
// their bodies, every statement is in an utterance, no quotation is in two,
// and a diff holds every word of both wordings once.
func FuzzJoin(f *testing.F) {
	files, err := filepath.Glob("testdata/*/1.txt")
	if err != nil || len(files) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, first := range files {
		a, err := os.ReadFile(first)
		if err != nil {
			f.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(filepath.Dir(first), "2.txt"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(a), string(b))
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if !utf8.ValidString(a) || !utf8.ValidString(b) || len(a)+len(b) > 4000 || strings.TrimSpace(a) == "" || strings.TrimSpace(b) == "" {
			t.Skip()
		}
		articles := read(t, a, b)
		all := utterance.Join(articles)
		seen := make([]map[int]bool, len(articles))
		for i := range seen {
			seen[i] = map[int]bool{}
		}
		quoted := map[[3]int]bool{} // article and quotation
		for _, u := range all {
			if u.Longest < 0 || u.Longest >= len(u.Variants) {
				t.Fatalf("longest variant %d of %d", u.Longest, len(u.Variants))
			}
			for _, v := range u.Variants {
				body := articles[v.Article].Doc.Body
				for _, i := range v.Statements {
					seen[v.Article][i] = true
				}
				for _, s := range v.Spans {
					check(t, body, s)
					k := [3]int{v.Article, s.Start, s.End}
					if v.Rendering != utterance.Paraphrased && quoted[k] {
						t.Errorf("%q stands in two variants", s.Of(body))
					}
					quoted[k] = quoted[k] || v.Rendering != utterance.Paraphrased
				}
				l := u.Variants[u.Longest]
				longest := articles[l.Article].Doc.Body
				var there, here []text.Span
				for _, c := range v.Changes {
					check(t, longest, c.Longest)
					check(t, body, c.Here)
					there, here = append(there, c.Longest), append(here, c.Here)
				}
				if len(v.Changes) > 0 && (words(articles[l.Article], there) != words(articles[l.Article], l.Spans) || words(articles[v.Article], here) != words(articles[v.Article], v.Spans)) {
					t.Errorf("the diff of %q to %q loses or repeats words: %+v", words(articles[l.Article], l.Spans), words(articles[v.Article], v.Spans), v.Changes)
				}
			}
		}
		for a, art := range articles {
			for i, s := range art.Statements {
				if !seen[a][i] && (s.Kind == attribution.Indirect || len(s.Content) > 0 && hasWord(art.Doc.Body, s.Content)) {
					t.Errorf("statement %d of article %d is in no utterance", i, a)
				}
			}
		}
	})
}

// words are the letters and digits of the tokens in spans, one word after the
// other.
func words(a utterance.Article, spans []text.Span) string {
	var b strings.Builder
	for _, s := range spans {
		for _, t := range a.Doc.Tokens {
			if s.Len() > 0 && s.Contains(t.Span) {
				b.WriteString(strings.Map(func(r rune) rune {
					if unicode.IsLetter(r) || unicode.IsDigit(r) {
						return unicode.ToLower(r)
					}
					return -1
				}, t.Form))
			}
		}
	}
	return b.String()
}

func check(t *testing.T, body string, s text.Span) {
	t.Helper()
	if s.Start < 0 || s.End < s.Start || s.End > len(body) || !utf8.ValidString(s.Of(body)) {
		t.Fatalf("span %v of %d bytes", s, len(body))
	}
}

func hasWord(body string, spans []text.Span) bool {
	for _, s := range spans {
		if strings.ContainsFunc(s.Of(body), func(r rune) bool { return r > ' ' && r < 0x7f && !strings.ContainsRune("\"'`.,;:!?-()[]", r) }) {
			return true
		}
	}
	return false
}
