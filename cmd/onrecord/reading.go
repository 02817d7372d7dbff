package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"runtime"

	"onrecord/article"
	"onrecord/model"
	"onrecord/pipeline"
	"onrecord/reader"
)

// inputFlags say which articles a command takes.
type inputFlags struct {
	Paths   []string `arg:"" name:"path" help:"Files (.txt, .html, .md, .jsonl, .json, .warc, .parquet, also with .gz), folders, http(s) addresses, or - for standard input."`
	Date    string   `help:"Published date of the articles that do not state one." placeholder:"DATE"`
	Outlet  string   `help:"Outlet of the articles that do not state one." placeholder:"NAME"`
	Title   string   `help:"Title of the articles that do not state one." placeholder:"TITLE"`
	Private bool     `help:"Allow addresses in private networks."`
}

// articles yields what the paths lead to.
func (f inputFlags) articles(ctx context.Context, stdin io.Reader) (iter.Seq2[article.Article, error], error) {
	r, err := reader.New(reader.Options{Date: f.Date, Outlet: f.Outlet, Title: f.Title, Stdin: stdin, AllowPrivate: f.Private})
	if errors.Is(err, article.ErrDate) {
		return nil, usageError{fmt.Errorf("--date: %w", err)}
	}
	if err != nil {
		return nil, err
	}
	return r.Articles(ctx, f.Paths...), nil
}

// engineFlags say what the articles are read with.
type engineFlags struct {
	Model string `help:"Model file; \"default\" is the one inside the program." default:"default" placeholder:"FILE"`
	Jobs  int    `help:"Articles that are read at the same time; 0 is one a processor." short:"j" default:"0"`
}

// load gives a pipeline of the caller's own.
func (f engineFlags) load() (*pipeline.Pipeline, error) {
	p, err := f.pipeline()
	if err != nil {
		return nil, fmt.Errorf("model: %w", err)
	}
	own := *p
	return &own, nil
}

func (f engineFlags) pipeline() (*pipeline.Pipeline, error) {
	if f.Model == "default" {
		return pipeline.Default()
	}
	file, err := model.Open(f.Model)
	if err != nil {
		return nil, err
	}
	return pipeline.Load(file)
}

// fingerprint names the results of a pipeline that was loaded by f. It sums the
// whole model, which takes longer than reading a short article.
func (f engineFlags) fingerprint(p *pipeline.Pipeline) (string, error) {
	open := model.Embedded
	if f.Model != "default" {
		open = func() (*model.File, error) { return model.Open(f.Model) }
	}
	file, err := open()
	if err != nil {
		return "", fmt.Errorf("model: %w", err)
	}
	return p.Fingerprint(file), nil
}

func (f engineFlags) workers() int {
	if f.Jobs > 0 {
		return f.Jobs
	}
	return runtime.GOMAXPROCS(0)
}

// account counts what became of the articles and says what went wrong.
type account struct {
	stderr                io.Writer
	read, skipped, failed int
}

// settle counts an outcome and reports whether there is a reading.
func (a *account) settle(o pipeline.Outcome) bool {
	if o.Err == nil {
		a.read++
		return true
	}
	if pipeline.Skipped(o.Err) || errors.Is(o.Err, reader.ErrNoText) {
		a.skipped++
	} else {
		a.failed++
	}
	complainOf(a.stderr, o.Reading.Article.Origin, o.Err)
	return false
}

// complainOf says why the article from origin was not read, with the stack
// where that was a panic.
func complainOf(stderr io.Writer, origin string, err error) {
	said := err
	if origin != "" {
		said = fmt.Errorf("%s: %w", origin, err)
	}
	complain(stderr, said)
	var p *pipeline.PanicError
	if errors.As(err, &p) {
		fmt.Fprintf(stderr, "%s\n", p.Stack)
	}
}

// close says how many of several articles were read where some were not.
func (a *account) close() error {
	if lost := a.skipped + a.failed; lost > 0 && lost+a.read > 1 {
		fmt.Fprintf(a.stderr, "onrecord: %d read, %d skipped, %d failed\n", a.read, a.skipped, a.failed)
	}
	if a.failed > 0 || a.read == 0 {
		return errIncomplete
	}
	return nil
}
