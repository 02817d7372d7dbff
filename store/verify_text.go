package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/maphash"
	"strings"

	"onrecord/article"
	"onrecord/check"
)

// fullText are the full-text tables, with the columns that they are given.
var fullText = [...]struct{ name, columns string }{
	textOfArticles: {"article_text", "title, body, outlet, speaker, addressee, venue, kind"}, shinglesOfArticles: {"article_shingle", "shingles"},
	textOfStatements: {"statement_text", "text, speaker, addressee, venue, outlet, kind"}, shinglesOfStatements: {"statement_shingle", "shingles"},
	textOfNames: {"name_text", "text"},
}

const (
	textOfArticles = iota
	shinglesOfArticles
	textOfStatements
	shinglesOfStatements
	textOfNames
)

// words are what the full-text tables of a record hold, which have no copy of
// the texts, and what they should, as its texts give it.
type words struct {
	kept, wanted [len(fullText)]digest
	db           *sql.DB // in memory, where the texts are indexed again, some at a time
	insert       [len(fullText)]*sql.Stmt
	pending      int // rows in db
}

// fullText reads the full-text tables. It gives nil where they are so damaged
// that there is nothing to compare.
func (v *verifier) fullText(ctx context.Context) (*words, error) {
	w := &words{}
	seed := maphash.MakeSeed()
	for i, table := range fullText {
		w.kept[i].seed, w.wanted[i].seed = seed, seed
		if err := w.kept[i].read(ctx, v.own, table.name); err != nil {
			return nil, v.damaged("full text", err)
		}
	}
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // each has a memory of its own
	w.db = db
	for i, table := range fullText {
		var made string
		err := v.own.QueryRowContext(ctx, "SELECT sql FROM sqlite_schema WHERE name = ?", table.name).Scan(&made)
		if err == nil {
			_, err = db.ExecContext(ctx, made)
		}
		if err == nil {
			marks := strings.Repeat(", ?", 1+strings.Count(table.columns, ","))
			w.insert[i], err = db.PrepareContext(ctx, fmt.Sprintf("INSERT INTO %s (rowid, %s) VALUES (?%s)", table.name, table.columns, marks))
		}
		if err != nil {
			return nil, errors.Join(v.damaged("full text", found(err)), db.Close())
		}
	}
	names, err := collect(ctx, v.allNames, nil, func(r scanner) (n Name, err error) { return n, r.Scan(&n.Row, &n.Text) })
	if err != nil {
		return nil, errors.Join(v.damaged("table name", err), db.Close())
	}
	for _, n := range names {
		if err := w.put(ctx, textOfNames, n.Row, n.Text); err != nil {
			return nil, errors.Join(err, db.Close())
		}
	}
	return w, nil
}

// compare reports the tables that do not hold what they should.
func (w *words) compare(v verifier) error {
	if w == nil {
		return nil
	}
	defer w.db.Close()
	if err := w.flush(context.Background()); err != nil {
		return err
	}
	for i, table := range fullText {
		if w.kept[i].sum != w.wanted[i].sum {
			v.problem("full text "+table.name, "it does not hold the words of the record")
		}
	}
	return nil
}

// digest is a sum over the words of a full-text table and where they stand, in
// whatever order they come.
type digest struct {
	seed maphash.Seed
	sum  uint64
}

// read adds a table, through a view of its words that lasts as long as the
// connection.
func (d *digest) read(ctx context.Context, db *sql.DB, table string) error {
	if _, err := db.ExecContext(ctx, fmt.Sprintf("CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_of_%s USING fts5vocab(main, %[1]s, instance)", table)); err != nil {
		return err
	}
	rows, err := db.QueryContext(ctx, "SELECT term, doc, coalesce(col, ''), coalesce(offset, 0) FROM temp.words_of_"+table)
	if err != nil {
		return err
	}
	defer rows.Close()
	var term, column sql.RawBytes
	for rows.Next() {
		var row, offset int64
		if err := rows.Scan(&term, &row, &column, &offset); err != nil {
			return err
		}
		var h maphash.Hash
		h.SetSeed(d.seed)
		_, _ = h.Write(term) // a hash returns no error
		_ = h.WriteByte(0)
		_, _ = h.Write(column)
		maphash.WriteComparable(&h, [2]int64{row, offset})
		d.sum += h.Sum64()
	}
	return rows.Err()
}

// article puts an article with its statements where the texts are indexed again.
func (w *words) article(ctx context.Context, row int64, a *article.Article, said []Statement) error {
	if w == nil {
		return nil
	}
	spoken := make([]indexed, len(said))
	for i, s := range said {
		spoken[i] = indexed{s.Row, s.Text, indexedStatement(a, &s.Statement, s.Text, s.Who)}
		if err := w.both(ctx, textOfStatements, shinglesOfStatements, spoken[i]); err != nil {
			return err
		}
	}
	return w.both(ctx, textOfArticles, shinglesOfArticles, indexed{row, a.Body, indexedArticle(a, spoken)})
}

// both puts a row into the table of its words and that of its shingles.
func (w *words) both(ctx context.Context, words, shingles int, r indexed) error {
	if err := w.put(ctx, words, r.row, r.values...); err != nil {
		return err
	}
	return w.put(ctx, shingles, r.row, strings.Join(check.Shingles(check.Keys(check.Words(r.text))), " "))
}

// maxPending is how many rows are indexed at a time.
const maxPending = 4096

func (w *words) put(ctx context.Context, table int, row int64, values ...any) error {
	if w.pending == 0 {
		if _, err := w.db.ExecContext(ctx, "BEGIN"); err != nil {
			return err
		}
	}
	if _, err := w.insert[table].ExecContext(ctx, append([]any{row}, values...)...); err != nil {
		return err
	}
	if w.pending++; w.pending < maxPending {
		return nil
	}
	return w.flush(ctx)
}

// flush adds up what is in the tables, and empties them.
func (w *words) flush(ctx context.Context) error {
	for i, table := range fullText {
		if err := w.wanted[i].read(ctx, w.db, table.name); err != nil {
			return err
		}
		if _, err := w.db.ExecContext(ctx, fmt.Sprintf("INSERT INTO %s (%[1]s) VALUES ('delete-all')", table.name)); err != nil {
			return err
		}
	}
	if w.pending == 0 {
		return nil
	}
	w.pending = 0
	_, err := w.db.ExecContext(ctx, "COMMIT")
	return err
}
