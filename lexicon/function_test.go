package lexicon

import "testing"

func TestIsFunction(t *testing.T) {
	for word, want := range map[string]bool{"the": true, "dont": true, "going": true, "pier": false, "": false} {
		if got := IsFunction(word); got != want {
			t.Errorf("IsFunction(%q) = %v", word, got)
		}
	}
}
