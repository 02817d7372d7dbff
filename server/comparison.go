package server

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/gob"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"runtime/debug"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"onrecord/article"
	"onrecord/format"
	"onrecord/format/page"
	"onrecord/record"
	"onrecord/store"
)

// Comparer sets the articles of a story side by side, which takes some ten
// milliseconds an article.
type Comparer func(ctx context.Context, s store.Story) (*record.Told, error)

// compared is a story side by side.
type compared struct {
	*page.Part
	Left int // articles, the first, that are not compared
	json []byte
}

// Bounds of what is compared.
const (
	maxSideBySide = 200                    // articles of a story, the last
	compareTime   = 60 * time.Second       // to make it, also when who asked has gone
	keepTime      = 30 * time.Second       // to wait for who writes to the record
	worthKeeping  = 200 * time.Millisecond // what takes less is made again
	comparing     = 2                      // stories at the same time
)

// Bytes of what is held.
const (
	comparisonMemory = 64 << 20
	pageMemory       = 64 << 20
)

// sideBySide holds what stories side by side were made last, and makes them.
type sideBySide struct {
	comparisons *memory[*compared]
	kept        *memory[*packed]
	making      singleflight.Group
	turns       chan struct{} // to compare
	keeping     sync.WaitGroup
}

func newSideBySide() *sideBySide {
	return &sideBySide{
		comparisons: newMemory[*compared](comparisonMemory), kept: newMemory[*packed](pageMemory), turns: make(chan struct{}, comparing),
	}
}

// stateOf gives the number of a story, or of the one that it has become part
// of, and what everything that is shown of it depends on.
func (s *Server) stateOf(ctx context.Context, number int64) (row int64, state string, err error) {
	row, sum, err := s.Store.StoryState(ctx, number)
	if err != nil {
		return 0, "", err
	}
	all := sha256.Sum256(fmt.Appendf(sum, "%s %d %s", s.Fingerprint, page.PartVersion, page.Sum()))
	return row, string(all[:16]), nil
}

// comparison is a story of a state side by side: from memory, from the record,
// or made, once for all who wait for it.
func (s *Server) comparison(ctx context.Context, story int64, state string) (*compared, error) {
	key := strconv.FormatInt(story, 10)
	if c, ok := s.comparisons.get(key, state); ok {
		return c, nil
	}
	made := s.making.DoChan(key+" "+state, func() (_ any, err error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), compareTime)
		defer cancel()
		defer func() { // no request's recovery reaches this
			if cause := recover(); cause != nil {
				err = fmt.Errorf("%w: %v\n%s", errPanic, cause, debug.Stack())
			}
		}()
		c, err := s.keptComparison(ctx, story, state)
		if errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrCorrupt) {
			c, err = s.makeComparison(ctx, story, state)
		}
		if err == nil {
			s.comparisons.put(key, state, c, c.size())
		}
		return c, err
	})
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case r := <-made:
		if r.Err != nil {
			return nil, r.Err
		}
		return r.Val.(*compared), nil
	}
}

// size is about how many bytes it takes.
func (c *compared) size() int {
	n := len(c.json) + len(c.Head) + len(c.Rest) + len(c.Figures)
	for _, m := range c.Matrix {
		n += len(m)
	}
	for _, m := range c.Sayings {
		n += len(m.HTML) + len(m.Title)
	}
	for _, m := range c.Columns {
		n += len(m.HTML)
	}
	return n
}

// keptComparison is that of the record.
func (s *Server) keptComparison(ctx context.Context, story int64, state string) (*compared, error) {
	kept, err := s.Store.Comparison(ctx, story, []byte(state))
	if err != nil {
		return nil, err
	}
	c := &compared{json: kept.JSON}
	if err := gob.NewDecoder(bytes.NewReader(kept.Parts)).Decode(c); err != nil {
		return nil, fmt.Errorf("%w: comparison of story %d: %w", store.ErrCorrupt, story, err)
	}
	return c, nil
}

func (s *Server) makeComparison(ctx context.Context, number int64, state string) (*compared, error) {
	select {
	case s.turns <- struct{}{}:
		defer func() { <-s.turns }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	began := s.Now()
	one, err := s.Store.Story(ctx, number)
	if err != nil {
		return nil, err
	}
	c := &compared{Left: max(0, len(one.Articles)-maxSideBySide)}
	one.Articles = one.Articles[c.Left:]
	told, err := s.Compare(ctx, one)
	if err != nil {
		return nil, err
	}
	if c.Part, err = page.New(told.Comparison, siteOf(number, told)); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := format.ComparisonJSON(&out, told.Comparison); err != nil {
		return nil, err
	}
	c.json = out.Bytes()
	if s.Now().Sub(began) >= worthKeeping {
		s.keepComparison(ctx, number, state, c)
	}
	return c, nil
}

// keepComparison keeps one in the record, when whoever writes to it is done.
func (s *Server) keepComparison(ctx context.Context, story int64, state string, c *compared) {
	s.keeping.Go(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepTime)
		defer cancel()
		var parts bytes.Buffer
		err := gob.NewEncoder(&parts).Encode(c)
		if err == nil {
			err = s.Store.KeepComparison(ctx, story, store.Comparison{State: []byte(state), Parts: parts.Bytes(), JSON: c.json}, s.Now())
		}
		if err != nil && !errors.Is(err, store.ErrReadOnly) {
			s.Log.Warn("a comparison was not kept", slog.Int64("story", story), slog.Any("error", err))
		}
	})
}

// siteOf says where the pages are that a comparison leads to.
func siteOf(number int64, told *record.Told) page.Site {
	return page.Site{
		Article: func(a article.Article, paragraph int) string {
			if paragraph == 0 {
				return addressOfArticle(a.ID)
			}
			return addressOfArticle(a.ID) + "#p" + strconv.Itoa(paragraph)
		},
		Said:    func(a article.Article, start, end int) string { return addressOfPassage(a.ID, start, end) },
		Speaker: func(name string) string { return addressOfSpeaker(told.Speakers[name], name) },
		Row: func(n int, id string) string {
			address := addressOfStory(number)
			if n > 1 {
				address += "?" + url.Values{"rows": {strconv.Itoa(n)}}.Encode()
			}
			return address + "#" + cmp.Or(id, "story-matrix")
		},
		More: []page.Link{{Name: "Why together", Href: "#why"}, {Name: "Figures one by one", Href: addressOfStory(number) + "/figures"}},
	}
}

// packed is a page as it is sent.
type packed struct {
	tag   string
	coded map[string][]byte // by coding
}

// showKept answers with a page that is made once of a state of what it shows.
// key has everything else that it depends on, but for who is logged in, for whom
// it is made anew.
func (s *Server) showKept(w http.ResponseWriter, r *http.Request, key, state string, make func(ctx context.Context) (content, error)) error {
	found, err := s.visitor(r)
	if err != nil {
		return err
	}
	if found.Name != "" {
		p, err := make(r.Context())
		if err != nil {
			return err
		}
		return s.show(w, r, http.StatusOK, p)
	}
	one, ok := s.kept.get(key, state)
	if !ok {
		p, err := make(r.Context())
		if err != nil {
			return err
		}
		body, err := s.render(r, p)
		if err != nil {
			return err
		}
		one = &packed{tagOf(body), map[string][]byte{"": body, "br": s.encoders.compress(body, "br"), "gzip": s.encoders.compress(body, "gzip")}}
		s.kept.put(key, state, one, len(body)+len(one.coded["br"])+len(one.coded["gzip"]))
	}
	sendCoded(w, r, http.StatusOK, "text/html; charset=utf-8", one.tag, true, func(coding string) []byte { return one.coded[coding] })
	return nil
}
