package page

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"onrecord/article"
)

// metadata fills everything but the body from what a page declares, in the
// order of trust: JSON-LD, OpenGraph, other meta elements, visible elements.
func metadata(o outline, address string) (article.Article, linked) {
	base, _ := url.Parse(address)
	canonical := resolve(base, o.canonical)
	ld := readLinked(o.jsonLD, canonical)
	a := article.Article{
		URL:      firstOf(canonical, resolve(base, o.first("og:url")), resolve(base, ld.url), resolve(nil, address)),
		Outlet:   firstOf(ld.outlet, o.first("og:site_name"), o.first("application-name")),
		Language: languageTag(firstOf(o.language, o.first("content-language"), o.first("og:locale"), ld.language)),
	}
	a.Title = firstOf(withoutOutlet(firstOf(ld.headline, o.first("og:title", "twitter:title")), a.Outlet), visibleTitle(o, a.Outlet))
	a.Byline = byline(ld.authors)
	for _, name := range []string{"author", "article:author", "byl", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author"} {
		if len(a.Byline) == 0 {
			a.Byline = byline(o.meta[name])
		}
	}
	dates := []string{ld.published}
	for _, name := range []string{"article:published_time", "og:published_time", "og:article:published_time", "datepublished",
		"date", "pubdate", "publish-date", "publish_date", "publication_date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date",
		"parsely-pub-date", "sailthru.date"} {
		dates = append(dates, o.meta[name]...)
	}
	dates = append(dates, o.times...)
	for _, d := range append(dates, dateInPath(a.URL)) {
		if t, dateOnly, err := article.ParseDate(d); err == nil {
			a.Published, a.DateOnly = t, dateOnly
			break
		}
	}
	return a, ld
}

// firstOf is the first string that is not empty.
func firstOf(s ...string) string {
	for _, v := range s {
		if v != "" {
			return v
		}
	}
	return ""
}

// resolve returns ref as an absolute http(s) address, "" if it is none.
func resolve(base *url.URL, ref string) string {
	u, err := url.Parse(ref)
	if err != nil || ref == "" {
		return ""
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

var languageShape = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

// languageTag turns "en_US" into "en-US" and refuses what is no tag.
func languageTag(s string) string {
	s, _, _ = strings.Cut(s, ",") // content-language may list several
	s = strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
	if !languageShape.MatchString(s) {
		return ""
	}
	return s
}

// titleSeparators stand between a headline and the outlet's name.
var titleSeparators = []string{" | ", " - ", " – ", " — ", " :: "}

// withoutOutlet drops " | Outlet" from the end of a title.
func withoutOutlet(title, outlet string) string {
	for _, sep := range titleSeparators {
		if head, tail, ok := cutLast(title, sep); ok && outlet != "" && strings.EqualFold(tail, outlet) {
			return head
		}
	}
	return title
}

// visibleTitle is the first heading where <title> confirms it, else <title>.
func visibleTitle(o outline, outlet string) string {
	if o.h1 != "" && (o.title == "" || strings.Contains(o.title, o.h1)) {
		return o.h1
	}
	title := withoutOutlet(o.title, outlet)
	if head, _, ok := cutLast(title, " | "); ok { // hardly ever part of a headline
		return head
	}
	return title
}

func cutLast(s, sep string) (head, tail string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i <= 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// byline tidies authors as printed: without "By", without addresses of
// profiles, each once.
func byline(names []string) []string {
	var out []string
	for _, n := range names {
		n = clean(n)
		if len(n) > 3 && strings.EqualFold(n[:3], "by ") {
			n = n[3:]
		}
		if n == "" || strings.Contains(n, "://") || strings.HasPrefix(n, "@") || slices.Contains(out, n) {
			continue
		}
		out = append(out, n)
	}
	return out
}

var pathDate = regexp.MustCompile(`/((?:19|20)\d\d)/(\d\d)/(\d\d)(?:/|$)`)

// dateInPath finds /2025/08/17/ in an address.
func dateInPath(address string) string {
	m := pathDate.FindStringSubmatch(address)
	if m == nil {
		return ""
	}
	return strings.Join(m[1:], "-")
}

// guessed reports whether a date that an extractor inferred from the page is
// worth keeping; the first of January is what it makes of a copyright year.
func guessed(t time.Time) bool { return !t.IsZero() && t.YearDay() != 1 && t.Year() > 1500 }
