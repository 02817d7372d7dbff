package server

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"sync"
	"time"

	"onrecord/store"
)

// Bounds of sessions.
const (
	sessionIdle = 24 * time.Hour     // after which who does nothing is logged out
	sessionLife = 7 * 24 * time.Hour // after which anybody is
	maxSessions = 1024
	secretSize  = 32 // bytes
)

// secretLength is how long a secret is in a cookie.
var secretLength = base64.RawURLEncoding.EncodedLen(secretSize)

// session is somebody's who is logged in, in one browser.
type session struct {
	user        store.User // as when it began: another password ends it
	began, seen time.Time
}

// sessions are those that have not ended, by the sum of the secret in their
// cookie. They end with the server.
type sessions struct {
	now func() time.Time
	key []byte // of the seals on forms

	mu  sync.Mutex
	all map[[sha256.Size]byte]*session
}

func newSessions(now func() time.Time) *sessions {
	s := &sessions{now: now, key: make([]byte, secretSize), all: map[[sha256.Size]byte]*session{}}
	rand.Read(s.key) // never fails
	return s
}

// newSecret is what only one browser knows.
func newSecret() string {
	var b [secretSize]byte
	rand.Read(b[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// begin begins a session, whose secret is new: one that was there before may be
// known to who put it there.
func (s *sessions) begin(u store.User) (secret string) {
	secret = newSecret()
	s.mu.Lock()
	defer s.mu.Unlock()
	var oldest [sha256.Size]byte
	for sum, one := range s.all {
		if s.hasEnded(one) {
			delete(s.all, sum)
		} else if first := s.all[oldest]; first == nil || one.seen.Before(first.seen) {
			oldest = sum
		}
	}
	if len(s.all) >= maxSessions {
		delete(s.all, oldest)
	}
	s.all[sha256.Sum256([]byte(secret))] = &session{user: u, began: s.now(), seen: s.now()}
	return secret
}

// of is whose session has a secret.
func (s *sessions) of(secret string) (store.User, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	one := s.all[sha256.Sum256([]byte(secret))]
	if one == nil || s.hasEnded(one) {
		return store.User{}, false
	}
	one.seen = s.now()
	return one.user, true
}

func (s *sessions) hasEnded(one *session) bool {
	return s.now().Sub(one.seen) >= sessionIdle || s.now().Sub(one.began) >= sessionLife
}

func (s *sessions) end(secret string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.all, sha256.Sum256([]byte(secret)))
}

// seal is what a form shows that it was made for the browser with a secret,
// whether somebody is logged in there or not.
func (s *sessions) seal(secret string) string {
	mac := hmac.New(sha256.New, s.key)
	mac.Write([]byte(secret))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// isSealed reports whether a form was made for the browser with a secret.
func (s *sessions) isSealed(secret, seal string) bool {
	return secret != "" && hmac.Equal([]byte(seal), []byte(s.seal(secret)))
}

// isSecure reports whether what goes between the visitor and us is encrypted,
// which a proxy is taken to see to.
func (s *Server) isSecure(r *http.Request) bool { return r.TLS != nil || s.Proxy }

// cookieName is bound to this host by its prefix where browsers heed it, so that
// no other host of the domain can put one there.
func (s *Server) cookieName(r *http.Request) string {
	if s.isSecure(r) {
		return "__Host-onrecord"
	}
	return "onrecord"
}

// secretOf is the secret in a visitor's cookie, "" for none.
func (s *Server) secretOf(r *http.Request) string {
	c, err := r.Cookie(s.cookieName(r))
	if err != nil {
		return ""
	}
	return c.Value
}

// setSecret puts a secret into the visitor's cookie; "" takes the cookie away.
func (s *Server) setSecret(w http.ResponseWriter, r *http.Request, secret string) {
	c := &http.Cookie{
		Name: s.cookieName(r), Value: secret, Path: "/", MaxAge: int(sessionLife / time.Second),
		HttpOnly: true, Secure: s.isSecure(r), SameSite: http.SameSiteLaxMode,
	}
	if secret == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}
