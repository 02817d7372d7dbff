package utterance_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"onrecord/article"
	"onrecord/english"
	"onrecord/pipeline"
	"onrecord/speaker"
	"onrecord/text"
	"onrecord/utterance"
)

var update = flag.Bool("update", false, "write the golden files of testdata")

// TestCases joins the articles of each folder of testdata and compares the
// utterances with want.txt.
func TestCases(t *testing.T) {
	folders, err := filepath.Glob("testdata/*/1.txt")
	if err != nil || len(folders) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, first := range folders {
		folder := filepath.Dir(first)
		t.Run(filepath.Base(folder), func(t *testing.T) {
			articles := readCase(t, folder)
			got := printed(articles, utterance.Join(articles))
			golden := filepath.Join(folder, "want.txt")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func readCase(t *testing.T, folder string) []utterance.Article {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "[0-9].txt"))
	if err != nil {
		t.Fatal(err)
	}
	var bodies []string
	for _, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		bodies = append(bodies, string(body))
	}
	return read(t, bodies...)
}

// read reads articles and joins their speakers.
func read(t testing.TB, bodies ...string) []utterance.Article {
	t.Helper()
	p, err := pipeline.Default()
	if err != nil {
		t.Fatal(err)
	}
	var docs []*english.Doc
	var said [][]speaker.Statement
	for _, body := range bodies {
		r, err := p.Read(article.Article{Body: body, Language: "en"})
		if err != nil {
			t.Fatal(err)
		}
		docs, said = append(docs, r.Doc), append(said, r.Statements)
	}
	said = speaker.Join(docs, said)
	out := make([]utterance.Article, len(docs))
	for i := range docs {
		out[i] = utterance.Article{Doc: docs[i], Statements: said[i]}
	}
	return out
}

// printed shows utterances with their variants and word diffs: a cross for
// what the longest has and the variant dropped, a plus for what it inserted.
func printed(articles []utterance.Article, all []utterance.Utterance) string {
	var b strings.Builder
	for _, u := range all {
		name := u.Speaker.Name
		if name == "" {
			name = "unnamed: " + u.Speaker.Unnamed
		}
		fmt.Fprintln(&b, name)
		for i, v := range u.Variants {
			body := articles[v.Article].Doc.Body
			mark := ""
			if i == u.Longest {
				mark = ", longest"
			}
			fmt.Fprintf(&b, "  %d %s%s:", v.Article+1, v.Rendering, mark)
			for _, s := range v.Spans {
				fmt.Fprintf(&b, " %s", strings.Join(strings.Fields(s.Of(body)), " "))
			}
			fmt.Fprintln(&b)
			longest := articles[u.Variants[u.Longest].Article].Doc.Body
			for _, c := range v.Changes {
				if c.Operation != utterance.Kept {
					fmt.Fprintf(&b, "      %s: %q > %q\n", c.Operation, of(longest, c.Longest), of(body, c.Here))
				}
			}
		}
	}
	return b.String()
}

func of(body string, s text.Span) string { return strings.Join(strings.Fields(s.Of(body)), " ") }
