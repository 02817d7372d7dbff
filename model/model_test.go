package model

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/klauspost/compress/zstd"
)

func written(t *testing.T, f *File) []byte {
	t.Helper()
	var out bytes.Buffer
	n, err := f.WriteTo(&out)
	if err != nil {
		t.Fatal(err)
	}
	if n != int64(out.Len()) {
		t.Fatalf("%d bytes said, %d written", n, out.Len())
	}
	return out.Bytes()
}

func example() *File {
	f := New()
	f.Set("one", bytes.Repeat([]byte("abc"), 1000))
	f.Set("two", nil)
	f.Set("three", []byte{0, 1, 2})
	return f
}

func TestRoundTrip(t *testing.T) {
	b := written(t, example())
	if !bytes.Equal(b, written(t, example())) {
		t.Error("the same sections give other bytes")
	}
	path := filepath.Join(t.TempDir(), "m.model")
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"one", "two", "three"} {
		want, _ := example().Section(name)
		if got, err := f.Section(name); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
	}
	if _, err := f.Section("four"); !errors.Is(err, ErrFormat) {
		t.Errorf("a section that is not there: %v", err)
	}
}

func TestReadRefuses(t *testing.T) {
	b := written(t, example())
	pack := func(raw []byte) []byte {
		z, err := zstd.NewWriter(nil)
		if err != nil {
			t.Fatal(err)
		}
		return z.EncodeAll(raw, []byte(magic))
	}
	for name, in := range map[string][]byte{
		"empty":             nil,
		"magic only half":   b[:5],
		"other magic":       append([]byte("onrecord model 9\n"), b[len(magic):]...),
		"not compressed":    []byte(magic + "abc"),
		"truncated":         b[:len(b)-3],
		"name too long":     pack(binary.AppendUvarint(nil, 1<<40)),
		"data too long":     pack(append([]byte{1, 'a'}, binary.AppendUvarint(nil, 1<<63)...)),
		"no data":           pack([]byte{1, 'a'}),
		"unending length":   pack(bytes.Repeat([]byte{0xff}, 20)),
		"unpacks to no end": pack(make([]byte, 5<<20)),
	} {
		if _, err := read(in, 4<<20); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
