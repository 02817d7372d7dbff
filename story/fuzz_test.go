package story_test

import (
	"testing"
	"time"

	"onrecord/story"
	"onrecord/text"
)

// FuzzAdd adds hostile articles and checks that each is in a story, the one
// that is reported, and that the quoted words are of its body.
func FuzzAdd(f *testing.F) {
	f.Add("Rust closes the bridge", "“We looked at the cables and nobody slept that night,” she said.", int64(1772323200))
	f.Add("", "", int64(0))
	f.Add("\xff\x00’s", "“““\" ' 'tis \xc3\x28 s ’s \u202e 🌉🌉 ies ss", int64(-1<<62))
	f.Add("a", "\"a a a a a a a a a a a a a a a a\"\n\n\"a a a a a a a\"", int64(1<<62))
	f.Fuzz(func(t *testing.T, title, body string, published int64) {
		g := story.NewGrouper()
		articles := []story.Article{
			{Title: title, Text: text.Split(body), Published: time.Unix(published, 0)},
			{Title: body, Text: text.Split(title)},
			{Title: title, Text: text.Split(body), Published: time.Unix(published+86400, 0)},
			{Text: text.Split(body + "\n\n" + title)},
		}
		for n, a := range articles {
			d := g.Add(a)
			if d.Story != g.Story(n) || d.Story > n || d.Joined != (d.Story < n) {
				t.Errorf("article %d: %+v, story %d", n, d, g.Story(n))
			}
			if s := d.Quoted; s.Start < 0 || s.End < s.Start || s.End > len(a.Text.Body) {
				t.Errorf("quoted %v of %d bytes", s, len(a.Text.Body))
			}
		}
		seen := map[int]bool{}
		for _, s := range story.Group(articles) {
			for _, i := range s {
				if seen[i] {
					t.Errorf("article %d is in two stories", i)
				}
				seen[i] = true
			}
		}
		if len(seen) != len(articles) {
			t.Errorf("%d of %d articles are in a story", len(seen), len(articles))
		}
	})
}
