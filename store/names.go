package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strconv"

	"onrecord/attribution"
	"onrecord/speaker"
)

// Name is a spelling of a speaker's name as the record has it. One that
// several speakers share has a Name for each.
type Name struct {
	Row        int64
	Speaker    int64 // row
	Text       string
	Person     int            // how many more articles have it for a person's than for something else
	Fields     speaker.Fields // that roles in these show
	Loose      bool           // a single word that means whoever says most under it, where no story says whom
	Pinned     bool           // by hand: it never comes to mean another speaker of itself
	Articles   int            // that credit statements to it
	Statements int
}

// Cited is a name that a new article credits statements to.
type Cited struct {
	Name       string
	Role       string // the first that the article gives
	Statements int
}

// Identity is whom a name means in an article.
type Identity struct {
	Speaker int64          // row, 0 for somebody new
	Person  int            // what the article adds to Name.Person: 1, 0 or -1
	Fields  speaker.Fields // that the role shows
	Loose   bool           // as Name.Loose
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

// naming are the prepared statements by which a batch finds and writes names.
type naming struct {
	speaker, name, nameText, counts, assign, lead, credit, credited, uncredit *sql.Stmt
	byKey, byLast, byInitials, alike, inStory, differentFrom                  *sql.Stmt
}

// maxNames bounds how many names that may mean somebody are looked at.
const maxNames = 200

func (s *naming) prepare(ctx context.Context, db *sql.DB) error {
	const names = `SELECT ` + nameColumns + ` FROM name n WHERE `
	const few = ` ORDER BY n.statements DESC, n.row LIMIT ?`
	return prepare(ctx, db, map[**sql.Stmt]string{
		&s.speaker: `INSERT INTO speaker (name) VALUES ('') RETURNING row`,
		&s.name: `INSERT INTO name (text, speaker, key, first, last, initials, person, fields, loose, pinned, articles, statements)
			VALUES (?,?,?,?,?,?,0,0,?,0,0,0) RETURNING row`,
		&s.nameText:      `INSERT INTO name_text (rowid, text) VALUES (?,?)`,
		&s.counts:        `UPDATE name SET person = ?2, fields = ?3, articles = ?4, statements = ?5 WHERE row = ?1`,
		&s.assign:        `UPDATE name SET speaker = ?2, pinned = ?3 WHERE row = ?1`,
		&s.lead:          `UPDATE speaker SET into_speaker = ?2 WHERE row = ?1 AND NOT EXISTS (SELECT 1 FROM name WHERE speaker = ?1)`,
		&s.differentFrom: `SELECT other FROM different WHERE speaker = ?`,
		&s.byKey:         names + `n.key = ? ORDER BY n.row`,
		&s.byLast:        names + `n.last = ?1 AND n.last <> ''` + few,
		&s.byInitials:    names + `n.initials = ?1 AND n.initials <> ''` + few,
		// The same last word; the same first word with a last word that begins alike or is one of some words;
		// more words after all of these.
		&s.alike: names + `n.last = ?1 AND n.last <> '' OR n.first = ?2 AND n.last >= ?3 AND n.last < ?3 || char(0x10ffff) AND n.last <> ''
			OR n.first = ?2 AND n.last IN (SELECT value FROM json_each(?4)) AND n.last <> '' OR n.key > ?5 || ' ' AND n.key < ?5 || '!'` + few,
		&s.inStory: `SELECT DISTINCT c.name FROM (SELECT row FROM article WHERE story = ?1 ORDER BY row DESC LIMIT 64) a
			JOIN credit c ON c.article = a.row AND c.name IN (SELECT value FROM json_each(?2))`,
		&s.credit: `INSERT INTO credit (name, article, outlet, role, statements, direct, words) VALUES (?,?,?,?,?,?,?)`,
		&s.credited: `SELECT ` + nameColumns + `, c.statements FROM credit c JOIN name n ON n.row = c.name
			WHERE c.article = ?1 AND c.name IN (SELECT s.who FROM article a JOIN statement s ON s.row >= a.first AND s.row < a.first + a.statements WHERE a.row = ?1)`,
		&s.uncredit: `DELETE FROM credit WHERE name = ? AND article = ?`,
	})
}

// nameColumns are those of a name, as scanName takes them.
const nameColumns = `n.row, n.speaker, n.text, n.person, n.fields, n.loose, n.pinned, n.articles, n.statements`

// scanName reads nameColumns and what else is asked for.
func scanName(row scanner, more ...any) (n Name, err error) {
	return n, row.Scan(append([]any{&n.Row, &n.Speaker, &n.Text, &n.Person, &n.Fields, &n.Loose, &n.Pinned, &n.Articles, &n.Statements}, more...)...)
}

// nameToken stands for a name, by its row, in the full text of statements: a word
// with a letter of private use, which no query has.
func nameToken(row int64) string { return "\ue000" + strconv.FormatInt(row, 10) }

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
	out, err := b.namesBy(b.store.insert.byKey, key)
	if err == nil {
		b.names.byKey[key] = out
	}
	return out, err
}

// NamesByLast are the names of two words or more that end in a folded word, most
// quoted first.
func (b *Batch) NamesByLast(last string) ([]*Name, error) {
	return b.namesBy(b.store.insert.byLast, last, maxNames)
}

// NamesByInitials are the names of which some letters may be the initials, most
// quoted first.
func (b *Batch) NamesByInitials(initials string) ([]*Name, error) {
	return b.namesBy(b.store.insert.byInitials, initials, maxNames)
}

// NamesLike are the names of two words or more that may be other spellings of
// one, most quoted first.
func (b *Batch) NamesLike(s speaker.Spelling) ([]*Name, error) {
	if !s.IsFull() {
		return nil, nil
	}
	middle, err := json.Marshal(s.Middle())
	if err != nil {
		return nil, err
	}
	stem := s.Last()
	if len(stem) > 3 {
		stem = stem[:3]
	}
	return b.namesBy(b.store.insert.alike, s.Last(), s.First(), stem, string(middle), s.Key(), maxNames)
}

func (b *Batch) namesBy(stmt *sql.Stmt, args ...any) ([]*Name, error) {
	return collect(b.ctx, b.stmt(b.ctx, stmt), args, func(r scanner) (*Name, error) {
		n, err := scanName(r)
		return b.names.of(n), err
	})
}

// NamesIn are those of some names, by row, that the newest articles of a story
// credit statements to.
func (b *Batch) NamesIn(story int64, names []int64) ([]int64, error) {
	list, err := json.Marshal(names)
	if err != nil {
		return nil, err
	}
	return b.numbers(b.store.insert.inStory, story, string(list))
}

// DifferentFrom are the speakers that one, by row, was corrected not to be.
func (b *Batch) DifferentFrom(who int64) ([]int64, error) {
	return b.numbers(b.store.insert.differentFrom, who)
}

func (b *Batch) numbers(stmt *sql.Stmt, args ...any) ([]int64, error) {
	return collect(b.ctx, b.stmt(b.ctx, stmt), args, func(r scanner) (n int64, err error) { return n, r.Scan(&n) })
}

// NewSpeaker makes a speaker, who needs a name in the same batch.
func (b *Batch) NewSpeaker() (row int64, err error) {
	return row, b.one(b.store.insert.speaker, nil, &row)
}

// Assign makes a name that of a speaker, by row. A speaker who has no name left was
// that one, and the number leads there.
func (b *Batch) Assign(n *Name, who int64) error {
	before := n.Speaker
	n.Speaker = who
	return errors.Join(b.exec(b.store.insert.assign, n.Row, who, n.Pinned), b.exec(b.store.insert.lead, before, who))
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
		n, err := b.name(c.Name, meant[i])
		if err != nil {
			return nil, err
		}
		n.Person += meant[i].Person
		n.Fields |= meant[i].Fields
		out[c.Name] = &credit{Name: n, role: c.Role}
	}
	return out, nil
}

// name is the name of a spelling for a speaker, and makes it if there is none.
func (b *Batch) name(text string, who Identity) (*Name, error) {
	spelled := speaker.NewSpelling(text)
	key := spelled.Key()
	known, err := b.NamesByKey(key)
	if err != nil {
		return nil, err
	}
	for _, n := range known {
		if n.Speaker == who.Speaker && n.Text == text && n.Loose == who.Loose {
			return n, nil
		}
	}
	if who.Speaker == 0 {
		if who.Speaker, err = b.NewSpeaker(); err != nil {
			return nil, err
		}
	}
	n := &Name{Speaker: who.Speaker, Text: text, Loose: who.Loose}
	if err := b.one(b.store.insert.name, []any{text, n.Speaker, key, spelled.First(), spelled.Last(), spelled.Initials(), n.Loose}, &n.Row); err != nil {
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
		errs = append(errs, b.exec(b.store.insert.counts, n.Row, n.Person, n.Fields, n.Articles, n.Statements))
	}
	return errors.Join(errs...)
}
