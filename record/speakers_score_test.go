//go:build !race

package record_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"onrecord/article"
	"onrecord/evaluation"
	"onrecord/internal/corpora"
	"onrecord/pipeline"
	"onrecord/record"
	"onrecord/store"
	"onrecord/text"
)

var update = flag.Bool("update", false, "write the golden files of testdata")

// speakersScoreFile holds what joining speakers over a record reaches. It moves
// with -update only.
const speakersScoreFile = "testdata/speakers.score.json"

// basil are the articles of BASIL.
func basil(t testing.TB) (out []article.Article) {
	t.Helper()
	f, err := os.Open(corpora.Path(t, "corpora", "basil", "articles.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for d := json.NewDecoder(f); d.More(); {
		var a struct{ ID, Outlet, Title, Date, Text string }
		if err := d.Decode(&a); err != nil {
			t.Fatal(err)
		}
		out = append(out, article.Article{ID: a.ID, Outlet: a.Outlet, Title: a.Title, Published: day(t, a.Date), Language: "en", Body: a.Text})
	}
	return out
}

// polnear are the articles of PolNeAR's training and development parts.
func polnear(t testing.TB) (out []article.Article) {
	t.Helper()
	raw, err := os.ReadFile(corpora.Path(t, "corpora", "polnear", "metadata.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(raw)), "\n")[1:] {
		f := strings.Split(line, "\t") // compartment, filename, level, annotators, publisher, publication_date, author, title, …
		files, err := filepath.Glob(filepath.Join(corpora.Path(t, "corpora", "polnear", f[0], "text"), f[1]+"*.txt"))
		if err != nil || len(files) != 1 {
			t.Fatalf("%d files of %s: %v", len(files), f[1], err)
		}
		body, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, article.Article{ID: f[1], Outlet: f[4], Title: f[7], Published: day(t, f[5]), Language: "en", Body: string(body)})
	}
	return out
}

func day(t testing.TB, s string) time.Time {
	t.Helper()
	d, _, err := article.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// readAll reads articles as `onrecord add` does.
func readAll(t testing.TB, articles []article.Article) (out []pipeline.Reading) {
	t.Helper()
	p, err := pipeline.Default()
	if err != nil {
		t.Fatal(err)
	}
	for o := range p.ReadAll(t.Context(), sequence(articles), 2) {
		if o.Err != nil {
			t.Fatal(o.Err)
		}
		out = append(out, o.Reading)
	}
	return out
}

// keptIn makes a record of readings in their order.
func keptIn(t testing.TB, readings []pipeline.Reading) *store.Store {
	t.Helper()
	s, err := store.Create(t.Context(), filepath.Join(t.TempDir(), "record.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	r := record.New(s, nil, "", func() time.Time { return noon })
	all := iter.Seq2[pipeline.Reading, error](func(yield func(pipeline.Reading, error) bool) {
		for _, r := range readings {
			if !yield(r, nil) {
				return
			}
		}
	})
	if err := r.Import(t.Context(), all, func(o record.Outcome) {
		if o.Err != nil {
			t.Error(o.Err)
		}
	}); err != nil {
		t.Fatal(err)
	}
	return s
}

// pairs counts, over the gold quotations of a named speaker that are found, the
// pairs credited to one speaker in gold and in the record.
func pairs(t testing.TB, s *store.Store, gold []evaluation.QuotedStory) (got evaluation.Count) {
	t.Helper()
	var names, ids []string
	for _, story := range gold {
		for _, q := range story.Quotes {
			if id := creditedTo(t, s, q); id != "" && !strings.HasPrefix(q.Speaker, "unnamed") {
				names, ids = append(names, q.Speaker), append(ids, id)
			}
		}
	}
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
	return got
}

// creditedTo is the speaker of the statement that has most of a gold quotation,
// in characters, and half of it at least; "" if there is none.
func creditedTo(t testing.TB, s *store.Store, gold evaluation.Quotation) (id string) {
	t.Helper()
	a, err := s.Article(t.Context(), gold.Article)
	if err != nil {
		t.Fatal(err)
	}
	said, err := s.Statements(t.Context(), a.Row)
	if err != nil {
		t.Fatal(err)
	}
	chars := text.NewCharacters(a.Body)
	most := (gold.Len() - 1) / 2
	for _, said := range said {
		n := 0
		for _, c := range said.Content {
			k := chars.Span(c)
			n += max(0, min(k.End, gold.End)-max(k.Start, gold.Start))
		}
		if n <= most {
			continue
		}
		most, id = n, said.Speaker.Unnamed
		if said.Who != 0 {
			who, err := s.SpeakerOf(t.Context(), said.Who)
			if err != nil {
				t.Fatal(err)
			}
			id = fmt.Sprint(who.Row, " ", who.Name)
		}
	}
	return id
}

// TestSpeakersScore adds the articles in several orders, alone and among others
// on the same people.
func TestSpeakersScore(t *testing.T) {
	gold, err := evaluation.ReadQuotations(corpora.Path(t, "corpora", "basil", "quotes.gold.jsonl"))
	if err != nil || len(gold) == 0 {
		t.Fatalf("no gold: %v", err)
	}
	few := readAll(t, basil(t))
	many := append(slices.Clone(few), readAll(t, polnear(t))...)
	got := map[string]evaluation.Count{}
	for name, readings := range map[string][]pipeline.Reading{"alone": few, "among others": many} {
		slices.SortStableFunc(readings, func(a, b pipeline.Reading) int { return a.Article.Published.Compare(b.Article.Published) })
		got[name+", by date"] = pairs(t, keptIn(t, readings), gold)
		for order := range uint64(3) {
			rand.New(rand.NewPCG(order, 1)).Shuffle(len(readings), func(i, j int) { readings[i], readings[j] = readings[j], readings[i] })
			got[fmt.Sprintf("%s, order %d", name, order+1)] = pairs(t, keptIn(t, readings), gold)
			if len(readings) > len(few) {
				break // one takes ten seconds
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
	var want map[string]evaluation.Count
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(got, want) {
		t.Errorf("the score moved; -update keeps it\n got %+v\nwant %+v", got, want)
	}
	for name, c := range got {
		if f1 := 2 * float64(c.Both) / float64(c.Gold+c.Predicted); f1 < .95 {
			t.Errorf("%s: pairwise F1 %.3f, want .95", name, f1)
		}
	}
}
