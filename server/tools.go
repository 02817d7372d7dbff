package server

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"onrecord/format"
	"onrecord/store"
)

// instructions tell a model what the record is, and what its answers are worth.
const instructions = "Onrecord keeps who said what in the news, and how each outlet told it. Look up with check_quote what somebody is said to have said, " +
	"with search_quotes what was said about something. Every passage comes with its article and its place in that article's text, in characters, end exclusive: " +
	"quote it as it stands there and name the outlet. The record was made by a program that can miss things; that it has nothing is no proof that nobody said it."

// Tools offers the record to language models by the Model Context Protocol.
// Nothing is changed by it.
func (s *Server) Tools(version string) *mcp.Server {
	own := mcp.NewServer(&mcp.Implementation{Name: "onrecord", Title: "Onrecord", Version: version}, &mcp.ServerOptions{
		Instructions: instructions, Logger: s.Log, Capabilities: &mcp.ServerCapabilities{},
	})
	offer(s, own, "search_quotes", "Search quotes", "Statements on record, quoted or reported, in which something is found: who said it, in which words, where it stands.", s.searchQuotes)
	offer(s, own, "check_quote", "Check a quote", "Who is on record with some words or with words near them, in which wording each outlet printed them, and who printed them first.", s.checkedQuote)
	offer(s, own, "compare_story", "Compare a story", "A story side by side: what several outlets carry and in which words, where they differ, what only one has.", s.comparedStory)
	offer(s, own, "speaker_record", "Record of a speaker", "What the record has of a person or body: roles, who quotes them, topics, statements that differ, and the newest statements.", s.speakerRecord)
	offer(s, own, "read_article", "Read an article", "The text of an article with everything that it credits to somebody, and its figures.", s.articleRead)
	return own
}

// tool answers with an object, and with the same for people to read.
type tool[In, Out any] func(context.Context, In) (Out, string, error)

// offer adds a tool. An error is told in a sentence; the log has the rest.
func offer[In, Out any](s *Server, own *mcp.Server, name, title, about string, answer tool[In, Out]) {
	no := false
	mcp.AddTool(own, &mcp.Tool{
		Name: name, Description: about,
		Annotations: &mcp.ToolAnnotations{Title: title, ReadOnlyHint: true, IdempotentHint: true, DestructiveHint: &no, OpenWorldHint: &no},
	}, func(ctx context.Context, _ *mcp.CallToolRequest, in In) (*mcp.CallToolResult, Out, error) {
		ctx, cancel := context.WithTimeout(ctx, compareTime)
		defer cancel()
		out, words, err := answer(ctx, in)
		if err != nil {
			s.Log.Warn("tool", slog.String("name", name), slog.Any("error", err))
			return nil, out, errors.New(toolFailure(err))
		}
		return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: strings.Map(visible, words)}}}, out, nil
	})
}

// toolFailure is what a model is told of an error.
func toolFailure(err error) string {
	if bad, ok := errors.AsType[*badParameter](err); ok {
		return bad.Error()
	}
	if errors.Is(err, store.ErrNotFound) {
		return "The record has nothing of that ID."
	}
	_, sentence := failure(err)
	return sentence
}

// argumentsOf are the arguments of an endpoint by name, from pairs of names and
// values; those that are empty are left out.
func (s *Server) argumentsOf(name string, pairs ...string) (arguments, error) {
	all := s.endpoints()
	e := &all[slices.IndexFunc(all, func(e endpoint) bool { return e.name == name })]
	path, given := url.Values{}, url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		switch {
		case inPath(e.path, pairs[i]):
			path.Set(pairs[i], pairs[i+1])
		case pairs[i+1] != "":
			given.Set(pairs[i], pairs[i+1])
		}
	}
	return e.take(path.Get, given)
}

// number is a number as an argument, "" for none.
func number(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

type searchQuotesInput struct {
	Query  string `json:"query" jsonschema:"words, a \"phrase\" in quotation marks, speaker:name, outlet:name, kind:direct, from:2026-01, to:2026-03, OR, - before what must not be there"`
	Sort   string `json:"sort,omitempty" jsonschema:"date (the newest first, the default) or relevance"`
	Limit  int64  `json:"limit,omitempty" jsonschema:"statements at most, 1 to 100, 20 by default"`
	Cursor string `json:"cursor,omitempty" jsonschema:"next of the answer before, to go on"`
}

func (s *Server) searchQuotes(ctx context.Context, in searchQuotesInput) (out list[format.Hit], words string, err error) {
	a, err := s.argumentsOf("searchStatements", "q", in.Query, "sort", in.Sort, "limit", number(in.Limit), "cursor", in.Cursor)
	if err != nil {
		return out, "", err
	}
	out, err = s.searchStatements(ctx, a)
	return out, hitsInWords(out), err
}

type checkQuoteInput struct {
	Text string `json:"text" jsonschema:"the words as they are remembered, two at least; … for a gap"`
}

func (s *Server) checkedQuote(ctx context.Context, in checkQuoteInput) (out format.Checked, words string, err error) {
	a, err := s.argumentsOf("checkQuote", "text", in.Text)
	if err != nil {
		return out, "", err
	}
	out, err = s.checkQuote(ctx, a)
	return out, checkedInWords(out), err
}

type compareStoryInput struct {
	Story string `json:"story" jsonschema:"ID of the story, as search_quotes gives it with each statement"`
}

// comparedStory is a story side by side. IDs are those of attributions in their
// articles.
type comparedStory struct {
	Story string `json:"story"`
	Left  int    `json:"left_out"` // articles, the first, that are not compared
	format.Comparison
}

func (s *Server) comparedStory(ctx context.Context, in compareStoryInput) (out comparedStory, words string, err error) {
	a, err := s.argumentsOf("compareStory", "story", in.Story)
	if err != nil {
		return out, "", err
	}
	row, state, err := s.stateOf(ctx, a.number("story"))
	if err != nil {
		return out, "", err
	}
	c, err := s.comparison(ctx, row, state)
	if err != nil {
		return out, "", err
	}
	out.Story, out.Left = strconv.FormatInt(row, 10), c.Left
	err = json.Unmarshal(c.json, &out.Comparison)
	return out, comparisonInWords(out), err
}

type speakerRecordInput struct {
	Name       string `json:"name,omitempty" jsonschema:"name of the speaker; capitals, accents and titles count for nothing"`
	Speaker    string `json:"speaker,omitempty" jsonschema:"ID of the speaker, where several have the name"`
	Statements int64  `json:"statements,omitempty" jsonschema:"how many of the newest statements are given, 1 to 100, 20 by default"`
}

// speakerAnswer is the record of a speaker or, where the name does not say who
// is meant, all that may be.
type speakerAnswer struct {
	Found  foundSpeakers   `json:"found"`
	Record *format.Profile `json:"record,omitempty"` // of the only one found
}

func (s *Server) speakerRecord(ctx context.Context, in speakerRecordInput) (out speakerAnswer, words string, err error) {
	out.Found = foundSpeakers{Items: []foundSpeaker{}, Near: []string{}}
	switch {
	case in.Speaker == "" && strings.TrimSpace(in.Name) == "":
		return out, "", &badParameter{"name", "is missing"}
	case in.Speaker == "":
		a, err := s.argumentsOf("findSpeakers", "name", in.Name)
		if err != nil {
			return out, "", err
		}
		if out.Found, err = s.findSpeakers(ctx, a); err != nil || len(out.Found.Items) != 1 {
			return out, speakersInWords(in.Name, out.Found), err
		}
		in.Speaker = out.Found.Items[0].ID
	}
	a, err := s.argumentsOf("readSpeaker", "speaker", in.Speaker, "statements", number(in.Statements))
	if err != nil {
		return out, "", err
	}
	p, err := s.readSpeaker(ctx, a)
	if err != nil {
		return out, "", err
	}
	out.Record = &p
	return out, profileInWords(p), nil
}

type readArticleInput struct {
	Article string `json:"article" jsonschema:"ID of the article, as every passage names it"`
}

func (s *Server) articleRead(ctx context.Context, in readArticleInput) (out format.Record, words string, err error) {
	a, err := s.argumentsOf("readArticle", "article", in.Article)
	if err != nil {
		return out, "", err
	}
	out, err = s.readArticle(ctx, a)
	return out, articleInWords(out), err
}
