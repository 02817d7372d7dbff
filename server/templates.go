package server

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"unicode"
)

// content is a page's struct. A template that is executed with it is all that
// a page is.
type content interface{ about() about }

// about is what the layout needs to know of a page.
type about struct {
	name   string // of its folder
	title  string
	script string // name of the file of the page's script, "" for that of most pages
	feeds  *feeds // nil for none
}

// document is what the layout is executed with.
type document struct {
	Title  string
	Name   string // of the page, as a class
	Feeds  *feeds
	Search string // what stands in the search box
	Check  string // and in the box to check a quotation
	User   string // who is logged in, "" for nobody
	Assets *assets
	Script *asset
	Page   content
}

// templates are the pages, by the name of their folder.
type templates map[string]*template.Template

// parsePages reads every page with the layout and the parts that they share.
func parsePages() (templates, error) {
	shared, err := template.ParseFS(files, "pages/layout.html", "pages/parts.html")
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(files, "pages/*/page.html")
	if err != nil {
		return nil, err
	}
	out := templates{}
	for _, name := range names {
		own, err := shared.Clone()
		if err == nil {
			own, err = own.ParseFS(files, name)
		}
		if err != nil {
			return nil, err
		}
		out[path.Base(path.Dir(name))] = own
	}
	return out, nil
}

// render is a page as HTML.
func (s *Server) render(r *http.Request, p content) ([]byte, error) {
	about := p.about()
	t := s.pages[about.name]
	if t == nil {
		return nil, fmt.Errorf("no page %q", about.name)
	}
	d := document{Title: about.title, Name: about.name, Feeds: about.feeds, Assets: s.assets, Script: s.assets.byName[cmp.Or(about.script, siteScript)], Page: p}
	if who, err := s.visitor(r); err == nil { // the page of an error is there for nobody too
		d.User = who.Name
	}
	asked := r.URL.Query().Get("q")
	switch r.URL.Path {
	case "/search":
		d.Search = asked
	case "/check":
		d.Check = asked
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "layout.html", d); err != nil {
		return nil, err
	}
	return bytes.Map(visible, b.Bytes()), nil
}

// visible puts a mark in place of a character that has no shape or would turn
// the direction of the text around it: on the whole page, so that no text is
// forgotten.
func visible(r rune) rune {
	if unicode.IsControl(r) && r != '\n' && r != '\t' || unicode.Is(unicode.Bidi_Control, r) {
		return unicode.ReplacementChar
	}
	return r
}

// show answers with a page, rendered whole before the first byte is sent.
func (s *Server) show(w http.ResponseWriter, r *http.Request, status int, p content) error {
	body, err := s.render(r, p)
	if err != nil {
		return err
	}
	if who := visitOf(r).who; who != nil && who.Name != "" {
		w.Header().Set("Cache-Control", "private, no-store")
	}
	s.send(w, r, status, "text/html; charset=utf-8", body)
	return nil
}
