package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"text/tabwriter"
	"time"

	"onrecord/format"
	"onrecord/store"
)

// tokenCommand says which programs may write through the API.
type tokenCommand struct {
	Add    tokenAddCommand    `cmd:"" help:"Make a token and print it, once: the record keeps only its sum."`
	Remove tokenRemoveCommand `cmd:"" help:"Remove a token, which opens nothing from then on."`
	List   tokenListCommand   `cmd:"" help:"List the tokens by their names."`
}

// tokenAddCommand makes a token.
type tokenAddCommand struct {
	Name string `arg:"" help:"Name of what uses it, which stands in the history of corrections."`
	recordFlags
}

// Run makes the token and prints it.
func (c *tokenAddCommand) Run(ctx context.Context, s streams) error {
	var b [32]byte
	rand.Read(b[:]) // never fails
	secret := tokenPrefix + base64.RawURLEncoding.EncodeToString(b[:])
	if err := c.account(ctx, func(b *store.Batch) error { return b.AddToken(c.Name, secret) }); err != nil {
		return err
	}
	_, err := fmt.Fprintln(s.out, secret)
	return err
}

// tokenPrefix lets those who look for secrets in files recognise a token.
const tokenPrefix = "onrecord_"

// tokenRemoveCommand removes a token.
type tokenRemoveCommand struct {
	Name string `arg:"" help:"Name of the token."`
	recordFlags
}

// Run removes the token.
func (c *tokenRemoveCommand) Run(ctx context.Context) error {
	return c.account(ctx, func(b *store.Batch) error { return named(c.Name, b.RemoveToken(c.Name)) })
}

// tokenListCommand lists the tokens.
type tokenListCommand struct{ recordFlags }

// Run lists the tokens by name.
func (c *tokenListCommand) Run(ctx context.Context, s streams) (err error) {
	kept, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	tokens, err := kept.Tokens(ctx)
	if err == nil && len(tokens) == 0 {
		err = fmt.Errorf("%w: no tokens", errNothing)
	}
	if err != nil {
		return err
	}
	out := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	for _, t := range tokens {
		used := "never used"
		if !t.Used.IsZero() {
			used = "last used on " + t.Used.Format(time.DateOnly)
		}
		fmt.Fprintf(out, "%s\tsince %s\t%s\n", format.Harmless(t.Name), t.Made.Format(time.DateOnly), used)
	}
	return out.Flush()
}
