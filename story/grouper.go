package story

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"onrecord/text"
)

// What the articles of one story have in common, chosen by cross-validation
// (docs/accuracy.md).
const (
	// alike is the least mean cosine between the articles of two stories.
	alike = 0.09
	// alikePerDoubling is how much more it must be for each doubling of the
	// number of stories near in time: the more there are, the more are alike by
	// chance. Without a date all stories are near.
	alikePerDoubling = 0.012
	// alikePerDay is how much more it must be for each day between the stories.
	alikePerDay = 0.015
	// quotedTogether is what a quotation in common adds to the cosine.
	quotedTogether = 0.1
)

const (
	maxTerms = 100 // of an article; those that weigh the most are kept
	maxWords = 8   // that a Decision names
)

// Decision says what became of an article, and why.
type Decision struct {
	Story    int       // the story that the article is in now, by the number of its first article
	Joined   bool      // whether there was such a story; the fields up to Absorbed say why it is this one
	Alike    float64   // mean cosine of the article and those of the story, and what a quotation in common adds
	Required float64   // the least that Alike had to be
	Days     float64   // between the article and the mean date of the story, 0 where one of them has no date
	Words    []string  // in common, those that count the most first
	Quoted   text.Span // words of the article that the story quotes too, empty where there are none
	Absorbed []int     // stories that the article showed to be one with Story, ascending; they are no more
	Sketch   []byte    // of the article, for Grouper.Place
}

// Grouper groups articles into stories as they arrive. Articles are numbered
// from 0, and a story has the number of its first article. What is decided
// depends on the articles and their order alone. A Grouper may not be used by
// several goroutines at once.
type Grouper struct {
	background background
	with       map[uint32]int32 // in how many articles a term is
	alive      int              // number of stories
	stories    []*group         // by number, nil for an article that is in another's story
	parent     []int32          // of an article: one of the same story that came before, or itself
	index      index
	inWeek     map[int32]int    // number of stories with articles in a week
	quoted     map[uint64]int32 // the article that last printed a run of quoted words
}

// group is what the articles of a story have together.
type group struct {
	articles int
	sum      []weight // of the articles' vectors
	dated    int      // number of articles with a date
	days     float64  // sum of their dates, in days since 1970
	weeks    []int32  // in which there are articles, in no order
	apart    []int32  // articles of stories that this one is never joined with
}

// NewGrouper returns a Grouper without articles.
func NewGrouper() *Grouper {
	return &Grouper{
		background: loadBackground(),
		with:       map[uint32]int32{},
		inWeek:     map[int32]int{},
		quoted:     map[uint64]int32{},
	}
}

// Story is the story of an article, by number. An article that is added later
// can show that it is part of an older one.
func (g *Grouper) Story(article int) int { return int(g.story(int32(article))) }

func (g *Grouper) story(n int32) int32 {
	for g.parent[n] != n {
		g.parent[n] = g.parent[g.parent[n]]
		n = g.parent[n]
	}
	return n
}

// newcomer is an article on its way into a story.
type newcomer struct {
	sketch
	number int32
	alone  *group // a story of this article only
}

func (g *Grouper) newcomer(s sketch) newcomer {
	c := newcomer{sketch: s, number: int32(len(g.parent))}
	c.alone = &group{articles: 1, sum: byTerm(s.terms), weeks: []int32{noWeek}}
	if s.dated {
		c.alone.dated, c.alone.days = 1, s.days
		c.alone.weeks = []int32{week(s.days)}
	}
	return c
}

// enter makes a newcomer's story.
func (g *Grouper) enter(c newcomer) {
	g.parent = append(g.parent, c.number)
	g.stories = append(g.stories, c.alone)
	g.alive++
	g.inWeek[c.alone.weeks[0]]++
	for _, w := range c.alone.sum {
		g.with[w.term]++
	}
}

// post lets later articles find a newcomer, whose story was as before.
func (g *Grouper) post(c newcomer, before *group) {
	terms := make([]uint32, 0, len(c.alone.sum))
	for _, w := range c.alone.sum {
		if !before.in(c.alone.weeks[0]) || !before.has(w.term) {
			terms = append(terms, w.term)
		}
	}
	g.index.post(c.alone.weeks[0], c.number, terms)
	for _, r := range c.runs {
		g.quoted[r.hash] = c.number
	}
}

// Add puts an article into the story that it is most alike, or, where none is
// alike enough, into one of its own. Then it joins that story with others that
// are alike enough now.
func (g *Grouper) Add(a Article) Decision {
	found := terms(a)
	c := g.newcomer(g.sketch(a, found))
	quoted := g.quotedBefore(c.runs)
	near := g.near(c.terms, c.alone, quoted)
	required := alike + alikePerDoubling*math.Log2(float64(1+g.around(c.alone)))
	g.enter(c)

	d := Decision{Story: int(c.number), Sketch: c.bytes()}
	var before group // the story as the index has it
	if other, like := g.closest(c.number, near, quoted, required); like.enough() {
		before = *g.stories[other]
		d = Decision{
			Joined: true, Alike: like.alike, Required: like.required, Days: like.days,
			Words: common(found, c.alone.sum, before.sum), Quoted: quoted[other], Sketch: d.Sketch,
		}
		here := g.join(c.number, other)
		for {
			other, like := g.closest(here, near, quoted, required)
			if !like.enough() {
				break
			}
			d.Absorbed = append(d.Absorbed, int(max(here, other)))
			here = g.join(here, other)
		}
		d.Story = int(here)
	}
	g.post(c, &before)
	return d
}

// Place puts an article into the story of one that was added before, or, with
// -1, into one of its own, without asking what it is like: to go on where
// stories were formed earlier, by the Sketch of its Decision. It returns the
// article's number. The error wraps ErrSketch.
func (g *Grouper) Place(kept []byte, with int) (int, error) {
	s, err := parseSketch(kept)
	if err != nil {
		return 0, err
	}
	c := g.newcomer(s)
	g.enter(c)
	var before group
	if with >= 0 {
		other := g.story(int32(with))
		before = *g.stories[other]
		g.join(c.number, other)
	}
	g.post(c, &before)
	return int(c.number), nil
}

// Separate keeps the stories of two articles apart for ever: no article that is
// added later shows them to be one. It does nothing if they are one already.
func (g *Grouper) Separate(a, b int) {
	x, y := g.story(int32(a)), g.story(int32(b))
	if x != y && !g.apart(x, y) {
		g.stories[x].apart = append(g.stories[x].apart, y)
		g.stories[y].apart = append(g.stories[y].apart, x)
	}
}

// apart reports whether two stories are kept apart.
func (g *Grouper) apart(a, b int32) bool {
	return slices.ContainsFunc(g.stories[a].apart, func(n int32) bool { return g.story(n) == b })
}

// quotedBefore are the stories that printed some of the runs, with the first
// of them.
func (g *Grouper) quotedBefore(runs []quotedRun) map[int32]text.Span {
	out := map[int32]text.Span{}
	for _, r := range runs {
		if last, ok := g.quoted[r.hash]; ok {
			if s := g.story(last); out[s].Len() == 0 {
				out[s] = r.span
			}
		}
	}
	return out
}

// likeness is how two stories compare. Its zero value is not enough.
type likeness struct{ alike, required, days float64 }

func (l likeness) enough() bool { return l.required > 0 && l.alike >= l.required }

// closest is the story among some that a story is most alike, measured by what
// is required of two stories of one day and more of others; the older one of
// two that are as alike.
func (g *Grouper) closest(here int32, among []int32, quoted map[int32]text.Span, required float64) (closest int32, best likeness) {
	for _, n := range among {
		n = g.story(n)
		if n == here || g.apart(here, n) {
			continue
		}
		like := compare(g.stories[here], g.stories[n], quoted[n].Len() > 0)
		like.required += required
		margin := like.alike - like.required - (best.alike - best.required)
		if best.required == 0 || margin > 0 || margin == 0 && n < closest {
			closest, best = n, like
		}
	}
	return closest, best
}

// compare says how alike two stories are, and how much more than stories of
// one day they have to be.
func compare(a, b *group, quoted bool) likeness {
	like := likeness{alike: dot(a.sum, b.sum) / float64(a.articles*b.articles)}
	if quoted {
		like.alike += quotedTogether
	}
	if a.dated > 0 && b.dated > 0 {
		like.days = math.Abs(a.days/float64(a.dated) - b.days/float64(b.dated))
		like.required = like.days * alikePerDay
	}
	return like
}

// join makes one story of two and returns its number, the lower one.
func (g *Grouper) join(a, b int32) int32 {
	a, b = min(a, b), max(a, b)
	into, from := g.stories[a], g.stories[b]
	into.sum = plus(into.sum, from.sum)
	into.articles += from.articles
	into.dated += from.dated
	into.days += from.days
	into.apart = append(into.apart, from.apart...)
	for _, w := range from.weeks {
		if into.in(w) {
			g.inWeek[w]--
		} else {
			into.weeks = append(into.weeks, w)
		}
	}
	g.stories[b] = nil
	g.parent[b] = a
	g.alive--
	return a
}

// in reports whether the story has an article in a week.
func (s *group) in(week int32) bool { return slices.Contains(s.weeks, week) }

// has reports whether an article of the story has a term.
func (s *group) has(term uint32) bool {
	_, found := slices.BinarySearchFunc(s.sum, term, func(w weight, term uint32) int { return cmp.Compare(w.term, term) })
	return found
}

// common are the words of an article that make its vector like another.
func common(of map[string]term, a, b []weight) []string {
	var shares []weight
	each(a, b, func(x, y weight) { shares = append(shares, weight{x.term, x.value * y.value}) })
	forms := map[uint32]string{}
	for plain, t := range of {
		if h := hashed(plain); forms[h] == "" || t.form < forms[h] {
			forms[h] = t.form
		}
	}
	words := make([]string, 0, maxWords)
	for _, w := range heaviest(shares, maxWords) {
		words = append(words, strings.Clone(forms[w.term])) // the body must not live on in it
	}
	return words
}
