package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"onrecord/format"
	"onrecord/pipeline"
	"onrecord/query"
	"onrecord/record"
)

// exportCommand writes what the record has in the formats of other programs.
type exportCommand struct {
	recordFlags
	Query  []string `arg:"" optional:"" help:"Export the articles in which this is found, in the language of search; everything by default."`
	Format string   `help:"How to write: jsonl, csv, parquet, brat, citron, webannotation, quotation or gqg; docs/formats.md describes them." enum:"jsonl,csv,parquet,brat,citron,webannotation,quotation,gqg" default:"jsonl" short:"f"`
	Out    string   `help:"File to write to instead of standard output; for parquet and brat the folder." short:"o" placeholder:"PATH"`
}

// Validate checks what depends on several flags; kong calls it.
func (c *exportCommand) Validate() error {
	if c.Out == "" && (c.Format == "brat" || c.Format == "parquet") {
		return fmt.Errorf("--format %s needs --out DIR, as it is several files", c.Format)
	}
	return nil
}

// Run writes the articles one by one.
func (c *exportCommand) Run(ctx context.Context, s streams) (err error) {
	q, err := query.Parse(strings.Join(c.Query, " "))
	if err != nil {
		return usageError{err}
	}
	kept, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	total := 0 // unknown for a query
	if q.Root == nil {
		if total, err = kept.Size(ctx); err != nil {
			return err
		}
	}
	bar := newProgress(s, total)
	defer bar.close()
	n := 0
	return c.to(s.out, func(to sink) error {
		for e, err := range kept.Entries(ctx, q) {
			if err != nil {
				return err
			}
			if err := to.write(record.ReadingOf(e)); err != nil {
				return err
			}
			n++
			bar.add()
		}
		if n == 0 {
			return errNothing // and no file
		}
		return nil
	})
}

// to calls write with what takes the readings. Files are in their place when
// write has gone well, and not before.
func (c *exportCommand) to(out io.Writer, write func(sink) error) error {
	l := layouts(out, false)[c.Format]
	all := func(w io.Writer) error {
		buffered := bufio.NewWriter(w)
		if err := write(&stream{out: buffered, layout: l}); err != nil {
			return err
		}
		return buffered.Flush()
	}
	switch {
	case c.Format == "parquet":
		return c.tables(write)
	case c.Format == "brat":
		f, err := newFolder(c.Out, l)
		if err != nil {
			return err
		}
		f.texts = true
		return write(f)
	case c.Out != "":
		return writeFile(c.Out, all)
	}
	return all(out)
}

// tables writes the three files of Parquet.
func (c *exportCommand) tables(write func(sink) error) error {
	if _, err := newFolder(c.Out, layout{}); err != nil {
		return err
	}
	file := func(name string, write func(io.Writer) error) error {
		return writeFile(filepath.Join(c.Out, name+".parquet"), write)
	}
	return file("articles", func(articles io.Writer) error {
		return file("attributions", func(attributions io.Writer) error {
			return file("figures", func(figures io.Writer) error {
				p := format.NewParquet(articles, attributions, figures)
				return errors.Join(write(tables{p}), p.Close())
			})
		})
	})
}

// tables is a sink.
type tables struct{ *format.Parquet }

func (t tables) write(r pipeline.Reading) error { return t.Write(r) }
