package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// gzipMagic begins a gzip member: two bytes of its own, and the one method
// that there is.
var gzipMagic = []byte{0x1F, 0x8B, 8}

// open begins to read the file or, where it is compressed, its next gzip
// member. Members are not joined, as each holds whole records: so a broken one
// does not touch the others.
func (r *Reader) open() error {
	if !r.opened {
		r.opened = true
		head, _ := r.in.Peek(maxHeader)
		r.compressed = !bytes.HasPrefix(head, []byte("WARC/")) && bytes.Contains(head, gzipMagic)
		if !r.compressed {
			r.window.reset(r.in)
			return nil
		}
	}
	if !r.compressed {
		return io.EOF
	}
	for {
		start := r.position()
		head, err := r.in.Peek(len(gzipMagic))
		if len(head) == 0 {
			return err
		}
		if bytes.Equal(head, gzipMagic) {
			if r.openMember() {
				r.member, r.lost = start, false
				return nil
			}
			r.back(start + 1)
		}
		if !r.lost {
			r.lost = true
			return &Error{start, fmt.Errorf("%w: no gzip member begins here", ErrBroken)}
		}
		r.findMember()
	}
}

// openMember reports whether a member begins here. While one is looked for,
// its content has to begin as a record does, for the three bytes of a
// beginning are also found where none is.
func (r *Reader) openMember() bool {
	if err := r.zip.Reset(r.in); err != nil {
		return false
	}
	r.zip.Multistream(false)
	r.window.reset(&r.zip)
	return !r.lost || startOf(r.window.peek(longestStart)) > 0
}

// findMember goes to the next place after this one where a member may begin.
func (r *Reader) findMember() {
	if head, _ := r.in.Peek(len(gzipMagic)); bytes.Equal(head, gzipMagic) {
		r.in.Discard(1)
	}
	for {
		data, err := r.in.Peek(maxHeader)
		if i := bytes.Index(data, gzipMagic); i >= 0 {
			r.in.Discard(i)
			return
		}
		if err != nil {
			r.in.Discard(len(data))
			return
		}
		r.in.Discard(len(data) - len(gzipMagic) + 1)
	}
}

// position is the offset in the file of the next byte that in returns.
func (r *Reader) position() int64 {
	return r.tape.pos - int64(r.in.Buffered())
}

// back returns to an offset, as reading a broken member may have gone past the
// next ones. It stays where it is when that is too far back, or when more was
// read again than the file has so far: a hostile file shall not take more than
// twice its time.
func (r *Reader) back(offset int64) {
	cost := r.position() - offset
	if cost < 0 || offset < r.tape.oldest() || r.reread+cost > r.position()+maxTape {
		return
	}
	r.reread += cost
	r.tape.pos = offset
	r.in.Reset(&r.tape)
}

// maxTape is how far a tape can be wound back, in bytes.
const maxTape = 1 << 20

// tape reads a file and keeps the last of it.
type tape struct {
	in   io.Reader
	kept []byte // up to end
	end  int64  // offset of what in returns next
	pos  int64  // offset of what Read returns next, up to end
	err  error  // of in
}

// oldest is the offset to which pos can be set.
func (t *tape) oldest() int64 { return t.end - int64(len(t.kept)) }

func (t *tape) Read(p []byte) (int, error) {
	if t.pos < t.end {
		n := copy(p, t.kept[t.pos-t.oldest():])
		t.pos += int64(n)
		return n, nil
	}
	if t.err != nil {
		return 0, t.err
	}
	n, err := t.in.Read(p)
	t.err = err
	t.keep(p[:n])
	t.end += int64(n)
	t.pos = t.end
	if n > 0 && errors.Is(err, io.EOF) {
		err = nil // comes again
	}
	return n, err
}

func (t *tape) keep(p []byte) {
	p = p[max(0, len(p)-maxTape):]
	if len(t.kept)+len(p) > 2*maxTape {
		t.kept = append(t.kept[:0], t.kept[len(t.kept)-maxTape:]...)
	}
	t.kept = append(t.kept, p...)
}
