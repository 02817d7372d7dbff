package check_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/check"
	"onrecord/speaker"
	"onrecord/text"
	"onrecord/utterance"
)

func TestWords(t *testing.T) {
	for s, want := range map[string]string{
		"“We don’t, and we won't,” she said.": "we dont and we wont she said",
		"The well-known café in São Gil":      "the well known cafe in sao gil",
		"1,000 of 2.5 million, 3-to-1":        "1000 of 25 million 3 to 1",
		"The U.S. and the U.N.: no. Yes.":     "the us and the un no yes",
		"the pier.It fell":                    "the pier it fell",
		"— … 'tis ’90s \u0301":                "tis 90s",
		"co\u00ADop\xff era":                  "coop era",
		"":                                    "",
	} {
		words := check.Words(s)
		if got := strings.Join(check.Keys(words), " "); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestShingles(t *testing.T) {
	for s, want := range map[string]string{
		"the rusty pier":               "the_rusty rusty_pier",
		"the end of the rusty pier":    "the_end end_of of_the_rusty the_rusty rusty_pier",
		"what they want":               "what_they_want they_want",
		"no pier, no pier":             "no_pier pier_no",
		"pier":                         "pier",
		"":                             "",
		"it was the one with the pier": "it_was_the was_the_one the_one_with one_with_the with_the_pier the_pier",
	} {
		if got := strings.Join(check.Shingles(check.Keys(check.Words(s))), " "); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

// pier is a record about an old pier.
func pier() *memory {
	day := func(d int) time.Time { return time.Date(2024, time.May, d, 0, 0, 0, 0, time.UTC) }
	m := &memory{}
	for i, p := range []check.Passage{
		{Article: article.Article{ID: "courier", Published: day(4)}, Kind: attribution.Direct, Speaker: speaker.Speaker{Name: "Moreno"}, Text: "“The pier is not safe, and we cannot wait for the first accident.”"},
		{Article: article.Article{ID: "herald", Published: day(3)}, Kind: attribution.Direct, Speaker: speaker.Speaker{Name: "Ana Moreno"}, Text: "“The pier is not safe, and we cannot wait for the first accident, whatever the anglers may say of it.”"},
		{Article: article.Article{ID: "post", Published: day(5)}, Kind: attribution.Mixed, Speaker: speaker.Speaker{Name: "Lena Roth"}, Text: "that “we cannot wait for the first accident” at the pier"},
		{Article: article.Article{ID: "post", Published: day(5)}, Kind: attribution.Direct, Speaker: speaker.Speaker{Name: "Tom Ferris"}, Text: "“I have fished there since I was six, in rain and in snow, and nobody has fallen in.”"},
		{Article: article.Article{ID: "mail"}, Kind: attribution.Direct, Speaker: speaker.Speaker{Name: "Juno Park"}, Text: "“The market feeds four hundred people.”"},
		{Article: article.Article{ID: "mail"}, Kind: attribution.Direct, Speaker: speaker.Speaker{Name: "Juno Park"}, Text: "“It has stood since the flood, and it will outlast this council.”"},
		{Article: article.Article{ID: "gazette"}, Kind: attribution.Indirect, Speaker: speaker.Speaker{Unnamed: "a fisherman"}, Text: "that nobody would fall in"},
	} {
		p.Statement = int64(i + 1)
		m.statements.add(p)
	}
	m.bodies.add(check.Passage{Article: article.Article{ID: "mail"}, Text: "It rained all day.\n\n“Two of the iron legs are gone,” a sign reads. Nobody knows who wrote it.\n\nThe town has other worries: the ferry sails no more."})
	return m
}

func TestFind(t *testing.T) {
	for asked, want := range map[string]string{
		"The pier is not safe, and we cannot wait for the first accident.":                                     "Ana Moreno: herald courier*",
		"The pier is unsafe, and we cannot wait for the first accident":                                        "Ana Moreno: herald courier*",
		"we cannot wait for the first accident":                                                                "Lena Roth: post*",
		"I have fished there … and nobody has fallen in":                                                       "Tom Ferris: post*",
		"I fished there since I was seven, in snow, nobody has fallen in":                                      "Tom Ferris: post*",
		"The market feeds four hundred people. It has stood since the flood, and it will outlast this council": "Juno Park: mail*",
		"Two of the iron legs are gone":                                                                        ": mail*",
		"the ferry sails no more":                                                                              "nobody; own voice: mail",
		"The bridge is safe, and we can wait for the second train":                                             "nobody",
	} {
		a, err := check.Find(context.Background(), pier(), asked)
		if err != nil {
			t.Fatal(err)
		}
		if got := summary(a); got != want {
			t.Errorf("%s\n got %s\nwant %s", asked, got, want)
		}
	}
}

// summary names the speakers and the articles of the first utterance, with a
// star at the nearest.
func summary(a check.Answer) string {
	if len(a.Utterances) == 0 {
		out := "nobody"
		for _, m := range a.OwnVoice {
			out += "; own voice: " + m.Article.ID
		}
		return out
	}
	u := a.Utterances[0]
	var names []string
	for _, s := range u.Speakers() {
		names = append(names, s.Name)
	}
	out := strings.Join(names, ", ") + ":"
	for i, m := range u.Matches {
		out += " " + m.Article.ID
		if i == u.Best {
			out += "*"
		}
	}
	return out
}

// TestEarlier looks up what an article said before it was changed: what it
// still says is listed once, what it says no more as that of an earlier version.
func TestEarlier(t *testing.T) {
	m := &memory{}
	for i, p := range []check.Passage{
		{Earlier: true, Article: article.Article{ID: "a-1"}, Text: "“The pier is not safe, and we cannot wait for the first accident.”"},
		{Earlier: true, Article: article.Article{ID: "a-1"}, Text: "“It will be shut for nine weeks.”"},
		{Article: article.Article{ID: "a-2"}, Text: "“The pier is not safe, and we cannot wait for the first accident.”"},
		{Article: article.Article{ID: "a-2"}, Text: "“It will be shut for three weeks.”"},
	} {
		p.Statement, p.Kind, p.Speaker.Name = int64(i+1), attribution.Direct, "Lena Roth"
		p.Article.Outlet, p.Article.URL = "The Quay", "https://quay.example/pier"
		m.statements.add(p)
	}
	for asked, want := range map[string]string{
		"we cannot wait for the first accident": "The pier is not safe, and we cannot wait for the first accident: false",
		"It will be shut for nine weeks":        "It will be shut for nine weeks: true; It will be shut for three weeks: false",
	} {
		a, err := check.Find(context.Background(), m, asked)
		if err != nil || len(a.Utterances) == 0 {
			t.Fatal(a, err)
		}
		var got []string
		for _, m := range a.Utterances[0].Matches {
			got = append(got, fmt.Sprintf("%s: %v", strings.Trim(m.Text, "“”."), m.Earlier))
		}
		if got := strings.Join(got, "; "); got != want {
			t.Errorf("%s\n got %s\nwant %s", asked, got, want)
		}
	}
}

func TestChanges(t *testing.T) {
	a, err := check.Find(context.Background(), pier(), "Well, I fished there since I was seven, in snow, and nobody has fallen in.")
	if err != nil || len(a.Utterances) == 0 {
		t.Fatal(a, err)
	}
	m := a.Utterances[0].Matches[0]
	var got []string
	for _, c := range m.Changes {
		got = append(got, fmt.Sprintf("%s %q %q", c.Operation, c.Longest.Of(a.Asked), c.Here.Of(m.Text)))
	}
	want := []string{
		`dropped "Well" ""`,
		`kept "I" "I"`,
		`inserted "" "have"`,
		`kept "fished there since I was" "fished there since I was"`,
		`changed "seven" "six, in rain and"`,
		`kept "in snow, and nobody has fallen in" "in snow, and nobody has fallen in"`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestNoWords(t *testing.T) {
	for _, asked := range []string{"", "—", "pier"} {
		if _, err := check.Find(context.Background(), pier(), asked); !errors.Is(err, check.ErrNoWords) {
			t.Errorf("%q: %v", asked, err)
		}
	}
}

// broken is an index that cannot be read.
type broken struct{ error }

func (b broken) Candidates(context.Context, []string, int) ([]check.Passage, error) { return nil, b }
func (b broken) Bodies(context.Context, []string, int) ([]check.Passage, error)     { return nil, b }

func TestBrokenIndex(t *testing.T) {
	want := broken{errors.New("cannot be read")}
	if _, err := check.Find(context.Background(), want, "the rusty pier"); !errors.Is(err, want) {
		t.Errorf("got %v", err)
	}
}

// FuzzFind looks up any words in a record of one text, and checks that spans
// lie in their texts, that a diff has every word once, and that a text is
// found by itself.
func FuzzFind(f *testing.F) {
	f.Add("The pier is not safe", "“The pier is not safe, and we cannot wait.”")
	f.Add("a … a … a b", "b a b a b a")
	f.Add("U.S.’s 1,0 \xff\u0301", "\xf0")
	f.Fuzz(func(t *testing.T, asked, passage string) {
		if len(asked)+len(passage) > 2000 {
			t.Skip()
		}
		for _, here := range []string{passage, asked} {
			m := &memory{}
			m.statements.add(check.Passage{Statement: 1, Kind: attribution.Mixed, Text: here})
			m.bodies.add(check.Passage{Text: here})
			a, err := check.Find(context.Background(), m, asked)
			if err != nil {
				continue
			}
			if here == asked && (len(a.Utterances) != 1 || a.Utterances[0].Matches[0].Score != 1) {
				t.Errorf("%q does not find itself: %+v", asked, a)
			}
			for _, u := range a.Utterances {
				for _, m := range u.Matches {
					verify(t, asked, m)
				}
			}
		}
	})
}

func verify(t *testing.T, asked string, m check.Match) {
	t.Helper()
	n := 0
	for _, c := range m.Changes {
		inside(t, asked, c.Longest)
		inside(t, m.Text, c.Here)
		if c.Operation != utterance.Inserted {
			n += len(check.Words(c.Longest.Of(asked)))
		}
	}
	if want := len(check.Words(asked)); n != want {
		t.Errorf("changes have %d words of %d: %q in %q", n, want, asked, m.Text)
	}
	for _, s := range m.Spans {
		inside(t, m.Text, s)
	}
}

func inside(t *testing.T, body string, s text.Span) {
	t.Helper()
	if s.Start < 0 || s.End < s.Start || s.End > len(body) || utf8.ValidString(body) && !utf8.ValidString(s.Of(body)) {
		t.Fatalf("span %v of %q", s, body)
	}
}
