package format

import (
	"reflect"
	"testing"

	"onrecord/figure"
	"onrecord/speaker"
	"onrecord/text"
)

// TestFigures gives figures on somebody's word, on that of somebody unnamed
// and in the outlet's own voice, behind a character of several bytes.
func TestFigures(t *testing.T) {
	r := sample(t)
	at := func(words string) text.Span { return phrases(t, words)[0] }
	r.Figures = []figure.Figure{
		{Span: at("first"), Value: 2, High: 3, Bound: figure.Between, Unit: "mile", Of: []text.Span{at("The bridge"), at("safe")}, AsOf: "2026-03", Statement: 1},
		{Span: at("rust"), Value: 5, High: 4, Unit: "vote", Statement: 3},
		{Span: at("Harbour"), Value: 1e6, High: 1e6, Statement: -1},
	}
	r.Statements[3].Speaker = speaker.Speaker{Unnamed: "an engineer"}
	rec := NewRecord(r, false)
	runes := []rune(rec.Text)
	for i, want := range []Figure{
		{Value: 2, High: 3, Bound: "between", Unit: "mile", Of: "The bridge safe", OfSpans: []Span{{28, 38}, {46, 50}}, AsOf: "2026-03", Speaker: "Ana Moreno", Statement: "a2"},
		{Value: 5, High: 4, Unit: "vote", Speaker: "an engineer", Statement: "a4", OfSpans: []Span{}},
		{Value: 1e6, High: 1e6, OfSpans: []Span{}},
	} {
		got := rec.Figures[i]
		if words := string(runes[got.Span[0]:got.Span[1]]); words != r.Figures[i].Span.Of(rec.Text) {
			t.Errorf("characters %v are %q", got.Span, words)
		}
		want.Subject, want.When = []string{}, []Span{}
		if got.Span = (Span{}); !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}
