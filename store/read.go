package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/figure"
)

// scanner is a row or the rows of a query.
type scanner interface{ Scan(...any) error }

// scanArticle reads articleColumns and what else is asked for.
func scanArticle(row scanner, more ...any) (*Article, error) {
	var a Article
	var byline, published string
	var added int64
	err := row.Scan(append([]any{&a.Row, &a.ID, &a.Address, &a.Origin, &a.Outlet, &a.URL, &a.Title, &byline, &published, &a.DateOnly,
		&a.Article.Language, &a.Language, &a.Previous, &a.Story, &a.Why, &a.Fingerprint, &added}, more...)...)
	if err != nil {
		return nil, found(err)
	}
	a.Added = time.Unix(added, 0).UTC()
	if err := json.Unmarshal([]byte(byline), &a.Byline); err != nil {
		return nil, fmt.Errorf("%w: byline of %s: %w", ErrCorrupt, a.ID, err)
	}
	if a.Published, err = parseTime(published); err != nil {
		return nil, fmt.Errorf("%w: date of %s: %w", ErrCorrupt, a.ID, err)
	}
	return &a, nil
}

// scanStatement reads statementColumns and what else is asked for.
func scanStatement(row scanner, more ...any) (Statement, error) {
	var s Statement
	var kind, polarity string
	var spans []byte
	var body int
	err := row.Scan(append([]any{&s.Row, &s.Article, &s.Who, &kind, &polarity, &s.Speaker.ID, &s.Speaker.Name, &s.Speaker.Role,
		&s.Speaker.Unnamed, &s.Reporter, &s.Date, &s.Confidence, &spans, &s.Text, &body}, more...)...)
	if err != nil {
		return s, found(err)
	}
	s.Kind, s.Polarity = attribution.Kind(kind), attribution.Polarity(polarity)
	if err := readStatement(spans, body, &s.Attribution); err != nil {
		return s, fmt.Errorf("%w: statement %d: %w", ErrCorrupt, s.Row, err)
	}
	return s, nil
}

// view reads articles: through the connections that only read, or, in a batch,
// with what the batch has added.
type view struct {
	// stmt gives a prepared statement where the view reads.
	stmt                                      func(context.Context, *sql.Stmt) *sql.Stmt
	known, one, said, figureRows, edits, rows *sql.Stmt
	speakerReads
	grouping
	readingReads
	accountReads
	reviewing
	comparing
	profiles profiles
	outlets  outletReads
}

func (v *view) prepare(ctx context.Context, db *sql.DB) error {
	v.stmt = func(_ context.Context, s *sql.Stmt) *sql.Stmt { return s }
	if err := errors.Join(v.grouping.prepare(ctx, db), v.speakerReads.prepare(ctx, db), v.profiles.prepare(ctx, db), v.outlets.prepare(ctx, db), v.readingReads.prepare(ctx, db), v.accountReads.prepare(ctx, db), v.reviewing.prepare(ctx, db), v.comparing.prepare(ctx, db)); err != nil {
		return err
	}
	return prepare(ctx, db, map[**sql.Stmt]string{
		&v.known: knownVersion,
		&v.one:   `SELECT ` + articleColumns + `, b.text FROM ` + articleTables + ` JOIN body b ON b.article = a.row WHERE a.id = ?1 OR a.row = ?2`,
		&v.said: `SELECT ` + statementColumns + ` FROM article a JOIN body b ON b.article = a.row JOIN statement s ON s.row >= a.first AND s.row < a.first + a.statements
			WHERE a.row = ? ORDER BY s.row`,
		&v.figureRows: `SELECT value, high, bound, unit, head, subject, as_of, statement, spans, octet_length(b.text) FROM figure f JOIN body b ON b.article = f.article WHERE f.article = ? ORDER BY n`,
		&v.edits:      `SELECT what, change, speaker_before, speaker_after, before, after FROM edit WHERE article = ? ORDER BY n`,
		&v.rows:       `SELECT row FROM article WHERE row > ? ORDER BY row LIMIT ?`,
	})
}

// Known is the article of the record that has the same words from the same
// place, and Unchanged; the error wraps ErrNotFound if there is none.
func (v *view) Known(ctx context.Context, a article.Article) (Outcome, error) {
	return v.has(ctx, a, Hash(a.Body))
}

func (v *view) has(ctx context.Context, a article.Article, hash []byte) (Outcome, error) {
	out := Outcome{Result: Unchanged}
	err := v.stmt(ctx, v.known).QueryRowContext(ctx, hash, Address(a), a.URL, a.ID, a.Outlet).Scan(&out.Row, &out.ID)
	return out, found(err)
}

// Article is an article by its ID, with its body. The error wraps ErrNotFound
// if the record has none of that ID.
func (v *view) Article(ctx context.Context, id string) (*Article, error) { return v.find(ctx, id, -1) }

// ArticleAt is an article by its row, with its body.
func (v *view) ArticleAt(ctx context.Context, row int64) (*Article, error) {
	return v.find(ctx, nil, row)
}

func (v *view) find(ctx context.Context, id any, row int64) (*Article, error) {
	return scanWhole(v.stmt(ctx, v.one).QueryRowContext(ctx, id, row))
}

// scanWhole reads an article with its body.
func scanWhole(row scanner) (*Article, error) {
	var body string
	a, err := scanArticle(row, &body)
	if err == nil {
		a.Body = body
	}
	return a, err
}

// Statements are those of an article, by its row, in order of the text.
func (v *view) Statements(ctx context.Context, article int64) ([]Statement, error) {
	return collect(ctx, v.stmt(ctx, v.said), []any{article}, func(r scanner) (Statement, error) { return scanStatement(r) })
}

// Figures are those of an article, by its row, in order of the text.
func (v *view) Figures(ctx context.Context, article int64) ([]figure.Figure, error) {
	return collect(ctx, v.stmt(ctx, v.figureRows), []any{article}, func(r scanner) (f figure.Figure, err error) {
		var bound, subject string
		var spans []byte
		var body int
		if err := r.Scan(&f.Value, &f.High, &bound, &f.Unit, &f.Head, &subject, &f.AsOf, &f.Statement, &spans, &body); err != nil {
			return f, err
		}
		f.Bound = figure.Bound(bound)
		if subject != "" {
			f.Subject = strings.Split(subject, " ")
		}
		if err := readFigure(spans, body, &f); err != nil {
			return f, fmt.Errorf("%w: figure of article %d: %w", ErrCorrupt, article, err)
		}
		return f, nil
	})
}

// Edits are what a version of an article, by its row, has otherwise than the
// one before.
func (v *view) Edits(ctx context.Context, article int64) ([]Edit, error) {
	return collect(ctx, v.stmt(ctx, v.edits), []any{article}, func(r scanner) (e Edit, err error) {
		err = r.Scan(&e.What, &e.Change, &e.SpeakerBefore, &e.SpeakerAfter, &e.Before, &e.After)
		return e, err
	})
}

// Entry is an article, by its row, with everything found in it.
func (b *Batch) Entry(ctx context.Context, row int64) (*Entry, error) {
	return b.view.entryAt(ctx, row)
}

// Entry is an article, by its row, with everything found in it, even if it is
// read again meanwhile.
func (s *Store) Entry(ctx context.Context, row int64) (*Entry, error) {
	v, end, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	return v.entryAt(ctx, row)
}

// snapshot is the record as it is now, whatever others write until end is called.
func (s *Store) snapshot(ctx context.Context) (v *view, end func(), err error) {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, nil, explain(err)
	}
	now := s.view
	now.stmt = tx.StmtContext
	return &now, func() { _ = tx.Rollback() }, nil // nothing was written
}

func (v *view) entryAt(ctx context.Context, row int64) (*Entry, error) {
	a, err := v.ArticleAt(ctx, row)
	if err != nil {
		return nil, err
	}
	return v.entry(ctx, a)
}

func (v *view) entry(ctx context.Context, a *Article) (*Entry, error) {
	said, err := v.Statements(ctx, a.Row)
	if err != nil {
		return nil, err
	}
	e := &Entry{Article: a.Article, Language: a.Language, Fingerprint: a.Fingerprint}
	for _, s := range said {
		e.Statements = append(e.Statements, s.Statement)
	}
	e.Figures, err = v.Figures(ctx, a.Row)
	for _, f := range e.Figures {
		if f.Statement >= len(said) {
			return nil, fmt.Errorf("%w: a figure of article %s is in no statement", ErrCorrupt, a.ID)
		}
	}
	return e, err
}

// page is how many rows are listed at once, so that no long query holds back
// the writer.
const page = 256

// All are the entries of the record, by day of publication. What is added
// meanwhile may be among them or not.
func (s *Store) All(ctx context.Context) iter.Seq2[*Entry, error] {
	return s.entries(ctx, func(last int64) ([]int64, error) {
		return collect(ctx, s.stmt(ctx, s.rows), []any{last, page}, func(r scanner) (row int64, err error) { return row, r.Scan(&row) })
	})
}

// collect reads all rows of a query.
func collect[T any](ctx context.Context, stmt *sql.Stmt, args []any, scan func(scanner) (T, error)) (out []T, err error) {
	rows, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return nil, explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, explain(err)
		}
		out = append(out, v)
	}
	return out, explain(rows.Err())
}
