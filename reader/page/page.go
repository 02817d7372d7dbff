// Package page turns an HTML page into an article: its main text and what it
// says about itself.
package page

import (
	"errors"
	"net/url"
	"strings"
	"unicode/utf8"

	readability "codeberg.org/readeck/go-readability/v2"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"onrecord/article"
)

// ErrNoText says that a page has no text to read.
var ErrNoText = errors.New("no text found")

// The extractors cannot be stopped, so that what they are given is bounded:
// trafilatura's time grows with the square of a page, readability's memory is
// about a kilobyte a node. Pages beyond are read token by token.
const (
	maxNodesTrafilatura = 50_000
	maxBytesTrafilatura = 2 << 20 // of text and tags, scripts not counted
	maxNodesTree        = 200_000
	maxBytesTree        = 16 << 20

	// Both visit a text once for each element around it, several times over.
	maxVisits = 200 << 20
)

// minText is the length in bytes below which the extractors' choice is not
// trusted; it is trafilatura's own limit.
const minText = 250

// Extract reads a page that is decoded to UTF-8. The address is where it was
// found, "" if unknown; it makes the page's own links absolute and stands in
// for a canonical address.
//
// The body has its paragraphs (also headings, list items and table cells)
// separated by an empty line, line breaks as they are in the page, marks and
// words unchanged. A headline that stands in the main text is in the body only
// where it is another one than Title. Outlet, Title, Byline, Published,
// Language and URL are as declared in JSON-LD, OpenGraph and meta elements,
// then as found on the page, and zero otherwise; ID and Origin are left to the
// caller.
//
// Work is linear in the page beyond 2 MB of text or 50,000 nodes. The error is
// ErrNoText, with the metadata that was found.
func Extract(page, address string) (article.Article, error) {
	page = strings.ToValidUTF8(page, string(utf8.RuneError))
	o := scan(page)
	a, ld := metadata(o, address)
	if o.nodes <= maxNodesTree && o.textBytes <= maxBytesTree {
		a.Body = fromTree(page, o, &a)
	}
	if told := paragraphs(ld.body); len(a.Body) < minText && len(told) > len(a.Body) {
		a.Body = told
	}
	if a.Body == "" {
		a.Body = rescue(page)
	}
	a.Body = withoutHeadline(a.Body, a.Title)
	if a.Body == "" {
		return a, ErrNoText
	}
	return a, nil
}

// withoutHeadline leaves out a first paragraph that is the title again, unless
// it is all there is.
func withoutHeadline(body, title string) string {
	first, rest, found := strings.Cut(body, "\n\n")
	if found && title != "" && strings.EqualFold(strings.Join(strings.Fields(first), " "), strings.Join(strings.Fields(title), " ")) {
		return rest
	}
	return body
}

// fromTree runs the extractors; it fills what trafilatura alone knows into a.
func fromTree(page string, o outline, a *article.Article) string {
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil { // nested too deep
		return ""
	}
	if prepare(doc) > maxVisits {
		return ""
	}
	base, _ := url.Parse(a.URL)
	var body string
	if o.nodes <= maxNodesTrafilatura && o.textBytes <= maxBytesTrafilatura {
		body = byTrafilatura(doc, base, a)
		if len(body) >= minText && strings.Contains(body, "\n") {
			return body
		}
	}
	// What trafilatura falls back to when it finds no main text is a single
	// paragraph of everything, at times twice.
	if other := byReadability(doc, base); len(other) >= minText && len(other) > len(body)*2/3 {
		return other
	}
	if len(body) < minText {
		return "" // too little for an extractor to choose from
	}
	return body
}

func byTrafilatura(doc *html.Node, base *url.URL, a *article.Article) (body string) {
	// A page that breaks the library is left to the next one.
	defer func() {
		if recover() != nil {
			body = ""
		}
	}()
	opts := trafilatura.Options{OriginalURL: base, ExcludeComments: true, HtmlDateMode: trafilatura.Fast}
	if !a.Published.IsZero() {
		opts.HtmlDateMode = trafilatura.Disabled
	}
	found, err := trafilatura.ExtractDocument(doc, opts)
	if err != nil || found.ContentNode == nil {
		return ""
	}
	if len(a.Byline) == 0 && found.Metadata.Author != "" {
		a.Byline = byline(strings.Split(found.Metadata.Author, "; "))
	}
	if a.Published.IsZero() && guessed(found.Metadata.Date) {
		a.Published, a.DateOnly = found.Metadata.Date, true
	}
	return Text(found.ContentNode)
}

func byReadability(doc *html.Node, base *url.URL) (body string) {
	defer func() {
		if recover() != nil {
			body = ""
		}
	}()
	if base == nil {
		base = &url.URL{}
	}
	found, err := readability.FromDocument(doc, base)
	if err != nil || found.Node == nil {
		return ""
	}
	return Text(found.Node)
}

// paragraphs tidies plain text as Text does.
func paragraphs(s string) string {
	var w writer
	for line := range strings.Lines(s) {
		w.write(line)
		w.add(paragraphBreak)
	}
	return w.text.String()
}

// prepare puts into the tree what the extractors would lose, the marks that a
// browser shows around <q> and the source line of a block quotation, and takes
// out scripts, whose JSON-LD trafilatura would take for the main text. It
// returns the sum of the bytes of all nodes, each times its depth.
func prepare(doc *html.Node) (visits int) {
	const nodeCost = 32 // bytes of text that take as long as an element
	var walk func(n *html.Node, depth, inQuote, inQ int)
	walk = func(n *html.Node, depth, inQuote, inQ int) {
		visits += nodeCost * depth
		if n.Type == html.TextNode {
			visits += len(n.Data) * depth
		}
		switch n.DataAtom {
		case atom.Blockquote:
			inQuote++
		case atom.Footer:
			if inQuote > 0 {
				n.Data, n.DataAtom = "p", atom.P
			}
		case atom.Q:
			marks := [][2]string{{"“", "”"}, {"‘", "’"}}[inQ%2]
			inQ++
			n.Data, n.DataAtom = "span", atom.Span
			n.InsertBefore(&html.Node{Type: html.TextNode, Data: marks[0]}, n.FirstChild)
			n.AppendChild(&html.Node{Type: html.TextNode, Data: marks[1]})
		}
		for c := n.FirstChild; c != nil; {
			next := c.NextSibling
			if c.DataAtom == atom.Script {
				n.RemoveChild(c)
			} else {
				walk(c, depth+1, inQuote, inQ)
			}
			c = next
		}
	}
	walk(doc, 0, 0, 0)
	return visits
}
