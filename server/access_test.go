package server

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"onrecord/password"
	"onrecord/store"
)

// TestGate looks at what is computed when somebody tries to log in.
func TestGate(t *testing.T) {
	s, err := store.Create(t.Context(), filepath.Join(t.TempDir(), "record.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Write(t.Context(), time.Now(), func(b *store.Batch) error { return b.SetUser("Ana", "hash of Ana") }); err != nil {
		t.Fatal(err)
	}
	g := newGate(time.Now)
	var checked []string
	g.matches = func(hash, _ string) (bool, error) {
		checked = append(checked, hash)
		return true, nil // even if the decoy could be matched
	}
	for i, c := range []struct {
		name string
		hash string
		err  error
	}{{"Ana", "hash of Ana", nil}, {"Ben", password.Decoy(password.Usual), errWrong}, {"", password.Decoy(password.Usual), errWrong}} {
		u, err := g.enter(t.Context(), s, addr(fmt.Sprint("192.0.2.", i)), c.name, "whatever it is")
		if !errors.Is(err, c.err) || len(checked) != i+1 || checked[i] != c.hash || err == nil && u.Name != c.name {
			t.Errorf("%q: %+v, %v; checked %q", c.name, u, err, checked)
		}
	}
	if ok, err := password.Matches(password.Decoy(password.Usual), "whatever it is"); ok || err != nil {
		t.Errorf("the decoy: %v, %v", ok, err)
	}

	var now, most atomic.Int32
	release := make(chan struct{})
	g.matches = func(string, string) (bool, error) {
		most.Store(max(most.Load(), now.Add(1)))
		<-release
		now.Add(-1)
		return true, nil
	}
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			if _, err := g.enter(t.Context(), s, addr(fmt.Sprint("198.51.100.", i)), fmt.Sprint("user ", i), "whatever it is"); !errors.Is(err, errWrong) {
				t.Error(err)
			}
		})
	}
	for range 2000 { // milliseconds, until as many as may are checked
		if now.Load() == maxHashing {
			break
		}
		time.Sleep(time.Millisecond)
	}
	given, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := g.enter(given, s, addr("203.0.113.1"), "Ben", "whatever it is"); !errors.Is(err, context.Canceled) {
		t.Errorf("who has left waits: %v", err)
	}
	time.Sleep(20 * time.Millisecond)
	close(release)
	all.Wait()
	if got := most.Load(); got != maxHashing {
		t.Errorf("%d passwords were checked at a time", got)
	}
}

// TestSessionsAreBounded begins more than are remembered.
func TestSessionsAreBounded(t *testing.T) {
	now := time.Unix(1e9, 0)
	s := newSessions(func() time.Time { return now })
	first := s.begin(store.User{Name: "Ana"})
	var second string
	for i := range maxSessions {
		now = now.Add(time.Second)
		secret := s.begin(store.User{Name: "Ben"})
		if i == 0 {
			second = secret
		}
	}
	_, hasFirst := s.of(first)
	_, hasSecond := s.of(second)
	if hasFirst || !hasSecond || len(s.all) != maxSessions {
		t.Errorf("%d sessions; the oldest: %v, the next: %v", len(s.all), hasFirst, hasSecond)
	}
}
