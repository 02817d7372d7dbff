package lexicon

import (
	"slices"
	"strings"
	"testing"
)

func TestForce(t *testing.T) {
	for cue, want := range map[string]string{
		"say": Neutral, "claim": "claimed", "lash_out": "attacked", "concede": "admitted", "point_out": "noted", "swim": "",
	} {
		if got := Force(cue); got != want {
			t.Errorf("Force(%q) = %q, want %q", cue, got, want)
		}
	}
	seen := map[string]string{}
	for _, line := range dataLines(framingFile) {
		words := strings.Fields(line)
		for _, w := range words[1:] {
			if seen[w] != "" {
				t.Errorf("%q is %s and %s", w, seen[w], words[0])
			}
			seen[w] = words[0]
		}
	}
}

func TestEvaluative(t *testing.T) {
	for _, tt := range []struct {
		word  string
		class WordClass
		want  Judgement
	}{
		{"disastrous", Adjective, Blame}, {"masterful", Adjective, Praise}, {"ambush", Verb, Blame}, {"supposed", Adjective, Doubt},
		{"turn_a_blind_eye", Phrase, Drama}, {"tirade", Noun, Saying}, {"fine", Noun, ""}, {"disastrous", Noun, ""},
	} {
		if got := Evaluative(tt.word, tt.class); got != tt.want {
			t.Errorf("Evaluative(%q, %s) = %q, want %q", tt.word, tt.class, got, tt.want)
		}
	}
	if LongestEvaluative("turn") < 4 || LongestEvaluative("harbor") != 0 {
		t.Error("phrases by their first word")
	}
	seen := map[string]bool{}
	for _, line := range dataLines(evaluativeFile) {
		f := strings.Fields(line)
		if !slices.Contains([]Judgement{Praise, Blame, Drama, Ridicule, Doubt, Extreme, Saying}, Judgement(f[0])) || !slices.Contains([]WordClass{Adjective, Noun, Verb, Adverb, Phrase}, WordClass(f[1])) {
			t.Errorf("line %.40q", line)
		}
		for _, w := range f[2:] {
			if strings.Contains(w, "_") != (WordClass(f[1]) == Phrase) || w != strings.ToLower(w) {
				t.Errorf("%q among the %s", w, f[1])
			}
			if seen[f[1]+w] {
				t.Errorf("%s %q twice", f[1], w)
			}
			seen[f[1]+w] = true
		}
	}
}
