// Package store keeps the record: articles with everything found in them, in
// one SQLite file.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// applicationID marks an SQLite file as a record: "onre" in ASCII.
const applicationID = 0x6f6e7265

// Bounds of what a Store uses.
const (
	// patience is how long a writer waits for another one.
	patience = 10 * time.Second
	// readers is the number of connections that only read.
	readers = 4
	// cacheKB is the size of the page cache of a connection.
	cacheKB = 32 << 10
)

// Store is an open record. It may be used by any number of goroutines; one of
// them writes at a time.
type Store struct {
	view
	path               string
	readOnly           bool
	read               *sql.DB
	write              *sql.DB // of one connection; nil where readOnly
	writing            view    // through write
	insert             inserts
	statements, bodies shingled // for check
}

// Create opens the record at path, and makes it if there is none.
func Create(ctx context.Context, path string) (*Store, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	return open(ctx, path, "rwc")
}

// Open opens the record at path for reading and writing. The error wraps
// ErrNoRecord if there is none.
func Open(ctx context.Context, path string) (*Store, error) { return open(ctx, path, "rw") }

// OpenReadOnly opens the record at path, which may lie where nothing can be
// written.
func OpenReadOnly(ctx context.Context, path string) (*Store, error) { return open(ctx, path, "ro") }

func open(ctx context.Context, path, mode string) (_ *Store, err error) {
	s := &Store{path: path, readOnly: mode == "ro"}
	defer func() {
		if err != nil {
			err = fmt.Errorf("%s: %w", path, errors.Join(explain(err), s.Close()))
		}
	}()
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil, fmt.Errorf("%w: a folder", ErrNoRecord)
	} else if err != nil && (mode != "rwc" || !errors.Is(err, fs.ErrNotExist)) {
		if errors.Is(err, fs.ErrNotExist) {
			err = ErrNoRecord
		}
		return nil, err
	}
	if !s.readOnly {
		if s.write, err = connect(path, mode, 1, "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "journal_size_limit(67108864)"); err != nil {
			return nil, err
		}
		if err := migrate(ctx, s.write); err != nil {
			return nil, err
		}
		if err := errors.Join(s.insert.prepare(ctx, s.write), s.writing.prepare(ctx, s.write)); err != nil {
			return nil, err
		}
	}
	if s.read, err = connect(path, "ro", readers, "query_only(1)"); err != nil {
		return nil, err
	}
	switch n, err := version(ctx, s.read); {
	case err != nil:
		return nil, err
	case n == 0: // made, but its maker did not live to fill it
		return nil, fmt.Errorf("%w: an empty file", ErrNoRecord)
	case n < latest():
		return nil, ErrOlder
	}
	return s, errors.Join(s.view.prepare(ctx, s.read), s.prepareShingled(ctx))
}

// connect opens a pool. A pragma sent through a pool reaches one connection,
// so all of them stand in the name.
func connect(path, mode string, size int, pragmas ...string) (*sql.DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	query := url.Values{"mode": {mode}, "_txlock": {"immediate"}, "_pragma": append([]string{
		"busy_timeout(" + strconv.FormatInt(patience.Milliseconds(), 10) + ")",
		"cache_size(-" + strconv.Itoa(cacheKB) + ")",
		"temp_store(MEMORY)",
	}, pragmas...)}
	if mode == "ro" && lonely(abs) {
		query.Set("immutable", "1")
	}
	slashed := "/" + strings.TrimPrefix(filepath.ToSlash(abs), "/")
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: slashed, RawQuery: query.Encode()}).String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	return db, nil
}

// lonely reports whether a record lies where nobody can write beside it and
// nobody has. SQLite needs to be told, as it makes files for its readers.
func lonely(path string) bool {
	if _, err := os.Stat(path + "-wal"); err == nil {
		return false
	}
	probe, err := os.CreateTemp(filepath.Dir(path), ".onrecord-*")
	if err != nil {
		return true
	}
	_ = probe.Close()
	_ = os.Remove(probe.Name())
	return false
}

// Ping reports whether the record can be read.
func (s *Store) Ping(ctx context.Context) error {
	var n int
	return explain(s.read.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1 FROM article LIMIT 1)`).Scan(&n))
}

// Close closes the record. What a writer leaves is one file, unless others
// have the record open.
func (s *Store) Close() error {
	var errs []error
	if s.read != nil {
		errs = append(errs, s.read.Close())
	}
	if s.write != nil {
		errs = append(errs, s.write.Close())
	}
	return explain(errors.Join(errs...))
}
