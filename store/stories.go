package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"onrecord/query"
)

// Story is a story as lists show it.
type Story struct {
	Row      int64
	Newest   int64      // row of its newest article of those that were looked for
	Articles []*Article // the latest versions, without their bodies, in order of publication
	Earlier  []*Article // the versions before
	Voices   []Voice    // who is credited with most, first; maxVoices at most
}

// Voice is a speaker of a story.
type Voice struct {
	Speaker    int64 // row
	Name       string
	Statements int // 0 where they are not counted
}

// Bounds of what is said of who speaks in a story.
const (
	maxVoices = 5
	maxHeard  = 100 // articles, the newest, in which speakers are looked for
)

// Why says why an article is in its story: because it is like the articles that
// were there, or because a person put it there.
type Why struct {
	Alike    float64  `json:"alike,omitempty"`    // mean cosine to the articles of the story
	Required float64  `json:"required,omitempty"` // the least that it had to be
	Days     float64  `json:"days,omitempty"`     // from the story
	Words    []string `json:"words,omitempty"`    // in common, those that count the most first
	Quoted   string   `json:"quoted,omitempty"`   // words that the story quotes too
	With     []int64  `json:"with,omitempty"`     // stories that the article showed to be one with this one

	Change Change    `json:"change,omitempty"` // by hand; then the others are empty
	By     string    `json:"by,omitempty"`
	At     time.Time `json:"at,omitzero"`
}

// Reason is why the article is in its story; the zero value for a story's first.
func (a *Article) Reason() (w Why, err error) {
	if a.Why == "" {
		return w, nil
	}
	if err := json.Unmarshal([]byte(a.Why), &w); err != nil {
		return w, fmt.Errorf("%w: why %s is in its story: %w", ErrCorrupt, a.ID, err)
	}
	return w, nil
}

// grouping are the prepared statements that read stories and corrections.
type grouping struct {
	becomes, apart, latest, inStories, members, voices, called, sketches, corrections, correction, lastCorrections *sql.Stmt
}

func (g *grouping) prepare(ctx context.Context, db *sql.DB) error {
	return prepare(ctx, db, map[**sql.Stmt]string{
		&g.becomes: `WITH RECURSIVE later(row) AS (SELECT row FROM story WHERE row = ? UNION SELECT into_story FROM story JOIN later USING (row) WHERE into_story IS NOT NULL)
			SELECT row FROM story JOIN later USING (row) WHERE into_story IS NULL`,
		&g.apart: `SELECT story, other FROM apart ORDER BY story, other`,
		&g.latest: `SELECT ` + articleColumns + ` FROM ` + articleTables + ` WHERE a.address = (SELECT address FROM article WHERE id = ?)
			AND NOT EXISTS (SELECT 1 FROM article b WHERE b.previous = a.row) ORDER BY a.added DESC, a.row DESC LIMIT 1`,
		&g.inStories: `SELECT a.row, a.story FROM json_each(?) j JOIN article a ON a.row = j.value ORDER BY j.key`,
		&g.members:   `SELECT ` + articleColumns + ` FROM ` + articleTables + ` WHERE a.story IN (SELECT value FROM json_each(?)) ORDER BY a.row`,
		&g.voices: `SELECT w.row, w.name, g.said FROM (SELECT n.speaker AS speaker, count(*) AS said FROM json_each(?) j JOIN article a ON a.row = j.value
			JOIN statement s ON s.row >= a.first AND s.row < a.first + a.statements JOIN name n ON n.row = s.who GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?) g
			JOIN speaker_name w ON w.row = g.speaker ORDER BY 3 DESC, 1`,
		// Of too many the last.
		&g.sketches: `SELECT * FROM (SELECT a.row, a.story, k.terms FROM sketch k JOIN article a ON a.row = k.article
			WHERE k.article >= ? AND k.article < ? ORDER BY k.article DESC LIMIT ?) ORDER BY 1`,
		&g.called: `SELECT DISTINCT s.name, w.row, w.name FROM article a JOIN statement s ON s.row >= a.first AND s.row < a.first + a.statements
			JOIN name n ON n.row = s.who JOIN speaker_name w ON w.row = n.speaker WHERE a.row = ?`,
		&g.corrections:     `SELECT row, at, by, what, detail FROM correction ORDER BY row`,
		&g.correction:      `SELECT row, at, by, what, detail FROM correction WHERE row = ?`,
		&g.lastCorrections: `SELECT row, at, by, what, detail FROM correction WHERE row < ?1 OR ?1 = 0 ORDER BY row DESC LIMIT ?2`,
	})
}

// regrouping are the prepared statements that change stories and log corrections.
type regrouping struct {
	move, absorb, into, separate, inherit, cutOff, sketch, correction *sql.Stmt
}

func (r *regrouping) prepare(ctx context.Context, db *sql.DB) error {
	return prepare(ctx, db, map[**sql.Stmt]string{
		// Of an article all versions are at its address.
		&r.move:     `UPDATE article SET story = ?, why = ? WHERE address = (SELECT address FROM article WHERE row = ?)`,
		&r.absorb:   `UPDATE article SET story = ?2 WHERE story = ?1`,
		&r.into:     `UPDATE story SET into_story = ?2 WHERE row = ?1`,
		&r.separate: `INSERT INTO apart (story, other) VALUES (?1, ?2), (?2, ?1) ON CONFLICT DO NOTHING`,
		// What the one story is kept apart from, the other is now.
		&r.inherit: `INSERT INTO apart (story, other) SELECT ?2, other FROM apart WHERE story = ?1 AND other <> ?2
			UNION SELECT other, ?2 FROM apart WHERE story = ?1 AND other <> ?2 ON CONFLICT DO NOTHING`,
		&r.cutOff:     `DELETE FROM apart WHERE story = ?1 OR (story, other) IN (SELECT other, story FROM apart WHERE story = ?1)`,
		&r.sketch:     `INSERT INTO sketch (article, terms) VALUES (?,?)`,
		&r.correction: `INSERT INTO correction (at, by, what, detail) VALUES (?,?,?,?) ON CONFLICT DO NOTHING RETURNING row`,
	})
}

// StoryOptions say which stories are listed.
type StoryOptions struct {
	Limit  int   // stories at most
	Before int64 // only stories whose Newest is before: that of the last on the page before; 0 for the first page
}

// Stories are the stories with an article that a query finds, those with the
// newest of these first, and who is heard in them.
func (s *Store) Stories(ctx context.Context, q query.Query, o StoryOptions) ([]Story, error) {
	var out []Story
	if o.Limit > 0 {
		for story, err := range s.allStories(ctx, q, o.Before, min(2*o.Limit, page)) {
			if err != nil {
				return nil, err
			}
			if out = append(out, story); len(out) == o.Limit {
				break
			}
		}
	}
	return out, s.hear(ctx, out)
}

// AllStories are all that Stories could list, without Voices.
func (s *Store) AllStories(ctx context.Context, q query.Query) iter.Seq2[Story, error] {
	return s.allStories(ctx, q, 0, page)
}

// allStories looks at some articles first, and at a page of them at a time then.
func (s *Store) allStories(ctx context.Context, q query.Query, before int64, some int) iter.Seq2[Story, error] {
	return func(yield func(Story, error) bool) {
		seen := map[int64]bool{}
		// A story comes with its newest article that is found. Of a story that an
		// older article leads to, that is known only without a query; with one, all
		// pages begin with the first.
		from := int64(0)
		if q.Root == nil {
			from = before
		}
		for size := some; ; size = page {
			rows, err := s.newestArticles(ctx, q, from, size)
			if err != nil {
				yield(Story{}, err)
				return
			}
			found, err := s.storiesOf(ctx, rows, seen)
			if err != nil {
				yield(Story{}, err)
				return
			}
			for _, story := range found {
				if q.Root == nil {
					story.Newest = story.newest()
				}
				if (before == 0 || story.Newest < before) && !yield(story, nil) {
					return
				}
			}
			if len(rows) < size {
				return
			}
			from = rows[len(rows)-1]
		}
	}
}

// newest is the row of the newest article.
func (s *Story) newest() (row int64) {
	for _, a := range s.Articles {
		row = max(row, a.Row)
	}
	return row
}

// newestArticles are the rows of the articles that a query finds, the newest
// first.
func (s *Store) newestArticles(ctx context.Context, q query.Query, before int64, limit int) ([]int64, error) {
	var rows []int64
	for _, n := range alternatives(q.Root) {
		found, err := s.newest(ctx, articleTarget(), n, before, limit, false)
		if err != nil {
			return nil, err
		}
		for _, m := range found {
			rows = append(rows, m.row)
		}
	}
	slices.SortFunc(rows, func(a, b int64) int { return cmp.Compare(b, a) })
	rows = slices.Compact(rows)
	return rows[:min(len(rows), limit)], nil
}

// storiesOf are the stories of some articles, in the order of these, but for
// those seen before.
func (v *view) storiesOf(ctx context.Context, articles []int64, seen map[int64]bool) ([]Story, error) {
	list, err := json.Marshal(articles)
	if err != nil {
		return nil, err
	}
	all, err := collect(ctx, v.stmt(ctx, v.inStories), []any{string(list)}, func(r scanner) (s Story, err error) {
		return s, r.Scan(&s.Newest, &s.Row)
	})
	if err != nil {
		return nil, err
	}
	var out []Story
	for _, s := range all {
		if !seen[s.Row] {
			seen[s.Row] = true
			out = append(out, s)
		}
	}
	return out, v.fill(ctx, out)
}

// fill gives stories their articles.
func (v *view) fill(ctx context.Context, stories []Story) error {
	at := map[int64]int{}
	rows := make([]int64, len(stories))
	for i, s := range stories {
		rows[i], at[s.Row] = s.Row, i
	}
	list, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	all, err := collect(ctx, v.stmt(ctx, v.members), []any{string(list)}, func(r scanner) (*Article, error) { return scanArticle(r) })
	if err != nil {
		return err
	}
	followed := map[int64]bool{} // by a later version
	for _, a := range all {
		followed[a.Previous] = true
	}
	for _, a := range all {
		s := &stories[at[a.Story]]
		if followed[a.Row] {
			s.Earlier = append(s.Earlier, a)
		} else {
			s.Articles = append(s.Articles, a)
		}
	}
	for i := range stories { // rows follow the day; the time may be known too
		slices.SortStableFunc(stories[i].Articles, func(a, b *Article) int { return a.Published.Compare(b.Published) })
	}
	return nil
}

// hear gives stories their voices.
func (v *view) hear(ctx context.Context, stories []Story) error {
	for i := range stories {
		s := &stories[i]
		var rows []int64
		for _, a := range s.Articles[max(0, len(s.Articles)-maxHeard):] {
			rows = append(rows, a.Row)
		}
		list, err := json.Marshal(rows)
		if err != nil {
			return err
		}
		if s.Voices, err = collect(ctx, v.stmt(ctx, v.voices), []any{string(list), maxVoices}, func(r scanner) (o Voice, err error) {
			return o, r.Scan(&o.Speaker, &o.Name, &o.Statements)
		}); err != nil {
			return err
		}
	}
	return nil
}

// Story is a story by its number, or the one that it has become part of. The
// error wraps ErrNotFound if there never was one of that number.
func (v *view) Story(ctx context.Context, number int64) (Story, error) {
	out := []Story{{}}
	if err := v.stmt(ctx, v.becomes).QueryRowContext(ctx, number).Scan(&out[0].Row); err != nil {
		return Story{}, fmt.Errorf("story %d: %w", number, found(err))
	}
	if err := v.fill(ctx, out); err != nil {
		return Story{}, err
	}
	out[0].Newest = out[0].newest()
	return out[0], v.hear(ctx, out)
}

// Called is who the speakers of an article, by its row, are over the record, by
// their names in the article.
func (v *view) Called(ctx context.Context, article int64) (map[string]Voice, error) {
	out := map[string]Voice{}
	_, err := collect(ctx, v.stmt(ctx, v.called), []any{article}, func(r scanner) (name string, err error) {
		var o Voice
		err = r.Scan(&name, &o.Speaker, &o.Name)
		out[name] = o
		return name, err
	})
	return out, err
}

// Latest is the latest version of an article, by the ID of any, without its
// body. The error wraps ErrNotFound if the record has none of that ID.
func (v *view) Latest(ctx context.Context, id string) (*Article, error) {
	return scanArticle(v.stmt(ctx, v.latest).QueryRowContext(ctx, id))
}

// Sketched is an article as stories are formed by.
type Sketched struct {
	Row, Story int64
	Sketch     []byte
}

// Sketches are those of the articles published from one day on and before
// another, the last limit of them, in order of their rows. Later versions have
// none. Articles without a date are of the zero day.
func (v *view) Sketches(ctx context.Context, from, before time.Time, limit int) ([]Sketched, error) {
	end := firstRow(max(1, day(before)))
	return collect(ctx, v.stmt(ctx, v.sketches), []any{firstRow(day(from)), end, limit}, func(r scanner) (s Sketched, err error) {
		return s, r.Scan(&s.Row, &s.Story, &s.Sketch)
	})
}

// Apart are the stories that are kept apart from each story.
func (v *view) Apart(ctx context.Context) (map[int64][]int64, error) {
	pairs, err := collect(ctx, v.stmt(ctx, v.apart), nil, func(r scanner) (p [2]int64, err error) { return p, r.Scan(&p[0], &p[1]) })
	if err != nil {
		return nil, err
	}
	out := map[int64][]int64{}
	for _, p := range pairs {
		out[p[0]] = append(out[p[0]], p[1])
	}
	return out, nil
}

// NewStory is the row of a story without articles.
func (b *Batch) NewStory() (row int64, err error) {
	return row, b.one(b.store.insert.story, nil, &row)
}

// Move puts an article with all its versions into a story, and says why in JSON.
func (b *Batch) Move(row, story int64, why string) error {
	return b.exec(b.store.insert.move, story, why, row)
}

// Absorb makes one story of two. The number of the one that ends leads to the
// other for ever, which is kept apart now from what either was.
func (b *Batch) Absorb(story, into int64) error {
	return errors.Join(
		b.exec(b.store.insert.absorb, story, into), b.exec(b.store.insert.into, story, into),
		b.exec(b.store.insert.inherit, story, into), b.exec(b.store.insert.cutOff, story),
	)
}

// Separate keeps two stories apart until they are absorbed by hand.
func (b *Batch) Separate(story, other int64) error {
	return b.exec(b.store.insert.separate, story, other)
}
