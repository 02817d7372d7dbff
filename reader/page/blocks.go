package page

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// blocks are the elements that start and end a paragraph.
var blocks = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true,
	atom.Caption: true, atom.Dd: true, atom.Details: true, atom.Div: true, atom.Dl: true, atom.Dt: true,
	atom.Figcaption: true, atom.Figure: true, atom.Footer: true, atom.H1: true, atom.H2: true, atom.H3: true,
	atom.H4: true, atom.H5: true, atom.H6: true, atom.Header: true, atom.Hr: true, atom.Li: true,
	atom.Main: true, atom.Nav: true, atom.Ol: true, atom.P: true, atom.Pre: true, atom.Section: true,
	atom.Summary: true, atom.Table: true, atom.Tbody: true, atom.Td: true, atom.Tfoot: true, atom.Th: true,
	atom.Thead: true, atom.Tr: true, atom.Ul: true,
}

// unread are the elements whose text no reader sees, or that are controls.
var unread = map[atom.Atom]bool{
	atom.Button: true, atom.Canvas: true, atom.Datalist: true, atom.Head: true, atom.Iframe: true,
	atom.Math: true, atom.Noembed: true, atom.Noframes: true, atom.Noscript: true, atom.Object: true,
	atom.Script: true, atom.Select: true, atom.Style: true, atom.Svg: true, atom.Template: true,
	atom.Textarea: true, atom.Title: true,
}

// gap is what stands between two words; a larger one includes the smaller.
type gap int

const (
	noGap gap = iota
	space
	lineBreak
	paragraphBreak
)

var gaps = [...]string{noGap: "", space: " ", lineBreak: "\n", paragraphBreak: "\n\n"}

// writer collects text as a browser shows it: white space collapsed, one
// empty line between paragraphs, none at the ends.
type writer struct {
	text strings.Builder
	next gap // owed before the next word
}

func (w *writer) add(g gap) { w.next = max(w.next, g) }

// br adds a line break; the second in a row starts a paragraph.
func (w *writer) br() {
	if w.next == lineBreak {
		w.next = paragraphBreak
	}
	w.add(lineBreak)
}

func (w *writer) write(s string) {
	for len(s) > 0 {
		i := strings.IndexAny(s, " \t\n\r\f\u00AD\u200B\uFEFF\x00")
		if i < 0 {
			i = len(s)
		}
		if i > 0 {
			if w.text.Len() > 0 {
				w.text.WriteString(gaps[w.next])
			}
			w.next = noGap
			w.text.WriteString(s[:i])
			s = s[i:]
			continue
		}
		// Soft hyphens, zero-width spaces, marks and NULs leave no trace.
		_, n := utf8.DecodeRuneInString(s)
		if s[0] != 0 && n == 1 {
			w.add(space)
		}
		s = s[n:]
	}
}

// Text is the text of everything below n as a browser shows it: paragraphs
// (also headings, list items, table cells) are separated by an empty line,
// <br> is a line break, scripts and controls are left out. Unlike Extract, it
// does not choose the main text.
func Text(n *html.Node) string {
	var w writer
	w.node(n)
	return w.text.String()
}

// node recurses as deep as the tree, which html.Parse keeps under 512. It goes
// by the names of elements, as the extractors do not keep their atoms right.
func (w *writer) node(n *html.Node) {
	var tag atom.Atom
	switch n.Type {
	case html.TextNode:
		if n.Parent != nil && n.Parent.Data == "pre" {
			for i, line := range strings.Split(n.Data, "\n") {
				if i > 0 {
					w.br()
				}
				w.write(line)
			}
			return
		}
		w.write(n.Data)
		return
	case html.CommentNode, html.DoctypeNode:
		return
	case html.ElementNode:
		tag = atom.Lookup([]byte(n.Data))
		if unread[tag] {
			return
		}
		if tag == atom.Br {
			w.br()
			return
		}
	}
	if blocks[tag] {
		w.add(paragraphBreak)
		defer w.add(paragraphBreak)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
}
