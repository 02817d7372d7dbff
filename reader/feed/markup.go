package feed

import (
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"regexp"
	"strings"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"
)

var (
	declaration = regexp.MustCompile(`^(?:<\?[^>]*\?>|<!--(?s:.*?)-->|<!(?i:doctype)[^>\[]*(?:\[[^\]]*\]\s*)?>|\s+)`)
	rootElement = regexp.MustCompile(`^<(?:[\w-]+:)?([\w-]+)`)
)

// prolog takes away what stands before the root, which may declare an encoding
// that the text no longer has, and gives the root's name in lower case, "{"
// for JSON, "" for neither.
func prolog(s string) (rest, root string) {
	doctype := false
	for {
		m := declaration.FindString(s)
		if m == "" {
			break
		}
		doctype = doctype || strings.HasPrefix(strings.ToLower(m), "<!doctype html")
		s = s[len(m):]
	}
	switch m := rootElement.FindStringSubmatch(s); {
	case strings.HasPrefix(s, "{"):
		return s, "{"
	case m != nil && !doctype:
		return s, strings.ToLower(m[1])
	case m != nil:
		return s, "html"
	}
	return s, ""
}

// itemStart finds where an item or entry begins.
var itemStart = map[Kind]*regexp.Regexp{
	RSS:  regexp.MustCompile(`<item[\s>]`),
	Atom: regexp.MustCompile(`<entry[\s>]`),
}

// itemsBegun is how many items a feed has, well formed or not.
func itemsBegun(kind Kind, s string) int { return len(itemStart[kind].FindAllStringIndex(s, MaxItems)) }

var (
	titleElement = regexp.MustCompile(`<title[^>]*>([^<]*)<`)
	linkElement  = regexp.MustCompile(`<link[^>]*>([^<]*)<`)
)

// salvage reads each item of a feed that is not well formed on its own. What
// is damaged inside an item is lost.
func salvage(kind Kind, s string) *gofeed.Feed {
	open, end, shut := "<rss version=\"2.0\"><channel>", "</item>", "</channel></rss>"
	if kind == Atom {
		open, end, shut = "<feed xmlns=\"http://www.w3.org/2005/Atom\">", "</entry>", "</feed>"
	}
	out := &gofeed.Feed{}
	starts := itemStart[kind].FindAllStringIndex(s, MaxItems+1)
	if len(starts) == 0 {
		return out
	}
	for n, at := range starts {
		piece := s[at[0]:]
		if n+1 < len(starts) {
			piece = s[at[0]:starts[n+1][0]]
		}
		i := strings.LastIndex(piece, end)
		if i < 0 {
			continue
		}
		one, err := gofeed.NewParser().Parse(strings.NewReader(open + piece[:i+len(end)] + shut))
		if err != nil || len(one.Items) != 1 {
			continue
		}
		item := one.Items[0]
		if m := linkElement.FindStringSubmatch(piece); m != nil && item.Link == "" {
			item.Link = html.UnescapeString(m[1])
		}
		out.Items = append(out.Items, item)
	}
	if m := titleElement.FindStringSubmatch(s[:starts[0][0]]); m != nil {
		out.Title = html.UnescapeString(m[1])
	}
	return out
}

// decoder reads XML as leniently as the library can.
func decoder(s string) *xml.Decoder {
	d := xml.NewDecoder(strings.NewReader(s))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is UTF-8 by now
	return d
}

// elements hands each element of a name to read, and reports whether the XML
// was whole.
func elements(s, name string, read func(*xml.Decoder, xml.StartElement) error) (whole bool) {
	for d := decoder(s); ; {
		t, err := d.Token()
		if err != nil {
			return errors.Is(err, io.EOF)
		}
		if start, ok := t.(xml.StartElement); ok && strings.EqualFold(start.Name.Local, name) {
			if err := read(d, start); err != nil {
				return false
			}
		}
	}
}

// errEnough ends the reading of a list.
var errEnough = errors.New("enough")

// sitemap reads those addresses of a sitemap that are news.
func sitemap(s string, base *url.URL) *Feed {
	f := &Feed{Kind: Sitemap}
	whole := elements(s, "url", func(d *xml.Decoder, start xml.StartElement) error {
		var u struct {
			Loc  string `xml:"loc"`
			News struct {
				Title       string `xml:"title"`
				Date        string `xml:"publication_date"`
				Publication struct {
					Name     string `xml:"name"`
					Language string `xml:"language"`
				} `xml:"publication"`
			} `xml:"news"`
		}
		if err := d.DecodeElement(&u, &start); err != nil {
			return err
		}
		item := Item{
			Address: absolute(base, u.Loc), Title: plain(u.News.Title),
			Language: strings.TrimSpace(u.News.Publication.Language), Outlet: plain(u.News.Publication.Name),
		}
		item.ID = item.Address
		item.Published, item.DateOnly = date(u.News.Date, nil)
		if item.Title == "" && item.Published.IsZero() {
			return nil // a page like any other
		}
		f.Items = append(f.Items, item)
		if f.Title == "" {
			f.Title = item.Outlet
		}
		if len(f.Items) == MaxItems {
			return errEnough
		}
		return nil
	})
	f.Cut = !whole && len(f.Items) < MaxItems
	return f
}

// page reads which feeds a page names.
func page(s string, base *url.URL) *Feed {
	f := &Feed{Kind: Page}
	for z := html.NewTokenizer(strings.NewReader(s)); len(f.Feeds) < MaxItems; {
		switch z.Next() {
		case html.ErrorToken:
			return f
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if t.Data != "link" {
				continue
			}
			attr := map[string]string{}
			for _, a := range t.Attr {
				attr[a.Key] = a.Val
			}
			switch media, _, _ := strings.Cut(strings.ToLower(attr["type"]), ";"); media {
			case "application/rss+xml", "application/atom+xml", "application/feed+json":
				if address := absolute(base, attr["href"]); address != "" && strings.EqualFold(attr["rel"], "alternate") {
					f.Feeds = append(f.Feeds, Subscription{Address: address, Title: plain(attr["title"])})
				}
			}
		}
	}
	return f
}

// plain is the text of a piece of HTML on one line.
func plain(s string) string {
	var b strings.Builder
	for z := html.NewTokenizer(strings.NewReader(s)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return strings.Join(strings.Fields(strings.ToValidUTF8(b.String(), "\uFFFD")), " ")
		case html.TextToken:
			b.WriteString(z.Token().Data)
		default:
			b.WriteByte(' ')
		}
	}
}

// markup gives text that has no tags its paragraphs.
func markup(s string) string {
	if strings.Contains(s, "<") || s == "" {
		return s
	}
	var b strings.Builder
	for line := range strings.Lines(s) {
		b.WriteString("<p>" + strings.TrimSpace(line) + "</p>\n") // entities are as in HTML already, or harmless
	}
	return b.String()
}

// wholeText is the length in bytes from which a text is taken for an article.
// A shorter one that is whole costs a visit to its page, no more.
const wholeText = 1000

// teaserEnd is how a text ends that goes on elsewhere.
var teaserEnd = regexp.MustCompile(`(?i)(?:…|\.\.\.|\[…\]|\[\.\.\.\]|(?:continue|keep) reading|read (?:more|on|the (?:full|rest|whole)[\w ]*)|full (?:story|article))[\s\]»›→>.]*$`)

// isWhole guesses whether a piece of HTML is an article and not its beginning.
func isWhole(s string) bool {
	if len(s) < wholeText {
		return false
	}
	text := plain(s)
	return len(text) >= wholeText && !teaserEnd.MatchString(text[len(text)-200:])
}
