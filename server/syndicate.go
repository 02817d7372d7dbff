package server

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"onrecord/article"
	"onrecord/format"
	"onrecord/query"
	"onrecord/server/syndication"
	"onrecord/store"
	"onrecord/text"
)

// Bounds of a feed.
const (
	syndicatedItems  = 30
	syndicatedSaid   = 10  // statements of an article that are told
	syndicatedTitle  = 120 // characters of a statement in its title
	syndicatedLength = 600 // characters of a statement where several are told
)

// source makes a feed of what a request asks for. Addresses are without a host;
// Self is that of a page, to which feedAtom or feedJSON is added.
type source func(context.Context, *http.Request) (*syndication.Feed, error)

// The ends of the addresses of feeds.
const (
	feedAtom = "/feed.atom"
	feedJSON = "/feed.json"
)

// syndicated lists the pages that have a feed, which is at the same address with
// feedAtom or feedJSON behind it.
func (s *Server) syndicated() map[string]source {
	return map[string]source{
		"":                   s.storiesFeed,
		"/story/{story}":     s.storyFeed,
		"/speaker/{speaker}": s.speakerFeed,
		"/outlet/{outlet}":   s.outletFeed,
		"/search":            s.searchFeed,
	}
}

// feeds are the addresses of the feeds of a page.
type feeds struct{ Atom, JSON string }

// feedsOf are the feeds of the page at an address; the query is "" or begins
// with "?".
func feedsOf(page, query string) *feeds {
	return &feeds{page + feedAtom + query, page + feedJSON + query}
}

// syndicate answers with a feed.
func (s *Server) syndicate(from source, end string) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		f, err := from(r.Context(), r)
		if err != nil {
			return err
		}
		root := s.rootOf(r)
		f.Home = root + f.Home
		f.Self = root + r.URL.RequestURI()
		f.Title = strings.Map(visible, f.Title)
		for i := range f.Entries {
			e := &f.Entries[i]
			e.Address, e.Title, e.Text, e.Authors = root+e.Address, strings.Map(visible, e.Title), strings.Map(visible, e.Text), slices.Clone(e.Authors)
			for k, name := range e.Authors {
				e.Authors[k] = strings.Map(visible, name)
			}
		}
		write, kind := f.Atom, syndication.AtomType
		if end == feedJSON {
			write, kind = f.JSON, syndication.JSONType
		}
		body, err := write()
		if err != nil {
			return err
		}
		s.send(w, r, http.StatusOK, kind, body)
		return nil
	}
}

// rootOf is where the addresses of the server begin for who asks.
func (s *Server) rootOf(r *http.Request) string {
	scheme := "http"
	if r.TLS != nil || s.Proxy && r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}

func (s *Server) storiesFeed(ctx context.Context, _ *http.Request) (*syndication.Feed, error) {
	stories, err := s.Store.Stories(ctx, query.Query{}, store.StoryOptions{Limit: syndicatedItems})
	if err != nil {
		return nil, err
	}
	f := &syndication.Feed{Key: "stories", Title: "Onrecord: stories", Home: "/"}
	for _, one := range stories {
		e := syndication.Entry{Key: "story " + strconv.FormatInt(one.Row, 10), Title: headlineOf(one), Address: addressOfStory(one.Row)}
		for _, a := range one.Articles {
			if e.Published.IsZero() {
				e.Published = a.Published
			}
			if a.Added.After(e.Updated) {
				e.Updated = a.Added
			}
		}
		var names []string
		for _, v := range one.Voices {
			names = append(names, v.Name)
		}
		outlets := outletsOf(one)
		e.Text = fmt.Sprintf("%s of %s: %s.", counted(len(one.Articles), "article", "articles"), counted(len(outlets), "outlet", "outlets"), listed(outlets, 8))
		if len(names) > 0 {
			e.Text += "\n\nWho is heard: " + listed(names, len(names)) + "."
		}
		f.Entries = append(f.Entries, e)
	}
	return f, nil
}

// storyFeed has the articles of a story, those that came last first.
func (s *Server) storyFeed(ctx context.Context, r *http.Request) (*syndication.Feed, error) {
	number, err := pathNumber(r, "story")
	if err != nil {
		return nil, err
	}
	of, err := s.Store.Story(ctx, number)
	if err != nil {
		return nil, err
	}
	articles := slices.Clone(of.Articles)
	slices.SortStableFunc(articles, func(a, b *store.Article) int { return cmp.Or(b.Added.Compare(a.Added), cmp.Compare(b.Row, a.Row)) })
	f := &syndication.Feed{Key: "story " + strconv.FormatInt(of.Row, 10), Title: headlineOf(of), Home: addressOfStory(of.Row)}
	return f, s.addArticles(ctx, f, articles)
}

// outletFeed has the newest articles of an outlet.
func (s *Server) outletFeed(ctx context.Context, r *http.Request) (*syndication.Feed, error) {
	name := r.PathValue("outlet")
	filter := query.Filter{Field: query.Outlet, Value: plainValue(name)}
	if filter.Value == "" {
		return nil, errNoPage
	}
	hits, err := s.Store.Search(ctx, query.Query{Root: filter}, store.SearchOptions{Articles: true, ByDate: true, Limit: syndicatedItems})
	if err != nil {
		return nil, err
	}
	var articles []*store.Article
	for _, h := range hits {
		articles = append(articles, &h.Article)
	}
	f := &syndication.Feed{Key: "outlet " + name, Title: name, Home: addressOfOutlet(name)}
	return f, s.addArticles(ctx, f, articles)
}

// addArticles adds articles with who says what in them.
func (s *Server) addArticles(ctx context.Context, f *syndication.Feed, articles []*store.Article) error {
	for _, a := range articles[:min(len(articles), syndicatedItems)] {
		said, err := s.Store.Statements(ctx, a.Row)
		if err != nil {
			return err
		}
		e := syndication.Entry{
			Key: "article " + a.ID, Title: outletOf(a.Article) + ": " + titleOfArticle(a.Article), Address: addressOfArticle(a.ID),
			Authors: a.Byline, Published: a.Published, Updated: a.Added,
		}
		var told []string
		for _, one := range said[:min(len(said), syndicatedSaid)] {
			told = append(told, format.SpeakerName(one.Speaker)+": "+shortened(one.Text, syndicatedLength))
		}
		if more := len(said) - len(told); more > 0 {
			told = append(told, "And "+counted(more, "more statement", "more statements")+".")
		}
		e.Text = strings.Join(told, "\n\n")
		f.Entries = append(f.Entries, e)
	}
	return nil
}

// speakerFeed has the newest statements of a speaker.
func (s *Server) speakerFeed(ctx context.Context, r *http.Request) (*syndication.Feed, error) {
	row, err := pathNumber(r, "speaker")
	if err != nil {
		return nil, err
	}
	who, err := s.Store.SpeakerAt(ctx, row)
	if err != nil {
		return nil, err
	}
	newest, err := s.Store.Newest(ctx, who.Row, syndicatedItems)
	if err != nil {
		return nil, err
	}
	f := &syndication.Feed{Key: "speaker " + strconv.FormatInt(who.Row, 10), Title: who.Name, Home: addressOfSpeaker(who.Row, who.Name)}
	var a *store.Article
	var said []store.Statement
	for _, n := range newest { // those of an article follow each other
		if a == nil || a.Row != n.Article {
			if a, err = s.Store.ArticleAt(ctx, n.Article); err != nil {
				return nil, err
			}
			if said, err = s.Store.Statements(ctx, a.Row); err != nil {
				return nil, err
			}
		}
		i := slices.IndexFunc(said, func(one store.Statement) bool { return one.Row == n.Row })
		if i < 0 { // read again in the meantime
			continue
		}
		f.Entries = append(f.Entries, statementEntry(a, said[i], i, who.Name))
	}
	return f, nil
}

// searchFeed has the newest statements that a search finds.
func (s *Server) searchFeed(ctx context.Context, r *http.Request) (*syndication.Feed, error) {
	l, err := newLookup(r.URL.Query())
	if err != nil {
		return nil, err
	}
	hits, err := s.Store.Search(ctx, l.query, store.SearchOptions{ByDate: true, Limit: syndicatedItems})
	if err != nil {
		return nil, err
	}
	f := &syndication.Feed{Key: "search " + l.query.String(), Title: cmp.Or(l.text, "Everything on record"), Home: addressOfSearch(l.text, "", "date")}
	for _, h := range hits {
		f.Entries = append(f.Entries, statementEntry(&h.Article, *h.Statement, h.N, cmp.Or(h.Speaker.Name, format.SpeakerName(h.Statement.Speaker))))
	}
	return f, nil
}

// statementEntry is the n-th statement of an article. Its key is its place in
// the text, which stays when the article is read again and it gets another
// number.
func statementEntry(a *store.Article, said store.Statement, n int, name string) syndication.Entry {
	place := text.NewCharacters(a.Body).Span(text.Span{Start: said.Content[0].Start, End: said.Content[len(said.Content)-1].End})
	return syndication.Entry{
		Key: fmt.Sprintf("statement %s %d-%d", a.ID, place.Start, place.End), Title: name + ": " + shortened(said.Text, syndicatedTitle),
		Address: addressOfArticle(a.ID) + "#" + anchor(n), Text: said.Text + "\n\n" + carriedBy(a.Article), Authors: []string{name},
		Published: a.Published, Updated: a.Added,
	}
}

// carriedBy says where something was printed.
func carriedBy(a article.Article) string {
	out := outletOf(a) + ", “" + titleOfArticle(a) + "”"
	if at := dayOf(a.Published); at != "" {
		out += ", " + at
	}
	return out
}

// shortened is a text of so many characters at most, cut between words.
func shortened(s string, most int) string {
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	s = string(runes[:most])
	if at := strings.LastIndexByte(s, ' '); at > 0 {
		s = s[:at]
	}
	return s + " …"
}

// pathNumber is a number in the address; anything else leads nowhere.
func pathNumber(r *http.Request, name string) (int64, error) {
	n, err := strconv.ParseInt(r.PathValue(name), 10, 64)
	if err != nil || n < 1 {
		return 0, errNoPage
	}
	return n, nil
}
