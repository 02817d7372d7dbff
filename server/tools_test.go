package server_test

import (
	"encoding/json"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"onrecord/server"
	"onrecord/store"
)

// connected is a client of the tools over a record.
func connected(t *testing.T, s *store.Store) *mcp.ClientSession {
	t.Helper()
	own, err := server.New(server.Config{Store: s, Parser: splitter{}, Compare: comparing(t, s), Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	here, there := mcp.NewInMemoryTransports()
	if _, err := own.Tools("test").Connect(t.Context(), there, nil); err != nil {
		t.Fatal(err)
	}
	client, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), here, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	return client
}

// called is the answer of a tool: what people read, and the object as JSON.
func called(t *testing.T, client *mcp.ClientSession, name string, arguments map[string]any) (words, object string, failed bool) {
	t.Helper()
	r, err := client.CallTool(t.Context(), &mcp.CallToolParams{Name: name, Arguments: arguments})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range r.Content {
		words += c.(*mcp.TextContent).Text
	}
	b, err := json.Marshal(r.StructuredContent)
	if err != nil {
		t.Fatal(err)
	}
	return words, string(b), r.IsError
}

func TestTools(t *testing.T) {
	client := connected(t, filled(t))
	for _, c := range []struct {
		tool      string
		arguments map[string]any
		words     []string
		object    []string
	}{
		{"search_quotes", map[string]any{"query": "boat"},
			[]string{"Ana Moreno, harbour director (direct): “We will not tie the boat up until the bridge is open,”", "[lamp-2, characters 0–55]", "story 1"},
			[]string{`"passage":[[0,55]]`, `"article":"lamp-2"`}},
		{"search_quotes", map[string]any{"query": "boat", "limit": 1}, []string{"There is more: cursor"}, nil},
		{"search_quotes", map[string]any{"query": "zeppelin"}, []string{"Nothing on record"}, []string{`"items":[]`}},
		{"check_quote", map[string]any{"text": "we will not tie the boat up"}, []string{"On record: Ana Moreno", "word for word", "[lamp-2, characters 0–55]"}, []string{`"exact":true`}},
		{"check_quote", map[string]any{"text": "boats are boats"}, []string{"Nobody is on record", "credited to nobody", "[wire-3, characters 0–16]"}, nil},
		{"compare_story", map[string]any{"story": "1"}, []string{"Ana Moreno", "in several articles", "[lamp-2, characters "}, []string{`"utterances":[{`, `"story":"1"`}},
		{"speaker_record", map[string]any{"name": "moreno"}, []string{"Ana Moreno: 2 statements", "harbour director", "[lamp-2, characters 0–55]"}, []string{`"content":[[0,55]]`}},
		{"speaker_record", map[string]any{"speaker": "1", "statements": 1}, []string{"Ana Moreno"}, nil},
		{"speaker_record", map[string]any{"name": "Ana Marino"}, []string{"Nobody called Ana Marino", "Ana Moreno"}, nil},
		{"read_article", map[string]any{"article": "lamp-1"}, []string{"The ferry carries 90 people", "a2: Peter Lund (indirect)"}, []string{`"id":"lamp-1"`, `"content":[[0,`}},
	} {
		t.Run(c.tool, func(t *testing.T) {
			words, object, failed := called(t, client, c.tool, c.arguments)
			if failed {
				t.Errorf("%v: %s", c.arguments, words)
			}
			for _, want := range c.words {
				if !strings.Contains(words, want) {
					t.Errorf("%v: no %q in\n%s", c.arguments, want, words)
				}
			}
			for _, want := range c.object {
				if !strings.Contains(object, want) {
					t.Errorf("%v: no %q in\n%s", c.arguments, want, object)
				}
			}
		})
	}
}

// TestWrongCalls are answered with a sentence, and nothing from inside.
func TestWrongCalls(t *testing.T) {
	client := connected(t, filled(t))
	for _, c := range []struct {
		tool      string
		arguments map[string]any
		want      string
	}{
		{"search_quotes", map[string]any{"query": "author:Voss"}, "At character 1 of the search"},
		{"search_quotes", map[string]any{"query": "boat", "limit": 1000}, "limit"},
		{"search_quotes", map[string]any{"query": "boat", "more": true}, "more"},
		{"search_quotes", map[string]any{}, "query"},
		{"check_quote", map[string]any{"text": "boat"}, "two words at least"},
		{"compare_story", map[string]any{"story": "99"}, "The record has nothing of that ID"},
		{"compare_story", map[string]any{"story": "x"}, "must be a number from"},
		{"speaker_record", map[string]any{}, "name"},
		{"read_article", map[string]any{"article": "nothing"}, "The record has nothing of that ID"},
	} {
		words, _, failed := called(t, client, c.tool, c.arguments)
		if !failed || !strings.Contains(words, c.want) || strings.Contains(words, "sql") {
			t.Errorf("%s %v: %t %q, want %q", c.tool, c.arguments, failed, words, c.want)
		}
	}
}

// TestToolsOnlyRead: every tool says that it changes nothing.
func TestToolsOnlyRead(t *testing.T) {
	all, err := connected(t, filled(t)).ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, tool := range all.Tools {
		names = append(names, tool.Name)
		if a := tool.Annotations; a == nil || !a.ReadOnlyHint || a.OpenWorldHint == nil || *a.OpenWorldHint {
			t.Errorf("%s: %+v", tool.Name, a)
		}
		if tool.OutputSchema == nil || tool.Description == "" {
			t.Errorf("%s is not described", tool.Name)
		}
	}
	slices.Sort(names)
	if want := []string{"check_quote", "compare_story", "read_article", "search_quotes", "speaker_record"}; !slices.Equal(names, want) {
		t.Errorf("tools %q", names)
	}
}
