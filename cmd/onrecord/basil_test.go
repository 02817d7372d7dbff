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

	"onrecord/evaluation"
	"onrecord/format"
	"onrecord/internal/corpora"
	"onrecord/text"
)

// quotationScoreFile holds what the program reaches on gold quotations. It
// moves with -update only.
const quotationScoreFile = "testdata/basil.score.json"

type quotationScore struct {
	Tally  evaluation.QuotationTally
	Report evaluation.QuotationReport
}

// TestQuotationScore compares the stories of BASIL whose quotations are known,
// as a user would, and counts those found, credited to the right speaker and
// joined over the outlets.
func TestQuotationScore(t *testing.T) {
	stories, err := evaluation.ReadQuotations(corpora.Path(t, "corpora", "basil", "quotes.gold.jsonl"))
	if err != nil || len(stories) == 0 {
		t.Fatalf("no gold: %v", err)
	}
	files := splitStories(t, corpora.Path(t, "corpora", "basil", "articles.jsonl"))
	var got quotationScore
	for _, s := range stories {
		got.Tally.Add(evaluation.ScoreQuotations(s.Quotes, compareQuotations(t, files[s.Story])))
	}
	got.Report = got.Tally.Report()
	if *update {
		out, err := json.MarshalIndent(got, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(quotationScoreFile, append(out, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(quotationScoreFile)
	if err != nil {
		t.Fatal(err)
	}
	var want quotationScore
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Errorf("the score moved; -update keeps it\n got %+v\nwant %+v", got, want)
	}
	if r := got.Report; r.Recall < .96 || r.Speaker < .93 || r.Aligned.F1 < .90 || r.SpuriousPerArticle > .3 {
		t.Errorf("%+v, want recall .96, speaker .93, aligned .90, spurious .3 an article", r)
	}
}

// splitStories writes a file of articles for each story and returns the paths
// by story.
func splitStories(t *testing.T, path string) map[string]string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := map[string][]byte{}
	for line := range bytes.Lines(raw) {
		var a struct{ Story string }
		if err := json.Unmarshal(line, &a); err != nil {
			t.Fatal(err)
		}
		lines[a.Story] = append(lines[a.Story], line...)
	}
	dir := t.TempDir()
	out := map[string]string{}
	for story, articles := range lines {
		out[story] = filepath.Join(dir, story+".jsonl")
		if err := os.WriteFile(out[story], articles, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// compareQuotations is what the command finds in the articles of a file.
func compareQuotations(t *testing.T, path string) (found []evaluation.Credited) {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(context.Background(), []string{"compare", "--one", "--format", "json", path}, strings.NewReader(""), &out, &errs); code != exitDone {
		t.Fatalf("exit code %d: %s", code, errs.String())
	}
	var c format.Comparison
	if err := json.Unmarshal(out.Bytes(), &c); err != nil {
		t.Fatal(err)
	}
	for _, u := range c.Utterances {
		for _, v := range u.Variants {
			w := evaluation.Credited{Article: v.Article, Speaker: u.Speaker.Name, Utterance: u.ID}
			for _, p := range v.Spans {
				w.Pieces = append(w.Pieces, text.Span{Start: p[0], End: p[1]})
			}
			found = append(found, w)
		}
	}
	return found
}
