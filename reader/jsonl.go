package reader

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"onrecord/article"
	"onrecord/reader/charset"
	"onrecord/reader/gqg"
	"onrecord/reader/page"
)

// record is a line of JSONL, or a row of a Parquet file.
type record struct {
	ID        scalar `json:"id"`
	Outlet    string `json:"outlet"`
	Title     string `json:"title"`
	URL       string `json:"url"`
	Date      scalar `json:"date"`
	Published scalar `json:"published"`
	Language  string `json:"language"`
	Author    names  `json:"author"`
	Text      string `json:"text"`
	HTML      string `json:"html"`

	Quotes json.RawMessage `json:"quotes"` // where it is one of the Global Quotation Graph
}

// scalar is a string or a number, as an archive's IDs may be.
type scalar string

func (s *scalar) UnmarshalJSON(b []byte) error {
	if b[0] == '"' {
		return json.Unmarshal(b, (*string)(s))
	}
	var n json.Number
	if err := json.Unmarshal(b, &n); err != nil {
		return err
	}
	*s = scalar(n)
	return nil
}

// names is a string or a list of strings.
type names []string

func (n *names) UnmarshalJSON(b []byte) error {
	if b[0] != '"' {
		return json.Unmarshal(b, (*[]string)(n))
	}
	var one string
	err := json.Unmarshal(b, &one)
	if one != "" {
		*n = names{one}
	}
	return err
}

// lines reads JSONL: an article or an error a line, empty lines left out.
func (r *run) lines(in *bufio.Reader, origin string) bool {
	// A mark at the beginning may also announce UTF-16.
	in = bufio.NewReaderSize(transform.NewReader(in, unicode.BOMOverride(transform.Nop)), 64<<10)
	var buf []byte
	empty := true
	for n := 1; ; n++ {
		var large bool
		var err error
		buf, large, err = readLine(in, buf[:0], r.opts.MaxFile)
		last := errors.Is(err, io.EOF)
		if err != nil && !last {
			return r.fail(origin, n, err)
		}
		if !r.goOn() {
			return false
		}
		goOn := true
		if line := bytes.TrimSpace(buf); large {
			empty = false
			goOn = r.fail(origin, n, fmt.Errorf("%w: a line of over %d bytes", ErrTooLarge, r.opts.MaxFile))
		} else if len(line) > 0 {
			empty = false
			line = bytes.Clone(line)
			goOn = r.article(input{origin: origin, line: n, parse: func() (article.Article, error) { return parseRecord(line) }}, len(line))
		}
		if !goOn {
			return false
		}
		if last {
			return !empty || r.fail(origin, 0, ErrEmpty)
		}
	}
}

// readLine appends the next line to buf; one over the limit is read to its end
// and dropped. io.EOF comes with the last line.
func readLine(in *bufio.Reader, buf []byte, limit int64) (line []byte, large bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if large = large || int64(len(buf)+len(part)) > limit; large {
			buf = buf[:0]
		} else {
			buf = append(buf, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return buf, large, err
		}
	}
}

// parseRecord reads one line of articles or of the Global Quotation Graph.
func parseRecord(line []byte) (article.Article, error) {
	if !utf8.Valid(line) {
		return article.Article{}, fmt.Errorf("%w: not UTF-8", ErrRecord)
	}
	var rec record
	if err := json.Unmarshal(line, &rec); err != nil {
		return article.Article{}, notRecord(err)
	}
	if rec.Text == "" && rec.HTML == "" && rec.Quotes != nil {
		a, err := gqg.Parse(line)
		switch {
		case errors.Is(err, gqg.ErrNoQuotation):
			err = fmt.Errorf("%w: %w", ErrNoText, err)
		case err != nil:
			err = notRecord(err)
		case charset.IsBinary(a.Body):
			err = ErrBinary
		}
		return a, err
	}
	return rec.article()
}

// notRecord says what is wrong with a line.
func notRecord(err error) error {
	var field *json.UnmarshalTypeError
	if errors.As(err, &field) {
		return fmt.Errorf("%w: %q is a JSON %s", ErrRecord, cmp.Or(field.Field, "the line"), field.Value)
	}
	return fmt.Errorf("%w: %w", ErrRecord, err)
}

// article takes the text as it is given; from html, the main text and whatever
// the other fields leave open.
func (rec record) article() (article.Article, error) {
	var a article.Article
	if rec.Text == "" && rec.HTML != "" {
		var err error
		if a, err = page.Extract(rec.HTML, rec.URL); err != nil {
			return article.Article{}, err
		}
	} else {
		a.Body = rec.Text
	}
	if strings.TrimSpace(a.Body) == "" {
		return article.Article{}, fmt.Errorf("%w: neither text nor html in the record", ErrNoText)
	}
	if charset.IsBinary(a.Body) {
		return article.Article{}, ErrBinary
	}
	a.ID = string(rec.ID)
	a.Outlet = cmp.Or(rec.Outlet, a.Outlet)
	a.Title = cmp.Or(rec.Title, a.Title)
	a.URL = cmp.Or(rec.URL, a.URL)
	a.Language = cmp.Or(rec.Language, a.Language)
	if len(rec.Author) > 0 {
		a.Byline = rec.Author
	}
	for _, d := range []scalar{rec.Published, rec.Date} {
		if t, dateOnly, err := article.ParseDate(string(d)); err == nil {
			a.Published, a.DateOnly = t, dateOnly
			break
		}
	}
	return a, nil
}
