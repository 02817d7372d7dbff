package format

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"onrecord/comparison"
)

// rendered is a comparison's Markdown as a browser gets it.
func rendered(t *testing.T, c *comparison.Comparison) string {
	t.Helper()
	var md, page bytes.Buffer
	if err := ComparisonMarkdown(&md, c, true); err != nil {
		t.Fatal(err)
	}
	if err := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough)).Convert(md.Bytes(), &page); err != nil {
		t.Fatal(err)
	}
	return page.String()
}

func TestMarkdownIsUnderstood(t *testing.T) {
	page := rendered(t, hall(t))
	for _, want := range []string{
		"<h1>Mayor: nothing could save the hall</h1>",
		`<a href="https://herald.example/hall">The Morning Herald</a>`,
		"to save the <del>hall</del> <strong>building</strong>, and none",
		"<th style=\"text-align:center\">MH</th>",
		"<li><strong>Differs:</strong> The Morning Herald sets them against each other: “at odds with” (¶3): That is <strong>at odds with</strong> a study",
	} {
		if !strings.Contains(strings.ReplaceAll(page, "1 – ", ""), want) {
			t.Errorf("no %q in\n%s", want, page)
		}
	}
	if strings.Contains(page, "**") || strings.Contains(page, "~~") || strings.Count(page, "<table>") != 2 {
		t.Errorf("markup left over in\n%s", page)
	}
}

var tag = regexp.MustCompile(`<[^>]*>`)

// TestMarkdownIsHarmless looks that nothing of an article is taken for markup.
func TestMarkdownIsHarmless(t *testing.T) {
	for _, words := range []string{
		nasty, "1. one", "12) twelve", "- item", "+ item", "# heading", "> quoted", "```", "---", "===", "a | b", "![x](https://a.example/x.png)", "<https://a.example>", "~~no~~", "__init__", "&copy;", `\`, "[x]: https://a.example",
	} {
		page := rendered(t, crowd(t, 3, 2, func(int) string { return words }, words))
		for _, bad := range []string{"<script", "<img", "<a ", "<em>", "<code>", "<blockquote>", "<pre>", "<hr", "<ol"} {
			if strings.Contains(page, bad) {
				t.Errorf("%q: %s in\n%s", words, bad, page)
			}
		}
		plain := html.UnescapeString(tag.ReplaceAllString(page, ""))
		if want := Harmless(words); !strings.Contains(strings.Join(strings.Fields(plain), " "), want) {
			t.Errorf("%q is not in\n%s", want, plain)
		}
	}
}

func TestLinked(t *testing.T) {
	for address, want := range map[string]string{
		"https://a.example/x_(1)": "[w](https://a.example/x%5F%281%29)", "javascript:alert(1)": "w", "": "w", "file:///etc/passwd": "w", "https://": "w", "http://a.example/a b": "[w](http://a.example/a%20b)",
	} {
		if got := linked("w", address); got != want {
			t.Errorf("linked(%q) = %q, want %q", address, got, want)
		}
	}
}
