package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What scan keeps at most of a page, so that a hostile one cannot fill memory.
const (
	maxMeta   = 500     // values
	maxValue  = 4 << 10 // bytes of one value
	maxJSONLD = 4 << 20 // bytes of all JSON-LD scripts
)

// outline is what one pass over the tokens of a page finds: its metadata, in
// the order in which it stands there, and how much work a tree of it would be.
type outline struct {
	title     string              // <title>
	h1        string              // the first <h1>
	language  string              // <html lang>
	canonical string              // <link rel=canonical>
	meta      map[string][]string // by lower-case name, property, itemprop or http-equiv
	times     []string            // <time datetime>
	jsonLD    []string

	nodes     int // of the tree, at most
	textBytes int // without scripts, styles and comments
}

// formatting are the elements that an HTML parser opens again in each
// paragraph until they are closed, so that a small page can make a huge tree.
var formatting = map[atom.Atom]bool{
	atom.A: true, atom.B: true, atom.Big: true, atom.Code: true, atom.Em: true, atom.Font: true, atom.I: true,
	atom.Nobr: true, atom.S: true, atom.Small: true, atom.Strike: true, atom.Strong: true, atom.Tt: true, atom.U: true,
}

// scan is linear in the page and needs no tree, so that it also serves pages
// that are too large or too deep for one.
func scan(page string) outline {
	o := outline{meta: map[string][]string{}}
	z := html.NewTokenizer(strings.NewReader(page))
	var (
		in     atom.Atom // the element whose text is wanted
		isLD   bool      // in a script with JSON-LD
		values int
		ld     int
		open   int // formatting elements that were not closed
		h1     writer
	)
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			o.h1 = h1.text.String()
			return o
		case html.TextToken:
			o.nodes += 1 + open
			raw := z.Raw()
			switch {
			case in == atom.Script:
				if ld += len(raw); isLD && ld <= maxJSONLD {
					o.jsonLD = append(o.jsonLD, string(raw))
				}
				continue
			case in == atom.Style:
				continue
			case in == atom.Title && o.title == "":
				o.title = clean(string(z.Text()))
			case in == atom.H1 && h1.text.Len() < maxValue:
				h1.write(string(z.Text()))
			}
			o.textBytes += len(raw)
		case html.EndTagToken:
			name, _ := z.TagName()
			tag := atom.Lookup(name)
			if formatting[tag] && open > 0 {
				open--
			}
			if tag == in {
				if in == atom.H1 && h1.text.Len() > 0 {
					h1.next = noGap
				}
				in, isLD = 0, false
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			tag := atom.Lookup(name)
			o.nodes += 1 + open
			o.textBytes += len(name)
			if formatting[tag] {
				open++
			}
			switch tag {
			case atom.Title, atom.Style, atom.Script:
				in = tag
			case atom.H1:
				if h1.text.Len() == 0 {
					in = tag
				}
			}
			var wanted map[string]string
			switch tag {
			case atom.Html, atom.Meta, atom.Link, atom.Time, atom.Script:
				wanted = map[string]string{}
			}
			for n := 0; more && n < 50 && wanted != nil; n++ {
				var key, value []byte
				key, value, more = z.TagAttr()
				if len(value) <= maxValue {
					wanted[string(key)] = clean(string(value))
				}
			}
			if values < maxMeta {
				values += o.keep(tag, wanted)
			}
			isLD = tag == atom.Script && strings.EqualFold(wanted["type"], "application/ld+json")
		}
	}
}

// keep records what an element says about the page, and how many values that is.
func (o *outline) keep(tag atom.Atom, attr map[string]string) int {
	switch tag {
	case atom.Html:
		if o.language == "" {
			o.language = attr["lang"]
		}
	case atom.Link:
		if strings.EqualFold(attr["rel"], "canonical") && o.canonical == "" {
			o.canonical = attr["href"]
		}
	case atom.Time:
		if v := attr["datetime"]; v != "" {
			o.times = append(o.times, v)
			return 1
		}
	case atom.Meta:
		v := attr["content"]
		if v == "" {
			return 0
		}
		for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
			if k := strings.ToLower(attr[key]); k != "" {
				o.meta[k] = append(o.meta[k], v)
				return 1
			}
		}
	}
	return 0
}

// first is the first non-empty value of the first name that has one.
func (o *outline) first(names ...string) string {
	for _, name := range names {
		for _, v := range o.meta[name] {
			return v
		}
	}
	return ""
}

// clean collapses white space as text does.
func clean(s string) string {
	var w writer
	w.write(s)
	return w.text.String()
}
