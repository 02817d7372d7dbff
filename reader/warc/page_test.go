package warc

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

const body = "<!DOCTYPE html><p>The ferry leaves at nine."

// encode compresses s.
func encode(t *testing.T, coding, s string) string {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	switch coding {
	case "gzip":
		w = gzip.NewWriter(&b)
	case "zlib":
		w = zlib.NewWriter(&b)
	case "br":
		w = brotli.NewWriter(&b)
	case "flate":
		var err error
		if w, err = flate.NewWriter(&b, 5); err != nil {
			t.Fatal(err)
		}
	case "chunked":
		half := len(s) / 2
		return fmt.Sprintf("%x;x=y\r\n%s\r\n%X\r\n%s\r\n0\r\nTrailer: z\r\n\r\n", half, s[:half], len(s)-half, s[half:])
	}
	io.WriteString(w, s)
	w.Close()
	return b.String()
}

func TestPage(t *testing.T) {
	const address = "http://gazette.example/ferry"
	packed := encode(t, "gzip", body)
	tests := []struct{ name, record, want string }{
		{"plain", response(address, body), body},
		{"gzip", response(address, packed, "Content-Encoding: gzip"), body},
		{"old name of gzip", response(address, packed, "content-encoding:  X-GZIP "), body},
		{"zlib", response(address, encode(t, "zlib", body), "Content-Encoding: deflate"), body},
		{"raw deflate", response(address, encode(t, "flate", body), "Content-Encoding: deflate"), body},
		{"brotli", response(address, encode(t, "br", body), "Content-Encoding: br"), body},
		{"chunks", response(address, encode(t, "chunked", body), "Transfer-Encoding: chunked"), body},
		{"chunks of gzip", response(address, encode(t, "chunked", packed), "Transfer-Encoding: chunked", "Content-Encoding: gzip"), body},
		{"gzip as transfer encoding", response(address, encode(t, "chunked", packed), "Transfer-Encoding: gzip, chunked"), body},
		{"decoded by the crawler", response(address, body, "Transfer-Encoding: chunked", "Content-Encoding: br, gzip"), body},
		{"type not stated", strings.Replace(response(address, body), "text/html", strings.Repeat(" ", 9), 1), body},
		{"XHTML with parameters", record("response", address, "HTTP/1.0 200\r\nContent-Type: Application/XHTML+xml ;charset=x\r\n\r\n"+body), body},
		{"bare line ends and lines that are no fields", record("response", address, "HTTP/2 200\nrubbish\n continued\nCONTENT-TYPE: text/html\n\n"+body), body},
		{"resource", record("resource", "<"+address+">", body, "Content-Type: text/html"), body},
		{"resource of another type", record("resource", address, body, "Content-Type: text/plain"), "none"},
		{"another type", strings.Replace(response(address, body), "text/html", "image/png", 1), "none"},
		{"not found", strings.Replace(response(address, body), "200", "404", 1), "none"},
		{"no HTTP", record("response", "dns:gazette.example", "gazette.example. 60 IN A 192.0.2.1"), "none"},
		{"nothing", record("response", address, ""), "none"},
		{"revisit", strings.Replace(response(address, body), "response", "revisit ", 1), "none"},
		{"request", record("request", address, "GET /ferry HTTP/1.1\r\n\r\n"), "none"},
		{"no end of header", record("response", address, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"), "broken record: its HTTP header has no end"},
		{"empty body", response(address, ""), ""},
		{"encoding not known", response(address, "x", "Content-Encoding: pigeon"), `broken record: its "pigeon" body: not known`},
		{"too many encodings", response(address, "x", "Content-Encoding: "+strings.Repeat("gzip,", 50)), "broken record: 52 encodings"},
		{"gzip cut", response(address, packed[:30], "Content-Encoding: gzip"), `broken record: its "gzip" body: unexpected EOF`},
		{"chunk cut", response(address, "ff\r\n<p>The", "Transfer-Encoding: chunked"), `broken record: its "chunked" body: unexpected EOF`},
		{"chunk cut by the crawler", strings.Replace(response(address, "ff\r\n<p>The", "Transfer-Encoding: chunked"), "\r\n", "\r\nWARC-Truncated: length\r\n", 1), "<p>The"},
		{"bomb", response(address, encode(t, "gzip", strings.Repeat("x", 10_000)), "Content-Encoding: gzip"), `over the limit of 2000 bytes: its "gzip" body`},
		{"large", response(address, strings.Repeat("x", 2000)), "over the limit of 2000 bytes: a record of 2044"},
		{"large of another type", record("response", address, strings.Repeat("x", 9000)), "none"},
	}
	for _, tt := range tests {
		rec, err := NewReader(strings.NewReader(tt.record), 2000).Next()
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		p, err := rec.Page()
		switch {
		case err != nil:
			if err.Error() != tt.want || !errors.Is(err, ErrBroken) && !errors.Is(err, ErrTooLarge) {
				t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
			}
		case p == nil:
			if tt.want != "none" {
				t.Errorf("%s: no page", tt.name)
			}
		case string(p.Body) != tt.want || p.Address != address:
			t.Errorf("%s: got %q at %q", tt.name, p.Body, p.Address)
		}
	}
}

// Whatever a file holds, reading it comes to an end, and every offset is one
// of the file.
func FuzzReader(f *testing.F) {
	f.Add([]byte(a + b))
	f.Add([]byte(pack(a) + "x" + pack(response("http://gazette.example/d", body, "Transfer-Encoding: chunked"))))
	f.Add([]byte(stored(a, false) + stored(b, true)))
	f.Add([]byte(strings.Replace(a, "100", "1000", 1) + c))
	f.Add([]byte(strings.Replace(a, "100", "9999", 1) + c))
	f.Fuzz(func(t *testing.T, file []byte) {
		r := NewReader(bytes.NewReader(file), 2000)
		for n := 0; ; n++ {
			rec, err := r.Next()
			var bad *Error
			switch {
			case errors.Is(err, io.EOF):
				return
			case errors.As(err, &bad):
				rec.Offset = bad.Offset
			case err != nil:
				t.Fatal(err)
			default:
				if int64(len(rec.Block)) > rec.Size {
					t.Fatalf("%d bytes of %d", len(rec.Block), rec.Size)
				}
				if p, err := rec.Page(); err == nil && p != nil && len(p.Body) > 2000 {
					t.Fatalf("%d bytes", len(p.Body))
				}
			}
			if rec.Offset < 0 || rec.Offset > int64(len(file)) || n > 100*len(file) {
				t.Fatalf("offset %d of %d, outcome %d", rec.Offset, len(file), n)
			}
		}
	})
}

// FuzzPage decodes answers that no server should send.
func FuzzPage(f *testing.F) {
	f.Add("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>No\r\n0\r\n\r\n")
	f.Add("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Type: text/html\n\n\x0b\x02\x80<p>No\x03")
	f.Add("HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\nContent-Type: text/html\n\n\x78\x9c")
	f.Fuzz(func(t *testing.T, block string) {
		rec := Record{Header: Header("WARC-Type: response\r\n"), Size: int64(len(block)), Block: []byte(block), limit: 2000}
		if p, err := rec.Page(); p != nil && err != nil {
			t.Fatal("both a page and an error")
		}
	})
}

// archive has records of pages and requests as a crawl does; gzip makes a
// quarter of it, as of most pages.
func archive() string {
	var s strings.Builder
	r := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("the council met on harbour ferry said a <a href=\"/news\"> </a> speaker item of budget year after mayor street <p class=\"text\"> </p>")
	for i := range 400 {
		var page strings.Builder
		for range 3000 {
			page.WriteString(words[r.IntN(len(words))])
			if r.IntN(6) == 0 {
				fmt.Fprintf(&page, "%x", r.IntN(1<<20))
			}
			page.WriteByte(' ')
		}
		address := fmt.Sprintf("http://gazette.example/%d", i)
		s.WriteString(record("request", address, "GET / HTTP/1.1\r\nHost: gazette.example\r\n\r\n"))
		s.WriteString(response(address, page.String(), "Server: x", "Date: Sun, 02 Mar 2025 10:00:00 GMT"))
	}
	return s.String()
}

// BenchmarkReader counts uncompressed bytes: of records alone, without what is
// made of the pages.
func BenchmarkReader(b *testing.B) {
	plain := archive()
	var members strings.Builder
	for i, part := range strings.SplitAfter(plain, "\r\n\r\nWARC/1.0") {
		part = strings.TrimSuffix(part, "WARC/1.0")
		if i > 0 {
			part = "WARC/1.0" + part
		}
		members.WriteString(pack(part))
	}
	for name, file := range map[string]string{"plain": plain, "gzip": members.String()} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(plain)))
			b.ReportAllocs()
			for b.Loop() {
				r := NewReader(strings.NewReader(file), 32<<20)
				pages := 0
				for {
					rec, err := r.Next()
					if errors.Is(err, io.EOF) {
						break
					}
					if err != nil {
						b.Fatal(err)
					}
					p, err := rec.Page()
					if err != nil {
						b.Fatal(err)
					}
					if p != nil {
						pages++
					}
				}
				if pages != 400 {
					b.Fatal(pages)
				}
			}
			b.ReportMetric(float64(len(plain))/float64(len(file)), "ratio")
		})
	}
}
