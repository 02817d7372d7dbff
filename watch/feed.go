package watch

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"onrecord/article"
	"onrecord/reader/charset"
	"onrecord/reader/feed"
	"onrecord/reader/fetch"
	"onrecord/reader/page"
	"onrecord/record"
	"onrecord/store"
)

// feedTypes are what a feed may be sent as.
const feedTypes = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.1"

// feed visits a feed. What it names is written together with what a later
// visit will not be told again, so that an end in between loses nothing. The
// error is one of the record.
func (v *visit) feed(ctx context.Context, t task) error {
	f, err := v.store.FeedAt(ctx, t.row)
	if err != nil || f.Ended != "" {
		return err
	}
	resp, err := v.get(ctx, fetch.Request{Address: f.Address, Accept: feedTypes, ETag: f.ETag, LastModified: f.Modified})
	var got news
	if err == nil && !resp.NotModified {
		got, err = v.read(ctx, &f, resp)
		if err != nil && !errors.Is(err, feed.ErrNotFeed) && !errors.Is(err, charset.ErrBinary) {
			return err
		}
	}
	if ctx.Err() != nil {
		return nil // nothing has been kept but articles, which are known the next time
	}
	now := time.Now()
	f.Visited = now
	if err != nil {
		v.failedFeed(&f, err)
	} else {
		f.Status, f.Failures, f.Error = http.StatusOK, 0, ""
		if resp.NotModified {
			f.Status = http.StatusNotModified
		}
		f.Interval = v.Policy.interval(f.Interval, got.found)
		f.Next = now.Add(v.vary(max(f.Interval, min(resp.MaxAge, v.Policy.Most))))
	}
	if err := v.write(ctx, func(b *store.Batch) error { return got.keep(b, f) }); err != nil {
		return err
	}
	v.tell(Event{Address: f.Address, Feed: true, Fresh: got.fresh, Err: err})
	for _, i := range got.items {
		if i.Row != 0 && !i.Next.IsZero() {
			v.hosts.add(task{row: i.Row, address: i.Address, due: i.Next})
		}
	}
	if f.Ended == "" {
		v.again(t, f.Next)
	} else {
		v.ended(f.Row)
	}
	if len(got.feeds) > 0 {
		return v.scheduleFeeds(ctx)
	}
	return nil
}

// failedFeed says when a feed is to be visited again that brought nothing.
func (v *visit) failedFeed(f *store.Feed, err error) {
	f.Failures++
	f.Error, f.Status = err.Error(), 0
	f.Next = f.Visited.Add(v.vary(v.Policy.retry(f.Interval, f.Failures)))
	var status *fetch.StatusError
	var rest restError
	switch {
	case errors.As(err, &rest) && rest.until.After(f.Next):
		f.Next = rest.until
	case errors.Is(err, errForbidden):
		f.Next = f.Visited.Add(v.vary(v.Policy.Most))
	}
	if errors.As(err, &status) {
		f.Status = status.Code
		if status.Code == http.StatusGone {
			f.Ended = status.Status
		}
	}
}

// news are what a visit to a feed has brought.
type news struct {
	items []store.Item // new ones, and those whose text the feed has changed
	feeds []feed.Subscription
	fresh int  // items that are new
	found bool // anything is
}

// keep writes them and the feed.
func (n *news) keep(b *store.Batch, f store.Feed) error {
	for i := range n.items {
		item := &n.items[i]
		if item.Row != 0 {
			if err := b.VisitedItem(*item); err != nil {
				return err
			}
			continue
		}
		row, err := b.Name(*item)
		if err != nil && !errors.Is(err, store.ErrNotFound) { // another feed named it meanwhile
			return err
		}
		item.Row = row
	}
	for _, s := range n.feeds {
		if _, err := b.Follow(s.Address, s.Title, false); err != nil {
			return err
		}
	}
	return b.VisitedFeed(f)
}

// textMark begins the ETag of an item whose text came in its feed; the sum of
// that follows.
const textMark = "text:"

// read reads a feed. Articles whose text is in it are added; the others are to
// be visited.
func (v *visit) read(ctx context.Context, f *store.Feed, resp *fetch.Response) (n news, err error) {
	got, err := feed.Parse(resp.Body, resp.ContentType, resp.Address)
	if err != nil {
		return n, err
	}
	f.Kind, f.Title, f.Items = string(got.Kind), cmp.Or(got.Title, f.Title), len(got.Items)
	f.ETag, f.Modified = resp.ETag, resp.LastModified
	n.feeds = got.Feeds
	if got.Kind == feed.Page {
		n.feeds = got.Feeds[:1]
		f.Ended = "a page, whose feed is watched: " + n.feeds[0].Address
	}
	var outcomes []func() (record.Outcome, error) // of items, nil of those that are to be visited
	seen := map[string]bool{"": true}             // where there is no address, there is nothing to visit or read
	for _, i := range got.Items {
		item, isNew, err := v.named(ctx, f, i)
		if err != nil {
			return n, err
		}
		if seen[item.Address] {
			continue
		}
		seen[item.Address] = true
		var outcome func() (record.Outcome, error)
		sum := textMark + article.ContentID(i.HTML)
		switch fromFeed := item.Article == "" || strings.HasPrefix(item.ETag, textMark); {
		case i.Full && fromFeed && item.ETag != sum:
			if a, ok := whole(item, i.HTML); ok {
				item.ETag = sum
				outcome = v.keeper.bring(a)
				break
			}
			fallthrough
		case !isNew:
			continue
		}
		if isNew {
			n.fresh++
		}
		n.items, outcomes = append(n.items, item), append(outcomes, outcome)
	}
	n.found = len(n.items) > 0
	for j, outcome := range outcomes {
		if outcome == nil {
			continue
		}
		o, err := outcome()
		if err != nil {
			return n, err
		}
		v.settle(&n.items[j], o)
		n.items[j].Next = time.Time{} // the feed says what changes
		v.tell(Event{Address: n.items[j].Address, Result: n.items[j].Result, Err: o.Err})
	}
	return n, nil
}

// named is the item of an article that a feed names. Its address is "" where
// there is nothing to visit and nothing to read.
func (v *visit) named(ctx context.Context, f *store.Feed, i feed.Item) (item store.Item, isNew bool, err error) {
	address := i.Address
	if address == "" && i.Full {
		address = f.Address + "#" + cmp.Or(i.ID, article.ContentID(i.HTML))
	}
	item, err = v.store.ItemOf(ctx, address)
	if !errors.Is(err, store.ErrNotFound) {
		return item, false, err
	}
	return store.Item{Address: address, Feed: f.Row, Next: time.Now(), Said: article.Article{
		Origin: address, URL: i.Address, Title: i.Title, Byline: i.Byline, Published: i.Published, DateOnly: i.DateOnly,
		Language: i.Language, Outlet: cmp.Or(i.Outlet, f.Title),
	}}, true, nil
}

// whole is the article whose text a feed has, if there is one.
func whole(item store.Item, html string) (article.Article, bool) {
	a := item.Said
	read, err := page.Extract(html, a.URL)
	a.Body, a.ID = read.Body, article.ContentID(read.Body)
	a.Outlet = cmp.Or(a.Outlet, hostOf(a.URL))
	return a, err == nil
}
