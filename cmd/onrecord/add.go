package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"onrecord/article"
	"onrecord/pipeline"
	"onrecord/record"
	"onrecord/store"
)

// addCommand adds articles to the record.
type addCommand struct {
	inputFlags
	recordFlags
	engineFlags
	AnyLanguage bool `help:"Read articles in other languages too, as if they were English."`
}

// Run reads the articles that the record does not have and adds them. What it
// has said to be added is on the disk.
func (c *addCommand) Run(ctx context.Context, s streams) (err error) {
	articles, err := c.articles(ctx, s.in)
	if err != nil {
		return err
	}
	// The models are loaded while the record is opened.
	type loaded struct {
		pipeline    *pipeline.Pipeline
		fingerprint string
		err         error
	}
	engine := make(chan loaded, 1)
	go func() {
		var l loaded
		if l.pipeline, l.err = c.load(); l.err == nil {
			l.pipeline.AnyLanguage = c.AnyLanguage
			l.fingerprint, l.err = c.fingerprint(l.pipeline)
		}
		engine <- l
	}()
	kept, err := c.create(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	l := <-engine
	if l.err != nil {
		return l.err
	}
	bar := newProgress(streams{err: s.err, out: io.Discard}, 0) // standard output gets one line, at the end
	count := tally{stderr: bar.above(s.err), of: map[string]int{}}
	err = record.New(kept, l.pipeline, l.fingerprint, time.Now).Add(ctx, rooted(articles), c.workers(), func(o record.Outcome) {
		bar.add()
		count.settle(o)
	})
	bar.close()
	count.print(s.out)
	if err == nil && count.failed > 0 || err == nil && len(count.of) == 0 {
		err = errIncomplete
	}
	return err
}

// rooted gives files their whole paths, as a later run may start elsewhere and
// has to know them again.
func rooted(articles iter.Seq2[article.Article, error]) iter.Seq2[article.Article, error] {
	return func(yield func(article.Article, error) bool) {
		for a, err := range articles {
			if err == nil && !strings.HasPrefix(a.Origin, "-") && !strings.Contains(a.Origin, "://") {
				if path, err := filepath.Abs(a.Origin); err == nil {
					a.Origin = path
				}
			}
			if !yield(a, err) {
				return
			}
		}
	}
}

// tally counts what became of articles by the name of the outcome.
type tally struct {
	stderr io.Writer
	of     map[string]int
	failed int
}

// failure is the name of the outcomes that are no reasons to skip.
const failure = "failed"

// settle counts an outcome and says what went wrong.
func (t *tally) settle(o record.Outcome) {
	if o.Err == nil {
		t.of[string(o.Result)]++
		return
	}
	if errors.Is(o.Err, context.Canceled) {
		return // said once, at the end
	}
	name := failure
	for _, reason := range []error{pipeline.ErrEmpty, pipeline.ErrTooLarge, pipeline.ErrNotEnglish} {
		if errors.Is(o.Err, reason) {
			name = reason.Error()
		}
	}
	t.of[name]++
	if name == failure {
		t.failed++
	}
	complainOf(t.stderr, o.Origin, o.Err)
}

// print says how many articles had each outcome, on one line: what was kept
// first, then what was not by name.
func (t *tally) print(w io.Writer) {
	order := []string{string(store.Added), string(store.NewVersion), string(store.Unchanged)}
	place := func(name string) int {
		if i := slices.Index(order, name); i >= 0 {
			return i - len(order)
		}
		return 0
	}
	names := slices.SortedFunc(maps.Keys(t.of), func(a, b string) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a, b))
	})
	var parts []string
	for _, name := range names {
		parts = append(parts, fmt.Sprintf("%d %s", t.of[name], name))
	}
	if len(parts) == 0 {
		parts = []string{"nothing to add"}
	}
	fmt.Fprintln(w, strings.Join(parts, ", "))
}
