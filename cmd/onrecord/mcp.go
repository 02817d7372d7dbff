package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"onrecord/record"
	"onrecord/server"
	"onrecord/store"
)

// mcpCommand offers the record to language models.
type mcpCommand struct {
	recordFlags
	engineFlags
	Verbose bool `help:"Log what is asked for, not only what fails."`
}

// Run answers on standard output what is asked on standard input, until that
// ends.
func (c *mcpCommand) Run(ctx context.Context, s streams) (err error) {
	kept, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	p, err := c.load()
	if err != nil {
		return err
	}
	p.AnyLanguage = true // as the record has them, they were to be read
	fingerprint, err := c.fingerprint(p)
	if err != nil {
		return err
	}
	reads := record.New(kept, p, fingerprint, time.Now)
	o := &slog.HandlerOptions{Level: slog.LevelWarn}
	if c.Verbose {
		o.Level = slog.LevelInfo
	}
	own, err := server.New(server.Config{
		Store: kept, Parser: p.Parser, Fingerprint: fingerprint, Log: slog.New(slog.NewTextHandler(s.err, o)), Now: time.Now,
		Compare: func(ctx context.Context, of store.Story) (*record.Told, error) {
			return reads.Compare(ctx, of, c.workers())
		},
	})
	if err != nil {
		return err
	}
	version, _ := built()
	return own.Tools(version).Run(ctx, &mcp.IOTransport{Reader: io.NopCloser(s.in), Writer: unclosed{s.out}})
}

// unclosed leaves standard output open.
type unclosed struct{ io.Writer }

func (unclosed) Close() error { return nil }
