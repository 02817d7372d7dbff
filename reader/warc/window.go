package warc

import "io"

// window looks ahead in a stream. What was looked at is read again until it
// is skipped, so that a wrong length can be taken back.
type window struct {
	in         io.Reader
	buf        []byte
	start, end int   // of what was read from in and not skipped
	offset     int64 // in the stream, of start
	err        error // of in, io.EOF included
}

// reset begins a new stream.
func (w *window) reset(in io.Reader) {
	*w = window{in: in, buf: w.buf}
}

// peek returns the next n bytes, or less where the stream ends; then err says
// why. They are valid until the next peek.
func (w *window) peek(n int) []byte {
	for idle := 0; w.end-w.start < n && w.err == nil; {
		if w.end == len(w.buf) {
			w.makeRoom()
		}
		var m int
		m, w.err = w.in.Read(w.buf[w.end:])
		w.end += m
		if idle++; m > 0 {
			idle = 0
		} else if idle == 100 && w.err == nil {
			w.err = io.ErrNoProgress
		}
	}
	return w.buf[w.start:min(w.end, w.start+n)]
}

// makeRoom moves what is left to the front once half of the buffer is skipped,
// so that each byte is moved once on average, and doubles the buffer before.
func (w *window) makeRoom() {
	to := w.buf
	if w.start < len(to)/2 || len(to) == 0 {
		to = make([]byte, max(4*maxHeader, 2*len(to)))
	}
	w.end = copy(to, w.buf[w.start:w.end])
	w.buf, w.start = to, 0
}

// skip passes over n bytes that were looked at.
func (w *window) skip(n int) {
	n = min(n, w.end-w.start)
	w.start += n
	w.offset += int64(n)
}

// drop ends the stream.
func (w *window) drop() {
	w.start, w.err = w.end, io.EOF
}

// skipLineEnds passes over any number of line ends.
func (w *window) skipLineEnds() {
	for {
		next := w.peek(1)
		if len(next) == 0 || next[0] != '\r' && next[0] != '\n' {
			return
		}
		w.skip(1)
	}
}
