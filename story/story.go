// Package story groups articles into stories: those about one event.
//
// Articles may arrive in any order. Each is compared with the stories that it
// shares rare words with and that are near in time, and joins the one that it
// is most alike, if that is alike enough; then stories that the newcomer shows
// to be one are joined. Likeness is the mean cosine of the articles' weighted
// words (group-average clustering), so that no single article can chain two
// stories together.
package story

import (
	"cmp"
	"slices"
	"time"

	"onrecord/text"
)

// Article is what the package needs to know of an article.
type Article struct {
	Title     string
	Published time.Time  // zero where unknown
	Text      *text.Text // nil is an empty text
}

// Group groups articles into stories: indices into articles, ascending; a
// story for each article at least of its own, in order of the first article.
// The stories are the same in whatever order the articles are given, but for
// articles that have date, title and body in common.
func Group(articles []Article) [][]int {
	order := make([]int, len(articles))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := articles[i], articles[j]
		return cmp.Or(a.Published.Compare(b.Published), cmp.Compare(a.Title, b.Title), cmp.Compare(body(a), body(b)))
	})
	g := NewGrouper()
	for _, i := range order {
		g.Add(articles[i])
	}
	members := map[int][]int{}
	for n, i := range order {
		s := g.Story(n)
		members[s] = append(members[s], i)
	}
	stories := make([][]int, 0, len(members))
	for _, m := range members {
		slices.Sort(m)
		stories = append(stories, m)
	}
	slices.SortFunc(stories, func(a, b []int) int { return cmp.Compare(a[0], b[0]) })
	return stories
}

func body(a Article) string {
	if a.Text == nil {
		return ""
	}
	return a.Text.Body
}
