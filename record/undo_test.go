package record_test

import (
	"errors"
	"testing"

	"onrecord/pipeline"
	"onrecord/record"
	"onrecord/store"
)

func lastCorrection(t *testing.T, r *record.Record) store.Correction {
	t.Helper()
	last, err := r.Store.LastCorrections(t.Context(), 0, 1)
	if err != nil || len(last) != 1 {
		t.Fatal(last, err)
	}
	return last[0]
}

func TestUndoStories(t *testing.T) {
	// The stories of nine reports in order are 1: 0 1 2, 2: 3 4 5, 3: 6 7 8.
	const before = "0 1 2 | 3 4 5 | 6 7 8"
	for _, line := range []string{"merge 1 2", "merge 3 1 2", "split 1 r-1", "split 2 r-3 r-4", "move r-1 3", "move r-1 r-3 3", "move r-0 r-1 r-2 3"} {
		t.Run(line, func(t *testing.T) {
			articles := events(9)
			r := corrected(t, recordPath(t))
			add(t, r, articles...)
			if _, err := correction(t, r, line); err != nil {
				t.Fatal(err)
			}
			after := partition(t, r, articles)
			c := lastCorrection(t, r)
			if !record.CanUndo(c) || after == before {
				t.Fatalf("%+v changed %s into %s", c, before, after)
			}
			if err := r.Undo(t.Context(), "ben", c.Row); err != nil {
				t.Fatal(err)
			}
			if got := partition(t, r, articles); got != before {
				t.Errorf("undone: %s, want %s", got, before)
			}
			undo := lastCorrection(t, r)
			if undo.By != "ben" || undo.Row == c.Row {
				t.Errorf("the history ends in %+v", undo)
			}
			verified(t, r)
		})
	}
}

func TestUndoSpeakers(t *testing.T) {
	two := []pipeline.Reading{said("b1", "bridge", "Ada Voss"), said("f1", "ferry", "Adelheid Krone"), said("s1", "school", "Ada B. Voss")}
	for _, c := range []struct {
		name string
		make func(*record.Record) error
		want error
	}{
		{"same", func(r *record.Record) error {
			_, err := r.Same(t.Context(), "ana", []string{"Adelheid Krone", "Ada Voss"}, nil)
			return err
		}, nil},
		{"different", func(r *record.Record) error {
			_, err := r.Different(t.Context(), "ana", []string{"Ada Voss", "Ada B. Voss"}, nil)
			return err
		}, nil},
		{"rename", func(r *record.Record) error {
			_, err := r.Rename(t.Context(), "ana", "Ada Voss", "Ada Voss-Krone", nil)
			return err
		}, nil},
		{"a namesake", func(r *record.Record) error {
			_, err := r.Different(t.Context(), "ana", []string{"Ada Voss"}, []string{"b1"})
			return err
		}, record.ErrNoInverse},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := corrected(t, recordPath(t))
			imported(t, r, two...)
			before := who(t, r.Store)
			if err := c.make(r); err != nil {
				t.Fatal(err)
			}
			after := who(t, r.Store)
			made := lastCorrection(t, r)
			if after == before || record.CanUndo(made) != (c.want == nil) {
				t.Fatalf("%+v changed %s into %s", made, before, after)
			}
			want := before
			if c.want != nil {
				want = after
			}
			if err := r.Undo(t.Context(), "ben", made.Row); !errors.Is(err, c.want) {
				t.Error(err)
			}
			if got := who(t, r.Store); got != want {
				t.Errorf("undone: %s\n   want %s", got, want)
			}
			verified(t, r)
		})
	}
	r := corrected(t, recordPath(t))
	if err := r.Undo(t.Context(), "ben", 1); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("what was never made: %v", err)
	}
}
