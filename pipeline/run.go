package pipeline

import (
	"context"
	"iter"

	"onrecord/article"
	"onrecord/internal/ordered"
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
	given := func(yield func(Outcome) bool) {
		for a, err := range articles {
			if !yield(Outcome{Reading: Reading{Article: a}, Err: err}) {
				return
			}
		}
	}
	return ordered.Map(ctx, given, workers, func(o Outcome) Outcome {
		if o.Err == nil {
			o.Reading, o.Err = p.Read(o.Reading.Article)
		}
		return o
	})
}
