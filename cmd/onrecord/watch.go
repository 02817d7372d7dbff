package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"net/url"
	"os"
	"time"

	"onrecord/format"
	"onrecord/reader/feed"
	"onrecord/reader/fetch"
	"onrecord/record"
	"onrecord/store"
	"onrecord/watch"
)

// watchCommand keeps the record fed.
type watchCommand struct {
	Feeds []string `arg:"" optional:"" name:"feed" help:"Addresses of feeds (RSS, Atom, JSON Feed), news sitemaps, OPML lists or pages that name a feed, and OPML files. They are watched beside those that the record has."`
	recordFlags
	engineFlags
	watchFlags
	AnyLanguage bool `help:"Read articles in other languages too, as if they were English."`
	Once        bool `help:"Visit what is due and end."`
}

// watchFlags say how feeds are visited.
type watchFlags struct {
	Allow   []netip.Prefix `help:"Private network that may be visited all the same, as 10.1.0.0/16." placeholder:"NETWORK"`
	Pause   time.Duration  `help:"Time between two requests to a host." default:"2s"`
	Timeout time.Duration  `help:"Time that a request may take." default:"30s"`
}

func (f watchFlags) config(r *record.Record, workers int) watch.Config {
	return watch.Config{
		Record: r, Workers: workers, Policy: watch.Policy{Pause: f.Pause}, Fetch: fetch.Options{Allow: f.Allow, Timeout: f.Timeout},
	}
}

// Run watches until the program is interrupted, or once. What it has said to be
// added is on the disk.
func (c *watchCommand) Run(ctx context.Context, s streams) (err error) {
	named, err := c.subscriptions()
	if err != nil {
		return err
	}
	kept, err := c.create(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	if err := followAll(ctx, kept, named); err != nil {
		return err
	}
	if feeds, err := kept.Watched(ctx); err != nil {
		return err
	} else if len(feeds) == 0 {
		return usageError{errors.New("nothing to watch: name a feed")}
	}
	engine, err := c.load()
	if err != nil {
		return err
	}
	engine.AnyLanguage = c.AnyLanguage
	mark, err := c.fingerprint(engine)
	if err != nil {
		return err
	}
	said := account{articles: newTally(s.err), out: s.out}
	config := c.config(record.New(kept, engine, mark, time.Now), c.workers())
	config.Report = said.tell
	w := watch.New(config)
	if c.Once {
		err = w.Once(ctx)
	} else {
		err = cmp.Or(w.Run(ctx), errStopped)
	}
	fmt.Fprintln(s.out, said.String())
	return err
}

// subscriptions are the feeds that the command line names.
func (c *watchCommand) subscriptions() (out []feed.Subscription, err error) {
	for _, name := range c.Feeds {
		if u, err := url.Parse(name); err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
			out = append(out, feed.Subscription{Address: name})
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, usageError{err}
		}
		list, err := feed.Parse(data, "", "")
		switch {
		case err != nil:
			return nil, usageError{fmt.Errorf("%s: %w", name, err)}
		case list.Kind != feed.OPML:
			return nil, usageError{fmt.Errorf("%s: a feed in a file; name its address", name)}
		}
		out = append(out, list.Feeds...)
	}
	return out, nil
}

// followAll has feeds watched from now on.
func followAll(ctx context.Context, kept *store.Store, feeds []feed.Subscription) error {
	return kept.Write(ctx, time.Now(), func(b *store.Batch) error {
		for _, f := range feeds {
			if _, err := b.Follow(f.Address, f.Title, true); err != nil {
				return err
			}
		}
		return nil
	})
}

// account says what comes of visits and counts it.
type account struct {
	articles      *tally
	feeds, failed int
	out           io.Writer
}

func (a *account) tell(e watch.Event) {
	switch {
	case errors.Is(e.Err, context.Canceled):
	case e.Address == "":
		complain(a.articles.stderr, e.Err)
	case e.Feed && e.Err != nil:
		a.feeds++
		a.failed++
		complainOf(a.articles.stderr, e.Address, e.Err)
	case e.Feed:
		a.feeds++
	case a.articles.settle(e.Result, e.Address, e.Err) && e.Result != string(store.Unchanged):
		fmt.Fprintln(a.out, e.Result+":", format.Harmless(e.Address))
	}
}

func (a *account) String() string {
	return fmt.Sprintf("%s to feeds, %d of which failed; articles: %s", plural(a.feeds, "visit"), a.failed, cmp.Or(a.articles.String(), "none"))
}
