package check_test

import (
	"cmp"
	"context"
	"math"
	"slices"

	"onrecord/check"
)

// memory is an index in memory, which does what a record does.
type memory struct {
	statements, bodies memoryTable
}

func (m *memory) Candidates(_ context.Context, shingles []string, limit int) ([]check.Passage, error) {
	return m.statements.find(shingles, limit), nil
}

func (m *memory) Bodies(_ context.Context, shingles []string, limit int) ([]check.Passage, error) {
	return m.bodies.find(shingles, limit), nil
}

// memoryTable finds passages by their shingles.
type memoryTable struct {
	passages []check.Passage
	places   map[string][]int32 // of each shingle, ascending
}

func (t *memoryTable) add(p check.Passage) {
	if t.places == nil {
		t.places = map[string][]int32{}
	}
	for _, s := range check.Shingles(check.Keys(check.Words(p.Text))) {
		t.places[s] = append(t.places[s], int32(len(t.passages)))
	}
	t.passages = append(t.passages, p)
}

// maxPlaces bounds how many places are looked at: the shingles that come after
// the rarest only tell apart what these have found.
const maxPlaces = 20000

func (t *memoryTable) find(shingles []string, limit int) []check.Passage {
	shingles = slices.Clone(shingles)
	slices.SortStableFunc(shingles, func(a, b string) int { return cmp.Compare(len(t.places[a]), len(t.places[b])) })
	score := map[int32]float64{}
	seen := 0
	for _, s := range shingles {
		places := t.places[s]
		if seen += len(places); seen > maxPlaces && len(score) > 0 {
			break
		}
		for _, p := range places {
			score[p] += math.Log(1 + float64(len(t.passages))/float64(len(places)))
		}
	}
	found := make([]int32, 0, len(score))
	for p := range score {
		found = append(found, p)
	}
	slices.SortFunc(found, func(a, b int32) int { return cmp.Or(cmp.Compare(score[b], score[a]), cmp.Compare(a, b)) })
	out := make([]check.Passage, 0, min(limit, len(found)))
	for _, p := range found[:cap(out)] {
		out = append(out, t.passages[p])
	}
	return out
}
