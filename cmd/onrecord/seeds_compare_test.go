//go:build !race

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"onrecord/format"
	"onrecord/internal/corpora"
)

// side is a careful reader's comparison of two reports.
type side struct {
	Published  string
	Statements []struct {
		ID, Article, Utterance string
		Content                []format.Span
	}
	Figures []struct {
		Article, Source, Via string
		AsOf                 string `json:"as_of"`
		Value                float64
		Span                 format.Span
	}
	Tensions []struct {
		Between   [2]string
		FlaggedBy string `json:"flagged_by"`
		Flag      []int  // the words that flag it, none where the reader points to no words
	}
}

// TestCarefulComparison holds a comparison against a careful reader's: every
// utterance, figure and tension is found, with the outlet and the words that
// flag it, and nothing else is called a tension.
func TestCarefulComparison(t *testing.T) {
	dir := corpora.Path(t, "seeds")
	raw, err := os.ReadFile(filepath.Join(dir, "reading.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want side
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	c := compareSeeds(t, dir, want.Published)
	content := map[string][]format.Span{}
	article := map[string]string{}
	utterances := map[string]string{} // of the reading to the program's
	for _, s := range want.Statements {
		content[s.ID], article[s.ID] = s.Content, s.Article
		if s.Utterance == "" {
			continue
		}
		id := utteranceAt(c, s.Article, s.Content)
		if id == "" {
			t.Errorf("%s: in no utterance", s.ID)
		} else if known := utterances[s.Utterance]; known != "" && known != id {
			t.Errorf("%s: %s of the reading is both %s and %s", s.ID, s.Utterance, known, id)
		}
		for u, known := range utterances {
			if known == id && u != s.Utterance {
				t.Errorf("%s: %s and %s of the reading are one, %s", s.ID, u, s.Utterance, id)
			}
		}
		utterances[s.Utterance] = id
	}
	records := readSeeds(t, dir, want.Published)
	for _, f := range want.Figures {
		if via, ok := figureVia(records[f.Article], f.Span); !ok || via != f.Via {
			t.Errorf("figure %v at %v of %s: via %q, want %q", f.Value, f.Span, f.Article, via, f.Via)
		}
		if !hasFigure(c, f.Article, f.Span, format.Value{Value: f.Value, AsOf: f.AsOf, Speaker: f.Source}) {
			t.Errorf("figure %v at %v of %s (%s, %s): not found so", f.Value, f.Span, f.Article, f.Source, f.AsOf)
		}
	}
	right := make([]bool, len(c.Tensions))
	for _, w := range want.Tensions {
		found := false
		for i, got := range c.Tensions {
			for k := range 2 {
				a, b := w.Between[k], w.Between[1-k]
				if got.Between[0].Article == article[a] && got.Between[1].Article == article[b] &&
					shared([]format.Span{got.Between[0].Span}, content[a]) > 0 && shared([]format.Span{got.Between[1].Span}, content[b]) > 0 {
					found, right[i] = true, true
					if len(w.Flag) == 2 && (got.FlaggedBy != w.FlaggedBy || shared(got.Flag, []format.Span{{w.Flag[0], w.Flag[1]}}) == 0) {
						t.Errorf("tension between %s and %s: flagged by %q at %v, want %q at %v", a, b, got.FlaggedBy, got.Flag, w.FlaggedBy, w.Flag)
					}
				}
			}
		}
		if !found {
			t.Errorf("tension between %s and %s: not found", w.Between[0], w.Between[1])
		}
	}
	for i, ok := range right {
		if !ok {
			t.Errorf("called a tension: %q and %q", c.Tensions[i].Between[0].Text, c.Tensions[i].Between[1].Text)
		}
	}
}

func compareSeeds(t *testing.T, dir, published string) format.Comparison {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no reports in %s: %v", dir, err)
	}
	var out, errs bytes.Buffer
	args := append([]string{"compare", "--format", "json", "--date", published}, paths...)
	if code := run(context.Background(), args, strings.NewReader(""), &out, &errs); code != exitDone {
		t.Fatalf("exit code %d: %s", code, errs.String())
	}
	var c format.Comparison
	d := json.NewDecoder(&out)
	if err := d.Decode(&c); err != nil {
		t.Fatal(err)
	}
	if d.More() {
		t.Error("the two reports are taken for two stories")
	}
	return c
}

// utteranceAt is the utterance with a quoted variant in most of a content.
func utteranceAt(c format.Comparison, article string, content []format.Span) (id string) {
	most := 0
	for _, u := range c.Utterances {
		for _, v := range u.Variants {
			if n := shared(v.Spans, content); v.Article == article && v.Rendering != "paraphrased" && n > most {
				most, id = n, u.ID
			}
		}
	}
	return id
}

func hasFigure(c format.Comparison, article string, span format.Span, want format.Value) bool {
	for _, s := range c.Figures {
		for _, v := range s.Values {
			if v.Article == article && shared([]format.Span{v.Span}, []format.Span{span}) > 0 {
				return v.Value == want.Value && v.AsOf == want.AsOf && v.Speaker == want.Speaker
			}
		}
	}
	return false
}

// figureVia is the reporter by way of whom a figure comes.
func figureVia(r format.Record, span format.Span) (via string, found bool) {
	for _, f := range r.Figures {
		if shared([]format.Span{f.Span}, []format.Span{span}) == 0 {
			continue
		}
		for _, a := range r.Attributions {
			if a.ID == f.Statement {
				return a.Via, true
			}
		}
	}
	return "", false
}

// shared is how many characters two spans in pieces have in common.
func shared(a, b []format.Span) (n int) {
	for _, p := range a {
		for _, q := range b {
			n += max(0, min(p[1], q[1])-max(p[0], q[0]))
		}
	}
	return n
}
