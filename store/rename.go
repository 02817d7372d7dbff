package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"onrecord/speaker"
)

// renaming are the prepared statements by which a batch corrects speakers.
type renaming struct {
	call, namesOf, apart, together, inherit, keepName *sql.Stmt
	has, creditedIn, move, restate, noText            *sql.Stmt
}

func (s *renaming) prepare(ctx context.Context, db *sql.DB) error {
	return prepare(ctx, db, map[**sql.Stmt]string{
		&s.call:     `UPDATE speaker SET name = ?2 WHERE row = ?1`,
		&s.namesOf:  `SELECT ` + nameColumns + ` FROM name n WHERE n.speaker = ? ORDER BY n.row`,
		&s.apart:    `INSERT INTO different (speaker, other) VALUES (?1, ?2), (?2, ?1) ON CONFLICT DO NOTHING`,
		&s.together: `DELETE FROM different WHERE speaker = ?1 AND other = ?2 OR speaker = ?2 AND other = ?1`,
		&s.keepName: `UPDATE speaker SET name = (SELECT name FROM speaker WHERE row = ?1) WHERE row = ?2 AND name = ''`,
		// Whom the one is not, the other is not.
		&s.inherit: `INSERT INTO different (speaker, other) SELECT ?2, other FROM different WHERE speaker = ?1
			UNION SELECT other, ?2 FROM different WHERE speaker = ?1 ON CONFLICT DO NOTHING`,
		&s.has:        `SELECT statements FROM credit WHERE name = ? AND article = ?`,
		&s.creditedIn: `SELECT DISTINCT name FROM credit WHERE article IN (SELECT value FROM json_each(?1)) AND name IN (SELECT value FROM json_each(?2))`,
		&s.move:       `UPDATE credit SET name = ?2 WHERE name = ?1 AND article = ?3`,
		&s.restate:    `UPDATE statement SET who = ?2 WHERE row = ?1`,
		&s.noText:     `DELETE FROM statement_text WHERE rowid = ?`,
	})
}

// NamesOf are the names of a speaker, by the row, the oldest first.
func (b *Batch) NamesOf(who int64) ([]*Name, error) {
	return b.namesBy(b.store.insert.renaming.namesOf, who)
}

// CreditedIn are those of some names, by row, that one of some articles credits
// statements to.
func (b *Batch) CreditedIn(articles, names []int64) ([]int64, error) {
	in, err := json.Marshal(articles)
	if err != nil {
		return nil, err
	}
	of, err := json.Marshal(names)
	if err != nil {
		return nil, err
	}
	return b.numbers(b.store.insert.renaming.creditedIn, string(in), string(of))
}

// Call gives a speaker, by the row, a name for good. It is one of the spellings
// from then on, unless it is a name of somebody.
func (b *Batch) Call(who int64, text string) error {
	known, err := b.NamesByKey(speaker.NewSpelling(text).Key())
	if err == nil && len(known) == 0 {
		var n *Name
		if n, err = b.name(text, Identity{Speaker: who}); err == nil {
			err = b.Pin(n, who)
		}
	}
	return errors.Join(err, b.exec(b.store.insert.renaming.call, who, text))
}

// Pin makes a name that of a speaker for good.
func (b *Batch) Pin(n *Name, who int64) error {
	n.Pinned = true
	return b.Assign(n, who)
}

// Unite makes one speaker of two, by their rows. The number of the one who ends
// leads to the other.
func (b *Batch) Unite(who, into int64) error {
	if err := errors.Join(b.exec(b.store.insert.renaming.together, who, into), b.exec(b.store.insert.renaming.inherit, who, into), b.exec(b.store.insert.renaming.keepName, who, into)); err != nil {
		return err
	}
	names, err := b.NamesOf(who)
	for _, n := range names {
		err = errors.Join(err, b.Pin(n, into))
	}
	return err
}

// Distinguish keeps two speakers, by their rows, apart for good.
func (b *Batch) Distinguish(who, other int64) error {
	return b.exec(b.store.insert.renaming.apart, who, other)
}

// Reattribute credits what an article, by its row, credits to a name to another
// speaker of that name.
func (b *Batch) Reattribute(article int64, from *Name, who int64) error {
	var statements int
	switch err := b.one(b.store.insert.renaming.has, []any{from.Row, article}, &statements); {
	case errors.Is(err, ErrNotFound):
		return nil
	case err != nil:
		return err
	}
	to, err := b.name(from.Text, Identity{Speaker: who})
	if err != nil {
		return err
	}
	e, err := b.Entry(b.ctx, article)
	if err != nil {
		return err
	}
	said, err := b.Statements(b.ctx, article)
	if err != nil {
		return err
	}
	all := make([]indexed, len(said))
	for i, s := range said {
		if s.Who != from.Row {
			all[i].values = indexedStatement(&e.Article, &s.Statement, s.Text, s.Who)
			continue
		}
		all[i].values = indexedStatement(&e.Article, &s.Statement, s.Text, to.Row)
		err := errors.Join(
			b.exec(b.store.insert.renaming.restate, s.Row, to.Row),
			b.exec(b.store.insert.renaming.noText, s.Row),
			b.exec(b.store.insert.statementText, append([]any{s.Row}, all[i].values...)...),
		)
		if err != nil {
			return err
		}
	}
	if err := errors.Join(
		b.exec(b.store.insert.noArticleText, article),
		b.exec(b.store.insert.articleText, append([]any{article}, indexedArticle(&e.Article, all)...)...),
	); err != nil {
		return err
	}
	from.Articles, from.Statements = from.Articles-1, from.Statements-statements
	to.Articles, to.Statements = to.Articles+1, to.Statements+statements
	to.Person, to.Fields = from.Person, from.Fields
	b.names.changed[from], b.names.changed[to] = true, true
	return errors.Join(b.exec(b.store.insert.renaming.move, from.Row, to.Row, article), b.Pin(from, from.Speaker), b.Pin(to, who))
}
