package lexicon_test

import (
	"testing"

	"onrecord/lexicon"
)

func TestFieldsOf(t *testing.T) {
	for noun, want := range map[string]lexicon.Fields{
		"senator": lexicon.Affairs, "goalkeeper": lexicon.Sport, "soprano": lexicon.Stage, "surgeon": lexicon.Care, "rabbi": lexicon.Faith,
		"commuter": lexicon.Everyday, "member": 0, "": 0,
	} {
		if got := lexicon.FieldsOf(noun); got != want {
			t.Errorf("%q: %b, want %b", noun, got, want)
		}
	}
}

func TestFieldsContradict(t *testing.T) {
	for _, c := range []struct {
		name string
		a, b lexicon.Fields
		want bool
	}{
		{"nothing known", 0, lexicon.Sport, false},
		{"the same", lexicon.Sport, lexicon.Sport, false},
		{"a senator and a goalkeeper", lexicon.Affairs, lexicon.Sport, true},
		{"a senator and a commuter", lexicon.Affairs, lexicon.Everyday, true},
		{"a governor and an actor", lexicon.Affairs, lexicon.Stage, false},
		{"a candidate and a surgeon", lexicon.Affairs, lexicon.Care, false},
		{"a player and a player who became a minister", lexicon.Sport, lexicon.Sport | lexicon.Affairs, false},
		{"a goalkeeper and a minister who was a bishop", lexicon.Sport, lexicon.Affairs | lexicon.Faith, true},
	} {
		if got := c.a.Contradict(c.b); got != c.want || c.b.Contradict(c.a) != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
