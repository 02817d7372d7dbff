package format

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"onrecord/store"
)

// Feed is what is watched and how that goes, as JSON has it. Times are RFC 3339,
// "" for never.
type Feed struct {
	Address  string `json:"address"`
	Title    string `json:"title"`
	Kind     string `json:"kind"` // "" before it was read
	Since    string `json:"since"`
	Visited  string `json:"visited"`
	Next     string `json:"next"`     // when it is to be visited
	Interval int    `json:"interval"` // between visits, in seconds
	Status   int    `json:"status"`   // of the last answer, 0 where there was none
	Error    string `json:"error"`    // why the last visit brought nothing, "" where it did
	Failures int    `json:"failures"` // visits in a row that brought nothing
	Items    int    `json:"items"`    // that it had when last read
	Named    int    `json:"named"`    // items that it was the first to name
	Kept     int    `json:"kept"`     // of these, whose article the record has
	Waiting  int    `json:"waiting"`  // of these, not visited yet, or not with success
	Ended    string `json:"ended"`    // why it is visited no more, "" while it is
}

// FeedJSON writes a feed as a line of JSON.
func FeedJSON(w io.Writer, f store.Feed) error { return writeJSON(w, NewFeed(f)) }

// NewFeed converts a feed.
func NewFeed(f store.Feed) Feed {
	return Feed{
		f.Address, f.Title, f.Kind, stamp(f.Since), stamp(f.Visited), stamp(f.Next), int(f.Interval / time.Second), f.Status, f.Error, f.Failures,
		f.Items, f.Named, f.Kept, f.Waiting, f.Ended,
	}
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// FeedsText writes feeds and how they go for people.
func FeedsText(w io.Writer, feeds []store.Feed, o TextOptions) error {
	b := board{width: max(o.Width, minWidth), colour: o.Colour}
	for _, f := range feeds {
		b.gap()
		b.put("", run{text: cmp.Or(f.Title, f.Address), tone: emphasized})
		if f.Title != "" {
			b.put("  ", run{text: f.Address, tone: faint})
		}
		b.put("  ", run{text: strings.Join(feedFacts(f), " · ")})
		if f.Error != "" {
			b.put("  ", run{text: "failed " + counted(f.Failures, "time", "times") + ": " + f.Error})
		}
	}
	_, err := b.WriteTo(w)
	return err
}

// feedFacts are what a feed is and what has come of it.
func feedFacts(f store.Feed) []string {
	const minute = "2 Jan 15:04"
	out := []string{cmp.Or(f.Kind, "not read yet")}
	if !f.Visited.IsZero() {
		out = append(out, "visited "+f.Visited.UTC().Format(minute))
	}
	if f.Ended != "" {
		out = append(out, "ended: "+f.Ended)
	} else {
		out = append(out, "next "+f.Next.UTC().Format(minute))
	}
	if f.Named > 0 {
		out = append(out, fmt.Sprintf("%d of %s kept", f.Kept, counted(f.Named, "article", "articles")))
	}
	if f.Waiting > 0 {
		out = append(out, fmt.Sprintf("%d waiting", f.Waiting))
	}
	return out
}
