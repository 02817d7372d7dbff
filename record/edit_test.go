package record_test

import (
	"slices"
	"strings"
	"testing"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/figure"
	"onrecord/record"
	"onrecord/speaker"
	"onrecord/store"
	"onrecord/text"
)

// version makes an entry of lines. "Ana Moreno: “We wait.”" is a statement,
// "Ana Moreno denies: we waited" another, "12 people" a figure; all others are
// the outlet's own words.
func version(lines ...string) *store.Entry {
	e := &store.Entry{Article: article.Article{Body: strings.Join(lines, "\n")}}
	at := 0
	for _, line := range lines {
		who, words, said := strings.Cut(line, ": ")
		name, denies := strings.CutSuffix(who, " denies")
		number, of, _ := strings.Cut(line, " ")
		switch value := len(strings.Trim(number, "0123456789")); {
		case said:
			a := attribution.Attribution{Kind: attribution.Indirect, Content: []text.Span{{Start: at + len(line) - len(words), End: at + len(line)}}}
			if strings.HasPrefix(words, "“") {
				a.Kind = attribution.Direct
			}
			a.Polarity = attribution.Asserted
			if denies {
				a.Polarity = attribution.Denied
			}
			e.Statements = append(e.Statements, speaker.Statement{Attribution: a, Speaker: speaker.Speaker{Name: name}})
		case value == 0:
			n := 0.0
			for _, c := range number {
				n = 10*n + float64(c-'0')
			}
			e.Figures = append(e.Figures, figure.Figure{
				Span: text.Span{Start: at, End: at + len(number)}, Of: []text.Span{{Start: at + len(number) + 1, End: at + len(line)}},
				Value: n, High: n, Head: of, Subject: []string{of}, Statement: -1,
			})
		}
		at += len(line) + 1
	}
	return e
}

func TestEdits(t *testing.T) {
	for _, c := range []struct {
		name          string
		before, after []string
		want          []string
	}{
		{"nothing", []string{"Ana Moreno: “We wait.”"}, []string{"Ana Moreno: “We wait.”"}, nil},
		{"noise: the outlet's own words, marks and capitals",
			[]string{"The pier is old.", "Ana Moreno: “We wait.”"}, []string{"The pier is very old.", "More soon.", "Ana Moreno: “we wait,”"}, nil},
		{"another order", []string{"Ana Moreno: “We wait.”", "Tom Ferris: “I fish.”"}, []string{"Tom Ferris: “I fish.”", "Ana Moreno: “We wait.”"}, nil},
		{"a quotation more", []string{"Ana Moreno: “We wait.”"}, []string{"Ana Moreno: “We wait.”", "Tom Ferris: “I fish there.”"},
			[]string{"quotation added, Tom Ferris: “I fish there.”"}},
		{"a quotation less", []string{"Ana Moreno: “We wait.”"}, nil, []string{"quotation removed, Ana Moreno: “We wait.” →"}},
		{"a word changed", []string{"Ana Moreno: “We wait for the winter storms.”"}, []string{"Ana Moreno: “We wait for the summer storms.”"},
			[]string{"quotation changed, Ana Moreno: “We wait for the winter storms.” → Ana Moreno: “We wait for the summer storms.”"}},
		{"another speaker", []string{"Ana Moreno: “We wait.”"}, []string{"Lena Roth: “We wait.”"},
			[]string{"attribution changed, Ana Moreno: “We wait.” → Lena Roth: “We wait.”"}},
		{"denied after all", []string{"Ana Moreno: the pier is safe"}, []string{"Ana Moreno denies: the pier is safe"},
			[]string{"attribution changed, Ana Moreno: the pier is safe → Ana Moreno (denied): the pier is safe"}},
		{"a report of words", nil, []string{"Ana Moreno: the pier is safe"}, []string{"attribution added, Ana Moreno: the pier is safe"}},
		{"the nearest pair first",
			[]string{"Ana Moreno: “the old pier is not safe now”", "Ana Moreno: “the old pier is not paid now”"},
			[]string{"Ana Moreno: “the old pier is not paid yet”"},
			[]string{"quotation changed, Ana Moreno: “the old pier is not paid now” → Ana Moreno: “the old pier is not paid yet”",
				"quotation removed, Ana Moreno: “the old pier is not safe now” →"}},
		{"figures", []string{"12 people", "3 boats", "7 dogs"}, []string{"14 people", "3 boats", "2 ferries"},
			[]string{"figure changed 12 people → 14 people", "figure removed 7 dogs →", "figure added 2 ferries"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, e := range record.Edits(version(c.before...), version(c.after...)) {
				got = append(got, plain(e))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("\n got %q\nwant %q", got, c.want)
			}
		})
	}
}

func plain(e store.Edit) string {
	side := func(who, words string) string {
		if who != "" {
			return who + ": " + words
		}
		return words
	}
	before, after := side(e.SpeakerBefore, e.Before), side(e.SpeakerAfter, e.After)
	comma := " "
	if e.What != "figure" {
		comma = ", "
	}
	if before != "" {
		before += " → "
	}
	return strings.TrimSpace(e.What + " " + e.Change + comma + before + after)
}
