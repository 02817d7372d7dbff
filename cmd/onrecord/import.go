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
	// Standard output gets one line, at the end.
	bar := newFileProgress(ctx, streams{err: s.err, out: io.Discard}, c.Paths)
	defer bar.close()
	count := newTally(bar.above(s.err))
	err = record.New(kept, nil, "", time.Now).Import(ctx, c.readings(ctx, s.in, bar.read), func(o record.Outcome) {
		bar.add()
		count.settle(string(o.Result), o.Origin, o.Err)
	})
	bar.close()
	fmt.Fprintln(s.out, cmp.Or(count.String(), "nothing to add"))
	return cmp.Or(err, count.err())
}

// readings yields what the files hold, a reading or an error a line; read is
// told how many bytes of files have been read.
func (c *importCommand) readings(ctx context.Context, stdin io.Reader, read func(bytes int64)) iter.Seq2[pipeline.Reading, error] {
	return func(yield func(pipeline.Reading, error) bool) {
		for _, path := range c.Paths {
			for r, err := range recordsOf(path, stdin, read) {
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
func recordsOf(path string, stdin io.Reader, read func(bytes int64)) iter.Seq2[format.Record, error] {
	return func(yield func(format.Record, error) bool) {
		in := stdin
		if path != "-" {
			f, err := os.Open(path)
			if err != nil {
				yield(format.Record{}, errors.Unwrap(err)) // the path is said by the caller
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
				yield(format.Record{}, err)
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
