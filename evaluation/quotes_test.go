package evaluation

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"onrecord/internal/corpora"
	"onrecord/text"
)

func TestScoreQuotations(t *testing.T) {
	pieces := func(ends ...int) (out []text.Span) {
		for i := 0; i < len(ends); i += 2 {
			out = append(out, text.Span{Start: ends[i], End: ends[i+1]})
		}
		return out
	}
	quote := func(start, end int, speaker string) Quotation {
		return Quotation{Article: "a", Span: text.Span{Start: start, End: end}, Speaker: speaker}
	}
	in := func(article, utterance string) Quotation {
		return Quotation{Article: article, Span: text.Span{Start: 0, End: 20}, Speaker: "unnamed: a clerk", Utterance: utterance}
	}
	for _, c := range []struct {
		name  string
		gold  []Quotation
		found []Credited
		want  QuotationTally
	}{
		{"half of the characters and the last name", []Quotation{quote(10, 30, "Ada Lund Jr.")}, []Credited{{"a", pieces(0, 20), "Mayor Lund", "1"}},
			QuotationTally{Gold: 1, Found: 1, Speaker: 1, Articles: 1}},
		{"less than half", []Quotation{quote(10, 30, "Ada Lund")}, []Credited{{"a", pieces(0, 19), "Ada Lund", "1"}},
			QuotationTally{Gold: 1, Articles: 1}},
		{"both halves of one in pieces", []Quotation{quote(0, 9, "Ada Lund"), quote(20, 29, "Ada Lund")}, []Credited{{"a", pieces(0, 9, 20, 29), "Ada", "1"}},
			QuotationTally{Gold: 2, Found: 2, Speaker: 2, Articles: 1}},
		{"another article", []Quotation{quote(0, 20, "Ada Lund")}, []Credited{{"b", pieces(0, 20), "Ada Lund", "1"}},
			QuotationTally{Gold: 1, Spurious: 1, Articles: 1}},
		{"unnamed", []Quotation{quote(0, 20, "unnamed: a clerk")}, []Credited{{"a", pieces(0, 20), "", "1"}, {"a", pieces(40, 59), "Ada Lund", "1"}},
			QuotationTally{Gold: 1, Found: 1, Speaker: 1, Articles: 1}},
		{"wrong name, and unnamed for a name", []Quotation{quote(0, 20, "Ada Lund"), quote(30, 50, "Ada Lund")}, []Credited{{"a", pieces(0, 20), "Ivo Tarn", "1"}, {"a", pieces(30, 50), "", "1"}},
			QuotationTally{Gold: 2, Found: 2, Articles: 1}},
		{"a pair joined, and one too many", []Quotation{in("a", "u1"), in("b", "u1"), in("c", "u2")}, []Credited{{"a", pieces(0, 20), "", "1"}, {"b", pieces(0, 20), "", "1"}, {"c", pieces(0, 20), "", "1"}},
			QuotationTally{Gold: 3, Found: 3, Speaker: 3, Articles: 3, Aligned: Count{Both: 1, Gold: 1, Predicted: 3}}},
		{"a pair apart", []Quotation{in("a", "u1"), in("b", "u1")}, []Credited{{"a", pieces(0, 20), "", "1"}, {"b", pieces(0, 20), "", "2"}},
			QuotationTally{Gold: 2, Found: 2, Speaker: 2, Articles: 2, Aligned: Count{Gold: 1}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := ScoreQuotations(c.gold, c.found); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

// TestScoreQuotationsEqualsReference scores disturbed gold with the corpus'
// own scorer and with this package: every figure must be the same.
func TestScoreQuotationsEqualsReference(t *testing.T) {
	scorer := corpora.Path(t, "eval", "score_quotes.py")
	path := corpora.Path(t, "corpora", "basil", "quotes.gold.jsonl")
	python := corpora.Program(t, "python3")
	stories, err := ReadQuotations(path)
	if err != nil || len(stories) == 0 {
		t.Fatalf("no stories in %s: %v", path, err)
	}
	dir := t.TempDir()
	var total QuotationTally
	for _, s := range stories {
		found := disturbQuotations(s.Quotes)
		total.Add(ScoreQuotations(s.Quotes, found))
		if err := os.WriteFile(filepath.Join(dir, s.Story+".json"), []byte(utterances(found)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.Command(python, scorer, path, dir, "--json").Output()
	if err != nil {
		t.Fatalf("reference scorer: %v", err)
	}
	var want QuotationReport
	if err := json.Unmarshal(out, &want); err != nil {
		t.Fatal(err)
	}
	got := total.Report()
	if got.Recall != want.Recall || got.Speaker != want.Speaker || got.Aligned != want.Aligned || fmt.Sprintf("%.3f", got.SpuriousPerArticle) != fmt.Sprintf("%.3f", want.SpuriousPerArticle) {
		t.Errorf("figures differ from the reference\n got %+v\nwant %+v", got, want)
	}
	if want.Aligned.F1 < .1 || want.Aligned.F1 > .9 || want.Recall < .3 || want.Recall > .95 || want.Speaker > .95 {
		t.Errorf("%+v: the disturbance leaves nothing to compare", want)
	}
}

// disturbQuotations moves, shortens, drops, credits and joins wrongly. Words
// of one utterance follow one another, as they do in the program's output.
func disturbQuotations(gold []Quotation) (out []Credited) {
	for i, q := range gold {
		c := Credited{Article: q.Article, Pieces: []text.Span{q.Span}, Speaker: q.Speaker, Utterance: q.Utterance}
		switch i % 6 {
		case 0:
			continue
		case 1:
			c.Pieces[0].Start -= min(c.Pieces[0].Start, 400)
			c.Pieces[0].End = q.Start + (i % q.Len())
		case 2:
			c.Speaker = gold[(i+7)%len(gold)].Speaker
		case 3:
			c.Speaker = ""
		case 4:
			c.Pieces = append(c.Pieces, text.Span{Start: q.End + 5, End: q.End + 50})
		case 5:
			c.Utterance = gold[(i+3)%len(gold)].Utterance
		}
		c.Utterance += " " + c.Speaker
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(a, b Credited) int { return strings.Compare(a.Utterance, b.Utterance) })
	return out
}

// utterances writes what was found as the reference scorer reads it.
func utterances(found []Credited) string {
	type variant struct {
		Article string   `json:"article"`
		Spans   [][2]int `json:"spans"`
	}
	type utterance struct {
		Speaker  map[string]string `json:"speaker"`
		Variants []variant         `json:"variants"`
	}
	var all []utterance
	for i, c := range found {
		v := variant{Article: c.Article}
		for _, p := range c.Pieces {
			v.Spans = append(v.Spans, [2]int{p.Start, p.End})
		}
		if i == 0 || found[i-1].Utterance != c.Utterance {
			all = append(all, utterance{Speaker: map[string]string{"name": c.Speaker}})
		}
		all[len(all)-1].Variants = append(all[len(all)-1].Variants, v)
	}
	out, _ := json.Marshal(map[string]any{"utterances": all})
	return string(out)
}
