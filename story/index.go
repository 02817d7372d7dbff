package story

import (
	"cmp"
	"math"
	"slices"

	"onrecord/text"
)

// Bounds of what is looked at for one article, so that the work does not grow
// with the record.
const (
	// windowDays is how far from an article a story can be, by the dates of
	// its articles.
	windowDays = 7
	// maxSearched is the number of an article's terms that are looked up.
	maxSearched = 40
	// maxPostings is the number of entries that are read for one term.
	maxPostings = 2000
	// maxNear is the number of stories that an article is compared with, not
	// counting those that print a quotation of it.
	maxNear = 30
)

// noWeek stands for the week of articles without a date; it comes first.
const noWeek = math.MinInt32

// week numbers the weeks since 1970.
func week(days float64) int32 {
	return int32(max(noWeek+1, min(math.MaxInt32, math.Floor(days/7))))
}

// index finds the articles with a term in a range of time.
type index []bucket // by week

// bucket has the articles of one week by their terms, in runs of which each
// has later articles than the one before and is smaller (Bentley and Saxe,
// "Decomposable searching problems", 1980). Of a story those articles that
// would say nothing new are left out.
type bucket struct {
	week int32
	runs [][]posting // each by term, then by article
}

// posting says that an article has a term.
type posting struct {
	term    uint32
	article int32
}

// post adds an article with terms in their order.
func (x *index) post(week int32, article int32, terms []uint32) {
	if len(terms) == 0 {
		return
	}
	i, found := x.find(week)
	if !found {
		*x = slices.Insert(*x, i, bucket{week: week})
	}
	run := make([]posting, len(terms))
	for i, t := range terms {
		run[i] = posting{t, article}
	}
	b := &(*x)[i]
	for n := len(b.runs); n > 0 && len(b.runs[n-1]) < 2*len(run); n-- {
		run = merged(b.runs[n-1], run)
		b.runs = b.runs[:n-1]
	}
	b.runs = append(b.runs, run)
}

// merged is one run of two, of which the second has the later articles.
func merged(a, b []posting) []posting {
	out := make([]posting, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0].term <= b[0].term {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}

func (x index) find(week int32) (int, bool) {
	return slices.BinarySearchFunc(x, week, func(b bucket, week int32) int { return cmp.Compare(b.week, week) })
}

// within calls f with the articles that have a term in one of the weeks, and
// then with those that have it and no date; the latest weeks and the latest
// articles first, maxPostings of them at most.
func (x index) within(term uint32, first, last int32, f func(article int32)) {
	from, _ := x.find(first)
	end, found := x.find(last)
	if found {
		end++
	}
	left := maxPostings
	read := func(b bucket) {
		for i := len(b.runs) - 1; i >= 0 && left > 0; i-- {
			run := b.runs[i]
			// The place after the last posting of the term.
			at, _ := slices.BinarySearchFunc(run, term, func(p posting, term uint32) int {
				if p.term <= term {
					return -1
				}
				return 1
			})
			for at--; at >= 0 && run[at].term == term && left > 0; at-- {
				f(run[at].article)
				left--
			}
		}
	}
	for i := end - 1; i >= from; i-- {
		read(x[i])
	}
	if from > 0 && x[0].week == noWeek {
		read(x[0])
	}
}

// near are the stories that an article may belong to: those that have the
// heaviest of its terms in common with it, and those that print its quotations.
func (g *Grouper) near(terms []weight, a *group, quoted map[int32]text.Span) []int32 {
	first, last := a.window()
	score := map[int32]float64{}
	for _, w := range terms[:min(len(terms), maxSearched)] {
		g.index.within(w.term, first, last, func(article int32) {
			score[g.story(article)] += float64(w.value) * float64(w.value)
		})
	}
	stories := make([]int32, 0, len(score))
	for n := range score {
		stories = append(stories, n)
	}
	slices.SortFunc(stories, func(a, b int32) int { return cmp.Or(cmp.Compare(score[b], score[a]), cmp.Compare(a, b)) })
	stories = stories[:min(len(stories), maxNear)]
	for n := range quoted {
		if !slices.Contains(stories, n) {
			stories = append(stories, n)
		}
	}
	return stories
}

// window is the first and the last of the weeks in which a story can be that
// an article belongs to.
func (s *group) window() (first, last int32) {
	if s.dated == 0 {
		return noWeek, math.MaxInt32
	}
	return week(s.days - windowDays), week(s.days + windowDays)
}

// around is the number of stories that are near an article in time, a story
// for each of the weeks that it has articles in.
func (g *Grouper) around(a *group) int {
	if a.dated == 0 {
		return g.alive
	}
	n := g.inWeek[noWeek]
	first, last := a.window()
	for w := int(first); w <= int(last); w++ {
		n += g.inWeek[int32(w)]
	}
	return n
}
