package record

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"onrecord/store"
)

// Errors of corrections that a caller can tell apart with errors.Is.
var (
	ErrNotApplicable = errors.New("the correction says nothing of this record")
	ErrOneStory      = errors.New("one story already")
	ErrOtherStory    = errors.New("not in that story")
	ErrNothingLeft   = errors.New("nothing of the story would be left")
)

// correct makes corrections in one transaction. Articles that are added later
// find the stories as they are then.
func (r *Record) correct(ctx context.Context, change func(*store.Batch) error) error {
	b, err := r.Store.Begin(ctx, r.Now())
	if err != nil {
		return err
	}
	defer b.Rollback()
	if err := change(b); err != nil {
		return err
	}
	r.stories.forget()
	return b.Commit()
}

// Merge makes one story of several, by number, and gives its number. Whoever
// says so is named in the history of corrections. The errors wrap
// store.ErrNotFound and ErrOneStory.
func (r *Record) Merge(ctx context.Context, by string, stories ...int64) (into int64, err error) {
	err = r.correct(ctx, func(b *store.Batch) error {
		var all []string
		var before [][]string
		seen := map[int64]int64{}
		for _, number := range stories {
			s, err := b.Story(ctx, number)
			if err != nil {
				return err
			}
			if other, ok := seen[s.Row]; ok {
				return fmt.Errorf("stories %d and %d: %w", other, number, ErrOneStory)
			}
			seen[s.Row] = number
			all, before = append(all, ids(s.Articles)...), append(before, ids(s.Articles))
		}
		into, err = apply(ctx, b, store.Correction{What: store.Merge, At: r.Now(), By: by, Stories: [][]string{all}, Before: before})
		return err
	})
	return into, err
}

// Split takes articles, by ID, out of a story and gives the number of the one
// that they are in from now on. The errors wrap store.ErrNotFound, ErrOtherStory
// and ErrNothingLeft.
func (r *Record) Split(ctx context.Context, by string, number int64, articles ...string) (off int64, err error) {
	err = r.correct(ctx, func(b *store.Batch) error {
		from, err := b.Story(ctx, number)
		if err != nil {
			return err
		}
		taken, err := find(ctx, b, articles)
		if err != nil {
			return err
		}
		for _, a := range taken {
			if a.Story != from.Row {
				return fmt.Errorf("article %s: %w but in %d", a.ID, ErrOtherStory, a.Story)
			}
		}
		rest := without(from.Articles, taken)
		if len(rest) == 0 {
			return fmt.Errorf("story %d: %w", from.Row, ErrNothingLeft)
		}
		c := store.Correction{What: store.Split, At: r.Now(), By: by, Stories: [][]string{ids(taken), ids(rest)}}
		off, err = apply(ctx, b, c)
		return err
	})
	return off, err
}

// Move moves articles, by ID, into a story. The errors wrap store.ErrNotFound
// and, where an article is there already, ErrOneStory.
func (r *Record) Move(ctx context.Context, by string, number int64, articles ...string) (into int64, err error) {
	err = r.correct(ctx, func(b *store.Batch) error {
		to, err := b.Story(ctx, number)
		if err != nil {
			return err
		}
		taken, err := find(ctx, b, articles)
		if err != nil {
			return err
		}
		c := store.Correction{What: store.Move, At: r.Now(), By: by, Stories: [][]string{append(ids(taken), ids(to.Articles)...)}}
		left := map[int64]bool{}
		for _, a := range taken {
			if a.Story == to.Row {
				return fmt.Errorf("article %s and story %d: %w", a.ID, to.Row, ErrOneStory)
			}
			if left[a.Story] {
				continue
			}
			left[a.Story] = true
			from, err := b.Story(ctx, a.Story)
			if err != nil {
				return err
			}
			if rest := without(from.Articles, taken); len(rest) > 0 {
				c.Stories = append(c.Stories, ids(rest))
			}
			c.Before = append(c.Before, ids(from.Articles))
		}
		c.Before = append(c.Before, ids(to.Articles))
		into, err = apply(ctx, b, c)
		return err
	})
	return into, err
}

// Applied is what became of a correction.
type Applied struct {
	IsNew bool  // the record did not have it
	Err   error // wraps ErrNotApplicable
}

// Apply makes corrections that were made in this record or in another one, in
// their order and in one transaction. Articles that the record does not have are
// left out of a correction. The error is that of the record.
func (r *Record) Apply(ctx context.Context, corrections []store.Correction) (out []Applied, err error) {
	err = r.correct(ctx, func(b *store.Batch) error {
		for _, c := range corrections {
			var a Applied
			switch c.What {
			case store.Merge, store.Split, store.Move:
				var story int64
				story, a.Err = apply(ctx, b, c)
				a.IsNew = story != 0
			case store.Same, store.Different, store.Rename:
				var who int64
				who, a.Err = applySpeakers(ctx, b, c)
				a.IsNew = who != 0
				for _, no := range []error{store.ErrNotFound, ErrSeveral, ErrNotCredited, ErrOneName} {
					if errors.Is(a.Err, no) {
						a.Err = fmt.Errorf("%w: %w", ErrNotApplicable, a.Err)
					}
				}
			default:
				a.Err = fmt.Errorf("%w: no correction is called %.40q", ErrNotApplicable, c.What)
			}
			if a.Err != nil && !errors.Is(a.Err, ErrNotApplicable) {
				return a.Err
			}
			out = append(out, a)
		}
		return nil
	})
	return out, err
}

// find are articles by ID, each once: of versions of one the latest.
func find(ctx context.Context, b *store.Batch, articles []string) (out []*store.Article, err error) {
	for _, id := range articles {
		a, err := b.Latest(ctx, id)
		if err != nil {
			return nil, fmt.Errorf("article %s: %w", id, err)
		}
		if !slices.ContainsFunc(out, func(o *store.Article) bool { return o.Row == a.Row }) {
			out = append(out, a)
		}
	}
	return out, nil
}

func ids(articles []*store.Article) (out []string) {
	for _, a := range articles {
		out = append(out, a.ID)
	}
	return out
}

// without are the articles that are not among others.
func without(articles, others []*store.Article) []*store.Article {
	return slices.DeleteFunc(slices.Clone(articles), func(a *store.Article) bool {
		return slices.ContainsFunc(others, func(o *store.Article) bool { return o.Row == a.Row })
	})
}

// apply keeps a correction of stories and makes it true: the articles of each
// list are in one story, and that of the first list is kept apart from the
// others. It gives the story of the first list, 0 if the record has the
// correction.
func apply(ctx context.Context, b *store.Batch, c store.Correction) (story int64, err error) {
	var lists [][]*store.Article
	said := c
	said.Stories = nil
	named := 0
	for i, list := range c.Stories {
		var there []string
		var found []*store.Article
		for _, id := range list {
			switch a, err := b.Latest(ctx, id); {
			case err == nil:
				there, found = append(there, id), append(found, a)
			case !errors.Is(err, store.ErrNotFound):
				return 0, err
			}
		}
		if len(there) == 0 {
			if i == 0 {
				return 0, ErrNotApplicable
			}
			continue
		}
		named += len(there)
		said.Stories, lists = append(said.Stories, there), append(lists, found)
	}
	if named < 2 {
		return 0, ErrNotApplicable
	}
	if isNew, err := b.Log(said); err != nil || !isNew {
		return 0, err
	}
	why, err := json.Marshal(store.Why{Change: c.What, By: c.By, At: c.At})
	if err != nil {
		return 0, err
	}
	g := regrouping{b: b, why: string(why), now: map[int64]int64{}}
	if len(lists) == 1 {
		return g.unite(lists[0])
	}
	return g.part(ctx, lists[0], lists[1:])
}

// regrouping puts articles into the stories that they are said to be in.
type regrouping struct {
	b   *store.Batch
	why string
	now map[int64]int64 // what stories were made part of
}

// unite makes one story of those of some articles.
func (g *regrouping) unite(articles []*store.Article) (into int64, err error) {
	var stories []int64
	for _, a := range articles {
		stories = append(stories, cmp.Or(g.now[a.Story], a.Story))
	}
	slices.Sort(stories)
	stories = slices.Compact(stories)
	for _, s := range stories[1:] {
		if err := g.b.Absorb(s, stories[0]); err != nil {
			return 0, err
		}
		for from, to := range g.now {
			if to == s {
				g.now[from] = stories[0]
			}
		}
		g.now[s] = stories[0]
	}
	return stories[0], nil
}

// part puts some articles into one story, in which there is none of the others,
// and keeps it apart from theirs.
func (g *regrouping) part(ctx context.Context, articles []*store.Article, others [][]*store.Article) (story int64, err error) {
	taken := map[int64]bool{}
	for _, list := range others {
		for _, a := range list {
			taken[a.Story] = true
		}
	}
	// Most of them stay where they are, if they can.
	count := map[int64]int{}
	for _, a := range articles {
		if count[a.Story]++; !taken[a.Story] && (story == 0 || cmp.Or(cmp.Compare(count[a.Story], count[story]), cmp.Compare(story, a.Story)) > 0) {
			story = a.Story
		}
	}
	if story == 0 {
		if story, err = g.b.NewStory(); err != nil {
			return 0, err
		}
	}
	for _, a := range articles {
		if a.Story != story {
			if err := g.b.Move(a.Row, story, g.why); err != nil {
				return 0, err
			}
		}
	}
	for _, left := range slices.Sorted(maps.Keys(count)) {
		if left == story || taken[left] {
			continue
		}
		if s, err := g.b.Story(ctx, left); err != nil {
			return 0, err
		} else if len(s.Articles) == 0 {
			if err := g.b.Absorb(left, story); err != nil {
				return 0, err
			}
		}
	}
	for _, list := range others {
		other, err := g.unite(list)
		if err != nil {
			return 0, err
		}
		if err := g.b.Separate(story, other); err != nil {
			return 0, err
		}
	}
	return story, nil
}
