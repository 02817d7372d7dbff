package store_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/internal/archive"
	"onrecord/query"
	"onrecord/store"
)

// archived are the first n articles of an invented archive.
func archived(a *archive.Archive, n int) (out []store.Entry) {
	for r := range a.Articles(n) {
		out = append(out, store.Entry{Article: r.Article, Language: r.Language, Statements: r.Statements, Figures: r.Figures, Fingerprint: r.Fingerprint})
	}
	return out
}

func words(a article.Article) []string {
	return strings.FieldsFunc(strings.ToLower(a.Title+" "+a.Body), func(r rune) bool { return !unicode.IsLetter(r) })
}

// TestSearchArticlesByStatements pages through the articles in which somebody
// says something, of whom some are often quoted and others once.
func TestSearchArticlesByStatements(t *testing.T) {
	s := create(t, recordPath(t))
	entries := archived(archive.New(3), 400)
	add(t, s, entries...)
	says := func(name string, kind attribution.Kind, word string) (ids []string) {
		for _, e := range entries {
			for _, said := range e.Statements {
				has := !slices.ContainsFunc(strings.Fields(name), func(w string) bool { return !slices.Contains(strings.Fields(said.Speaker.Name), w) })
				if has && (kind == "" || kind == said.Kind) && (word == "" || slices.Contains(words(e.Article), word)) {
					ids = append(ids, e.Article.ID)
					break
				}
			}
		}
		slices.Sort(ids)
		return ids
	}
	found := func(q string) (ids []string) {
		parsed, err := query.Parse(q)
		if err != nil {
			t.Fatal(err)
		}
		for before := int64(0); ; {
			hits, err := s.Search(t.Context(), parsed, store.SearchOptions{Articles: true, ByDate: true, Limit: 7, Before: before})
			if err != nil {
				t.Fatal(err)
			}
			for _, h := range hits {
				ids = append(ids, h.Article.ID)
				before = h.Article.Row
			}
			if len(hits) < 7 {
				slices.Sort(ids)
				return ids
			}
		}
	}
	for _, n := range []uint64{0, 1, 5, 20, 1000} {
		name, word := archive.Person(n), archive.Word(n)
		for q, want := range map[string][]string{
			`speaker:"` + name + `"`:                          says(name, "", ""),
			`speaker:"` + name + `" kind:direct`:              says(name, attribution.Direct, ""),
			`speaker:"` + name + `" ` + word:                  says(name, "", word),
			`(speaker:"` + name + `" OR zzz) ` + word:         says(name, "", word),
			`kind:indirect speaker:"` + name + `" -zzz`:       says(name, attribution.Indirect, ""),
			`speaker:"` + name + `" outlet:the addressee:the`: says(name, attribution.Indirect, ""),
		} {
			if got := found(q); !slices.Equal(got, want) {
				t.Errorf("%s: %d articles, want %d", q, len(got), len(want))
			}
		}
	}
	all, without := len(entries), len(says(archive.Person(0), "", ""))
	if got := found(`-speaker:"` + archive.Person(0) + `"`); len(got) != all-without {
		t.Errorf("%d of %d articles without somebody who speaks in %d", len(got), all, without)
	}
}
