package store

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"onrecord/query"
)

// Facet is a value that matches of a search have, with how many of them.
type Facet struct {
	Value string
	Count int
}

// Facets say what the newest matches of a search have in common.
type Facets struct {
	Matches  int  // that were looked at
	All      bool // there are no others
	Outlets  []Facet
	Kinds    []Facet // of statements
	Speakers []Facet // of statements, by the name that the record has for them
	Years    []Facet // of publication
}

// Bounds of what facets tell.
const (
	maxCounted = 2000 // matches that are looked at, the newest
	maxFacets  = 8    // values of each kind, those that most have
)

// Facets counts what the newest matches of a search have in common; articles as
// in SearchOptions.
func (s *Store) Facets(ctx context.Context, q query.Query, articles bool) (Facets, error) {
	t := statementTarget()
	look := `SELECT a.outlet, s.kind, coalesce(n.speaker, ''), substr(a.published, 1, 4)
		FROM json_each(?) j JOIN statement s ON s.row = j.value JOIN article a ON a.row = s.article LEFT JOIN name n ON n.row = s.who`
	if articles {
		t = articleTarget()
		look = `SELECT a.outlet, '', '', substr(a.published, 1, 4) FROM json_each(?) j JOIN article a ON a.row = j.value`
	}
	rows := map[int64]bool{}
	for _, n := range alternatives(q.Root) {
		matches, err := s.newest(ctx, t, n, 0, maxCounted+1, false)
		if err != nil {
			return Facets{}, err
		}
		for _, m := range matches {
			rows[m.row] = true
		}
	}
	newest := slices.SortedFunc(maps.Keys(rows), func(a, b int64) int { return cmp.Compare(b, a) })
	out := Facets{Matches: min(len(newest), maxCounted), All: len(newest) <= maxCounted}
	list, err := json.Marshal(newest[:out.Matches])
	if err != nil {
		return Facets{}, err
	}
	stmt, err := s.read.PrepareContext(ctx, look)
	if err != nil {
		return Facets{}, explain(err)
	}
	defer stmt.Close()
	var counts [4]map[string]int
	for i := range counts {
		counts[i] = map[string]int{}
	}
	_, err = collect(ctx, stmt, []any{string(list)}, func(r scanner) (_ struct{}, err error) {
		var values [len(counts)]string
		err = r.Scan(&values[0], &values[1], &values[2], &values[3])
		for i, v := range values {
			counts[i][v]++
		}
		return struct{}{}, err
	})
	if err != nil {
		return Facets{}, err
	}
	if out.Speakers, err = s.called(ctx, most(counts[2])); err != nil {
		return Facets{}, err
	}
	out.Outlets, out.Kinds, out.Years = most(counts[0]), most(counts[1]), most(counts[3])
	slices.SortFunc(out.Years, func(a, b Facet) int { return cmp.Compare(b.Value, a.Value) })
	return out, nil
}

// called puts names for speakers, by their rows. Namesakes are one, as a filter
// for the name finds them all.
func (s *Store) called(ctx context.Context, rows []Facet) ([]Facet, error) {
	counts := map[string]int{}
	for _, f := range rows {
		row, err := strconv.ParseInt(f.Value, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%w: speaker %s", ErrCorrupt, f.Value)
		}
		who, err := s.SpeakerAt(ctx, row)
		if errors.Is(err, ErrNotFound) { // gone in the meantime
			continue
		}
		if err != nil {
			return nil, err
		}
		counts[who.Name] += f.Count
	}
	return most(counts), nil
}

// most are the values that occur most often, but for the empty one.
func most(counts map[string]int) (out []Facet) {
	delete(counts, "")
	for value, n := range counts {
		out = append(out, Facet{value, n})
	}
	slices.SortFunc(out, func(a, b Facet) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value)) })
	return out[:min(len(out), maxFacets)]
}
