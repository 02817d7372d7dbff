package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"onrecord/article"
	"onrecord/check"
)

// Batch is a transaction that adds to the record. Nothing of it counts, or
// should be told to anybody, before Commit has returned.
type Batch struct {
	view
	store      *Store
	ctx        context.Context
	tx         *sql.Tx
	now        time.Time
	rows       map[int64]int64 // next row of article of a day
	said       map[int64]int64 // next row of statement of a day
	speakers   map[string]int64
	articles   []indexed // to be put into the full-text tables
	statements []indexed
}

// indexed is a row of the full-text tables.
type indexed struct {
	row    int64
	text   string // that shingles are made of
	values []any
}

// Begin begins a batch, which stays the only one until it ends. The error
// wraps ErrLocked if another program is writing for too long. The time is that
// which its articles are said to be added at.
func (s *Store) Begin(ctx context.Context, now time.Time) (*Batch, error) {
	if s.readOnly {
		return nil, fmt.Errorf("%s: %w", s.path, ErrReadOnly)
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return nil, explain(err)
	}
	own := s.writing
	own.stmt = tx.StmtContext
	return &Batch{view: own, store: s, ctx: ctx, tx: tx, now: now, rows: map[int64]int64{}, said: map[int64]int64{}, speakers: map[string]int64{}}, nil
}

// Rollback gives the batch up, if it has not been committed.
func (b *Batch) Rollback() error {
	if err := b.tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) {
		return explain(err)
	}
	return nil
}

// Commit keeps what was added. It is on the disk when this returns.
func (b *Batch) Commit() error {
	// A full-text table that is given its rows in their order writes one piece.
	if err := b.index(b.store.insert.articleText, b.store.insert.articleShingle, b.articles); err != nil {
		return err
	}
	if err := b.index(b.store.insert.statementText, b.store.insert.statementShingle, b.statements); err != nil {
		return err
	}
	return explain(b.tx.Commit())
}

func (b *Batch) index(words, shingles *sql.Stmt, rows []indexed) error {
	slices.SortFunc(rows, func(x, y indexed) int { return cmp.Compare(x.row, y.row) })
	for _, r := range rows {
		if err := b.exec(words, append([]any{r.row}, r.values...)...); err != nil {
			return err
		}
	}
	for _, r := range rows {
		keys := check.Keys(check.Words(r.text))
		if err := b.exec(shingles, r.row, strings.Join(check.Shingles(keys), " ")); err != nil {
			return err
		}
	}
	return nil
}

// Place says which story a new article is in, 0 for one of its own, and why, in
// JSON. It is not asked for versions, which are where the version before is.
type Place func() (story int64, why string, err error)

// Alone is the Place of articles that are in a story of their own.
func Alone() (int64, string, error) { return 0, "", nil }

// Add adds an entry if the record does not have it.
func (b *Batch) Add(e Entry, place Place) (Outcome, error) {
	e = e.normal()
	a := &e.Article
	address, hash := Address(*a), Hash(a.Body)
	out, err := b.has(b.ctx, *a, hash)
	if err == nil || !errors.Is(err, ErrNotFound) {
		return out, err
	}
	out = Outcome{Result: Added}
	var why string
	switch err := b.one(b.store.insert.last, []any{address}, &out.Previous, &out.Story, &why); {
	case err == nil:
		out.Result = NewVersion
	case !errors.Is(err, ErrNotFound):
		return out, err
	default:
		if out.Story, why, err = place(); err != nil {
			return out, err
		}
	}
	if out.Row, err = b.next(b.rows, b.store.insert.lastRow, a.Published, 1); err != nil {
		return out, err
	}
	if out.ID, err = b.free(a.ID, address, hash); err != nil {
		return out, err
	}
	if out.Story == 0 {
		if err := b.one(b.store.insert.story, nil, &out.Story); err != nil {
			return out, err
		}
	}
	a.ID = out.ID
	first, err := b.next(b.said, b.store.insert.lastStatement, a.Published, int64(len(e.Statements)))
	if err != nil {
		return out, err
	}
	if err := b.article(&e, out, address, hash, why, first); err != nil {
		return out, err
	}
	for n := range e.Statements {
		if err := b.statement(&e, n, out.Row, first+int64(n)); err != nil {
			return out, err
		}
	}
	for n, f := range e.Figures {
		if err := b.exec(b.store.insert.figure, out.Row, n, f.Value, f.High, string(f.Bound), f.Unit, f.Head, strings.Join(f.Subject, " "), f.AsOf, f.Statement, appendFigure(nil, &f)); err != nil {
			return out, err
		}
	}
	return out, nil
}

func (b *Batch) article(e *Entry, out Outcome, address string, hash []byte, why string, first int64) error {
	a := &e.Article
	byline, err := json.Marshal(a.Byline)
	if err != nil {
		return err
	}
	var fingerprint int64
	if err := b.one(b.store.insert.fingerprint, []any{e.Fingerprint}, &fingerprint); err != nil {
		return err
	}
	previous := sql.NullInt64{Int64: out.Previous, Valid: out.Previous != 0}
	if err := b.exec(b.store.insert.article, out.Row, a.ID, address, hash, a.Origin, a.Outlet, a.URL, a.Title, string(byline), formatTime(a.Published), a.DateOnly,
		a.Language, e.Language, previous, out.Story, why, fingerprint, first, len(e.Statements), len(e.Figures), b.now.Unix(), e.checksum()); err != nil {
		return err
	}
	b.articles = append(b.articles, indexed{out.Row, a.Body, []any{a.Title, a.Body, a.Outlet}})
	return b.exec(b.store.insert.body, out.Row, a.Body)
}

func (b *Batch) statement(e *Entry, n int, articleRow, row int64) error {
	s, body := &e.Statements[n], e.Article.Body
	var who sql.NullInt64
	if s.Speaker.Name != "" {
		var err error
		if who.Int64, err = b.speaker(s.Speaker.Name, s.Speaker.Role); err != nil {
			return err
		}
		who.Valid = true
	}
	said := contentText(body, s.Content)
	b.statements = append(b.statements, indexed{row, said, []any{
		said, cmp.Or(s.Speaker.Name, s.Speaker.Unnamed), contentText(body, s.Addressee), contentText(body, s.Venue), e.Article.Outlet, string(s.Kind),
	}})
	return b.exec(b.store.insert.statement, row, articleRow, who, string(s.Kind), string(s.Polarity), s.Speaker.ID, s.Speaker.Name, s.Speaker.Role, s.Speaker.Unnamed,
		s.Reporter, contentText(body, s.Cue), s.Date, s.Confidence, appendStatement(nil, &s.Attribution), said)
}

// speaker is the row of the speaker of a name. A name that is new is a new speaker.
func (b *Batch) speaker(name, role string) (row int64, err error) {
	if row, ok := b.speakers[name]; ok {
		return row, nil
	}
	err = b.one(b.store.insert.alias, []any{name}, &row)
	if errors.Is(err, ErrNotFound) {
		if err = b.one(b.store.insert.speaker, []any{name, role}, &row); err == nil {
			err = b.exec(b.store.insert.newAlias, name, row)
		}
	}
	if err == nil {
		b.speakers[name] = row
	}
	return row, err
}

// Version is a number that changes when another program changes the record.
func (b *Batch) Version() (n int64, err error) { return n, b.one(b.store.insert.version, nil, &n) }

// Edit keeps what a version has otherwise than the one before.
func (b *Batch) Edit(row int64, edits []Edit) error {
	for n, e := range edits {
		if err := b.exec(b.store.insert.edit, row, n, e.What, e.Change, e.SpeakerBefore, e.SpeakerAfter, e.Before, e.After); err != nil {
			return err
		}
	}
	return nil
}

// next gives n rows of the day of publication that nothing has yet.
func (b *Batch) next(rows map[int64]int64, last *sql.Stmt, published time.Time, n int64) (int64, error) {
	d := day(published)
	row, ok := rows[d]
	if !ok {
		if err := b.one(last, []any{firstRow(d + 1)}, &row); err != nil {
			return 0, err
		}
		row = max(row, firstRow(d)) + 1
	}
	rows[d] = row + n
	return row, nil
}

// free is the ID that an article gets: its own or, where another has that, the
// same with some digits of what tells the two apart.
func (b *Batch) free(id, address string, hash []byte) (string, error) {
	var taken int
	err := b.one(b.store.insert.taken, []any{id}, &taken)
	if errors.Is(err, ErrNotFound) {
		return id, nil
	}
	return id + "-" + article.ContentID(address + "\x00" + string(hash))[:10], err
}

// Add adds entries in one batch, each in a story of its own. The order of the
// outcomes is theirs.
func (s *Store) Add(ctx context.Context, entries []Entry, now time.Time) ([]Outcome, error) {
	b, err := s.Begin(ctx, now)
	if err != nil {
		return nil, err
	}
	defer b.Rollback()
	out := make([]Outcome, len(entries))
	for i, e := range entries {
		if out[i], err = b.Add(e, Alone); err != nil {
			return nil, err
		}
	}
	return out, b.Commit()
}

func (b *Batch) exec(s *sql.Stmt, args ...any) error {
	_, err := b.stmt(b.ctx, s).ExecContext(b.ctx, args...)
	return explain(err)
}

// one reads a row; without any the error wraps ErrNotFound.
func (b *Batch) one(s *sql.Stmt, args []any, to ...any) error {
	return found(b.stmt(b.ctx, s).QueryRowContext(b.ctx, args...).Scan(to...))
}

func found(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return explain(err)
}

func formatTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339Nano)
}

func parseTime(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return time.Time{}, err
	}
	_, offset := t.Zone()
	return t.In(zone(offset)), nil
}

// Move puts an article into a story, and says why in JSON.
func (b *Batch) Move(row, story int64, why string) error {
	return b.exec(b.store.insert.move, story, why, row)
}

// Absorb makes one story of two. The number of the one that ends leads to the
// other for ever.
func (b *Batch) Absorb(story, into int64) error {
	return errors.Join(b.exec(b.store.insert.absorb, story, into), b.exec(b.store.insert.into, story, into))
}
