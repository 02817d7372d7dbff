package attribution_test

import (
	"slices"
	"testing"
	"time"

	"onrecord/attribution"
	"onrecord/pipeline"
	"onrecord/text"
)

func TestDates(t *testing.T) {
	p, err := pipeline.Default()
	if err != nil {
		t.Fatal(err)
	}
	published := time.Date(2024, 5, 15, 0, 0, 0, 0, time.UTC) // a Wednesday
	tests := []struct {
		body string
		want []string
	}{
		{"The pier collapsed on Friday and was rebuilt by Monday.", []string{"Friday 2024-05-10", "Monday 2024-05-13"}},
		{"The board will meet on Friday.", []string{"Friday 2024-05-17"}},
		{"The board meets Friday.", []string{"Friday 2024-05-17"}},
		{"The board is expected to return on Friday.", []string{"Friday 2024-05-17"}},
		{"Mr. Lund is due to be charged on Friday.", []string{"Friday 2024-05-17"}},
		{"The two men are scheduled to be charged Friday.", []string{"Friday 2024-05-17"}},
		{"Ada Quill is expected to be sworn in on Friday.", []string{"Friday 2024-05-17"}},
		{"The report is due on Friday.", []string{"Friday 2024-05-17"}},
		{"She was sworn in on Friday, due to be charged.", []string{"Friday 2024-05-10"}},
		{"He went to the police on Friday.", []string{"Friday 2024-05-10"}},
		{"The march was called off due to rain on Friday.", []string{"Friday 2024-05-10"}},
		{"They have plans for a march on Friday.", []string{"Friday 2024-05-17"}},
		{"It opened on Aug. 3, 1931, and closed in June 2019.", []string{"Aug. 3 , 1931 1931-08-03", "June 2019 2019-06"}},
		{"The shop closed on Black Friday.", nil},
		{"It fell the day before the storm, after years of neglect.", nil},
	}
	for _, tt := range tests {
		doc := p.Parser.Parse(text.Split(tt.body))
		var got []string
		for _, d := range attribution.Dates(doc, published) {
			words := ""
			for _, tok := range doc.Tokens[d.Tokens.First:d.Tokens.End] {
				words += tok.Form + " "
			}
			got = append(got, words+d.Date)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q: %q, want %q", tt.body, got, tt.want)
		}
	}
}
