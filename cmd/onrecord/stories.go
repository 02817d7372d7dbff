package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"onrecord/format"
	"onrecord/query"
	"onrecord/record"
	"onrecord/store"
)

// storiesCommand lists the stories of the record and corrects them.
type storiesCommand struct {
	List  storiesListCommand  `cmd:"" default:"withargs" help:"List stories, the newest first."`
	Merge storiesMergeCommand `cmd:"" help:"Make one story of several."`
	Split storiesSplitCommand `cmd:"" help:"Take articles out of a story: they are a story of their own."`
	Move  storiesMoveCommand  `cmd:"" help:"Move articles from their stories into another one."`
}

// storiesListCommand lists stories.
type storiesListCommand struct {
	Query []string `arg:"" optional:"" help:"List the stories with articles in which this is found, in the language of search; all by default."`
	recordFlags
	Limit  int    `help:"How many to print at most: 20 unless told, and with jsonl all." short:"n" placeholder:"N"`
	Format string `help:"How to print: text, or jsonl for a line an article." enum:"text,jsonl" default:"text" short:"f"`
}

// Validate checks what depends on values; kong calls it.
func (c *storiesListCommand) Validate() error {
	if c.Limit < 0 {
		return errors.New("--limit is at least 1")
	}
	return nil
}

// storiesPage is how many stories are printed unless told.
const storiesPage = 20

// Run lists the stories.
func (c *storiesListCommand) Run(ctx context.Context, s streams) (err error) {
	q, err := query.Parse(strings.Join(c.Query, " "))
	if err != nil {
		return usageError{err}
	}
	kept, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	if c.Format == "jsonl" {
		return c.lines(ctx, s, kept, q)
	}
	limit := c.Limit
	if limit == 0 {
		limit = storiesPage
	}
	stories, err := kept.Stories(ctx, q, store.StoryOptions{Limit: limit + 1})
	switch {
	case err != nil:
		return err
	case len(stories) == 0:
		return errNothing
	}
	more := len(stories) > limit
	err = format.StoriesText(s.out, stories[:min(len(stories), limit)], textOptions(s.out))
	if more && err == nil {
		fmt.Fprintf(s.err, "onrecord: these are the newest %d; --limit gives more\n", limit)
	}
	return err
}

// lines prints which article is in which story.
func (c *storiesListCommand) lines(ctx context.Context, s streams, kept *store.Store, q query.Query) error {
	out := bufio.NewWriter(s.out)
	n := 0
	for story, err := range kept.AllStories(ctx, q) {
		if err != nil {
			return err
		}
		if err := format.StoryJSON(out, story); err != nil {
			return err
		}
		if n++; n == c.Limit {
			break
		}
	}
	if n == 0 {
		return errNothing
	}
	return out.Flush()
}

// storiesMergeCommand makes one story of several.
type storiesMergeCommand struct {
	Stories []int64 `arg:"" name:"story" help:"Numbers of stories, two at least."`
	correctionFlags
}

// Validate checks what depends on values; kong calls it.
func (c *storiesMergeCommand) Validate() error {
	if len(c.Stories) < 2 {
		return errors.New("say two stories at least")
	}
	return nil
}

// Run merges the stories.
func (c *storiesMergeCommand) Run(ctx context.Context, s streams) error {
	return c.correct(ctx, func(r *record.Record, by string) error {
		into, err := r.Merge(ctx, by, c.Stories...)
		if err == nil {
			_, err = fmt.Fprintf(s.out, "they are story %d\n", into)
		}
		return misused(err)
	})
}

// storiesSplitCommand takes articles out of a story.
type storiesSplitCommand struct {
	Story    int64    `arg:"" help:"Number of the story."`
	Articles []string `arg:"" name:"article" help:"IDs of the articles that are not about its event."`
	correctionFlags
}

// Run splits the articles off.
func (c *storiesSplitCommand) Run(ctx context.Context, s streams) error {
	return c.correct(ctx, func(r *record.Record, by string) error {
		off, err := r.Split(ctx, by, c.Story, c.Articles...)
		if err == nil {
			_, err = fmt.Fprintf(s.out, "split off as story %d\n", off)
		}
		return misused(err)
	})
}

// storiesMoveCommand moves articles.
type storiesMoveCommand struct {
	Words []string `arg:"" name:"article… story" help:"IDs of articles, then the number of the story that they belong to."`
	correctionFlags
	story int64
}

// Validate checks what depends on values; kong calls it.
func (c *storiesMoveCommand) Validate() (err error) {
	if len(c.Words) < 2 {
		return errors.New("say articles, then a story")
	}
	if c.story, err = strconv.ParseInt(c.Words[len(c.Words)-1], 10, 64); err != nil {
		return fmt.Errorf("the last has to be the number of a story, not %q", c.Words[len(c.Words)-1])
	}
	return nil
}

// Run moves the articles.
func (c *storiesMoveCommand) Run(ctx context.Context, s streams) error {
	return c.correct(ctx, func(r *record.Record, by string) error {
		into, err := r.Move(ctx, by, c.story, c.Words[:len(c.Words)-1]...)
		if err == nil {
			_, err = fmt.Fprintf(s.out, "moved into story %d\n", into)
		}
		return misused(err)
	})
}

// misused makes a usageError of what the record says no to.
func misused(err error) error {
	for _, no := range []error{record.ErrOneStory, record.ErrOtherStory, record.ErrNothingLeft} {
		if errors.Is(err, no) {
			return usageError{err}
		}
	}
	return err
}
