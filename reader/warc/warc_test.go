package warc

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
)

// record writes a record, headers being "Name: value" lines.
func record(kind, address, block string, headers ...string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n",
		kind, address, lines(headers), len(block), block)
}

// response writes a record of an answer of status 200.
func response(address, body string, headers ...string) string {
	return record("response", address, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"+lines(headers)+"\r\n"+body, "Content-Type: application/http; msgtype=response")
}

func lines(headers []string) string {
	var s strings.Builder
	for _, h := range headers {
		s.WriteString(h + "\r\n")
	}
	return s.String()
}

// pack writes a gzip member.
func pack(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, s)
	w.Close()
	return b.String()
}

// outcomes reads a file: the path of each record's address, or its error.
func outcomes(t testing.TB, in io.Reader, limit int64) (got []string) {
	t.Helper()
	r := NewReader(in, limit)
	for {
		rec, err := r.Next()
		var bad *Error
		switch {
		case errors.Is(err, io.EOF):
			return got
		case errors.As(err, &bad):
			got = append(got, bad.Error())
		case err != nil:
			return append(got, "file: "+err.Error())
		default:
			_, path, _ := strings.Cut(rec.Header.Get("warc-target-uri"), ".example")
			got = append(got, fmt.Sprintf("%s @%d %d", path, rec.Offset, len(rec.Block)))
		}
		if len(got) > 1000 {
			t.Fatal("no end")
		}
	}
}

func check(t *testing.T, name string, got, want []string) {
	t.Helper()
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("%s: got\n%s\nwant\n%s", name, g, w)
	}
}

// a, b and c are records of one length.
var (
	a = record("resource", "http://gazette.example/a", strings.Repeat("<p>a", 25))
	b = record("resource", "http://gazette.example/b", strings.Repeat("<p>b", 25))
	c = record("resource", "http://gazette.example/c", strings.Repeat("<p>c", 25))
	n = len(a)
)

func TestNextPlain(t *testing.T) {
	at := func(i int) string { return fmt.Sprint(i) }
	stated := func(length string) string {
		return strings.Replace(b, "Content-Length: 100", "Content-Length: "+length, 1)
	}
	tests := []struct {
		name, in string
		want     []string
	}{
		{"good", a + b, []string{"/a @0 100", "/b @" + at(n) + " 100"}},
		{"version 1.1, bare line ends", strings.ReplaceAll(strings.ReplaceAll(a, "1.0", "1.1"), "\r", "") + b, []string{"/a @0 100", "/b @" + at(n-7) + " 100"}},
		{"no line ends after the last", strings.TrimSpace(a), []string{"/a @0 100"}},
		{"line ends in front and too many between", "\r\n\n" + a + "\n\n\n" + b, []string{"/a @3 100", "/b @" + at(n+6) + " 100"}},
		{"one line end between", strings.TrimSuffix(a, "\r\n") + b, []string{"/a @0 100", "/b @" + at(n-2) + " 100"}},
		{"garbage between", a + "garbage WARC/1. WARC/1.x\r\n" + b, []string{"/a @0 100", "at byte " + at(n) + ": broken record: no record begins here", "/b @" + at(n+26) + " 100"}},
		{"too long", a + stated("150") + c + a, []string{"/a @0 100", "at byte " + at(n) + ": broken record: it does not end after 150 bytes", "/c @" + at(2*n) + " 100", "/a @" + at(3*n) + " 100"}},
		{"too short", a + stated("050") + c, []string{"/a @0 100", "at byte " + at(n) + ": broken record: it does not end after 50 bytes", "/c @" + at(2*n) + " 100"}},
		{"longer than the file", a + stated("900") + c, []string{"/a @0 100", "at byte " + at(n) + fmt.Sprintf(": broken record: it ends after %d of 900 bytes", 104+n), "/c @" + at(2*n) + " 100"}},
		{"over the limit", a + stated("1001") + c, []string{"/a @0 100", "/b @" + at(n) + " " + at(104+n), "at byte " + at(n) + ": broken record: it ends 897 bytes early", "/c @" + at(2*n+1) + " 100"}},
		{"as long as a number can be", stated("9223372036854775807") + c, []string{"/b @0 " + at(104+n), "at byte 0: broken record: it ends 9223372036854775703 bytes early", "/c @" + at(n+16) + " 100"}},
		{"longer than a number can be", stated("9223372036854775808") + c, []string{`at byte 0: broken record: its length is "9223372036854775808"`, "/c @" + at(n+16) + " 100"}},
		{"negative", stated("-1") + c, []string{`at byte 0: broken record: its length is "-1"`, "/c @" + at(n-1) + " 100"}},
		{"no length", strings.Replace(b, "Content-Length", "Length", 1) + c, []string{`at byte 0: broken record: its length is ""`, "/c @" + at(n-8) + " 100"}},
		{"cut in the header", a + b[:30], []string{"/a @0 100", "at byte " + at(n) + ": broken record: its header has no end"}},
		{"cut in the block", a + b[:n-50], []string{"/a @0 100", "at byte " + at(n) + ": broken record: it ends after 54 of 100 bytes"}},
		{"cut in the block, another follows", a + b[:n-50] + c + a, []string{"/a @0 100", "at byte " + at(n) + ": broken record: it does not end after 100 bytes", "/c @" + at(2*n-50) + " 100", "/a @" + at(3*n-50) + " 100"}},
		{"header without an end", "WARC/1.0\r\n" + strings.Repeat("X: y\r\n", 20_000) + a, []string{"at byte 0: broken record: its header has no end", "/a @120010 100"}},
		{"another version", "WARC/0.9\r\n\r\n" + a, []string{"at byte 0: broken record: no record begins here", "/a @12 100"}},
		{"empty", "", nil},
	}
	for _, tt := range tests {
		const limit = 1000
		check(t, tt.name, outcomes(t, strings.NewReader(tt.in), limit), tt.want)
		check(t, tt.name+", byte by byte", outcomes(t, iotest.OneByteReader(strings.NewReader(tt.in)), limit), tt.want)
	}
}

func TestNextLargeBlock(t *testing.T) {
	large := record("resource", "http://gazette.example/large", strings.Repeat("x", 300_000))
	for name, in := range map[string]string{"plain": a + large + b, "one member": pack(a + large + b), "members": pack(a) + pack(large) + pack(b)} {
		got := outcomes(t, strings.NewReader(in), 1000)
		if len(got) != 3 || !strings.HasPrefix(got[1], "/large") || !strings.HasPrefix(got[2], "/b") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestNextCompressed(t *testing.T) {
	A, B, C := pack(a), pack(b), pack(c)
	at := func(parts ...string) string { return fmt.Sprint(len(strings.Join(parts, ""))) }
	sum := []byte(B)
	sum[len(sum)-8]++
	tests := []struct {
		name, in string
		want     []string
	}{
		{"good", A + B, []string{"/a @0 100", "/b @" + at(A) + " 100"}},
		{"several records in a member", pack(a+b) + C, []string{"/a @0 100", "/b @0 100", "/c @" + at(pack(a+b)) + " 100"}},
		{"garbage between", A + "some garbage" + C, []string{"/a @0 100", "at byte " + at(A) + ": broken record: no gzip member begins here", "/c @" + at(A, "some garbage") + " 100"}},
		{"garbage in front", "some garbage" + A, []string{"at byte 0: broken record: no gzip member begins here", "/a @12 100"}},
		{"garbage at the end", A + "x", []string{"/a @0 100", "at byte " + at(A) + ": broken record: no gzip member begins here"}},
		{"wrong sum", A + string(sum) + C, []string{"/a @0 100", "at byte " + at(A) + ": broken record: gzip: invalid checksum", "/c @" + at(A, B) + " 100"}},
		{"cut at the end", A + B[:len(B)-9], []string{"/a @0 100", "at byte " + at(A) + ": broken record: unexpected EOF"}},
		{"cut in the sum", A + B[:len(B)-3], []string{"/a @0 100", "at byte " + at(A) + ": broken record: unexpected EOF"}},
		{"cut in the header", A + B[:7], []string{"/a @0 100", "at byte " + at(A) + ": broken record: no gzip member begins here"}},
		{"no record in a member", A + pack("nothing") + C, []string{"/a @0 100", "at byte " + at(A) + ": broken record: no record begins here", "/c @" + at(A, pack("nothing")) + " 100"}},
		{"an empty member", A + pack("") + C, []string{"/a @0 100", "/c @" + at(A, pack("")) + " 100"}},
		{"a member in a member's beginning", "\x1f\x8b\x08\x1f\x8b\x08" + A, []string{"at byte 0: broken record: no gzip member begins here", "/a @6 100"}},
	}
	for _, tt := range tests {
		check(t, tt.name, outcomes(t, strings.NewReader(tt.in), 1000), tt.want)
		check(t, tt.name+", byte by byte", outcomes(t, iotest.OneByteReader(strings.NewReader(tt.in)), 1000), tt.want)
	}
}

// However a member is cut short or changed, the others are read.
func TestNextAfterBrokenMember(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	words := func() string {
		var s strings.Builder
		for range 400 {
			fmt.Fprintf(&s, "%c%d ", 'a'+r.IntN(26), r.IntN(5000))
		}
		return s.String()
	}
	member := func(name string) string { return pack(record("resource", "http://gazette.example/"+name, words())) }
	A, B, C, D := member("a"), member("b"), member("c"), member("d")
	for i := range len(B) - 1 {
		changed := []byte(B)
		changed[i] ^= byte(1 + r.IntN(255))
		for name, broken := range map[string]string{"cut": B[:i+1], "changed": string(changed)} {
			got := strings.Join(outcomes(t, strings.NewReader(A+broken+C+D), 10_000), "\n")
			if strings.Count(got, "at byte") > 1 || !strings.Contains(got, "/a @") || !strings.Contains(got, "/c @") || !strings.Contains(got, "/d @") {
				t.Fatalf("%s at %d:\n%s", name, i, got)
			}
		}
	}
}

func TestNextFileError(t *testing.T) {
	for name, in := range map[string]string{"plain": a + b[:50], "members": pack(a) + pack(b)[:50]} {
		got := outcomes(t, io.MultiReader(strings.NewReader(in), iotest.ErrReader(errors.New("disk gone"))), 1000)
		if len(got) != 2 || got[1] != "file: disk gone" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// endless repeats a file.
type endless struct {
	part string
	left int64
	at   int
}

func (e *endless) Read(p []byte) (int, error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	n := copy(p, e.part[e.at:])
	e.at = (e.at + n) % len(e.part)
	e.left -= int64(n)
	return n, nil
}

// Memory does not depend on the size of a file, nor on what lengths it states.
func TestNextMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: reads gigabytes")
	}
	bomb := pack("WARC/1.0\r\nContent-Length: 9000000000\r\n\r\n" + strings.Repeat("x", 50<<20))
	for name, part := range map[string]string{
		"plain":        a + record("response", "http://gazette.example/x", strings.Repeat("x", 100_000)),
		"wrong length": "WARC/1.0\r\nContent-Length: 1000000\r\n\r\n" + strings.Repeat("x", 50_000),
		"garbage":      strings.Repeat("WARC/1.", 100),
		"bombs":        bomb,
	} {
		size := int64(256 << 20)
		if name == "bombs" {
			size = int64(len(bomb)) * 10
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		r := NewReader(&endless{part: part, left: size}, 1<<20)
		for {
			_, err := r.Next()
			var bad *Error
			if err != nil && !errors.As(err, &bad) {
				break
			}
		}
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(r)
		if held := int64(after.HeapSys) - int64(before.HeapSys); held > 32<<20 {
			t.Errorf("%s: the heap grew by %d MB", name, held>>20)
		}
	}
}

// stored writes a gzip member without compression, whose sum is wrong unless
// sum is set.
func stored(s string, sum bool) string {
	b := []byte{0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF, 1}
	b = binary.LittleEndian.AppendUint16(b, uint16(len(s)))
	b = binary.LittleEndian.AppendUint16(b, ^uint16(len(s)))
	b = append(b, s...)
	check := crc32.ChecksumIEEE([]byte(s))
	if !sum {
		check++
	}
	b = binary.LittleEndian.AppendUint32(b, check)
	return string(binary.LittleEndian.AppendUint32(b, uint32(len(s))))
}

// Broken members within one another do not make reading slow: what is gone
// back for is bounded.
func TestNextNestedMembers(t *testing.T) {
	var in string
	for len(in) < 60_000 {
		in = stored("WARC/1.0\r\nContent-Length: 100\r\n\r\n"+in, false)
	}
	got := &counting{in: strings.NewReader(strings.Repeat(in, 100))}
	r := NewReader(got, 1<<20)
	for {
		_, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
	}
	if r.reread > 2*got.n+maxTape {
		t.Errorf("%d bytes read again of %d", r.reread, got.n)
	}
}

type counting struct {
	in io.Reader
	n  int64
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	c.n += int64(n)
	return n, err
}
