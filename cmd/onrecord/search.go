package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"onrecord/format"
	"onrecord/query"
	"onrecord/store"
)

// searchCommand finds what the record has on a query.
type searchCommand struct {
	Words []string `arg:"" optional:"" name:"words" help:"What to look for, in the query language of docs/query.md: 'ferry \"old pier\" -tariff* speaker:Voss from:2025-08'."`
	recordFlags
	Articles bool   `help:"Look for articles, not statements."`
	Sort     string `help:"What comes first: relevance, or the newest (date)." enum:"relevance,date" default:"relevance"`
	Limit    int    `help:"How many to print at most." default:"20" short:"n"`
	Format   string `help:"How to print: text or jsonl." enum:"text,jsonl" default:"text" short:"f"`
}

// Validate checks what depends on values; kong calls it.
func (c *searchCommand) Validate() error {
	if c.Limit < 1 {
		return errors.New("--limit is at least 1")
	}
	return nil
}

// Run searches and prints what is found.
func (c *searchCommand) Run(ctx context.Context, s streams) (err error) {
	q, err := query.Parse(strings.Join(c.Words, " "))
	if err != nil {
		return usageError{err}
	}
	kept, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	hits, err := kept.Search(ctx, q, store.SearchOptions{Articles: c.Articles, ByDate: c.Sort == "date", Limit: c.Limit + 1})
	if err != nil {
		return err
	}
	if len(hits) == 0 {
		return errNothing
	}
	more := len(hits) > c.Limit
	hits = hits[:min(len(hits), c.Limit)]
	if c.Format == "jsonl" {
		err = format.SearchJSON(s.out, hits)
	} else {
		err = format.SearchText(s.out, hits, textOptions(s.out))
	}
	if more && err == nil {
		fmt.Fprintf(s.err, "onrecord: these are the first %d; --limit gives more\n", c.Limit)
	}
	return err
}
