package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"

	"onrecord/check"
)

// shingled finds texts by their shingles: see check.Index.
type shingled struct {
	frequencies, rows *sql.Stmt
}

// prepare prepares the look-ups in a table of shingles. Each text found, f, is
// joined with tables that have its article as a.
func (s *shingled) prepare(ctx context.Context, db *sql.DB, table, columns, tables string) error {
	return prepare(ctx, db, map[**sql.Stmt]string{
		&s.frequencies: `SELECT v.term, v.doc FROM json_each(?) j JOIN ` + table + `s v ON v.term = j.value`,
		&s.rows: `WITH f AS MATERIALIZED (
				SELECT t.rowid AS row, sum(j.value ->> 1) AS weight FROM json_each(?) j JOIN ` + table + ` t ON t.` + table + ` MATCH j.value ->> 0
				GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?)
			SELECT ` + columns + `, a.row, a.id, a.outlet, a.title, a.url, a.published FROM f ` + tables + ` ORDER BY f.weight DESC, f.row`,
	})
}

// prepareShingled prepares the look-ups for check.
func (s *Store) prepareShingled(ctx context.Context) error {
	return errors.Join(
		s.statements.prepare(ctx, s.read, "statement_shingle", "s.row, s.text, s.kind, s.name, s.role, s.unnamed, s.cue",
			"JOIN statement s ON s.row = f.row JOIN article a ON a.row = s.article"),
		s.bodies.prepare(ctx, s.read, "article_shingle", "0, b.text, '', '', '', '', ''",
			"JOIN body b ON b.article = f.row JOIN article a ON a.row = f.row"),
	)
}

// maxPlaces bounds how many places are looked at. The shingles that come after
// the rarest only tell apart what these have found.
const maxPlaces = 20000

// plenty is more than the texts of any record, so that the rarity of a shingle
// needs no count of them.
const plenty = 1 << 27

// weighted is a shingle as a query with what sharing it says.
type weighted [2]any

// choose gives the rarest of some shingles, as many as are looked at.
func (s *shingled) choose(ctx context.Context, shingles []string) ([]weighted, error) {
	list, err := json.Marshal(shingles)
	if err != nil {
		return nil, err
	}
	type frequency struct {
		shingle string
		texts   int
	}
	all, err := collect(ctx, s.frequencies, []any{string(list)}, func(r scanner) (f frequency, err error) { return f, r.Scan(&f.shingle, &f.texts) })
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b frequency) int {
		return cmp.Or(cmp.Compare(a.texts, b.texts), cmp.Compare(a.shingle, b.shingle))
	})
	var out []weighted
	places := 0
	for _, f := range all {
		if places += f.texts; places > maxPlaces && len(out) > 0 {
			break
		}
		out = append(out, weighted{`"` + f.shingle + `"`, math.Log(plenty / float64(f.texts))})
	}
	return out, nil
}

// find gives the texts that share the most shingles.
func (s *shingled) find(ctx context.Context, shingles []string, limit int) ([]check.Passage, error) {
	chosen, err := s.choose(ctx, shingles)
	if err != nil || len(chosen) == 0 {
		return nil, explain(err)
	}
	list, err := json.Marshal(chosen)
	if err != nil {
		return nil, err
	}
	out, err := collect(ctx, s.rows, []any{string(list), limit}, func(r scanner) (p check.Passage, err error) {
		var name, unnamed, published string
		if err := r.Scan(&p.Statement, &p.Text, &p.Kind, &name, &p.Role, &unnamed, &p.Cue,
			&p.Article, &p.ArticleID, &p.Outlet, &p.Title, &p.URL, &published); err != nil {
			return p, err
		}
		p.Speaker, p.Unnamed = cmp.Or(name, unnamed), name == ""
		if p.Published, err = parseTime(published); err != nil {
			return p, fmt.Errorf("%w: date of %s: %w", ErrCorrupt, p.ArticleID, err)
		}
		return p, nil
	})
	return out, explain(err)
}

// Candidates gives the statements that share the most of some shingles, the
// nearest first: see check.Index.
func (s *Store) Candidates(ctx context.Context, shingles []string, limit int) ([]check.Passage, error) {
	return s.statements.find(ctx, shingles, limit)
}

// Bodies gives the articles whose bodies share the most of some shingles, the
// nearest first: see check.Index.
func (s *Store) Bodies(ctx context.Context, shingles []string, limit int) ([]check.Passage, error) {
	return s.bodies.find(ctx, shingles, limit)
}
