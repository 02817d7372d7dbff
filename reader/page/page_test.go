package page

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"onrecord/article"
)

// filler is prose long enough for an extractor to see an article in it.
var filler = strings.Repeat("<p>The harbour board met for three hours on Monday and heard from fishermen, hotel owners and two engineers who had inspected the sea wall.</p>\n", 4)

// around puts navigation, a footer and readers' comments around an article.
func around(head, main string) string {
	return `<!doctype html><html lang="en-GB"><head>` + head + `</head><body>
<nav><ul><li><a href="/">Front page</a></li><li><a href="/sport">Sport pages</a></li></ul></nav>
<main><article><h1>Harbour wall to be rebuilt</h1>` + main + `</article></main>
<section id="comments" class="comments"><h2>Comments</h2><div class="comment"><p>Reader one: this is a waste of good money, as everybody here knows.</p></div></section>
<footer><p>Copyright 2019 Shoreline Courier Media</p></footer></body></html>`
}

func TestExtractMetadata(t *testing.T) {
	tests := []struct {
		name, page string
		want       article.Article // Body is not compared
	}{
		{
			"JSON-LD in a graph, with references",
			around(`<title>Harbour wall to be rebuilt | Shoreline Courier</title>
<link rel="canonical" href="/news/harbour-wall">
<meta property="og:site_name" content="Courier on the web">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[
{"@type":"WebPage","@id":"https://courier.example/news/harbour-wall#page"},
{"@type":"Organization","@id":"#org","name":"Shoreline Courier"},
{"@type":["NewsArticle"],"headline":"Harbour wall &amp; pier to be rebuilt","datePublished":"2025-03-04T07:03:25+01:00",
 "author":[{"@type":"Person","@id":"#ada"},{"@type":"Person","name":"Tom Beck"}],"publisher":{"@id":"#org"}},
{"@type":"Person","@id":"#ada","name":"Ada Quist"}]}</script>`, filler),
			article.Article{Title: "Harbour wall & pier to be rebuilt", Outlet: "Shoreline Courier", Byline: []string{"Ada Quist", "Tom Beck"},
				Published: time.Date(2025, 3, 4, 7, 3, 25, 0, time.FixedZone("", 3600)), Language: "en-GB", URL: "https://courier.example/news/harbour-wall"},
		},
		{
			"broken JSON-LD: comment marks, line break in a string, trailing commas",
			around("<script type='application/ld+json'>\n<!--\n{\"@type\":\"http://schema.org/ReportageNewsArticle\",\"headline\":\"Wall\nto be rebuilt\",\"author\":\"By Ada Quist\",\"datePublished\":\"2025-03-04\",}\n--></script>", filler),
			article.Article{Title: "Wall to be rebuilt", Byline: []string{"Ada Quist"}, Published: time.Date(2025, 3, 4, 0, 0, 0, 0, time.UTC), DateOnly: true, Language: "en-GB",
				URL: "https://courier.example/page"},
		},
		{
			"the article at the canonical address, not the one teased",
			around(`<link rel=canonical href="https://courier.example/b"><script type="application/ld+json">
[{"@type":"NewsArticle","headline":"Other","url":"https://courier.example/a"},{"@type":"NewsArticle","headline":"This","mainEntityOfPage":{"@id":"https://courier.example/b"}}]</script>
<script type="application/ld+json">{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"Listed"}]}</script>
<script type="application/ld+json">{ not json at all</script>`, filler),
			article.Article{Title: "This", Language: "en-GB", URL: "https://courier.example/b"},
		},
		{
			"OpenGraph only",
			around(`<meta property="og:title" content="Harbour wall to be rebuilt - Shoreline Courier"><meta property="og:site_name" content="Shoreline Courier">
<meta property="og:url" content="https://courier.example/og"><meta property="article:published_time" content="2025-03-04T07:03:25Z"><meta property="article:author" content="https://social.example/ada">
<meta name="author" content="Ada Quist">`, filler),
			article.Article{Title: "Harbour wall to be rebuilt", Outlet: "Shoreline Courier", Byline: []string{"Ada Quist"},
				Published: time.Date(2025, 3, 4, 7, 3, 25, 0, time.UTC), Language: "en-GB", URL: "https://courier.example/og"},
		},
		{
			"nothing declared",
			around(`<title>Harbour wall to be rebuilt | Shoreline Courier</title>`, filler),
			article.Article{Title: "Harbour wall to be rebuilt", Language: "en-GB", URL: "https://courier.example/page"},
		},
		{
			"a visible date",
			around(``, `<p>Published <time datetime="2025-03-04T10:00+0000">4 March</time></p>`+filler),
			article.Article{Title: "Harbour wall to be rebuilt", Published: time.Date(2025, 3, 4, 10, 0, 0, 0, time.UTC), Language: "en-GB", URL: "https://courier.example/page"},
		},
		{
			"a date in words",
			around(``, `<p class="published">Published on March 4, 2025</p>`+filler),
			article.Article{Title: "Harbour wall to be rebuilt", Published: time.Date(2025, 3, 4, 0, 0, 0, 0, time.UTC), DateOnly: true, Language: "en-GB", URL: "https://courier.example/page"},
		},
		{
			"a date in words, day first",
			around(``, `<div class="byline"><span class="date">4 March 2025</span></div>`+filler),
			article.Article{Title: "Harbour wall to be rebuilt", Published: time.Date(2025, 3, 4, 0, 0, 0, 0, time.UTC), DateOnly: true, Language: "en-GB", URL: "https://courier.example/page"},
		},
		{
			"a date in figures",
			around(``, `<p class="post-date">Posted: 04.03.2025</p>`+filler),
			article.Article{Title: "Harbour wall to be rebuilt", Published: time.Date(2025, 3, 4, 0, 0, 0, 0, time.UTC), DateOnly: true, Language: "en-GB", URL: "https://courier.example/page"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Extract(tt.page, "https://courier.example/page")
			if err != nil {
				t.Fatal(err)
			}
			if got.Title != tt.want.Title || got.Outlet != tt.want.Outlet || got.URL != tt.want.URL || got.Language != tt.want.Language || !slices.Equal(got.Byline, tt.want.Byline) {
				t.Errorf("got %q by %q in %q at %q (%s)", got.Title, got.Byline, got.Outlet, got.URL, got.Language)
			}
			if !got.Published.Equal(tt.want.Published) || got.DateOnly != tt.want.DateOnly {
				t.Errorf("published %v, %v", got.Published, got.DateOnly)
			}
			for _, alien := range []string{"Front page", "Sport pages", "Reader one", "Copyright"} {
				if strings.Contains(got.Body, alien) {
					t.Errorf("%q is in the body", alien)
				}
			}
			if n := strings.Count(got.Body, "The harbour board met"); n != 4 {
				t.Errorf("%d of 4 paragraphs in the body", n)
			}
		})
	}
}

func TestExtractBody(t *testing.T) {
	const quote = `“We’ll rebuild it,” Mayor Lena Orth said, “and we’ll do it by <em>May</em>.”`
	tests := []struct {
		name, main string
		want       []string // paragraphs, in a row
	}{
		{"inline elements are joined", `<p>` + quote + `</p><p>She <a href="/x">would not</a>&nbsp;say <b>who</b> pays.</p>`,
			[]string{"“We’ll rebuild it,” Mayor Lena Orth said, “and we’ll do it by May.”", "She would not\u00a0say who pays."}},
		{"block quotation with its source", `<p>The engineer wrote to the board at some length on Friday:</p><blockquote><p>The wall is sound. The pier is not.</p><footer>— Ivo Land, engineer</footer></blockquote><p>The board agreed with that.</p>`,
			[]string{"The wall is sound. The pier is not.", "— Ivo Land, engineer", "The board agreed with that."}},
		{"list", `<p>The board named three points for the summer:</p><ul><li>a new wall for the harbour</li><li>a new pier for the ferry</li></ul>`,
			[]string{"a new wall for the harbour", "a new pier for the ferry"}},
		{"q element", `<p>Orth called the plan <q>a <q>wall</q> of hope</q>, to some applause.</p>`,
			[]string{"Orth called the plan “a ‘wall’ of hope”, to some applause."}},
		{"white space", "<p>The pier\n    closes   on\tFriday, the harbour board said on its site.</p>",
			[]string{"The pier closes on Friday, the harbour board said on its site."}},
		{"subheading", `<h2>What comes next</h2><p>The work starts in April, if the weather permits it.</p>`,
			[]string{"What comes next", "The work starts in April, if the weather permits it."}},
	}
	for _, tt := range tests {
		got, err := Extract(around("", filler+tt.main+filler), "")
		if err != nil {
			t.Fatal(err)
		}
		if want := strings.Join(tt.want, "\n\n"); !strings.Contains(got.Body, want) {
			t.Errorf("%s: %q is not in %q", tt.name, want, got.Body)
		}
	}
}

func TestExtractLineBreaks(t *testing.T) {
	got, err := Extract(`<html><body><div class="article-body">`+strings.Repeat("The harbour board met for three hours on Monday and heard from fishermen and two engineers.<br><br>“It is <br/>urgent,” the mayor said on Monday.<br><br>", 4)+`</div></body></html>`, "")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(got.Body, "engineers.\n\n“It is\nurgent,” the mayor said on Monday.\n\nThe harbour") {
		t.Errorf("got %q", got.Body)
	}
}

func TestExtractShort(t *testing.T) {
	for _, page := range []string{`<p>The mayor said no.</p>`, `The mayor said no.`, around("", "<p>The mayor said no.</p>")} {
		got, err := Extract(page, "")
		if body := strings.TrimPrefix(got.Body, "Harbour wall to be rebuilt\n\n"); err != nil || body != "The mayor said no." {
			t.Errorf("got %q, %v", got.Body, err)
		}
	}
	got, err := Extract(`<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"The mayor said no.\nNobody asked."}</script><script>render()</script>`, "")
	if err != nil || got.Body != "The mayor said no.\n\nNobody asked." {
		t.Errorf("got %q, %v", got.Body, err)
	}
	for _, page := range []string{"", " \n", "<html></html>", "<script>let a = 'text';</script><style>p {}</style>", "<!-- never closed <p>text</p>"} {
		if got, err := Extract(page, ""); !errors.Is(err, ErrNoText) {
			t.Errorf("%q: %q, %v, want ErrNoText", page, got.Body, err)
		}
	}
}

func FuzzPage(f *testing.F) {
	f.Add(around(`<title>Wall</title><script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"Wall","author":[{"@id":"a"}]}]}</script>`, filler))
	f.Add(`<p>a<br><br>b<q>c<q>d</q></q><blockquote>e<footer>f</footer></blockquote><pre>g
 h</pre><ul><li>i<table><td>j`)
	f.Add(`<meta property=og:title content=x><link rel=canonical href=//x/%zz><time datetime=2025-01-01>`)
	f.Fuzz(func(t *testing.T, page string) {
		a, err := Extract(page, "https://courier.example/2025/03/04/a")
		if err != nil && !errors.Is(err, ErrNoText) || (err != nil) != (a.Body == "") {
			t.Fatalf("%q, %v", a.Body, err)
		}
		if !utf8.ValidString(a.Body) || !utf8.ValidString(a.Title) {
			t.Fatal("not UTF-8")
		}
		if a.Body != strings.Trim(a.Body, " \n\t") || strings.Contains(a.Body, "\n\n\n") || strings.Contains(a.Body, "  ") || strings.Contains(a.Body, "\x00") {
			t.Fatalf("white space is not collapsed: %q", a.Body)
		}
	})
}

func BenchmarkExtract(b *testing.B) {
	for name, page := range map[string]string{
		"short":       around("<title>Wall</title>", filler),
		"long":        around("<title>Wall</title>", strings.Repeat(filler, 50)),
		"readability": around("<title>Wall</title>", strings.Repeat(filler, 7_000)),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(page)))
			for b.Loop() {
				if _, err := Extract(page, ""); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func TestExtractHeadline(t *testing.T) {
	for _, c := range []struct{ name, title, first string }{
		{"the title again", "Harbour  wall to be REBUILT", "The harbour board"},
		{"another one", "Wall at last", "Harbour wall to be rebuilt"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := Extract(around(`<meta property="og:title" content="`+c.title+`">`, filler), "")
			if err != nil || !strings.HasPrefix(a.Body, c.first) {
				t.Errorf("%v, body begins %.60q, want %q", err, a.Body, c.first)
			}
		})
	}
}
