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
	"onrecord/store"
)

// importCommand adds what was read before, without reading it again.
type importCommand struct {
	recordFlags
	Paths []string `arg:"" name:"path" help:"JSON Lines that export, read --format jsonl or corrections --format jsonl wrote (.jsonl, .jsonl.gz), or - for standard input."`
}

// Run adds the readings. What it has said to be added is on the disk.
func (c *importCommand) Run(ctx context.Context, s streams) (err error) {
	kept, err := c.create(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	// Standard output gets one line, at the end.
	bar := newFileProgress(ctx, streams{err: s.err, out: io.Discard}, c.Paths)
	defer bar.close()
	count := newTally(bar.above(s.err))
	r := record.New(kept, nil, "", time.Now)
	var corrections []store.Correction // applied when the articles are there
	err = r.Import(ctx, c.readings(ctx, s.in, bar.read, &corrections), func(o record.Outcome) {
		bar.add()
		count.settle(string(o.Result), o.Origin, o.Err)
	})
	bar.close()
	if err == nil && ctx.Err() == nil {
		err = correct(ctx, r, corrections, count)
	}
	fmt.Fprintln(s.out, cmp.Or(count.String(), "nothing to add"))
	return cmp.Or(err, count.err())
}

// correct applies corrections and counts what became of them.
func correct(ctx context.Context, r *record.Record, corrections []store.Correction, count *tally) error {
	if len(corrections) == 0 {
		return nil
	}
	applied, err := r.Apply(ctx, corrections)
	if err != nil {
		return err
	}
	for i, a := range applied {
		switch {
		case a.Err != nil:
			count.of["not applied"]++
			count.skipped++
			complain(count.stderr, fmt.Errorf("correction %d (%s): %w", i+1, corrections[i].What, a.Err))
		case a.IsNew:
			count.settle("corrected", "", nil)
		default:
			count.settle("corrected before", "", nil)
		}
	}
	return nil
}

// readings yields the articles that the files hold, a reading or an error a
// line, and adds the corrections in them to others. read is told how many bytes
// of files have been read.
func (c *importCommand) readings(ctx context.Context, stdin io.Reader, read func(bytes int64), corrections *[]store.Correction) iter.Seq2[pipeline.Reading, error] {
	return func(yield func(pipeline.Reading, error) bool) {
		for _, path := range c.Paths {
			for r, err := range recordsOf(path, stdin, read) {
				if r.Correction != nil {
					*corrections = append(*corrections, *r.Correction)
					continue
				}
				reading := pipeline.Reading{}
				if err == nil {
					if reading, err = r.Reading(); err != nil {
						err = fmt.Errorf("line %d: %w", r.N, err)
					}
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
func recordsOf(path string, stdin io.Reader, read func(bytes int64)) iter.Seq2[format.Line, error] {
	return func(yield func(format.Line, error) bool) {
		in := stdin
		if path != "-" {
			f, err := os.Open(path)
			if err != nil {
				yield(format.Line{}, errors.Unwrap(err)) // the path is said by the caller
				return
			}
			defer f.Close()
			in = counted{f, read}
		}
		buffered := bufio.NewReaderSize(in, 64<<10)
		in = buffered
		if magic, _ := buffered.Peek(2); string(magic) == "\x1f\x8b" {
			unpacked, err := gzip.NewReader(buffered)
			if err != nil {
				yield(format.Line{}, err)
				return
			}
			in = unpacked
		}
		format.Records(in)(yield)
	}
}

// counted tells how many bytes are read.
type counted struct {
	io.Reader
	read func(bytes int64)
}

// Read reads from the file.
func (c counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.read(int64(n))
	return n, err
}
