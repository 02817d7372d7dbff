package lexicon

import "testing"

func TestIsVague(t *testing.T) {
	for word, want := range map[string]bool{"time": true, "countries": true, "new": true, "ferry": false, "Time": false, "": false} {
		if got := IsVague(word); got != want {
			t.Errorf("IsVague(%q) = %v", word, got)
		}
	}
}
