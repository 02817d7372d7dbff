package evaluation

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"onrecord/internal/corpora"
	"onrecord/text"
)

// find is the span of a phrase in a body.
func find(t *testing.T, body, phrase string) []text.Span {
	t.Helper()
	if phrase == "" {
		return nil
	}
	i := strings.Index(body, phrase)
	if i < 0 {
		t.Fatalf("%q is not in %q", phrase, body)
	}
	return []text.Span{{Start: i, End: i + len(phrase)}}
}

func TestScore(t *testing.T) {
	const body = "The mayor said the “naïve” plan had failed.\n“We try again,” she said."
	type phrases struct{ source, cue, content string }
	first := phrases{"The mayor", "said", "the “naïve” plan had failed"}
	second := phrases{"she", "said", "“We try again,”"}
	for _, c := range []struct {
		name            string
		gold, predicted []phrases
		want            Tally
		right           []bool
	}{
		{
			name: "equal", gold: []phrases{first, second}, predicted: []phrases{first, second},
			want: Tally{Content: Count{8, 8, 8}, Cue: Count{1, 1, 1}, Source: Count{3, 3, 3}, Gold: 2, Predicted: 2,
				ContentRight: 2, Relaxed: 2, ContentExact: 2, Exact: 2, Direct: 1, DirectFound: 1, DirectSource: 1},
			right: []bool{true, true},
		},
		{
			name: "punctuation and half a word do not count", gold: []phrases{second}, predicted: []phrases{{"she", "", "We try aga"}},
			want: Tally{Content: Count{3, 3, 3}, Cue: Count{0, 1, 0}, Source: Count{1, 1, 1}, Gold: 1, Predicted: 1,
				ContentRight: 1, Relaxed: 1, ContentExact: 1, Exact: 1, Direct: 1, DirectFound: 1, DirectSource: 1},
			right: []bool{true},
		},
		{
			name: "less than half a word", gold: []phrases{second}, predicted: []phrases{{"", "", "try ag"}},
			want: Tally{Content: Count{1, 3, 1}, Cue: Count{0, 1, 0}, Source: Count{0, 1, 0}, Gold: 1, Predicted: 1,
				ContentRight: 1, Direct: 1, DirectFound: 1},
			right: []bool{false},
		},
		{
			name: "of two equal overlaps the right source wins", gold: []phrases{second}, predicted: []phrases{{"The mayor", "", "“We try again,”"}, second},
			want: Tally{Content: Count{3, 3, 3}, Cue: Count{1, 1, 1}, Source: Count{1, 1, 3}, Gold: 1, Predicted: 2,
				ContentRight: 1, Relaxed: 1, ContentExact: 1, Exact: 1, Direct: 1, DirectFound: 1, DirectSource: 1},
			right: []bool{false, true},
		},
		{
			name: "nothing found", gold: []phrases{first},
			want:  Tally{Content: Count{0, 5, 0}, Cue: Count{0, 1, 0}, Source: Count{0, 2, 0}, Gold: 1},
			right: []bool{},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			relations := func(all []phrases) (out []Relation) {
				for _, p := range all {
					out = append(out, Relation{Source: find(t, body, p.source), Cue: find(t, body, p.cue), Content: find(t, body, p.content)})
				}
				return out
			}
			got, right := Score(body, relations(c.gold), relations(c.predicted))
			if got != c.want {
				t.Errorf("tally\n got %+v\nwant %+v", got, c.want)
			}
			if !slices.Equal(right, c.right) {
				t.Errorf("right = %v, want %v", right, c.right)
			}
		})
	}
}

// TestScoreEqualsReference scores disturbed gold with the corpora's own scorer
// and with this package: every figure must be the same.
func TestScoreEqualsReference(t *testing.T) {
	scorer := corpora.Path(t, "eval", "score_attributions.py")
	dir := corpora.Path(t, "corpora", "polnear", "dev")
	python := corpora.Program(t, "python3")
	texts, err := filepath.Glob(filepath.Join(dir, "text", "*.txt"))
	if err != nil || len(texts) == 0 {
		t.Fatalf("no articles in %s: %v", dir, err)
	}
	predicted := t.TempDir()
	var total Tally
	for n, path := range texts {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		body, name := string(raw), strings.TrimSuffix(filepath.Base(path), ".txt")
		gold, err := ReadBrat(GoldFile(filepath.Join(dir, "attributions"), name), body)
		if err != nil {
			t.Fatal(err)
		}
		var guess []Relation
		if n%9 != 0 { // a missing file counts as nothing found
			guess = disturb(body, gold, n)
			if err := os.WriteFile(filepath.Join(predicted, name+".ann"), []byte(brat(body, guess)), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		one, _ := Score(body, gold, guess)
		total.Add(one)
	}
	out, err := exec.Command(python, scorer, filepath.Join(dir, "text"), filepath.Join(dir, "attributions"), predicted, "--json").Output()
	if err != nil {
		t.Fatalf("reference scorer: %v", err)
	}
	var want Report
	if err := json.Unmarshal(out, &want); err != nil {
		t.Fatal(err)
	}
	if got := total.Report(); !reflect.DeepEqual(got, want) {
		t.Errorf("figures differ from the reference\n got %+v\nwant %+v", got, want)
	}
	if want.Relaxed.F1 < 0.2 || want.Relaxed.F1 > 0.9 {
		t.Errorf("relaxed F1 %v: the disturbance leaves nothing to compare", want.Relaxed.F1)
	}
}

// disturb moves, swaps, doubles and drops gold attributions.
func disturb(body string, gold []Relation, seed int) (out []Relation) {
	move := func(spans []text.Span, by int) (moved []text.Span) {
		for _, s := range spans {
			s.Start, s.End = step(body, s.Start, by), step(body, s.End, by)
			moved = append(moved, s)
		}
		return moved
	}
	for i, r := range gold {
		other := gold[(i+1)%len(gold)]
		switch (i + seed) % 7 {
		case 0:
			continue
		case 1:
			r.Content = move(r.Content, 3)
		case 2:
			r.Content, r.Source = move(r.Content, -25), move(r.Source, 4)
		case 3:
			r.Source = other.Source
		case 4:
			out = append(out, Relation{Source: nil, Cue: r.Cue, Content: r.Content})
		case 5:
			r.Content = r.Content[:1]
		}
		out = append(out, r)
	}
	return out
}

// step is the offset by characters after offset, or before it if by is negative.
func step(body string, offset, by int) int {
	for ; by > 0 && offset < len(body); by-- {
		for offset++; offset < len(body) && body[offset]&0xC0 == 0x80; offset++ {
		}
	}
	for ; by < 0 && offset > 0; by++ {
		for offset--; offset > 0 && body[offset]&0xC0 == 0x80; offset-- {
		}
	}
	return offset
}

// brat writes relations as the reference scorer reads them.
func brat(body string, all []Relation) string {
	chars := text.NewCharacters(body)
	var b strings.Builder
	t := 0
	for e, r := range all {
		var roles string
		for _, role := range []struct {
			name  string
			spans []text.Span
		}{{"Content", r.Content}, {"Cue", r.Cue}, {"Source", r.Source}} {
			for _, s := range role.spans {
				t++
				s = chars.Span(s)
				fmt.Fprintf(&b, "T%d\t%s %d %d\t.\n", t, role.name, s.Start, s.End)
				roles += fmt.Sprintf(" %s:T%d", role.name, t)
			}
		}
		fmt.Fprintf(&b, "E%d\t%s\n", e+1, strings.TrimSpace(roles))
	}
	return b.String()
}

func TestCalibration(t *testing.T) {
	var c Calibration
	c.Add(1, true)
	c.Add(0.95, false)
	c.Add(0.31, false)
	if got := c[9]; got.Predicted != 2 || got.Right != 1 {
		t.Errorf("last bin = %+v, want 1 of 2 right", got)
	}
	if got, want := c.Error(), (0.95+0.31)/3; got < want-1e-9 || got > want+1e-9 {
		t.Errorf("error = %v, want %v", got, want)
	}
	if got := new(Calibration).Error(); got != 0 {
		t.Errorf("error of nothing = %v", got)
	}
}
