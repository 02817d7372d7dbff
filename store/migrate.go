package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strconv"
)

// The migrations are applied in the order of their numbers, each in one
// transaction with the number of the version that it leads to. None is ever
// changed once a version of the program has been released with it.
//
//go:embed migrations/*.sql
var migrations embed.FS

// files are the paths of the migrations in order.
func files() []string {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	return names
}

// latest is the version that this program makes.
func latest() int { return len(files()) }

// version is that of a record, 0 of an empty file. The error wraps ErrNoRecord
// for a database of something else and ErrNewer for a later version.
func version(ctx context.Context, db interface {
	QueryRowContext(context.Context, string, ...any) *sql.Row
}) (int, error) {
	var id, n, tables int
	if err := db.QueryRowContext(ctx, "SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)").Scan(&id, &n, &tables); err != nil {
		return 0, err
	}
	switch {
	case id == 0 && n == 0 && tables == 0:
		return 0, nil
	case id != applicationID:
		return 0, fmt.Errorf("%w: a database of something else", ErrNoRecord)
	case n > latest():
		return 0, fmt.Errorf("%w: %d, this one knows %d", ErrNewer, n, latest())
	}
	return n, nil
}

// migrate brings a record to the latest version. Of several programs that open
// it one does so.
func migrate(ctx context.Context, db *sql.DB) error {
	if n, err := version(ctx, db); err != nil || n == latest() {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	n, err := version(ctx, tx) // as another program may have been first
	if err != nil {
		return err
	}
	for _, name := range files()[n:] {
		script, err := migrations.ReadFile(name)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, string(script)); err != nil {
			return fmt.Errorf("%s: %w", path.Base(name), err)
		}
	}
	// Pragmas take no parameters; these are numbers of the program's own.
	for pragma, v := range map[string]int{"application_id": applicationID, "user_version": latest()} {
		if _, err := tx.ExecContext(ctx, "PRAGMA "+pragma+" = "+strconv.Itoa(v)); err != nil {
			return err
		}
	}
	return tx.Commit()
}
