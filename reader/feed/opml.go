package feed

import (
	"cmp"
	"encoding/xml"
	"io"
	"net/url"
)

// outlines reads the feeds of an OPML list, at whatever depth.
func outlines(s string, base *url.URL) *Feed {
	f := &Feed{Kind: OPML}
	whole := elements(s, "outline", func(_ *xml.Decoder, start xml.StartElement) error {
		attr := map[string]string{}
		for _, a := range start.Attr {
			attr[a.Name.Local] = a.Value
		}
		if address := absolute(base, cmp.Or(attr["xmlUrl"], attr["xmlurl"], attr["xmlURL"])); address != "" {
			f.Feeds = append(f.Feeds, Subscription{Address: address, Title: plain(cmp.Or(attr["title"], attr["text"]))})
		}
		if len(f.Feeds) == MaxItems {
			return errEnough
		}
		return nil
	})
	f.Cut = !whole && len(f.Feeds) < MaxItems
	return f
}

// WriteOPML writes a list of feeds as OPML 2.0.
func WriteOPML(w io.Writer, title string, feeds []Subscription) error {
	type outline struct {
		Type   string `xml:"type,attr"`
		Text   string `xml:"text,attr"`
		XMLURL string `xml:"xmlUrl,attr"`
	}
	type list struct {
		XMLName  xml.Name  `xml:"opml"`
		Version  string    `xml:"version,attr"`
		Title    string    `xml:"head>title"`
		Outlines []outline `xml:"body>outline"`
	}
	out := list{Version: "2.0", Title: title}
	for _, f := range feeds {
		out.Outlines = append(out.Outlines, outline{"rss", cmp.Or(f.Title, f.Address), f.Address})
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "\t")
	if err := e.Encode(out); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
