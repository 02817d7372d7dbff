// Package reader turns files, folders, standard input and addresses into
// articles. Everything is decoded to UTF-8 once, here.
package reader

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"runtime"
	"strconv"
	"strings"
	"time"

	"onrecord/article"
	"onrecord/internal/ordered"
	"onrecord/reader/charset"
	"onrecord/reader/fetch"
	"onrecord/reader/page"
)

// Errors that a caller can tell apart with errors.Is, beside those of the file
// system (fs.ErrNotExist) and of package fetch.
var (
	ErrTooLarge = fetch.ErrTooLarge
	ErrNoText   = page.ErrNoText
	ErrBinary   = charset.ErrBinary
	ErrEmpty    = errors.New("nothing to read in it")
	ErrRecord   = errors.New("not an article")
)

// Error says what could not be read and why; the reason is what it wraps.
type Error struct {
	Origin string // path, address, or "-" for standard input; of a WARC record with "@" and its offset
	Line   int    // of a JSONL input, or row of a Parquet file, from 1; 0 where the whole input is meant
	Err    error
}

func (e *Error) Error() string {
	err := e.Err
	var path *fs.PathError // names the path again
	if errors.As(err, &path) {
		err = path.Err
	}
	if e.Line > 0 {
		return fmt.Sprintf("%s:%d: %v", e.Origin, e.Line, err)
	}
	return fmt.Sprintf("%s: %v", e.Origin, err)
}

func (e *Error) Unwrap() error { return e.Err }

// Options say how to read. The zero value reads no standard input and has the
// default limits.
type Options struct {
	Date   string // published date of articles that state none, in any layout of article.ParseDate
	Outlet string // of articles that state none; the host of the article's address if ""
	Title  string // of articles that state none

	MaxFile      int64     // bytes of a file, of standard input, or of one line of JSONL or row of Parquet, decompressed; 64 MB if 0
	MaxAddress   int64     // bytes of what an address answers or answered a crawler, decompressed; 32 MB if 0
	AllowPrivate bool      // fetch from private networks too
	Stdin        io.Reader // what "-" reads; empty if nil

	Workers int               // articles that are parsed side by side; one a processor if 0
	Read    func(bytes int64) // told what has been read of files, compressed as they are; in sum Size. May be nil
}

// Reader reads articles. It is safe for concurrent use, except for "-", and if
// Options.Read is.
type Reader struct {
	opts      Options
	published time.Time
	dateOnly  bool
	client    *fetch.Client
}

// New checks the options; the error wraps article.ErrDate if Date is not understood.
func New(opts Options) (*Reader, error) {
	r := &Reader{opts: opts}
	if opts.Date != "" {
		var err error
		if r.published, r.dateOnly, err = article.ParseDate(opts.Date); err != nil {
			return nil, err
		}
	}
	r.opts.MaxFile = cmp.Or(opts.MaxFile, 64<<20)
	r.opts.MaxAddress = cmp.Or(opts.MaxAddress, 32<<20)
	r.opts.Workers = cmp.Or(opts.Workers, runtime.GOMAXPROCS(0))
	if opts.Read == nil {
		r.opts.Read = func(int64) {}
	}
	if opts.Stdin == nil {
		r.opts.Stdin = strings.NewReader("")
	}
	r.client = fetch.New(fetch.Options{MaxBytes: r.opts.MaxAddress, AllowPrivate: opts.AllowPrivate})
	return r, nil
}

// Articles reads the arguments in order: a file (.txt, .html, .htm, .md, .jsonl,
// .json, .warc or .parquet, also with .gz; others by what they contain), a
// folder (all such files below it in the order of their names, without hidden
// ones and READMEs, and of .json files only .gqg.json), "-" for standard input,
// or an http(s) address.
//
// A .json file is read as JSONL, of which a line may also be a record of
// GDELT's Global Quotation Graph; see gqg.Parse for what is made of it. Of a
// WARC file, the HTML pages are read; the day on which one was fetched is not
// taken for its published date. The columns of a Parquet file are named as the
// fields of JSONL.
//
// The pair is an article or an *Error, after which reading goes on; when ctx
// is done, its error is the last. Inputs are read one after the other, and what
// is in them is parsed side by side: no more than three articles a worker, and
// one, are held in memory, and those of over a megabyte are parsed one by one.
//
// The body of a .txt file is its text to the byte if that is UTF-8, but for a
// byte order mark. An article's ID is the one that JSONL gives; the name of
// its file without the ending, with "-2", "-3" … where that was taken earlier
// in this call; or else article.ContentID. Origin is the path, the address or
// "-", for JSONL with the line: "archive.jsonl:12".
func (r *Reader) Articles(ctx context.Context, args ...string) iter.Seq2[article.Article, error] {
	return func(yield func(article.Article, error) bool) {
		inputs := func(hand func(input) bool) {
			run := &run{Reader: r, ctx: ctx, hand: hand}
			for _, arg := range args {
				if !run.argument(arg) {
					return
				}
			}
		}
		names := map[string]bool{}
		for p := range ordered.Map(ctx, inputs, r.opts.Workers, r.parse) {
			if p.name != "" && p.err == nil {
				p.article.ID = unique(names, p.name)
			}
			if !yield(p.article, p.err) {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(article.Article{}, err)
		}
	}
}

// input is what an article is made of.
type input struct {
	origin string
	line   int    // of a file with several, from 1; else 0
	name   string // of the file that is the article, "" for others
	parse  func() (article.Article, error)
}

// parsed is what was made of an input. Its ID is still to be told apart from
// those of files of the same name.
type parsed struct {
	name    string
	article article.Article
	err     error
}

// parse makes an article, with what the input does not say.
func (r *Reader) parse(in input) parsed {
	a, err := in.parse()
	if err != nil {
		return parsed{err: &Error{Origin: in.origin, Line: in.line, Err: err}}
	}
	if a.Origin = in.origin; in.line > 0 {
		a.Origin += ":" + strconv.Itoa(in.line)
	}
	if a.ID == "" && in.name == "" {
		a.ID = article.ContentID(a.Body)
	}
	a.Outlet = cmp.Or(a.Outlet, r.opts.Outlet, host(a.URL))
	a.Title = cmp.Or(a.Title, r.opts.Title)
	if a.Published.IsZero() {
		a.Published, a.DateOnly = r.published, r.dateOnly
	}
	return parsed{name: in.name, article: a}
}

// unique keeps two files of one name apart.
func unique(names map[string]bool, name string) string {
	id := name
	for n := 2; names[id]; n++ {
		id = name + "-" + strconv.Itoa(n)
	}
	names[id] = true
	return id
}

// run reads the inputs of one call of Articles. Its methods report whether to
// go on.
type run struct {
	*Reader
	ctx  context.Context
	hand func(input) bool
}

// goOn is false once the context is done.
func (r *run) goOn() bool { return r.ctx.Err() == nil }

func (r *run) fail(origin string, line int, err error) bool {
	return r.hand(input{origin: origin, line: line, parse: func() (article.Article, error) { return article.Article{}, err }})
}

// maxAside is the size of an input, in bytes, beyond which it is not parsed
// beside others, as parsing takes many times its size.
const maxAside = 1 << 20

// article hands on an input of so many bytes.
func (r *run) article(in input, size int) bool {
	if size > maxAside {
		a, err := in.parse()
		in.parse = func() (article.Article, error) { return a, err }
	}
	return r.hand(in)
}

func (r *run) argument(arg string) bool {
	switch {
	case !r.goOn():
		return false
	case arg == "-":
		return r.stream(r.opts.Stdin, "-", unknown)
	case strings.Contains(arg, "://"):
		return r.address(arg)
	}
	return r.path(arg)
}
