package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"runtime"
	"slices"
	"strings"

	"onrecord/article"
	"onrecord/model"
	"onrecord/pipeline"
	"onrecord/reader"
	"onrecord/store"
)

// inputFlags say which articles a command takes.
type inputFlags struct {
	Paths   []string `arg:"" name:"path" help:"Files (.txt, .html, .md, .jsonl, .json, .warc, .parquet, also with .gz), folders, http(s) addresses, or - for standard input."`
	Date    string   `help:"Published date of the articles that do not state one." placeholder:"DATE"`
	Outlet  string   `help:"Outlet of the articles that do not state one." placeholder:"NAME"`
	Title   string   `help:"Title of the articles that do not state one." placeholder:"TITLE"`
	Private bool     `help:"Allow addresses in private networks."`
}

// articles yields what the paths lead to, parsed by so many workers; read is
// told how many bytes of files have been read.
func (f inputFlags) articles(ctx context.Context, stdin io.Reader, workers int, read func(bytes int64)) (iter.Seq2[article.Article, error], error) {
	r, err := reader.New(reader.Options{
		Date: f.Date, Outlet: f.Outlet, Title: f.Title, Stdin: stdin, AllowPrivate: f.Private, Workers: workers, Read: read,
	})
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

// tally counts what became of articles by the name of the outcome, and says
// what went wrong.
type tally struct {
	stderr                io.Writer
	of                    map[string]int
	kept, skipped, failed int
}

func newTally(stderr io.Writer) *tally { return &tally{stderr: stderr, of: map[string]int{}} }

// The names of outcomes that are neither those of the record nor reasons to
// skip.
const (
	read    = "read"
	failure = "failed"
)

// settle counts what became of the article from origin, which is the result
// unless there is an error, and reports whether there is none.
func (t *tally) settle(result, origin string, err error) bool {
	if err == nil {
		t.of[result]++
		t.kept++
		return true
	}
	if errors.Is(err, context.Canceled) {
		return false // said once, at the end
	}
	name := failure
	if reason := skipped(err); reason != nil {
		name = reason.Error()
		t.skipped++
	} else {
		t.failed++
	}
	t.of[name]++
	complainOf(t.stderr, origin, err)
	return false
}

// skipped is the reason for which an article, or the file that it should have
// been in, is skipped; nil where it failed.
func skipped(err error) error {
	switch {
	case errors.Is(err, reader.ErrNoText), errors.Is(err, reader.ErrEmpty):
		return pipeline.ErrEmpty
	case errors.Is(err, reader.ErrTooLarge):
		return pipeline.ErrTooLarge
	}
	return pipeline.Skipped(err)
}

// String says how many articles had each outcome: what was kept first, then the
// others by name.
func (t *tally) String() string {
	results := []string{read, string(store.Added), string(store.NewVersion), string(store.Unchanged), string(store.Renewed)}
	place := func(name string) int {
		if i := slices.Index(results, name); i >= 0 {
			return i - len(results)
		}
		return 0
	}
	names := slices.SortedFunc(maps.Keys(t.of), func(a, b string) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a, b))
	})
	for i, name := range names {
		names[i] = fmt.Sprintf("%d %s", t.of[name], name)
	}
	return strings.Join(names, ", ")
}

// close says the counts of several articles where some were lost, and gives
// err.
func (t *tally) close() error {
	if lost := t.skipped + t.failed; lost > 0 && lost+t.kept > 1 {
		fmt.Fprintln(t.stderr, "onrecord:", t)
	}
	return t.err()
}

// err is errIncomplete where an article failed or none at all went well.
func (t *tally) err() error {
	if t.failed > 0 || t.kept == 0 {
		return errIncomplete
	}
	return nil
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
