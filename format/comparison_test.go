package format

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"onrecord/comparison"
)

// shape lists what a value of JSON has, by path: "utterances[].variants[].text".
func shape(path string, v any, into map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			if path == "only_in" {
				key = "ID" // those of articles
			}
			shape(strings.TrimPrefix(path+"."+key, "."), value, into)
		}
	case []any:
		for _, value := range v {
			shape(path+"[]", value, into)
		}
	case nil:
	default:
		into[path] = true
	}
}

// TestComparisonJSONHasItsShape checks that a comparison has the fields that
// docs/commands.md lists, and no other.
func TestComparisonJSONHasItsShape(t *testing.T) {
	var out bytes.Buffer
	if err := ComparisonJSON(&out, hall(t)); err != nil {
		t.Fatal(err)
	}
	if bytes.Count(out.Bytes(), []byte("\n")) != 1 {
		t.Error("more than one line")
	}
	var v any
	if err := json.Unmarshal(out.Bytes(), &v); err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	shape("", v, got)
	want := map[string]bool{"only_in.ID[]": true}
	add := func(path string, fields string) {
		for _, f := range strings.Fields(fields) {
			want[path+"[]."+f] = true
		}
	}
	add("articles", "id outlet title url published")
	for _, of := range []string{"utterances", "statements"} {
		add(of, "id speaker.id speaker.name speaker.role speaker.unnamed venue date longest")
		add(of+"[].variants", "article attributions[] spans[][] text rendering cue")
	}
	add("utterances[].variants[].changes", "op longest longest_span[] here here_span[]")
	add("figures", "slot differs")
	add("figures[].values", "article value high bound unit of as_of speaker span[]")
	add("tensions", "why flagged_by flag[][]")
	add("tensions[].between", "article attribution speaker span[] text")
	add("framings", "utterance")
	add("framings[].cues", "article attribution cue class")
	add("voices", "speaker.id speaker.name speaker.role speaker.unnamed")
	add("voices[].articles", "article statements words_quoted words_paraphrased order")
	add("own_voice", "article words words_own words_quoted words_paraphrased")
	add("own_voice[].evaluative", "word span[] sentence judgement")
	add("timeline", "date article attribution when span[] text")
	for path := range want {
		if !got[path] {
			t.Errorf("no %s", path)
		}
	}
	for path := range got {
		if !want[path] {
			t.Errorf("%s is not documented", path)
		}
	}
}

// TestComparisonJSONLeavesNothingOut looks for null, which only a change has
// where it has no words, and that every statement stands in one utterance.
func TestComparisonJSONLeavesNothingOut(t *testing.T) {
	for _, c := range []*comparison.Comparison{{}, hall(t)} {
		var out bytes.Buffer
		if err := ComparisonJSON(&out, c); err != nil {
			t.Fatal(err)
		}
		wordless := strings.NewReplacer(`"longest":"","longest_span":null`, "", `"here":"","here_span":null`, "")
		if strings.Contains(wordless.Replace(out.String()), "null") {
			t.Errorf("null in %s", out.String())
		}
		d := NewComparison(c)
		in := map[string]int{}
		for _, u := range slices.Concat(d.Utterances, d.Statements) {
			for _, v := range u.Variants {
				for _, a := range v.Attributions {
					in[v.Article+" "+a]++
				}
			}
		}
		statements := 0
		for _, r := range c.Reports {
			statements += len(r.Statements)
		}
		if len(in) != statements {
			t.Errorf("%d of %d statements stand in an utterance", len(in), statements)
		}
		for a, n := range in {
			if n != 1 {
				t.Errorf("%s stands in %d utterances", a, n)
			}
		}
	}
}

// TestComparisonSpansMeanTheirText cuts spans out of the articles by characters.
func TestComparisonSpansMeanTheirText(t *testing.T) {
	c := hall(t)
	d := NewComparison(c)
	bodies := map[string][]rune{}
	for _, r := range c.Reports {
		bodies[r.Article.ID] = []rune(r.Article.Body)
	}
	cut := func(article string, s Span) string { return string(bodies[article][s[0]:s[1]]) }
	for _, u := range slices.Concat(d.Utterances, d.Statements) {
		for _, v := range u.Variants {
			var pieces []string
			for _, s := range v.Spans {
				pieces = append(pieces, cut(v.Article, s))
			}
			if got := strings.Join(pieces, " "); got != v.Text {
				t.Errorf("%s in %s: spans are %q, text is %q", u.ID, v.Article, got, v.Text)
			}
			for _, x := range v.Changes {
				if s := x.LongestSpan; s != nil && cut(u.Variants[u.Longest].Article, *s) != x.Longest || s == nil && x.Longest != "" {
					t.Errorf("%s in %s: %v of the longest is not %q", u.ID, v.Article, s, x.Longest)
				}
				if s := x.HereSpan; s != nil && cut(v.Article, *s) != x.Here || s == nil && x.Here != "" {
					t.Errorf("%s in %s: %v is not %q", u.ID, v.Article, s, x.Here)
				}
			}
		}
	}
	for _, x := range d.Tensions {
		for _, s := range x.Between {
			if got := cut(s.Article, s.Span); got != s.Text {
				t.Errorf("span is %q, text is %q", got, s.Text)
			}
		}
		for _, s := range x.Flag {
			if got := cut(x.FlaggedBy, s); got != "at odds with" {
				t.Errorf("flag is %q", got)
			}
		}
	}
}
