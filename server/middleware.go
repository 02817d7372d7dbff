package server

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"
	"time"
)

// visit is what is known of a request while it is answered.
type visit struct {
	id     string     // in the log, in the answer's header and on the page of an error
	from   netip.Addr // who asks
	route  string     // pattern of what answers, "" for nothing
	status int        // 0 until the answer begins
	bytes  int
	err    error // that the answer tells of
	who    *who  // nil before it was looked up
}

type visitKey struct{}

// visitOf is the visit that a request belongs to.
func visitOf(r *http.Request) *visit { return r.Context().Value(visitKey{}).(*visit) }

// observed gives each request its visit, logs and counts it, and makes a panic
// an error. It is outermost, so that it sees what every other
// part of the server does.
func (s *Server) observed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := s.Now()
		v := &visit{id: newID(), from: s.client(r)}
		r = r.WithContext(context.WithValue(r.Context(), visitKey{}, v))
		out := &recorder{ResponseWriter: w, visit: v}
		out.Header().Set("X-Request-Id", v.id)
		s.metrics.underWay.Inc()
		defer func() {
			s.metrics.underWay.Dec()
			took := s.Now().Sub(began)
			s.metrics.seen(v, took)
			s.log(r, v, took)
		}()
		defer s.recovered(out, r)
		next.ServeHTTP(out, r)
	})
}

// within gives each request so much time.
func within(limit time.Duration, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), limit)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// recovered answers with an error where a panic ended the work on a request.
func (s *Server) recovered(w *recorder, r *http.Request) {
	cause := recover()
	if cause == nil {
		return
	}
	if cause == http.ErrAbortHandler { // asks for nothing but that the connection ends
		panic(cause)
	}
	err := fmt.Errorf("%w: %v\n%s", errPanic, cause, debug.Stack())
	if w.visit.status != 0 { // too late for a page
		w.visit.err = err
		return
	}
	s.fail(w, r, err)
}

func (s *Server) log(r *http.Request, v *visit, took time.Duration) {
	level, more := slog.LevelInfo, []slog.Attr(nil)
	switch {
	case v.err == nil:
	case v.status >= http.StatusInternalServerError || errors.Is(v.err, errPanic):
		level = slog.LevelError
		fallthrough
	default:
		more = append(more, slog.String("error", v.err.Error()))
	}
	s.Log.LogAttrs(context.WithoutCancel(r.Context()), level, "request", append([]slog.Attr{
		slog.String("id", v.id), slog.String("from", v.from.String()), slog.String("method", r.Method), slog.String("path", r.URL.Path),
		slog.String("route", v.route), slog.Int("status", v.status), slog.Int("bytes", v.bytes), slog.Duration("took", took),
	}, more...)...)
}

// client is who asks: who is connected or, behind a proxy, whom it names last,
// as what stands before that may be anybody's invention.
func (s *Server) client(r *http.Request) netip.Addr {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	address := from.Addr()
	if all := r.Header.Values("X-Forwarded-For"); s.Proxy && len(all) > 0 {
		last := all[len(all)-1]
		named, err := netip.ParseAddr(strings.TrimSpace(last[strings.LastIndexByte(last, ',')+1:]))
		if err != nil {
			return netip.Addr{}
		}
		address = named
	}
	return address.Unmap().WithZone("")
}

func newID() string {
	var b [8]byte
	rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

// recorder notes what is answered.
type recorder struct {
	http.ResponseWriter
	visit *visit
}

// WriteHeader begins the answer.
func (w *recorder) WriteHeader(status int) {
	if w.visit.status == 0 && status >= http.StatusOK {
		w.visit.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(b []byte) (int, error) {
	if w.visit.status == 0 {
		w.visit.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.visit.bytes += n
	return n, err
}

// Unwrap is for http.ResponseController.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// The policy lets a page load our own style, script and pictures and nothing
// else, and nobody show it inside a page of theirs.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'none'; connect-src 'self'; " +
	"form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// guarded sets what protects visitors on every answer, and turns away who asks
// for too much, too often or from another site.
func (s *Server) guarded(next http.Handler) http.Handler {
	own := http.NewCrossOriginProtection()
	own.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.fail(w, r, errForeign) }))
	next = own.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		if from := visitOf(r).from; !from.IsLoopback() && !s.limiter.allow(household(from)) {
			s.metrics.refused.Inc()
			s.fail(w, r, errTooMany)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		next.ServeHTTP(w, r)
	})
}

// routed answers what no route is for with a page too.
func (s *Server) routed(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h, pattern := mux.Handler(r)
		if pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		refusal := refusal{header: http.Header{}}
		h.ServeHTTP(&refusal, r)
		switch {
		case refusal.status == http.StatusMethodNotAllowed:
			w.Header()["Allow"] = refusal.header["Allow"]
			s.fail(w, r, errMethod)
		default:
			s.fail(w, r, errNoPage)
		}
	})
}

// refusal takes the answer of a mux that has no route.
type refusal struct {
	header http.Header
	status int
}

func (w *refusal) Header() http.Header         { return w.header }
func (w *refusal) Write(b []byte) (int, error) { return len(b), nil }
func (w *refusal) WriteHeader(status int)      { w.status = status }
