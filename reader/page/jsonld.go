package page

import (
	"encoding/json"
	"html"
	"regexp"
	"strings"
)

// linked is what the schema.org data of a page says of its article.
type linked struct {
	headline, published, outlet, url, language, body string
	authors                                          []string
}

// ldNode is one object of JSON-LD.
type ldNode = map[string]any

// trailingComma is the commonest fault of hand-made JSON.
var trailingComma = regexp.MustCompile(`,\s*([}\]])`)

// readLinked finds the article in the JSON-LD scripts of a page: the one at
// the given canonical address or else the first. Scripts that cannot be
// repaired are passed over.
func readLinked(scripts []string, canonical string) linked {
	g := graph{byID: map[string]ldNode{}}
	for _, s := range scripts {
		if v, ok := parseLD(s); ok {
			g.collect(v, 0)
		}
	}
	if len(g.articles) == 0 {
		return linked{}
	}
	a := g.articles[0]
	for _, other := range g.articles {
		if canonical != "" && (g.address(other) == canonical) {
			a = other
			break
		}
	}
	l := linked{
		headline:  ldText(a["headline"]),
		published: ldText(a["datePublished"]),
		url:       g.address(a),
		language:  ldText(a["inLanguage"]),
		body:      ldText(a["articleBody"]),
		authors:   g.names(a["author"]),
	}
	if l.headline == "" {
		l.headline = ldText(a["name"])
	}
	if names := g.names(a["publisher"]); len(names) > 0 {
		l.outlet = names[0]
	}
	return l
}

// parseLD forgives comment marks around the JSON, line breaks inside strings,
// commas before a closing bracket, and anything after the first value.
func parseLD(s string) (any, bool) {
	s = strings.TrimSpace(s)
	for _, mark := range []string{"<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA["} {
		s = strings.TrimSpace(strings.TrimPrefix(s, mark))
	}
	s = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, s)
	for _, try := range []string{s, trailingComma.ReplaceAllString(s, "$1")} {
		var v any
		if json.NewDecoder(strings.NewReader(try)).Decode(&v) == nil {
			return v, true
		}
	}
	return nil, false
}

// graph is everything that the scripts of a page describe.
type graph struct {
	byID     map[string]ldNode
	articles []ldNode
}

// collect walks lists, @graph and main entities, but not lists of further
// reading.
func (g *graph) collect(v any, depth int) {
	if depth > 20 {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			g.collect(e, depth+1)
		}
	case ldNode:
		if id := ldText(v["@id"]); id != "" && len(v) > 1 {
			g.byID[id] = v
		}
		if isArticle(v["@type"]) {
			g.articles = append(g.articles, v)
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage"} {
			g.collect(v[key], depth+1)
		}
	}
}

// isArticle accepts every schema.org type that is an Article, with or without
// the vocabulary's address before it.
func isArticle(types any) bool {
	switch t := types.(type) {
	case []any:
		for _, e := range t {
			if isArticle(e) {
				return true
			}
		}
	case string:
		t = t[strings.LastIndexAny(t, "/:#")+1:]
		return strings.HasSuffix(t, "Article") || strings.HasSuffix(t, "BlogPosting") || t == "Report" || t == "SocialMediaPosting"
	}
	return false
}

// address is the article's own address, "" if it gives none.
func (g *graph) address(a ldNode) string {
	if s := ldText(a["url"]); s != "" {
		return s
	}
	if page, ok := a["mainEntityOfPage"].(ldNode); ok {
		return ldText(page["@id"])
	}
	return ldText(a["mainEntityOfPage"])
}

// names are the names of a person or body, or of a list of them; those that
// are only referred to are looked up.
func (g *graph) names(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{ldText(v)}
	case []any:
		var out []string
		for _, e := range v {
			switch e.(type) {
			case string, ldNode: // no lists in lists
				out = append(out, g.names(e)...)
			}
		}
		return out
	case ldNode:
		if v["name"] == nil {
			v = g.byID[ldText(v["@id"])]
		}
		switch name := v["name"].(type) {
		case string, []any:
			return g.names(name)
		}
	}
	return nil
}

// ldText is a string value without the entities that many sites leave in it,
// the first of a list, or "".
func ldText(v any) string {
	if list, ok := v.([]any); ok && len(list) > 0 {
		v = list[0]
	}
	s, _ := v.(string)
	return strings.TrimSpace(html.UnescapeString(s))
}
