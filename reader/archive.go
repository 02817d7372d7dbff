package reader

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"

	"onrecord/reader/charset"
	"onrecord/reader/parquet"
	"onrecord/reader/warc"
)

// headSize is how many bytes tell the format.
const headSize = 4 << 10

// gunzipHead reports whether head is the beginning of a gzip file, and returns
// what of its content is in it.
func gunzipHead(head []byte) (content []byte, ok bool) {
	in, err := gzip.NewReader(bytes.NewReader(head))
	if err != nil {
		return nil, false
	}
	content, _ = io.ReadAll(io.LimitReader(in, headSize)) // an error is where head ends
	return content, true
}

// isDocument reports whether JSON begins that is not an object a line.
func isDocument(head []byte) bool {
	s, _ := charset.Decode(head, "")
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	line = strings.TrimSpace(line)
	return line == "{" || line == "["
}

// archive reads the pages of a WARC file. What is no page is passed over
// without a word, what is broken is an error.
func (r *run) archive(in io.Reader, origin string) bool {
	records := warc.NewReader(interruptible{r.ctx, in}, r.opts.MaxAddress)
	for n := 0; ; n++ {
		rec, err := records.Next()
		if !r.goOn() {
			return false
		}
		var broken *warc.Error
		switch {
		case errors.Is(err, io.EOF):
			return n > 0 || r.fail(origin, 0, ErrEmpty)
		case errors.As(err, &broken):
			if !r.fail(atByte(origin, broken.Offset), 0, archiveError(broken.Err)) {
				return false
			}
			continue
		case err != nil:
			return r.fail(origin, 0, err)
		case !r.record(rec, atByte(origin, rec.Offset)):
			return false
		}
	}
}

func (r *run) record(rec warc.Record, origin string) bool {
	p, err := rec.Page()
	if err != nil {
		return r.fail(origin, 0, archiveError(err))
	}
	if p == nil {
		return true
	}
	// What the record has is gone when the next one is read.
	return r.page(origin, bytes.Clone(p.Body), htmlPage, p.ContentType, p.Address)
}

func atByte(origin string, offset int64) string {
	return origin + "@" + strconv.FormatInt(offset, 10)
}

// archiveError makes one of ours of an error of package warc.
func archiveError(err error) error {
	if errors.Is(err, warc.ErrTooLarge) {
		return fmt.Errorf("%w: %w", ErrTooLarge, err)
	}
	return fmt.Errorf("%w: %w", ErrRecord, err)
}

// interruptible ends when its context does, as a single record can be long.
type interruptible struct {
	ctx context.Context
	in  io.Reader
}

func (i interruptible) Read(p []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	return i.in.Read(p)
}

// table reads a Parquet file, whose columns are named as the fields of JSONL.
// A file is read at the places where things are, anything else, as a pipe has
// no places, as a whole.
func (r *run) table(file *meter, buffered io.Reader, origin string) bool {
	var at io.ReaderAt = file
	var size int64
	if file != nil && file.regular {
		size = file.size
	} else {
		data, err := readAll(buffered, r.opts.MaxFile)
		if err != nil {
			return r.fail(origin, 0, err)
		}
		at, size = bytes.NewReader(data), int64(len(data))
	}
	empty := true
	for row, err := range parquet.Rows(at, size, "id", "outlet", "title", "url", "date", "published", "language", "author", "text", "html") {
		empty = false
		if !r.goOn() || !r.row(row, err, origin) {
			return false
		}
	}
	return !empty || r.fail(origin, 0, ErrEmpty)
}

func (r *run) row(row parquet.Row, err error, origin string) bool {
	line := int(row.Number)
	if err != nil {
		return r.fail(origin, line, fmt.Errorf("%w: %w", ErrRecord, err))
	}
	if n := int64(len(row.Get("text")) + len(row.Get("html"))); n > r.opts.MaxFile {
		return r.fail(origin, line, fmt.Errorf("%w: a row of over %d bytes", ErrTooLarge, r.opts.MaxFile))
	}
	one := record{
		ID:        scalar(row.Get("id")),
		Outlet:    row.Get("outlet"),
		Title:     row.Get("title"),
		URL:       row.Get("url"),
		Date:      scalar(row.Get("date")),
		Published: scalar(row.Get("published")),
		Language:  row.Get("language"),
		Author:    row.All("author"),
		Text:      row.Get("text"),
		HTML:      row.Get("html"),
	}
	return r.article(input{origin: origin, line: line, parse: one.article}, len(one.Text)+len(one.HTML))
}
