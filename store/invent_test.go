package store_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/figure"
	"onrecord/speaker"
	"onrecord/store"
	"onrecord/text"
)

var noon = time.Date(2026, 3, 12, 12, 0, 0, 0, time.UTC)

var (
	people = []string{"Ana Moreno", "Peter Lund", "Lena Roth", "Tom Ferris", "Ines Ålund", "Juno Park"}
	things = []string{"the old pier", "the north bridge", "the harbour school", "the ferry line", "the fish market", "the lamp tower"}
	deeds  = []string{"cannot wait for another winter", "will be closed in May", "costs more than it brings", "belongs to those who use it", "was never safe to begin with"}
)

// invent makes the nth of any number of articles that differ from each other,
// with two statements and a figure.
func invent(n int) store.Entry {
	who, thing, deed := people[n%len(people)], things[n/2%len(things)], deeds[n/3%len(deeds)]
	quote := fmt.Sprintf("“%s %s, and nobody asked us %d times,”", strings.ToUpper(thing[:1])+thing[1:], deed, n)
	plain := fmt.Sprintf("that letter %d about %s had gone unanswered", n, thing)
	body := fmt.Sprintf("%s %s said on Monday.\n\n%s of the harbour board told The Quay %s. Some %d people signed it.\n", quote, who, who, plain, 100+n)
	span := func(s string, after int) text.Span {
		i := after + strings.Index(body[after:], s)
		return text.Span{Start: i, End: i + len(s)}
	}
	second := strings.Index(body, "\n\n")
	quoted := attribution.Attribution{
		Kind: attribution.Direct, Source: []text.Span{span(who, 0)}, Cue: []text.Span{span("said", 0)}, Content: []text.Span{span(quote, 0)},
		SourceHead: 12, CueHead: 13, Confidence: 0.9375,
		Details: attribution.Details{Polarity: attribution.Asserted, When: []text.Span{span("on Monday", 0)}, Date: "2026-03-09"},
	}
	told := attribution.Attribution{
		Kind: attribution.Indirect, Source: []text.Span{span(who, second)}, Cue: []text.Span{span("told", second)}, Content: []text.Span{span(plain, second)},
		SourceHead: -1, CueHead: 20, Confidence: 1.0 / 3,
		Details: attribution.Details{Polarity: attribution.Denied, Addressee: []text.Span{span("The Quay", second)}},
	}
	whom := speaker.Speaker{ID: strings.ToLower(strings.ReplaceAll(who, " ", "-")), Name: who, Role: "board member"}
	return store.Entry{
		Article: article.Article{
			ID: fmt.Sprintf("a-%d", n), Origin: fmt.Sprintf("archive.jsonl:%d", n+1), Outlet: "The Quay", URL: fmt.Sprintf("https://quay.example/%d", n),
			Title: fmt.Sprintf("Letter %d: %s", n, thing), Byline: []string{"Kim Dale"}, Published: noon.AddDate(0, 0, -n%40), Language: "en", Body: body,
		},
		Language:    "en",
		Statements:  []speaker.Statement{{Attribution: quoted, Speaker: whom}, {Attribution: told, Speaker: whom, Reporter: "the wire"}},
		Figures:     []figure.Figure{{Span: span(fmt.Sprint(100+n), second), Value: float64(100 + n), High: float64(100 + n), Bound: figure.About, Of: []text.Span{span("people", second)}, Subject: []string{"people"}, Head: "people", Statement: -1}},
		Fingerprint: "stages 1, model test",
	}
}

func inventMany(first, n int) (out []store.Entry) {
	for i := range n {
		out = append(out, invent(first+i))
	}
	return out
}

// create makes a record in a folder of the test's own.
func create(t testing.TB, path string) *store.Store {
	t.Helper()
	s, err := store.Create(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func recordPath(t testing.TB) string { return filepath.Join(t.TempDir(), "record.db") }

// add adds entries and counts the results.
func add(t testing.TB, s *store.Store, entries ...store.Entry) []store.Outcome {
	t.Helper()
	out, err := s.Add(t.Context(), entries, noon)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// verified fails the test for each problem of a record.
func verified(t testing.TB, s *store.Store) {
	t.Helper()
	if err := s.Verify(t.Context(), func(p store.Problem) { t.Errorf("verify: %v", p) }, nil); err != nil {
		t.Errorf("verify: %v", err)
	}
}

func results(out []store.Outcome) map[store.Result]int {
	count := map[store.Result]int{}
	for _, o := range out {
		count[o.Result]++
	}
	return count
}
