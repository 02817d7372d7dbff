package server

import (
	"context"
	"math"
	"reflect"
	"strconv"
	"strings"

	"onrecord/check"
	"onrecord/format"
	"onrecord/profile"
	"onrecord/query"
	"onrecord/record"
	"onrecord/store"
)

// list is a part of a list that goes on.
type list[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next"` // cursor of what comes after, "" for nothing
}

// Parameters that several endpoints have.
var (
	queryParameter = parameter{name: "q", about: "What is looked for, in the language of search: words, \"phrases\", speaker:, outlet:, from:, to: and so on; everything if empty."}
	limitParameter = parameter{name: "limit", about: "How many items there are at most.", number: true, least: 1, most: 100, normal: 20}
	// Rows go by the day of publication and stay what they are, so that a list goes
	// on where it was whatever is added meanwhile.
	cursorParameter = parameter{name: "cursor", about: "Where the list goes on: next of the page before. It stays good when the record grows.", number: true, least: 1, most: math.MaxInt64}
	storyParameter  = parameter{name: "story", about: "ID of the story.", number: true, least: 1, most: math.MaxInt64}
)

// endpoints are all that the API answers.
func (s *Server) endpoints() []endpoint {
	selectors := parameter{name: "selectors", about: "Whether each span is given as a W3C TextQuoteSelector too.", choices: []string{"false", "true"}}
	return []endpoint{
		get("/articles", "listArticles", "Articles in which something is found, the newest first.", s.listArticles, queryParameter, limitParameter, cursorParameter),
		get("/articles/{article}", "readArticle", "An article with everything that it credits to somebody, and its figures.", s.readArticle,
			parameter{name: "article", about: "ID of the article."}, selectors),
		get("/statements", "searchStatements", "Statements in which something is found.", s.searchStatements, queryParameter, limitParameter, cursorParameter,
			parameter{name: "sort", about: "By date, the newest first; or by relevance, of which there is one page only.", choices: []string{"date", "relevance"}}),
		get("/check", "checkQuote", "Who is on record with some words, or with words near them, and who else has printed them.", s.checkQuote,
			parameter{name: "text", about: "The words, two at least; \"…\" for a gap.", required: true, length: maxAsked}),
		get("/stories", "listStories", "Stories with an article in which something is found, the newest first.", s.listStories, queryParameter, limitParameter, cursorParameter),
		get("/stories/{story}", "readStory", "A story: its articles, who tells it and who is heard. One that has become part of another leads there.", s.readStory, storyParameter),
		get("/stories/{story}/comparison", "compareStory", "A story side by side: who carries what, in which words, and where the outlets differ.", s.compareStory, storyParameter),
		get("/speakers", "findSpeakers", "Speakers with a name, who says most first; everybody without one.", s.findSpeakers,
			parameter{name: "name", about: "Name, or words of it; capitals and accents count for nothing."}, limitParameter),
		get("/speakers/{speaker}", "readSpeaker", "What the record has of a speaker: roles, outlets, months, topics, tensions and the newest statements.", s.readSpeaker,
			parameter{name: "speaker", about: "ID of the speaker over the record.", number: true, least: 1, most: math.MaxInt64},
			parameter{name: "statements", about: "How many of the newest statements are given.", number: true, least: 1, most: 100, normal: 20}),
		get("/outlets", "listOutlets", "The outlets of the record, who published most first.", s.listOutlets),
		get("/feeds", "listFeeds", "What is watched for new articles, and how that goes.", s.listFeeds),
		get("/corrections", "listCorrections", "What was corrected by hand, in the order in which it was.", s.listCorrections, limitParameter, cursorParameter),
		{path: "/export", name: "exportArticles", summary: "A stream of articles as readArticle gives them, a line each, of everything in which something is found.",
			parameters: []parameter{queryParameter}, shape: reflect.TypeFor[format.Record](), stream: s.export},
	}
}

// cut makes a page of one item more than it can hold, which shows that there is
// another page.
func cut[From, To any](items []From, limit int, convert func(From) To, cursor func(From) int64) list[To] {
	out := list[To]{Items: []To{}}
	if len(items) > limit {
		items = items[:limit]
		out.Next = strconv.FormatInt(cursor(items[limit-1]), 10)
	}
	for _, one := range items {
		out.Items = append(out.Items, convert(one))
	}
	return out
}

func (s *Server) listArticles(ctx context.Context, a arguments) (list[format.Hit], error) {
	return s.find(ctx, a, store.SearchOptions{Articles: true, ByDate: true})
}

func (s *Server) searchStatements(ctx context.Context, a arguments) (list[format.Hit], error) {
	byDate := a.text("sort") == "date"
	if !byDate && a.number("cursor") > 0 {
		return list[format.Hit]{}, &badParameter{"cursor", "is for lists by date"}
	}
	found, err := s.find(ctx, a, store.SearchOptions{ByDate: byDate})
	if !byDate {
		found.Next = ""
	}
	return found, err
}

func (s *Server) find(ctx context.Context, a arguments, o store.SearchOptions) (out list[format.Hit], err error) {
	q, err := query.Parse(a.text("q"))
	if err != nil {
		return out, err
	}
	limit := int(a.number("limit"))
	o.Limit, o.Before = limit+1, a.number("cursor")
	hits, err := s.Store.Search(ctx, q, o)
	return cut(hits, limit, format.NewHit, rowOf), err
}

func (s *Server) readArticle(ctx context.Context, a arguments) (format.Record, error) {
	kept, err := s.Store.Article(ctx, a.text("article"))
	if err != nil {
		return format.Record{}, err
	}
	e, err := s.Store.Entry(ctx, kept.Row)
	if err != nil {
		return format.Record{}, err
	}
	return format.NewRecord(record.ReadingOf(e), a.text("selectors") == "true"), nil
}

func (s *Server) checkQuote(ctx context.Context, a arguments) (format.Checked, error) {
	found, err := check.Find(ctx, s.Store, a.text("text"))
	if err != nil {
		return format.Checked{}, err
	}
	return format.NewChecked(found, func(statement int64) (store.Hit, error) { return s.Store.Hit(ctx, statement) })
}

func (s *Server) listStories(ctx context.Context, a arguments) (out list[format.Story], err error) {
	q, err := query.Parse(a.text("q"))
	if err != nil {
		return out, err
	}
	limit := int(a.number("limit"))
	found, err := s.Store.Stories(ctx, q, store.StoryOptions{Limit: limit + 1, Before: a.number("cursor")})
	return cut(found, limit, format.NewStory, func(s store.Story) int64 { return s.Newest }), err
}

func (s *Server) readStory(ctx context.Context, a arguments) (format.Story, error) {
	found, err := s.Store.Story(ctx, a.number("story"))
	return format.NewStory(found), err
}

func (s *Server) compareStory(ctx context.Context, a arguments) (out already[format.Comparison], err error) {
	row, state, err := s.stateOf(ctx, a.number("story"))
	if err != nil {
		return out, err
	}
	c, err := s.comparison(ctx, row, state)
	if err != nil {
		return out, err
	}
	out.json = c.json
	return out, nil
}

// foundSpeaker is a speaker with how much there is of them.
type foundSpeaker struct {
	format.KnownSpeaker
	Articles   int `json:"articles"`   // that credit statements to them
	Statements int `json:"statements"` // that they are credited with
}

// foundSpeakers are those who have a name.
type foundSpeakers struct {
	Items []foundSpeaker `json:"items"`
	Near  []string       `json:"near"` // names of others that may be meant, where nobody has this one
}

// nearNames is how many names are suggested.
const nearNames = 5

func (s *Server) findSpeakers(ctx context.Context, a arguments) (foundSpeakers, error) {
	out := foundSpeakers{Items: []foundSpeaker{}, Near: []string{}}
	name := strings.TrimSpace(a.text("name"))
	found, err := s.Store.FindSpeakers(ctx, name, int(a.number("limit")))
	if err != nil {
		return out, err
	}
	for _, k := range found {
		out.Items = append(out.Items, foundSpeaker{format.KnownSpeaker{ID: strconv.FormatInt(k.Row, 10), Name: k.Name}, k.Articles, k.Statements})
	}
	if len(found) == 0 && name != "" {
		near, err := s.Store.NearNames(ctx, name, nearNames)
		if err != nil {
			return out, err
		}
		out.Near = append(out.Near, near...)
	}
	return out, nil
}

func (s *Server) readSpeaker(ctx context.Context, a arguments) (format.Profile, error) {
	who, err := s.Store.SpeakerAt(ctx, a.number("speaker"))
	if err != nil {
		return format.Profile{}, err
	}
	p, err := profile.Find(ctx, s.Store, s.Parser, who.Row, int(a.number("statements")))
	if err != nil {
		return format.Profile{}, err
	}
	return format.NewProfile(p), nil
}

// outlet is how much the record has of an outlet, of the latest versions of
// articles.
type outlet struct {
	Outlet     string `json:"outlet"`
	Articles   int    `json:"articles"`
	Statements int    `json:"statements"`
	First      string `json:"first"` // day of the first article, "" where none has a date, as Last
	Last       string `json:"last"`  // day of the last article
}

func (s *Server) listOutlets(ctx context.Context, _ arguments) (list[outlet], error) {
	found, err := s.outlets.get(ctx, s.Now(), s.Store.Outlets)
	return cut(found, len(found), func(o store.Outlet) outlet { return outlet{o.Name, o.Articles, o.Statements, o.First, o.Last} }, nil), err
}

func (s *Server) listFeeds(ctx context.Context, _ arguments) (list[format.Feed], error) {
	found, err := s.Store.Feeds(ctx)
	return cut(found, len(found), format.NewFeed, nil), err
}

func (s *Server) listCorrections(ctx context.Context, a arguments) (out list[store.Correction], err error) {
	all, err := s.Store.Corrections(ctx)
	if err != nil {
		return out, err
	}
	// Corrections are only ever added at the end: the cursor is how many came before.
	from, limit := int(min(a.number("cursor"), int64(len(all)))), int(a.number("limit"))
	return cut(all[from:], limit, func(c store.Correction) store.Correction { return c }, func(store.Correction) int64 { return int64(from + limit) }), nil
}
