package server

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"onrecord/article"
	"onrecord/query"
	"onrecord/store"
)

// front is the page of the newest stories, and of those most widely carried.
type front struct {
	Days    []frontDay
	Widest  []frontStory
	Older   string // address of the stories before these, "" for none
	Earlier bool   // these are not the newest
}

func (*front) about() about { return about{name: "front", title: "Stories", feeds: feedsOf("", "")} }

// frontDay are the stories whose newest article is of a day.
type frontDay struct {
	When, Machine string // "" where unknown
	Stories       []frontStory
}

// frontStory is a story as lists show it.
type frontStory struct {
	Headline link
	Articles string // "7 articles"
	Outlets  string // "5 outlets"
	Reports  string // "as 3 reports", "" where each article has words of its own
	Carriers string // their names: "Coastline Wire, Northern Ledger and 3 more"
	Many     bool   // outlets carry it
	Voices   []link // who says most
	Dates    string // "15–17 August 2025"
	outlets  int
	day      article.Article // of its newest article
}

// Bounds of the front page.
const (
	frontStories = 30
	frontWide    = 8
	frontNewest  = 150 // stories among which those most widely carried are looked for
	frontFresh   = 10 * time.Second
)

func (s *Server) front(w http.ResponseWriter, r *http.Request) error {
	before, err := strconv.ParseInt(cmp.Or(r.URL.Query().Get("before"), "0"), 10, 64)
	if err != nil || before < 0 {
		return errNoPage
	}
	var p *front
	if before == 0 {
		p, err = s.first.get(r.Context(), s.Now(), s.newFront)
	} else {
		p, err = s.olderFront(r.Context(), before)
	}
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, p)
}

func (s *Server) newFront(ctx context.Context) (*front, error) {
	stories, err := s.Store.Stories(ctx, query.Query{}, store.StoryOptions{Limit: frontNewest})
	if err != nil {
		return nil, err
	}
	p := newFrontOf(stories)
	widest := slices.Clone(stories)
	slices.SortStableFunc(widest, func(a, b store.Story) int { return cmp.Compare(len(outletsOf(b)), len(outletsOf(a))) })
	for _, one := range widest[:min(len(widest), frontWide)] {
		if f := newFrontStory(one); f.Many {
			p.Widest = append(p.Widest, f)
		}
	}
	return p, s.countReports(ctx, p, stories)
}

func (s *Server) olderFront(ctx context.Context, before int64) (*front, error) {
	stories, err := s.Store.Stories(ctx, query.Query{}, store.StoryOptions{Limit: frontStories + 1, Before: before})
	if err != nil {
		return nil, err
	}
	p := newFrontOf(stories)
	p.Earlier = true
	return p, s.countReports(ctx, p, stories)
}

// newFrontOf is a page with the first of some stories.
func newFrontOf(stories []store.Story) *front {
	p := &front{}
	if len(stories) > frontStories {
		stories = stories[:frontStories]
		p.Older = "/?before=" + strconv.FormatInt(stories[frontStories-1].Newest, 10)
	}
	for _, one := range stories {
		f := newFrontStory(one)
		when := dayOf(f.day.Published)
		if last := len(p.Days) - 1; last < 0 || p.Days[last].When != when {
			day := frontDay{When: when}
			if when != "" {
				day.Machine = f.day.Published.Format(time.DateOnly)
			}
			p.Days = append(p.Days, day)
		}
		last := &p.Days[len(p.Days)-1]
		last.Stories = append(last.Stories, f)
	}
	return p
}

// countReports says of a page's stories how many reports their articles are:
// copies of one are one.
func (s *Server) countReports(ctx context.Context, p *front, stories []store.Story) error {
	of := map[string]store.Story{}
	for _, one := range stories {
		of[addressOfStory(one.Row)] = one
	}
	count := func(f *frontStory) error {
		one := of[f.Headline.Href]
		if len(one.Articles) < 2 {
			return nil
		}
		first, err := s.Store.Reports(ctx, one.Row)
		if err != nil {
			return err
		}
		reports := map[int64]bool{}
		for _, a := range one.Articles {
			reports[cmp.Or(first[a.Row], a.Row)] = true
		}
		if len(reports) < len(one.Articles) {
			f.Reports = "as " + counted(len(reports), "report", "reports")
		}
		return nil
	}
	for d := range p.Days {
		for i := range p.Days[d].Stories {
			if err := count(&p.Days[d].Stories[i]); err != nil {
				return err
			}
		}
	}
	for i := range p.Widest {
		if err := count(&p.Widest[i]); err != nil {
			return err
		}
	}
	return nil
}

func newFrontStory(one store.Story) frontStory {
	outlets := outletsOf(one)
	out := frontStory{
		Headline: link{headlineOf(one), addressOfStory(one.Row)}, Articles: counted(len(one.Articles), "article", "articles"),
		Outlets: counted(len(outlets), "outlet", "outlets"), Carriers: listed(outlets, 4), Many: len(outlets) > 1, outlets: len(outlets), Dates: datesOf(one),
	}
	for _, v := range one.Voices {
		out.Voices = append(out.Voices, link{v.Name, addressOfSpeaker(v.Speaker, v.Name)})
	}
	if last := len(one.Articles) - 1; last >= 0 {
		out.day = one.Articles[last].Article
	}
	return out
}

// outletsOf are the outlets of a story, those that came first first.
func outletsOf(one store.Story) (out []string) {
	for _, a := range one.Articles {
		if name := outletOf(a.Article); !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// headlineOf is what the first article with a title is called.
func headlineOf(one store.Story) string {
	for _, a := range one.Articles {
		if a.Title != "" && !a.Published.IsZero() {
			return a.Title
		}
	}
	for _, a := range one.Articles {
		return titleOfArticle(a.Article)
	}
	return "A story without articles"
}

// datesOf are the first and the last day of a story.
func datesOf(one store.Story) string {
	var first, last time.Time
	for _, a := range one.Articles {
		if at := a.Published; !at.IsZero() {
			if first.IsZero() || at.Before(first) {
				first = at
			}
			if at.After(last) {
				last = at
			}
		}
	}
	return fromTo(first, last)
}

// fresh is a value that is made anew when it has grown old, by one request for
// all that wait.
type fresh[T any] struct {
	mu    sync.Mutex
	value T
	until time.Time
}

func (f *fresh[T]) get(ctx context.Context, now time.Time, make func(context.Context) (T, error)) (T, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if now.Before(f.until) {
		return f.value, nil
	}
	value, err := make(ctx)
	if err == nil {
		f.value, f.until = value, now.Add(frontFresh)
	}
	return value, err
}
