package ordered_test

import (
	"context"
	"iter"
	"sync/atomic"
	"testing"
	"time"

	"onrecord/internal/ordered"
)

func numbers(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func TestKeepsOrder(t *testing.T) {
	var busy atomic.Int32
	work := func(i int) int {
		// Every third takes longer, so that later ones overtake it.
		if busy.Add(1)%3 == 0 {
			time.Sleep(time.Millisecond)
		}
		return i
	}
	n := 0
	for i := range ordered.Map(t.Context(), numbers(200), 4, work) {
		if i != n {
			t.Fatalf("result %d is of item %d", n, i)
		}
		n++
	}
	if n != 200 {
		t.Errorf("%d results, want 200", n)
	}
}

func TestHoldsFewItems(t *testing.T) {
	const workers = 2
	var taken atomic.Int32
	var most, done int32
	items := func(yield func(int) bool) {
		for i := range numbers(100) {
			taken.Add(1)
			if !yield(i) {
				return
			}
		}
	}
	for range ordered.Map(t.Context(), items, workers, func(i int) int { return i }) {
		time.Sleep(100 * time.Microsecond) // a slow reader of the results
		most = max(most, taken.Load()-done)
		done++
	}
	if most > 3*workers+2 {
		t.Errorf("%d items held at once by %d workers", most, workers)
	}
}

func TestStops(t *testing.T) {
	n := 0
	for range ordered.Map(t.Context(), numbers(1000), 2, func(i int) int { return i }) {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("%d results after break, want 3", n)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	hanging := func(yield func(int) bool) {
		if yield(1) {
			select {} // a read of standard input that never ends
		}
	}
	n = 0
	for range ordered.Map(ctx, hanging, 2, func(i int) int { return i }) {
		n++
		cancel()
	}
	if n != 1 {
		t.Errorf("%d results after cancel, want 1", n)
	}
}
