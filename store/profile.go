package store

import (
	"context"
	"database/sql"
	"math"
	"slices"
	"strings"
	"time"

	"onrecord/attribution"
	"onrecord/profile"
	"onrecord/speaker"
)

// profiles are the prepared statements that a speaker's profile is made of.
type profiles struct {
	days, outlets, roles, newest, others, bounds, headline, begins *sql.Stmt
}

// credits are those of a speaker, of the latest versions of articles, from a row
// of article on.
const credits = ` FROM credit c WHERE c.name IN (SELECT row FROM name WHERE speaker = ?) AND c.article >= ?
	AND c.article NOT IN (SELECT previous FROM article WHERE previous IS NOT NULL)`

func (p *profiles) prepare(ctx context.Context, db *sql.DB) error {
	return prepare(ctx, db, map[**sql.Stmt]string{
		&p.days:    `SELECT article / 268435456, count(*), sum(statements), sum(direct), sum(words)` + credits + ` GROUP BY 1 ORDER BY 1`,
		&p.outlets: `SELECT outlet, count(*), sum(statements), sum(words)` + credits + ` GROUP BY outlet ORDER BY 3 DESC, 1`,
		&p.roles:   `SELECT role, count(*), min(nullif(article / 268435456, 0)), max(article / 268435456)` + credits + ` AND role <> '' GROUP BY role`,
		&p.newest: `SELECT s.row, s.article, a.story, s.polarity, s.date, s.text FROM statement_text t CROSS JOIN statement s ON s.row = t.rowid CROSS JOIN article a ON a.row = s.article
			WHERE t.statement_text MATCH ? AND t.rowid < ? AND NOT EXISTS (SELECT 1 FROM article v WHERE v.previous = a.row) ORDER BY t.rowid DESC LIMIT ?`,
		&p.bounds: `SELECT coalesce((SELECT min(row) FROM statement), 0), coalesce((SELECT max(row) FROM statement), 0)`,
		&p.others: `SELECT text FROM statement WHERE row >= ?1 AND coalesce(who NOT IN (SELECT row FROM name WHERE speaker = ?2), 1) ORDER BY row LIMIT ?3`,
		&p.begins: `SELECT n.text FROM name n WHERE n.row IN (SELECT rowid FROM name_text WHERE name_text MATCH ?) ORDER BY n.statements DESC LIMIT ?`,
		// Articles without a title come last, then those without a date.
		&p.headline: `SELECT coalesce(nullif(title, ''), id) FROM article WHERE story = ? ORDER BY title = '', row < 268435456, row LIMIT 1`,
	})
}

// maxCredits is from how many articles on outlets and roles are counted in the
// newest days with so many only: those of half a million would take a second.
const maxCredits = 2000

// Credits are the counts of a speaker, by the row. The error wraps ErrNotFound
// if there is none.
func (v *view) Credits(ctx context.Context, who int64) (profile.Credits, error) {
	known, err := v.SpeakerAt(ctx, who)
	if err != nil {
		return profile.Credits{}, err
	}
	c := profile.Credits{Name: known.Name}
	names, err := v.Spellings(ctx, known.Row)
	if err != nil {
		return c, err
	}
	for _, n := range names {
		// One spelling may be several names, of which only some are loose.
		i := slices.IndexFunc(c.Spellings, func(s profile.Spelling) bool { return s.Text == n.Text })
		if i < 0 {
			i = len(c.Spellings)
			c.Spellings = append(c.Spellings, profile.Spelling{Text: n.Text})
		}
		c.Spellings[i].Articles += n.Articles
	}
	slices.SortStableFunc(c.Spellings, func(a, b profile.Spelling) int { return b.Articles - a.Articles })
	from, err := v.days(ctx, &c, known.Row)
	if err != nil {
		return c, err
	}
	c.Since = dayAt(from)
	args := []any{known.Row, firstRow(from)}
	c.Outlets, err = collect(ctx, v.stmt(ctx, v.profiles.outlets), args, func(r scanner) (o profile.Outlet, err error) {
		return o, r.Scan(&o.Name, &o.Articles, &o.Statements, &o.Words)
	})
	if err != nil {
		return c, err
	}
	c.Roles, err = collect(ctx, v.stmt(ctx, v.profiles.roles), args, func(r scanner) (o profile.Role, err error) {
		var first, last sql.NullInt64
		err = r.Scan(&o.Role, &o.Articles, &first, &last)
		o.First, o.Last = dayAt(first.Int64), dayAt(last.Int64)
		return o, err
	})
	slices.SortStableFunc(c.Roles, func(a, b profile.Role) int { return b.Last.Compare(a.Last) })
	return c, err
}

// days counts what a speaker is credited with, in all and by month. It gives the
// day from which on outlets and roles are to be counted.
func (v *view) days(ctx context.Context, c *profile.Credits, who int64) (from int64, err error) {
	type day struct{ number, articles int64 }
	all, err := collect(ctx, v.stmt(ctx, v.profiles.days), []any{who, 0}, func(r scanner) (d day, err error) {
		var statements, direct, words int
		if err := r.Scan(&d.number, &d.articles, &statements, &direct, &words); err != nil {
			return d, err
		}
		c.Articles, c.Statements, c.Direct, c.Words = c.Articles+int(d.articles), c.Statements+statements, c.Direct+direct, c.Words+words
		if d.number == 0 {
			return d, nil
		}
		c.Last = dayAt(d.number)
		if c.First.IsZero() {
			c.First = c.Last
		}
		month := time.Date(c.Last.Year(), c.Last.Month(), 1, 0, 0, 0, 0, time.UTC)
		if k := len(c.Months); k == 0 || c.Months[k-1].Month != month {
			c.Months = append(c.Months, profile.Month{Month: month})
		}
		c.Months[len(c.Months)-1].Statements += statements
		return d, nil
	})
	counted := int64(0)
	for _, d := range slices.Backward(all) {
		if counted >= maxCredits {
			break
		}
		counted += d.articles
		from = d.number
	}
	if counted == int64(c.Articles) {
		from = 0
	}
	return from, err
}

// Newest are a speaker's newest statements, of the latest versions of articles.
func (v *view) Newest(ctx context.Context, who int64, limit int) ([]profile.Said, error) {
	return v.NewestBefore(ctx, who, math.MaxInt64, limit)
}

// NewestBefore are a speaker's newest statements of those before another one, by
// its row.
func (v *view) NewestBefore(ctx context.Context, who, before int64, limit int) ([]profile.Said, error) {
	names, err := v.Spellings(ctx, who)
	if err != nil || len(names) == 0 {
		return nil, err
	}
	tokens := make([]string, len(names))
	for i, n := range names {
		tokens[i] = nameToken(n.Row)
	}
	return collect(ctx, v.stmt(ctx, v.profiles.newest), []any{"speaker : (" + strings.Join(tokens, " OR ") + ")", before, limit}, func(r scanner) (s profile.Said, err error) {
		var polarity string
		err = r.Scan(&s.Row, &s.Article, &s.Story, &polarity, &s.Date, &s.Text)
		s.Polarity, s.Published = attribution.Polarity(polarity), dayAt(s.Article/rowsPerDay)
		return s, err
	})
}

// samples is how many places of the record others' statements are taken from.
const samples = 100

// Others are texts of statements that others than a speaker make, taken from
// all over the record; the same ones each time.
func (v *view) Others(ctx context.Context, who int64, limit int) (out []string, err error) {
	var first, last int64
	if err := v.stmt(ctx, v.profiles.bounds).QueryRowContext(ctx).Scan(&first, &last); err != nil {
		return nil, explain(err)
	}
	for i := range int64(samples) {
		few, err := collect(ctx, v.stmt(ctx, v.profiles.others), []any{first + (last-first)/samples*i, who, limit / samples}, func(r scanner) (text string, err error) {
			return text, r.Scan(&text)
		})
		if err != nil {
			return nil, err
		}
		out = append(out, few...)
	}
	return out, nil
}

// Reading is an article, by its row, with which of its statements are a
// speaker's.
func (v *view) Reading(ctx context.Context, who, article int64) (profile.Reading, error) {
	a, err := v.ArticleAt(ctx, article)
	if err != nil {
		return profile.Reading{}, err
	}
	said, err := v.Statements(ctx, article)
	if err != nil {
		return profile.Reading{}, err
	}
	names, err := v.Spellings(ctx, who)
	if err != nil {
		return profile.Reading{}, err
	}
	r := profile.Reading{Article: &a.Article, Story: a.Story, Statements: make([]speaker.Statement, len(said)), Own: make([]bool, len(said))}
	for i, s := range said {
		if i == 0 {
			r.First = s.Row
		}
		r.Statements[i] = s.Statement
		r.Own[i] = slices.ContainsFunc(names, func(n Name) bool { return n.Row == s.Who })
	}
	return r, nil
}

// Headline is the title of a story's first article.
func (v *view) Headline(ctx context.Context, story int64) (title string, err error) {
	rows, err := collect(ctx, v.stmt(ctx, v.profiles.headline), []any{story}, func(r scanner) (string, error) { return title, r.Scan(&title) })
	if len(rows) == 0 || err != nil {
		return "", err
	}
	return title, nil
}

// Bounds of the look-up of names that are spelled nearly so.
const (
	begin    = 2   // letters that a word begins with alike
	maxBegin = 500 // names that do
)

// NearNames are the names of the record that one which it does not have may be
// meant for, the nearest first.
func (v *view) NearNames(ctx context.Context, name string, limit int) ([]string, error) {
	var begins []string
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return !isWordPart(r) }) {
		if letters := []rune(w); len(letters) >= begin {
			begins = append(begins, `"`+string(letters[:begin])+`" *`)
		}
	}
	if len(begins) == 0 {
		return nil, nil
	}
	names, err := collect(ctx, v.stmt(ctx, v.profiles.begins), []any{strings.Join(begins, " OR "), maxBegin}, func(r scanner) (text string, err error) {
		return text, r.Scan(&text)
	})
	return profile.Nearest(name, names, limit), err
}
