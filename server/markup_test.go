package server_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// sheet is a page as a browser understands it.
type sheet struct {
	root  *html.Node
	ids   map[string]bool
	links []string // where links and forms lead
}

func attribute(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

// loaded are the elements that load or do something, of which a page may have
// none but those of the layout.
var loaded = []atom.Atom{atom.Img, atom.Iframe, atom.Object, atom.Embed, atom.Base, atom.Style, atom.Math, atom.Video, atom.Audio, atom.Template}

// examine parses a page and says what is wrong with it: markup that is not
// closed where it was opened, anything that runs or loads but the layout's own,
// links that lead out of http, names that are missing or given twice.
func examine(t *testing.T, page string) sheet {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	s := sheet{root: root, ids: map[string]bool{}}
	wrong := func(format string, args ...any) { t.Helper(); t.Errorf(format, args...) }
	count := map[atom.Atom]int{}
	labels := map[string]bool{}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Namespace == "" {
			count[n.DataAtom]++
		}
		if class, _ := attribute(n, "class"); n.DataAtom == atom.Svg && class != "bar" && class != "months" {
			wrong("there is a picture %v", n.Attr)
		}
		if slices.Contains(loaded, n.DataAtom) {
			wrong("there is an element %s", n.Data)
		}
		for _, a := range n.Attr {
			switch {
			case strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc":
				wrong("%s has the attribute %s=%q", n.Data, a.Key, a.Val)
			case a.Key == "id":
				if s.ids[a.Val] {
					wrong("the ID %q is given twice", a.Val)
				}
				s.ids[a.Val] = true
			case a.Key == "href" || a.Key == "action" || a.Key == "src":
				s.links = append(s.links, a.Val)
				if u, err := url.Parse(a.Val); err != nil || u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" || strings.HasPrefix(a.Val, "//") {
					wrong("%s leads to %q", n.Data, a.Val)
				}
			case a.Key == "for":
				labels[a.Val] = true
			}
		}
		if label, ok := attribute(n, "aria-label"); ok && label == "" || !ok && (n.DataAtom == atom.A || n.DataAtom == atom.Button) && textOf(n) == "" {
			wrong("%s %v has no name", n.Data, n.Attr)
		}
		if src, _ := attribute(n, "src"); n.DataAtom == atom.Script && (!strings.HasPrefix(src, "/static/") || textOf(n) != "") {
			wrong("a script: %q %q", src, textOf(n))
		}
	}
	for n := range root.Descendants() {
		id, _ := attribute(n, "id")
		if kind, _ := attribute(n, "type"); n.DataAtom == atom.Input && kind != "hidden" && !labels[id] || n.DataAtom == atom.Textarea && !labels[id] {
			wrong("%s %q has no label", n.Data, id)
		}
		for _, key := range []string{"aria-labelledby", "for"} {
			if to, ok := attribute(n, key); ok && !s.ids[to] {
				wrong("%s points to %q, which is not there", key, to)
			}
		}
	}
	for what, want := range map[atom.Atom]int{atom.Title: 1, atom.H1: 1, atom.Main: 1, atom.Script: 1} {
		if count[what] != want {
			wrong("%d elements %v, want %d", count[what], what, want)
		}
	}
	for _, s := range []string{"ZgotmplZ", "<no value>", "%!"} {
		if strings.Contains(page, s) {
			wrong("the page has %q", s)
		}
	}
	if !strings.HasPrefix(page, "<!DOCTYPE html>") || !strings.HasSuffix(strings.TrimSpace(page), "</html>") {
		wrong("the page is not whole")
	}
	return s
}
