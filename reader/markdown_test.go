package reader

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestParseMarkdown(t *testing.T) {
	a, err := parseMarkdown(`---
title: "Harbour wall: to be rebuilt"
date: 2025-03-04
authors:
  - Ada Quist
  - 'Tom Beck'
outlet: Shoreline Courier
url: https://courier.example/wall
lang: en
draft
---

# The *wall*

“We’ll rebuild it,” the mayor
said, **twice**. AT&amp;T was [not asked](https://courier.example/x "t"). 2 \* 3.

> The wall is sound.
>
> — Ivo Land

- a new wall  
  for the harbour
- a new pier <b>for</b> the ferry

1. one

![A picture](wall.png)

    indented code

---
The end<br>of it. <script>no()</script>
`)
	if err != nil {
		t.Fatal(err)
	}
	if a.Title != "Harbour wall: to be rebuilt" || a.Outlet != "Shoreline Courier" || a.URL != "https://courier.example/wall" || a.Language != "en" ||
		!slices.Equal(a.Byline, []string{"Ada Quist", "Tom Beck"}) || a.Published.Format(time.DateOnly) != "2025-03-04" || !a.DateOnly {
		t.Errorf("got %+v", a)
	}
	want := strings.Join([]string{
		"The wall", "“We’ll rebuild it,” the mayor said, twice. AT&T was not asked. 2 * 3.", "The wall is sound.", "— Ivo Land",
		"a new wall\nfor the harbour", "a new pier for the ferry", "one", "indented code", "The end\nof it.",
	}, "\n\n")
	if a.Body != want {
		t.Errorf("got\n%s\nwant\n%s", a.Body, want)
	}
}

func TestFrontMatter(t *testing.T) {
	tests := []struct{ in, title, body string }{
		{"no front matter", "", "no front matter"},
		{"# Headline\n\ntext", "Headline", "Headline\n\ntext"},
		{"text\n\n# Later", "", "text\n\nLater"},
		{"---\r\ntitle: T\r\nauthor: [A, \"B\"]\r\n---\r\ntext", "T", "text"},
		{"---\nnever closed", "", "never closed"},
		{"---\n---\ntext", "", "text"},
		{"| a | b |\n|---|---|\n| ~~c~~ | d |", "", "a\n\nb\n\nc\n\nd"},
	}
	for _, tt := range tests {
		if a, err := parseMarkdown(tt.in); err != nil || a.Title != tt.title || a.Body != tt.body {
			t.Errorf("%q: got %q, %q, %v", tt.in, a.Title, a.Body, err)
		}
	}
}
