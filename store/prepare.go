package store

import (
	"context"
	"database/sql"
	"errors"
)

// The columns of an article and of a statement (of s, whose article has the
// body b), as scanArticle and scanStatement take them.
const (
	articleColumns = `a.row, a.id, a.address, a.origin, a.outlet, a.url, a.title, a.byline, a.published, a.date_only,
	a.declared, a.language, coalesce(a.previous, 0), a.story, a.why, f.text, a.added`
	articleTables    = `article a JOIN fingerprint f ON f.row = a.fingerprint`
	statementColumns = `s.row, s.article, coalesce(s.who, 0), s.kind, s.polarity, s.key, s.name, s.role, s.unnamed, s.reporter, s.date, s.confidence, s.spans, s.text, octet_length(b.text)`
)

// knownVersion finds the version of an article that has the same words: at the
// same address or, where there is no URL, of the same ID wherever the file lay,
// so that a folder that was moved is not added twice.
const knownVersion = `SELECT row, id FROM article
	WHERE hash = ?1 AND (address = ?2 OR ?3 = '' AND url = '' AND id = ?4 AND outlet = ?5) ORDER BY address <> ?2 LIMIT 1`

// inserts are the prepared statements of the connection that writes.
type inserts struct {
	version, last, fingerprint, lastRow, lastStatement, taken    *sql.Stmt
	story, article, body, statement, figure, edit                *sql.Stmt
	articleText, statementText, articleShingle, statementShingle *sql.Stmt
	regrouping
	naming
	renaming renaming
	replacing
}

func (s *inserts) prepare(ctx context.Context, db *sql.DB) error {
	if err := errors.Join(s.regrouping.prepare(ctx, db), s.naming.prepare(ctx, db), s.renaming.prepare(ctx, db), s.replacing.prepare(ctx, db)); err != nil {
		return err
	}
	return prepare(ctx, db, map[**sql.Stmt]string{
		// The latest version is the one that no other follows.
		&s.last:        `SELECT row, story, why FROM article a WHERE address = ? AND NOT EXISTS (SELECT 1 FROM article b WHERE b.previous = a.row) ORDER BY added DESC, row DESC LIMIT 1`,
		&s.version:     `SELECT data_version FROM pragma_data_version`,
		&s.taken:       `SELECT 1 FROM article WHERE id = ?`,
		&s.fingerprint: `INSERT INTO fingerprint (text) VALUES (?) ON CONFLICT DO UPDATE SET text = excluded.text RETURNING row`,
		// The last row before a bound: of the day before it, or of an earlier one.
		&s.lastRow:       `SELECT coalesce(max(row), 0) FROM article WHERE row < ?`,
		&s.lastStatement: `SELECT coalesce(max(row), 0) FROM statement WHERE row < ?`,
		&s.story:         `INSERT INTO story (into_story) VALUES (NULL) RETURNING row`,
		&s.article: `INSERT INTO article (row, id, address, hash, origin, outlet, url, title, byline, published, date_only, declared, language, previous, story, why,
			fingerprint, first, statements, figures, added, sum) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		&s.body: `INSERT INTO body (article, text) VALUES (?,?)`,
		&s.statement: `INSERT INTO statement (row, article, who, kind, polarity, key, name, role, unnamed, reporter, cue, date, confidence, spans, text)
			VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		&s.figure:           `INSERT INTO figure (article, n, value, high, bound, unit, head, subject, as_of, statement, spans) VALUES (?,?,?,?,?,?,?,?,?,?,?)`,
		&s.edit:             `INSERT INTO edit (article, n, what, change, speaker_before, speaker_after, before, after) VALUES (?,?,?,?,?,?,?,?)`,
		&s.articleText:      `INSERT INTO article_text (rowid, title, body, outlet, speaker, addressee, venue, kind) VALUES (?,?,?,?,?,?,?,?)`,
		&s.statementText:    `INSERT INTO statement_text (rowid, text, speaker, addressee, venue, outlet, kind) VALUES (?,?,?,?,?,?,?)`,
		&s.articleShingle:   `INSERT INTO article_shingle (rowid, shingles) VALUES (?,?)`,
		&s.statementShingle: `INSERT INTO statement_shingle (rowid, shingles) VALUES (?,?)`,
	})
}

func prepare(ctx context.Context, db *sql.DB, queries map[**sql.Stmt]string) error {
	for to, q := range queries {
		var err error
		if *to, err = db.PrepareContext(ctx, q); err != nil {
			return err
		}
	}
	return nil
}
