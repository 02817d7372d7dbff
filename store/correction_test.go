package store_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"onrecord/store"
)

func TestCorrections(t *testing.T) {
	s := create(t, recordPath(t))
	at := time.Date(2025, 8, 18, 9, 30, 0, 5, time.FixedZone("", 2*60*60))
	all := []store.Correction{
		{What: store.Merge, At: at.UTC(), By: "ana", Stories: [][]string{{"harbour-1", "courier-7"}}},
		{What: store.Rename, At: at.UTC(), By: "ana", Names: []string{"Voss"}, Articles: []string{"harbour-1"}, Name: "Lena Voss"},
		{What: store.Merge, At: at.UTC().Add(time.Second), Stories: [][]string{{"harbour-1", "courier-7"}}},
	}
	for range 2 { // the second time nothing is new
		b, err := s.Begin(t.Context(), noon)
		if err != nil {
			t.Fatal(err)
		}
		before, err := b.Corrections(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range all {
			if i == 0 {
				c.At = at // the same moment in another zone
			}
			isNew, err := b.Log(c)
			if err != nil || isNew != (len(before) == 0) {
				t.Fatalf("correction %d: new %v, %v", i, isNew, err)
			}
		}
		if err := b.Commit(); err != nil {
			t.Fatal(err)
		}
	}
	for i := range all {
		all[i].Row = int64(i + 1)
	}
	got, err := s.Corrections(t.Context())
	if err != nil || !reflect.DeepEqual(got, all) {
		t.Errorf("%+v, %v\nwant %+v", got, err, all)
	}
	for _, c := range []struct {
		before int64
		limit  int
		want   []store.Correction
	}{{0, 2, []store.Correction{all[2], all[1]}}, {2, 5, all[:1]}, {1, 5, nil}} {
		if got, err := s.LastCorrections(t.Context(), c.before, c.limit); err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("before %d: %+v, %v", c.before, got, err)
		}
	}
	if got, err := s.Correction(t.Context(), 2); err != nil || !reflect.DeepEqual(got, all[1]) {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := s.Correction(t.Context(), 9); !errors.Is(err, store.ErrNotFound) {
		t.Error(err)
	}
}
