//go:build !race

package figure_test

import (
	"strings"
	"testing"
	"time"

	"onrecord/figure"
	"onrecord/internal/cputime"
)

// TestFindLinear holds ten times the words to taking about ten times as long.
// The bound is wide, as the machine may be busy; what is quadratic goes far
// beyond it.
func TestFindLinear(t *testing.T) {
	p := load(t)
	const words, ratio = 1000, 30
	for _, unit := range []string{"5 ", "5 June ", "one ", "million ", "a million and a half ", "early ", "between 5 and ", "$ ", "5-4 votes ", "5 of 6 of ", "5 in ", "more than 5 people and ", "half a ", "killed , "} {
		took := func(n int) time.Duration {
			r := read(t, p, "The mayor of the town said that "+strings.Repeat(unit, n/len(strings.Fields(unit))))
			least := time.Hour
			for range 5 {
				start := cputime.Spent()
				figure.Find(r.Doc, r.Statements, published)
				least = min(least, cputime.Spent()-start)
			}
			return least
		}
		if short, long := took(words), took(10*words); long > ratio*max(short, 10*time.Millisecond) {
			t.Errorf("%q: %v, ten times the text %v", unit, short, long)
		}
	}
}
