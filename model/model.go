// Package model is the file that the learned models of the program are kept
// in, and the one that is embedded.
//
// A file is the magic line and then, for each section, its name, the length
// of its data and the data, all compressed with zstd. What a section holds is
// the business of the package that reads it.
package model

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the default model
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"sort"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// magic is the first line of a model file; its number is the format's.
const magic = "onrecord model 1\n"

// maxSize bounds what a model file may unpack to.
const maxSize = 1 << 28

// ErrFormat is returned for a file that is no model of this version.
var ErrFormat = errors.New("not a model file of this version")

//go:embed onrecord.model
var embedded []byte

// File is a model file's sections by name.
type File struct {
	sections map[string][]byte
	packed   []byte // as it was read
}

// New makes an empty file.
func New() *File { return &File{sections: map[string][]byte{}} }

// Set gives a section its data.
func (f *File) Set(name string, data []byte) { f.sections[name] = data }

// Section is a section's data; a missing one is an error.
func (f *File) Section(name string) ([]byte, error) {
	data, ok := f.sections[name]
	if !ok {
		return nil, fmt.Errorf("model has no section %q: %w", name, ErrFormat)
	}
	return data, nil
}

// Sum tells models apart: the first 16 hexadecimal digits of the SHA-256 sum of
// the file, "" for one that was not read from any.
func (f *File) Sum() string {
	if f.packed == nil {
		return ""
	}
	sum := sha256.Sum256(f.packed)
	return hex.EncodeToString(sum[:8])
}

// Embedded is the model that came with the program, unpacked on first use.
var Embedded = sync.OnceValues(func() (*File, error) { return read(embedded, maxSize) })

// Open reads the model file at path.
func Open(path string) (*File, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	f, err := read(b, maxSize)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return f, nil
}

// read reads a model file that unpacks to limit bytes at most. It unpacks in one
// piece, as that takes half the time and a third of the memory of a stream.
func read(b []byte, limit uint64) (*File, error) {
	packed, ok := bytes.CutPrefix(b, []byte(magic))
	if !ok {
		return nil, ErrFormat
	}
	z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(limit))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	raw, err := z.DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	f := New()
	f.packed = b
	for len(raw) > 0 {
		name, rest, ok := chunk(raw)
		if !ok {
			return nil, ErrFormat
		}
		data, rest, ok := chunk(rest)
		if !ok {
			return nil, ErrFormat
		}
		f.Set(string(name), data)
		raw = rest
	}
	return f, nil
}

// chunk takes a length and as many bytes off the front of b.
func chunk(b []byte) (data, rest []byte, ok bool) {
	n, k := binary.Uvarint(b)
	if k <= 0 || n > uint64(len(b)-k) {
		return nil, nil, false
	}
	return b[k : k+int(n)], b[k+int(n):], true
}

// WriteTo writes the file, sections in order of their names.
func (f *File) WriteTo(w io.Writer) (int64, error) {
	var raw []byte
	names := make([]string, 0, len(f.sections))
	for name := range f.sections {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		raw = append(binary.AppendUvarint(raw, uint64(len(name))), name...)
		raw = append(binary.AppendUvarint(raw, uint64(len(f.sections[name]))), f.sections[name]...)
	}
	z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return 0, err
	}
	n, err := w.Write(z.EncodeAll(raw, []byte(magic)))
	return int64(n), err
}
