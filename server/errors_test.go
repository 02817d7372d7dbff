package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"onrecord/check"
	"onrecord/query"
	"onrecord/store"
)

func TestFailure(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
	}{
		{store.ErrNotFound, 404}, {errNoPage, 404}, {errMethod, 405}, {check.ErrNoWords, 400}, {errTooLong, 400}, {errForeign, 403}, {errTooMany, 429},
		{&query.SyntaxError{Position: 1, Problem: "no"}, 400}, {&http.MaxBytesError{Limit: maxBody}, 413}, {store.ErrLocked, 503}, {store.ErrCorrupt, 500},
		{context.DeadlineExceeded, 503}, {context.Canceled, statusGone}, {errors.New("the secret detail"), 500}, {errPanic, 500},
		{fmt.Errorf("%w: %w", context.DeadlineExceeded, context.Canceled), 503},
	} {
		status, sentence := failure(fmt.Errorf("the secret detail: %w", c.err))
		if status != c.status || sentence == "" || strings.Contains(sentence, "secret") {
			t.Errorf("%v: %d, %q", c.err, status, sentence)
		}
		if titleOf(status) == "" {
			t.Errorf("%d has no title", status)
		}
	}
}

// TestLate gives handlers that wait too little time, and visitors who leave.
func TestLate(t *testing.T) {
	s, err := New(Config{Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	waits := s.adapt(func(_ http.ResponseWriter, r *http.Request) error {
		<-r.Context().Done()
		return store.ErrLocked // as a store may say then
	})
	h := s.observed(s.guarded(waits))
	late, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(late, http.MethodGet, "/", nil))
	if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), "took too long") {
		t.Errorf("%d: %s", w.Code, w.Body)
	}
}

// TestAbort leaves a panic that means to cut the connection as it is.
func TestAbort(t *testing.T) {
	s, err := New(Config{Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if cause := recover(); cause != http.ErrAbortHandler {
			t.Errorf("the panic is %v", cause)
		}
	}()
	s.observed(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
}

// TestLimiterForgets asks from more addresses than are remembered.
func TestLimiterForgets(t *testing.T) {
	l := newLimiter[netip.Prefix](1, 1, func() time.Time { return time.Unix(1e9, 0) })
	from := func(n int) bool { return l.allow(household(addr(fmt.Sprintf("10.%d.%d.%d", n>>16, n>>8&255, n&255)))) }
	for n := range 3 * maxClients {
		if !from(n) {
			t.Fatalf("visitor %d is refused at once", n)
		}
	}
	if from(3*maxClients-1) || from(2*maxClients) {
		t.Error("who asked last is forgotten")
	}
	if got := len(l.newer) + len(l.older); got > 2*maxClients {
		t.Errorf("%d are remembered", got)
	}
}

// TestFresh makes a value once for all that ask in time, and again later.
func TestFresh(t *testing.T) {
	var f fresh[int]
	made := 0
	next := func(context.Context) (int, error) {
		made++
		if made == 1 {
			return 0, errors.New("not yet")
		}
		return made, nil
	}
	now := time.Unix(1e9, 0)
	if _, err := f.get(t.Context(), now, next); err == nil {
		t.Error("the error is lost")
	}
	for _, c := range []struct {
		at   time.Duration
		want int
	}{{0, 2}, {frontFresh - 1, 2}, {frontFresh, 3}} {
		if got, err := f.get(t.Context(), now.Add(c.at), next); got != c.want || err != nil {
			t.Errorf("after %v: %d, %v; want %d", c.at, got, err, c.want)
		}
	}
}
