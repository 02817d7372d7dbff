package page_test

import (
	"fmt"
	"strings"
	"testing"

	"onrecord/article"
	"onrecord/comparison"
	"onrecord/format/page"
)

// site is a server with addresses that say what they lead to.
var site = page.Site{
	Article: func(a article.Article, paragraph int) string { return fmt.Sprintf("/article/%s#p%d", a.ID, paragraph) },
	Said:    func(a article.Article, start, end int) string { return fmt.Sprintf("/said/%s/%d-%d", a.ID, start, end) },
	Speaker: func(name string) string { return "/speaker/" + strings.ReplaceAll(name, " ", "-") },
	Row:     func(n int, id string) string { return fmt.Sprintf("/story?rows=%d#%s", n, id) },
	More:    []page.Link{{Name: "Elsewhere", Href: "#elsewhere"}},
}

// put is a part as a page has it.
func put(p *page.Part) string {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html><main>" + string(p.Head))
	for _, m := range p.Matrix[:1] {
		b.WriteString(string(m))
	}
	b.WriteString(string(p.Rest))
	for _, c := range p.Columns {
		b.WriteString(string(c.HTML))
	}
	b.WriteString(string(p.Dock) + "</main>")
	return b.String()
}

func TestPart(t *testing.T) {
	c := ferry()
	p, err := page.New(c, site)
	if err != nil {
		t.Fatal(err)
	}
	root := parsed(t, put(p))
	ids := map[string]bool{}
	for _, n := range all(root, "[id]") {
		if id := attr(n, "id"); ids[id] {
			t.Errorf("the ID %q is given twice", id)
		} else {
			ids[id] = true
		}
	}
	for _, n := range all(root, `a[href^="#"]`) {
		if to := attr(n, "href")[1:]; !ids[to] && to != "elsewhere" && to != "story-articles" { // which are the server's
			t.Errorf("a link to %q, which is not there", to)
		}
	}
	for _, c := range []struct {
		selector string
		least    int
	}{
		{".matrix .utterance", 2}, {".matrix a.permanent", 2}, {`.who a[href="/speaker/Maren-Holloway"]`, 2}, {".chart svg.bar", 6},
		{".voices details.data table, .voices .data, details.data table", 1}, {".column h3 a", 3}, {"#dock", 1},
	} {
		if n := len(all(root, c.selector)); n < c.least {
			t.Errorf("%d of %s, want %d", n, c.selector, c.least)
		}
	}
	if len(p.Sayings) != len(c.Utterances) || len(p.Columns) != 3 || p.Wide {
		t.Errorf("%d sayings, %d columns, wide %t", len(p.Sayings), len(p.Columns), p.Wide)
	}
	for i, s := range p.Sayings {
		if len(s.Passages) != len(c.Utterances[i].Variants) || !strings.Contains(string(s.HTML), "How it is worded") {
			t.Errorf("%s: %d passages", s.Title, len(s.Passages))
		}
	}
	for _, s := range []string{"<style", "<script", "style=", "onclick"} {
		if strings.Contains(put(p), s) {
			t.Errorf("a part has %s, which no policy allows", s)
		}
	}
}

// crowd is a comparison of the same articles several times.
func crowd(c *comparison.Comparison, times int) *comparison.Comparison {
	n := len(c.Reports)
	var reports []comparison.Report
	var own []comparison.OwnVoice
	for i := range n * times {
		r := c.Reports[i%n]
		r.Article.ID, r.Article.Outlet = fmt.Sprint("w", i), fmt.Sprint("Outlet ", i)
		reports, own = append(reports, r), append(own, c.OwnVoice[i%n])
	}
	for i := range c.Utterances {
		u := &c.Utterances[i]
		variants := u.Variants
		for k := 1; k < times; k++ {
			for _, v := range variants {
				v.Article += k * n
				u.Variants = append(u.Variants, v)
			}
		}
	}
	for i := range c.Figures {
		values := c.Figures[i].Values
		for k := 1; k < times; k++ {
			for _, v := range values {
				v.Article += k * n
				c.Figures[i].Values = append(c.Figures[i].Values, v)
			}
		}
	}
	for i := range c.Voices {
		articles := c.Voices[i].Articles
		for range times - 1 {
			c.Voices[i].Articles = append(c.Voices[i].Articles, articles...)
		}
	}
	c.Reports, c.OwnVoice = reports, own
	return c
}

// TestWidePart tells the story in many outlets, which no table has room for.
func TestWidePart(t *testing.T) {
	p, err := page.New(crowd(ferry(), 4), site)
	if err != nil {
		t.Fatal(err)
	}
	if !p.Wide || len(p.Columns) != 12 {
		t.Errorf("wide %t, %d columns", p.Wide, len(p.Columns))
	}
	root := parsed(t, put(p))
	if n := len(all(root, "table.matrix")); n != 0 {
		t.Errorf("%d tables of so many columns", n)
	}
	if len(all(root, ".carried .utterance")) == 0 || len(all(root, ".amounts > li")) == 0 {
		t.Error("who carries what, and which figures, is not said")
	}
	for _, n := range all(root, ".carriers a, .amounts a.place") {
		if to := attr(n, "href"); !strings.HasPrefix(to, "/article/w") {
			t.Errorf("a passage is at %q", to)
		}
	}
}

func TestEmptyPart(t *testing.T) {
	p, err := page.New(&comparison.Comparison{}, page.Site{})
	if err != nil || len(p.Matrix) != 1 || len(p.Sayings) != 0 || !strings.Contains(put(p), "No utterance was found") {
		t.Errorf("%v: %v", p, err)
	}
}

// TestHostilePart has hostile text wherever there can be some.
func TestHostilePart(t *testing.T) {
	p, err := page.New(hostileStory(), site)
	if err != nil {
		t.Fatal(err)
	}
	whole := put(p)
	for _, s := range p.Sayings {
		whole += string(s.HTML)
	}
	root := parsed(t, whole+string(p.Figures))
	for _, n := range all(root, "script, img, iframe, style, [onclick], [onload], [onerror], [onmouseover]") {
		t.Errorf("there is a %s", n.Data)
	}
	for _, n := range all(root, "a[href]") {
		if to := attr(n, "href"); strings.HasPrefix(strings.ToLower(strings.TrimSpace(to)), "javascript:") || strings.HasPrefix(to, "data:") {
			t.Errorf("a link to %q", to)
		}
	}
}
