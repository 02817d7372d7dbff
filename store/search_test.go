package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/query"
	"onrecord/speaker"
	"onrecord/text"
)

// quoted is a statement for a test: who said what, in words of the body.
type quoted struct {
	who, content     string // pieces are split at "|"
	kind             attribution.Kind
	addressee, venue string
}

func entry(t testing.TB, id, outlet, published, title, body string, all ...quoted) Entry {
	t.Helper()
	e := Entry{Article: article.Article{ID: id, URL: "https://" + outlet + ".example/" + id, Outlet: outlet, Title: title, Body: body, DateOnly: true}, Language: "en"}
	if published != "" {
		var err error
		if e.Article.Published, err = time.Parse(time.DateOnly, published); err != nil {
			t.Fatal(err)
		}
	}
	spans := func(words string) (out []text.Span) {
		if words == "" {
			return nil
		}
		for _, piece := range strings.Split(words, "|") {
			i := strings.Index(body, piece)
			if i < 0 {
				t.Fatalf("%q is not in the body", piece)
			}
			out = append(out, text.Span{Start: i, End: i + len(piece)})
		}
		return out
	}
	for _, q := range all {
		s := speaker.Statement{Speaker: speaker.Speaker{ID: "x", Name: q.who}}
		if strings.HasPrefix(q.who, "a ") {
			s.Speaker = speaker.Speaker{Unnamed: q.who}
		}
		s.Kind, s.Polarity, s.Content, s.Addressee, s.Venue = q.kind, attribution.Asserted, spans(q.content), spans(q.addressee), spans(q.venue)
		s.SourceHead, s.CueHead = -1, -1
		e.Statements = append(e.Statements, s)
	}
	return e
}

// harbour is a record of five articles.
func harbour(t testing.TB) *Store {
	t.Helper()
	s, err := Create(t.Context(), filepath.Join(t.TempDir(), "record.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	entries := []Entry{
		entry(t, "closed", "courier", "2026-03-02", "Ferry stops at the old pier",
			"Ada Voss told the council that the old pier is not safe. “The ferry can wait,” she told Radio Quay. “Zürich waited too, and the ferry came.”",
			quoted{who: "Ada Voss", content: "that the old pier is not safe", kind: attribution.Indirect, addressee: "the council"},
			quoted{who: "Ada Voss", content: "“The ferry can wait,”|“Zürich waited too, and the ferry came.”", kind: attribution.Direct, venue: "Radio Quay"}),
		entry(t, "anger", "Northern Ledger", "2026-03-05", "Islanders angry",
			"Ivo Holm said the ferry was promised. A fisherman called the pier “a rusty excuse”.",
			quoted{who: "Ivo Holm", content: "the ferry was promised", kind: attribution.Indirect},
			quoted{who: "a fisherman", content: "the pier “a rusty excuse”", kind: attribution.Mixed}),
		entry(t, "undated", "courier", "", "A note on tariffs", "Ada Voss said tariffs would rise for every ferry, every ferry ticket and every ferry crew.",
			quoted{who: "Ada Voss", content: "tariffs would rise for every ferry, every ferry ticket and every ferry crew", kind: attribution.Indirect}),
		entry(t, "late", "courier", "2026-03-31", "Pier opens", "The new pier opens today. “At last,” said Holm.",
			quoted{who: "Ivo Holm", content: "“At last,”", kind: attribution.Direct}),
	}
	if _, err := s.Add(t.Context(), entries, time.Unix(1e9, 0)); err != nil {
		t.Fatal(err)
	}
	return s
}

// search gives the hits as "article/number", or "article".
func search(t *testing.T, s *Store, q string, o SearchOptions) (out []string) {
	t.Helper()
	parsed, err := query.Parse(q)
	if err != nil {
		t.Fatal(err)
	}
	if o.Limit == 0 {
		o.Limit = 20
	}
	hits, err := s.Search(t.Context(), parsed, o)
	if err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	for _, h := range hits {
		name := h.Article.ID
		if h.Statement != nil {
			name += fmt.Sprintf("/%d", h.N)
		}
		out = append(out, name)
	}
	return out
}

func TestSearchStatements(t *testing.T) {
	s := harbour(t)
	everything := []string{"late/0", "anger/1", "anger/0", "closed/1", "closed/0", "undated/0"}
	tests := []struct {
		query string
		want  []string // the newest first
	}{
		{"", everything},
		{"ferry", []string{"anger/0", "closed/1", "undated/0"}},
		{"FERRY zurich", []string{"closed/1"}},
		{`"old pier"`, []string{"closed/0"}},
		{`"pier old"`, nil},
		{"wait “zürich waited”", []string{"closed/1"}},
		{`"can wait Zürich"`, []string{"closed/1"}}, // over two pieces
		{"wait*", []string{"closed/1"}},
		{`"ferry ti"*`, []string{"undated/0"}},
		{"tariff", nil},
		{"pier OR tariffs", []string{"anger/1", "closed/0", "undated/0"}},
		{"pier -rusty", []string{"closed/0"}},
		{"NOT ferry", []string{"late/0", "anger/1", "closed/0"}},
		{"-ferry -pier", []string{"late/0"}},
		{"speaker:Voss", []string{"closed/1", "closed/0", "undated/0"}},
		{`speaker:"ADA VOSS" ferry`, []string{"closed/1", "undated/0"}},
		{`speaker:"a fisherman"`, []string{"anger/1"}},
		{"outlet:ledger", []string{"anger/1", "anger/0"}},
		{"kind:direct", []string{"late/0", "closed/1"}},
		{"kind:mixed OR kind:direct", []string{"late/0", "anger/1", "closed/1"}},
		{"addressee:council", []string{"closed/0"}},
		{`venue:"radio quay"`, []string{"closed/1"}},
		{"courier", nil}, // filters are not words
		{"direct", nil},
		{"from:2026-03-05", []string{"late/0", "anger/1", "anger/0"}},
		{"to:2026-03-04", []string{"closed/1", "closed/0"}},
		{"from:2026-03-02 to:2026-03-02", []string{"closed/1", "closed/0"}},
		{"to:2026-03", everything[:5]},
		{"from:2027", nil},
		{"-from:2026", []string{"undated/0"}},
		{"ferry from:2026-03-03", []string{"anger/0"}},
		{"ferry (from:2026-03-03 OR zurich)", []string{"anger/0", "closed/1"}},
		{"ferry OR from:2026-03-31", []string{"late/0", "anger/0", "closed/1", "undated/0"}},
		{"pier (outlet:courier OR (kind:mixed from:2026))", []string{"anger/1", "closed/0"}},
		{"ferry -(speaker:Holm from:2026)", []string{"closed/1", "undated/0"}},
		{"story:1", []string{"closed/1", "closed/0"}},
		{"story:1 OR story:2", []string{"anger/1", "anger/0", "closed/1", "closed/0"}},
		{"ferry -story:1", []string{"anger/0", "undated/0"}},
		{"story:none", nil},
		{`"speaker : x" OR "text"`, nil},
		{"ᚠᚢᚦ", nil},
	}
	for _, tt := range tests {
		if got := search(t, s, tt.query, SearchOptions{ByDate: true}); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.query, got, tt.want)
		}
		got, want := search(t, s, tt.query, SearchOptions{}), slices.Sorted(slices.Values(tt.want))
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("%s by relevance: %v, want %v in any order", tt.query, got, want)
		}
	}
}

// TestSearchRanks puts what says much of a name before what says little else.
func TestSearchRanks(t *testing.T) {
	matches := []match{
		{row: 1, text: "Mr. Voss"},
		{row: 2, text: "of Voss, Voss, Voss"},
		{row: 3, text: "that Voss had closed the old pier in the night and told nobody of it"},
		{row: 4, text: "that the old pier was closed in the night by Voss and that Voss told nobody"},
		{row: 5, text: "Voss"},
	}
	rank(matches, []phrase{{keys: []string{"voss"}}})
	var got []int64
	for _, m := range matches {
		got = append(got, m.row)
	}
	if want := []int64{4, 3, 2, 1, 5}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestSearchArticles(t *testing.T) {
	s := harbour(t)
	for _, tt := range []struct {
		query string
		want  []string
	}{
		{"", []string{"late", "anger", "closed", "undated"}},
		{"pier", []string{"late", "anger", "closed"}},
		{"islanders", []string{"anger"}}, // in the title
		{"radio quay", []string{"closed"}},
		{"pier outlet:courier", []string{"late", "closed"}},
		{"speaker:Voss", []string{"closed", "undated"}},
		{"pier speaker:Holm", []string{"late", "anger"}},
		{"speaker:Voss kind:direct", []string{"closed"}},
		{"speaker:fisherman kind:indirect", nil}, // not the same statement
		{"speaker:Voss -kind:direct", []string{"undated"}},
		{"kind:mixed OR from:2026-03-31", []string{"late", "anger"}},
		{"-speaker:Voss", []string{"late", "anger"}},
		{"story:1", []string{"closed"}},
		{"ferry to:2026-03", []string{"anger", "closed"}},
	} {
		if got := search(t, s, tt.query, SearchOptions{Articles: true, ByDate: true}); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.query, got, tt.want)
		}
	}
}

func TestSearchOrder(t *testing.T) {
	s := harbour(t)
	for _, tt := range []struct {
		query   string
		options SearchOptions
		want    []string
	}{
		{"ferry", SearchOptions{}, []string{"undated/0", "closed/1", "anger/0"}}, // three times, twice, once
		{"ferry OR zurich", SearchOptions{Limit: 1}, []string{"closed/1"}},       // the rarer word
		{"speaker:Holm", SearchOptions{}, []string{"late/0", "anger/0"}},
		{"ferry", SearchOptions{ByDate: true, Limit: 2}, []string{"anger/0", "closed/1"}},
		{"ferry", SearchOptions{Articles: true}, []string{"undated", "closed", "anger"}},
	} {
		if got := search(t, s, tt.query, tt.options); !slices.Equal(got, tt.want) {
			t.Errorf("%s %+v: %v, want %v", tt.query, tt.options, got, tt.want)
		}
	}
}

// TestSearchPages goes through everything a hit at a time.
func TestSearchPages(t *testing.T) {
	s := harbour(t)
	var got []string
	for before := int64(0); ; {
		hits, err := s.Search(t.Context(), query.Query{}, SearchOptions{ByDate: true, Limit: 1, Before: before})
		if err != nil {
			t.Fatal(err)
		}
		if len(hits) == 0 {
			break
		}
		before = hits[0].Statement.Row
		got = append(got, hits[0].Statement.Text)
	}
	if len(got) != 6 || got[3] != "“The ferry can wait,” “Zürich waited too, and the ferry came.”" {
		t.Errorf("%q", got)
	}
}

func TestSearchFollowsStories(t *testing.T) {
	s := harbour(t)
	b, err := s.Begin(t.Context(), time.Unix(2e9, 0))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(b.Absorb(1, 2), b.Absorb(2, 4), b.Commit()); err != nil {
		t.Fatal(err)
	}
	for _, story := range []string{"story:1", "story:2", "story:4"} {
		if got := search(t, s, story, SearchOptions{Articles: true}); !slices.Equal(got, []string{"late", "anger", "closed"}) {
			t.Errorf("%s: %v", story, got)
		}
		if got := search(t, s, "ferry "+story, SearchOptions{ByDate: true}); !slices.Equal(got, []string{"anger/0", "closed/1"}) {
			t.Errorf("ferry %s: %v", story, got)
		}
	}
}

func TestSearchFindsTheLatestVersionOnly(t *testing.T) {
	s := harbour(t)
	later := entry(t, "anger", "Northern Ledger", "2026-03-05", "Islanders calm", "Ivo Holm said the ferry was hoped for.",
		quoted{who: "Ivo Holm", content: "the ferry was hoped for", kind: attribution.Indirect})
	if _, err := s.Add(t.Context(), []Entry{later}, time.Unix(2e9, 0)); err != nil {
		t.Fatal(err)
	}
	for q, want := range map[string]int{"promised": 0, "hoped": 1, "speaker:Holm from:2026-03-05 to:2026-03-05": 1} {
		if got := search(t, s, q, SearchOptions{}); len(got) != want {
			t.Errorf("%s: %v, want %d", q, got, want)
		}
		if got := search(t, s, q, SearchOptions{Articles: true}); len(got) != want {
			t.Errorf("%s: %v, want %d articles", q, got, want)
		}
	}
}

// TestSearchDeep asks for as much as the language allows.
func TestSearchDeep(t *testing.T) {
	s := harbour(t)
	or, not, wide := "ferry", "ferry", "ferry"
	for range query.MaxDepth - 1 {
		or = "pier OR ferry (" + or + ")"
	}
	for range query.MaxDepth/2 - 1 {
		not = "ferry -(" + not + " -pier -(rusty from:2026))"
	}
	for i := range (query.MaxTerms - 1) / 2 {
		wide += fmt.Sprintf(" OR (from:2026 -w%d)", i)
	}
	for _, q := range []string{or, not, wide, strings.Repeat("-(", query.MaxDepth/2) + "from:2026" + strings.Repeat(")", query.MaxDepth/2)} {
		parsed, err := query.Parse(q)
		if err != nil {
			t.Fatal(err)
		}
		for _, articles := range []bool{false, true} {
			if _, err := s.Search(t.Context(), parsed, SearchOptions{Articles: articles, Limit: 5}); err != nil {
				t.Errorf("%.100s: %v", q, err)
			}
		}
	}
}

func TestHighlight(t *testing.T) {
	const body = "The ferry, the new Ferry: Zu\u0308rich’s ferries and U.S. ferry fares."
	for _, tt := range []struct {
		query string
		want  []string
	}{
		{"ferry", []string{"ferry", "Ferry", "ferry"}},
		{"ferr*", []string{"ferry", "Ferry", "ferries", "ferry"}},
		{"zürich", []string{"Zu\u0308rich"}},
		{"the OR new OR absent", []string{"The", "the", "new"}},
		{`"the new ferry"`, []string{"the new Ferry"}},
		{`"new fer"*`, []string{"new Ferry"}},
		{`"the new" "new ferry"`, []string{"the new", "Ferry"}},
		{"U.S.", []string{"U.S"}},
		{"fares -ferry speaker:new", []string{"fares"}},
		{"", nil},
	} {
		q, err := query.Parse(tt.query)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range highlight(body, []text.Span{{End: len(body)}}, phrasesOf(q.Root)) {
			got = append(got, s.Of(body))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.query, got, tt.want)
		}
	}
	pieces := []text.Span{{Start: 4, End: 9}, {Start: 15, End: 24}} // ferry | new Ferry
	if got := highlight(body, pieces, []phrase{{keys: []string{"ferry", "new"}}}); !slices.Equal(got, []text.Span{{Start: 4, End: 9}, {Start: 15, End: 18}}) {
		t.Errorf("over two pieces: %v", got)
	}
}

// FuzzSearch holds that the store can answer every query that there is.
func FuzzSearch(f *testing.F) {
	for _, q := range []string{
		`ferry OR (pier -"old pier") speaker:"Ada Voss" from:2026`, `"new ferry"* NOT NOT fer*`, `-(to:2026 kind:direct)`,
		"ᚠ* ferry", `"'; --" outlet:"a'b"`, `story:1 OR -story:9 OR venue:١`, "speaker:\u0301 NEAR{text}:^x+y", `addressee:"- -a"`,
	} {
		f.Add(q)
	}
	s := harbour(f)
	f.Fuzz(func(t *testing.T, words string) {
		q, err := query.Parse(words)
		if err != nil {
			return
		}
		for _, o := range []SearchOptions{{Limit: 3}, {Limit: 3, Articles: true}, {Limit: 3, ByDate: true}} {
			hits, err := s.Search(t.Context(), q, o)
			if err != nil {
				t.Fatalf("%q: %v", words, err)
			}
			for _, h := range hits {
				for _, found := range h.Found {
					if !(text.Span{End: len(h.Article.Body)}).Contains(found) || found.Len() == 0 {
						t.Fatalf("%q: %v in %q", words, found, h.Article.Body)
					}
				}
			}
		}
	})
}
