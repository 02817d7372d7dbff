package watch_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/netip"
	"path/filepath"
	"strings"
	"sync"
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

// TestTwoHundredFeeds watches two hundred feeds, among which there is every
// misbehaviour, for three days of a clock that does not wait. Nothing is lost,
// nothing is there twice, every feed's state says how it goes, and no host is
// asked sooner than it wishes.
func TestTwoHundredFeeds(t *testing.T) {
	if _, err := pipeline.Default(); err != nil { // its workers are not to be in the bubble
		t.Fatal(err)
	}
	zeros()
	synctest.Test(t, func(t *testing.T) {
		const feeds = 200
		sites, handlers := map[string]site{}, map[string]http.Handler{}
		var addresses []string
		for n := range feeds {
			b := behaviours[n%len(behaviours)]
			host := fmt.Sprintf("%s-%d.example", strings.Map(func(r rune) rune {
				if r == ' ' || r == '.' {
					return '-'
				}
				return r
			}, strings.ToLower(b.name)), n)
			s := b.make(host)
			sites[host], handlers[host] = s, s.paths
			maps.Copy(handlers, s.elsewhere)
			addresses = append(addresses, "http://"+host+"/feed")
		}
		n := newWeb(handlers)
		defer n.server.Close()
		n.names["inside.test"] = []netip.Addr{netip.MustParseAddr("192.168.7.7")}
		n.names["localhost.test"] = []netip.Addr{netip.MustParseAddr("::1"), netip.MustParseAddr("fe80::1")}
		r := newRecord(t, filepath.Join(t.TempDir(), "record.db"))
		defer r.Store.Close()
		follow(t, r, addresses...)
		var mu sync.Mutex
		told := map[string]int{}
		watchFor(t, watch.Config{Record: r, Fetch: n.options(), Workers: 2, Report: func(e watch.Event) {
			mu.Lock()
			defer mu.Unlock()
			if e.Result == string(store.Added) {
				told[e.Address]++
			}
		}}, watched)

		n.polite(t, 2*time.Second)
		list, err := r.Store.Feeds(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		have := versions(t, r.Store)
		seen := map[string]bool{}
		for _, f := range list {
			host := strings.TrimSuffix(strings.TrimPrefix(f.Address, "http://"), "/feed")
			s, ok := sites[host]
			if !ok { // one that a page has named
				continue
			}
			seen[host] = true
			if state := f.Error + f.Ended; !strings.Contains(state, s.state) || (s.state == "") != (state == "") {
				t.Errorf("%s: its state is %q, want %q", host, state, s.state)
			}
			if f.Visited.IsZero() || f.Ended == "" && !f.Next.After(f.Visited) {
				t.Errorf("%s: visited %v, next %v", host, f.Visited, f.Next)
			}
			for _, a := range s.articles {
				if have[a] != max(1, s.versions) {
					t.Errorf("%s: %d versions of %s, want %d", host, have[a], a, max(1, s.versions))
				}
				delete(have, a)
			}
			if s.check != nil {
				s.check(t, n, f)
			}
		}
		if len(seen) != feeds {
			t.Errorf("%d feeds have a state, want %d", len(seen), feeds)
		}
		for a, versions := range have {
			if !strings.Contains(a, "a-feed-that-grows") || versions != 1 {
				t.Errorf("%s is there %d times, and is expected nowhere", a, versions)
			}
		}
		for a, times := range told {
			if times != 1 {
				t.Errorf("%s was said to be added %d times", a, times)
			}
		}
	})
}
