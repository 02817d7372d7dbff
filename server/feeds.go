package server

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"time"

	"onrecord/store"
)

// feedsPage is the page of what is watched.
type feedsPage struct {
	Feeds  []watched
	Ended  []watched // that are visited no more
	Totals string    // "12 feeds are watched; 2 of them failed when last visited"
}

func (*feedsPage) about() about { return about{name: "feeds", title: "Feeds"} }

// watched is a feed with how it goes.
type watched struct {
	Title   link // to the feed itself, outside
	Host    string
	Kind    string
	Visited moment
	Next    moment
	Every   string // time between visits
	Named   string // "120 articles named"
	Kept    string
	Waiting string
	Trouble string // why the last visit brought nothing, "" if it did
	Ended   string // why it is visited no more
}

// moment is a point in time as people say it, and exactly.
type moment struct{ Text, Exact, Machine string }

func (s *Server) feeds(w http.ResponseWriter, r *http.Request) error {
	return s.showKept(w, r, "feeds", brief(s.Now()), func(ctx context.Context) (content, error) {
		feeds, err := s.Store.Feeds(ctx)
		if err != nil {
			return nil, err
		}
		return newFeedsPage(feeds, s.Now()), nil
	})
}

// brief is a state of what is counted anew every few seconds.
func brief(now time.Time) string { return now.Truncate(frontFresh).Format(time.RFC3339) }

func newFeedsPage(feeds []store.Feed, now time.Time) *feedsPage {
	p := &feedsPage{}
	failing := 0
	for _, f := range feeds {
		one := newWatched(f, now)
		if f.Ended != "" {
			one.Trouble = ""
			p.Ended = append(p.Ended, one)
			continue
		}
		if f.Error != "" {
			failing++
		}
		p.Feeds = append(p.Feeds, one)
	}
	if len(p.Feeds) > 0 {
		p.Totals = counted(len(p.Feeds), "feed is", "feeds are") + " watched; " + counted(failing, "brought", "brought") + " nothing when last visited."
	}
	return p
}

func newWatched(f store.Feed, now time.Time) watched {
	out := watched{
		Title: link{cmp.Or(f.Title, f.Address), external(f.Address)}, Kind: f.Kind, Visited: newMoment(f.Visited, now), Next: newMoment(f.Next, now),
		Named: grouped(f.Named), Kept: grouped(f.Kept), Waiting: grouped(f.Waiting), Trouble: f.Error, Ended: f.Ended,
	}
	if u, err := url.Parse(f.Address); err == nil {
		out.Host = u.Host
	}
	if f.Interval > 0 {
		out.Every = spanOf(f.Interval)
	}
	if f.Error != "" && f.Failures > 1 {
		out.Trouble += " (" + counted(f.Failures, "time", "times") + " in a row)"
	}
	return out
}

func newMoment(t, now time.Time) moment {
	if t.IsZero() {
		return moment{}
	}
	out := moment{Exact: momentOf(t.UTC(), false), Machine: t.UTC().Format(time.RFC3339)}
	switch d := t.Sub(now); {
	case d > 0:
		out.Text = "in " + spanOf(d)
	case d > -time.Minute:
		out.Text = "just now"
	default:
		out.Text = spanOf(-d) + " ago"
	}
	return out
}

// spanOf is a length of time in its largest unit.
func spanOf(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "less than a minute"
	case d < 2*time.Hour:
		return counted(int((d+30*time.Second)/time.Minute), "minute", "minutes")
	case d < 48*time.Hour:
		return counted(int((d+30*time.Minute)/time.Hour), "hour", "hours")
	}
	return counted(int((d+12*time.Hour)/(24*time.Hour)), "day", "days")
}
