// Package watch keeps a record fed: it visits feeds, and the articles that they
// name, as often as they change and as slowly as their hosts wish.
package watch

import (
	"cmp"
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"onrecord/reader/fetch"
	"onrecord/record"
	"onrecord/store"
)

// Config is what a Watcher works with. Only Record is required.
type Config struct {
	Record  *record.Record
	Fetch   fetch.Options  // MaxBytes is 8 MB if 0
	Policy  Policy         // fields that are 0 have their defaults
	Workers int            // articles that are read at the same time; 1 if 0
	Report  func(Event)    // is told of every visit, by one goroutine at a time
	Jitter  func() float64 // in [0, 1), so that not everything happens at once; random if nil
}

// Event is what came of a visit. It is told when that is certain: what is said
// to be added is on the disk.
type Event struct {
	Address string // "" where Err is one of the record, which is tried again
	Feed    bool   // of a feed, else of an article
	Result  string // what became of an article, "" of a feed
	Fresh   int    // articles that a feed named for the first time
	Err     error  // why the visit brought nothing
}

// Watcher watches the feeds of a record. It runs once at a time.
type Watcher struct {
	Config
	store     *store.Store
	client    *fetch.Client
	hosts     *hosts
	keeper    *keeper
	fail      context.CancelCauseFunc // ends the run
	once      bool
	reporting sync.Mutex

	scheduling sync.Mutex
	known      map[int64]bool // feeds in the schedule, by row
}

const (
	// maxVisits is the number of visits at the same time, each of one host.
	maxVisits = 64
	// reload is how soon a feed is visited that somebody else has named.
	reload = time.Minute
)

// New makes a Watcher.
func New(c Config) *Watcher {
	c.Fetch.MaxBytes = cmp.Or(c.Fetch.MaxBytes, 8<<20)
	c.Policy = c.Policy.orDefaults()
	c.Workers = max(c.Workers, 1)
	if c.Report == nil {
		c.Report = func(Event) {}
	}
	if c.Jitter == nil {
		c.Jitter = rand.Float64
	}
	return &Watcher{Config: c, store: c.Record.Store}
}

// Run watches until the context is done, which is no error. It ends earlier
// only where the record cannot be read or written; where another program is
// writing to it for long, it begins again, since the record says what is left
// to do.
func (w *Watcher) Run(ctx context.Context) error {
	for {
		err := w.run(ctx, false)
		if !errors.Is(err, store.ErrLocked) {
			return err
		}
		w.tell(Event{Err: err})
		sleep(ctx, reload, nil)
	}
}

// Once visits each feed that is due and each article that waits to be visited,
// and ends. What fails is left for a later time.
func (w *Watcher) Once(ctx context.Context) error { return w.run(ctx, true) }

func (w *Watcher) run(outer context.Context, once bool) error {
	ctx, stop := context.WithCancelCause(outer)
	defer stop(nil)
	w.fail, w.once = stop, once
	w.client = fetch.New(w.Fetch)
	defer w.client.Close()
	w.hosts, w.keeper, w.known = newHosts(w.Policy.Pause), newKeeper(), map[int64]bool{}
	var visits, keeping sync.WaitGroup
	keeping.Go(func() {
		defer close(w.keeper.done)
		if err := w.Record.Add(ctx, w.keeper.articles(ctx), w.Workers, w.keeper.settle); err != nil {
			stop(err)
		}
	})
	if err := w.loop(ctx, &visits); err != nil {
		stop(err)
	}
	visits.Wait()
	close(w.keeper.in)
	keeping.Wait()
	if err := context.Cause(ctx); outer.Err() == nil && err != nil {
		return err
	}
	return nil
}

// loop begins visits as they become due, until there are none any more, which
// only happens to Once, or the context is done.
func (w *Watcher) loop(ctx context.Context, visits *sync.WaitGroup) error {
	if err := w.scheduleItems(ctx); err != nil {
		return err
	}
	for look := time.Now(); ctx.Err() == nil; {
		now := time.Now()
		if !now.Before(look) {
			if err := w.scheduleFeeds(ctx); err != nil {
				return err
			}
			look = now.Add(reload)
		}
		wait := look
		for {
			t, h, next := w.hosts.pick(now)
			if h == nil {
				if !next.IsZero() && next.Before(wait) {
					wait = next
				}
				break
			}
			visits.Go(func() {
				defer w.hosts.end()
				w.visit(ctx, t, h)
			})
		}
		if w.once && w.hosts.idle() {
			return nil
		}
		sleep(ctx, wait.Sub(now), w.hosts.wake)
	}
	return nil
}

// sleep waits for some time, or until it is woken or the context is done.
func sleep(ctx context.Context, d time.Duration, wake <-chan struct{}) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-wake:
	case <-timer.C:
	}
}

// scheduleFeeds puts the feeds into the schedule that are not there yet. Once
// has those that are due at its beginning, and those that other feeds name.
func (w *Watcher) scheduleFeeds(ctx context.Context) error {
	w.scheduling.Lock()
	defer w.scheduling.Unlock()
	feeds, err := w.store.Watched(ctx)
	if err != nil {
		return err
	}
	watched := map[int64]bool{}
	for _, f := range feeds {
		if !w.known[f.Row] && (!w.once || !f.Next.After(time.Now())) {
			w.hosts.add(task{row: f.Row, feed: true, address: f.Address, due: f.Next})
		}
		watched[f.Row] = true
	}
	w.known = watched // without those that have ended, as they may be begun again
	return nil
}

func (w *Watcher) scheduleItems(ctx context.Context) error {
	items, err := w.store.DueItems(ctx)
	if err != nil {
		return err
	}
	for _, i := range items {
		if !w.once || !i.Next.After(time.Now()) {
			w.hosts.add(task{row: i.Row, address: i.Address, due: i.Next})
		}
	}
	return nil
}

// ended takes a feed out of the schedule; it may be begun again.
func (w *Watcher) ended(row int64) {
	w.scheduling.Lock()
	defer w.scheduling.Unlock()
	delete(w.known, row)
}

// again schedules the next visit. Once leaves it to a later run.
func (w *Watcher) again(t task, due time.Time) {
	if !w.once && !due.IsZero() {
		t.due = due
		w.hosts.add(t)
	}
}

// visit does what is due at a host.
func (w *Watcher) visit(ctx context.Context, t task, h *host) {
	v := &visit{Watcher: w, held: h}
	defer v.leave()
	var err error
	if t.feed {
		err = v.feed(ctx, t)
	} else {
		err = v.item(ctx, t)
	}
	if err != nil && !errors.Is(err, store.ErrNotFound) && ctx.Err() == nil { // the feed may have been forgotten meanwhile
		w.fail(err)
	}
}

// write writes to the record, also what is known when the context has ended.
func (w *Watcher) write(ctx context.Context, do func(*store.Batch) error) error {
	return w.store.Write(context.WithoutCancel(ctx), time.Now(), do)
}

func (w *Watcher) tell(e Event) {
	w.reporting.Lock()
	defer w.reporting.Unlock()
	w.Report(e)
}
