package watch

import (
	"cmp"
	"context"
	"errors"
	"net"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/publicsuffix"

	"onrecord/article"
	"onrecord/pipeline"
	"onrecord/reader/charset"
	"onrecord/reader/fetch"
	"onrecord/reader/page"
	"onrecord/record"
	"onrecord/store"
)

// item visits the page of an article. The error is one of the record.
func (v *visit) item(ctx context.Context, t task) error {
	i, err := v.store.ItemAt(ctx, t.row)
	if err != nil || i.Next.IsZero() { // its feed has brought the text meanwhile
		return err
	}
	resp, err := v.get(ctx, fetch.Request{Address: i.Address, ETag: i.ETag, LastModified: i.Modified})
	var o record.Outcome
	switch {
	case err != nil:
	case resp.NotModified:
		o.Outcome = store.Outcome{Result: store.Unchanged, ID: i.Article}
	default:
		var a article.Article
		if a, err = read(resp, i.Said); err != nil {
			break
		}
		if o, err = v.keeper.bring(a)(); err != nil {
			return nil // the end: it is visited again
		}
		i.ETag, i.Modified = resp.ETag, resp.LastModified
	}
	if ctx.Err() != nil && err != nil {
		return nil
	}
	if err != nil {
		o.Err = err
	}
	v.settle(&i, o)
	if err := v.write(ctx, func(b *store.Batch) error { return b.VisitedItem(i) }); err != nil {
		return err
	}
	v.tell(Event{Address: i.Address, Result: i.Result, Err: o.Err})
	v.again(t, i.Next)
	return nil
}

// settle says what became of an item and when it is to be visited again.
func (v *visit) settle(i *store.Item, o record.Outcome) {
	now := time.Now()
	if o.Err != nil {
		i.Result = o.Err.Error()
		i.Failures++
		i.Next = time.Time{}
		if passes(o.Err) && i.Failures < v.Policy.Tries {
			i.Next = now.Add(v.vary(v.Policy.retry(0, i.Failures)))
		}
		var rest restError
		if errors.As(o.Err, &rest) {
			i.Failures-- // it was not its turn
			i.Next = rest.until
		}
		return
	}
	i.Result, i.Article, i.Failures = string(o.Result), o.ID, 0
	i.Visits++
	if i.First.IsZero() {
		i.First = now
	}
	i.Next = v.Policy.revisit(i.First, i.Said.Published, now, i.Visits)
}

// passes reports whether an error may be over another time.
func passes(err error) bool {
	for _, lasting := range []error{
		errForbidden, fetch.ErrAddress, fetch.ErrPrivate, fetch.ErrRedirects, fetch.ErrType, fetch.ErrTooLarge, charset.ErrBinary, page.ErrNoText,
	} {
		if errors.Is(err, lasting) {
			return false
		}
	}
	var status *fetch.StatusError
	if errors.As(err, &status) {
		return status.Code >= 500 || status.Code == 429 || status.Code == 408
	}
	return pipeline.Skipped(err) == nil
}

// read makes an article of a page, and of what a feed says of it where the
// page does not.
func read(resp *fetch.Response, said article.Article) (article.Article, error) {
	s, err := charset.Decode(resp.Body, charset.Declared(resp.ContentType, resp.Body))
	if err != nil {
		return article.Article{}, err
	}
	a, err := page.Extract(s, resp.Address)
	if err != nil {
		return a, err
	}
	a.ID, a.Origin = article.ContentID(a.Body), said.Origin
	if !sameSite(a.URL, resp.Address) { // or anybody could print a version of anybody's article
		a.URL = resp.Address
	}
	a.Title, a.Outlet, a.Language = cmp.Or(a.Title, said.Title), cmp.Or(a.Outlet, said.Outlet, hostOf(a.URL)), cmp.Or(a.Language, said.Language)
	if len(a.Byline) == 0 {
		a.Byline = said.Byline
	}
	if a.Published.IsZero() {
		a.Published, a.DateOnly = said.Published, said.DateOnly
	}
	return a, nil
}

// sameSite reports whether two addresses belong to one owner, as far as names
// tell.
func sameSite(a, b string) bool { return site(a) != "" && site(a) == site(b) }

func site(address string) string {
	name := hostOf(address)
	if net.ParseIP(name) != nil {
		return name
	}
	if owned, err := publicsuffix.EffectiveTLDPlusOne(name); err == nil {
		return owned
	}
	return name
}

// hostOf stands in for an outlet's name; "" without an address.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}
