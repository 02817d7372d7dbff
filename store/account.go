package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// User is somebody who may correct.
type User struct {
	Name     string
	Password string // its hash: package password
	Made     time.Time
}

// Token is what a program writes with, in place of a password.
type Token struct {
	Name string // of the program
	Made time.Time
	Used time.Time // day on which it was last, zero before
}

// MaxAccountName is how many characters the name of a user or a token has at
// most.
const MaxAccountName = 64

// Errors of users and tokens that a caller can tell apart with errors.Is.
var (
	ErrNameTaken   = errors.New("the name is taken")
	ErrAccountName = fmt.Errorf("a name has up to %d characters that can be seen, and no space at its ends", MaxAccountName)
)

// accountReads are the prepared statements that read users and tokens.
type accountReads struct{ users, user, tokens, token *sql.Stmt }

func (a *accountReads) prepare(ctx context.Context, db *sql.DB) error {
	return prepare(ctx, db, map[**sql.Stmt]string{
		&a.users:  `SELECT name, password, made FROM user ORDER BY name`,
		&a.user:   `SELECT name, password, made FROM user WHERE name = ?`,
		&a.tokens: `SELECT name, made, used FROM token ORDER BY name`,
		&a.token:  `SELECT name, made, used FROM token WHERE hash = ?`,
	})
}

// Users are all who may correct, by name.
func (v *view) Users(ctx context.Context) ([]User, error) {
	return collect(ctx, v.stmt(ctx, v.users), nil, scanUser)
}

// User is a user by name. The error wraps ErrNotFound if there is none.
func (v *view) User(ctx context.Context, name string) (User, error) {
	return single(collect(ctx, v.stmt(ctx, v.user), []any{name}, scanUser))
}

func scanUser(r scanner) (u User, err error) {
	var made int64
	err = r.Scan(&u.Name, &u.Password, &made)
	u.Made = atUnix(made)
	return u, err
}

// Tokens are all tokens, by name.
func (v *view) Tokens(ctx context.Context) ([]Token, error) {
	return collect(ctx, v.stmt(ctx, v.tokens), nil, scanToken)
}

// Token finds a token by its secret. The error wraps ErrNotFound if there is
// none.
func (v *view) Token(ctx context.Context, secret string) (Token, error) {
	return single(collect(ctx, v.stmt(ctx, v.token), []any{hashOfToken(secret)}, scanToken))
}

func scanToken(r scanner) (t Token, err error) {
	var made, used int64
	err = r.Scan(&t.Name, &made, &used)
	t.Made, t.Used = atUnix(made), atUnix(used)
	return t, err
}

// hashOfToken needs no salt and no cost, since a token is random.
func hashOfToken(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// SetUser adds a user, or gives one another password, by its hash. The error
// wraps ErrAccountName.
func (b *Batch) SetUser(name, password string) error {
	if !isAccountName(name) {
		return ErrAccountName
	}
	_, err := b.change(`INSERT INTO user (name, password, made) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET password = excluded.password`, name, password, b.now.Unix())
	return err
}

// RemoveUser removes a user. The error wraps ErrNotFound if there is none.
func (b *Batch) RemoveUser(name string) error {
	return gone(b.change(`DELETE FROM user WHERE name = ?`, name))
}

// AddToken keeps the sum of a token's secret. The errors wrap ErrNameTaken and
// ErrAccountName.
func (b *Batch) AddToken(name, secret string) error {
	if !isAccountName(name) {
		return ErrAccountName
	}
	n, err := b.change(`INSERT INTO token (hash, name, made, used) VALUES (?, ?, ?, 0) ON CONFLICT DO NOTHING`, hashOfToken(secret), name, b.now.Unix())
	if err == nil && n == 0 {
		err = ErrNameTaken
	}
	return err
}

// UseToken notes the day on which a token is used.
func (b *Batch) UseToken(name string) error {
	const day = 24 * time.Hour
	_, err := b.change(`UPDATE token SET used = ? WHERE name = ?`, b.now.Truncate(day).Unix(), name)
	return err
}

// RemoveToken removes a token by its name. The error wraps ErrNotFound if there
// is none.
func (b *Batch) RemoveToken(name string) error {
	return gone(b.change(`DELETE FROM token WHERE name = ?`, name))
}

// gone is the error of a removal that removed n rows.
func gone(n int64, err error) error {
	if err == nil && n == 0 {
		err = ErrNotFound
	}
	return err
}

// isAccountName reports whether people can tell a name from others: that it has
// nothing that cannot be seen.
func isAccountName(name string) bool {
	return name != "" && strings.TrimSpace(name) == name && utf8.ValidString(name) && utf8.RuneCountInString(name) <= MaxAccountName &&
		!strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) })
}
