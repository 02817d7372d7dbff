package store_test

import (
	"database/sql"
	"testing"

	"onrecord/internal/archive"
	"onrecord/internal/cputime"
	"onrecord/store"
)

// TestVerifyWords takes a word out of each full-text table in ways that leave
// FTS5 nothing to complain of.
func TestVerifyWords(t *testing.T) {
	for _, c := range []struct{ what, change string }{
		{"full text statement_text", `INSERT INTO statement_text (rowid, text) SELECT min(row), 'pier' FROM statement`},
		{"full text article_text", `INSERT INTO article_text (rowid, title) SELECT min(row), 'pier' FROM article`},
		{"full text statement_shingle", `INSERT INTO statement_shingle (rowid, shingles) SELECT min(row), 'the_pier' FROM statement`},
		{"full text article_shingle", `INSERT INTO article_shingle (rowid, shingles) SELECT min(row), 'the_pier' FROM article`},
		{"full text name_text", `INSERT INTO name_text (rowid, text) SELECT min(row), 'Lund' FROM name`},
	} {
		t.Run(c.what, func(t *testing.T) {
			path := recordPath(t)
			s := create(t, path)
			add(t, s, inventMany(0, 60)...)
			verified(t, s)
			db, err := sql.Open("sqlite", path)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if _, err := db.Exec(c.change); err != nil {
				t.Fatal(err)
			}
			var found []string
			if err := s.Verify(t.Context(), func(p store.Problem) { found = append(found, p.Where) }, nil); err != nil {
				t.Fatal(err)
			}
			if len(found) != 1 || found[0] != c.what {
				t.Errorf("verify finds %q", found)
			}
		})
	}
}

// BenchmarkVerify verifies a record of an invented archive.
func BenchmarkVerify(b *testing.B) {
	s := create(b, recordPath(b))
	const articles = 500
	add(b, s, archived(archive.New(7), articles)...)
	before := cputime.Spent()
	for b.Loop() {
		verified(b, s)
	}
	b.ReportMetric(float64((cputime.Spent()-before).Microseconds())/1000/float64(b.N)/articles, "cpu-ms/article")
}
