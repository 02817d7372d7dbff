package server

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	fastgzip "github.com/klauspost/compress/gzip"
)

// leastCompressed is the size in bytes from which compressing pays.
const leastCompressed = 1024

// send answers with a whole body: with nothing but its tag if the visitor has
// it, else compressed if the visitor can read that.
func (s *Server) send(w http.ResponseWriter, r *http.Request, status int, kind string, body []byte) {
	tag := ""
	if status == http.StatusOK {
		tag = tagOf(body)
	}
	sendCoded(w, r, status, kind, tag, len(body) >= leastCompressed, func(coding string) []byte {
		if coding == "" {
			return body
		}
		return s.encoders.compress(body, coding)
	})
}

// sendCoded answers with a body in the coding that the visitor can read, if it
// is worth one, and with nothing but its tag if the visitor has it.
func sendCoded(w http.ResponseWriter, r *http.Request, status int, kind, tag string, worth bool, coded func(coding string) []byte) {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Add("Vary", "Accept-Encoding")
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-cache") // to be kept, and asked about each time
	}
	if tag != "" {
		h.Set("ETag", tag)
		if has(r.Header.Values("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	coding := ""
	if worth {
		coding = codingFor(r)
	}
	if coding != "" {
		h.Set("Content-Encoding", coding)
	}
	body := coded(coding)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // fails if the visitor has gone, which ends the request anyway
}

// tagOf names a body. It is weak, as the same tag is given to each compression.
func tagOf(body []byte) string {
	sum := sha256.Sum256(body)
	return `W/"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
}

// has reports whether a tag is among those that a visitor has.
func has(lists []string, tag string) bool {
	for _, list := range lists {
		for one := range strings.SplitSeq(list, ",") {
			if one = strings.TrimSpace(one); one == "*" || strings.TrimPrefix(one, "W/") == strings.TrimPrefix(tag, "W/") {
				return true
			}
		}
	}
	return false
}

// codingFor is the best coding that a visitor can read: "br", "gzip" or "".
func codingFor(r *http.Request) string {
	best := ""
	for one := range strings.SplitSeq(strings.Join(r.Header.Values("Accept-Encoding"), ","), ",") {
		name, quality, _ := strings.Cut(one, ";")
		if _, q, ok := strings.Cut(quality, "="); ok {
			if f, err := strconv.ParseFloat(strings.TrimSpace(q), 64); err != nil || f <= 0 {
				continue
			}
		}
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "br":
			return "br"
		case "gzip":
			best = "gzip"
		}
	}
	return best
}

// Levels of compression of what is sent once: quick ones.
const (
	quickBrotli = 3
	quickGzip   = 3
)

// encoder compresses one body after the other.
type encoder interface {
	io.WriteCloser
	Reset(io.Writer)
}

// encoders are those at rest, by coding. Each takes up to a megabyte to make.
type encoders map[string]*sync.Pool

func newEncoders() encoders {
	return encoders{
		"br": {New: func() any { return brotli.NewWriterLevel(nil, quickBrotli) }},
		"gzip": {New: func() any {
			w, _ := fastgzip.NewWriterLevel(nil, quickGzip) // an error only for other levels
			return w
		}},
	}
}

// compress gives a body in a coding.
func (e encoders) compress(body []byte, coding string) []byte {
	w := e[coding].Get().(encoder)
	defer e[coding].Put(w)
	return encoded(w, body)
}

// smallest gives a body in a coding, as small as it can be, for what is sent
// often.
func smallest(body []byte, coding string) []byte {
	if coding == "br" {
		return encoded(brotli.NewWriterLevel(nil, brotli.BestCompression), body)
	}
	w, _ := gzip.NewWriterLevel(nil, gzip.BestCompression) // an error only for other levels
	return encoded(w, body)
}

// encoded compresses to memory, which does not fail.
func encoded(w encoder, body []byte) []byte {
	var b bytes.Buffer
	w.Reset(&b)
	_, _ = w.Write(body)
	_ = w.Close()
	return b.Bytes()
}
