// Package record is what a user does with a record: articles are read, put into
// stories and kept.
package record

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"onrecord/article"
	"onrecord/pipeline"
	"onrecord/store"
)

// Record is an open record with what reads into it. One goroutine may add at a
// time.
type Record struct {
	Store       *store.Store
	Pipeline    *pipeline.Pipeline
	Fingerprint string           // of what Pipeline reads with
	Now         func() time.Time // the time that an article is said to be added at
	stories     stories
}

// New makes a Record of an open store.
func New(s *store.Store, p *pipeline.Pipeline, fingerprint string, now func() time.Time) *Record {
	return &Record{Store: s, Pipeline: p, Fingerprint: fingerprint, Now: now}
}

// Outcome is what became of an article. It is told when it is certain: what was
// added is on the disk.
type Outcome struct {
	Origin string // of the article; "" where Err says it
	store.Outcome
	Err error // why nothing was added: a reason to skip the article, or to fail
}

// known ends the way of an article that the record has.
type known struct {
	origin  string
	outcome store.Outcome
}

func (known) Error() string { return "the record has it" }

// Bounds of a batch: what is read is handed on to be written when so many
// articles, or so many bytes of text, have come, or so long after the first of
// them.
const (
	batchArticles = 128
	batchBytes    = 2 << 20
	batchWait     = time.Second
)

// Add adds articles, reading several at the same time, in the order in which
// they come. An article that the record has is not read again. report is told
// of every one. When ctx is done, what has been read by then is still added;
// the error is that of the record, not of an article.
func (r *Record) Add(ctx context.Context, articles iter.Seq2[article.Article, error], workers int, report func(Outcome)) error {
	return r.read(ctx, r.unknown(ctx, articles), workers, func(ctx context.Context, batch []pipeline.Outcome) error {
		return r.write(ctx, batch, report)
	})
}

// read reads articles, several at the same time, and hands them to write in
// batches, of which the next is read while one is written. The context of write
// is not done when ctx is, as what is read is written even if the user has had
// enough.
func (r *Record) read(ctx context.Context, articles iter.Seq2[article.Article, error], workers int, write func(context.Context, []pipeline.Outcome) error) error {
	reading, stop := context.WithCancel(ctx)
	defer stop()
	outcomes := make(chan pipeline.Outcome)
	go func() {
		defer close(outcomes)
		for o := range r.Pipeline.ReadAll(reading, articles, workers) {
			select {
			case outcomes <- o:
			case <-reading.Done():
				return
			}
		}
	}()
	batches, written := make(chan []pipeline.Outcome), make(chan error, 1)
	go func() {
		for batch := range batches {
			if err := write(context.WithoutCancel(ctx), batch); err != nil {
				written <- err
				return
			}
		}
		written <- nil
	}()
	var batch []pipeline.Outcome
	size := 0
	var due <-chan time.Time
	late := false
	for more := true; more || len(batch) > 0; {
		full := len(batch) == batchArticles || size > batchBytes
		from, to := outcomes, batches
		if full || !more {
			from = nil
		} else if !late {
			to = nil
		}
		select {
		case o, ok := <-from:
			if more = ok; !ok {
				break
			}
			if len(batch) == 0 {
				due, late = time.After(batchWait), false
			}
			o.Reading.Fingerprint = r.Fingerprint
			batch = append(batch, o)
			size += len(o.Reading.Article.Body)
		case <-due:
			late = true
		case to <- batch:
			batch, size, due, late = nil, 0, nil, false
		case err := <-written:
			return err
		}
	}
	close(batches)
	return <-written
}

// unknown hands on what the record does not have. An article that it has comes
// as the error known.
func (r *Record) unknown(ctx context.Context, articles iter.Seq2[article.Article, error]) iter.Seq2[article.Article, error] {
	return func(yield func(article.Article, error) bool) {
		for a, err := range articles {
			if err == nil {
				var outcome store.Outcome
				switch outcome, err = r.Store.Known(ctx, a); {
				case err == nil:
					err = known{a.Origin, outcome}
				case errors.Is(err, store.ErrNotFound):
					err = nil
				}
			}
			if !yield(a, err) {
				return
			}
		}
	}
}

// write adds a batch of what was read in one transaction, then reports it.
func (r *Record) write(ctx context.Context, batch []pipeline.Outcome, report func(Outcome)) (err error) {
	out := make([]Outcome, len(batch))
	fresh := 0
	for i, o := range batch {
		out[i] = Outcome{Origin: o.Reading.Article.Origin, Err: o.Err}
		var k known
		switch {
		case errors.As(o.Err, &k):
			out[i] = Outcome{Origin: k.origin, Outcome: k.outcome}
		case o.Err == nil:
			fresh++
		}
	}
	if fresh > 0 {
		if err := r.keep(ctx, batch, out); err != nil {
			r.stories.forget() // what it knows of the batch did not happen
			return err
		}
	}
	for _, o := range out {
		report(o)
	}
	return nil
}

func (r *Record) keep(ctx context.Context, batch []pipeline.Outcome, out []Outcome) error {
	b, err := r.Store.Begin(ctx, r.Now())
	if err != nil {
		return err
	}
	defer b.Rollback()
	if err := r.stories.follow(ctx, b); err != nil {
		return err
	}
	for i, o := range batch {
		if o.Err != nil {
			continue
		}
		e := entryOf(o.Reading)
		out[i].Outcome, err = r.stories.add(ctx, b, e, textOf(o.Reading), identify(b, o.Reading))
		if err != nil {
			return fmt.Errorf("%s: %w", out[i].Origin, err)
		}
		if out[i].Result != store.Unchanged {
			if err := recognise(b, out[i].Row, out[i].Story, e.Article.Body); err != nil {
				return err
			}
		}
		if out[i].Result == store.NewVersion {
			before, err := b.Entry(ctx, out[i].Previous)
			if err != nil {
				return err
			}
			if err := b.Edit(out[i].Row, Edits(before, &e)); err != nil {
				return err
			}
		}
	}
	return b.Commit()
}
