//go:build !race

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"onrecord/evaluation"
	"onrecord/format"
	"onrecord/internal/corpora"
	"onrecord/text"
)

var update = flag.Bool("update", false, "write the golden scores of testdata")

// quotationScoreFile holds what the program reaches on gold quotations. It
// moves with -update only.
const quotationScoreFile = "testdata/basil.score.json"

type quotationScore struct {
	Tally  evaluation.QuotationTally
	Report evaluation.QuotationReport
}

// TestQuotationScore reads the stories of BASIL whose quotations are known, as
// a user would, and counts those found and credited to the right speaker.
func TestQuotationScore(t *testing.T) {
	stories, err := evaluation.ReadQuotations(corpora.Path(t, "corpora", "basil", "quotes.gold.jsonl"))
	if err != nil || len(stories) == 0 {
		t.Fatalf("no gold: %v", err)
	}
	found := readQuotations(t, corpora.Path(t, "corpora", "basil", "articles.jsonl"))
	var got quotationScore
	for _, s := range stories {
		got.Tally.Add(evaluation.ScoreQuotations(s.Quotes, found[s.Story]))
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
	if got.Report.Speaker < .93 {
		t.Errorf("speaker right for %.3f of the quotations found, want .93", got.Report.Speaker)
	}
}

// readQuotations are the quotations that the command finds in a file of
// articles, by story.
func readQuotations(t *testing.T, path string) map[string][]evaluation.Credited {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	story := map[string]string{}
	for d := json.NewDecoder(bytes.NewReader(raw)); d.More(); {
		var a struct{ ID, Story string }
		if err := d.Decode(&a); err != nil {
			t.Fatal(err)
		}
		story[a.ID] = a.Story
	}
	var out, errs bytes.Buffer
	if code := run(context.Background(), []string{"read", "--format", "jsonl", path}, strings.NewReader(""), &out, &errs); code != exitDone {
		t.Fatalf("exit code %d: %s", code, errs.String())
	}
	found := map[string][]evaluation.Credited{}
	for d := json.NewDecoder(&out); d.More(); {
		var r format.Record
		if err := d.Decode(&r); err != nil {
			t.Fatal(err)
		}
		for _, a := range r.Attributions {
			if a.Kind == "indirect" {
				continue
			}
			c := evaluation.Credited{Article: r.ID, Speaker: a.Speaker.Name}
			for _, p := range a.Content {
				c.Pieces = append(c.Pieces, text.Span{Start: p[0], End: p[1]})
			}
			found[story[r.ID]] = append(found[story[r.ID]], c)
		}
	}
	return found
}
