package store

import (
	"context"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Errors that a caller can tell apart with errors.Is.
var (
	ErrNoRecord = errors.New("no record there")
	ErrNewer    = errors.New("the record was made by a later version of the program")
	ErrOlder    = errors.New("the record was made by an earlier version and cannot be written to")
	ErrLocked   = errors.New("another program is writing to the record")
	ErrCorrupt  = errors.New("the record is damaged")
	ErrFull     = errors.New("no space left for the record")
	ErrReadOnly = errors.New("the record cannot be written to")
	ErrNotFound = errors.New("not in the record")
)

// explain wraps what SQLite says into the errors above. An error of a context
// that ended is given as it is.
func explain(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	var kind error
	switch e.Code() & 0xff { // without the extended part
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		kind = ErrLocked
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		kind = ErrCorrupt
	case sqlite3.SQLITE_FULL:
		kind = ErrFull
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		kind = ErrReadOnly
	case sqlite3.SQLITE_INTERRUPT:
		kind = context.Canceled
	default:
		return err
	}
	return fmt.Errorf("%w: %w", kind, err)
}
