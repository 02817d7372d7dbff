// Package ordered works on the items of a sequence side by side and hands the
// results on in their order.
package ordered

import (
	"context"
	"iter"
)

// Map yields work's result for each item, in the order of the items, with so
// many workers at it. No more than three items a worker, and one, are held at a
// time. The sequence ends early when ctx is done.
func Map[In, Out any](ctx context.Context, items iter.Seq[In], workers int, work func(In) Out) iter.Seq[Out] {
	workers = max(workers, 1)
	return func(yield func(Out) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		tasks := make(chan task[In, Out])
		order := make(chan task[In, Out], 2*workers)
		// The feeder is not waited for: it may hang in a read of standard
		// input that nothing can interrupt.
		go feed(ctx, items, order, tasks)
		for range workers {
			go func() {
				for t := range tasks {
					t.result <- work(t.item)
				}
			}()
		}
		for {
			t, ok := receive(ctx, order)
			if !ok {
				return
			}
			out, ok := receive(ctx, t.result)
			if !ok || !yield(out) {
				return
			}
		}
	}
}

// task is an item with the place where its result is awaited.
type task[In, Out any] struct {
	item   In
	result chan Out // holds one
}

// feed hands every item to a worker and, in the same order, to the one who
// awaits its result.
func feed[In, Out any](ctx context.Context, items iter.Seq[In], order, tasks chan<- task[In, Out]) {
	defer close(tasks)
	defer close(order)
	for item := range items {
		t := task[In, Out]{item, make(chan Out, 1)}
		if !send(ctx, order, t) || !send(ctx, tasks, t) {
			return
		}
	}
}

// receive is false when the channel is closed or ctx is done.
func receive[T any](ctx context.Context, from <-chan T) (v T, ok bool) {
	if ctx.Err() != nil { // as select takes either
		return v, false
	}
	select {
	case <-ctx.Done():
		return v, false
	case v, ok = <-from:
		return v, ok
	}
}

// send is false when ctx is done.
func send[T any](ctx context.Context, to chan<- T, v T) bool {
	select {
	case <-ctx.Done():
		return false
	case to <- v:
		return true
	}
}
