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
	"onrecord/comparison"
	"onrecord/profile"
	"onrecord/speaker"
)

// quillProfile is a profile with everything in it, a part of it hostile.
func quillProfile(t *testing.T) *profile.Profile {
	t.Helper()
	on := func(year, month, day int) time.Time {
		return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	}
	a := &article.Article{ID: "b-1", Outlet: "Radio\x1b[31m Quay", Title: "Bridge to close", URL: "https://quay.example/bridge", Published: on(2026, 3, 10), DateOnly: true, Body: body}
	said := statement(t, attribution.Direct, "Ana Moreno", "told", "“The bridge is not safe,”", speaker.Speaker{ID: "ana-moreno", Name: "Ana Moreno", Role: "transport minister"})
	said.Polarity = attribution.Denied
	s := profile.Statement{Statement: said, Article: a, N: 2}
	p := &profile.Profile{
		Credits: profile.Credits{
			Name: "Ana Moreno", Spellings: []profile.Spelling{{Text: "Ana Moreno", Articles: 9}, {Text: "Anna Moreno", Articles: 1}},
			Articles: 10, Statements: 40, Direct: 10, Words: 700, First: on(2024, 1, 7), Last: on(2026, 3, 10), Since: on(2025, 1, 1),
			Outlets: []profile.Outlet{{Name: "Radio Quay", Articles: 9, Statements: 39, Words: 690}, {Articles: 1, Statements: 1, Words: 10}},
			Months:  []profile.Month{{Month: on(2024, 1, 1), Statements: 1}, {Month: on(2024, 12, 1), Statements: 32}, {Month: on(2026, 3, 1), Statements: 7}},
		},
		Topics: []profile.Topic{{
			Words: "north bridge", Statements: 12, NStories: 5, Years: []profile.Month{{Month: on(2026, 1, 1), Statements: 12}}, Stories: []profile.Story{{Number: 7, Headline: "Bridge to close"}},
		}},
		Tensions: []profile.Tension{{Reason: comparison.Figures, Between: [2]profile.Passage{{Statement: s, Story: 7, Span: said.Content[0]}, {Statement: s, Story: 8, Span: said.Content[0]}}}},
		Stories:  []profile.Story{{Number: 7, Headline: "Bridge\x1b[31m to close", Statements: []profile.Statement{s}}},
		Read:     30,
	}
	for i := range manyRoles + 2 {
		p.Roles = append(p.Roles, profile.Role{Role: strings.Repeat("deputy ", i) + "minister", First: on(2024, 1, 7), Last: on(2024, 1+i, 7), Articles: 2})
	}
	return p
}

func TestProfileText(t *testing.T) {
	for _, tt := range []struct {
		name   string
		all    bool
		want   []string
		absent string
	}{
		{"shortened", false, []string{
			"Ana Moreno\n40 statements in 10 articles · 25% in quotation marks · 7 January 2024 – 10\nMarch 2026\nAlso called Anna Moreno\n",
			"ROLES\nsince 1 January 2025\n  minister, 2024-01 (2 articles)\n  deputy minister, 2024-01 to 2024-02 (2 articles)\n", "  … and 2 more roles (--all)\n",
			"MOST QUOTED BY\nsince 1 January 2025\n  Radio Quay         39 statements, 690 words, in 9 articles\n  outlet not stated  1 statement, 10 words, in 1 article\n",
			"BY MONTH\nJanuary to December; the highest bar is 32 statements\n  2024  ▁··········█  33\n  2026  ··▂·········  7\n",
			"TOPICS\nwhat they speak of more than others do; of the newest 30 statements\n  north bridge · 12 statements in 5 stories · 12 in 2026\n    Bridge to close (7)\n",
			"TENSIONS WITH EARLIER STATEMENTS\nof the newest 30 statements\n", "  Two figures for one thing:\n", "“The bridge is not safe,”\n", "story 7\n", "story 8\n",
			"STATEMENTS\nthe newest 1 of 40 (--limit)\n\nBridge�[31m to close (7)\n", "“The bridge is not safe,”\n", "Radio�[31m Quay · 10 March 2026 · ", "direct · denied\n"}, ""},
		{"all", true, []string{"deputy deputy deputy deputy deputy deputy deputy deputy deputy minister"}, "(--all)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			if err := ProfileText(&out, quillProfile(t), TextOptions{Width: 80, All: tt.all}); err != nil {
				t.Fatal(err)
			}
			rest := out.String()
			for _, want := range tt.want {
				_, after, ok := strings.Cut(rest, want)
				if !ok {
					t.Fatalf("%q is not, or not there, in\n%s", want, out.String())
				}
				rest = after
			}
			if tt.absent != "" && strings.Contains(out.String(), tt.absent) {
				t.Errorf("%q in\n%s", tt.absent, out.String())
			}
			for line := range strings.Lines(out.String()) {
				if ansi.StringWidth(strings.TrimRight(line, "\n")) > 80 {
					t.Errorf("longer than 80 columns: %q", line)
				}
			}
		})
	}
}

func TestProfileOfNothing(t *testing.T) {
	var out bytes.Buffer
	if err := ProfileText(&out, &profile.Profile{Credits: profile.Credits{Name: "Ana Moreno"}}, TextOptions{}); err != nil {
		t.Fatal(err)
	}
	if want := "Ana Moreno\nno statements in no articles\n\nTENSIONS WITH EARLIER STATEMENTS\n  None found.\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}

func TestProfileJSON(t *testing.T) {
	var out bytes.Buffer
	if err := ProfileJSON(&out, quillProfile(t)); err != nil {
		t.Fatal(err)
	}
	var p Profile
	if err := json.Unmarshal(out.Bytes(), &p); err != nil || bytes.Count(out.Bytes(), []byte("\n")) != 1 {
		t.Fatalf("%v in %s", err, out.String())
	}
	if p.Since != "2025-01-01" || p.Months[1] != (ProfileMonth{"2024-12", 32}) || p.Topics[0].Years[0] != (ProfileYear{2026, 12}) || p.Topics[0].Total != 5 {
		t.Errorf("%+v", p)
	}
	x := p.Tensions[0]
	side := x.Between[1]
	chars := []rune(body)
	if x.Why != "figures" || side.Story != "8" || string(chars[side.Span[0]:side.Span[1]]) != side.Text || side.Attribution.ID != "a3" {
		t.Errorf("tension %+v", x)
	}
	if s := p.Stories[0]; s.Story != "7" || s.Statements[0].Article != "b-1" || s.Statements[0].Published != "2026-03-10" {
		t.Errorf("story %+v", s)
	}
	out.Reset()
	if err := ProfileJSON(&out, &profile.Profile{}); err != nil || strings.Contains(out.String(), "null") {
		t.Errorf("%v, null in %s", err, out.String())
	}
}

func TestNamesakes(t *testing.T) {
	p := quillProfile(t)
	all := slices.Repeat([]profile.Credits{p.Credits}, 11)
	var out bytes.Buffer
	if err := NamesakesText(&out, all, TextOptions{Width: 80}); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(out.String(), " 1  Ana Moreno, minister\n    40 statements in 10 articles") || !strings.Contains(out.String(), "\n11  Ana Moreno") {
		t.Errorf("got\n%s", out.String())
	}
	out.Reset()
	if err := NamesakesJSON(&out, all); err != nil || bytes.Count(out.Bytes(), []byte("\n")) != 11 {
		t.Errorf("%v in %s", err, out.String())
	}
}
