package server_test

import (
	"strings"
	"testing"

	"onrecord/store"
)

// TestCopies: articles with the words of another are one report.
func TestCopies(t *testing.T) {
	s := filled(t)
	one, err := s.Story(t.Context(), 1)
	if err != nil || len(one.Articles) != 3 {
		t.Fatal(len(one.Articles), err)
	}
	page := func() string { return bodyOf(t, asked(t, serving(t, s), "/")) }
	if strings.Contains(page(), "reports") {
		t.Error("reports are counted where each article has words of its own")
	}
	err = s.Write(t.Context(), noon, func(b *store.Batch) error {
		for _, a := range one.Articles[:2] {
			if err := b.Print(store.Print{Article: a.Row, First: one.Articles[0].Row}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := page(); strings.Count(got, "as 2 reports") != 2 {
		t.Errorf("3 articles, one of them a copy: %s", between(t, got, "<main", "</main>"))
	}
}
