package comparison_test

import (
	"slices"
	"testing"

	"onrecord/comparison"
)

func TestTimeline(t *testing.T) {
	tests := []struct {
		body string
		want []string // date, then the words that date it; "said" before those of a statement
	}{
		{"The pier collapsed on Friday. The board will meet on Monday.", []string{"2024-05-10 on Friday", "2024-05-20 on Monday"}},
		{"The board closed the pier on May 3, 2024, after a ship hit it last week.", []string{"2024-05-03 on May 3, 2024"}},
		{"Quill was elected in 2016. The pier opened in June 1931.", []string{"1931-06 in June 1931", "2016 in 2016"}},
		{"The board sold the pier last year.", []string{"2023 last year"}},
		{"Friday’s meeting lasted an hour.", []string{"2024-05-10 Friday"}},
		{"The vote is scheduled for Monday.", []string{"2024-05-20 for Monday"}},
		{"Plans for a march at the pier on Friday drew a crowd.", []string{"2024-05-17 on Friday"}},
		{"Mayor Ada Quill said on Tuesday that the pier collapsed in 2019.", []string{"said 2024-05-14 on Tuesday"}},
		{"“The pier collapsed on Friday,” Ada Quill said.", nil},
		{"The pier has been closed since 2022.", nil},
		{"The pier was closed for years.", nil},
		{"The bridge must be finished by 2030, before Monday’s storm.", nil},
		{"The 2016 law bans cars. The Sunday shows ignored it.", nil},
		{"The board meets every Friday.", nil},
		{"The Good Friday Agreement and Black Friday are holidays of a kind.", nil},
		{"She is a candidate in the primary on June 3.", nil}, // June has not come, and nothing says that it is ahead
	}
	for _, tt := range tests {
		c := compare(t, tt.body)
		var got []string
		for _, e := range c.Timeline {
			entry := e.Date + " " + e.When.Of(tt.body)
			if e.Statement >= 0 {
				entry = "said " + entry
			}
			got = append(got, entry)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q:\n got %q\nwant %q", tt.body, got, tt.want)
		}
		checkTimeline(t, c)
	}
}

func TestTimelineOfArticles(t *testing.T) {
	c := compare(t, "The pier collapsed on Friday. It opened in 1931.", "The pier collapsed on Friday.")
	var got []int
	for _, e := range c.Timeline {
		got = append(got, e.Article)
	}
	if want := []int{0, 0, 1}; !slices.Equal(got, want) {
		t.Errorf("articles %v, want %v", got, want)
	}
}

func checkTimeline(t *testing.T, c *comparison.Comparison) {
	for i, e := range c.Timeline {
		body := c.Reports[e.Article].Article.Body
		switch {
		case i > 0 && e.Date < c.Timeline[i-1].Date:
			t.Errorf("%s after %s", e.Date, c.Timeline[i-1].Date)
		case len(e.Date) != 4 && len(e.Date) != 7 && len(e.Date) != 10:
			t.Errorf("date %q", e.Date)
		case e.When.Len() <= 0 || e.When.End > len(body) || e.Passage.Len() <= 0 || e.Passage.End > len(body):
			t.Errorf("spans of %+v in %d bytes", e, len(body))
		case e.Statement < 0 && !e.Passage.Contains(e.When):
			t.Errorf("event dated by words elsewhere: %+v", e)
		}
	}
}
