package query

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

func w(text string) Words                        { return Words{Text: text} }
func prefix(text string) Words                   { return Words{Text: text, Prefix: true} }
func filter(field Field, value string) Filter    { return Filter{Field: field, Value: value} }
func nested(open string, n int, s string) string { return strings.Repeat(open, n) + s }

func TestParse(t *testing.T) {
	tests := []struct {
		query string
		want  Node
		text  string // of the query read, if not the same
	}{
		{query: "ferry", want: w("ferry")},
		{query: "", want: nil},
		{query: " \t\n ", want: nil, text: ""},
		{query: "harbour ferry", want: And{w("harbour"), w("ferry")}},
		{query: "harbour AND ferry", want: And{w("harbour"), w("ferry")}, text: "harbour ferry"},
		{query: "harbour and ferry", want: And{w("harbour"), w("and"), w("ferry")}},
		{query: "harbour OR ferry pier", want: Or{w("harbour"), And{w("ferry"), w("pier")}}},
		{query: "(harbour OR ferry) pier", want: And{Or{w("harbour"), w("ferry")}, w("pier")}},
		{query: "a (b c) d", want: And{w("a"), And{w("b"), w("c")}, w("d")}},
		{query: "a OR (b OR c)", want: Or{w("a"), Or{w("b"), w("c")}}},
		{query: "((ferry))", want: w("ferry"), text: "ferry"},

		{query: "ferry NOT pier", want: And{w("ferry"), Not{w("pier")}}, text: "ferry -pier"},
		{query: "ferry AND NOT pier", want: And{w("ferry"), Not{w("pier")}}, text: "ferry -pier"},
		{query: "-pier", want: Not{w("pier")}},
		{query: `-"old pier"`, want: Not{w("old pier")}},
		{query: "-outlet:Courier ferry", want: And{Not{filter(Outlet, "Courier")}, w("ferry")}},
		{query: "NOT (ferry OR pier)", want: Not{Or{w("ferry"), w("pier")}}, text: "-(ferry OR pier)"},
		{query: "NOT NOT ferry", want: Not{Not{w("ferry")}}, text: "NOT -ferry"},

		{query: `"the old pier"`, want: w("the old pier")},
		{query: `"the   old` + "\n" + `pier"`, want: w("the old pier"), text: `"the old pier"`},
		{query: "“the old pier”", want: w("the old pier"), text: `"the old pier"`},
		{query: `"ferry"`, want: w("ferry"), text: "ferry"},
		{query: `"OR"`, want: w("OR")},
		{query: `"speaker:Voss"`, want: w("speaker:Voss")},
		{query: `"what? (all of it)"`, want: w("what? (all of it)")},
		{query: `old"pier"new`, want: And{w("old"), w("pier"), w("new")}, text: "old pier new"},

		{query: "tariff*", want: prefix("tariff")},
		{query: `"new tariff"*`, want: prefix("new tariff")},
		{query: `"f*"`, want: w("f*")},
		{query: "*", want: nil, text: ""},

		{query: "don't co-operate U.S. 10:30 9/11", want: And{w("don't"), w("co-operate"), w("U.S"), w("10:30"), w("9/11")},
			text: "don't co-operate U.S 10:30 9/11"},
		{query: "ferry, pier – again...", want: And{w("ferry"), w("pier"), w("again")}, text: "ferry pier again"},
		{query: "Voss said: never", want: And{w("Voss"), w("said"), w("never")}, text: "Voss said never"},
		{query: "ferry & - pier", want: And{w("ferry"), w("pier")}, text: "ferry pier"},
		{query: "Åse Zürich 東京 e\u0301lan", want: And{w("Åse"), w("Zürich"), w("東京"), w("e\u0301lan")}},
		{query: "a\x00b", want: And{w("a"), w("b")}, text: "a b"},

		{query: "speaker:Voss", want: filter(Speaker, "Voss")},
		{query: `SPEAKER:"Ada Voss"`, want: filter(Speaker, "Ada Voss"), text: `speaker:"Ada Voss"`},
		{query: `outlet:coastline-wire.example`, want: filter(Outlet, "coastline-wire.example")},
		{query: `outlet:"Voss: a blog"`, want: filter(Outlet, "Voss: a blog")},
		{query: `venue:"OR"`, want: filter(Venue, "OR"), text: "venue:OR"},
		{query: "kind:Direct", want: filter(Kind, "direct"), text: "kind:direct"},
		{query: "from:2025 to:2025-08 ferry", want: And{filter(From, "2025"), filter(To, "2025-08"), w("ferry")}},
		{query: `ferry (speaker:Voss OR speaker:Holm) -kind:indirect addressee:council story:s12`,
			want: And{w("ferry"), Or{filter(Speaker, "Voss"), filter(Speaker, "Holm")},
				Not{filter(Kind, "indirect")}, filter(Addressee, "council"), filter(Story, "s12")}},
		{query: nested("(", MaxDepth, "a") + nested(")", MaxDepth, ""), want: w("a"), text: "a"},
	}
	for _, tt := range tests {
		got, err := Parse(tt.query)
		if err != nil || !reflect.DeepEqual(got.Root, tt.want) {
			t.Errorf("Parse(%q) = %#v, %v, want %#v", tt.query, got.Root, err, tt.want)
			continue
		}
		text := tt.text
		if text == "" && tt.want != nil {
			text = tt.query
		}
		if got.String() != text {
			t.Errorf("Parse(%q).String() = %q, want %q", tt.query, got, text)
		}
		if again, err := Parse(got.String()); err != nil || !reflect.DeepEqual(again, got) {
			t.Errorf("Parse(%q) = %#v, %v, want %#v", got, again.Root, err, got.Root)
		}
	}
}

func TestParseErrors(t *testing.T) {
	tests := []struct {
		query    string
		position int
		problem  string // a part of it
	}{
		{`ferry "old pier`, 7, "quotation mark is not closed"},
		{`ferry "" pier`, 7, "no word between"},
		{`ferry "…"`, 7, "no word between"},
		{"(ferry OR pier", 1, "not closed"},
		{"a (b (c)", 3, "not closed"},
		{"ferry) pier", 6, "no parenthesis is open"},
		{"()", 2, "missing"},
		{"ferry OR", 9, "missing"},
		{"OR ferry", 1, "missing"},
		{"ferry AND OR pier", 11, "missing"},
		{"ferry NOT", 10, "missing"},
		{"åse (OR)", 6, "missing"},
		{"speaker:", 1, "speaker: needs a value"},
		{"ferry speaker: Voss", 7, "speaker: needs a value"},
		{`speaker:""`, 9, "no word between"},
		{`speaker:"Ada Voss`, 9, "not closed"},
		{"speaker:Vo*", 1, "whole words"},
		{"kind:verbatim", 1, "direct, indirect or mixed"},
		{"from:yesterday", 1, "2025-08-17"},
		{"ferry to:2025-13", 7, "2025-08-17"},
		{"ferry author:Voss", 7, `"author" is no filter`},
		{`ferry author:"Ada Voss"`, 7, `"author" is no filter`},
		{"https://wire.example/1", 1, `"https" is no filter`},
		{"f*rry", 1, "end of a word"},
		{"pier *ferry", 6, "end of a word"},
		{strings.Repeat("a ", MaxTerms+1), 2*MaxTerms + 1, "more than 128"},
		{strings.Repeat("a", MaxLength+1), 1, "longer than 4096"},
		{nested("(", MaxDepth+1, "a"), MaxDepth + 1, "inside each other"},
		{nested("NOT ", MaxDepth+1, "a"), 4*MaxDepth + 1, "inside each other"},
		{nested("-(", MaxDepth, "a"), MaxDepth + 1, "inside each other"},
	}
	for _, tt := range tests {
		got, err := Parse(tt.query)
		var syntax *SyntaxError
		if !errors.As(err, &syntax) || syntax.Position != tt.position || !strings.Contains(syntax.Problem, tt.problem) {
			t.Errorf("Parse(%.60q) = %v, %v, want %q at %d", tt.query, got, err, tt.problem, tt.position)
		}
	}
}

func TestDay(t *testing.T) {
	tests := []struct {
		filter Filter
		want   string
	}{
		{filter(From, "2024"), "2024-01-01"},
		{filter(From, "2024-02"), "2024-02-01"},
		{filter(From, "2024-02-10"), "2024-02-10"},
		{filter(To, "2024"), "2024-12-31"},
		{filter(To, "2024-02"), "2024-02-29"},
		{filter(To, "2024-02-10"), "2024-02-10"},
		{filter(To, "soon"), ""},
		{filter(Story, "2024"), ""},
	}
	for _, tt := range tests {
		if got := tt.filter.Day(); got != tt.want {
			t.Errorf("%s: Day() = %q, want %q", tt.filter, got, tt.want)
		}
	}
}

// FuzzParse holds that nothing hangs or panics, that errors name a place in
// the query, that a query read is written so that it is read again, and that
// its terms hold something to look for.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`harbour OR (ferry -"old pier") speaker:"Ada Voss" from:2025-08`, `"new tariff"* NOT NOT tar*`,
		`to:2025 kind:direct a:b`, "“x” «y» --z -(", "speaker:\"é\xff\"\x00", `outlet:a"b"c*:d`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := Parse(s)
		if err != nil {
			var syntax *SyntaxError
			if !errors.As(err, &syntax) || syntax.Position < 1 || syntax.Position > len([]rune(s))+1 {
				t.Fatalf("Parse(%q): %v", s, err)
			}
			return
		}
		if len(q.String()) > MaxLength {
			return // writing it adds quotation marks
		}
		again, err := Parse(q.String())
		if err != nil || !reflect.DeepEqual(again, q) {
			t.Fatalf("Parse(%q) = %#v, %v, but from %q it was %#v", q, again.Root, err, s, q.Root)
		}
		if q.Root != nil {
			checkTerms(t, q.Root)
		}
	})
}

func checkTerms(t *testing.T, n Node) {
	text := ""
	switch n := n.(type) {
	case Words:
		text = n.Text
	case Filter:
		text = n.Value
	case Not:
		checkTerms(t, n.Node)
		return
	case And:
		for _, n := range n {
			checkTerms(t, n)
		}
		return
	case Or:
		for _, n := range n {
			checkTerms(t, n)
		}
		return
	}
	if !strings.ContainsFunc(text, isWordPart) || strings.ContainsFunc(text, isQuote) {
		t.Fatalf("%#v", n)
	}
}
