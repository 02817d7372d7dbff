package lexicon

import (
	"slices"
	"strings"
	"testing"
)

func TestFlags(t *testing.T) {
	for phrase, want := range map[string]FlagClass{
		"at odds with": FlagBetween, "conflicting": FlagApposed, "despite": FlagDespite, "say otherwise": FlagAnswer,
		"dispute": FlagPoint, "that be not true": FlagRebuttal, "there be no evidence": FlagFinding, "record": FlagRecord,
		"fail": Negates, "should": Demands, "could": Chances, "if": Opens,
		"nobody": Turns, "only": Limits, "because": Grounds, "but": Contrasts, "remark": Claims, "most": Parts, "make": Light,
	} {
		words := strings.Fields(phrase)
		if !slices.ContainsFunc(Flags(words[0]), func(f Flag) bool { return f.Class == want && slices.Equal(f.Words, words) }) {
			t.Errorf("%q is not of the class %s", phrase, want)
		}
		if len(words) == 1 && !IsFlag(phrase, want) {
			t.Errorf("IsFlag(%q, %s) = false", phrase, want)
		}
	}
	if IsFlag("at", FlagBetween) || Flags("ferry") != nil {
		t.Error("words that are no flags are")
	}
}

func TestSenseOf(t *testing.T) {
	for _, tt := range []struct {
		a, b  string
		class WordClass
		deny  bool
	}{
		{"give_up", "surrender", Verb, false},
		{"raise", "slash", Verb, true},
		{"guilty", "innocent", Adjective, true},
		{"land", "territory", Noun, false},
	} {
		a, b := SenseOf(tt.a, tt.class), SenseOf(tt.b, tt.class)
		if a.Word != b.Word || (a.Opposite != b.Opposite) != tt.deny {
			t.Errorf("%s %+v, %s %+v", tt.a, a, tt.b, b)
		}
	}
	if got := (SenseOf("attack", Noun)); got != (Sense{Word: "attack"}) {
		t.Errorf("the noun has the verb's sense: %+v", got)
	}
}

// TestOpposites looks for words that stand on two lines, of which one would
// count for nothing.
func TestOpposites(t *testing.T) {
	seen := map[string]bool{}
	for _, line := range dataLines(oppositeFile) {
		words := strings.Fields(strings.ReplaceAll(line, "|", " "))
		if class := WordClass(words[0]); class != Verb && class != Noun && class != Adjective {
			t.Errorf("%q: no class", line)
		}
		for _, w := range words[1:] {
			if key := words[0] + " " + w; seen[key] {
				t.Errorf("%s stands twice", key)
			} else {
				seen[key] = true
			}
		}
	}
}
