package watch

import (
	"container/heap"
	"context"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/temoto/robotstxt"
)

// task is a feed or an article that is to be visited.
type task struct {
	row     int64
	feed    bool
	address string
	due     time.Time
}

// hosts are all hosts with what is to be visited there. A host is asked for
// one thing at a time, with pauses.
type hosts struct {
	mu      sync.Mutex
	of      map[string]*host
	pause   time.Duration
	running int           // visits
	wake    chan struct{} // has something when pick may answer otherwise than before
}

// host is one name, whatever the ports. Its fields but the last two belong to
// hosts.mu, those to the visit that holds it.
type host struct {
	queue    tasks
	held     bool
	freed    chan struct{} // closed when it is no longer held; nil if nobody waits
	free     time.Time     // end of the pause
	rest     time.Time     // before which it is left alone
	pause    time.Duration // that it asks for
	failures int           // to give its rules, in a row

	rules   *robotstxt.Group
	expires time.Time // when the rules are to be asked for again; zero before they are known
}

func newHosts(pause time.Duration) *hosts {
	return &hosts{of: map[string]*host{}, pause: pause, wake: make(chan struct{}, 1)}
}

// named is the host of an address, which is made where it is new.
func (hs *hosts) named(u *url.URL) *host {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	name := strings.ToLower(u.Hostname())
	h := hs.of[name]
	if h == nil {
		h = &host{}
		hs.of[name] = h
	}
	return h
}

// add schedules a task.
func (hs *hosts) add(t task) {
	u, err := url.Parse(t.address)
	if err != nil {
		u = &url.URL{} // the visit will say so
	}
	h := hs.named(u)
	hs.mu.Lock()
	defer hs.mu.Unlock()
	heap.Push(&h.queue, t)
	hs.stir()
}

// stir wakes the loop. It is called with the lock held or not.
func (hs *hosts) stir() {
	select {
	case hs.wake <- struct{}{}:
	default:
	}
}

// pick takes the task out of the schedule that has been due the longest at a
// host that may be asked, and holds that host for it. Where there is none, the
// host is nil and next is when there will be one, as far as is known.
func (hs *hosts) pick(now time.Time) (t task, at *host, next time.Time) {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	if hs.running >= maxVisits {
		return t, nil, next
	}
	for _, h := range hs.of {
		if h.held || len(h.queue) == 0 {
			continue
		}
		ready := h.queue[0].due
		for _, other := range []time.Time{h.free, h.rest} {
			if other.After(ready) {
				ready = other
			}
		}
		if next.IsZero() || ready.Before(next) {
			next, at = ready, h
		}
	}
	if at == nil || next.After(now) {
		return t, nil, next
	}
	hs.running++
	at.held = true
	return heap.Pop(&at.queue).(task), at, next
}

// end ends a visit.
func (hs *hosts) end() {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	hs.running--
	hs.stir()
}

// idle reports whether nothing is being visited and nothing is to be, but at
// hosts that are left alone.
func (hs *hosts) idle() bool {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	now := time.Now()
	for _, h := range hs.of {
		if len(h.queue) > 0 && !h.rest.After(now) {
			return false
		}
	}
	return hs.running == 0
}

// take waits until a host may be asked and holds it.
func (hs *hosts) take(ctx context.Context, h *host) error {
	for {
		hs.mu.Lock()
		now, until := time.Now(), h.free
		switch {
		case h.rest.After(now):
			hs.mu.Unlock()
			return restError{h.rest}
		case !h.held && !until.After(now):
			h.held = true
			hs.mu.Unlock()
			return nil
		case !h.held:
			hs.mu.Unlock()
			sleep(ctx, until.Sub(now), nil)
		default:
			if h.freed == nil {
				h.freed = make(chan struct{})
			}
			freed := h.freed
			hs.mu.Unlock()
			select {
			case <-freed:
			case <-ctx.Done():
			}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}

// leave ends the use of a host, after which there is a pause.
func (hs *hosts) leave(h *host) {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	h.held = false
	h.free = time.Now().Add(max(hs.pause, h.pause))
	if h.freed != nil {
		close(h.freed)
		h.freed = nil
	}
	hs.stir()
}

// rest leaves a host alone until some time.
func (hs *hosts) rest(h *host, until time.Time) {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	if until.After(h.rest) {
		h.rest = until
	}
}

// slow has a host, which has just given its rules, asked with the pauses that
// these want.
func (hs *hosts) slow(h *host, pause time.Duration) {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	h.pause, h.failures = pause, 0
	if free := time.Now().Add(pause); free.After(h.free) {
		h.free = free
	}
}

// failed counts how often in a row a host has not given its rules.
func (hs *hosts) failed(h *host) int {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	h.failures++
	return h.failures
}

// restError says that a host is not to be asked yet.
type restError struct{ until time.Time }

func (e restError) Error() string {
	return "not to be asked again before " + e.until.UTC().Format(time.RFC3339)
}

// tasks is a heap, what is due first on top, and of that feeds before articles.
type tasks []task

func (t tasks) Len() int { return len(t) }

func (t tasks) Less(i, j int) bool {
	if !t[i].due.Equal(t[j].due) {
		return t[i].due.Before(t[j].due)
	}
	return t[i].feed && !t[j].feed
}

func (t tasks) Swap(i, j int) { t[i], t[j] = t[j], t[i] }

// Push is heap.Interface's.
func (t *tasks) Push(x any) { *t = append(*t, x.(task)) }

// Pop is heap.Interface's.
func (t *tasks) Pop() any {
	old := *t
	last := old[len(old)-1]
	*t = old[:len(old)-1]
	return last
}
