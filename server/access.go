package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"onrecord/password"
	"onrecord/store"
)

// Bounds of guessing: an address, and all that try a name, may be wrong some
// times at once and then once in a while. So many guesses are not worth while,
// and who has mistyped waits no longer than this.
const (
	triesAtOnce = 8
	tryEvery    = 30 * time.Second
	maxHashing  = 2 // passwords that are checked at the same time, at 19 MiB each
)

// gate lets those in who know a password.
type gate struct {
	sessions *sessions
	byName   *limiter[string]
	byFrom   *limiter[netip.Prefix]
	hashing  chan struct{}
	matches  func(hash, given string) (bool, error)
}

func newGate(now func() time.Time) *gate {
	return &gate{
		sessions: newSessions(now), byName: newLimiter[string](1/tryEvery.Seconds(), triesAtOnce, now),
		byFrom:  newLimiter[netip.Prefix](1/tryEvery.Seconds(), triesAtOnce, now),
		hashing: make(chan struct{}, maxHashing), matches: password.Matches,
	}
}

// enter finds the user of a name and a password. Where there is none it takes as
// long, and the error wraps errWrong; after too many tries it wraps errGuesses.
func (g *gate) enter(ctx context.Context, s *store.Store, from netip.Addr, name, given string) (store.User, error) {
	if !g.byFrom.allow(household(from)) || !g.byName.allow(name[:min(len(name), 4*store.MaxAccountName)]) {
		return store.User{}, errGuesses
	}
	u, err := s.User(ctx, name)
	if errors.Is(err, store.ErrNotFound) {
		u = store.User{Password: password.Decoy(password.Usual)}
	} else if err != nil {
		return store.User{}, err
	}
	select {
	case g.hashing <- struct{}{}:
		defer func() { <-g.hashing }()
	case <-ctx.Done():
		return store.User{}, ctx.Err()
	}
	ok, err := g.matches(u.Password, given)
	if err == nil && (!ok || u.Name == "") {
		err = errWrong
	}
	return u, err
}

// who is a visitor whom the record knows.
type who struct {
	Name   string // of the user or the token, "" for nobody
	secret string // of the session, "" for a token
}

// visitor is who asks: a user by the cookie of a session, or a program by its
// token. The error wraps errToken where that is none.
func (s *Server) visitor(r *http.Request) (who, error) {
	v := visitOf(r)
	if v.who != nil {
		return *v.who, nil
	}
	found, err := s.identify(r)
	if err == nil {
		v.who = &found
	}
	return found, err
}

func (s *Server) identify(r *http.Request) (who, error) {
	ctx := r.Context()
	if scheme, secret, _ := strings.Cut(r.Header.Get("Authorization"), " "); strings.EqualFold(scheme, "Bearer") {
		t, err := s.Store.Token(ctx, strings.TrimSpace(secret))
		if errors.Is(err, store.ErrNotFound) {
			err = errToken
		}
		if today := s.Now().Truncate(24 * time.Hour); err == nil && t.Used.Before(today) {
			err = s.Store.Write(ctx, s.Now(), func(b *store.Batch) error { return b.UseToken(t.Name) })
		}
		return who{Name: t.Name}, err
	}
	secret := s.secretOf(r)
	began, ok := s.gate.sessions.of(secret)
	if !ok {
		return who{}, nil
	}
	now, err := s.Store.User(ctx, began.Name)
	if errors.Is(err, store.ErrNotFound) || err == nil && now != began { // removed, or has another password
		s.gate.sessions.end(secret)
		return who{}, nil
	}
	return who{began.Name, secret}, err
}

// writer is who may change the record with this request: a program with a token,
// or a user who sends a form that was made for their session. The errors wrap
// errNobody, errToken, errForged and errForm.
func (s *Server) writer(w http.ResponseWriter, r *http.Request) (who, error) {
	found, err := s.visitor(r)
	switch {
	case err != nil:
		return found, err
	case found.Name == "":
		return found, errNobody
	case found.secret != "":
		_, err = s.form(w, r)
	}
	return found, err
}

// form is what a form of ours was sent with by the browser that it was made for.
// The errors wrap errForged and errForm.
func (s *Server) form(w http.ResponseWriter, r *http.Request) (url.Values, error) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		return nil, fmt.Errorf("%w: %w", errForm, err)
	}
	if !s.gate.sessions.isSealed(s.secretOf(r), r.PostForm.Get("seal")) {
		return nil, errForged
	}
	return r.PostForm, nil
}

// sealOf is what forms on a page of a visitor are to have, "" for nobody.
func (s *Server) sealOf(visitor who) string {
	if visitor.secret == "" {
		return ""
	}
	return s.gate.sessions.seal(visitor.secret)
}
