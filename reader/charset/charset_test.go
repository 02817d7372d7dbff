package charset

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

const sample = "“We’ve agreed,” Mayor Zoë Brandt said.\r\n\tNothing more.  "

func encode(t testing.TB, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDecode(t *testing.T) {
	le, be := unicode.LittleEndian, unicode.BigEndian
	const russian = "Мэр сообщила, что мост откроют в понедельник."
	tests := []struct {
		name     string
		data     []byte
		declared string
		want     string
	}{
		{"UTF-8", []byte(sample), "", sample},
		{"UTF-8 with a mark", []byte("\uFEFF" + sample), "", sample},
		{"UTF-16LE with a mark", encode(t, unicode.UTF16(le, unicode.UseBOM), sample), "", sample},
		{"UTF-16BE with a mark", encode(t, unicode.UTF16(be, unicode.UseBOM), sample), "", sample},
		{"UTF-16LE without", encode(t, unicode.UTF16(le, unicode.IgnoreBOM), sample), "", sample},
		{"UTF-16BE without", encode(t, unicode.UTF16(be, unicode.IgnoreBOM), sample), "utf-8", sample},
		{"UTF-32LE with a mark", encode(t, utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), sample), "", sample},
		{"UTF-32BE with a mark", encode(t, utf32.UTF32(utf32.BigEndian, utf32.UseBOM), sample), "", sample},
		{"windows-1252 undeclared", encode(t, charmap.Windows1252, sample), "", sample},
		{"windows-1252 declared as UTF-8", encode(t, charmap.Windows1252, sample), "utf-8", sample},
		{"UTF-8 declared as latin-1", []byte(sample), "iso-8859-1", sample},
		{"windows-1251 declared", encode(t, charmap.Windows1251, russian), "windows-1251", russian},
		{"ISO-2022-JP declared", encode(t, japanese.ISO2022JP, "市長は述べた"), "iso-2022-jp", "市長は述べた"},
		{"one broken character in UTF-8", []byte("“Yes,” she said\xE2\x80 … and “no.”"), "", "“Yes,” she said\uFFFD … and “no.”"},
		{"unknown name", []byte("plain"), "klingon", "plain"},
		{"empty", nil, "", ""},
		{"a NUL in text", []byte("It is so,\x00 she said."), "", "It is so,\x00 she said."},
	}
	for _, tt := range tests {
		if got, err := Decode(tt.data, tt.declared); err != nil || got != tt.want {
			t.Errorf("%s: got %q, %v, want %q", tt.name, got, err, tt.want)
		}
	}
}

func TestDecodeRefusesBinary(t *testing.T) {
	random := make([]byte, 1<<20)
	r := rand.NewChaCha8([32]byte{1})
	r.Read(random)
	for name, data := range map[string][]byte{
		"random bytes": random,
		"NULs":         make([]byte, 1000),
		"PDF":          []byte("%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj"),
		"gzip":         append([]byte("\x1f\x8b\x08\x00"), random[:500]...),
	} {
		if got, err := Decode(data, ""); !errors.Is(err, ErrBinary) {
			t.Errorf("%s: got %d characters, %v, want ErrBinary", name, len(got), err)
		}
	}
}

func TestDeclared(t *testing.T) {
	tests := []struct{ contentType, page, want string }{
		{"text/html; charset=windows-1251", `<meta charset=utf-8>`, "windows-1251"},
		{"text/html", `<html><head><META CHARSET = "koi8-r">`, "koi8-r"},
		{"", `<meta http-equiv="Content-Type" content="text/html; charset=shift_jis">`, "shift_jis"},
		{"", `<?xml version="1.0" encoding="iso-8859-2"?>`, "iso-8859-2"},
		{"text/plain", "no charset here", ""},
		{"", strings.Repeat(" ", 9000) + `<meta charset=koi8-r>`, ""},
	}
	for _, tt := range tests {
		if got := Declared(tt.contentType, []byte(tt.page)); got != tt.want {
			t.Errorf("Declared(%q, %.40q) = %q, want %q", tt.contentType, tt.page, got, tt.want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(sample), "")
	f.Add([]byte("\xFF\xFEa\x00b\x00"), "utf-8")
	f.Add([]byte("\xFF\xFE\x00\x00a"), "")
	f.Add([]byte("caf\xE9"), "shift_jis")
	f.Fuzz(func(t *testing.T, data []byte, declared string) {
		s, err := Decode(data, declared)
		if err != nil {
			if !errors.Is(err, ErrBinary) || s != "" {
				t.Fatalf("%q, %v", s, err)
			}
			return
		}
		if !utf8.ValidString(s) {
			t.Fatal("not UTF-8")
		}
		if again, err := Decode([]byte(s), ""); err == nil && utf8.Valid(data) && declared == "" && again != s {
			t.Fatalf("decoding again changes %q to %q", s, again)
		}
	})
}
