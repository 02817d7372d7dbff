package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
)

// maxProblems is the number of problems that SQLite itself reports.
const maxProblems = 100

// Problem is something wrong with a record.
type Problem struct {
	Where string // "article p-1", "table story", "file"
	What  string
}

func (p Problem) String() string { return p.Where + ": " + p.What }

// Verify reads the whole record and hands report what is wrong with it: pages
// and indexes that SQLite cannot follow, rows that point nowhere, and entries
// that are not what was added. progress, unless nil, is told how many articles
// have been read. The error says why the record could not be read to its end.
func (s *Store) Verify(ctx context.Context, report func(Problem), progress func(articles int)) error {
	// A connection of its own: FTS5 checks its tables by the structure that a
	// connection has in memory, which is an old one if another has written since.
	own, err := connect(s.path, "ro", 1)
	if err != nil {
		return err
	}
	defer own.Close()
	v := verifier{own: own, report: report}
	if err := v.prepare(ctx, own); err != nil {
		return v.damaged("file", err)
	}
	if _, err := own.ExecContext(ctx, "BEGIN"); err != nil { // all is of one moment
		return v.damaged("file", err)
	}
	defer own.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
	// The file may be so damaged that one of these cannot go on; the others
	// may name what the damage has hit.
	words, err := v.fullText(ctx)
	return errors.Join(err, v.pages(ctx), v.orphans(ctx), v.entries(ctx, words, progress), words.compare(v))
}

type verifier struct {
	view           // through own
	own    *sql.DB // of one connection
	report func(Problem)
}

func (v *verifier) problem(where, format string, args ...any) {
	v.report(Problem{where, fmt.Sprintf(format, args...)})
}

// damaged reports an error that is a problem of the record and gives any other
// one back.
func (v *verifier) damaged(where string, err error) error {
	if err = explain(err); !errors.Is(err, ErrCorrupt) && !errors.Is(err, ErrNotFound) {
		return err
	}
	v.problem(where, "%v", err)
	return nil
}

// pages reports what SQLite finds wrong with the file.
func (v *verifier) pages(ctx context.Context) error {
	const where = "file"
	rows, err := v.own.QueryContext(ctx, "PRAGMA integrity_check("+strconv.Itoa(maxProblems)+")")
	if err != nil {
		return v.damaged(where, err)
	}
	defer rows.Close()
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return v.damaged(where, err)
		}
		if line != "ok" {
			v.problem(where, "%s", line)
		}
	}
	return v.damaged(where, rows.Err())
}

// orphans reports rows that should not be there without others, a table at a
// time.
func (v *verifier) orphans(ctx context.Context) error {
	for _, check := range [][2]string{
		{"table article", "SELECT count(*) FROM article WHERE story NOT IN (SELECT row FROM story) OR fingerprint NOT IN (SELECT row FROM fingerprint) OR previous NOT IN (SELECT row FROM article)"},
		{"table statement", "SELECT count(*) FROM statement s LEFT JOIN article a ON a.row = s.article WHERE a.row IS NULL OR s.row < a.first OR s.row >= a.first + a.statements"},
		{"table statement", "SELECT count(*) FROM statement WHERE who IS NOT NULL AND who NOT IN (SELECT row FROM name)"},
		{"table figure", "SELECT count(*) FROM figure WHERE article NOT IN (SELECT row FROM article)"},
		{"table body", "SELECT count(*) FROM body WHERE article NOT IN (SELECT row FROM article)"},
		{"table edit", "SELECT count(*) FROM edit WHERE article NOT IN (SELECT row FROM article)"},
		{"table name", "SELECT count(*) FROM name WHERE speaker NOT IN (SELECT row FROM speaker WHERE into_speaker IS NULL) OR row NOT IN (SELECT id FROM name_text_docsize)"},
		{"table name", "SELECT count(*) FROM name n WHERE (articles, statements) <> (SELECT count(*), coalesce(sum(statements), 0) FROM credit WHERE name = n.row)"},
		{"table speaker", "SELECT count(*) FROM speaker WHERE into_speaker NOT IN (SELECT row FROM speaker) OR into_speaker IS NULL AND row NOT IN (SELECT speaker FROM name)"},
		{"table different", "SELECT count(*) FROM different WHERE speaker NOT IN (SELECT row FROM speaker) OR (other, speaker) NOT IN (SELECT speaker, other FROM different)"},
		{"table credit", "SELECT count(*) FROM credit WHERE article NOT IN (SELECT row FROM article) OR name NOT IN (SELECT row FROM name)"},
		{"table credit", "SELECT abs((SELECT coalesce(sum(statements), 0) FROM credit) - (SELECT count(who) FROM statement))"},
		{"table story", "SELECT count(*) FROM story WHERE into_story NOT IN (SELECT row FROM story)"},
		{"table story", "SELECT count(*) FROM article WHERE story IN (SELECT row FROM story WHERE into_story IS NOT NULL)"},
		{"table apart", "SELECT count(*) FROM apart p WHERE story = other OR story NOT IN (SELECT row FROM story WHERE into_story IS NULL) OR NOT EXISTS (SELECT 1 FROM apart q WHERE q.story = p.other AND q.other = p.story)"},
		{"table sketch", "SELECT count(*) FROM sketch WHERE article NOT IN (SELECT row FROM article WHERE previous IS NULL)"},
		{"table correction", "SELECT count(*) FROM correction WHERE NOT json_valid(detail)"},
		{"table report", "SELECT count(*) FROM report WHERE article NOT IN (SELECT row FROM article) OR first NOT IN (SELECT row FROM article) OR length(print) % 4 <> 0"},
		{"table comparison", "SELECT count(*) FROM comparison WHERE story NOT IN (SELECT row FROM story)"},
		{"table item", "SELECT count(*) FROM item WHERE feed NOT IN (SELECT row FROM feed) OR article <> '' AND article NOT IN (SELECT id FROM article) OR NOT json_valid(said)"},
		{"table user", "SELECT count(*) FROM user WHERE name = '' OR password = ''"},
		{"table token", "SELECT count(*) FROM token WHERE name = '' OR length(hash) <> 32"},
		{"full text of articles", "SELECT count(*) FROM article WHERE row NOT IN (SELECT id FROM article_text_docsize) OR row NOT IN (SELECT id FROM article_shingle_docsize)"},
		{"full text of statements", "SELECT count(*) FROM (SELECT id FROM statement_text_docsize UNION ALL SELECT id FROM statement_shingle_docsize) WHERE id NOT IN (SELECT row FROM statement)"},
		{"full text of statements", "SELECT count(*) FROM statement WHERE row NOT IN (SELECT id FROM statement_text_docsize) OR row NOT IN (SELECT id FROM statement_shingle_docsize)"},
	} {
		var n int
		if err := v.own.QueryRowContext(ctx, check[1]).Scan(&n); err != nil {
			if err := v.damaged(check[0], err); err != nil {
				return err
			}
		} else if n > 0 {
			v.problem(check[0], "%d rows are not tied to the others as they should be", n)
		}
	}
	return nil
}

// entries reads every article, compares it with its checksums and puts it into
// words.
func (v *verifier) entries(ctx context.Context, words *words, progress func(int)) error {
	n := 0
	for last := int64(0); ; {
		rows, err := v.own.QueryContext(ctx, "SELECT row, id FROM article WHERE row > ? ORDER BY row LIMIT ?", last, page)
		if err != nil {
			return v.damaged("table article", err)
		}
		names, err := scanNames(rows)
		for _, a := range names {
			if err := v.entry(ctx, a, words); err != nil {
				return err
			}
			if n++; progress != nil {
				progress(n)
			}
			last = a.row
		}
		if err != nil {
			return v.damaged("table article", err)
		}
		if len(names) < page {
			return nil
		}
	}
}

// named is an article by its row and its ID.
type named struct {
	row int64
	id  string
}

func scanNames(rows *sql.Rows) (out []named, err error) {
	defer rows.Close()
	for rows.Next() {
		var n named
		if err := rows.Scan(&n.row, &n.id); err != nil {
			return out, err
		}
		out = append(out, n)
	}
	return out, rows.Err()
}

func (v *verifier) entry(ctx context.Context, a named, words *words) error {
	where := "article " + a.id
	var hash, sum []byte
	var statements, figures int
	if err := v.marks.QueryRowContext(ctx, a.row).Scan(&hash, &statements, &figures, &sum); err != nil {
		return v.damaged(where, found(err))
	}
	e, err := v.entryAt(ctx, a.row)
	if err != nil {
		return v.damaged(where, err)
	}
	if !bytes.Equal(Hash(e.Article.Body), hash) {
		v.problem(where, "its body is not the one that was added")
	}
	if len(e.Statements) != statements || len(e.Figures) != figures {
		v.problem(where, "it has %d statements and %d figures, not %d and %d", len(e.Statements), len(e.Figures), statements, figures)
		return nil
	}
	said, err := v.Statements(ctx, a.row)
	if err != nil {
		return v.damaged(where, err)
	}
	for i, s := range said {
		switch {
		case s.Article != a.row:
			v.problem(where, "statement %d is that of another article", i+1)
		case contentText(e.Article.Body, s.Content) != s.Text:
			v.problem(where, "the words of statement %d are not those of the body", i+1)
		}
	}
	if !bytes.Equal(e.checksum(), sum) {
		v.problem(where, "what is kept is not what was added")
	}
	return words.article(ctx, a.row, &e.Article, said)
}
