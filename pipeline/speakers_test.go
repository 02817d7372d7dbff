//go:build !race

package pipeline_test

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	compared "onrecord/comparison"
	"onrecord/evaluation"
	"onrecord/internal/corpora"
	"onrecord/pipeline"
	"onrecord/text"
	"onrecord/utterance"
)

// speakersScoreFile holds what joining speakers over all articles reaches. It
// moves with -update only.
const speakersScoreFile = "testdata/speakers.score.json"

// TestSpeakersScore compares all articles of all stories at once and counts, over the gold quotations of a named speaker that are found, the pairs
// that are credited to one speaker in gold and here.
func TestSpeakersScore(t *testing.T) {
	gold, err := evaluation.ReadQuotations(corpora.Path(t, "corpora", "basil", "quotes.gold.jsonl"))
	if err != nil || len(gold) == 0 {
		t.Fatalf("no gold: %v", err)
	}
	p, err := pipeline.Default()
	if err != nil {
		t.Fatal(err)
	}
	stories := storiesOf(t, corpora.Path(t, "corpora", "basil", "articles.jsonl"))
	var readings []pipeline.Reading
	for _, name := range slices.Sorted(maps.Keys(stories)) {
		for _, a := range stories[name] {
			r, err := p.Read(a)
			if err != nil {
				t.Fatal(err)
			}
			readings = append(readings, r)
		}
	}
	found := pipeline.Compare(readings)
	at := map[string]int{} // article to its index
	for i, r := range found.Reports {
		at[r.Article.ID] = i
	}
	var names, ids []string
	for _, s := range gold {
		for _, q := range s.Quotes {
			if id := creditedTo(found, at[q.Article], q.Span); id != "" && !strings.HasPrefix(q.Speaker, "unnamed") {
				names, ids = append(names, q.Speaker), append(ids, id)
			}
		}
	}
	var got evaluation.Count
	for i := range names {
		for k := range i {
			same, joined := names[i] == names[k], ids[i] == ids[k]
			if same {
				got.Gold++
			}
			if joined {
				got.Predicted++
			}
			if same && joined {
				got.Both++
			}
		}
	}
	if *update {
		out, err := json.MarshalIndent(got, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(speakersScoreFile, append(out, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(speakersScoreFile)
	if err != nil {
		t.Fatalf("%v: write it with -update", err)
	}
	var want evaluation.Count
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Errorf("the score moved; -update keeps it\n got %+v\nwant %+v", got, want)
	}
	if f1 := 2 * float64(got.Both) / float64(got.Gold+got.Predicted); f1 < .95 {
		t.Errorf("pairwise F1 %.3f, want .95", f1)
	}
}

// creditedTo is the speaker of the utterance that has most of a gold quotation
// of an article, in characters, and half of it at least; "" if there is none.
func creditedTo(c *compared.Comparison, article int, gold text.Span) (id string) {
	chars := text.NewCharacters(c.Reports[article].Article.Body)
	most := (gold.Len() - 1) / 2
	for _, u := range c.Utterances {
		for _, v := range u.Variants {
			if v.Article != article || v.Rendering == utterance.Paraphrased {
				continue
			}
			n := 0
			for _, s := range v.Spans {
				k := chars.Span(s)
				n += max(0, min(k.End, gold.End)-max(k.Start, gold.Start))
			}
			if n > most {
				most, id = n, u.Speaker.ID
			}
		}
	}
	return id
}
