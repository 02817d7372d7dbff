package store_test

import (
	"os"
	"path/filepath"
	"testing"

	"onrecord/query"
	"onrecord/store"
)

// TestReleased opens the record of every version of the tables that a release
// has had: they are brought to the latest, are whole, and are searched. `make
// testdata` adds that of this version; one that was released is never made
// anew.
func TestReleased(t *testing.T) {
	files, err := filepath.Glob("testdata/v*.db")
	if err != nil || len(files) == 0 {
		t.Fatalf("testdata holds no record: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			path := recordPath(t)
			if err := os.WriteFile(path, raw, 0o644); err != nil {
				t.Fatal(err)
			}
			s := create(t, path)
			verified(t, s)
			q, err := query.Parse("ferry")
			if err != nil {
				t.Fatal(err)
			}
			hits, err := s.Search(t.Context(), q, store.SearchOptions{Limit: 5})
			if err != nil || len(hits) == 0 {
				t.Errorf("%d hits, %v", len(hits), err)
			}
			add(t, s, inventMany(0, 3)...)
			verified(t, s)
		})
	}
}
