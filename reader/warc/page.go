package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
)

// Page is an HTML page as a server sent it.
type Page struct {
	Address     string // WARC-Target-URI
	ContentType string // with the charset, if the server stated one
	Body        []byte // in the server's charset, its transfer and content encodings undone
}

// Page returns the HTML page that a record holds: a response of status 200, or
// a resource. It is nil for everything else: other types of records, among
// them revisits, whose page stands elsewhere, and other types of content. The
// page is valid as long as the record. The error wraps ErrTooLarge or ErrBroken.
func (r *Record) Page() (*Page, error) {
	// Brackets around it are an error of older writers.
	p := &Page{Address: strings.Trim(r.Header.Get("WARC-Target-URI"), "<>")}
	header, body := r.Header, r.Block
	kind := r.Header.Get("WARC-Type")
	switch kind {
	case "resource":
	case "response":
		status, rest, _ := bytes.Cut(body[:min(len(body), 2*maxHeader)], []byte("\n"))
		if f := bytes.Fields(status); len(f) < 2 || !bytes.HasPrefix(f[0], []byte("HTTP/")) || string(f[1]) != "200" {
			return nil, nil
		}
		fields, length, ok := cutHeader(rest)
		if !ok {
			return nil, fmt.Errorf("%w: its HTTP header has no end", ErrBroken)
		}
		header, body = fields, body[len(status)+1+length:]
	default:
		return nil, nil
	}
	p.ContentType = header.Get("Content-Type")
	if !isHTML(p.ContentType, body) {
		return nil, nil
	}
	if r.Size > int64(r.limit) {
		return nil, fmt.Errorf("%w of %d bytes: a record of %d", ErrTooLarge, r.limit, r.Size)
	}
	if kind == "response" {
		var err error
		if body, err = r.decode(header, body); err != nil {
			return nil, err
		}
	}
	p.Body = body
	return p, nil
}

func isHTML(contentType string, body []byte) bool {
	if contentType == "" {
		contentType = http.DetectContentType(body)
	}
	media, _, _ := strings.Cut(contentType, ";")
	media = strings.ToLower(strings.TrimSpace(media))
	return media == "text/html" || media == "application/xhtml+xml"
}

// decode undoes the encodings of a body, the last one first.
func (r *Record) decode(header Header, body []byte) ([]byte, error) {
	codings := strings.Split(header.Get("Content-Encoding")+","+header.Get("Transfer-Encoding"), ",")
	const most = 8
	if len(codings) > most {
		return nil, fmt.Errorf("%w: %d encodings", ErrBroken, len(codings))
	}
	for _, coding := range slices.Backward(codings) {
		coding = strings.ToLower(strings.TrimSpace(coding))
		in, err := decoder(coding, body)
		if err != nil {
			return nil, fmt.Errorf("%w: its %.20q body: %w", ErrBroken, coding, err)
		}
		if in == nil {
			continue
		}
		decoded, err := io.ReadAll(io.LimitReader(in, int64(r.limit)+1))
		switch {
		case len(decoded) > r.limit:
			return nil, fmt.Errorf("%w of %d bytes: its %.20q body", ErrTooLarge, r.limit, coding)
		case errors.Is(err, io.ErrUnexpectedEOF) && r.Header.Get("WARC-Truncated") != "":
			// The crawler took no more of it, and says so.
		case err != nil:
			return nil, fmt.Errorf("%w: its %.20q body: %w", ErrBroken, coding, err)
		}
		body = decoded
	}
	return body, nil
}

// decoder returns nil where there is nothing to undo: many crawlers store the
// decoded body beside the header that says how it was encoded.
func decoder(coding string, body []byte) (io.Reader, error) {
	in := bytes.NewReader(body)
	switch {
	case coding == "", coding == "identity", isHTML("", body):
		return nil, nil
	case coding == "chunked" && isChunked(body):
		return httputil.NewChunkedReader(in), nil
	case (coding == "gzip" || coding == "x-gzip") && bytes.HasPrefix(body, gzipMagic):
		return gzip.NewReader(in)
	case coding == "chunked", coding == "gzip", coding == "x-gzip":
		return nil, nil
	case coding == "br":
		return brotli.NewReader(in), nil
	case coding == "deflate" && len(body) > 1 && body[0]&0xF == 8 && (int(body[0])<<8|int(body[1]))%31 == 0:
		return zlib.NewReader(in)
	case coding == "deflate": // without the header of zlib, as some servers send it
		return flate.NewReader(in), nil
	}
	return nil, errors.New("not known")
}

// isChunked reports whether a line with the length of a chunk comes first.
func isChunked(body []byte) bool {
	line, _, ok := bytes.Cut(body[:min(len(body), 256)], []byte("\n"))
	size, _, _ := bytes.Cut(bytes.TrimSpace(line), []byte(";"))
	size = bytes.TrimSpace(size)
	return ok && len(size) > 0 && len(bytes.Trim(size, "0123456789abcdefABCDEF")) == 0
}
