package pipeline

import (
	"context"
	"iter"

	"onrecord/article"
)

// Outcome is what became of an article.
type Outcome struct {
	Reading Reading // with its Article at least, unless the article could not be had
	Err     error   // why the article could not be had, a reason to skip it, or a PanicError
}

// ReadAll reads articles with the given number of workers and yields an
// Outcome for each pair of articles, in their order. No more than three
// articles a worker, and one, are held at a time. The sequence ends early
// when ctx is done.
func (p *Pipeline) ReadAll(ctx context.Context, articles iter.Seq2[article.Article, error], workers int) iter.Seq[Outcome] {
	return readAll(ctx, articles, max(workers, 1), p.Read)
}

// task is an article with the place where its outcome is awaited.
type task struct {
	article article.Article
	err     error
	outcome chan Outcome // holds one
}

func readAll(ctx context.Context, articles iter.Seq2[article.Article, error], workers int, read func(article.Article) (Reading, error)) iter.Seq[Outcome] {
	return func(yield func(Outcome) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		work := make(chan task)
		order := make(chan task, 2*workers)
		// The feeder is not waited for: it may hang in a read of standard
		// input that nothing can interrupt.
		go feed(ctx, articles, order, work)
		for range workers {
			go func() {
				for t := range work {
					o := Outcome{Err: t.err}
					if o.Err == nil {
						o.Reading, o.Err = read(t.article)
					}
					t.outcome <- o
				}
			}()
		}
		for {
			t, ok := receive(ctx, order)
			if !ok {
				return
			}
			o, ok := receive(ctx, t.outcome)
			if !ok || !yield(o) {
				return
			}
		}
	}
}

// feed hands every article to a worker and, in the same order, to the one who
// awaits its outcome.
func feed(ctx context.Context, articles iter.Seq2[article.Article, error], order, work chan<- task) {
	defer close(work)
	defer close(order)
	for a, err := range articles {
		t := task{article: a, err: err, outcome: make(chan Outcome, 1)}
		if !send(ctx, order, t) || !send(ctx, work, t) {
			return
		}
	}
}

// receive is false when the channel is closed or ctx is done.
func receive[T any](ctx context.Context, from <-chan T) (v T, ok bool) {
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
