// Package feed reads what outlets publish for programs: RSS, Atom and JSON
// feeds and news sitemaps, and lists of feeds in OPML.
package feed

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"

	"onrecord/article"
	"onrecord/reader/charset"
)

// ErrNotFeed says that something is none of what is read here.
var ErrNotFeed = errors.New("not a feed")

// Kind is a form in which feeds are written.
type Kind string

// The kinds that there are. The last two have no items: they name feeds.
const (
	RSS     Kind = "rss" // all versions, that on RDF too
	Atom    Kind = "atom"
	JSON    Kind = "json"
	Sitemap Kind = "sitemap" // with the elements for news
	OPML    Kind = "opml"
	Page    Kind = "page" // HTML that names its feeds
)

// Feed is a feed as it was read.
type Feed struct {
	Kind  Kind
	Title string
	Items []Item         // in its order, at most MaxItems
	Feeds []Subscription // of OPML or a page, at most MaxItems
	Cut   bool           // it was damaged, and something may be missing
}

// MaxItems is the number of items after which a feed is not read further. News
// sitemaps have up to a thousand.
const MaxItems = 2000

// Item is an article as a feed names it. What the feed does not say is zero.
type Item struct {
	Address   string // absolute, http or https; "" if the feed has none
	ID        string // as the feed has it
	Title     string
	Byline    []string
	Published time.Time
	DateOnly  bool
	Language  string
	Outlet    string // only sitemaps have it
	HTML      string // the longest text that the feed has, as a piece of a page
	Full      bool   // HTML is the article, as far as one can tell, and no teaser
}

// Subscription is a feed that a list or a page names.
type Subscription struct {
	Address string
	Title   string
}

// Parse reads a feed. The content type is that of the response, the address
// the one that it came from. A damaged feed is read as far as it goes. The
// error wraps ErrNotFeed or charset.ErrBinary.
func Parse(data []byte, contentType, address string) (f *Feed, err error) {
	defer func() {
		if v := recover(); v != nil { // a library's
			f, err = nil, fmt.Errorf("%w: it breaks the parser: %v", ErrNotFeed, v)
		}
	}()
	s, err := charset.Decode(data, charset.Declared(contentType, data))
	if err != nil {
		return nil, err
	}
	base, err := url.Parse(address)
	if err != nil {
		base = &url.URL{}
	}
	s, root := prolog(s)
	switch root {
	case "{":
		f, err = syndicated(JSON, s, base)
	case "rss", "rdf":
		f, err = syndicated(RSS, s, base)
	case "feed":
		f, err = syndicated(Atom, s, base)
	case "urlset":
		f = sitemap(s, base)
	case "sitemapindex":
		return nil, fmt.Errorf("%w: an index of sitemaps; name those of its sitemaps that are for news", ErrNotFeed)
	case "opml":
		f = outlines(s, base)
	default:
		if root != "html" && !strings.Contains(contentType, "html") {
			return nil, ErrNotFeed
		}
		f = page(s, base)
	}
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrNotFeed, err)
	case f.Kind == Sitemap && len(f.Items) == 0 && !strings.Contains(s, "sitemap-news"):
		return nil, fmt.Errorf("%w: a sitemap that is not for news", ErrNotFeed)
	case f.Kind == Page && len(f.Feeds) == 0:
		return nil, fmt.Errorf("%w: a page that names none", ErrNotFeed)
	}
	f.Title = plain(f.Title)
	f.Items = f.Items[:min(len(f.Items), MaxItems)]
	f.Feeds = f.Feeds[:min(len(f.Feeds), MaxItems)]
	return f, nil
}

// syndicated reads an RSS, Atom or JSON feed: as a whole or, where that cannot
// be read, item by item.
func syndicated(kind Kind, s string, base *url.URL) (*Feed, error) {
	out := &Feed{Kind: kind}
	f, err := gofeed.NewParser().Parse(strings.NewReader(s))
	// A tag that is not closed may also swallow the items after it.
	if kind != JSON && (err != nil || len(f.Items) < itemsBegun(kind, s)) {
		if saved := salvage(kind, s); err != nil || len(saved.Items) > len(f.Items) {
			f, out.Cut = saved, true
		}
		if err != nil && len(f.Items) == 0 {
			return nil, errors.New("broken XML")
		}
	} else if err != nil {
		return nil, err
	}
	out.Title = f.Title
	for _, i := range f.Items {
		if i != nil {
			out.Items = append(out.Items, itemOf(i, f.Language, base))
		}
	}
	return out, nil
}

// itemOf turns a library's item into ours.
func itemOf(i *gofeed.Item, language string, base *url.URL) Item {
	item := Item{ID: strings.TrimSpace(i.GUID), Title: plain(i.Title), Language: language}
	// The identifier of an item without a link is often its address.
	links := append([]string{i.Link}, i.Links...)
	if strings.HasPrefix(item.ID, "http") {
		links = append(links, item.ID)
	}
	for _, link := range links {
		if item.Address = absolute(base, link); item.Address != "" {
			break
		}
	}
	for _, a := range i.Authors {
		if a != nil && plain(a.Name) != "" {
			item.Byline = append(item.Byline, plain(a.Name))
		}
	}
	item.Published, item.DateOnly = date(i.Published, i.PublishedParsed)
	if item.Published.IsZero() {
		item.Published, item.DateOnly = date(i.Updated, i.UpdatedParsed)
	}
	item.HTML = i.Content
	if len(i.Description) > len(item.HTML) {
		item.HTML = i.Description
	}
	item.HTML = markup(item.HTML)
	item.Full = isWhole(item.HTML)
	return item
}

// date reads a date by our own layouts, which keep its zone, else takes the
// library's.
func date(s string, parsed *time.Time) (time.Time, bool) {
	if t, dateOnly, err := article.ParseDate(s); err == nil {
		return t, dateOnly
	}
	if parsed != nil {
		return *parsed, false
	}
	return time.Time{}, false
}

// absolute is a link as an address that tells articles apart: without anchor,
// user, and the parameters by which outlets count who comes from where. It is
// "" for what is no http(s) address.
func absolute(base *url.URL, link string) string {
	link = strings.TrimSpace(link)
	u, err := base.Parse(link)
	if err != nil || link == "" || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return ""
	}
	u.Fragment, u.RawFragment, u.User = "", "", nil
	var kept []string
	for _, p := range strings.Split(u.RawQuery, "&") {
		if p != "" && !strings.HasPrefix(p, "utm_") {
			kept = append(kept, p)
		}
	}
	u.RawQuery = strings.Join(kept, "&")
	u.Host = strings.ToLower(u.Host)
	u.Path = cmp.Or(u.Path, "/")
	return u.String()
}
