package main

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"time"

	"onrecord/format"
	"onrecord/pipeline"
	"onrecord/record"
)

// importCommand adds what was read before, without reading it again.
type importCommand struct {
	recordFlags
	Paths []string `arg:"" name:"path" help:"JSON Lines that export or read --format jsonl wrote (.jsonl, .jsonl.gz), or - for standard input."`
}

// Run adds the readings. What it has said to be added is on the disk.
func (c *importCommand) Run(ctx context.Context, s streams) (err error) {
	kept, err := c.create(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	bar := newProgress(streams{err: s.err, out: io.Discard}, 0) // standard output gets one line, at the end
	count := newTally(bar.above(s.err))
	err = record.New(kept, nil, "", time.Now).Import(ctx, c.readings(ctx, s.in), func(o record.Outcome) {
		bar.add()
		count.settle(string(o.Result), o.Origin, o.Err)
	})
	bar.close()
	fmt.Fprintln(s.out, cmp.Or(count.String(), "nothing to add"))
	return cmp.Or(err, count.err())
}

// readings yields what the files hold, a reading or an error a line.
func (c *importCommand) readings(ctx context.Context, stdin io.Reader) iter.Seq2[pipeline.Reading, error] {
	return func(yield func(pipeline.Reading, error) bool) {
		for _, path := range c.Paths {
			for r, err := range recordsOf(path, stdin) {
				reading := pipeline.Reading{}
				if err == nil {
					reading, err = r.Reading()
				}
				if err != nil {
					err = fmt.Errorf("%s: %w", path, err)
				}
				if ctx.Err() != nil || !yield(reading, err) {
					return
				}
			}
		}
	}
}

// recordsOf yields the records of a file, which may be compressed.
func recordsOf(path string, stdin io.Reader) iter.Seq2[format.Record, error] {
	return func(yield func(format.Record, error) bool) {
		in := stdin
		if path != "-" {
			f, err := os.Open(path)
			if err != nil {
				yield(format.Record{}, errors.Unwrap(err)) // the path is said by the caller
				return
			}
			defer f.Close()
			in = f
		}
		buffered := bufio.NewReaderSize(in, 64<<10)
		in = buffered
		if magic, _ := buffered.Peek(2); string(magic) == "\x1f\x8b" {
			unpacked, err := gzip.NewReader(buffered)
			if err != nil {
				yield(format.Record{}, err)
				return
			}
			in = unpacked
		}
		format.Records(in)(yield)
	}
}
