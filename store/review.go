package store

import (
	"context"
	"database/sql"
)

// Doubt is a statement whose attribution may be wrong.
type Doubt struct {
	Statement
	N int // number inside the article, from 0
}

// reviewing are the prepared statements that ask what may be wrong.
type reviewing struct{ doubts, crediting *sql.Stmt }

func (s *reviewing) prepare(ctx context.Context, db *sql.DB) error {
	return prepare(ctx, db, map[**sql.Stmt]string{
		&s.doubts: `SELECT ` + statementColumns + `, s.row - a.first FROM (SELECT row, confidence FROM statement ORDER BY row DESC LIMIT ?) n
			JOIN statement s ON s.row = n.row JOIN article a ON a.row = s.article JOIN body b ON b.article = s.article
			WHERE NOT EXISTS (SELECT 1 FROM article v WHERE v.previous = a.row) ORDER BY n.confidence, n.row DESC LIMIT ?`,
		&s.crediting: `SELECT a.id FROM name n JOIN credit c ON c.name = n.row JOIN article a ON a.row = c.article
			WHERE n.speaker = ? AND n.text = ? ORDER BY c.article DESC LIMIT 1`,
	})
}

// Doubts are the least sure of the newest statements, the least sure first,
// without those of earlier versions.
func (v *view) Doubts(ctx context.Context, newest, limit int) ([]Doubt, error) {
	return collect(ctx, v.stmt(ctx, v.doubts), []any{newest, limit}, func(r scanner) (d Doubt, err error) {
		d.Statement, err = scanStatement(r, &d.N)
		return d, err
	})
}

// Crediting is the ID of the newest article that credits something to a name of
// a speaker, by the row. The error wraps ErrNotFound if none does.
func (v *view) Crediting(ctx context.Context, speaker int64, name string) (id string, err error) {
	return id, found(v.stmt(ctx, v.crediting).QueryRowContext(ctx, speaker, name).Scan(&id))
}
