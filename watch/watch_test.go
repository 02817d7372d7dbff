package watch_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/netip"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"onrecord/pipeline"
	"onrecord/record"
	"onrecord/store"
	"onrecord/watch"
)

// newRecord makes a record of its own.
func newRecord(t *testing.T, path string) *record.Record {
	t.Helper()
	p, err := pipeline.Default()
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Create(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return record.New(s, p, "test", time.Now)
}

func follow(t *testing.T, r *record.Record, addresses ...string) {
	t.Helper()
	err := r.Store.Write(t.Context(), time.Now(), func(b *store.Batch) error {
		for _, a := range addresses {
			if _, err := b.Follow(a, "", true); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// watchFor runs a watcher for some time of the bubble.
func watchFor(t *testing.T, c watch.Config, d time.Duration) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), d)
	defer stop()
	if err := watch.New(c).Run(ctx); err != nil {
		t.Fatal(err)
	}
	if err := c.Record.Store.Verify(t.Context(), func(p store.Problem) { t.Errorf("verify: %v", p) }, nil); err != nil {
		t.Fatal(err)
	}
}

// versions are how many articles the record has of each address.
func versions(t *testing.T, s *store.Store) map[string]int {
	t.Helper()
	out := map[string]int{}
	for e, err := range s.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		out[e.Article.URL]++
	}
	return out
}

// outlets are two hundred sites, among which there is every misbehaviour.
type outlets struct {
	*web
	sites     map[string]site // by host
	addresses []string        // of their feeds
}

func newOutlets(open func(map[string]http.Handler) *web) outlets {
	out := outlets{sites: map[string]site{}}
	handlers := map[string]http.Handler{}
	for n := range outletCount {
		b := behaviours[n%len(behaviours)]
		host := fmt.Sprintf("%s-%d.example", strings.NewReplacer(" ", "-", ".", "-").Replace(strings.ToLower(b.name)), n)
		s := b.make(host)
		out.sites[host], handlers[host] = s, s.paths
		maps.Copy(handlers, s.elsewhere)
		out.addresses = append(out.addresses, "http://"+host+"/feed")
	}
	out.web = open(handlers)
	out.names["inside.test"] = []netip.Addr{netip.MustParseAddr("192.168.7.7")}
	out.names["localhost.test"] = []netip.Addr{netip.MustParseAddr("::1"), netip.MustParseAddr("fe80::1")}
	return out
}

// missing are the articles that a record does not have yet, in every version.
func (o outlets) missing(have map[string]int) (out []string) {
	for _, s := range o.sites {
		for _, a := range s.articles {
			if have[a] < max(1, s.versions) {
				out = append(out, a)
			}
		}
	}
	return out
}

// examine compares a record with what is expected of it: nothing is lost,
// nothing is there twice, and every feed's state says how it goes.
func (o outlets) examine(t *testing.T, s *store.Store) []store.Feed {
	t.Helper()
	list, err := s.Feeds(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	have := versions(t, s)
	if lost := o.missing(have); lost != nil {
		t.Errorf("these are lost: %q", lost)
	}
	seen := 0
	for _, f := range list {
		s, ok := o.sites[hostOf(f)]
		if !ok {
			t.Errorf("a feed %s", f.Address)
			continue
		}
		for _, a := range s.articles {
			if have[a] > max(1, s.versions) {
				t.Errorf("%d versions of %s, want %d", have[a], a, max(1, s.versions))
			}
			delete(have, a)
		}
		if !strings.HasSuffix(f.Address, "/feed") {
			continue // one that a page has named
		}
		seen++
		if state := f.Error + f.Ended; !strings.Contains(state, s.state) || (s.state == "") != (state == "") {
			t.Errorf("%s: its state is %q, want %q", f.Address, state, s.state)
		}
		if f.Visited.IsZero() || f.Ended == "" && f.Next.Before(f.Visited) {
			t.Errorf("%s: visited %v, next %v", f.Address, f.Visited, f.Next)
		}
	}
	if seen != outletCount {
		t.Errorf("%d feeds have a state, want %d", seen, outletCount)
	}
	for a, versions := range have {
		if !strings.Contains(a, "a-feed-that-grows") || versions != 1 {
			t.Errorf("%s is there %d times, and is expected nowhere", a, versions)
		}
	}
	return list
}

func hostOf(f store.Feed) string {
	host, _, _ := strings.Cut(strings.TrimPrefix(f.Address, "http://"), "/")
	return host
}

// TestTwoHundredFeeds watches them for three days of a clock that does not
// wait. No host is asked sooner than it wishes.
func TestTwoHundredFeeds(t *testing.T) {
	if _, err := pipeline.Default(); err != nil { // its workers are not to be in the bubble
		t.Fatal(err)
	}
	zeros()
	synctest.Test(t, func(t *testing.T) {
		n := newOutlets(newWeb)
		defer n.server.Close()
		r := newRecord(t, filepath.Join(t.TempDir(), "record.db"))
		defer r.Store.Close()
		follow(t, r, n.addresses...)
		told := map[string]int{}
		watchFor(t, watch.Config{Record: r, Fetch: n.options(), Workers: 2, Report: func(e watch.Event) {
			if e.Result == string(store.Added) {
				told[e.Address]++
			}
		}}, watched)
		n.polite(t, 2*time.Second)
		for _, f := range n.examine(t, r.Store) {
			if s := n.sites[hostOf(f)]; s.check != nil {
				s.check(t, n.web, f)
			}
		}
		for a, times := range told {
			if times != 1 {
				t.Errorf("%s was said to be added %d times", a, times)
			}
		}
	})
}

// TestTwoHundredFeedsOnLoopback watches them over real connections, with short
// intervals, until everything is there that will be.
func TestTwoHundredFeedsOnLoopback(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	n := newOutlets(func(h map[string]http.Handler) *web { return newLoopback(t, h) })
	defer n.server.Close()
	for host, s := range n.sites {
		if strings.HasPrefix(host, "a-feed-that-grows") { // by the hour
			s.articles = nil
			n.sites[host] = s
		}
	}
	r := newRecord(t, filepath.Join(t.TempDir(), "record.db"))
	defer r.Store.Close()
	follow(t, r, n.addresses...)
	const pause = 20 * time.Millisecond
	config := watch.Config{Record: r, Fetch: n.options(), Workers: 2, Policy: watch.Policy{
		Pause: pause, First: time.Second, Least: 500 * time.Millisecond, Most: 3 * time.Second,
		Again: []time.Duration{time.Second, 2 * time.Second},
	}}
	config.Fetch.Timeout = time.Second
	ctx, stop := context.WithTimeout(t.Context(), 3*time.Minute)
	defer stop()
	ended := make(chan error)
	go func() { ended <- watch.New(config).Run(ctx) }()
	for ctx.Err() == nil && (!visited(t, r.Store, 2) || n.missing(versions(t, r.Store)) != nil) {
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	n.polite(t, pause)
	n.examine(t, r.Store)
}

// visited reports whether every feed that fails has done so a few times, and
// no article waits.
func visited(t *testing.T, s *store.Store, times int) bool {
	t.Helper()
	list, err := s.Feeds(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		if f.Visited.IsZero() || f.Error != "" && f.Ended == "" && f.Failures < times || f.Waiting > 0 {
			return false
		}
	}
	return len(list) > 0
}
