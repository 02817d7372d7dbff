package watch_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"onrecord/reader/fetch"
)

// web is a network of hosts inside the test. Names under .example lead to one
// server; all others lead nowhere.
type web struct {
	server   http.Server
	listener net.Listener
	connect  func(context.Context) (net.Conn, error) // to the server
	hosts    map[string]http.Handler

	mu    sync.Mutex
	names map[string][]netip.Addr // that are not the server's
	calls []call
	wrong []string // addresses that were dialled and should not have been
}

// call is a request as the server saw it.
type call struct {
	host, path string
	status     int
	begin, end time.Time
}

// newWeb serves hosts on connections that are pipes, so that the clock of a
// synctest bubble moves.
func newWeb(hosts map[string]http.Handler) *web {
	p := &pipes{accept: make(chan net.Conn), closed: make(chan struct{})}
	return serve(hosts, p, p.connect)
}

// newLoopback serves hosts on 127.0.0.1.
func newLoopback(t *testing.T, hosts map[string]http.Handler) *web {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return serve(hosts, l, func(ctx context.Context) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "tcp", l.Addr().String())
	})
}

func serve(hosts map[string]http.Handler, l net.Listener, connect func(context.Context) (net.Conn, error)) *web {
	n := &web{listener: l, connect: connect, hosts: hosts, names: map[string][]netip.Addr{}}
	n.server.Handler = http.HandlerFunc(n.serve)
	go n.server.Serve(l)
	return n
}

// pipes is a listener inside the program.
type pipes struct {
	accept chan net.Conn
	closed chan struct{}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.accept:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error { close(p.closed); return nil }

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80} }

func (p *pipes) connect(ctx context.Context) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case p.accept <- server:
		return client, nil
	case <-p.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// options lead a client to this network.
func (n *web) options() fetch.Options {
	return fetch.Options{
		MaxBytes: 256 << 10, Resolve: n.resolve, Dial: n.dial, Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
	}
}

func (n *web) resolve(_ context.Context, host string) ([]netip.Addr, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if list, ok := n.names[host]; ok {
		return slices.Clone(list), nil
	}
	if !strings.HasSuffix(host, ".example") {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
}

// errNowhere is the answer to whoever dials what should have been refused.
var errNowhere = errors.New("connected nowhere")

func (n *web) dial(ctx context.Context, _, address string) (net.Conn, error) {
	if address != "127.0.0.1:80" {
		n.mu.Lock()
		defer n.mu.Unlock()
		n.wrong = append(n.wrong, address)
		return nil, errNowhere
	}
	return n.connect(ctx)
}

// noted remembers the status of an answer.
type noted struct {
	http.ResponseWriter
	status int
}

func (w *noted) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

func (w *noted) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (n *web) serve(w http.ResponseWriter, r *http.Request) {
	c := call{host: r.Host, path: r.URL.RequestURI(), begin: time.Now()}
	to := &noted{w, http.StatusOK}
	defer func() {
		c.status, c.end = to.status, time.Now()
		n.mu.Lock()
		defer n.mu.Unlock()
		n.calls = append(n.calls, c)
	}()
	h := n.hosts[r.Host]
	if h == nil {
		http.NotFound(to, r)
		return
	}
	h.ServeHTTP(to, r)
}

// to are the requests to a host, in their order.
func (n *web) to(host string) (out []call) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, c := range n.calls {
		if c.host == host {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b call) int { return a.begin.Compare(b.begin) })
	return out
}

// polite checks that no host had two requests at a time, or two without a
// pause between them.
func (n *web) polite(t *testing.T, pause time.Duration) {
	t.Helper()
	for name := range n.hosts {
		calls := n.to(name)
		for i := 1; i < len(calls); i++ {
			if gap := calls[i].begin.Sub(calls[i-1].end); gap < pause {
				t.Errorf("%s: %s came %v after %s, which is no pause of %v", name, calls[i].path, gap, calls[i-1].path, pause)
			}
		}
	}
	if n.wrong != nil {
		t.Errorf("dialled %q", n.wrong)
	}
}

// paths are the handlers of a host. What is not there, robots.txt too, is 404.
type paths map[string]http.HandlerFunc

func (p paths) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if h := p[r.URL.Path]; h != nil {
		h(w, r)
		return
	}
	http.NotFound(w, r)
}

// text answers with a text of a type.
func text(contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", contentType)
		fmt.Fprint(w, body)
	}
}

// times answers by each of some handlers in turn, by the last for ever.
func times(handlers ...http.HandlerFunc) http.HandlerFunc {
	var mu sync.Mutex
	n := 0
	return func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		h := handlers[min(n, len(handlers)-1)]
		n++
		mu.Unlock()
		h(w, r)
	}
}

// status answers with a status and a header or none.
func status(code int, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
	}
}

// report is the body of an article that differs from all others.
func report(host string, n int) []string {
	names := []string{"Ana Moreno", "Peter Lund", "Lena Roth", "Tom Ferris", "Juno Park", "Mira Okafor", "Sven Holt"}
	things := []string{"pier", "ferry", "school", "market", "tram", "library", "orchard", "harbour", "theatre", "bridge", "mill"}
	seed := n
	for _, b := range []byte(host) {
		seed = seed*31 + int(b)
	}
	seed &= 1<<30 - 1
	who, other, thing := names[seed%len(names)], names[(seed/7+1)%len(names)], things[seed%len(things)]
	return []string{
		fmt.Sprintf("“The %s will not be closed before the year %d,” %s told reporters at %s on Monday evening.", thing, 2030+seed%60, who, strings.TrimSuffix(host, ".example")),
		fmt.Sprintf("Some %d people had written to the board about the %s, according to %s, who has counted the letters one by one.", 20+seed%900, thing, other),
		fmt.Sprintf("%s denied that the plan numbered %d had ever been put to a vote. “Nobody has asked us,” %s said, and sat down again.", other, seed%10000, other),
	}
}

// htmlPage is the page of an article.
func htmlPage(title string, paragraphs []string) string {
	return "<!doctype html><html lang=\"en\"><head><title>" + title + "</title></head><body><nav><a href=\"/\">Home</a></nav><article><h1>" + title + "</h1><p>" +
		strings.Join(paragraphs, "</p><p>") + "</p></article></body></html>"
}
