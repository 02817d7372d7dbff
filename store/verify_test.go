package store_test

import (
	"database/sql"
	"slices"
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

// TestVerifyTables breaks what ties each table to the others.
func TestVerifyTables(t *testing.T) {
	const anArticle, aName = `(SELECT min(row) FROM article)`, `(SELECT min(row) FROM name)`
	for _, c := range []struct{ table, change string }{
		{"article", `UPDATE article SET fingerprint = 999 WHERE row = ` + anArticle},
		{"article", `UPDATE article SET previous = 999 WHERE row = ` + anArticle},
		{"figure", `INSERT INTO figure SELECT 999, n, value, high, bound, unit, head, subject, as_of, statement, spans FROM figure LIMIT 1`},
		{"body", `INSERT INTO body VALUES (999, 'The pier.')`},
		{"edit", `INSERT INTO edit VALUES (999, 0, 'quotation', 'added', '', '', '', '')`},
		{"name", `UPDATE name SET statements = statements + 1 WHERE row = ` + aName},
		{"speaker", `INSERT INTO speaker (name) VALUES ('Nobody')`},
		{"different", `INSERT INTO different SELECT min(row), max(row) FROM speaker`},
		{"story", `INSERT INTO story (into_story) VALUES (999)`},
		{"apart", `INSERT INTO apart SELECT min(row), max(row) FROM story`},
		{"sketch", `INSERT INTO sketch VALUES (999, x'00')`},
		{"correction", `INSERT INTO correction (at, by, what, detail) VALUES ('2026-01-01T00:00:00Z', 'kim', 'merge', 'no JSON')`},
		{"report", `INSERT INTO report VALUES (` + anArticle + `, 999, x'00000000')`},
		{"report", `INSERT INTO report VALUES (` + anArticle + `, ` + anArticle + `, x'00')`},
		{"comparison", `INSERT INTO comparison VALUES (999, x'', 0, x'', x'')`},
		{"item", `INSERT INTO item VALUES (1, 'https://quay.example/', 999, '{}', 0, 0, NULL, '', '', 0, '', '')`},
		{"user", `INSERT INTO user VALUES ('kim', '', 0)`},
		{"token", `INSERT INTO token VALUES (x'00', 'a script', 0, 0)`},
	} {
		t.Run(c.table, func(t *testing.T) {
			path := recordPath(t)
			s := create(t, path)
			add(t, s, inventMany(0, 12)...)
			verified(t, s)
			db, err := sql.Open("sqlite", path) // which does not enforce foreign keys
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
			if !slices.Contains(found, "table "+c.table) {
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
