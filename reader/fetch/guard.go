package fetch

import (
	"context"
	"net"
	"net/netip"
	"slices"
	"time"
)

// Resolve gives the addresses of a host.
type Resolve func(ctx context.Context, host string) ([]netip.Addr, error)

// Dial connects to an IP address and port.
type Dial func(ctx context.Context, network, address string) (net.Conn, error)

// guard connects to public addresses. It resolves names itself and dials what
// it has checked, so that no second answer can be another one.
type guard struct {
	resolve Resolve
	connect Dial
	allow   []netip.Prefix
	all     bool
}

// dialTimeout is how long a connection may take to be made, whichever of a
// host's addresses it is to.
const dialTimeout = 10 * time.Second

func newGuard(o Options) guard {
	g := guard{resolve: o.Resolve, connect: o.Dial, allow: o.Allow, all: o.AllowPrivate}
	if g.resolve == nil {
		g.resolve = func(ctx context.Context, host string) ([]netip.Addr, error) {
			return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
		}
	}
	if g.connect == nil {
		g.connect = (&net.Dialer{}).DialContext
	}
	return g
}

// dial is a DialContext of http.Transport. The error is ErrPrivate where no
// address of a host may be asked, else that of the last connection tried.
func (g guard) dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, ErrAddress
	}
	var found []netip.Addr
	if ip, err := netip.ParseAddr(host); err == nil {
		found = []netip.Addr{ip}
	} else if found, err = g.resolve(ctx, host); err != nil {
		return nil, err
	}
	found = slices.DeleteFunc(found, func(ip netip.Addr) bool { return !g.may(ip) })
	refused := ErrPrivate
	for _, ip := range found {
		conn, err := g.try(ctx, dialTimeout/time.Duration(len(found)), network, net.JoinHostPort(ip.String(), port))
		if err == nil {
			return conn, nil
		}
		refused = err
	}
	return nil, refused
}

func (g guard) try(ctx context.Context, patience time.Duration, network, address string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return g.connect(ctx, network, address)
}

// may reports whether an address may be asked.
func (g guard) may(ip netip.Addr) bool {
	if g.all || isPublic(ip) {
		return true
	}
	for _, p := range g.allow {
		if p.Contains(ip.Unmap()) {
			return true
		}
	}
	return false
}
