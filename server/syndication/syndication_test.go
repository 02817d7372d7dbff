package syndication

import "testing"

// TestID: names are those that RFC 9562 gives, as other programs make them.
func TestID(t *testing.T) {
	if got, want := id("story 12"), "urn:uuid:208e64f9-a2be-5a21-8294-53f6533dc81b"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
