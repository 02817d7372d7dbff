package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/colorprofile"

	"onrecord/comparison"
	"onrecord/format"
	"onrecord/format/page"
	"onrecord/pipeline"
	"onrecord/story"
)

// compareCommand sets the articles of a story side by side.
type compareCommand struct {
	inputFlags
	engineFlags
	comparisonFlags
	One bool `help:"Take all articles as one story, whatever they seem to be about."`
}

// comparisonFlags say how a comparison is printed.
type comparisonFlags struct {
	Format string `help:"How to print: text, json, html or md." enum:"text,json,html,md" default:"text" short:"f"`
	All    bool   `help:"Print everything, not the most important of each section (text, md)."`
	Out    string `help:"File to write to instead of standard output." short:"o" placeholder:"FILE"`
}

// Validate checks what depends on several flags; kong calls it.
func (c comparisonFlags) Validate() error {
	if c.All && c.Format != "text" && c.Format != "md" {
		return fmt.Errorf("--all is for text and md; %s always has everything", c.Format)
	}
	return nil
}

// Run reads the articles, groups them into stories and compares each. Articles
// that cannot be read are left out and said at the end.
func (c *compareCommand) Run(ctx context.Context, s streams) error {
	var readings []pipeline.Reading
	lost := readTo(ctx, s, c.inputFlags, c.engineFlags, false, func(*pipeline.Pipeline) (sink, error) {
		return collector{&readings, map[string]bool{}}, nil
	})
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case lost != nil && !errors.Is(lost, errIncomplete), len(readings) == 0:
		return lost
	}
	var comparisons []*comparison.Comparison
	for _, group := range c.group(readings) {
		comparisons = append(comparisons, pipeline.Compare(group))
	}
	switch n := len(comparisons); {
	case len(readings) == 1:
		fmt.Fprintln(s.err, "onrecord: one article only: there is nothing to compare it with")
	case n > 1:
		fmt.Fprintf(s.err, "onrecord: the %d articles tell %d stories; each is compared by itself (--one compares all of them)\n", len(readings), n)
	}
	for _, one := range comparisons {
		warnOfCopies(s.err, one.Reports)
	}
	if err := c.write(s.out, comparisons); err != nil {
		return err
	}
	return lost
}

// warnOfCopies says which articles print the same text, as they are counted
// like any others.
func warnOfCopies(stderr io.Writer, reports []comparison.Report) {
	names := format.Outlets(reports)
	for i, first := range format.SameText(reports) {
		if first >= 0 {
			fmt.Fprintf(stderr, "onrecord: %s and %s print the same text; both are counted\n", names[first], names[i])
		}
	}
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

// write writes to the file of --out, or else to out.
func (c comparisonFlags) write(out io.Writer, comparisons []*comparison.Comparison) error {
	if c.Out == "" {
		return c.print(out, comparisons)
	}
	return writeFile(c.Out, func(w io.Writer) error { return c.print(w, comparisons) })
}

// print writes the comparisons in the format asked for.
func (c comparisonFlags) print(w io.Writer, comparisons []*comparison.Comparison) error {
	if c.Format == "html" {
		return page.Write(w, comparisons)
	}
	width := terminalWidth(w)
	between := map[string]string{"text": "\n" + strings.Repeat("━", width) + "\n\n", "md": "\n---\n\n"}[c.Format]
	layout := map[string]func(*comparison.Comparison) error{
		"json": func(one *comparison.Comparison) error { return format.ComparisonJSON(w, one) },
		"md":   func(one *comparison.Comparison) error { return format.ComparisonMarkdown(w, one, c.All) },
		"text": func(one *comparison.Comparison) error {
			colour := colorprofile.Detect(w, os.Environ()) > colorprofile.ASCII
			return format.ComparisonText(w, one, format.TextOptions{Width: width, All: c.All, Colour: colour})
		},
	}[c.Format]
	for i, one := range comparisons {
		if i > 0 {
			if _, err := io.WriteString(w, between); err != nil {
				return err
			}
		}
		if err := layout(one); err != nil {
			return err
		}
	}
	return nil
}

// collector keeps readings, each under an ID of its own.
type collector struct {
	readings *[]pipeline.Reading
	taken    map[string]bool // IDs
}

func (c collector) write(r pipeline.Reading) error {
	r.Article.ID = unique(c.taken, r.Article.ID)
	*c.readings = append(*c.readings, r)
	return nil
}
