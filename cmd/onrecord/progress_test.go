package main

import (
	"testing"
	"time"
)

func TestPace(t *testing.T) {
	for _, c := range []struct {
		name           string
		byFiles        bool
		articles, work int64
		total          int64
		count, pace    string
	}{
		{"nothing yet", false, 0, 0, 400, "0 of 400 articles ", " 0/s  10s"},
		{"articles", false, 100, 100, 400, "100 of 400 articles ", " 10/s  10s, 30s left"},
		{"all of them", false, 400, 400, 400, "400 of 400 articles ", " 40/s  10s"},
		{"unknown", false, 100, 100, 0, "100 articles ", " 10/s  10s"},
		{"bytes of files", true, 30, 1 << 20, 10 << 20, "30 articles ", " 3/s  10s, 1m30s left"},
		{"files not measured yet", true, 30, 1 << 20, 0, "30 articles ", " 3/s  10s"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := &progress{byFiles: c.byFiles}
			p.articles.Store(c.articles)
			p.work.Store(c.work)
			p.total.Store(c.total)
			if got := p.count(); got != c.count {
				t.Errorf("count %q, want %q", got, c.count)
			}
			if got := p.pace(10 * time.Second); got != c.pace {
				t.Errorf("pace %q, want %q", got, c.pace)
			}
		})
	}
}
