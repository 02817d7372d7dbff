package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"onrecord/format"
	"onrecord/record"
	"onrecord/store"
)

// rereadCommand renews what an earlier version of the program, another model or
// other options found.
type rereadCommand struct {
	recordFlags
	engineFlags
	AnyLanguage bool     `help:"Read articles in other languages too, as if they were English."`
	Of          []string `help:"Read only what this fingerprint names again, as --dry-run prints it; may be given several times." placeholder:"FINGERPRINT" sep:"none"`
	DryRun      bool     `help:"Say what would be read again, and change nothing."`
}

// Run reads what is stale again, the oldest fingerprint first, and prints a line
// for each.
func (c *rereadCommand) Run(ctx context.Context, s streams) (err error) {
	p, err := c.load()
	if err != nil {
		return err
	}
	p.AnyLanguage = c.AnyLanguage
	fingerprint, err := c.fingerprint(p)
	if err != nil {
		return err
	}
	open := store.Open
	if c.DryRun {
		open = store.OpenReadOnly
	}
	kept, err := c.with(ctx, open)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	r := record.New(kept, p, fingerprint, time.Now)
	stale, err := r.Stale(ctx)
	if err != nil {
		return err
	}
	if len(c.Of) > 0 {
		stale = slices.DeleteFunc(stale, func(of store.Readings) bool { return !slices.Contains(c.Of, of.Fingerprint) })
	}
	if len(stale) == 0 {
		fmt.Fprintln(s.out, "nothing is stale")
		return nil
	}
	if c.DryRun {
		for _, of := range stale {
			fmt.Fprintf(s.out, "%s: %d stale\n", format.Harmless(of.Fingerprint), of.Articles)
		}
		return nil
	}
	return c.renew(ctx, s, r, stale)
}

// renew reads articles again and says what became of them.
func (c *rereadCommand) renew(ctx context.Context, s streams, r *record.Record, stale []store.Readings) error {
	total, failed := 0, false
	for _, of := range stale {
		total += of.Articles
	}
	// Standard output gets a line a fingerprint, each at its end.
	bar := newProgress(streams{err: s.err, out: io.Discard}, total)
	defer bar.close()
	for _, of := range stale {
		count := newTally(bar.above(s.err))
		err := r.Reread(ctx, of.Fingerprint, c.workers(), func(o record.Outcome) {
			bar.add()
			count.settle(string(o.Result), o.Origin, o.Err)
		})
		if count.kept+count.skipped+count.failed > 0 {
			fmt.Fprintf(s.out, "%s: %s\n", format.Harmless(of.Fingerprint), count)
		}
		if err != nil || ctx.Err() != nil {
			return err
		}
		failed = failed || count.failed > 0
	}
	if failed {
		return errIncomplete
	}
	return nil
}
