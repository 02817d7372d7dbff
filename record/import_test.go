package record

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"testing"
	"time"

	"onrecord/article"
	"onrecord/pipeline"
	"onrecord/store"
)

// TestImport imports more than a batch, with a bad line in it, twice; then it
// is interrupted.
func TestImport(t *testing.T) {
	const n = importArticles + 20
	kept, err := store.Create(t.Context(), filepath.Join(t.TempDir(), "record.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer kept.Close()
	bad := errors.New("a bad line")
	readings := func(from string, stop func(int)) iter.Seq2[pipeline.Reading, error] {
		return func(yield func(pipeline.Reading, error) bool) {
			for i := range n {
				stop(i)
				r := pipeline.Reading{
					Article:     article.Article{ID: fmt.Sprintf("%s-%d", from, i), Body: fmt.Sprintf("Boat number %d of %s came in.", i, from)},
					Language:    "en",
					Fingerprint: "made elsewhere",
				}
				var err error
				if i == 7 {
					r, err = pipeline.Reading{}, bad
				}
				if !yield(r, err) {
					return
				}
			}
		}
	}
	now := func() time.Time { return time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC) }
	r := New(kept, nil, "", now)
	for _, want := range []store.Result{store.Added, store.Unchanged} {
		count := map[store.Result]int{}
		err := r.Import(t.Context(), readings("pier", func(int) {}), func(o Outcome) {
			if count[o.Result]++; o.Err != nil && !errors.Is(o.Err, bad) {
				t.Error(o.Err)
			}
		})
		if err != nil || count[want] != n-1 || count[""] != 1 {
			t.Errorf("%v, outcomes %v, want %d %s and a bad one", err, count, n-1, want)
		}
	}
	if a, err := kept.Article(t.Context(), "pier-500"); err != nil || a.Fingerprint != "made elsewhere" {
		t.Errorf("%v, article %+v", err, a)
	}

	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	told := 0
	err = r.Import(ctx, readings("quay", func(i int) {
		if i == 30 {
			stop()
		}
	}), func(Outcome) { told++ })
	if err != nil || told != 30 {
		t.Errorf("%v, %d outcomes after an interrupt at the 30th", err, told)
	}
	if _, err := kept.Article(t.Context(), "quay-29"); err != nil {
		t.Errorf("what came before the interrupt: %v", err)
	}
}
