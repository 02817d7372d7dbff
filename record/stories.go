package record

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"onrecord/store"
	"onrecord/story"
	"onrecord/text"
)

// stories puts new articles into stories. It has those articles of the record
// that were published near in time to what came, and loads the others week by
// week as they are asked for.
type stories struct {
	grouper *story.Grouper
	size    int           // articles in grouper
	row     map[int]int64 // of a story, by its number in grouper
	first   map[int64]int // an article of a story in grouper, by the story's row
	weeks   map[int64]bool
	apart   map[int64][]int64 // stories that are never joined, by row
	version int64             // of the record, as others change it
}

// Bounds of what is held of the record.
const (
	// maxHeld is the number of articles, at 3 kB each, after which the stories
	// are forgotten and loaded again.
	maxHeld = 40000
	// maxWeek is how many articles of a week, or of those without a date, are
	// loaded.
	maxWeek = 5000
)

func (s *stories) forget() { *s = stories{} }

// follow forgets the stories if another program has changed the record.
func (s *stories) follow(ctx context.Context, b *store.Batch) error {
	version, err := b.Version()
	if err != nil {
		return err
	}
	if s.grouper == nil || version != s.version || s.size > maxHeld {
		apart, err := b.Apart(ctx)
		if err != nil {
			return err
		}
		*s = stories{
			grouper: story.NewGrouper(), version: version, apart: apart,
			row: map[int]int64{}, first: map[int64]int{}, weeks: map[int64]bool{},
		}
	}
	return nil
}

// add adds an entry to the batch, and to its story.
func (s *stories) add(ctx context.Context, b *store.Batch, e store.Entry, t *text.Text, identify store.Identify) (store.Outcome, error) {
	article := story.Article{Title: e.Article.Title, Published: e.Article.Published, Text: t}
	var decision story.Decision
	out, err := b.Add(e, func() (store.Placed, error) {
		if err := s.load(ctx, b, article.Published); err != nil {
			return store.Placed{}, err
		}
		decision = s.grouper.Add(article)
		s.size++
		at := store.Placed{Sketch: decision.Sketch}
		if !decision.Joined {
			return at, nil
		}
		into, with, err := s.join(b, decision)
		if err != nil {
			return at, err
		}
		why, err := json.Marshal(store.Why{
			Alike: decision.Alike, Required: decision.Required, Days: decision.Days,
			Words: decision.Words, Quoted: decision.Quoted.Of(e.Article.Body), With: with,
		})
		at.Story, at.Why = into, string(why)
		return at, err
	}, identify)
	if err == nil && out.Result == store.Added && !decision.Joined {
		s.row[decision.Story], s.first[out.Story] = out.Story, decision.Story
	}
	return out, err
}

// join makes one story of those that an article showed to be one, the one that
// was there first, and gives its row and those of the others.
func (s *stories) join(b *store.Batch, d story.Decision) (into int64, with []int64, err error) {
	numbers := append([]int{d.Story}, d.Absorbed...)
	rows := make([]int64, 0, len(numbers))
	for _, n := range numbers {
		if row, ok := s.row[n]; ok { // the article itself has none yet
			rows = append(rows, row)
		}
		delete(s.row, n)
	}
	into = slices.Min(rows)
	for _, row := range rows {
		if row == into {
			continue
		}
		if err := b.Absorb(row, into); err != nil {
			return 0, nil, err
		}
		for _, other := range s.apart[row] {
			s.apart[into] = append(s.apart[into], other)
			s.apart[other] = append(s.apart[other], into)
		}
		delete(s.first, row)
		with = append(with, row)
	}
	s.row[d.Story], s.first[into] = into, d.Story
	return into, with, nil
}

// load sees to it that the articles are there that one of a date could be in a
// story with: those of its week, of the weeks around it and without a date.
func (s *stories) load(ctx context.Context, b *store.Batch, published time.Time) error {
	const week = 7 * 24 * time.Hour
	if err := s.loadWeek(ctx, b, time.Time{}, time.Time{}); err != nil || published.IsZero() {
		return err
	}
	here := published.UTC().Truncate(week)
	for _, from := range []time.Time{here.Add(-week), here, here.Add(week)} {
		if err := s.loadWeek(ctx, b, from, from.Add(week)); err != nil {
			return err
		}
	}
	return nil
}

func (s *stories) loadWeek(ctx context.Context, b *store.Batch, from, before time.Time) error {
	if s.weeks[from.Unix()] {
		return nil
	}
	s.weeks[from.Unix()] = true
	// Of a week that is loaded while articles of it wait in the batch, these
	// are known already: they are in the grouper only if their week was.
	articles, err := b.Sketches(ctx, from, before, maxWeek)
	if err != nil {
		return err
	}
	for _, a := range articles {
		with, ok := s.first[a.Story]
		if !ok {
			with = -1
		}
		n, err := s.grouper.Place(a.Sketch, with)
		if err != nil {
			return fmt.Errorf("%w: row %d: %w", store.ErrCorrupt, a.Row, err)
		}
		s.size++
		if !ok {
			s.first[a.Story], s.row[n] = n, a.Story
			for _, other := range s.apart[a.Story] {
				if m, ok := s.first[other]; ok {
					s.grouper.Separate(n, m)
				}
			}
		}
	}
	return nil
}
