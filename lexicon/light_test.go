package lexicon

import "testing"

func TestIsLight(t *testing.T) {
	for word, want := range map[string]bool{"be": true, "make": true, "n't": true, "very": true, "ferry": false, "deny": false, "": false} {
		if got := IsLight(word); got != want {
			t.Errorf("IsLight(%q) = %v", word, got)
		}
	}
}
