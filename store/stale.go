package store

import (
	"context"
	"database/sql"
	"iter"
)

// Readings are the articles that were read by the same.
type Readings struct {
	Fingerprint string
	Articles    int // how many
}

// readingReads are the prepared statements that ask what articles were read by.
type readingReads struct{ readings, readBy, later, size, marks, allNames *sql.Stmt }

func (s *readingReads) prepare(ctx context.Context, db *sql.DB) error {
	return prepare(ctx, db, map[**sql.Stmt]string{
		&s.readings: `SELECT f.text, count(*) FROM article a JOIN fingerprint f ON f.row = a.fingerprint GROUP BY a.fingerprint ORDER BY a.fingerprint`,
		&s.readBy: `SELECT ` + articleColumns + `, b.text FROM ` + articleTables + ` JOIN body b ON b.article = a.row
			WHERE a.fingerprint = (SELECT row FROM fingerprint WHERE text = ?) AND a.row > ? ORDER BY a.row LIMIT ?`,
		&s.later:    `SELECT row FROM article WHERE previous = ? ORDER BY row`,
		&s.size:     `SELECT count(*) FROM article`,
		&s.allNames: `SELECT row, text FROM name`,
		&s.marks:    `SELECT hash, statements, figures, sum FROM article WHERE row = ?`, // what an entry is checked by
	})
}

// Readings are all articles by the fingerprint of what read them, those of the
// oldest fingerprint first.
func (v *view) Readings(ctx context.Context) ([]Readings, error) {
	return collect(ctx, v.stmt(ctx, v.readings), nil, func(r scanner) (out Readings, err error) {
		return out, r.Scan(&out.Fingerprint, &out.Articles)
	})
}

// ReadBy are the articles of a fingerprint, with their bodies, by day of
// publication. They may be read again meanwhile.
func (v *view) ReadBy(ctx context.Context, fingerprint string) iter.Seq2[*Article, error] {
	return func(yield func(*Article, error) bool) {
		for last := int64(0); ; {
			articles, err := collect(ctx, v.stmt(ctx, v.readBy), []any{fingerprint, last, page}, func(r scanner) (*Article, error) { return scanWhole(r) })
			if err != nil {
				yield(nil, err)
				return
			}
			for _, a := range articles {
				if !yield(a, nil) {
					return
				}
			}
			if len(articles) < page {
				return
			}
			last = articles[len(articles)-1].Row
		}
	}
}

// Later are the rows of the versions that follow a version of an article; they
// are several where the article was changed in two ways.
func (v *view) Later(ctx context.Context, article int64) ([]int64, error) {
	return collect(ctx, v.stmt(ctx, v.later), []any{article}, func(r scanner) (row int64, err error) { return row, r.Scan(&row) })
}

// Size is the number of articles, every version counted.
func (v *view) Size(ctx context.Context) (n int, err error) {
	return n, found(v.stmt(ctx, v.size).QueryRowContext(ctx).Scan(&n))
}
