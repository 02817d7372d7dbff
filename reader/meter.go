package reader

import (
	"context"
	"os"
	"strings"
)

// meter tells how much of a file has been read. In the end it is the file's
// size, whatever was looked at more than once or not at all.
type meter struct {
	*os.File
	size    int64
	regular bool // the size is known
	left    int64
	read    func(bytes int64)
}

func newMeter(f *os.File, read func(int64)) *meter {
	m := &meter{File: f, read: read}
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		m.size, m.left, m.regular = info.Size(), info.Size(), true
	}
	return m
}

// Read reads from the file.
func (m *meter) Read(p []byte) (int, error) {
	n, err := m.File.Read(p)
	m.count(int64(n))
	return n, err
}

// ReadAt reads from the file.
func (m *meter) ReadAt(p []byte, offset int64) (int, error) {
	n, err := m.File.ReadAt(p, offset)
	m.count(int64(n))
	return n, err
}

func (m *meter) count(n int64) {
	n = min(n, m.left)
	m.left -= n
	m.read(n)
}

func (m *meter) close() { m.count(m.left) }

// Size is the number of bytes, compressed as they are, of the files that
// Articles reads for the same arguments. It is not known, and false, where an
// argument is no path, or when ctx is done.
func Size(ctx context.Context, args ...string) (size int64, known bool) {
	for _, arg := range args {
		if arg == "-" || strings.Contains(arg, "://") {
			return 0, false
		}
		for file, err := range files(arg) {
			if ctx.Err() != nil {
				return 0, false
			}
			if err != nil {
				continue
			}
			switch info, err := os.Stat(file); {
			case err != nil: // Articles will say so
			case !info.Mode().IsRegular():
				return 0, false
			default:
				size += info.Size()
			}
		}
	}
	return size, true
}
