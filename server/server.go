// Package server shows the record in a browser: pages that are rendered here
// and ask nobody else for anything.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"time"

	"golang.org/x/net/netutil"

	"onrecord/profile"
	"onrecord/record"
	"onrecord/store"
)

// Config says what is served, and how.
type Config struct {
	Store       *store.Store
	Record      *record.Record // that corrections are made in; the one that adds, if any does
	Parser      profile.Parser // reads sentences of speakers anew, to find what pulls against each other
	Compare     Comparer
	Fingerprint string // of what Compare reads articles with
	Log         *slog.Logger
	Rate        float64 // requests a second that one address may send, 0 for any number; this machine may always send any number
	Burst       int     // requests that an address may send at once before Rate counts
	Proxy       bool    // requests come through a proxy on this machine, which says in X-Forwarded-For from whom
	Now         func() time.Time
}

// Bounds of what a visitor may take.
const (
	headerTime     = 5 * time.Second  // to send the headers of a request
	readTime       = 20 * time.Second // to send all of it
	answerTime     = 15 * time.Second // to work an answer out
	writeTime      = 60 * time.Second // to take it
	idleTime       = 2 * time.Minute  // of a connection between requests
	stopTime       = 10 * time.Second // to end what is under way when the server stops
	maxHeader      = 64 << 10         // bytes
	maxBody        = 1 << 20          // bytes of a request
	maxForm        = 64 << 10         // bytes of a form
	maxConnections = 1024
)

// Server answers requests. It may be used by any number of goroutines.
type Server struct {
	Config
	assets   *assets
	pages    templates
	encoders encoders
	metrics  *metrics
	limiter  *limiter[netip.Prefix]
	gate     *gate
	first    fresh[*front]
	outlets  fresh[[]store.Outlet]
	document []byte // that describes the API
	exports  chan struct{}
	*sideBySide
	handler http.Handler
}

// New makes a server. The error is a mistake in the program: a page that
// cannot be read.
func New(c Config) (*Server, error) {
	s := &Server{
		Config: c, encoders: newEncoders(), metrics: newMetrics(), limiter: newLimiter[netip.Prefix](c.Rate, c.Burst, c.Now), gate: newGate(c.Now),
		exports: make(chan struct{}, maxExports), sideBySide: newSideBySide(),
	}
	var err error
	if s.assets, err = newAssets(); err != nil {
		return nil, fmt.Errorf("server: %w", err)
	}
	if s.pages, err = parsePages(); err != nil {
		return nil, fmt.Errorf("server: %w", err)
	}
	described, err := s.describe()
	if err == nil {
		s.document, err = jsonOf(described)
	}
	if err != nil {
		return nil, fmt.Errorf("server: %w", err)
	}
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		mux.Handle(r.pattern, within(answerTime, s.adapt(r.handle)))
	}
	for page, from := range s.syndicated() {
		for _, end := range []string{feedAtom, feedJSON} {
			mux.Handle("GET "+page+end, within(answerTime, s.adapt(s.syndicate(from, end))))
		}
	}
	for _, e := range s.endpoints() {
		limit := answerTime
		if e.stream != nil {
			limit = streamTime
		}
		mux.Handle("GET "+apiRoot+e.path, within(limit, s.adapt(s.api(e))))
	}
	s.handler = s.observed(s.guarded(s.routed(mux)))
	return s, nil
}

// Handler answers every request.
func (s *Server) Handler() http.Handler { return s.handler }

// Run answers what comes to the listener until ctx is done, then ends what is
// under way.
func (s *Server) Run(ctx context.Context, l net.Listener) error {
	own := &http.Server{
		Handler: s.handler, ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(s.Log.Handler(), slog.LevelDebug),
	}
	failed := make(chan error, 1)
	go func() { failed <- own.Serve(netutil.LimitListener(l, maxConnections)) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer cancel()
	defer s.keeping.Wait()
	err := own.Shutdown(stopping)
	if errors.Is(err, context.DeadlineExceeded) { // somebody is slow to take the answer
		err = own.Close()
	}
	return err
}
