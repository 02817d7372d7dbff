package store

import (
	"context"
	"database/sql"
	"errors"
)

// replacing are the prepared statements by which a batch replaces what was
// found in an article.
type replacing struct {
	extent, renew                     *sql.Stmt
	noStatements, noFigures, noEdits  *sql.Stmt
	noStatementText, noStatementShape *sql.Stmt
	noArticleText, noArticleShape     *sql.Stmt
}

func (s *replacing) prepare(ctx context.Context, db *sql.DB) error {
	return prepare(ctx, db, map[**sql.Stmt]string{
		&s.extent:           `SELECT first, statements FROM article WHERE row = ?`,
		&s.renew:            `UPDATE article SET language = ?2, fingerprint = ?3, first = ?4, statements = ?5, figures = ?6, sum = ?7 WHERE row = ?1`,
		&s.noStatements:     `DELETE FROM statement WHERE row >= ? AND row < ?`,
		&s.noFigures:        `DELETE FROM figure WHERE article = ?`,
		&s.noEdits:          `DELETE FROM edit WHERE article = ?`,
		&s.noStatementText:  `DELETE FROM statement_text WHERE rowid = ?`,
		&s.noStatementShape: `DELETE FROM statement_shingle WHERE rowid = ?`,
		&s.noArticleText:    `DELETE FROM article_text WHERE rowid = ?`,
		&s.noArticleShape:   `DELETE FROM article_shingle WHERE rowid = ?`,
	})
}

// Replace puts what is found in an entry, and what that was found by, in the
// place of what the article of its ID has. The article itself stays as it is,
// and in its story; and a name that it had before means whom it meant. The
// error wraps ErrNotFound if the record has no such article.
func (b *Batch) Replace(e Entry, identify Identify) (Outcome, error) {
	a, err := b.Article(b.ctx, e.Article.ID)
	if err != nil {
		return Outcome{}, err
	}
	e.Article = a.Article
	e = e.normal()
	out := Outcome{Result: Renewed, Row: a.Row, ID: a.ID, Previous: a.Previous, Story: a.Story}
	meant, err := b.meant(a.Row, false)
	if err != nil {
		return out, err
	}
	if err := b.clear(a.Row); err != nil {
		return out, err
	}
	var fingerprint int64
	if err := b.one(b.store.insert.fingerprint, []any{e.Fingerprint}, &fingerprint); err != nil {
		return out, err
	}
	first, err := b.next(b.said, b.store.insert.lastStatement, a.Published, int64(len(e.Statements)))
	if err != nil {
		return out, err
	}
	return out, errors.Join(
		b.exec(b.store.insert.renew, a.Row, e.Language, fingerprint, first, len(e.Statements), len(e.Figures), e.checksum()),
		b.statements(&e, out, first, meant.or(identify)),
		b.figures(&e, a.Row),
	)
}

// meanings are the speakers whom the names of an article mean.
type meanings map[string]Identity

// meant are the meanings of the names that an article, by its row, credits
// statements to; if pinned only of those that were set right by hand.
func (b *Batch) meant(article int64, pinned bool) (meanings, error) {
	names, err := collect(b.ctx, b.stmt(b.ctx, b.store.insert.credited), []any{article}, func(r scanner) (Name, error) {
		var statements int
		return scanName(r, &statements)
	})
	m := meanings{}
	for _, n := range names {
		if n.Pinned || !pinned {
			m[n.Text] = Identity{Speaker: n.Speaker, Loose: n.Loose}
		}
	}
	return m, err
}

// or is an Identify that asks another one for the names that are new.
func (m meanings) or(identify Identify) Identify {
	return func(story int64, cited []Cited) ([]Identity, error) {
		out, err := identify(story, cited) // all, as they explain each other
		for i := range out {
			if known, ok := m[cited[i].Name]; ok {
				out[i] = known // whose names have counted this article
			}
		}
		return out, err
	}
}

// clear takes out what was found in an article, by its row.
func (b *Batch) clear(row int64) error {
	if err := b.uncredit(row); err != nil {
		return err
	}
	var first, n int64
	if err := b.one(b.store.insert.extent, []any{row}, &first, &n); err != nil {
		return err
	}
	for said := first; said < first+n; said++ {
		if err := errors.Join(b.exec(b.store.insert.noStatementText, said), b.exec(b.store.insert.noStatementShape, said)); err != nil {
			return err
		}
	}
	return errors.Join(
		b.exec(b.store.insert.noArticleText, row), b.exec(b.store.insert.noArticleShape, row), // where its speakers stand too
		b.exec(b.store.insert.noStatements, first, first+n), b.exec(b.store.insert.noFigures, row),
	)
}
