package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"hash"
	"time"

	"github.com/klauspost/compress/zstd"
)

// Comparison is a story side by side as somebody made it of a state of the
// story. The record keeps it and knows nothing of what is in it.
type Comparison struct {
	State []byte
	Parts []byte // of a page
	JSON  []byte
}

// Bounds of the comparisons that are kept.
const (
	maxComparisons     = 1000     // stories, those made last
	maxComparisonBytes = 64 << 20 // of either part, when it is read
)

// comparing are the prepared statements of stories side by side.
type comparing struct{ stateOf, namesIn, compared *sql.Stmt }

func (c *comparing) prepare(ctx context.Context, db *sql.DB) error {
	return prepare(ctx, db, map[**sql.Stmt]string{
		&c.stateOf: `SELECT a.row, a.why, coalesce(a.previous, 0), f.text FROM article a JOIN fingerprint f ON f.row = a.fingerprint WHERE a.story = ? ORDER BY a.row`,
		&c.namesIn: `SELECT n.row, w.row, w.name FROM (SELECT DISTINCT s.who AS who FROM article a JOIN statement s ON s.row >= a.first AND s.row < a.first + a.statements
			WHERE a.story = ?) g JOIN name n ON n.row = g.who JOIN speaker_name w ON w.row = n.speaker ORDER BY 1`,
		&c.compared: `SELECT parts, json FROM comparison WHERE story = ? AND state = ?`,
	})
}

// StoryState gives the number of a story, or of the one that it has become part
// of, with a sum that changes when anything in the story does: its articles,
// what read them, why they are in it, and who its speakers are over the record.
func (s *Store) StoryState(ctx context.Context, number int64) (row int64, state []byte, err error) {
	if err := s.becomes.QueryRowContext(ctx, number).Scan(&row); err != nil {
		return 0, nil, fmt.Errorf("story %d: %w", number, found(err))
	}
	sum := sha256.New()
	if err := addRows(ctx, sum, s.stateOf, row); err != nil {
		return 0, nil, err
	}
	if err := addRows(ctx, sum, s.namesIn, row); err != nil {
		return 0, nil, err
	}
	return row, sum.Sum(nil), nil
}

// addRows adds all rows of a query to a sum.
func addRows(ctx context.Context, sum hash.Hash, stmt *sql.Stmt, args ...any) error {
	rows, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return explain(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return explain(err)
	}
	values := make([]sql.RawBytes, len(columns))
	to := make([]any, len(columns))
	for i := range values {
		to[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(to...); err != nil {
			return explain(err)
		}
		for _, v := range values {
			fmt.Fprintf(sum, "%d:%s", len(v), v) // a hash returns no error
		}
	}
	fmt.Fprintln(sum)
	return explain(rows.Err())
}

// Comparison is what was made of a state of a story. The error wraps
// ErrNotFound if the record has nothing of that state.
func (s *Store) Comparison(ctx context.Context, story int64, state []byte) (c Comparison, err error) {
	c.State = state
	if err := s.compared.QueryRowContext(ctx, story, state).Scan(&c.Parts, &c.JSON); err != nil {
		return c, found(err)
	}
	unpacker, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxComparisonBytes))
	if err != nil {
		return c, err
	}
	defer unpacker.Close()
	for _, part := range []*[]byte{&c.Parts, &c.JSON} {
		if *part, err = unpacker.DecodeAll(*part, nil); err != nil {
			return c, fmt.Errorf("%w: comparison of story %d: %w", ErrCorrupt, story, err)
		}
	}
	return c, nil
}

// KeepComparison keeps what was made of a story in place of what was kept of it
// before. Of too many stories those made longest ago are forgotten. It waits
// for whoever writes; the error wraps ErrReadOnly if nobody can.
func (s *Store) KeepComparison(ctx context.Context, story int64, c Comparison, made time.Time) (err error) {
	if s.readOnly {
		return ErrReadOnly
	}
	packer, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	defer packer.Close()
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return explain(err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(explain(err), tx.Rollback())
		}
	}()
	if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO comparison (story, state, made, parts, json) VALUES (?,?,?,?,?)`,
		story, c.State, made.Unix(), packer.EncodeAll(c.Parts, nil), packer.EncodeAll(c.JSON, nil)); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM comparison WHERE story IN (SELECT story FROM comparison ORDER BY made DESC, story LIMIT -1 OFFSET ?)`, maxComparisons); err != nil {
		return err
	}
	return tx.Commit()
}
