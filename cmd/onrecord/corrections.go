package main

import (
	"context"
	"errors"
	"fmt"
	"os/user"
	"time"

	"onrecord/format"
	"onrecord/record"
	"onrecord/store"
)

// correctionFlags say which record is corrected, and by whom.
type correctionFlags struct {
	recordFlags
	By string `help:"Who makes the correction, for the history; by default the system's user." placeholder:"NAME"`
}

// correct opens the record and makes a correction.
func (f correctionFlags) correct(ctx context.Context, change func(r *record.Record, by string) error) (err error) {
	kept, err := f.with(ctx, store.Open)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	by := f.By
	if by == "" {
		if u, err := user.Current(); err == nil {
			by = u.Username
		}
	}
	return change(record.New(kept, nil, "", time.Now), by)
}

// correctionsCommand lists what has been corrected by hand.
type correctionsCommand struct {
	recordFlags
	Format string `help:"How to print: text or jsonl, which import takes." enum:"text,jsonl" default:"text" short:"f"`
}

// Run prints the corrections in their order.
func (c *correctionsCommand) Run(ctx context.Context, s streams) (err error) {
	kept, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	all, err := kept.Corrections(ctx)
	switch {
	case err != nil:
		return err
	case len(all) == 0:
		return fmt.Errorf("%w: no corrections", errNothing)
	case c.Format == "jsonl":
		return format.CorrectionsJSON(s.out, all)
	}
	return format.CorrectionsText(s.out, all, textOptions(s.out))
}
