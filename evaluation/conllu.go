// Package evaluation reads gold corpora and scores what was found against them.
package evaluation

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"onrecord/english"
	"onrecord/text"
)

// ReadTrees reads the dependency trees of a corpus' documents from a gzipped
// CoNLL-U file with character offsets (Start, End) and names (NER) in its last
// column, and the bodies they belong to from textDir/NAME.txt. The documents
// come in the order of the file.
func ReadTrees(path, textDir string) (names []string, docs []*english.Doc, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	scan := bufio.NewScanner(z)
	scan.Buffer(nil, 1<<20)
	var name string
	var sentences [][]row
	flush := func() error {
		if name == "" {
			return nil
		}
		doc, err := treeDoc(filepath.Join(textDir, name+".txt"), sentences)
		if err != nil {
			return err
		}
		names, docs, sentences = append(names, name), append(docs, doc), nil
		return nil
	}
	var cur []row
	for n := 1; scan.Scan(); n++ {
		line := scan.Text()
		switch {
		case strings.HasPrefix(line, "# newdoc id = "):
			if err := flush(); err != nil {
				return nil, nil, err
			}
			name = strings.TrimPrefix(line, "# newdoc id = ")
		case strings.HasPrefix(line, "#"):
		case line == "":
			if len(cur) > 0 {
				sentences, cur = append(sentences, cur), nil
			}
		default:
			r, err := parseRow(line)
			if err != nil {
				return nil, nil, fmt.Errorf("%s:%d: %w", path, n, err)
			}
			cur = append(cur, r)
		}
	}
	if err := scan.Err(); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(cur) > 0 {
		sentences = append(sentences, cur)
	}
	return names, docs, flush()
}

// row is a token line of the file, offsets in characters.
type row struct {
	form, lemma, tag, label, name string
	head, start, end              int
}

func parseRow(line string) (r row, err error) {
	c := strings.Split(line, "\t")
	if len(c) < 10 {
		return r, fmt.Errorf("%d columns instead of 10", len(c))
	}
	r.form, r.lemma, r.tag, r.label = c[1], strings.ToLower(c[2]), c[4], c[7]
	r.start, r.end = -1, -1
	if c[6] != "_" {
		if r.head, err = strconv.Atoi(c[6]); err != nil {
			return r, err
		}
	}
	for _, m := range strings.Split(c[9], "|") {
		key, value, _ := strings.Cut(m, "=")
		switch key {
		case "Start":
			r.start, err = strconv.Atoi(value)
		case "End":
			r.end, err = strconv.Atoi(value)
		case "NER":
			r.name = value
		}
		if err != nil {
			return r, err
		}
	}
	if r.start < 0 || r.end < r.start {
		return r, fmt.Errorf("token %q has no offsets", r.form)
	}
	return r, nil
}

// treeDoc puts the rows of a document over its body.
func treeDoc(path string, sentences [][]row) (*english.Doc, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	body := string(raw)
	at := byteOffsets(body)
	var spans [][]text.Span
	doc := &english.Doc{}
	for _, s := range sentences {
		var in []text.Span
		first := len(doc.Tokens)
		for _, r := range s {
			if r.end >= len(at) {
				return nil, fmt.Errorf("%s: token %q ends after the text", path, r.form)
			}
			sp := text.Span{Start: at[r.start], End: at[r.end]}
			in = append(in, sp)
			head := -1
			if r.head > 0 && r.head <= len(s) {
				head = first + r.head - 1
			}
			doc.Tokens = append(doc.Tokens, english.Token{Span: sp, Form: english.Normal(sp.Of(body)), Lemma: r.lemma, Tag: r.tag, Head: head, Label: r.label, Name: r.name})
		}
		spans = append(spans, in)
	}
	doc.Text = text.FromTokens(body, spans)
	doc.Link()
	return doc, nil
}

// byteOffsets maps a character offset to its byte offset; the last entry is
// the body's end.
func byteOffsets(body string) []int {
	at := make([]int, 0, len(body)+1)
	for i := range body {
		at = append(at, i)
	}
	return append(at, len(body))
}
