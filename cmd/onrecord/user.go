package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/charmbracelet/x/term"

	"onrecord/format"
	"onrecord/password"
	"onrecord/store"
)

// userCommand says who may correct in a browser.
type userCommand struct {
	Add    userAddCommand    `cmd:"" help:"Add a user, or give one another password, which is asked for or read from standard input."`
	Remove userRemoveCommand `cmd:"" help:"Remove a user, who is logged out at once."`
	List   userListCommand   `cmd:"" help:"List the users."`
}

// userAddCommand adds a user.
type userAddCommand struct {
	Name string `arg:"" help:"Name to log in with, which stands in the history of corrections."`
	recordFlags
}

// Run asks for the password and adds the user.
func (c *userAddCommand) Run(ctx context.Context, s streams) error {
	given, err := askPassword(s)
	if err != nil {
		return err
	}
	hash, err := password.Hash(given, password.Usual)
	if err != nil {
		return usageError{err}
	}
	return c.account(ctx, func(b *store.Batch) error { return b.SetUser(c.Name, hash) })
}

// userRemoveCommand removes a user.
type userRemoveCommand struct {
	Name string `arg:"" help:"Name of the user."`
	recordFlags
}

// Run removes the user. The corrections stay.
func (c *userRemoveCommand) Run(ctx context.Context) error {
	return c.account(ctx, func(b *store.Batch) error { return named(c.Name, b.RemoveUser(c.Name)) })
}

// userListCommand lists the users.
type userListCommand struct{ recordFlags }

// Run lists the users by name.
func (c *userListCommand) Run(ctx context.Context, s streams) (err error) {
	kept, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	users, err := kept.Users(ctx)
	if err == nil && len(users) == 0 {
		err = fmt.Errorf("%w: no users", errNothing)
	}
	if err != nil {
		return err
	}
	out := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	for _, u := range users {
		fmt.Fprintf(out, "%s\tsince %s\n", format.Harmless(u.Name), u.Made.Format(time.DateOnly))
	}
	return out.Flush()
}

// account changes users or tokens.
func (f recordFlags) account(ctx context.Context, change func(*store.Batch) error) (err error) {
	kept, err := f.create(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	err = kept.Write(ctx, time.Now(), change)
	if errors.Is(err, store.ErrNameTaken) || errors.Is(err, store.ErrAccountName) {
		return usageError{err}
	}
	return err
}

// named says whom an error is about.
func named(name string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", name, err)
}

// askPassword asks for a password twice at a terminal, where it is not shown.
// From elsewhere it reads one line.
func askPassword(s streams) (string, error) {
	if f, ok := s.in.(*os.File); ok && term.IsTerminal(f.Fd()) {
		first, err := hidden(f, s.err, "Password: ")
		if err != nil {
			return "", err
		}
		second, err := hidden(f, s.err, "The same again: ")
		if err == nil && first != second {
			err = usageError{errors.New("these are two passwords")}
		}
		return first, err
	}
	line, err := bufio.NewReader(io.LimitReader(s.in, password.Longest+2)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return strings.TrimRight(line, "\r\n"), nil
}

func hidden(f *os.File, w io.Writer, ask string) (string, error) {
	fmt.Fprint(w, ask)
	given, err := term.ReadPassword(f.Fd())
	fmt.Fprintln(w)
	return string(given), err
}
