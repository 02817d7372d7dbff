package record_test

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"onrecord/check"
	"onrecord/internal/archive"
	"onrecord/profile"
	"onrecord/query"
	"onrecord/store"
)

// question is asked of a record in other words each time, the nth.
type question struct {
	group, name string
	ask         func(ctx context.Context, n int) error
}

// questions are of every sort that a record answers, most of them about what
// is frequent in it.
func (g *growing) questions() (out []question) {
	word := func(n int) string { return archive.Word(uint64(n)) }
	rare := func(n int) string { return word(3000 + 41*n) }
	person := func(n int) string { return `speaker:"` + archive.Person(uint64(n)) + `"` }
	said := func() []string { return strings.Fields(strings.Trim(g.said[g.random.IntN(len(g.said))], "“,”")) }
	search := func(name string, o store.SearchOptions, write func(n int) string) {
		o.Limit = 20
		out = append(out, question{"search", name, func(ctx context.Context, n int) error {
			q, err := query.Parse(write(n))
			if err == nil {
				_, err = g.Store.Search(ctx, q, o)
			}
			return err
		}})
	}
	find := func(name string, words func(n int) string) {
		out = append(out, question{"check", name, func(ctx context.Context, n int) error {
			_, err := check.Find(ctx, g.Store, words(n))
			return err
		}})
	}

	statements, articles := store.SearchOptions{}, store.SearchOptions{Articles: true}
	search("a common word", statements, func(n int) string { return word(n % 20) })
	search("a rare word", statements, rare)
	search("two common words", statements, func(n int) string { return word(n%20) + " " + word(20+n) })
	search("a common and a rare word", statements, func(n int) string { return word(n%20) + " " + rare(n) })
	search("a phrase", statements, func(int) string { return `"` + strings.Join(said()[1:4], " ") + `"` })
	search("a phrase of common words", statements, func(n int) string { return `"` + word(n%10) + " " + word(n%7) + `"` })
	search("one of two words", statements, func(n int) string { return word(n%20) + " OR " + word(100+n) })
	search("a word without another", statements, func(n int) string { return word(n%20) + " -" + word((n+1)%20) })
	search("a beginning of some 17 words", statements, func(n int) string { return word(300 + n)[:6] + "*" })
	search("a speaker and a word", statements, func(n int) string { return person(n%20) + " " + word(n) })
	search("a speaker", statements, func(n int) string { return person(n % 20) })
	search("an outlet, years, a word", statements, func(n int) string {
		return fmt.Sprintf("outlet:%q from:%d to:%[2]d %s", archive.Outlet(uint64(n%10)), 2015+n%5, word(n))
	})
	search("two months long ago, a word", statements, func(n int) string { return "to:2015-02 " + word(n) })
	search("a word, by date", store.SearchOptions{ByDate: true}, word)
	search("articles: a common word", articles, func(n int) string { return word(n % 20) })
	search("articles: a rare word", articles, rare)
	search("articles: a speaker, a word", articles, func(n int) string { return person(n%20) + " " + word(n) })
	search("articles: a speaker", articles, func(n int) string { return person(n % 20) })

	search("a beginning of 273 words", statements, func(n int) string { return word(n % 20)[:4] + "*" })
	out[len(out)-1].group = "wide search" // known to be slow: docs/performance.md

	find("words as they were said", func(int) string { return strings.Join(said(), " ") })
	find("a word changed, one dropped", func(n int) string {
		w := said()
		w[n%len(w)] = word(n)
		return strings.Join(slices.Delete(w, len(w)/2, len(w)/2+1), " ")
	})
	find("two common words", func(n int) string { return word(n%10) + " " + word(n%7) })
	nobody := archive.New(2)
	find("what nobody said", func(int) string {
		r := nobody.Next()
		return r.Statements[0].Content[0].Of(r.Article.Body)
	})

	out = append(out, question{"speaker page", "speaker page", func(ctx context.Context, n int) error {
		found, err := g.Store.FindSpeakers(ctx, archive.Person(uint64(n)), 20)
		if err != nil || len(found) == 0 {
			return err // few are in a small record
		}
		_, err = profile.Find(ctx, g.Store, g.Pipeline.Parser, found[0].Row, 20)
		return err
	}})
	return out
}
