package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"

	"onrecord/format"
	"onrecord/pipeline"
)

// sink takes the readings in order.
type sink interface {
	write(pipeline.Reading) error
}

// layout is a way to write readings.
type layout struct {
	ending  string // of a file for one article
	write   func(io.Writer, pipeline.Reading) error
	header  func(io.Writer) error // before the first reading, if any
	between string                // readings in one stream
}

// layouts are the values of --format. Text is laid out for the terminal that
// out is, if it is one.
func layouts(out io.Writer, selectors bool) map[string]layout {
	width := terminalWidth(out)
	return map[string]layout{
		"text": {
			ending:  ".statements.txt",
			between: strings.Repeat("─", width) + "\n",
			write: func(w io.Writer, r pipeline.Reading) error {
				return format.Text(colorprofile.NewWriter(w, os.Environ()), r, width)
			},
		},
		"jsonl": {
			ending: ".statements.jsonl",
			write:  func(w io.Writer, r pipeline.Reading) error { return format.JSONL(w, r, selectors) },
		},
		"brat":   {ending: ".ann", write: format.Brat},
		"citron": {ending: ".citron.json", write: format.Citron},
		"csv":    {ending: ".csv", write: format.CSV, header: format.CSVHeader},

		"webannotation": {ending: ".annotations.jsonl", write: format.WebAnnotations},
		"quotation":     {ending: ".quotations.jsonl", write: format.Quotations},
		"gqg":           {ending: ".gqg.json", write: format.GQG},
	}
}

// stream writes all readings to one writer.
type stream struct {
	out    io.Writer
	layout layout
	begun  bool
}

func (s *stream) write(r pipeline.Reading) error {
	switch {
	case s.begun:
		if _, err := io.WriteString(s.out, s.layout.between); err != nil {
			return err
		}
	case s.layout.header != nil:
		if err := s.layout.header(s.out); err != nil {
			return err
		}
	}
	s.begun = true
	return s.layout.write(s.out, r)
}

// folder writes a file for each reading, named after the article's ID, which
// for a file is its name without the ending. The second article of a name
// gets "-2".
type folder struct {
	path   string
	layout layout
	texts  bool // the article's body beside it, as NAME.txt
	taken  map[string]bool
}

func newFolder(path string, l layout) (*folder, error) {
	if err := os.MkdirAll(path, 0o755); err != nil {
		return nil, err
	}
	return &folder{path: path, layout: l, taken: map[string]bool{}}, nil
}

func (f *folder) write(r pipeline.Reading) error {
	name := filepath.Join(f.path, f.unique(r.Article.ID))
	if f.texts {
		err := writeFile(name+".txt", func(w io.Writer) error {
			_, err := io.WriteString(w, r.Article.Body)
			return err
		})
		if err != nil {
			return err
		}
	}
	return writeFile(name+f.layout.ending, func(w io.Writer) error {
		one := stream{out: w, layout: f.layout}
		return one.write(r)
	})
}

// writeFile writes aside, then renames, so that no file is ever half written.
// What is there and no file, as /dev/null, is written to as it is.
func writeFile(path string, write func(io.Writer) error) (err error) {
	if there, err := os.Stat(path); err == nil && !there.Mode().IsRegular() {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return errors.Join(write(f), f.Close())
	}
	aside, err := os.CreateTemp(filepath.Dir(path), ".onrecord-*")
	if err != nil {
		return fmt.Errorf("%s: %w", path, errors.Unwrap(err)) // not the name of the other file
	}
	defer func() {
		if err != nil {
			aside.Close()
			os.Remove(aside.Name())
		}
	}()
	if err := write(aside); err != nil {
		return err
	}
	if err := aside.Chmod(0o644); err != nil {
		return err
	}
	if err := aside.Close(); err != nil {
		return err
	}
	return os.Rename(aside.Name(), path)
}

// unique is a file name for an ID that no other article has got.
func (f *folder) unique(id string) string { return unique(f.taken, fileName(id)) }

// unique is a name that is not taken yet: the one given, or it with a number.
// Names that differ in case only are one, as some file systems have it.
func unique(taken map[string]bool, base string) string {
	name := base
	for n := 2; taken[strings.ToLower(name)]; n++ {
		name = fmt.Sprintf("%s-%d", base, n)
	}
	taken[strings.ToLower(name)] = true
	return name
}

// maxName is the longest file name without ending, in bytes.
const maxName = 200

// fileName is an ID, which anybody may have chosen, as a name that stays in
// its folder.
func fileName(id string) string {
	name := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, id)
	if strings.HasPrefix(name, ".") || name == "" {
		name = "_" + name
	}
	for len(name) > maxName {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	return name
}

// defaultWidth is the width of text that does not go to a terminal, maxWidth
// the widest that is pleasant to read.
const (
	defaultWidth = 80
	maxWidth     = 100
)

// terminalWidth is the width to lay text out for.
func terminalWidth(out io.Writer) int {
	width := defaultWidth
	if f, ok := out.(*os.File); ok && term.IsTerminal(f.Fd()) {
		if w, _, err := term.GetSize(f.Fd()); err == nil && w > 0 {
			width = w
		}
	} else if w, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && w > 0 {
		width = w
	}
	return min(width, maxWidth)
}

// textOptions lay text out for the terminal that out is, if it is one.
func textOptions(out io.Writer) format.TextOptions {
	return format.TextOptions{Width: terminalWidth(out), Colour: colorprofile.Detect(out, os.Environ()) > colorprofile.ASCII}
}

func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(f.Fd())
}
