package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"onrecord/article"
	"onrecord/comparison"
	"onrecord/format"
	"onrecord/pipeline"
	"onrecord/record"
	"onrecord/store"
)

// storyCommand sets the articles of a story of the record side by side.
type storyCommand struct {
	Story int64 `arg:"" name:"story" help:"Number of the story."`
	recordFlags
	engineFlags
	comparisonFlags
	Why bool `help:"Say why each article is in the story instead (text)."`
}

// Validate checks what depends on several flags; kong calls it.
func (c *storyCommand) Validate() error {
	if c.Why && c.Format != "text" {
		return errors.New("--why is for text")
	}
	return c.comparisonFlags.Validate()
}

// maxCompared is how many articles of a story are compared, the last ones: more
// than a reader follows, and few enough to be read in a second or two.
const maxCompared = 200

// Run reads the articles of the story again, so that the comparison is what
// today's program makes of all that there are.
func (c *storyCommand) Run(ctx context.Context, s streams) (err error) {
	kept, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	found, err := kept.Story(ctx, c.Story)
	if err != nil {
		return err
	}
	if found.Row != c.Story {
		fmt.Fprintf(s.err, "onrecord: story %d is part of story %d now\n", c.Story, found.Row)
	}
	if c.Why {
		return c.why(ctx, s, kept, found)
	}
	if n := len(found.Articles) - maxCompared; n > 0 {
		fmt.Fprintf(s.err, "onrecord: of %d articles the last %d are compared\n", len(found.Articles), maxCompared)
		found.Articles = found.Articles[n:]
	}
	p, err := c.load()
	if err != nil {
		return err
	}
	p.AnyLanguage = true // as the record has them, they were to be read
	count := newTally(s.err)
	readings, err := record.New(kept, p, "", nil).Readings(ctx, found, c.workers(), func(a article.Article, err error) {
		count.settle("", a.ID, err)
	})
	count.kept = len(readings)
	if err != nil || len(readings) == 0 {
		return errors.Join(err, count.err())
	}
	one := pipeline.Compare(readings)
	warnOfCopies(s.err, one.Reports)
	if err := c.write(s.out, []*comparison.Comparison{one}); err != nil {
		return err
	}
	return count.err()
}

func (c *storyCommand) why(ctx context.Context, s streams, kept *store.Store, found store.Story) error {
	corrections, err := kept.Corrections(ctx)
	if err != nil {
		return err
	}
	write := func(w io.Writer) error { return format.WhyText(w, found, corrections, textOptions(w)) }
	if c.Out != "" {
		return writeFile(c.Out, write)
	}
	return write(s.out)
}
