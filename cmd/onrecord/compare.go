package main

import (
	"context"
	"fmt"
	"io"

	"onrecord/comparison"
	"onrecord/format"
	"onrecord/pipeline"
	"onrecord/story"
)

// compareCommand sets the articles of a story side by side.
type compareCommand struct {
	inputFlags
	engineFlags
	Format string `help:"How to print: text, json, html or md." enum:"text,json,html,md" default:"text" short:"f"`
	One    bool   `help:"Take all articles as one story, whatever they seem to be about."`
}

// Run reads the articles, groups them into stories and compares each.
func (c *compareCommand) Run(ctx context.Context, s streams) error {
	var readings []pipeline.Reading
	err := readTo(ctx, s, c.inputFlags, c.engineFlags, false, func() (sink, error) {
		return collector{&readings}, nil
	})
	if err != nil && len(readings) == 0 {
		return err
	}
	var comparisons []*comparison.Comparison
	for _, group := range c.group(readings) {
		comparisons = append(comparisons, pipeline.Compare(group))
	}
	if n := len(comparisons); n > 1 {
		fmt.Fprintf(s.err, "onrecord: the %d articles tell %d stories; each is compared by itself (--one compares all of them)\n", len(readings), n)
	}
	if err := c.write(s.out, comparisons); err != nil {
		return err
	}
	return err
}

// group gives the readings of each story.
func (c *compareCommand) group(readings []pipeline.Reading) (out [][]pipeline.Reading) {
	if c.One {
		return [][]pipeline.Reading{readings}
	}
	articles := make([]story.Article, len(readings))
	for i, r := range readings {
		articles[i] = story.Article{Title: r.Article.Title, Published: r.Article.Published, Text: r.Doc.Text}
	}
	for _, members := range story.Group(articles) {
		var group []pipeline.Reading
		for _, i := range members {
			group = append(group, readings[i])
		}
		out = append(out, group)
	}
	return out
}

func (c *compareCommand) write(w io.Writer, comparisons []*comparison.Comparison) error {
	for _, one := range comparisons {
		if err := format.ComparisonJSON(w, one); err != nil {
			return err
		}
	}
	return nil
}

// collector keeps readings.
type collector struct{ readings *[]pipeline.Reading }

func (c collector) write(r pipeline.Reading) error {
	*c.readings = append(*c.readings, r)
	return nil
}
