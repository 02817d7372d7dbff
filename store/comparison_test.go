package store_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"onrecord/store"
)

func TestKeepComparison(t *testing.T) {
	path := filepath.Join(t.TempDir(), "record.db")
	s, err := store.Create(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Add(t.Context(), inventMany(0, 3), noon); err != nil {
		t.Fatal(err)
	}
	row, state, err := s.StoryState(t.Context(), 1)
	if err != nil || row != 1 {
		t.Fatal(row, err)
	}
	if _, err := s.Comparison(t.Context(), 1, state); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("before anything is kept: %v", err)
	}
	c := store.Comparison{State: state, Parts: bytes.Repeat([]byte("<p>ferry</p>"), 1000), JSON: []byte(`{"articles":[]}`)}
	if err := s.KeepComparison(t.Context(), 1, c, noon); err != nil {
		t.Fatal(err)
	}
	got, err := s.Comparison(t.Context(), 1, state)
	if err != nil || !bytes.Equal(got.Parts, c.Parts) || !bytes.Equal(got.JSON, c.JSON) {
		t.Errorf("kept: %d and %d bytes, %v", len(got.Parts), len(got.JSON), err)
	}
	if _, err := s.Comparison(t.Context(), 1, []byte("another")); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("of another state: %v", err)
	}
	c.Parts = nil
	if err := s.KeepComparison(t.Context(), 1, c, noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if got, err = s.Comparison(t.Context(), 1, state); err != nil || len(got.Parts) != 0 {
		t.Errorf("kept again: %d bytes, %v", len(got.Parts), err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = store.OpenReadOnly(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.KeepComparison(t.Context(), 1, c, noon); !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("in a record that cannot be written to: %v", err)
	}
	if _, err := s.Comparison(t.Context(), 1, state); err != nil {
		t.Errorf("which can be read: %v", err)
	}
}

// TestStoryState changes a story in every way that a comparison shows.
func TestStoryState(t *testing.T) {
	s, err := store.Create(t.Context(), filepath.Join(t.TempDir(), "record.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	entries := inventMany(0, 3)
	outcomes, err := s.Add(t.Context(), entries, noon)
	if err != nil {
		t.Fatal(err)
	}
	story := outcomes[0].Story
	_, before, err := s.StoryState(t.Context(), story)
	if err != nil {
		t.Fatal(err)
	}
	change := func(what string, do func(b *store.Batch) error) {
		t.Helper()
		b, err := s.Begin(t.Context(), noon)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(do(b), b.Commit()); err != nil {
			t.Fatal(err)
		}
		_, after, err := s.StoryState(t.Context(), story)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Equal(before, after) {
			t.Errorf("%s: the state is the same", what)
		}
		before = after
	}
	if _, again, err := s.StoryState(t.Context(), story); err != nil || !bytes.Equal(before, again) {
		t.Errorf("nothing has changed, and the state has: %v", err)
	}
	change("an article comes", func(b *store.Batch) error { return b.Move(outcomes[1].Row, story, `{"change":"move"}`) })
	change("why it is there changes", func(b *store.Batch) error { return b.Move(outcomes[1].Row, story, `{"change":"merge"}`) })
	if _, _, err := s.StoryState(t.Context(), 1000); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("no such story: %v", err)
	}
}
