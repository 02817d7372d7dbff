package record

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"onrecord/article"
	"onrecord/pipeline"
	"onrecord/store"
)

// Stale are the articles of the record that were read by something else than r
// reads with, by the fingerprint of that. Readings without a fingerprint are
// left out: what made them, as perhaps a person did, is nothing to go back to.
func (r *Record) Stale(ctx context.Context) ([]store.Readings, error) {
	all, err := r.Store.Readings(ctx)
	return slices.DeleteFunc(all, func(of store.Readings) bool { return of.Fingerprint == "" || of.Fingerprint == r.Fingerprint }), err
}

// Reread reads again the articles that were read by what a fingerprint names,
// several at the same time, and replaces what was found in them. Their stories
// and the corrections made by hand stay. report is told of every one when what
// is new is on the disk; those that are skipped or fail stay as they are. When
// ctx is done, what has been read by then is still replaced, and what is left
// is what is still stale. The error is that of the record, not of an article.
func (r *Record) Reread(ctx context.Context, fingerprint string, workers int, report func(Outcome)) error {
	return r.read(ctx, r.readBy(ctx, fingerprint), workers, func(ctx context.Context, batch []pipeline.Outcome) error {
		var broken error
		if n := len(batch); n > 0 {
			if end, ok := batch[n-1].Err.(lost); ok { // after which nothing comes
				broken, batch = end.error, batch[:n-1]
			}
		}
		out, err := r.renew(ctx, batch)
		if err != nil {
			return err
		}
		for _, o := range out {
			report(o)
		}
		return broken
	})
}

// lost is an error of the record that is no article's.
type lost struct{ error }

func (r *Record) readBy(ctx context.Context, fingerprint string) iter.Seq2[article.Article, error] {
	return func(yield func(article.Article, error) bool) {
		for a, err := range r.Store.ReadBy(ctx, fingerprint) {
			if err != nil {
				yield(article.Article{}, lost{err})
				return
			}
			if !yield(a.Article, nil) {
				return
			}
		}
	}
}

// renew replaces what a batch of articles has in one transaction.
func (r *Record) renew(ctx context.Context, batch []pipeline.Outcome) ([]Outcome, error) {
	b, err := r.Store.Begin(ctx, r.Now())
	if err != nil {
		return nil, err
	}
	defer b.Rollback()
	out := make([]Outcome, len(batch))
	versions := map[int64]bool{} // whose edits are to be made anew, by row
	for i, o := range batch {
		out[i] = Outcome{Origin: o.Reading.Article.ID, Err: o.Err}
		if o.Err != nil {
			continue
		}
		if out[i].Outcome, err = b.Replace(entryOf(o.Reading), identify(b, o.Reading)); err != nil {
			return nil, fmt.Errorf("%s: %w", out[i].Origin, err)
		}
		later, err := b.Later(ctx, out[i].Row)
		if err != nil {
			return nil, err
		}
		for _, row := range append(later, out[i].Row) {
			versions[row] = true
		}
	}
	for row := range versions {
		if err := r.edit(ctx, b, row); err != nil {
			return nil, err
		}
	}
	return out, b.Commit()
}

// edit keeps what a version of an article has otherwise than the one before.
func (r *Record) edit(ctx context.Context, b *store.Batch, row int64) error {
	a, err := b.ArticleAt(ctx, row)
	if err != nil || a.Previous == 0 {
		return err
	}
	before, err := b.Entry(ctx, a.Previous)
	if err != nil {
		return err
	}
	after, err := b.Entry(ctx, row)
	if err != nil {
		return err
	}
	return b.Edit(row, Edits(before, after))
}

func entryOf(r pipeline.Reading) store.Entry {
	return store.Entry{Article: r.Article, Language: r.Language, Statements: r.Statements, Figures: r.Figures, Fingerprint: r.Fingerprint}
}
