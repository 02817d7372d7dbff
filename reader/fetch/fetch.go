// Package fetch gets text from addresses that a stranger may have chosen.
package fetch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"
)

// Errors that a caller can tell apart with errors.Is.
var (
	ErrAddress   = errors.New("not an http or https address")
	ErrPrivate   = errors.New("refused: the address leads into a private network")
	ErrRedirects = errors.New("too many redirects")
	ErrStatus    = errors.New("the server answered")
	ErrType      = errors.New("not a text")
	ErrTooLarge  = errors.New("too large")
)

// Options bound what a Client does. The zero value is the safe default.
type Options struct {
	MaxBytes     int64         // of the body after decompression; 32 MB if 0
	Timeout      time.Duration // of the whole exchange; 30 s if 0
	MaxRedirects int           // 5 if 0
	AllowPrivate bool          // also private, loopback and other reserved addresses, and the proxy that the environment names
}

// Client fetches text. It is safe for concurrent use.
type Client struct {
	http     *http.Client
	maxBytes int64
}

// Response is what an address answered.
type Response struct {
	Address     string // after redirects
	ContentType string // as the server stated it, "" if it did not
	Body        []byte // decompressed, in the encoding of the server
}

// New returns a Client. Private networks are refused when a connection is
// made, after the name is resolved, so that neither a redirect nor a name
// that changes its address leads there.
func New(o Options) *Client {
	dialer := &net.Dialer{Timeout: 10 * time.Second}
	transport := &http.Transport{
		DialContext:            dialer.DialContext,
		TLSHandshakeTimeout:    10 * time.Second,
		MaxResponseHeaderBytes: 256 << 10,
		MaxIdleConnsPerHost:    2,
		IdleConnTimeout:        30 * time.Second,
		ForceAttemptHTTP2:      true,
	}
	if o.AllowPrivate {
		transport.Proxy = http.ProxyFromEnvironment
	} else {
		dialer.Control = refusePrivate
	}
	maxRedirects := cmp.Or(o.MaxRedirects, 5)
	return &Client{
		maxBytes: cmp.Or(o.MaxBytes, 32<<20),
		http: &http.Client{
			Transport: transport,
			Timeout:   cmp.Or(o.Timeout, 30*time.Second),
			CheckRedirect: func(req *http.Request, via []*http.Request) error {
				if len(via) > maxRedirects {
					return fmt.Errorf("%w: more than %d", ErrRedirects, maxRedirects)
				}
				return checkURL(req.URL)
			},
		},
	}
}

// refusePrivate is a net.Dialer.Control: address is the resolved one.
func refusePrivate(network, address string, _ syscall.RawConn) error {
	ip, err := netip.ParseAddrPort(address)
	if err != nil || !strings.HasPrefix(network, "tcp") || !isPublic(ip.Addr()) {
		return ErrPrivate
	}
	return nil
}

func checkURL(u *url.URL) error {
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ErrAddress
	}
	return nil
}

// Get fetches an address. It fails, rather than truncate, with ErrTooLarge;
// any status but 200 is ErrStatus, a content type that is no text ErrType.
func (c *Client) Get(ctx context.Context, address string) (*Response, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, ErrAddress
	}
	if err := checkURL(u); err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, ErrAddress
	}
	req.Header.Set("User-Agent", "Mozilla/5.0 (compatible; onrecord)")
	req.Header.Set("Accept", "text/html, application/xhtml+xml, text/*;q=0.9, */*;q=0.1")
	resp, err := c.http.Do(req)
	if err != nil {
		var outer *url.Error // repeats the method and the address, which the caller has
		if errors.As(err, &outer) {
			err = outer.Err
		}
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%w %s", ErrStatus, resp.Status)
	}
	if e := resp.Header.Get("Content-Encoding"); e != "" {
		return nil, fmt.Errorf("%w: compressed as %q, which was not asked for", ErrType, e)
	}
	contentType := resp.Header.Get("Content-Type")
	if !isText(contentType) {
		return nil, fmt.Errorf("%w: the server says %q", ErrType, contentType)
	}
	if resp.ContentLength > c.maxBytes {
		return nil, fmt.Errorf("%w: %d bytes, the limit is %d", ErrTooLarge, resp.ContentLength, c.maxBytes)
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, c.maxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("reading the answer: %w", err)
	}
	if int64(len(body)) > c.maxBytes {
		return nil, fmt.Errorf("%w: over %d bytes", ErrTooLarge, c.maxBytes)
	}
	return &Response{Address: resp.Request.URL.String(), ContentType: contentType, Body: body}, nil
}

// isText accepts what may hold an article or a list of articles; no type at
// all is left to the reader, which looks at the content.
func isText(contentType string) bool {
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		media, _, _ = strings.Cut(strings.ToLower(contentType), ";")
		media = strings.TrimSpace(media)
	}
	switch media {
	case "", "application/json", "application/jsonl", "application/x-ndjson", "application/x-jsonlines", "application/xml", "application/octet-stream":
		return true
	}
	return strings.HasPrefix(media, "text/") || strings.HasSuffix(media, "+xml") && !strings.HasPrefix(media, "image/") || strings.HasSuffix(media, "+json")
}
