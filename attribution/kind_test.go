package attribution

import (
	"strings"
	"testing"

	"onrecord/english"
	"onrecord/text"
)

func TestKindOf(t *testing.T) {
	const body = "“He told me ‘go home’ and it was over,” she said. She called the plan “a farce” on Monday.\n\n“It began with rust.\n\n“Nobody looked.”"
	d := &english.Doc{Text: text.Split(body)}
	for _, s := range d.Text.Tokens {
		d.Tokens = append(d.Tokens, english.Token{Span: s, Form: english.Normal(s.Of(body)), Head: -1})
	}
	for _, c := range []struct {
		content, cue string
		want         Kind
	}{
		{"“He told me ‘go home’ and it was over,”", "said", Direct},
		{"it was over", "told", Indirect},
		{"‘go home’", "told", Direct},
		{"‘go home’ and it was over", "told", Mixed},
		{"the plan “a farce”", "called", Mixed},
		{"the plan", "called", Indirect},
		{"“a farce”", "called", Direct},
		{"“It began with rust.|“Nobody looked.”", "", Direct},
		{"the plan|“It began with rust.", "", Mixed},
	} {
		var content []text.Span
		for _, p := range strings.Split(c.content, "|") {
			start := strings.Index(body, p)
			content = append(content, text.Span{Start: start, End: start + len(p)})
		}
		cue := -1
		if c.cue != "" {
			cue = tokenFrom(d, strings.Index(body, c.cue))
		}
		if got := kindOf(d, depths(d), content, cue); got != c.want {
			t.Errorf("%s: %s, want %s", c.content, got, c.want)
		}
	}
}
