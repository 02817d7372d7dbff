package store

import (
	"encoding/binary"
	"errors"

	"onrecord/text"
)

// Spans are kept as lists, one after the other: the number of spans, and for
// each the distance from the end of the one before (0 for a list's first) and
// the length, all as varints. A span of some hundred bytes takes three or four.

var errSpans = errors.New("broken list of spans")

func appendSpans(b []byte, spans []text.Span) []byte {
	b = binary.AppendUvarint(b, uint64(len(spans)))
	end := 0
	for _, s := range spans {
		b = binary.AppendVarint(b, int64(s.Start-end))
		b = binary.AppendVarint(b, int64(s.Len()))
		end = s.End
	}
	return b
}

func appendNumbers(b []byte, numbers ...int) []byte {
	for _, n := range numbers {
		b = binary.AppendVarint(b, int64(n))
	}
	return b
}

// decoder reads what appendSpans and appendNumbers wrote. Its first error stays.
// A span outside of the body is one, as where the file is damaged.
type decoder struct {
	rest []byte
	body int // bytes of it
	err  error
}

func (d *decoder) number() int {
	v, n := binary.Varint(d.rest)
	if n <= 0 {
		d.err, d.rest = errSpans, nil
		return 0
	}
	d.rest = d.rest[n:]
	return int(v)
}

func (d *decoder) spans() []text.Span {
	n, k := binary.Uvarint(d.rest)
	if k <= 0 || n > uint64(len(d.rest)) {
		d.err, d.rest = errSpans, nil
		return nil
	}
	d.rest = d.rest[k:]
	if n == 0 {
		return nil
	}
	out := make([]text.Span, n)
	end := 0
	for i := range out {
		start := end + d.number()
		end = start + d.number()
		if start < 0 || end < start || end > d.body {
			d.err, d.rest = errSpans, nil
			return nil
		}
		out[i] = text.Span{Start: start, End: end}
	}
	return out
}

// close reports whether everything was read and nothing was left.
func (d *decoder) close() error {
	if d.err == nil && len(d.rest) > 0 {
		return errSpans
	}
	return d.err
}
