// Package charset turns the bytes of a file or a response into UTF-8, once.
package charset

import (
	"bytes"
	"errors"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// ErrBinary says that the bytes are no text in any encoding that Decode knows.
var ErrBinary = errors.New("not a text")

// metaCharset finds <meta charset=…>, <meta … content="…; charset=…"> and the
// encoding of an XML declaration.
var metaCharset = regexp.MustCompile(`(?i)<(?:meta\b[^>]*?charset|\?xml\b[^>]*?encoding)\s*=\s*["']?([\w:.-]+)`)

// Declared is the name of the encoding that a Content-Type header states, or
// else an HTML page in its first 8 kB; "" if neither does.
func Declared(contentType string, page []byte) string {
	if _, params, err := mime.ParseMediaType(contentType); err == nil && params["charset"] != "" {
		return params["charset"]
	}
	if m := metaCharset.FindSubmatch(page[:min(len(page), 8<<10)]); m != nil {
		return string(m[1])
	}
	return ""
}

// Decode returns data as valid UTF-8. In this order, it trusts: a byte order
// mark (which is dropped); the pattern of NULs that UTF-16 without a mark
// leaves in western text and in markup; bytes above 127 that are valid UTF-8,
// whatever was declared, as no other encoding comes out so by accident; the
// declared encoding, which may be "" or unknown; windows-1252. Text that is
// UTF-8 but for a few bytes keeps U+FFFD in their place. Valid UTF-8 without
// a mark is returned unchanged. The error is ErrBinary.
func Decode(data []byte, declared string) (string, error) {
	enc, data := detect(data, declared)
	var s string
	if enc == nil {
		s = strings.ToValidUTF8(string(data), "\uFFFD")
	} else {
		out, err := enc.NewDecoder().Bytes(data)
		if err != nil {
			return "", ErrBinary
		}
		s = string(out)
	}
	if IsBinary(s) {
		return "", ErrBinary
	}
	return s, nil
}

var marks = []struct {
	mark []byte
	enc  encoding.Encoding // nil for UTF-8
}{
	{[]byte("\xEF\xBB\xBF"), nil},
	{[]byte("\xFF\xFE\x00\x00"), utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)}, // before UTF-16, whose mark it starts with
	{[]byte("\x00\x00\xFE\xFF"), utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)},
	{[]byte("\xFF\xFE"), unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
	{[]byte("\xFE\xFF"), unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
}

// detect returns the encoding, nil for UTF-8, and data without its mark.
func detect(data []byte, declared string) (encoding.Encoding, []byte) {
	for _, m := range marks {
		if rest, ok := bytes.CutPrefix(data, m.mark); ok {
			return m.enc, rest
		}
	}
	if enc := wide(data); enc != nil {
		return enc, data
	}
	good, bad := countUTF8(data)
	if good > 0 && bad == 0 {
		return nil, data
	}
	// A page that could be read as far as its declaration is not UTF-16.
	if enc, name := charset.Lookup(declared); enc != nil && !strings.HasPrefix(name, "utf-") && name != "replacement" {
		return enc, data
	}
	if good >= bad {
		return nil, data
	}
	return charmap.Windows1252, data
}

// wide recognises UTF-16 without a mark by NULs in every second byte.
func wide(data []byte) encoding.Encoding {
	sample := data[:min(len(data), 4<<10)&^1]
	var nul [2]int
	for i, b := range sample {
		if b == 0 {
			nul[i&1]++
		}
	}
	pairs := len(sample) / 2
	switch {
	case pairs < 2:
	case nul[1]*10 >= pairs*4 && nul[0]*20 <= pairs:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case nul[0]*10 >= pairs*4 && nul[1]*20 <= pairs:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}

// countUTF8 counts the characters above 127 and the bytes that are no UTF-8.
func countUTF8(data []byte) (good, bad int) {
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		i += n
	}
	return good, bad
}

// IsBinary reports whether s is something else than text: a PDF file, or more
// than one control character in a hundred, line ends and tabs apart.
func IsBinary(s string) bool {
	if strings.HasPrefix(s, "%PDF-") {
		return true
	}
	control := 0
	for i := range len(s) {
		if b := s[i]; b < ' ' && (b < '\t' || b > '\r') || b == 0x7F {
			control++
		}
	}
	return control > 4+len(s)/100
}
