package store_test

import (
	"path/filepath"
	"testing"

	"onrecord/check"
	"onrecord/store"
)

// TestCheck looks words up that are on record, that nearly are, and that
// nobody said.
func TestCheck(t *testing.T) {
	ctx := t.Context()
	s, err := store.Create(ctx, filepath.Join(t.TempDir(), "record.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var entries []store.Entry
	for n := range 100 {
		entries = append(entries, invent(n))
	}
	if _, err := s.Add(ctx, entries, noon); err != nil {
		t.Fatal(err)
	}
	for asked, want := range map[string]string{
		"The old pier cannot wait for another winter, and nobody asked us 61 times": "said a-61: Peter Lund, board member, said",
		"The ferry line will be shut in May, and nobody asked us 79 times":          "said a-79: Peter Lund, board member, said",
		"the old pier … nobody asked us 61 times":                                   "said a-61: Peter Lund, board member, said",
		"Some 142 people signed it":                                                 "own voice a-42",
		"the lamp tower is made of glass and of old iron":                           "nobody",
	} {
		a, err := check.Find(ctx, s, asked)
		if err != nil {
			t.Fatal(err)
		}
		got := "nobody"
		switch {
		case len(a.Utterances) > 0:
			m := a.Utterances[0].Matches[a.Utterances[0].Best]
			got = "said " + m.Article.ID + ": " + m.Speaker.Name + ", " + m.Speaker.Role + ", " + m.Cue
			if a := m.Article; a.Outlet != "The Quay" || a.URL == "" || a.Title == "" || a.Published.IsZero() {
				t.Errorf("%s: %+v", asked, m.Passage)
			}
		case len(a.OwnVoice) > 0:
			got = "own voice " + a.OwnVoice[0].Article.ID
		}
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", asked, got, want)
		}
	}
}
