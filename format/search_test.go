package format

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/speaker"
	"onrecord/store"
	"onrecord/text"
)

// hits are a statement in two pieces and an article, found by "the bridge".
func hits(t *testing.T) []store.Hit {
	t.Helper()
	a := store.Article{Story: 7, Article: article.Article{
		ID: "b-1", Outlet: "Radio Quay", Title: "Bridge\x1b[31m to close", URL: "https://quay.example/bridge",
		Published: time.Date(2026, 3, 10, 0, 0, 0, 0, time.UTC), DateOnly: true, Body: body,
	}}
	said := statement(t, attribution.Direct, "Ana Moreno", "told", "“The bridge is not safe,”|“We will not wait for the first accident, and I will not be the one who has to explain it.”",
		speaker.Speaker{ID: "ana-moreno", Name: "Ana Moreno", Role: "transport minister"})
	said.Polarity = attribution.Denied
	found := phrases(t, "The bridge|the first")
	return []store.Hit{
		{Article: a, Statement: &store.Statement{Statement: said}, N: 2, Found: found},
		{Article: a, Found: found},
		{Article: store.Article{Article: article.Article{ID: "blank", Origin: "notes/blank.txt"}}},
	}
}

func TestSearchText(t *testing.T) {
	var out bytes.Buffer
	if err := SearchText(&out, hits(t), TextOptions{Width: 80, Colour: true}); err != nil {
		t.Fatal(err)
	}
	want := `Ana Moreno, transport minister
  ¶2  “The bridge is not safe,” … “We will not wait for the first accident, and
      I will not be the one who has to explain it.”
      Radio Quay · 10 March 2026 · Bridge�[31m to close · direct · denied
      https://quay.example/bridge

Bridge�[31m to close
  ¶2  “The bridge is not safe,” Ana Moreno, the transport minister, told Radio
      Quay on Tuesday.
      Radio Quay · 10 March 2026
      https://quay.example/bridge

blank
      notes/blank.txt
`
	if got := ansi.Strip(out.String()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	mark := toneStyles[matched]
	for _, words := range []string{"The bridge", "the first"} {
		if !strings.Contains(out.String(), mark.Styled(words)) {
			t.Errorf("%q is not highlighted in\n%q", words, out.String())
		}
	}
	var plain bytes.Buffer
	if err := SearchText(&plain, hits(t), TextOptions{Width: 80}); err != nil || plain.String() != want {
		t.Errorf("without colour: %v\n%s", err, plain.String())
	}
}

func TestSearchJSON(t *testing.T) {
	var out bytes.Buffer
	if err := SearchJSON(&out, hits(t)); err != nil {
		t.Fatal(err)
	}
	var got []Hit
	for d := json.NewDecoder(&out); d.More(); {
		var h Hit
		if err := d.Decode(&h); err != nil {
			t.Fatal(err)
		}
		got = append(got, h)
	}
	if len(got) != 3 {
		t.Fatalf("%d lines for 3 hits", len(got))
	}
	in := func(spans []Span) (out []string) {
		for _, s := range spans {
			out = append(out, string([]rune(body)[s[0]:s[1]]))
		}
		return out
	}
	said := got[0]
	if said.Article != "b-1" || said.Story != "7" || said.Published != "2026-03-10" || said.Paragraph != 2 || said.Attribution == nil ||
		said.Attribution.ID != "a3" || said.Attribution.Speaker.Name != "Ana Moreno" || said.Attribution.Spans.Venue == nil {
		t.Errorf("statement is %+v", said)
	}
	if found := in(said.Found); !slices.Equal(found, []string{"The bridge", "the first"}) || len(said.Passage) != 2 {
		t.Errorf("found %q in %q", found, in(said.Passage))
	}
	whole := got[1]
	if found := in(whole.Found); whole.Attribution != nil || !slices.Equal(found, []string{"The bridge"}) || !strings.HasPrefix(whole.Text, "“The bridge is not safe,” Ana") {
		t.Errorf("article is %+v, found %q", whole, found)
	}
	if none := got[2]; none.Passage == nil || none.Found == nil || none.Paragraph != 0 {
		t.Errorf("article without a body is %+v", none)
	}
}

// TestPassageOfAnArticle takes the sentence with the most different words.
func TestPassageOfAnArticle(t *testing.T) {
	for want, words := range map[string]string{
		"Harbour bridge to close 🌉":     "",
		"“It began with the rust.":      "rust",
		"She denied that cafe\u0301 ow": "bridge|denied|owners",
	} {
		h := store.Hit{Article: store.Article{Article: article.Article{Body: body}}, Found: phrases(t, words)}
		slices.SortFunc(h.Found, func(a, b text.Span) int { return a.Start - b.Start })
		p := newPassage(h)
		if got := joined(body, p.pieces, ""); !strings.HasPrefix(got, want) {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
}
