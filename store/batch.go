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
	"onrecord/speaker"
)

// Batch is a transaction that adds to the record. Nothing of it counts, or
// should be told to anybody, before Commit has returned.
type Batch struct {
	view
	store   *Store
	ctx     context.Context
	tx      *sql.Tx
	now     time.Time
	rows    map[int64]int64 // next row of article of a day
	said    map[int64]int64 // next row of statement of a day
	names   names
	printed []indexed // articles to be put into the full-text tables
	spoken  []indexed // statements to be put there
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
	return &Batch{view: own, store: s, ctx: ctx, tx: tx, now: now, rows: map[int64]int64{}, said: map[int64]int64{}, names: newNames()}, nil
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
	if err := b.index(b.store.insert.articleText, b.store.insert.articleShingle, b.printed); err != nil {
		return err
	}
	if err := b.index(b.store.insert.statementText, b.store.insert.statementShingle, b.spoken); err != nil {
		return err
	}
	if err := b.settle(); err != nil {
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

// Placed is a new article's story.
type Placed struct {
	Story  int64  // 0 for one of its own
	Why    string // the JSON of a Why, "" for a story's first
	Sketch []byte // by which later articles are put into the same story: see Sketches
}

// Place says which story a new article is in. It is not asked for versions,
// which are where the version before is.
type Place func() (Placed, error)

// Alone is the Place of articles that are in a story of their own.
func Alone() (Placed, error) { return Placed{}, nil }

// Add adds an entry if the record does not have it.
func (b *Batch) Add(e Entry, place Place, identify Identify) (Outcome, error) {
	e = e.normal()
	a := &e.Article
	address, hash := Address(*a), Hash(a.Body)
	out, err := b.has(b.ctx, *a, hash)
	if err == nil || !errors.Is(err, ErrNotFound) {
		return out, err
	}
	out = Outcome{Result: Added}
	var at Placed
	switch err := b.one(b.store.insert.last, []any{address}, &out.Previous, &at.Story, &at.Why); {
	case err == nil:
		out.Result = NewVersion
	case !errors.Is(err, ErrNotFound):
		return out, err
	default:
		if at, err = place(); err != nil {
			return out, err
		}
	}
	out.Story = at.Story
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
	if err := b.article(&e, out, address, hash, at.Why, first); err != nil {
		return out, err
	}
	if at.Sketch != nil {
		if err := b.exec(b.store.insert.sketch, out.Row, at.Sketch); err != nil {
			return out, err
		}
	}
	if out.Previous != 0 {
		meant, err := b.meant(out.Previous, true)
		if err != nil {
			return out, err
		}
		identify = meant.or(identify)
	}
	if err := b.statements(&e, out, first, identify); err != nil {
		return out, err
	}
	return out, b.figures(&e, out.Row)
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
	return b.exec(b.store.insert.body, out.Row, a.Body)
}

// statements writes those of an entry and what it credits to whom.
func (b *Batch) statements(e *Entry, at Outcome, first int64, identify Identify) error {
	credits, err := b.credits(e, at.Story, identify)
	if err != nil {
		return err
	}
	before := len(b.spoken)
	for n := range e.Statements {
		if err := b.statement(e, n, at.Row, first+int64(n), credits[e.Statements[n].Speaker.Name]); err != nil {
			return err
		}
	}
	b.printed = append(b.printed, indexed{at.Row, e.Article.Body, indexedArticle(&e.Article, b.spoken[before:])})
	return b.keep(at.Row, e.Article.Outlet, credits)
}

// statement writes the nth of an entry, credited to nobody where to is nil.
func (b *Batch) statement(e *Entry, n int, articleRow, row int64, to *credit) error {
	s, body := &e.Statements[n], e.Article.Body
	said := contentText(body, s.Content)
	var who sql.NullInt64
	if to != nil {
		to.count(s.Kind, strings.Count(said, " ")+1)
		who = sql.NullInt64{Int64: to.Row, Valid: true}
	}
	b.spoken = append(b.spoken, indexed{row, said, indexedStatement(&e.Article, s, said, who.Int64)})
	return b.exec(b.store.insert.statement, row, articleRow, who, string(s.Kind), string(s.Polarity), s.Speaker.ID, s.Speaker.Name, s.Speaker.Role, s.Speaker.Unnamed,
		s.Reporter, contentText(body, s.Cue), s.Date, s.Confidence, appendStatement(nil, &s.Attribution), said)
}

// indexedStatement is a statement as the full-text table has it, said by nobody
// named where who, the row of the name, is 0.
func indexedStatement(a *article.Article, s *speaker.Statement, said string, who int64) []any {
	called := s.Speaker.Unnamed
	if who != 0 {
		called = s.Speaker.Name + " " + nameToken(who)
	}
	return []any{said, called, contentText(a.Body, s.Addressee), contentText(a.Body, s.Venue), a.Outlet, string(s.Kind)}
}

// figures writes those of an entry.
func (b *Batch) figures(e *Entry, articleRow int64) error {
	for n, f := range e.Figures {
		if err := b.exec(b.store.insert.figure, articleRow, n, f.Value, f.High, string(f.Bound), f.Unit, f.Head, strings.Join(f.Subject, " "), f.AsOf, f.Statement, appendFigure(nil, &f)); err != nil {
			return err
		}
	}
	return nil
}

// indexedArticle is an article as the full-text table has it: with what its
// statements are found by, each once.
func indexedArticle(a *article.Article, said []indexed) []any {
	out := []any{a.Title, a.Body, a.Outlet}
	for _, column := range []int{1, 2, 3, 5} { // of indexedStatement: speaker, addressee, venue and kind
		var words []string
		for _, s := range said {
			if w := s.values[column].(string); !slices.Contains(words, w) {
				words = append(words, w)
			}
		}
		out = append(out, strings.Join(words, "\n"))
	}
	return out
}

// Version is a number that changes when another program changes the record.
func (b *Batch) Version() (n int64, err error) { return n, b.one(b.store.insert.version, nil, &n) }

// Edit keeps what a version has otherwise than the one before, in the place of
// what was kept of that.
func (b *Batch) Edit(row int64, edits []Edit) error {
	if err := b.exec(b.store.insert.noEdits, row); err != nil {
		return err
	}
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
		if out[i], err = b.Add(e, Alone, b.BySpelling); err != nil {
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
