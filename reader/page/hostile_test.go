//go:build !race

// The race detector makes this code twenty times slower, so that a limit in
// time says nothing.

package page

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"
)

// hostile are pages made to cost time or memory; want is text that the body
// must hold, "" where there is none to find.
func hostile() map[string]struct{ page, want string } {
	random := make([]byte, 1<<20)
	r := rand.NewChaCha8([32]byte{7})
	r.Read(random)
	prose := strings.Repeat("The mayor said on Monday that the harbour wall would stand. ", 20)
	var attributes, fonts strings.Builder
	for i := range 500 {
		fmt.Fprintf(&fonts, "<b id=%d>", i)
	}
	for i := range 200_000 {
		fmt.Fprintf(&attributes, " a%d=%d", i, i)
	}
	rep := strings.Repeat
	return map[string]struct{ page, want string }{
		"20 MB of <p>":                        {rep("<p>", 20<<20/3), ""},
		"2 MB of <p> with a letter":           {rep("<p>x", 500_000), "x"},
		"45,000 paragraphs":                   {rep("<p>It is so, she said.", 22_000), "It is so"},
		"100,000 nested div":                  {rep("<div>", 100_000) + prose, "harbour wall"},
		"100,000 nested b in p":               {"<p>" + rep("<b>", 100_000) + prose, "harbour wall"},
		"500 nested div, each with text":      {rep("<div>"+prose, 500) + rep("</div>", 500), "harbour wall"},
		"400 nested div around 1.5 MB":        {rep("<div>", 400) + rep("<p>"+prose, 1200) + rep("</div>", 400), "harbour wall"},
		"200,000 br":                          {"<p>" + rep("said<br>", 200_000), "said"},
		"45,000 br":                           {"<p>" + rep("said<br>", 22_000), "said"},
		"1,000,000 span and br":               {rep("<span>x</span><br>", 1_000_000), "x"},
		"formatting opened in each paragraph": {"<p>" + fonts.String() + "</p>" + rep("<p>x</p>", 50_000), "x"},
		"20 MB in one text":                   {"<p>" + rep(prose, 20<<20/len(prose)), "harbour wall"},
		"30,000 sibling div":                  {rep("<div>"+prose[:60]+"</div>", 30_000), "The mayor"},
		"30,000 cells":                        {"<table>" + rep("<tr><td>x<td>y", 10_000), "x"},
		"40,000 list items":                   {"<ul>" + rep("<li>said", 20_000), "said"},
		"nested tables":                       {rep("<table><tr><td>", 150) + prose, "harbour wall"},
		"200,000 attributes":                  {"<p" + attributes.String() + ">" + prose, "harbour wall"},
		"a tag that never closes":             {"<p>" + prose + "</p><a " + rep("x", 5<<20), "harbour wall"},
		"10 MB of <":                          {rep("<", 10<<20), ""},
		"NULs":                                {"<p>" + rep("a\x00", 1<<20), "a"},
		"scripts only":                        {rep("<script>document.write('<p>no')</script>", 50_000), ""},
		"JSON-LD of brackets":                 {`<script type="application/ld+json">` + rep("[", 3<<20) + "</script><p>" + prose, "harbour wall"},
		"JSON-LD of commas":                   {`<script type="application/ld+json">{` + rep(", ", 1<<20) + "</script><p>" + prose, "harbour wall"},
		"empty":                               {"", ""},
		"random bytes":                        {string(random), ""},
		"unclosed comment":                    {"<p>" + prose + "</p><!-- " + rep("<p>no ", 1<<20), "harbour wall"},
		"unclosed script":                     {"<p>" + prose + "</p><script>" + rep("<p>no ", 1<<20), "harbour wall"},
		"UTF-16 that nobody decoded":          {rep("<\x00p\x00>\x00x\x00", 10_000), ""},
		"150,000 nodes under 400 div":         {rep("<div>", 400) + rep("<p>It is so, she said, and went on.", 70_000), "It is so"},
		"150,000 nodes in 100 levels":         {rep("<div>"+rep("<p>It is so, she said.", 700), 100), "It is so"},
		"40,000 nodes in 100 levels":          {rep("<div>"+rep("<p>It is so, she said.", 200), 100), "It is so"},
		"links in lists in sections":          {rep("<section><ul>"+rep("<li><a href=x>said, and, or</a> said", 30)+"</ul></section>", 1000), "said"},
		"block quotations in each other":      {rep("<blockquote><p>no", 200) + prose, "harbour wall"},
	}
}

func TestExtractHostile(t *testing.T) {
	// The slowest takes a second on two cores of a small server.
	const maxTime, maxMemory = 8 * time.Second, 512 << 20
	for name, tt := range hostile() {
		t.Run(name, func(t *testing.T) {
			runtime.GC()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			a, err := Extract(tt.page, "https://courier.example/a")
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			grown := int64(after.HeapSys) - int64(before.HeapSys)
			t.Logf("%8d bytes: %v, heap +%d MB, allocated %d MB, body %d, %v", len(tt.page), took.Round(time.Millisecond), grown>>20, (after.TotalAlloc-before.TotalAlloc)>>20, len(a.Body), err)
			if took > maxTime || grown > maxMemory {
				t.Errorf("took %v and %d MB", took, grown>>20)
			}
			if err != nil && !errors.Is(err, ErrNoText) {
				t.Error(err)
			}
			if tt.want != "" && !strings.Contains(a.Body, tt.want) {
				t.Errorf("%q is not in the body: %.200q, %v", tt.want, a.Body, err)
			}
			if strings.Contains(a.Body, "<p>no") {
				t.Error("markup in the body")
			}
		})
	}
}
