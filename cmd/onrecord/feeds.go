package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"time"

	"onrecord/format"
	"onrecord/reader/feed"
	"onrecord/store"
)

// feedsCommand lists what is watched.
type feedsCommand struct {
	recordFlags
	Format string   `help:"How to print: text, jsonl, or opml for other programs." enum:"text,jsonl,opml" default:"text" short:"f"`
	Remove []string `help:"Watch this address no more, and forget it. Its articles stay." placeholder:"ADDRESS"`
}

// Run lists the feeds, or removes some.
func (c *feedsCommand) Run(ctx context.Context, s streams) (err error) {
	open := c.open
	if len(c.Remove) > 0 {
		open = c.create
	}
	kept, err := open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	if len(c.Remove) > 0 {
		return c.remove(ctx, kept)
	}
	feeds, err := kept.Feeds(ctx)
	if err != nil {
		return err
	}
	if len(feeds) == 0 {
		return fmt.Errorf("%w: no feeds", errNothing)
	}
	out := bufio.NewWriter(s.out)
	switch c.Format {
	case "jsonl":
		for _, f := range feeds {
			if err := format.FeedJSON(out, f); err != nil {
				return err
			}
		}
	case "opml":
		var list []feed.Subscription
		for _, f := range feeds {
			if f.Ended == "" {
				list = append(list, feed.Subscription{Address: f.Address, Title: f.Title})
			}
		}
		if err := feed.WriteOPML(out, "Onrecord", list); err != nil {
			return err
		}
	default:
		if err := format.FeedsText(out, feeds, textOptions(s.out)); err != nil {
			return err
		}
	}
	return out.Flush()
}

// remove forgets feeds: all of those named, or none.
func (c *feedsCommand) remove(ctx context.Context, kept *store.Store) error {
	return kept.Write(ctx, time.Now(), func(b *store.Batch) error {
		for _, address := range c.Remove {
			switch was, err := b.Unfollow(address); {
			case err != nil:
				return err
			case !was:
				return fmt.Errorf("%w: %s is not watched", errNothing, address)
			}
		}
		return nil
	})
}
