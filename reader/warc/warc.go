// Package warc reads WARC files (ISO 28500, versions 1.0 and 1.1) as crawlers
// and web archives write them, compressed by gzip or not.
//
// A file is read once, from its beginning to its end, whatever its size. What
// is broken in it costs the record that it is in: the next one is looked for,
// and what was lost is named.
package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/klauspost/compress/gzip"
)

// Errors that a caller can tell apart with errors.Is.
var (
	ErrBroken   = errors.New("broken record")
	ErrTooLarge = errors.New("over the limit")
)

// Error says which record could not be read and why. Reading goes on after it.
type Error struct {
	Offset int64 // as in Record
	Err    error // wraps ErrBroken or ErrTooLarge
}

func (e *Error) Error() string { return fmt.Sprintf("at byte %d: %v", e.Offset, e.Err) }

func (e *Error) Unwrap() error { return e.Err }

// Record is one record of a file.
type Record struct {
	Offset int64  // in the file, of the record's first byte, or of that of the gzip member that it is in
	Header Header // the named fields
	Size   int64  // of the block, in bytes, as the header states it
	Block  []byte // valid until the next record is read; of a block over the limit only the beginning

	limit int
}

// maxHeader bounds the header of a record, and that of an HTTP answer, in bytes.
const maxHeader = 64 << 10

// Reader reads the records of a file. It holds at most some four times the
// limit in memory, and the length that a record states is not believed before
// as many bytes have come.
type Reader struct {
	limit  int
	tape   tape          // the file
	in     *bufio.Reader // reads from tape
	window window        // the file, or what is in the current gzip member

	opened     bool
	compressed bool
	zip        gzip.Reader
	member     int64 // offset of the current gzip member
	lost       bool  // the way: where the next member begins is to be looked for
	reread     int64 // bytes that were gone back for it

	consumed int   // bytes of the window that the last record took
	long     int64 // what is left to pass over of a block over the limit
	longAt   int64 // offset of its record
}

// NewReader reads a file from its beginning. Blocks of more than limit bytes
// are passed over.
func NewReader(file io.Reader, limit int64) *Reader {
	r := &Reader{limit: int(limit), tape: tape{in: file}, window: window{err: io.EOF}} // nothing is open yet
	r.in = bufio.NewReaderSize(&r.tape, 64<<10)
	return r
}

// Next returns the next record. An *Error stands for something broken, after
// which Next can be called again; io.EOF is the end. Any other error is that
// of the file, and final.
func (r *Reader) Next() (Record, error) {
	r.window.skip(r.consumed)
	r.consumed = 0
	if r.long > 0 {
		if err := r.passOver(); err != nil {
			return Record{}, err
		}
	}
	for {
		if rec, err := r.record(); !errors.Is(err, errEnd) {
			return rec, err
		}
		if err := r.open(); err != nil {
			return Record{}, err
		}
	}
}

// errEnd is the end of what the window reads: of a gzip member, or of the file.
var errEnd = errors.New("end of the member")

// record reads a record from the window.
func (r *Reader) record() (Record, error) {
	w := &r.window
	w.skipLineEnds()
	head := w.peek(maxHeader)
	if len(head) == 0 {
		return Record{}, r.end()
	}
	version := startOf(head)
	if version == 0 {
		return Record{}, r.bad("no record begins here")
	}
	fields, length, ok := cutHeader(head[version:])
	if !ok {
		if len(head) < maxHeader && !errors.Is(w.err, io.EOF) {
			return Record{}, r.end()
		}
		return Record{}, r.bad("its header has no end")
	}
	length += version
	header := Header(fields)
	size, err := strconv.ParseInt(header.Get("Content-Length"), 10, 64)
	if err != nil || size < 0 {
		return Record{}, r.bad("its length is %.30q", header.Get("Content-Length"))
	}
	at := r.offset()
	if size > int64(r.limit) {
		r.consumed, r.long, r.longAt = length, size, at
		return Record{at, header, size, head[length:][:min(int64(len(head)-length), size)], r.limit}, nil
	}
	end := length + int(size)
	// Two line ends follow, and then a record or the end. That a byte more is
	// asked for has the sum of a gzip member checked.
	data := w.peek(end + len("\r\n\r\n") + len("WARC/1."))
	switch {
	case len(data) < end+len("\r\n\r\n")+1 && w.err != nil && !errors.Is(w.err, io.EOF):
		return Record{}, r.end()
	case len(data) < end:
		return Record{}, r.bad("it ends after %d of %d bytes", len(data)-length, size)
	case !endsRecord(data[end:]):
		return Record{}, r.bad("it does not end after %d bytes", size)
	}
	r.consumed = end
	// The header moved, if the window did.
	return Record{at, Header(data[version : version+len(fields)]), size, data[length:end], r.limit}, nil
}

// endsRecord reports whether a record may end before rest.
func endsRecord(rest []byte) bool {
	if bytes.HasPrefix(rest, []byte("\r\n\r\n")) {
		return true
	}
	next := bytes.TrimLeft(rest, "\r\n") // some writers leave one out
	const start = "WARC/1."
	return bytes.HasPrefix(next, []byte(start[:min(len(next), len(start))]))
}

// offset is that of the record at which the window stands.
func (r *Reader) offset() int64 {
	if r.compressed {
		return r.member
	}
	return r.window.offset
}

// bad describes a broken record and goes to where the next one seems to begin.
func (r *Reader) bad(format string, args ...any) error {
	err := &Error{r.offset(), fmt.Errorf("%w: "+format, append([]any{ErrBroken}, args...)...)}
	r.window.skip(1)
	for {
		data := r.window.peek(maxHeader)
		if i := findStart(data); i >= 0 {
			r.window.skip(i)
			return err
		}
		if len(data) < maxHeader {
			r.window.skip(len(data))
			_ = r.end() // a member that is also broken for gzip is one loss
			return err
		}
		r.window.skip(len(data) - longestStart)
	}
}

// end says why the window has no more.
func (r *Reader) end() error {
	switch err := r.window.err; {
	case r.tape.err != nil && !errors.Is(r.tape.err, io.EOF):
		return r.tape.err
	case err == nil || errors.Is(err, io.EOF):
		return errEnd
	default: // of gzip
		r.window.drop()
		r.lost = true
		r.back(r.member + 1)
		return &Error{r.member, fmt.Errorf("%w: %w", ErrBroken, err)}
	}
}

// passOver leaves out a block over the limit. It ends where its length says,
// or earlier where a record seems to begin, as the length may be wrong.
func (r *Reader) passOver() error {
	left := r.long
	r.long = 0
	for left > 0 {
		data := r.window.peek(maxHeader)
		if len(data) == 0 {
			if err := r.end(); !errors.Is(err, errEnd) {
				return err
			}
			return &Error{r.longAt, fmt.Errorf("%w: it ends %d bytes early", ErrBroken, left)}
		}
		if i := findStart(data); i >= 0 && int64(i) < left {
			r.window.skip(i)
			return &Error{r.longAt, fmt.Errorf("%w: it ends %d bytes early", ErrBroken, left-int64(i))}
		}
		n := len(data)
		if n == maxHeader {
			n -= longestStart
		}
		n = int(min(int64(n), left))
		r.window.skip(n)
		left -= int64(n)
	}
	return nil
}
