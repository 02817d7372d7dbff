package reader

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/gzip"

	"onrecord/article"
	"onrecord/reader/charset"
	"onrecord/reader/page"
)

// format is how an input is written.
type format int

const (
	unknown format = iota
	plainText
	htmlPage
	markdown
	jsonLines
	webArchive // WARC, compressed or not
	parquetTable
)

// formatOf goes by the ending of a path, "b.txt.gz" being a text too.
func formatOf(name string) format {
	switch strings.ToLower(path.Ext(withoutGzip(name))) {
	case ".txt":
		return plainText
	case ".html", ".htm":
		return htmlPage
	case ".md":
		return markdown
	case ".jsonl", ".json":
		return jsonLines
	case ".warc":
		return webArchive
	case ".parquet":
		return parquetTable
	}
	return unknown
}

// inFolder reports whether a file is read that nobody named. Of .json files
// only those of the Global Quotation Graph are, as others are about anything.
func inFolder(name string) bool {
	name = strings.ToLower(withoutGzip(name))
	return formatOf(name) != unknown && (path.Ext(name) != ".json" || strings.HasSuffix(name, ".gqg.json"))
}

func withoutGzip(name string) string {
	if strings.EqualFold(path.Ext(name), ".gz") {
		return name[:len(name)-len(".gz")]
	}
	return name
}

// formatOfType goes by a Content-Type header, and by the address where that
// says no more than "text".
func formatOfType(contentType, address string) format {
	media, _, _ := mime.ParseMediaType(contentType)
	switch media {
	case "text/html", "application/xhtml+xml":
		return htmlPage
	case "text/markdown":
		return markdown
	case "application/jsonl", "application/x-ndjson", "application/x-jsonlines":
		return jsonLines
	case "text/plain":
		if u, err := url.Parse(address); err == nil {
			if f := formatOf(u.Path); f == markdown || f == jsonLines {
				return f
			}
		}
		return plainText
	}
	return unknown
}

// sniff goes by the beginning of the content.
func sniff(head []byte) format {
	switch {
	case bytes.HasPrefix(head, []byte("WARC/")):
		return webArchive
	case bytes.HasPrefix(head, []byte("PAR1")):
		return parquetTable
	}
	s, _ := charset.Decode(head, "")
	s = strings.TrimSpace(s)
	if rest, ok := strings.CutPrefix(s, "{"); ok && strings.HasPrefix(strings.TrimSpace(rest), `"`) {
		return jsonLines
	}
	if strings.HasPrefix(http.DetectContentType([]byte(s)), "text/html") || strings.HasPrefix(s, "<?xml") && strings.Contains(s, "<html") {
		return htmlPage
	}
	return plainText
}

// path reads a file or a folder that the caller named.
func (r *run) path(name string) bool {
	found := false
	for file, err := range files(name) {
		found = true
		if err != nil {
			if !r.fail(file, 0, err) {
				return false
			}
		} else if !r.file(file) {
			return false
		}
	}
	return found || r.fail(name, 0, fmt.Errorf("%w: no file of a kind that is read", ErrEmpty))
}

// files yields the files of a path: itself or, if it is a folder, what is in it
// and in those below, but for hidden entries and READMEs, which are about a
// folder. Links to files are followed, links to folders are not, as they may
// lead back. An error comes with the path that it is about.
func files(name string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		if info, err := os.Stat(name); err != nil || !info.IsDir() {
			yield(name, err)
			return
		}
		folder(name, yield)
	}
}

func folder(name string, yield func(string, error) bool) bool {
	entries, err := os.ReadDir(name) // in the order of names
	if err != nil {
		return yield(name, err)
	}
	for _, e := range entries {
		full := filepath.Join(name, e.Name())
		switch {
		case strings.HasPrefix(e.Name(), "."), strings.HasPrefix(strings.ToUpper(e.Name()), "README."):
			continue
		case e.IsDir():
			if !folder(full, yield) {
				return false
			}
			continue
		case !inFolder(full):
			continue
		}
		if info, err := os.Stat(full); err == nil && !info.Mode().IsRegular() {
			continue
		}
		if !yield(full, nil) {
			return false
		}
	}
	return true
}

func (r *run) file(name string) bool {
	if !r.goOn() {
		return false
	}
	f, err := os.Open(name)
	if err != nil {
		return r.fail(name, 0, err)
	}
	defer f.Close()
	m := newMeter(f, r.opts.Read)
	defer m.close()
	return r.stream(m, name, formatOf(name))
}

// stream reads a file or standard input, compressed by gzip or not.
func (r *run) stream(in io.Reader, origin string, f format) bool {
	packed := bufio.NewReaderSize(in, headSize)
	head, err := packed.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return r.fail(origin, 0, err)
	}
	file, _ := in.(*meter)
	content, ok := gunzipHead(head)
	if ok && f == unknown {
		f = sniff(content)
	}
	if !ok || f == webArchive { // whose gzip members are not to be joined
		return r.content(file, packed, origin, f)
	}
	unpacked, err := gzip.NewReader(packed)
	if err != nil {
		return r.fail(origin, 0, err)
	}
	return r.content(nil, bufio.NewReaderSize(unpacked, headSize), origin, f)
}

// content reads what buffered has; file is where that is from, if it is one.
func (r *run) content(file *meter, buffered *bufio.Reader, origin string, f format) bool {
	head, err := buffered.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return r.fail(origin, 0, err)
	}
	switch f = cmp.Or(f, sniff(head)); {
	case f == webArchive:
		return r.archive(buffered, origin)
	case f == parquetTable:
		return r.table(file, buffered, origin)
	case f == jsonLines && isDocument(head):
		return r.fail(origin, 0, fmt.Errorf("%w: JSON, but not an object a line", ErrRecord))
	case f == jsonLines:
		return r.lines(buffered, origin)
	}
	data, err := readAll(buffered, r.opts.MaxFile)
	if err != nil {
		return r.fail(origin, 0, err)
	}
	one := input{origin: origin, parse: func() (article.Article, error) { return parse(data, f, "", "") }}
	if origin != "-" {
		name := filepath.Base(withoutGzip(origin))
		one.name = strings.TrimSuffix(name, filepath.Ext(name))
	}
	return r.article(one, len(data))
}

func (r *run) address(address string) bool {
	got, err := r.client.Get(r.ctx, address)
	if err != nil {
		if !r.goOn() {
			return false
		}
		if errors.Is(err, context.DeadlineExceeded) {
			err = fmt.Errorf("no complete answer in time: %w", err)
		}
		return r.fail(address, 0, err)
	}
	f := formatOfType(got.ContentType, got.Address)
	if f == unknown {
		f = sniff(got.Body[:min(len(got.Body), 4<<10)])
	}
	if f == jsonLines {
		return r.lines(bufio.NewReader(bytes.NewReader(got.Body)), address)
	}
	return r.page(address, got.Body, f, got.ContentType, got.Address)
}

// page hands on what an address answered, now or to a crawler.
func (r *run) page(origin string, body []byte, f format, contentType, address string) bool {
	return r.article(input{origin: origin, parse: func() (article.Article, error) {
		a, err := parse(body, f, contentType, address)
		a.URL = cmp.Or(a.URL, address)
		return a, err
	}}, len(body))
}

// host stands in for an outlet's name; "" without an address.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}

// readAll fails instead of truncating.
func readAll(in io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(in, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("%w: over %d bytes", ErrTooLarge, limit)
	}
	return data, nil
}

// parse reads a single article; contentType and address are those of an answer
// from the network.
func parse(data []byte, f format, contentType, address string) (article.Article, error) {
	var head []byte // where a declaration may stand
	if f == htmlPage {
		head = data
	}
	s, err := charset.Decode(data, charset.Declared(contentType, head))
	if err != nil {
		return article.Article{}, err
	}
	var a article.Article
	switch f {
	case htmlPage:
		a, err = page.Extract(s, address)
	case markdown:
		a, err = parseMarkdown(s)
	default:
		a.Body = s
	}
	if err == nil && strings.TrimSpace(a.Body) == "" {
		err = ErrNoText
	}
	return a, err
}
