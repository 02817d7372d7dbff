package format

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/check"
	"onrecord/speaker"
	"onrecord/store"
	"onrecord/text"
)

// lamps is an index that gives all it has, whatever is asked.
type lamps struct{}

func (lamps) Candidates(context.Context, []string, int) ([]check.Passage, error) {
	at := func(id string, day int) article.Article {
		return article.Article{ID: id, Outlet: strings.ToUpper(id[:1]) + id[1:], Title: "Lamps out in " + id, URL: "https://" + id + ".example/lamps",
			Published: time.Date(2024, time.May, day, 0, 0, 0, 0, time.UTC), DateOnly: true}
	}
	roth, lund := speaker.Speaker{ID: "lena-roth", Name: "Lena Roth", Role: "mayor"}, speaker.Speaker{ID: "peter-lund", Name: "Peter Lund"}
	return []check.Passage{
		{Statement: 1, Article: at("courier", 4), Kind: attribution.Direct, Speaker: roth, Cue: "said", Text: "“The lamps will burn until the last ferry is in, as they always have.”"},
		{Statement: 2, Article: at("herald", 3), Kind: attribution.Mixed, Speaker: roth, Cue: "told", Text: "that the lamps “will burn until the last boat is in”"},
		{Statement: 3, Article: at("mail", 5), Kind: attribution.Direct, Speaker: lund, Cue: "says", Text: "“Go home. The lamps will burn until the last ferry is in, \x1b[31mas they always have.”"},
		{Statement: 4, Article: at("post", 5), Kind: attribution.Indirect, Speaker: lund, Cue: "said", Text: "that lamps cost a lot"},
	}, nil
}

func (lamps) Bodies(context.Context, []string, int) ([]check.Passage, error) {
	return []check.Passage{{Article: article.Article{ID: "post"}, Text: "It rained. The harbour has forty lamps of brass. It rained on."}}, nil
}

func checked(t *testing.T, asked string) check.Answer {
	t.Helper()
	a, err := check.Find(context.Background(), lamps{}, asked)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestCheckText compares answers with testdata/check.txt.
func TestCheckText(t *testing.T) {
	var got bytes.Buffer
	for _, asked := range []string{"the lamps will burn till the last ferry is in", "The lamps … as they always have", "the harbour has forty lamps of brass", "the harbour has no lamps at all"} {
		got.WriteString("> " + asked + "\n\n")
		if err := CheckText(&got, checked(t, asked), TextOptions{Width: 72}); err != nil {
			t.Fatal(err)
		}
		got.WriteString("\n")
	}
	path := filepath.Join("testdata", "check.txt")
	if *update {
		if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("not what %s holds (-update writes it):\n%s", path, got.String())
	}
}

func TestCheckJSON(t *testing.T) {
	var b bytes.Buffer
	at := func(n int64) (store.Hit, error) { // each says that much after five characters, of two bytes the first
		said := &store.Statement{}
		said.Content = []text.Span{{Start: 6, End: 10}}
		return store.Hit{Article: store.Article{Article: article.Article{Body: "é 1, 2345"}}, Statement: said, N: int(n)}, nil
	}
	if err := CheckJSON(&b, checked(t, "the lamps will burn till the last ferry is in"), at); err != nil {
		t.Fatal(err)
	}
	var got Checked
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	u := got.Utterances[0]
	if len(got.Utterances) != 1 || len(u.Matches) != 3 || len(u.Speakers) != 2 || u.Matches[u.First].Published != "2024-05-03" || u.Matches[u.Longest].Article != "mail" {
		t.Errorf("got %s", b.String())
	}
	m := u.Matches[1]
	if m.Attribution != "a2" && m.Attribution != "a3" || !slices.Equal(m.Passage, []Span{{5, 9}}) {
		t.Errorf("at %s %v", m.Attribution, m.Passage)
	}
	if c := m.Changes[1]; c.Operation != "changed" || c.Asked != "till" || c.Here != "until" {
		t.Errorf("got %+v", m.Changes)
	}
	if r := []rune(m.Text); string(r[m.Spans[0][0]:m.Spans[0][1]]) != "The lamps will burn" {
		t.Errorf("got %v", m.Spans)
	}
	if strings.Contains(b.String(), "null") {
		t.Errorf("a list is missing: %s", b.String())
	}
}
