//go:build !race

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"onrecord/evaluation"
	"onrecord/format"
	"onrecord/internal/corpora"
	"onrecord/text"
)

// expected is a statement of a careful reader's account.
type expected struct {
	ID, Article, Kind, Speaker, Addressee, Venue, Date, Via, Polarity string
	Source, Cue, Content                                              []format.Span
}

// careful is a careful reader's account of two reports of one event.
type careful struct {
	Published     string
	Statements    []expected
	NotStatements []struct {
		Article string
		Span    format.Span
	} `json:"not_statements"`
}

// carefulFile holds what the program still gets wrong of the careful reading,
// a statement and a field a line, and its score. It moves with -update only.
const carefulFile = "testdata/careful.txt"

// TestCarefulReading holds the program against a careful reader's account of
// two reports: every kind, speaker, addressee, venue, date, via and polarity.
func TestCarefulReading(t *testing.T) {
	dir := corpora.Path(t, "seeds")
	raw, err := os.ReadFile(filepath.Join(dir, "reading.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want careful
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	records := readSeeds(t, dir, want.Published)
	var wrong strings.Builder
	for _, w := range want.Statements {
		r := records[w.Article]
		got := closest(r, w)
		if got == nil {
			fmt.Fprintf(&wrong, "%s not found\n", w.ID)
			t.Logf("%s %q: not found", w.ID, spanText(r.Text, w.Content))
			continue
		}
		polarity := w.Polarity
		if polarity == "" {
			polarity = got.Polarity // only what the account says is checked
		}
		name := got.Speaker.Name
		if name == "" {
			name = "unnamed: " + got.Speaker.Unnamed
		}
		for _, field := range []struct{ what, got, want string }{
			{"kind", got.Kind, w.Kind}, {"speaker", name, w.Speaker}, {"addressee", got.Addressee, w.Addressee}, {"venue", got.Venue, w.Venue},
			{"date", got.Date, w.Date}, {"via", got.Via, w.Via}, {"polarity", got.Polarity, polarity},
		} {
			if field.got != field.want {
				fmt.Fprintf(&wrong, "%s %s\n", w.ID, field.what)
				t.Logf("%s %q: %s %q, want %q", w.ID, spanText(r.Text, w.Content), field.what, field.got, field.want)
			}
		}
	}
	for _, no := range want.NotStatements {
		for _, a := range records[no.Article].Attributions {
			if len(a.Content) == 1 && a.Content[0][0] >= no.Span[0]-1 && a.Content[0][1] <= no.Span[1]+1 {
				t.Errorf("%s: %q is an attribution", no.Article, a.Text)
			}
		}
	}
	score := scoreSeeds(t, dir, records)
	fmt.Fprintf(&wrong, "relaxed F1 %.3f, exact F1 %.3f, direct recall %.3f\n", score.Relaxed.F1, score.Exact.F1, score.Direct.Recall)
	if *update {
		if err := os.WriteFile(carefulFile, []byte(wrong.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	golden, err := os.ReadFile(carefulFile)
	if err != nil {
		t.Fatal(err)
	}
	if wrong.String() != string(golden) {
		t.Errorf("what is wrong moved (-update keeps it)\n got %s\nwant %s", wrong.String(), golden)
	}
}

// scoreSeeds scores the found attributions against the marked ones.
func scoreSeeds(t *testing.T, dir string, records map[string]format.Record) evaluation.Report {
	t.Helper()
	var total evaluation.Tally
	for name, r := range records {
		gold, err := evaluation.ReadBrat(filepath.Join(dir, "gold", name+".ann"), r.Text)
		if err != nil {
			t.Fatal(err)
		}
		at := []int{}
		for i := range r.Text {
			at = append(at, i)
		}
		at = append(at, len(r.Text))
		spans := func(in []format.Span) (out []text.Span) {
			for _, s := range in {
				out = append(out, text.Span{Start: at[s[0]], End: at[s[1]]})
			}
			return out
		}
		var got []evaluation.Relation
		for _, a := range r.Attributions {
			got = append(got, evaluation.Relation{Source: spans(a.Source), Cue: spans(a.Cue), Content: spans(a.Content)})
		}
		tally, _ := evaluation.Score(r.Text, gold, got)
		total.Add(tally)
	}
	return total.Report()
}

// readSeeds reads the two reports with the command itself.
func readSeeds(t *testing.T, dir, published string) map[string]format.Record {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no reports in %s: %v", dir, err)
	}
	var out, errs bytes.Buffer
	args := append([]string{"read", "--format", "jsonl", "--date", published}, paths...)
	if code := run(context.Background(), args, strings.NewReader(""), &out, &errs); code != exitDone {
		t.Fatalf("exit code %d: %s", code, errs.String())
	}
	records := map[string]format.Record{}
	for d := json.NewDecoder(&out); d.More(); {
		var r format.Record
		if err := d.Decode(&r); err != nil {
			t.Fatal(err)
		}
		records[r.ID] = r
	}
	return records
}

// closest is the attribution that shares most of its content with w, at least
// half (Dice over characters).
func closest(r format.Record, w expected) *format.Attribution {
	var best *format.Attribution
	least := .5
	for i := range r.Attributions {
		a := &r.Attributions[i]
		common, n := 0, 0
		for _, p := range a.Content {
			n += p[1] - p[0]
			for _, q := range w.Content {
				common += max(0, min(p[1], q[1])-max(p[0], q[0]))
			}
		}
		for _, q := range w.Content {
			n += q[1] - q[0]
		}
		if d := 2 * float64(common) / float64(n); d >= least {
			best, least = a, d
		}
	}
	return best
}

func spanText(body string, spans []format.Span) string {
	r := []rune(body)
	var out []string
	for _, s := range spans {
		if s[1] <= len(r) {
			out = append(out, string(r[s[0]:s[1]]))
		}
	}
	return strings.Join(out, " … ")
}
