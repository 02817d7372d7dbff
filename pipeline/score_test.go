//go:build !race

package pipeline_test

import (
	"encoding/json"
	"os"
	"testing"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/evaluation"
	"onrecord/internal/corpora"
	"onrecord/pipeline"
)

// corpusScoreFile holds what the program reaches on a gold corpus. It moves
// with -update only.
const corpusScoreFile = "testdata/polnear-dev.score.json"

// corpusScore is the counts, and the measures that come of them.
type corpusScore struct {
	Tally  evaluation.Tally
	Report evaluation.Report
}

// TestCorpusScore reads the development part of PolNeAR.
func TestCorpusScore(t *testing.T) {
	cases, err := evaluation.Corpus(corpora.Path(t, "corpora", "polnear", "dev"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := pipeline.Default()
	if err != nil {
		t.Fatal(err)
	}
	var got corpusScore
	for _, c := range cases {
		body, err := os.ReadFile(c.Text)
		if err != nil {
			t.Fatal(err)
		}
		gold, err := evaluation.ReadBrat(c.Gold, string(body))
		if err != nil {
			t.Fatal(err)
		}
		r, err := p.Read(article.Article{ID: c.Name, Body: string(body)})
		if err != nil {
			t.Errorf("%s: %v", c.Name, err)
		}
		var found []attribution.Attribution
		for _, s := range r.Statements {
			found = append(found, s.Attribution)
		}
		tally, _ := evaluation.Score(string(body), gold, evaluation.Relations(found))
		got.Tally.Add(tally)
	}
	got.Report = got.Tally.Report()
	if *update {
		out, err := json.MarshalIndent(got, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(corpusScoreFile, append(out, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(corpusScoreFile)
	if err != nil {
		t.Fatal(err)
	}
	var want corpusScore
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Errorf("the score moved; -update keeps it\n got %+v\nwant %+v", got, want)
	}
}
