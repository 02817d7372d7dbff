package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"strconv"

	"onrecord/attribution"
	"onrecord/speaker"
)

// Name is a spelling of a speaker's name as the record has it. One that
// several people share has a Name for each.
type Name struct {
	Row        int64
	Speaker    int64 // row
	Text       string
	Person     int // how many more articles have it for a person's than for something else
	Articles   int // that credit statements to it
	Statements int
}

// Cited is a name that a new article credits statements to.
type Cited struct {
	Name       string
	Role       string // the first that the article gives
	Statements int
}

// Identity is whom a name means.
type Identity struct {
	Speaker int64 // row, 0 for somebody new
	Person  int   // what the article adds to Name.Person: 1, 0 or -1
}

// Identify says whom the names of a new article in a story mean, in their order.
type Identify func(story int64, cited []Cited) ([]Identity, error)

// BySpelling is the Identify of the same name for the same spelling, but for
// case, accents and titles.
func (b *Batch) BySpelling(_ int64, cited []Cited) ([]Identity, error) {
	out := make([]Identity, len(cited))
	for i, c := range cited {
		names, err := b.NamesByKey(speaker.NewSpelling(c.Name).Key())
		if err != nil {
			return nil, err
		}
		if len(names) > 0 {
			out[i].Speaker = names[0].Speaker
		}
	}
	return out, nil
}

// naming are the prepared statements by which a batch writes names.
type naming struct {
	speaker, name, nameText, namesByKey, counts *sql.Stmt
	credit, credited, uncredit                  *sql.Stmt
}

func (s *naming) prepare(ctx context.Context, db *sql.DB) error {
	return prepare(ctx, db, map[**sql.Stmt]string{
		&s.speaker:    `INSERT INTO speaker (name) VALUES ('') RETURNING row`,
		&s.name:       `INSERT INTO name (text, speaker, key, first, last, initials, person, articles, statements) VALUES (?,?,?,?,?,?,0,0,0) RETURNING row`,
		&s.nameText:   `INSERT INTO name_text (rowid, text) VALUES (?,?)`,
		&s.namesByKey: `SELECT ` + nameColumns + ` FROM name n WHERE key = ? ORDER BY row`,
		&s.counts:     `UPDATE name SET person = ?2, articles = ?3, statements = ?4 WHERE row = ?1`,
		&s.credit:     `INSERT INTO credit (name, article, outlet, role, statements, direct, words) VALUES (?,?,?,?,?,?,?)`,
		&s.credited: `SELECT ` + nameColumns + `, c.statements FROM credit c JOIN name n ON n.row = c.name
			WHERE c.article = ?1 AND c.name IN (SELECT s.who FROM article a JOIN statement s ON s.row >= a.first AND s.row < a.first + a.statements WHERE a.row = ?1)`,
		&s.uncredit: `DELETE FROM credit WHERE name = ? AND article = ?`,
	})
}

// nameColumns are those of a name, as scanName takes them.
const nameColumns = `n.row, n.speaker, n.text, n.person, n.articles, n.statements`

// scanName reads nameColumns and what else is asked for.
func scanName(row scanner, more ...any) (n Name, err error) {
	return n, row.Scan(append([]any{&n.Row, &n.Speaker, &n.Text, &n.Person, &n.Articles, &n.Statements}, more...)...)
}

// nameToken stands for a name, by its row, in the full text of statements.
func nameToken(row int64) string { return "n" + strconv.FormatInt(row, 10) }

// names are those that a batch has looked at, each once, with what it has
// added to their counts.
type names struct {
	byRow   map[int64]*Name
	byKey   map[string][]*Name
	changed map[*Name]bool
}

func newNames() names {
	return names{byRow: map[int64]*Name{}, byKey: map[string][]*Name{}, changed: map[*Name]bool{}}
}

// NamesByKey are the names of a key (speaker.Spelling.Key), the oldest first.
func (b *Batch) NamesByKey(key string) ([]*Name, error) {
	if out, ok := b.names.byKey[key]; ok {
		return out, nil
	}
	rows, err := b.stmt(b.ctx, b.store.insert.namesByKey).QueryContext(b.ctx, key)
	if err != nil {
		return nil, explain(err)
	}
	defer rows.Close()
	out := []*Name{}
	for rows.Next() {
		n, err := scanName(rows)
		if err != nil {
			return nil, explain(err)
		}
		out = append(out, b.names.of(n))
	}
	b.names.byKey[key] = out
	return out, explain(rows.Err())
}

// of is the one Name of a row.
func (n *names) of(read Name) *Name {
	if known := n.byRow[read.Row]; known != nil {
		return known
	}
	n.byRow[read.Row] = &read
	return &read
}

// credit is what an article says of a name.
type credit struct {
	*Name
	role                      string
	statements, direct, words int
}

// credits finds the name of each speaker that an entry names, by how it is spelled there.
func (b *Batch) credits(e *Entry, story int64, identify Identify) (map[string]*credit, error) {
	var cited []Cited
	at := map[string]int{}
	for _, s := range e.Statements {
		who := s.Speaker
		if who.Name == "" {
			continue
		}
		i, ok := at[who.Name]
		if !ok {
			i = len(cited)
			at[who.Name], cited = i, append(cited, Cited{Name: who.Name})
		}
		cited[i].Role = cmp.Or(cited[i].Role, who.Role)
		cited[i].Statements++
	}
	if len(cited) == 0 {
		return nil, nil
	}
	meant, err := identify(story, cited)
	if err != nil {
		return nil, err
	}
	out := make(map[string]*credit, len(cited))
	for i, c := range cited {
		n, err := b.name(c.Name, meant[i].Speaker)
		if err != nil {
			return nil, err
		}
		n.Person += meant[i].Person
		out[c.Name] = &credit{Name: n, role: c.Role}
	}
	return out, nil
}

// name is the name of a spelling for a speaker, 0 for a new one.
func (b *Batch) name(text string, who int64) (*Name, error) {
	spelled := speaker.NewSpelling(text)
	key := spelled.Key()
	known, err := b.NamesByKey(key)
	if err != nil {
		return nil, err
	}
	for _, n := range known {
		if n.Speaker == who && n.Text == text {
			return n, nil
		}
	}
	if who == 0 {
		if err := b.one(b.store.insert.speaker, nil, &who); err != nil {
			return nil, err
		}
	}
	n := &Name{Speaker: who, Text: text}
	if err := b.one(b.store.insert.name, []any{text, who, key, spelled.First(), spelled.Last(), spelled.Initials()}, &n.Row); err != nil {
		return nil, err
	}
	b.names.byRow[n.Row] = n
	b.names.byKey[key] = append(known, n)
	return n, b.exec(b.store.insert.nameText, n.Row, text)
}

// count adds a statement to what an article credits to a name.
func (c *credit) count(kind attribution.Kind, words int) {
	c.statements++
	c.words += words
	if kind != attribution.Indirect {
		c.direct++
	}
}

// keep writes what an article credits to names.
func (b *Batch) keep(article int64, outlet string, credits map[string]*credit) error {
	for _, c := range credits {
		if err := b.exec(b.store.insert.credit, c.Row, article, outlet, c.role, c.statements, c.direct, c.words); err != nil {
			return err
		}
		c.Articles++
		c.Statements += c.statements
		b.names.changed[c.Name] = true
	}
	return nil
}

// uncredit takes back what an article, by its row, credits to names.
func (b *Batch) uncredit(article int64) error {
	type taken struct {
		Name
		statements int
	}
	all, err := collect(b.ctx, b.stmt(b.ctx, b.store.insert.credited), []any{article}, func(r scanner) (t taken, err error) {
		t.Name, err = scanName(r, &t.statements)
		return t, err
	})
	if err != nil {
		return err
	}
	for _, t := range all {
		n := b.names.of(t.Name)
		n.Articles--
		n.Statements -= t.statements
		b.names.changed[n] = true
		if err := b.exec(b.store.insert.uncredit, n.Row, article); err != nil {
			return err
		}
	}
	return nil
}

// settle writes the counts of names that have changed.
func (b *Batch) settle() error {
	var errs []error
	for n := range b.names.changed {
		errs = append(errs, b.exec(b.store.insert.counts, n.Row, n.Person, n.Articles, n.Statements))
	}
	return errors.Join(errs...)
}
