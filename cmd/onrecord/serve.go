package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	"golang.org/x/sync/errgroup"

	"onrecord/record"
	"onrecord/server"
	"onrecord/store"
	"onrecord/watch"
)

// serveCommand shows the record in a browser.
type serveCommand struct {
	recordFlags
	engineFlags
	watchFlags
	Watch   bool    `help:"Watch the record's feeds as well, as the watch command does."`
	Addr    string  `help:"Address and port to serve at; port 0 is any free one." default:"127.0.0.1:8080"`
	Public  bool    `help:"Serve at an address that other machines reach. It takes a user or a token."`
	Proxy   bool    `help:"Take the address of a visitor from X-Forwarded-For, as a proxy on this machine sets it."`
	Rate    float64 `help:"Requests a second that one visitor may send, 0 for any number. Visitors on this machine may always send any number." default:"20"`
	Burst   int     `help:"Requests that a visitor may send at once before --rate counts." default:"100"`
	Log     string  `help:"How to log: text or json." enum:"text,json" default:"text"`
	Verbose bool    `help:"Log every request, not only those that fail."`
}

// Validate checks what depends on values; kong calls it.
func (c *serveCommand) Validate() error {
	if c.Rate < 0 || c.Burst < 1 {
		return errors.New("--rate is at least 0, --burst at least 1")
	}
	host, _, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return fmt.Errorf("--addr: %w", err)
	}
	if ip := net.ParseIP(host); !c.Public && host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return errors.New("--addr is reached from other machines: say --public if that is meant")
	}
	return nil
}

// Run serves until the program is interrupted.
func (c *serveCommand) Run(ctx context.Context, s streams) (err error) {
	kept, err := c.create(ctx)
	if err != nil {
		return err
	}
	defer func() {
		if closed := kept.Close(); closed != nil {
			err = closed
		}
	}()
	if c.Public {
		if err := hasAccount(ctx, kept); err != nil {
			return err
		}
	}
	p, err := c.load()
	if err != nil {
		return err
	}
	mark, err := c.fingerprint(p)
	if err != nil {
		return err
	}
	adds := record.New(kept, p, mark, time.Now) // one for corrections and for what is watched: each must see the other's stories
	whole := *p
	whole.AnyLanguage = true // what the record has was to be read
	fingerprint, err := c.fingerprint(&whole)
	if err != nil {
		return err
	}
	reads := record.New(kept, &whole, fingerprint, time.Now)
	compare := func(ctx context.Context, of store.Story) (*record.Told, error) {
		return reads.Compare(ctx, of, c.workers())
	}
	own, err := server.New(server.Config{
		Store: kept, Record: adds, Parser: p.Parser, Compare: compare, Fingerprint: fingerprint, Log: c.logger(s), Rate: c.Rate, Burst: c.Burst, Proxy: c.Proxy, Now: time.Now,
	})
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", c.Addr)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.err, "onrecord: serving at http://%s/\n", listener.Addr())
	both, ctx := errgroup.WithContext(ctx) // where one fails the other ends
	both.Go(func() error { return own.Run(ctx, listener) })
	if c.Watch {
		config := c.config(adds, c.workers())
		config.Report = c.report(s)
		both.Go(func() error { return watch.New(config).Run(ctx) })
	}
	if err := both.Wait(); err != nil {
		return err
	}
	return errStopped
}

// report logs what comes of visits: those that fail are as common as bad
// weather, and the page of feeds has them.
func (c *serveCommand) report(s streams) func(watch.Event) {
	log := c.logger(s)
	return func(e watch.Event) {
		level := slog.LevelInfo
		switch {
		case errors.Is(e.Err, context.Canceled):
			return
		case e.Address == "":
			level = slog.LevelWarn // of the record itself
		}
		attributes := []slog.Attr{slog.String("address", e.Address), slog.Bool("feed", e.Feed), slog.String("result", e.Result)}
		if e.Err != nil {
			attributes = append(attributes, slog.String("error", e.Err.Error()))
		}
		log.LogAttrs(context.Background(), level, "visit", attributes...)
	}
}

// hasAccount says no if nobody could correct what the public sees.
func hasAccount(ctx context.Context, kept *store.Store) error {
	users, err := kept.Users(ctx)
	tokens, also := kept.Tokens(ctx)
	if err = errors.Join(err, also); err == nil && len(users)+len(tokens) == 0 {
		err = usageError{errors.New("nobody may correct what the public will see: add somebody first, with onrecord user add NAME")}
	}
	return err
}

func (c *serveCommand) logger(s streams) *slog.Logger {
	o := &slog.HandlerOptions{Level: slog.LevelWarn}
	if c.Verbose {
		o.Level = slog.LevelInfo
	}
	if c.Log == "json" {
		return slog.New(slog.NewJSONHandler(s.err, o))
	}
	return slog.New(slog.NewTextHandler(s.err, o))
}
