package watch

import (
	"cmp"
	"net/http"
	"strconv"
	"time"
)

// Policy says how often things are visited. The zero value has the defaults.
type Policy struct {
	Pause time.Duration // between two requests to a host, from the end of one to the beginning of the next; 2 s
	First time.Duration // interval of a feed at first; 30 min
	Least time.Duration // shortest interval; 10 min
	Most  time.Duration // longest interval, also after failures; a day
	// Again are the times, after an article was there first, at which it is
	// looked at again; 1 h, 6 h, 24 h and 3 days.
	Again []time.Duration
	// Tries is how many visits to an article may fail before it is given up; 6.
	Tries int
}

func (p Policy) orDefaults() Policy {
	p.Pause = cmp.Or(p.Pause, 2*time.Second)
	p.First = cmp.Or(p.First, 30*time.Minute)
	p.Least = cmp.Or(p.Least, 10*time.Minute)
	p.Most = cmp.Or(p.Most, 24*time.Hour)
	p.Tries = cmp.Or(p.Tries, 6)
	if p.Again == nil {
		p.Again = []time.Duration{time.Hour, 6 * time.Hour, 24 * time.Hour, 72 * time.Hour}
	}
	return p
}

// interval follows how often a feed changes: it is halved where a visit has
// found something, and grows by half where it has not, so that some two of
// five visits find something.
func (p Policy) interval(last time.Duration, found bool) time.Duration {
	switch {
	case last == 0:
		return p.First
	case found:
		return max(p.Least, last/2)
	}
	return min(p.Most, last+last/2)
}

// retry is how long to wait after so many failures in a row, doubled by each.
func (p Policy) retry(first time.Duration, failures int) time.Duration {
	d := max(first, p.Least)
	for range failures - 1 {
		if d >= p.Most {
			break
		}
		d *= 2
	}
	return min(d, p.Most)
}

// revisit is when an article that was there first at some time and has been
// read so often is to be visited again; zero for no more. One that was older
// than all that when it was found is not.
func (p Policy) revisit(first, published, now time.Time, visits int) time.Time {
	if visits > len(p.Again) || visits == 0 {
		return time.Time{}
	}
	if last := p.Again[len(p.Again)-1]; !published.IsZero() && published.Add(last).Before(first) {
		return time.Time{}
	}
	next := first.Add(p.Again[visits-1])
	if soonest := now.Add(p.Least); next.Before(soonest) {
		return soonest
	}
	return next
}

// vary spreads a duration by a tenth to both sides.
func (w *Watcher) vary(d time.Duration) time.Duration {
	return time.Duration(float64(d) * (0.9 + 0.2*w.Jitter()))
}

// retryAfter reads the header of this name, in seconds or as a date. It is 0
// where there is none, and at most the limit.
func retryAfter(header string, now time.Time, limit time.Duration) time.Duration {
	if seconds, err := strconv.ParseInt(header, 10, 64); err == nil {
		return time.Duration(min(max(seconds, 0), int64(limit/time.Second))) * time.Second
	}
	if at, err := http.ParseTime(header); err == nil {
		return min(max(at.Sub(now), 0), limit)
	}
	return 0
}
