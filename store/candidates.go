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
	frequencies, rows, firstRows *sql.Stmt
}

// prepare prepares the look-ups in a table of shingles. Each text found, f, is
// joined with tables that have its article as a.
func (s *shingled) prepare(ctx context.Context, db *sql.DB, table, columns, tables string) error {
	selection := `SELECT ` + columns + `, a.id, a.outlet, a.title, a.url, a.published, a.date_only, EXISTS (SELECT 1 FROM article later WHERE later.previous = a.row) FROM f ` + tables + ` ORDER BY f.weight DESC, f.row`
	return prepare(ctx, db, map[**sql.Stmt]string{
		&s.frequencies: `SELECT v.term, v.doc FROM json_each(?) j JOIN ` + table + `s v ON v.term = j.value`,
		&s.rows: `WITH q AS MATERIALIZED (SELECT value ->> 0 AS shingle, value ->> 1 AS weight FROM json_each(?)),
			f AS MATERIALIZED (SELECT t.rowid AS row, sum(q.weight) AS weight FROM q JOIN ` + table + ` t ON t.` + table + ` MATCH q.shingle
				GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?) ` + selection,
		// Of one shingle that is in many texts, without counting them.
		&s.firstRows: `WITH f AS MATERIALIZED (SELECT rowid AS row, 1 AS weight FROM ` + table + ` WHERE ` + table + ` MATCH ? ORDER BY rowid LIMIT ?) ` + selection,
	})
}

// prepareShingled prepares the look-ups for check.
func (s *Store) prepareShingled(ctx context.Context) error {
	return errors.Join(
		s.statements.prepare(ctx, s.read, "statement_shingle", "s.row, s.text, s.kind, coalesce(w.name, s.name), s.role, s.unnamed, s.cue",
			"JOIN statement s ON s.row = f.row JOIN article a ON a.row = s.article LEFT JOIN name n ON n.row = s.who LEFT JOIN speaker_name w ON w.row = n.speaker"),
		s.bodies.prepare(ctx, s.read, "article_shingle", "0, b.text, '', '', '', '', ''",
			"JOIN body b ON b.article = f.row JOIN article a ON a.row = f.row"),
	)
}

// maxPlaces bounds how many places are looked at. The shingles that come after
// the rarest only tell apart what these have found.
const maxPlaces = 10000

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
	look, what := s.firstRows, chosen[0][0]
	if len(chosen) > 1 {
		list, err := json.Marshal(chosen)
		if err != nil {
			return nil, err
		}
		look, what = s.rows, string(list)
	}
	out, err := collect(ctx, look, []any{what, limit}, func(r scanner) (p check.Passage, err error) {
		var published string
		a := &p.Article
		if err := r.Scan(&p.Statement, &p.Text, &p.Kind, &p.Speaker.Name, &p.Speaker.Role, &p.Speaker.Unnamed, &p.Cue,
			&a.ID, &a.Outlet, &a.Title, &a.URL, &published, &a.DateOnly, &p.Earlier); err != nil {
			return p, err
		}
		if a.Published, err = parseTime(published); err != nil {
			return p, fmt.Errorf("%w: date of %s: %w", ErrCorrupt, a.ID, err)
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
