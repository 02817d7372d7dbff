// Package fetch gets text from addresses that a stranger may have chosen.
package fetch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
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

// StatusError is a status that brings no text. It is an ErrStatus.
type StatusError struct {
	Code       int
	Status     string // "404 Not Found"
	RetryAfter string // the header of this name, "" without one
}

func (e *StatusError) Error() string { return fmt.Sprintf("%v %s", ErrStatus, e.Status) }

func (e *StatusError) Unwrap() error { return ErrStatus }

// Options bound what a Client does. The zero value is the safe default.
type Options struct {
	MaxBytes     int64          // of the body after decompression; 32 MB if 0
	Timeout      time.Duration  // of each exchange, redirects being exchanges of their own; 30 s if 0
	MaxRedirects int            // 5 if 0
	Allow        []netip.Prefix // private, loopback or other reserved addresses that may be asked all the same
	AllowPrivate bool           // all of them, and the proxy that the environment names
	Resolve      Resolve        // that of the system if nil
	Dial         Dial           // that of the system if nil
}

// Client fetches text. It is safe for concurrent use.
type Client struct {
	http         *http.Client
	maxBytes     int64
	maxRedirects int
	timeout      time.Duration
}

// Request is what is asked for.
type Request struct {
	Address      string
	Accept       string // media types; pages and other text if ""
	ETag         string // of what the caller has, "" for nothing
	LastModified string // of what the caller has
	// Before is called ahead of every exchange, so also of each redirect, and
	// can refuse or delay it; nil does neither. The timeout does not run
	// meanwhile.
	Before func(context.Context, *url.URL) error
}

// Response is what an address answered.
type Response struct {
	Address      string // after redirects
	NotModified  bool   // the caller has it; there is no body
	ContentType  string // as the server stated it, "" if it did not
	ETag         string
	LastModified string
	MaxAge       time.Duration // for which the server says that nothing changes, 0 if it does not
	Body         []byte        // decompressed, in the encoding of the server
}

// New returns a Client. Private networks are refused when a connection is
// made, after the name is resolved, so that neither a redirect nor a name
// that changes its address leads there.
func New(o Options) *Client {
	transport := &http.Transport{
		DialContext:            newGuard(o).dial,
		TLSHandshakeTimeout:    10 * time.Second,
		MaxResponseHeaderBytes: 256 << 10,
		// Where a connection that was kept turns out to be lost, net/http asks
		// again at once, of which Before would not know.
		DisableKeepAlives: true,
		ForceAttemptHTTP2: true,
	}
	if o.AllowPrivate {
		transport.Proxy = http.ProxyFromEnvironment
	}
	return &Client{
		maxBytes:     cmp.Or(o.MaxBytes, 32<<20),
		maxRedirects: cmp.Or(o.MaxRedirects, 5),
		timeout:      cmp.Or(o.Timeout, 30*time.Second),
		http: &http.Client{
			Transport: transport,
			CheckRedirect: func(*http.Request, []*http.Request) error {
				return http.ErrUseLastResponse // Do follows them
			},
		},
	}
}

// Close closes the connections that are not in use.
func (c *Client) Close() { c.http.CloseIdleConnections() }

func checkURL(u *url.URL) error {
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return ErrAddress
	}
	return nil
}

// Get fetches an address. It fails, rather than truncate, with ErrTooLarge;
// any status but 200 is ErrStatus, a content type that is no text ErrType.
func (c *Client) Get(ctx context.Context, address string) (*Response, error) {
	return c.Do(ctx, Request{Address: address})
}

// Do makes a request and follows redirects. The errors are those of Get, and
// those of Before; a status but 200, and 304 to one who has something, is a
// *StatusError.
func (c *Client) Do(ctx context.Context, r Request) (*Response, error) {
	u, err := url.Parse(r.Address)
	if err != nil {
		return nil, ErrAddress
	}
	for range c.maxRedirects + 1 {
		if err := checkURL(u); err != nil {
			return nil, err
		}
		if r.Before != nil {
			if err := r.Before(ctx, u); err != nil {
				return nil, err
			}
		}
		resp, next, err := c.exchange(ctx, u, r)
		if err != nil || next == nil {
			return resp, err
		}
		u = next
	}
	return nil, fmt.Errorf("%w: more than %d", ErrRedirects, c.maxRedirects)
}

// exchange asks once. It gives the response, or the address that it leads to.
func (c *Client) exchange(ctx context.Context, u *url.URL, r Request) (_ *Response, next *url.URL, _ error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, nil, ErrAddress
	}
	req.Header.Set("User-Agent", "Mozilla/5.0 (compatible; onrecord)")
	req.Header.Set("Accept", cmp.Or(r.Accept, "text/html, application/xhtml+xml, text/*;q=0.9, */*;q=0.1"))
	if r.ETag != "" {
		req.Header.Set("If-None-Match", r.ETag)
	}
	if r.LastModified != "" {
		req.Header.Set("If-Modified-Since", r.LastModified)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		var outer *url.Error // repeats the method and the address, which the caller has
		if errors.As(err, &outer) {
			err = outer.Err
		}
		return nil, nil, err
	}
	defer resp.Body.Close()
	got := &Response{
		Address: u.String(), ContentType: resp.Header.Get("Content-Type"), MaxAge: maxAge(resp.Header),
		ETag: resp.Header.Get("ETag"), LastModified: resp.Header.Get("Last-Modified"),
	}
	switch resp.StatusCode {
	case http.StatusOK:
		got.Body, err = c.body(resp)
		if err != nil {
			return nil, nil, err
		}
		return got, nil, nil
	case http.StatusNotModified:
		if r.ETag != "" || r.LastModified != "" {
			got.NotModified = true
			return got, nil, nil
		}
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		if next, err = u.Parse(resp.Header.Get("Location")); err != nil {
			return nil, nil, ErrAddress
		}
		return nil, next, nil
	}
	return nil, nil, &StatusError{resp.StatusCode, resp.Status, resp.Header.Get("Retry-After")}
}

// body reads what a status of 200 brings.
func (c *Client) body(resp *http.Response) ([]byte, error) {
	if e := resp.Header.Get("Content-Encoding"); e != "" {
		return nil, fmt.Errorf("%w: compressed as %q, which was not asked for", ErrType, e)
	}
	if contentType := resp.Header.Get("Content-Type"); !isText(contentType) {
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
	return body, nil
}

// maxAge reads Cache-Control. What is there is not to be asked for again
// before.
func maxAge(h http.Header) time.Duration {
	for _, field := range h.Values("Cache-Control") {
		for part := range strings.SplitSeq(field, ",") {
			if seconds, ok := strings.CutPrefix(strings.ToLower(strings.TrimSpace(part)), "max-age="); ok {
				if d, err := time.ParseDuration(seconds + "s"); err == nil {
					return max(0, d)
				}
			}
		}
	}
	return 0
}

// isText accepts what may hold an article, a list of articles or a feed; no
// type at all is left to the reader, which looks at the content.
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
