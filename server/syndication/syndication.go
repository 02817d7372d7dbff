// Package syndication writes feeds, as Atom (RFC 4287) and as JSON Feed 1.1.
package syndication

import (
	"bytes"
	"cmp"
	"crypto/sha1"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"
	"time"
)

// Feed is a list of what is new.
type Feed struct {
	Key     string // names the feed for ever
	Title   string
	Home    string // address of the page that shows the same
	Self    string // address of the feed
	Entries []Entry
}

// Entry is something new.
type Entry struct {
	Key       string // names it for ever, also where the program is reached by another address
	Title     string
	Address   string
	Text      string // paragraphs, a blank line between them
	Authors   []string
	Published time.Time // zero where unknown
	Updated   time.Time
}

// The media types of feeds.
const (
	AtomType = "application/atom+xml; charset=utf-8"
	JSONType = "application/feed+json"
)

// space is the namespace of the names that are made of keys: the UUID, version
// 5, of "onrecord" among names of the DNS.
var space = [16]byte{0x99, 0x4b, 0xcc, 0x17, 0xa0, 0x2e, 0x56, 0x5e, 0x9d, 0x99, 0x32, 0x80, 0x50, 0xa4, 0xef, 0xa4}

// id is the UUID of a key, of version 5 (RFC 9562), as a URN.
func id(key string) string {
	h := sha1.New()
	h.Write(space[:])
	h.Write([]byte(key))
	b := h.Sum(nil)[:16]
	b[6], b[8] = b[6]&0x0f|0x50, b[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// updated is when the newest entry was. A feed without any has been empty since
// the beginning of time, so that it is the same whenever it is asked for.
func (f *Feed) updated() time.Time {
	out := time.Unix(0, 0)
	for _, e := range f.Entries {
		if e.Updated.After(out) {
			out = e.Updated
		}
	}
	return out
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

type atomFeed struct {
	XMLName   xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID        string      `xml:"id"`
	Title     string      `xml:"title"`
	Updated   string      `xml:"updated"`
	Author    atomAuthor  `xml:"author"`
	Generator string      `xml:"generator"`
	Links     []atomLink  `xml:"link"`
	Entries   []atomEntry `xml:"entry"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID        string       `xml:"id"`
	Title     string       `xml:"title"`
	Updated   string       `xml:"updated"`
	Published string       `xml:"published,omitempty"`
	Authors   []atomAuthor `xml:"author"`
	Link      atomLink     `xml:"link"`
	Content   string       `xml:"content"` // without a type it is text
}

// Atom writes the feed as Atom. Characters that XML cannot have are replaced.
func (f *Feed) Atom() ([]byte, error) {
	out := atomFeed{
		ID: id(f.Key), Title: line(f.Title), Updated: stamp(f.updated()), Author: atomAuthor{"Onrecord"}, Generator: "Onrecord",
		Links: []atomLink{{"self", "application/atom+xml", f.Self}, {"alternate", "text/html", f.Home}},
	}
	for _, e := range f.Entries {
		one := atomEntry{
			ID: id(e.Key), Title: line(e.Title), Updated: stamp(e.Updated), Published: stamp(e.Published),
			Link: atomLink{"alternate", "text/html", e.Address}, Content: e.Text,
		}
		for _, name := range e.Authors {
			one.Authors = append(one.Authors, atomAuthor{line(name)})
		}
		out.Entries = append(out.Entries, one)
	}
	b, err := xml.MarshalIndent(out, "", " ")
	return append([]byte(xml.Header), append(b, '\n')...), err
}

type jsonFeed struct {
	Version string     `json:"version"`
	Title   string     `json:"title"`
	Home    string     `json:"home_page_url"`
	Self    string     `json:"feed_url"`
	Items   []jsonItem `json:"items"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

type jsonItem struct {
	ID        string       `json:"id"`
	URL       string       `json:"url"`
	Title     string       `json:"title"`
	Text      string       `json:"content_text"`
	Published string       `json:"date_published,omitempty"`
	Modified  string       `json:"date_modified"`
	Authors   []jsonAuthor `json:"authors,omitempty"`
}

// JSON writes the feed as JSON Feed.
func (f *Feed) JSON() ([]byte, error) {
	out := jsonFeed{Version: "https://jsonfeed.org/version/1.1", Title: line(f.Title), Home: f.Home, Self: f.Self, Items: []jsonItem{}}
	for _, e := range f.Entries {
		one := jsonItem{ID: id(e.Key), URL: e.Address, Title: line(e.Title), Text: e.Text, Published: stamp(e.Published), Modified: stamp(e.Updated)}
		for _, name := range e.Authors {
			one.Authors = append(one.Authors, jsonAuthor{line(name)})
		}
		out.Items = append(out.Items, one)
	}
	var b bytes.Buffer
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false)
	err := w.Encode(out)
	return b.Bytes(), err
}

// line is a text on one line; a title must not be empty.
func line(s string) string { return cmp.Or(strings.Join(strings.Fields(s), " "), "–") }
