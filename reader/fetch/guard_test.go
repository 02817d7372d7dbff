package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
)

// errNowhere is what the network of these tests answers: it connects to
// nothing, also where the guard is broken.
var errNowhere = errors.New("connected nowhere")

// network resolves names of its own and notes what is dialled. Each look-up of
// a name gives its next answer, the last one for ever.
type network struct {
	mu     sync.Mutex
	names  map[string][][]netip.Addr
	dialed []string
}

func (n *network) resolve(_ context.Context, host string) ([]netip.Addr, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	answers := n.names[host]
	if len(answers) == 0 {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	if len(answers) > 1 {
		n.names[host] = answers[1:]
	}
	return slices.Clone(answers[0]), nil
}

func (n *network) dial(_ context.Context, _, address string) (net.Conn, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.dialed = append(n.dialed, address)
	return nil, errNowhere
}

func addresses(list ...string) (out []netip.Addr) {
	for _, s := range list {
		out = append(out, netip.MustParseAddr(s))
	}
	return out
}

func TestGuard(t *testing.T) {
	refused := []string{
		"127.0.0.1", "127.8.9.10", "[::1]", "0.0.0.0", "[::]", "10.0.0.1", "172.20.1.1", "192.168.1.1", "[fd00::1]",
		"169.254.169.254", "[fe80::1]", "[::ffff:10.0.0.1]", "[::ffff:169.254.169.254]", "[64:ff9b::a00:1]", "[2002:a00:1::1]", "100.64.0.1",
	}
	for _, host := range refused {
		n := &network{}
		_, err := New(Options{Resolve: n.resolve, Dial: n.dial}).Get(t.Context(), "http://"+host+"/")
		if !errors.Is(err, ErrPrivate) || n.dialed != nil {
			t.Errorf("%s: %v, dialled %q", host, err, n.dialed)
		}
	}
	for _, c := range []struct {
		name    string
		answers []string
		dialed  []string
		want    error
	}{
		{"public", []string{"8.8.8.8"}, []string{"8.8.8.8:80"}, errNowhere},
		{"private", []string{"10.0.0.1"}, nil, ErrPrivate},
		{"both", []string{"10.0.0.1", "8.8.8.8", "::1", "2606:2800:220:1::1"}, []string{"8.8.8.8:80", "[2606:2800:220:1::1]:80"}, errNowhere},
		{"mapped", []string{"::ffff:192.168.0.1"}, nil, ErrPrivate},
		{"allowed", []string{"192.0.2.7", "192.0.2.77"}, []string{"192.0.2.7:80"}, errNowhere},
		{"unknown", nil, nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := &network{names: map[string][][]netip.Addr{}}
			if c.answers != nil {
				n.names["feed.example"] = [][]netip.Addr{addresses(c.answers...)}
			}
			client := New(Options{Resolve: n.resolve, Dial: n.dial, Allow: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/28")}})
			_, err := client.Get(t.Context(), "http://feed.example/")
			if c.want != nil && !errors.Is(err, c.want) || err == nil || !slices.Equal(n.dialed, c.dialed) {
				t.Errorf("%v, want %v; dialled %q, want %q", err, c.want, n.dialed, c.dialed)
			}
		})
	}
}

// What was checked is what is dialled: a name is looked up once a connection.
func TestGuardOfChangingName(t *testing.T) {
	n := &network{names: map[string][][]netip.Addr{"turn.example": {addresses("8.8.8.8"), addresses("127.0.0.1"), addresses("169.254.169.254")}}}
	client := New(Options{Resolve: n.resolve, Dial: n.dial})
	for i, want := range []error{errNowhere, ErrPrivate, ErrPrivate} {
		if _, err := client.Get(t.Context(), "http://turn.example/"); !errors.Is(err, want) {
			t.Errorf("request %d: %v, want %v", i, err, want)
		}
	}
	if !slices.Equal(n.dialed, []string{"8.8.8.8:80"}) {
		t.Errorf("dialled %q", n.dialed)
	}
}

// The first host answers on loopback, which the test allows; where it leads to
// is refused before anything is dialled.
func TestGuardAfterRedirect(t *testing.T) {
	for _, to := range []string{"http://10.0.0.1/", "http://[fe80::1]/", "http://169.254.169.254/latest/", "http://[::ffff:10.0.0.1]:8080/", "http://inside.example/", "//inside.example/"} {
		t.Run(to, func(t *testing.T) {
			n := &network{names: map[string][][]netip.Addr{"front.example": {addresses("127.0.0.1")}, "inside.example": {addresses("192.168.1.1")}}}
			server, client := net.Pipe()
			defer server.Close()
			go answer(server, "HTTP/1.1 302 Found\r\nLocation: "+to+"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
			connect := func(ctx context.Context, network, address string) (net.Conn, error) {
				if address == "127.0.0.1:80" {
					return client, nil
				}
				return n.dial(ctx, network, address)
			}
			c := New(Options{Resolve: n.resolve, Dial: connect, Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
			if _, err := c.Get(t.Context(), "http://front.example/"); !errors.Is(err, ErrPrivate) || n.dialed != nil {
				t.Errorf("%v, dialled %q", err, n.dialed)
			}
		})
	}
}

// answer reads one request's beginning and writes a response.
func answer(conn net.Conn, response string) {
	if _, err := conn.Read(make([]byte, 4096)); err == nil {
		fmt.Fprint(conn, response)
	}
	conn.Close()
}

func TestDo(t *testing.T) {
	s := site(t)
	c := New(Options{AllowPrivate: true})
	defer c.Close()
	got, err := c.Do(t.Context(), Request{Address: s.URL + "/versioned", Accept: "text/plain"})
	if err != nil || string(got.Body) != "a text" || got.ETag != `"v1"` || got.MaxAge.Seconds() != 600 {
		t.Fatalf("%+v, %v", got, err)
	}
	if got, err = c.Do(t.Context(), Request{Address: s.URL + "/versioned", ETag: got.ETag}); err != nil || !got.NotModified || got.Body != nil {
		t.Errorf("the same again: %+v, %v", got, err)
	}
	var status *StatusError
	if _, err := c.Do(t.Context(), Request{Address: s.URL + "/later"}); !errors.As(err, &status) || status.Code != http.StatusTooManyRequests || status.RetryAfter != "120" || !errors.Is(err, ErrStatus) {
		t.Errorf("too many requests: %v", err)
	}
	var asked []string
	_, err = c.Do(t.Context(), Request{Address: s.URL + "/moved", Before: func(_ context.Context, u *url.URL) error {
		if asked = append(asked, u.Path); u.Path == "/page" {
			return errNowhere
		}
		return nil
	}})
	if !errors.Is(err, errNowhere) || strings.Join(asked, " ") != "/moved /page" {
		t.Errorf("Before: %v, asked for %q", err, asked)
	}
}
