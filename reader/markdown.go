package reader

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	gmhtml "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"

	"onrecord/article"
	"onrecord/reader/page"
)

// goldmark's time can grow with the square of a paragraph, and with that of
// the depth of block quotations and lists.
const (
	// maxMarkdownWork bounds the sum of the squares of the paragraphs' bytes.
	// The worst that it lets pass takes some three seconds; a single paragraph
	// may have 128 kB.
	maxMarkdownWork  = 1 << 34
	maxMarkdownDepth = 100
)

// checkMarkdown is linear in s; the error is ErrTooLarge.
func checkMarkdown(s string) error {
	work, length := 0, 0
	for line := range strings.Lines(s) {
		if strings.TrimSpace(line) == "" {
			length = 0
			continue
		}
		work += len(line) * (2*length + len(line)) // (a+b)² - a²
		length += len(line)
		if work > maxMarkdownWork {
			return fmt.Errorf("%w: paragraphs too long for Markdown", ErrTooLarge)
		}
		if nesting(line) > maxMarkdownDepth {
			return fmt.Errorf("%w: quotations or lists nested over %d deep", ErrTooLarge, maxMarkdownDepth)
		}
	}
	return nil
}

// nesting counts the marks of block quotations and list items that a line
// begins with.
func nesting(line string) (depth int) {
	for i := range len(line) {
		switch c := line[i]; {
		case c == '>', strings.IndexByte("-*+", c) >= 0 && i+1 < len(line) && line[i+1] == ' ':
			depth++
		case c != ' ' && c != '\t':
			return depth
		}
	}
	return depth
}

// parseMarkdown reads the text without its marks, headings and list items as
// paragraphs, and the metadata of a front matter (lines of "key: value"
// between two lines of "---"). Without a title there, a first heading of the
// first level is the title as well as a part of the body.
func parseMarkdown(s string) (article.Article, error) {
	if err := checkMarkdown(s); err != nil {
		return article.Article{}, err
	}
	a, s := frontMatter(s)
	var rendered strings.Builder
	// Markup in the text may stay, as nothing of this is ever shown.
	md := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough), goldmark.WithRendererOptions(gmhtml.WithUnsafe()))
	if err := md.Convert([]byte(s), &rendered); err != nil {
		return article.Article{}, err
	}
	doc, err := html.Parse(strings.NewReader(rendered.String()))
	if err != nil { // nested too deep
		return article.Article{}, fmt.Errorf("%w: %w", ErrNoText, err)
	}
	a.Body = page.Text(doc)
	if strings.HasPrefix(rendered.String(), "<h1>") {
		title, _, _ := strings.Cut(a.Body, "\n\n")
		a.Title = cmp.Or(a.Title, title)
	}
	return a, nil
}

// frontMatter splits off the metadata. Lines that it does not understand are
// passed over.
func frontMatter(s string) (article.Article, string) {
	var a article.Article
	rest, ok := strings.CutPrefix(strings.ReplaceAll(s, "\r\n", "\n"), "---\n")
	if !ok {
		return a, s
	}
	head, body, ok := strings.Cut("\n"+rest, "\n---\n")
	if !ok {
		return a, s
	}
	key := ""
	for line := range strings.Lines(head) {
		line = strings.TrimSpace(line)
		if item, ok := strings.CutPrefix(line, "- "); ok {
			if key == "author" || key == "authors" {
				a.Byline = append(a.Byline, unquote(item))
			}
			continue
		}
		k, v, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		key, v = strings.ToLower(strings.TrimSpace(k)), unquote(v)
		switch key {
		case "title":
			a.Title = v
		case "outlet", "publication", "publisher", "source":
			a.Outlet = v
		case "url", "link", "canonical":
			a.URL = v
		case "language", "lang":
			a.Language = v
		case "date", "published":
			if t, dateOnly, err := article.ParseDate(v); err == nil {
				a.Published, a.DateOnly = t, dateOnly
			}
		case "author", "authors", "byline":
			list := []string{v}
			if inner, ok := strings.CutPrefix(v, "["); ok {
				list = strings.Split(strings.TrimSuffix(inner, "]"), ",")
			}
			for _, name := range list {
				if name = unquote(name); name != "" {
					a.Byline = append(a.Byline, name)
				}
			}
		}
	}
	return a, body
}

// unquote trims white space and a pair of quotation marks.
func unquote(s string) string {
	s = strings.TrimSpace(s)
	if len(s) >= 2 && (s[0] == '"' || s[0] == '\'') && s[len(s)-1] == s[0] {
		return s[1 : len(s)-1]
	}
	return s
}
