package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"onrecord/attribution"
	"onrecord/profile"
	"onrecord/speaker"
)

// profiles are the prepared statements that a speaker's profile is made of.
type profiles struct {
	outlets, roles, months, newest, others, bounds, headline *sql.Stmt
}

// credits are those of a speaker, of the latest versions of articles.
const credits = ` FROM credit c WHERE c.name IN (SELECT row FROM name WHERE speaker = ?)
	AND c.article NOT IN (SELECT previous FROM article WHERE previous IS NOT NULL)`

func (p *profiles) prepare(ctx context.Context, db *sql.DB) error {
	return prepare(ctx, db, map[**sql.Stmt]string{
		&p.outlets: `SELECT outlet, count(*), sum(statements), sum(direct), sum(words)` + credits + ` GROUP BY outlet ORDER BY 3 DESC, 1`,
		&p.roles:   `SELECT role, count(*), min(nullif(article / 268435456, 0)), max(article / 268435456)` + credits + ` AND role <> '' GROUP BY role`,
		&p.months:  `SELECT article / 268435456, sum(statements)` + credits + ` GROUP BY 1 ORDER BY 1`,
		&p.newest: `SELECT s.row, s.article, a.story, s.polarity, s.text FROM statement_text t CROSS JOIN statement s ON s.row = t.rowid CROSS JOIN article a ON a.row = s.article
			WHERE t.statement_text MATCH ? AND NOT EXISTS (SELECT 1 FROM article v WHERE v.previous = a.row) ORDER BY t.rowid DESC LIMIT ?`,
		&p.bounds: `SELECT coalesce(min(row), 0), coalesce(max(row), 0) FROM statement`,
		&p.others: `SELECT text FROM statement WHERE row >= ?1 AND coalesce(who NOT IN (SELECT row FROM name WHERE speaker = ?2), 1) ORDER BY row LIMIT ?3`,
		// Articles without a date come last.
		&p.headline: `SELECT title FROM article WHERE story = ? AND title <> '' ORDER BY row < 268435456, row LIMIT 1`,
	})
}

// Credits are the counts of a speaker, by the row. The error wraps ErrNotFound
// if there is none.
func (v *view) Credits(ctx context.Context, who int64) (profile.Credits, error) {
	known, err := v.SpeakerAt(ctx, who)
	if err != nil {
		return profile.Credits{}, err
	}
	c, args := profile.Credits{Name: known.Name}, []any{known.Row}
	names, err := v.Spellings(ctx, known.Row)
	if err != nil {
		return c, err
	}
	for _, n := range names {
		c.Spellings = append(c.Spellings, profile.Spelling{Text: n.Text, Articles: n.Articles})
	}
	c.Outlets, err = collect(ctx, v.stmt(ctx, v.profiles.outlets), args, func(r scanner) (o profile.Outlet, err error) {
		direct := 0
		err = r.Scan(&o.Name, &o.Articles, &o.Statements, &direct, &o.Words)
		c.Articles, c.Statements, c.Direct, c.Words = c.Articles+o.Articles, c.Statements+o.Statements, c.Direct+direct, c.Words+o.Words
		return o, err
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
	if err != nil {
		return c, err
	}
	slices.SortStableFunc(c.Roles, func(a, b profile.Role) int { return b.Last.Compare(a.Last) })
	return c, v.months(ctx, &c, known.Row)
}

// months counts statements by month from those by day.
func (v *view) months(ctx context.Context, c *profile.Credits, who int64) error {
	_, err := collect(ctx, v.stmt(ctx, v.profiles.months), []any{who}, func(r scanner) (none struct{}, err error) {
		var day int64
		var n int
		if err := r.Scan(&day, &n); err != nil || day == 0 {
			return none, err
		}
		c.Last = dayAt(day)
		if c.First.IsZero() {
			c.First = c.Last
		}
		month := time.Date(c.Last.Year(), c.Last.Month(), 1, 0, 0, 0, 0, time.UTC)
		if k := len(c.Months); k == 0 || c.Months[k-1].Month != month {
			c.Months = append(c.Months, profile.Month{Month: month})
		}
		c.Months[len(c.Months)-1].Statements += n
		return none, nil
	})
	return err
}

// Newest are a speaker's newest statements, of the latest versions of articles.
func (v *view) Newest(ctx context.Context, who int64, limit int) ([]profile.Said, error) {
	names, err := v.Spellings(ctx, who)
	if err != nil || len(names) == 0 {
		return nil, err
	}
	tokens := make([]string, len(names))
	for i, n := range names {
		tokens[i] = nameToken(n.Row)
	}
	return collect(ctx, v.stmt(ctx, v.profiles.newest), []any{"speaker : (" + strings.Join(tokens, " OR ") + ")", limit}, func(r scanner) (s profile.Said, err error) {
		var polarity string
		err = r.Scan(&s.Row, &s.Article, &s.Story, &polarity, &s.Text)
		s.Polarity, s.Published = attribution.Polarity(polarity), dayAt(s.Article/rowsPerDay)
		return s, err
	})
}

// samples is how many places of the record others' statements are taken from.
const samples = 200

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
