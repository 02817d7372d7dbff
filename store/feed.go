package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"onrecord/article"
)

// Feed is what is watched, and how that goes.
type Feed struct {
	Row      int64
	Address  string
	Title    string
	Kind     string // as package feed names them, "" before it was read
	Since    time.Time
	Visited  time.Time // zero before
	Next     time.Time // when it is to be visited
	Interval time.Duration
	ETag     string
	Modified string // the date of its last change, as its server says
	Status   int    // of the last answer, 0 where there was none
	Error    string // why the last visit brought nothing, "" where it did
	Failures int    // visits in a row that brought nothing
	Items    int    // that it had when last read
	Ended    string // why it is visited no more, "" while it is

	// Of the items that it was the first to name:
	Named   int
	Kept    int // whose article the record has
	Waiting int // that have not been visited yet, or not with success
}

// Item is an article that a feed has named.
type Item struct {
	Row      int64
	Address  string
	Feed     int64           // row
	Said     article.Article // what the feed says of it, without a body
	First    time.Time       // when its text was there first, zero before
	Visits   int             // that brought a text
	Next     time.Time       // when it is to be visited, zero for no more
	ETag     string
	Modified string
	Failures int    // visits in a row
	Result   string // of the last visit, "" before
	Article  string // ID of its latest version, "" where there is none
}

const feedColumns = `f.row, f.address, f.title, f.kind, f.since, f.visited, f.next, f.interval, f.etag, f.modified, f.status, f.error, f.failures, f.items, f.ended`

// Feeds are all that is watched or was, in the order in which they were named.
func (s *Store) Feeds(ctx context.Context) ([]Feed, error) {
	return s.feeds(ctx, `SELECT `+feedColumns+`, coalesce(i.named, 0), coalesce(i.kept, 0), coalesce(i.waiting, 0) FROM feed f
		LEFT JOIN (SELECT feed, count(*) named, sum(article <> '') kept, sum(article = '' AND next IS NOT NULL) waiting FROM item GROUP BY feed) i ON i.feed = f.row
		ORDER BY f.row`)
}

// Watched are the feeds that have not ended, with no more than their row,
// address and next visit.
func (s *Store) Watched(ctx context.Context) ([]Feed, error) {
	return s.feeds(ctx, `SELECT row, address, '', '', 0, 0, next, 0, '', '', 0, '', 0, 0, '', 0, 0, 0 FROM feed WHERE ended = ''`)
}

// FeedAt is a feed by its row, without the numbers of its items. The error
// wraps ErrNotFound if it is not there any more.
func (s *Store) FeedAt(ctx context.Context, row int64) (Feed, error) {
	return single(s.feeds(ctx, `SELECT `+feedColumns+`, 0, 0, 0 FROM feed f WHERE f.row = ?`, row))
}

func (s *Store) feeds(ctx context.Context, query string, args ...any) (out []Feed, err error) {
	rows, err := s.read.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		var f Feed
		var since, visited, next, interval int64
		if err := rows.Scan(&f.Row, &f.Address, &f.Title, &f.Kind, &since, &visited, &next, &interval, &f.ETag, &f.Modified, &f.Status, &f.Error,
			&f.Failures, &f.Items, &f.Ended, &f.Named, &f.Kept, &f.Waiting); err != nil {
			return nil, explain(err)
		}
		f.Since, f.Visited, f.Next, f.Interval = atUnix(since), atUnix(visited), atUnix(next), time.Duration(interval)*time.Second
		out = append(out, f)
	}
	return out, explain(rows.Err())
}

const itemColumns = `row, address, feed, said, first, visits, coalesce(next, 0), etag, modified, failures, result, article`

// DueItems are the items that are to be visited at some time, the first to be
// visited first. What their feeds say of them is left out.
func (s *Store) DueItems(ctx context.Context) ([]Item, error) {
	return s.items(ctx, `SELECT row, address, feed, '', first, visits, next, '', '', failures, '', '' FROM item WHERE next IS NOT NULL ORDER BY next, row`)
}

// ItemAt is an item by its row. The error wraps ErrNotFound if it is not there
// any more.
func (s *Store) ItemAt(ctx context.Context, row int64) (Item, error) {
	return single(s.items(ctx, `SELECT `+itemColumns+` FROM item WHERE row = ?`, row))
}

// ItemOf is the item of an address. The error wraps ErrNotFound if no feed has
// named that.
func (s *Store) ItemOf(ctx context.Context, address string) (Item, error) {
	return single(s.items(ctx, `SELECT `+itemColumns+` FROM item WHERE address = ?`, address))
}

// single is the one thing that was found.
func single[T any](found []T, err error) (one T, _ error) {
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return one, err
	}
	return found[0], nil
}

func (s *Store) items(ctx context.Context, query string, args ...any) (out []Item, err error) {
	rows, err := s.read.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		var i Item
		var said string
		var first, next int64
		if err := rows.Scan(&i.Row, &i.Address, &i.Feed, &said, &first, &i.Visits, &next, &i.ETag, &i.Modified, &i.Failures, &i.Result, &i.Article); err != nil {
			return nil, explain(err)
		}
		i.First, i.Next = atUnix(first), atUnix(next)
		if said != "" {
			if err := json.Unmarshal([]byte(said), &i.Said); err != nil {
				return nil, fmt.Errorf("%w: item %s: %w", ErrCorrupt, i.Address, err)
			}
		}
		out = append(out, i)
	}
	return out, explain(rows.Err())
}

// Follow has a feed watched from now on, and reports whether it was not. One
// that has ended is watched again if again is set.
func (b *Batch) Follow(address, title string, again bool) (bool, error) {
	now := b.now.Unix()
	n, err := b.change(`INSERT INTO feed (address, title, kind, since, visited, next, interval, etag, modified, status, error, failures, items, ended)
		VALUES (?1, ?2, '', ?3, 0, ?3, 0, '', '', 0, '', 0, 0, '') ON CONFLICT DO NOTHING`, address, title, now)
	if err != nil || n > 0 || !again {
		return n > 0, err
	}
	n, err = b.change(`UPDATE feed SET next = ?, interval = 0, etag = '', modified = '', error = '', failures = 0, ended = '' WHERE address = ? AND ended <> ''`, now, address)
	return n > 0, err
}

// Unfollow forgets a feed and its items, but not their articles, and reports
// whether it was there.
func (b *Batch) Unfollow(address string) (bool, error) {
	n, err := b.change(`DELETE FROM feed WHERE address = ?`, address)
	return n > 0, err
}

// VisitedFeed keeps what a visit to a feed has changed: everything but the
// address and the time when it was named.
func (b *Batch) VisitedFeed(f Feed) error {
	_, err := b.change(`UPDATE feed SET title = ?, kind = ?, visited = ?, next = ?, interval = ?, etag = ?, modified = ?, status = ?, error = ?, failures = ?,
		items = ?, ended = ? WHERE row = ?`, f.Title, f.Kind, unixAt(f.Visited), unixAt(f.Next), int64(f.Interval/time.Second), f.ETag, f.Modified, f.Status, f.Error,
		f.Failures, f.Items, f.Ended, f.Row)
	return err
}

// Name keeps an item that a feed names, and gives its row. The error wraps
// ErrNotFound if its address is known, or its feed is not.
func (b *Batch) Name(i Item) (row int64, err error) {
	said, err := json.Marshal(i.Said)
	if err != nil {
		return 0, err
	}
	err = b.tx.QueryRowContext(b.ctx, `INSERT INTO item (address, feed, said, first, visits, next, etag, modified, failures, result, article)
		SELECT ?, row, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM feed WHERE row = ? ON CONFLICT DO NOTHING RETURNING row`,
		i.Address, string(said), unixAt(i.First), i.Visits, nextAt(i.Next), i.ETag, i.Modified, i.Failures, i.Result, i.Article, i.Feed).Scan(&row)
	return row, found(err)
}

// VisitedItem keeps what a visit to an item has changed: everything but the
// address, the feed and what that says of it.
func (b *Batch) VisitedItem(i Item) error {
	_, err := b.change(`UPDATE item SET first = ?, visits = ?, next = ?, etag = ?, modified = ?, failures = ?, result = ?, article = ? WHERE row = ?`,
		unixAt(i.First), i.Visits, nextAt(i.Next), i.ETag, i.Modified, i.Failures, i.Result, i.Article, i.Row)
	return err
}

// change gives the number of rows that a statement has changed.
func (b *Batch) change(query string, args ...any) (int64, error) {
	result, err := b.tx.ExecContext(b.ctx, query, args...)
	if err != nil {
		return 0, explain(err)
	}
	n, err := result.RowsAffected()
	return n, explain(err)
}

// Write runs write in a batch of its own.
func (s *Store) Write(ctx context.Context, now time.Time, write func(*Batch) error) error {
	b, err := s.Begin(ctx, now)
	if err != nil {
		return err
	}
	if err := write(b); err != nil {
		return errors.Join(err, b.Rollback())
	}
	return b.Commit()
}

func atUnix(seconds int64) time.Time {
	if seconds == 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}

func unixAt(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

func nextAt(t time.Time) sql.NullInt64 { return sql.NullInt64{Int64: unixAt(t), Valid: !t.IsZero()} }
