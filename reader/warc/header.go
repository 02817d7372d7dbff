package warc

import (
	"bytes"
	"strings"
)

// Header is the lines "Name: value" of a WARC record or of an HTTP answer.
type Header []byte

// Get returns the value of the first field of that name, in letters of
// whatever case, as valid UTF-8; "" if there is none. Lines that are no field
// are passed over, also those that continue a value.
func (h Header) Get(name string) string {
	for line := range bytes.Lines(h) {
		if len(line) > len(name) && line[len(name)] == ':' && bytes.EqualFold(line[:len(name)], []byte(name)) {
			return strings.ToValidUTF8(string(bytes.TrimSpace(line[len(name)+1:])), "\uFFFD")
		}
	}
	return ""
}

// cutHeader splits off the fields before an empty line; length counts that line too.
func cutHeader(data []byte) (fields []byte, length int, ok bool) {
	data = data[:min(len(data), maxHeader)]
	for at := 0; ; {
		n := bytes.IndexByte(data[at:], '\n')
		if n < 0 {
			return nil, 0, false
		}
		if n == 0 || n == 1 && data[at] == '\r' {
			return data[:at], at + n + 1, true
		}
		at += n + 1
	}
}

// longestStart is the length of the line that every record begins with.
const longestStart = len("WARC/1.0\r\n")

// startOf returns the length of the line that a record begins with, 0 if none does.
func startOf(data []byte) int {
	rest, ok := bytes.CutPrefix(data, []byte("WARC/1."))
	if !ok || len(rest) < 2 || rest[0] < '0' || rest[0] > '9' {
		return 0
	}
	switch rest = rest[1:]; {
	case rest[0] == '\n':
		return longestStart - 1
	case bytes.HasPrefix(rest, []byte("\r\n")):
		return longestStart
	}
	return 0
}

// findStart returns where a record may begin, -1 if nowhere.
func findStart(data []byte) int {
	for at := 0; ; at++ {
		i := bytes.Index(data[at:], []byte("WARC/1."))
		if i < 0 {
			return -1
		}
		if at += i; startOf(data[at:]) > 0 {
			return at
		}
	}
}
