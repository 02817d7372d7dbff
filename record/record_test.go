package record_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/english"
	"onrecord/pipeline"
	"onrecord/record"
	"onrecord/store"
	"onrecord/text"
)

var noon = time.Date(2026, 3, 12, 12, 0, 0, 0, time.UTC)

// engine parses nothing, finds nothing and counts what it is given.
type engine struct{ read atomic.Int32 }

func (e *engine) Parse(t *text.Text) *english.Doc {
	e.read.Add(1)
	if strings.Contains(t.Body, "a bomb") {
		panic("a bomb")
	}
	d := &english.Doc{Text: t, Tokens: make([]english.Token, len(t.Tokens))}
	d.Link()
	return d
}

func (*engine) Find(*english.Doc) []attribution.Attribution { return nil }

// opened is a record in a folder of the test's own.
func opened(t *testing.T, path string) (*record.Record, *engine) {
	t.Helper()
	s, err := store.Create(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	e := &engine{}
	return record.New(s, &pipeline.Pipeline{Parser: e, Finder: e}, "stages 1, model none", func() time.Time { return noon }), e
}

func recordPath(t *testing.T) string { return filepath.Join(t.TempDir(), "record.db") }

// events are reports that tell so many events, three reports of each, on as
// many days.
func events(n int) (out []article.Article) {
	subjects := []string{
		"Rusty cables closed the harbour bridge; engineers weighed trucks and diverted commuters upstream.",
		"Ferry captains refused paper tickets, so passengers queued at the jetty while machines rebooted.",
		"Rain poured through the school roof and pupils moved their desks into the gymnasium.",
		"Painters finished the lighthouse museum, where keepers once trimmed wicks for whaling ships.",
		"Firefighters saved nine trams from the depot before sparks reached the paint store.",
		"Late frost killed apricot blossoms and growers lit smoky braziers between the orchards.",
		"Librarians will lend novels until midnight since students asked for longer hours.",
	}
	for i := range n {
		event := i / 3
		subject := subjects[event%len(subjects)]
		title, _, _ := strings.Cut(subject, " and ")
		out = append(out, article.Article{
			ID: fmt.Sprintf("r-%d", i), URL: fmt.Sprintf("https://quay.example/%d", i), Outlet: "The Quay", Title: title,
			Body:      fmt.Sprintf("%s Witness%d wrote it down for desk%d.\n", subject, i, event),
			Published: noon.AddDate(0, 0, 3*event), Language: "en",
		})
	}
	return out
}

func sequence(articles []article.Article) iter.Seq2[article.Article, error] {
	return func(yield func(article.Article, error) bool) {
		for _, a := range articles {
			if !yield(a, nil) {
				return
			}
		}
	}
}

// add adds articles and gives the outcomes.
func add(t *testing.T, r *record.Record, articles ...article.Article) (out []record.Outcome) {
	t.Helper()
	if err := r.Add(t.Context(), sequence(articles), 2, func(o record.Outcome) { out = append(out, o) }); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAddReadsOnce(t *testing.T) {
	path := recordPath(t)
	r, e := opened(t, path)
	articles := events(150) // more than a batch
	for i, o := range add(t, r, articles...) {
		if o.Err != nil || o.Result != store.Added || o.ID != articles[i].ID {
			t.Errorf("article %d: %+v", i, o)
		}
	}
	if n := e.read.Load(); n != 150 {
		t.Errorf("%d articles read, want 150", n)
	}
	again, e := opened(t, path)
	for i, o := range add(t, again, articles...) {
		if o.Err != nil || o.Result != store.Unchanged || o.ID != articles[i].ID {
			t.Errorf("article %d again: %+v", i, o)
		}
	}
	if n := e.read.Load(); n != 0 {
		t.Errorf("%d articles were read again", n)
	}
	a, err := r.Store.Article(t.Context(), "r-7")
	if err != nil || a.Fingerprint != "stages 1, model none" || !a.Added.Equal(noon) {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestOutcomesHaveNames(t *testing.T) {
	r, _ := opened(t, recordPath(t))
	broken := errors.New("broken file")
	articles := func(yield func(article.Article, error) bool) {
		_ = yield(article.Article{}, broken) &&
			yield(article.Article{ID: "empty", Origin: "empty.txt", Body: " "}, nil) &&
			yield(article.Article{ID: "bomb", Origin: "bomb.txt", Body: "a bomb"}, nil) &&
			yield(article.Article{ID: "good", Origin: "good.txt", Body: "A word."}, nil)
	}
	var got []record.Outcome
	if err := r.Add(t.Context(), articles, 2, func(o record.Outcome) { got = append(got, o) }); err != nil {
		t.Fatal(err)
	}
	var p *pipeline.PanicError
	if len(got) != 4 || !errors.Is(got[0].Err, broken) || !errors.Is(got[1].Err, pipeline.ErrEmpty) || got[1].Origin != "empty.txt" ||
		!errors.As(got[2].Err, &p) || got[3].Err != nil || got[3].Result != store.Added {
		t.Errorf("outcomes %+v", got)
	}
}

func TestNewVersionHasEdits(t *testing.T) {
	r, _ := opened(t, recordPath(t))
	a := events(1)[0]
	first := add(t, r, a)[0]
	later := a
	later.Body += "Nothing that anybody said.\n"
	second := add(t, r, later)[0]
	if second.Result != store.NewVersion || second.Previous != first.Row || second.Story != first.Story {
		t.Errorf("the second version is %+v, the first %+v", second, first)
	}
	if edits, err := r.Store.Edits(t.Context(), second.Row); err != nil || len(edits) != 0 {
		t.Errorf("edits %+v, %v; the words that changed are the outlet's own", edits, err)
	}
}

// storyOf is the story of each article.
func storyOf(t *testing.T, s *store.Store, articles []article.Article) (out []int64) {
	t.Helper()
	for _, a := range articles {
		found, err := s.Article(t.Context(), a.ID)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, found.Story)
	}
	return out
}

// TestStories adds reports at once, and one by one to a record that is opened
// each time, and expects a story an event both times.
func TestStories(t *testing.T) {
	articles := events(21)
	for name, order := range map[string]func([]article.Article) []article.Article{
		"in order":  func(a []article.Article) []article.Article { return a },
		"backwards": func(a []article.Article) []article.Article { slices.Reverse(a); return a },
	} {
		for _, reopen := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/reopened %v", name, reopen), func(t *testing.T) {
				path := recordPath(t)
				arriving := order(slices.Clone(articles))
				r, _ := opened(t, path)
				if !reopen {
					add(t, r, arriving...)
				}
				for _, a := range arriving {
					if reopen {
						r, _ = opened(t, path)
						add(t, r, a)
					}
				}
				stories := storyOf(t, r.Store, articles)
				distinct := map[int64]bool{}
				for i, s := range stories {
					if s != stories[i/3*3] {
						t.Errorf("report %d is in story %d, the first of the event in %d", i, s, stories[i/3*3])
					}
					distinct[s] = true
				}
				if len(distinct) != 7 {
					t.Errorf("%d stories of 7 events", len(distinct))
				}
			})
		}
	}
}

func TestWhy(t *testing.T) {
	r, _ := opened(t, recordPath(t))
	add(t, r, events(2)...)
	a, err := r.Store.Article(t.Context(), "r-1")
	if err != nil {
		t.Fatal(err)
	}
	if why, err := a.Reason(); err != nil || why.Alike < why.Required || len(why.Words) == 0 {
		t.Errorf("why %q: %+v, %v", a.Why, why, err)
	}
}

// TestInterrupted ends the input's context after some articles: what was read
// is there, and adding again goes on.
func TestInterrupted(t *testing.T) {
	path := recordPath(t)
	r, _ := opened(t, path)
	articles := events(300)
	ctx, cancel := context.WithCancel(t.Context())
	input := func(yield func(article.Article, error) bool) {
		for i, a := range articles {
			if i == 100 {
				cancel()
			}
			if !yield(a, nil) {
				return
			}
		}
	}
	acknowledged := map[string]bool{}
	if err := r.Add(ctx, input, 2, func(o record.Outcome) {
		if o.Err == nil {
			acknowledged[o.ID] = true
		}
	}); err != nil {
		t.Fatal(err)
	}
	if n := len(acknowledged); n == 0 || n > 110 {
		t.Errorf("%d articles were added before the interrupt", n)
	}
	count := map[store.Result]int{}
	for _, o := range add(t, r, articles...) {
		count[o.Result]++
	}
	if count[store.Unchanged] != len(acknowledged) || count[store.Added] != 300-len(acknowledged) {
		t.Errorf("then %v, with %d acknowledged before", count, len(acknowledged))
	}
}

// TestSlowInput sees to it that what is read does not wait for a full batch.
func TestSlowInput(t *testing.T) {
	r, _ := opened(t, recordPath(t))
	there := make(chan struct{})
	input := func(yield func(article.Article, error) bool) {
		if yield(events(1)[0], nil) {
			<-there // the next article comes only when the first is acknowledged
		}
	}
	err := r.Add(t.Context(), input, 2, func(o record.Outcome) { close(there) })
	if err != nil {
		t.Fatal(err)
	}
}
