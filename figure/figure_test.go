package figure_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"onrecord/article"
	"onrecord/figure"
	"onrecord/pipeline"
)

// published is a Thursday.
var published = time.Date(2025, 8, 14, 0, 0, 0, 0, time.UTC)

func load(t testing.TB) *pipeline.Pipeline {
	t.Helper()
	p, err := pipeline.Default()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func read(t testing.TB, p *pipeline.Pipeline, body string) pipeline.Reading {
	t.Helper()
	r, err := p.Read(article.Article{Body: body, Language: "en", Published: published})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// describe prints a figure as the cases have it: words = bound value unit;
// of what; as of when; on whose word. What there is not is left out.
func describe(r pipeline.Reading, f figure.Figure) string {
	value := fmt.Sprint(f.Value)
	if f.High != f.Value {
		value += fmt.Sprint(" ", f.High)
	}
	out := strings.Join(slices.DeleteFunc([]string{f.Span.Of(r.Article.Body), "=", string(f.Bound), value, f.Unit}, empty), " ")
	var of []string
	for _, s := range f.Of {
		of = append(of, s.Of(r.Article.Body))
	}
	if len(of) > 0 {
		out += "; of " + strings.Join(of, " ")
	}
	if f.AsOf != "" {
		out += "; as of " + f.AsOf
	}
	if f.Statement >= 0 {
		s := r.Statements[f.Statement].Speaker
		out += "; by " + s.Name + s.Unnamed
	}
	return out
}

func empty(s string) bool { return s == "" }

func TestFind(t *testing.T) {
	p := load(t)
	for _, c := range findCases {
		r := read(t, p, c.text)
		var got []string
		for _, f := range r.Figures {
			got = append(got, describe(r, f))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

func TestFindName(t *testing.T) {
	p := load(t)
	for _, c := range []struct{ text, name, per string }{
		{"The ferry carried 212 passengers on an average day.", "passengers carried on an average day", "day"},
		{"Every day, 340 people cross the sound.", "people who cross the sound every day", "day"},
		{"The line loses $4.1 million a year.", "loss of the line a year", "year"},
		{"The city pays $900 a month for rent.", "payments by the city a month", "month"},
		{"The bridge will cost $4.5 billion.", "cost of the bridge", ""},
		{"The council voted 217 to 205 on Tuesday.", "votes of the council", ""},
		{"A third of the students failed.", "share of the students", ""},
		{"The strike lasted two years.", "how long the strike lasted", ""},
		{"The 15-member panel met.", "members of the panel", ""},
		{"The council set aside $2 million for the pier.", "money for the pier", ""},
		{"She served 12 years on the board.", "time on the board", ""},
		{"More than 3,000 homes were flooded.", "homes flooded", ""},
		{"Norland casualties have surpassed 1 million killed, wounded and captured.", "Norland casualties killed, wounded and captured", ""},
		{"He left a year ago with 40 men.", "men", ""},
	} {
		r := read(t, p, c.text)
		if len(r.Figures) != 1 {
			t.Errorf("%s: %d figures", c.text, len(r.Figures))
			continue
		}
		if f := r.Figures[0]; f.Name != c.name || f.Per != c.per {
			t.Errorf("%s: %q a %q, want %q a %q", c.text, f.Name, f.Per, c.name, c.per)
		}
	}
}

// TestFindAgain holds a figure that says less than the one before it to what
// that one counts, and to nobody's word if it is not that speaker's.
func TestFindAgain(t *testing.T) {
	p := load(t)
	for _, c := range []struct {
		text string
		want []string
	}{
		{"The union says 340 people cross every day; the county says 212.", []string{
			"340 = 340; of people cross; by the union", "212 = 212; of people cross"}},
		{"Her officials put the loss at $4.1 million. The true figure, Ada Quill said, is nearer $3 million.", []string{
			"$4.1 million = 4.1e+06 USD; of loss", "$3 million = about 3e+06 USD; of loss; by Ada Quill"}},
		{"The firm sold 40 ships. The number of sailors fell to 900.", []string{
			"40 = 40; of sold ships", "900 = 900; of number of sailors fell"}},
	} {
		r := read(t, p, c.text)
		var got []string
		for _, f := range r.Figures {
			got = append(got, describe(r, f))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

// TestFindExact holds values to the decimal digits that are printed.
func TestFindExact(t *testing.T) {
	p := load(t)
	for text, want := range map[string]float64{
		"The line lost $4.1 million.":          4100000,
		"The line lost $4.1m.":                 4100000,
		"The firm has 1.1 million members.":    1100000,
		"The plan would cost $8.3-9.7 million": 8300000,
		"The fund holds €2.675 billion.":       2675000000,
		"The hall seats three dozen children.": 36,
	} {
		if r := read(t, p, text); len(r.Figures) != 1 || r.Figures[0].Value != want {
			t.Errorf("%s: %+v, want %v", text, r.Figures, want)
		}
	}
}
