package watch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/temoto/robotstxt"

	"onrecord/reader/fetch"
)

// errForbidden says that a host does not wish something to be visited.
var errForbidden = errors.New("robots.txt forbids it")

const (
	// agent is the name by which robots.txt may call the program.
	agent = "onrecord"
	// maxPause is the longest pause that a host can ask for by Crawl-delay.
	maxPause = 10 * time.Minute
	// rulesLast is how long a robots.txt is gone by.
	rulesLast = 24 * time.Hour
	// maxRules is the size of a robots.txt beyond which it is not read.
	maxRules = 1 << 20
)

// visit is a way over hosts, of which it holds one at a time, so that no two
// visits ever wait for each other.
type visit struct {
	*Watcher
	held *host // nil between two hosts
	used bool  // it has been asked since it is held
}

// get asks for an address where robots.txt allows it, and gives the host free
// again. A host that says so is left alone for some time.
func (v *visit) get(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	defer v.leave()
	r.Before = v.enter
	resp, err := v.client.Do(ctx, r)
	var rest restError // of robots.txt
	if wait := v.asksFor(err); wait > 0 && !errors.As(err, &rest) {
		until := time.Now().Add(wait)
		v.hosts.rest(v.held, until)
		err = fmt.Errorf("%w: %w", err, restError{until})
	}
	return resp, err
}

// asksFor is how long a host wishes to be left alone after an answer.
func (v *visit) asksFor(err error) time.Duration {
	var status *fetch.StatusError
	if !errors.As(err, &status) || status.Code != http.StatusTooManyRequests && status.Code != http.StatusServiceUnavailable {
		return 0
	}
	wait := retryAfter(status.RetryAfter, time.Now(), v.Policy.Most)
	if wait == 0 && status.Code == http.StatusTooManyRequests {
		wait = v.Policy.Least
	}
	return wait
}

// leave gives the host free.
func (v *visit) leave() {
	if v.held != nil {
		v.hosts.leave(v.held)
		v.held, v.used = nil, false
	}
}

// hold goes to the host of an address, for one request.
func (v *visit) hold(ctx context.Context, u *url.URL) error {
	to := v.hosts.named(u)
	if v.held == to && !v.used {
		return nil
	}
	v.leave()
	if err := v.hosts.take(ctx, to); err != nil {
		return err
	}
	v.held = to
	return nil
}

// use is hold, and then the request is made.
func (v *visit) use(ctx context.Context, u *url.URL) error {
	err := v.hold(ctx, u)
	v.used = true
	return err
}

// enter goes to the host of an address if that allows it.
func (v *visit) enter(ctx context.Context, u *url.URL) error {
	if err := v.hold(ctx, u); err != nil {
		return err
	}
	if !time.Now().Before(v.held.expires) {
		if err := v.learn(ctx, u); err != nil {
			return err
		}
	}
	if !v.held.rules.Test(u.RequestURI()) {
		return errForbidden
	}
	return v.use(ctx, u)
}

// learn asks a host for its rules, and holds it then. A host that cannot give
// them is left alone, as RFC 9309 has it, for longer each time.
func (v *visit) learn(ctx context.Context, u *url.URL) error {
	rules, err := v.askRules(ctx, u)
	if errors.Is(err, fetch.ErrPrivate) || ctx.Err() != nil {
		return err
	}
	if wait := v.asksFor(err); err != nil {
		h := v.hosts.named(u)
		until := time.Now().Add(v.vary(max(wait, v.Policy.retry(0, v.hosts.failed(h)))))
		v.hosts.rest(h, until)
		return fmt.Errorf("robots.txt: %w: %w", err, restError{until})
	}
	v.hosts.slow(v.hosts.named(u), min(rules.CrawlDelay, maxPause))
	if err := v.hold(ctx, u); err != nil {
		return err
	}
	v.held.rules, v.held.expires = rules, time.Now().Add(rulesLast)
	return nil
}

// askRules fetches robots.txt. One that the host does not have, or that nobody
// could read, forbids nothing.
func (v *visit) askRules(ctx context.Context, u *url.URL) (*robotstxt.Group, error) {
	resp, err := v.client.Do(ctx, fetch.Request{Address: u.Scheme + "://" + u.Host + "/robots.txt", Accept: "text/plain, */*;q=0.1", Before: v.use})
	var status *fetch.StatusError
	switch {
	case errors.As(err, &status) && status.Code < 500 && status.Code != http.StatusTooManyRequests,
		errors.Is(err, fetch.ErrType), errors.Is(err, fetch.ErrRedirects), errors.Is(err, fetch.ErrAddress):
		return parseRules(nil), nil
	case err != nil:
		return nil, err
	}
	return parseRules(resp.Body), nil
}

// parseRules reads what a robots.txt says to this program, without the lines
// that it cannot understand.
func parseRules(text []byte) *robotstxt.Group {
	text = text[:min(len(text), maxRules)]
	all, err := robotstxt.FromBytes(text)
	if err != nil {
		var good []byte
		for line := range bytes.Lines(text) {
			if _, err := robotstxt.FromBytes(append([]byte("User-agent: *\n"), line...)); err == nil {
				good = append(good, line...)
			}
		}
		if all, err = robotstxt.FromBytes(good); err != nil {
			all, _ = robotstxt.FromBytes(nil) // has no error
		}
	}
	return all.FindGroup(agent)
}
