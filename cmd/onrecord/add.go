package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strings"
	"time"

	"onrecord/article"
	"onrecord/pipeline"
	"onrecord/record"
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
	// Standard output gets one line, at the end.
	bar := newFileProgress(ctx, streams{err: s.err, out: io.Discard}, c.Paths)
	defer bar.close()
	articles, err := c.articles(ctx, s.in, c.workers(), bar.read)
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
	count := newTally(bar.above(s.err))
	err = record.New(kept, l.pipeline, l.fingerprint, time.Now).Add(ctx, rooted(articles), c.workers(), func(o record.Outcome) {
		bar.add()
		count.settle(string(o.Result), o.Origin, o.Err)
	})
	bar.close()
	fmt.Fprintln(s.out, cmp.Or(count.String(), "nothing to add"))
	return cmp.Or(err, count.err())
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
