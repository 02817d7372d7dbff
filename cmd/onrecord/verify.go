package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"onrecord/store"
)

// verifyCommand checks a record.
type verifyCommand struct {
	recordFlags
}

// Run prints a line for each problem, or that there is none.
func (c *verifyCommand) Run(ctx context.Context, s streams) (err error) {
	kept, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	total, _ := kept.Size(ctx) // which a damaged record may not know
	bar := newProgress(streams{err: s.err, out: io.Discard}, total)
	problems, articles := 0, 0
	err = kept.Verify(ctx, func(p store.Problem) {
		problems++
		complain(bar.above(s.err), errors.New(p.String()))
	}, func(n int) {
		articles = n
		bar.add()
	})
	bar.close()
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%d articles, %d problems\n", articles, problems)
	if problems > 0 {
		return errIncomplete
	}
	return nil
}
