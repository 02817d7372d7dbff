package main

import (
	"context"
	"errors"
	"io"

	"onrecord/pipeline"
)

// readCommand prints the attributions of articles.
type readCommand struct {
	inputFlags
	engineFlags
	AnyLanguage bool   `help:"Read articles in other languages too, as if they were English."`
	Format      string `help:"How to print: text, jsonl, brat, citron, csv, webannotation, quotation or gqg; docs/formats.md describes them." enum:"text,jsonl,brat,citron,csv,webannotation,quotation,gqg" default:"text" short:"f"`
	Selectors   bool   `help:"Give every span as a W3C TextQuoteSelector too (jsonl)."`
	Out         string `help:"Folder to write a file for each article to." short:"o" placeholder:"DIR"`
}

// Validate checks what depends on several flags; kong calls it.
func (c *readCommand) Validate() error {
	switch {
	case c.Format == "brat" && c.Out == "":
		return errors.New("--format brat needs --out DIR, as it is a file for each article")
	case c.Selectors && c.Format != "jsonl":
		return errors.New("--selectors needs --format jsonl")
	}
	return nil
}

// Run reads the articles.
func (c *readCommand) Run(ctx context.Context, s streams) error {
	return readTo(ctx, s, c.inputFlags, c.engineFlags, c.AnyLanguage, func(p *pipeline.Pipeline) (sink, error) {
		l := layouts(s.out, c.Selectors)[c.Format]
		if c.Format == "jsonl" { // the one format that says what made it
			mark, err := c.fingerprint(p)
			if err != nil {
				return nil, err
			}
			write := l.write
			l.write = func(w io.Writer, r pipeline.Reading) error {
				r.Fingerprint = mark
				return write(w, r)
			}
		}
		if c.Out != "" {
			return newFolder(c.Out, l)
		}
		return &stream{out: s.out, layout: l}, nil
	})
}

// readTo reads articles and hands each reading to the sink that open gives.
func readTo(ctx context.Context, s streams, in inputFlags, engine engineFlags, anyLanguage bool, open func(*pipeline.Pipeline) (sink, error)) error {
	bar := newFileProgress(ctx, s, in.Paths)
	defer bar.close()
	articles, err := in.articles(ctx, s.in, engine.workers(), bar.read)
	if err != nil {
		return err
	}
	p, err := engine.load()
	if err != nil {
		return err
	}
	p.AnyLanguage = anyLanguage
	to, err := open(p)
	if err != nil {
		return err
	}
	count := newTally(bar.above(s.err))
	for o := range p.ReadAll(ctx, articles, engine.workers()) {
		bar.add()
		if !count.settle(read, o.Reading.Article.Origin, o.Err) {
			continue
		}
		if err := to.write(o.Reading); err != nil {
			return err
		}
	}
	return count.close()
}
