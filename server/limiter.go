package server

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limiter says who asks too often, told apart by K. It remembers those who asked
// last, in two halves: where the newer one is full it becomes the older one, and
// whoever does not ask again in time is forgotten with it.
type limiter[K comparable] struct {
	rate  rate.Limit
	burst int
	now   func() time.Time

	mu           sync.Mutex
	newer, older map[K]*rate.Limiter
}

// maxClients is how many are remembered in a half.
const maxClients = 8192

// newLimiter lets each of them ask some times a second; any number if that is 0.
func newLimiter[K comparable](perSecond float64, burst int, now func() time.Time) *limiter[K] {
	return &limiter[K]{rate: rate.Limit(perSecond), burst: burst, now: now, newer: map[K]*rate.Limiter{}}
}

// allow reports whether somebody may ask once more.
func (l *limiter[K]) allow(who K) bool {
	return l.rate == 0 || l.of(who).AllowN(l.now(), 1)
}

// household is what one visitor is given as a rule: an address of IPv4, and of
// IPv6 the 2^64 of a line.
func household(a netip.Addr) netip.Prefix {
	bits := a.BitLen()
	if a.Is6() {
		bits = 64
	}
	p, _ := a.Prefix(bits) // none for no address, which is then one household
	return p
}

func (l *limiter[K]) of(p K) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	if known, ok := l.newer[p]; ok {
		return known
	}
	known, ok := l.older[p]
	if !ok {
		known = rate.NewLimiter(l.rate, l.burst)
	}
	if len(l.newer) == maxClients {
		l.older, l.newer = l.newer, map[K]*rate.Limiter{}
	}
	l.newer[p] = known
	return known
}
