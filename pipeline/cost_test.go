//go:build !race

package pipeline

import (
	"testing"
	"time"

	"onrecord/article"
	"onrecord/internal/cputime"
)

// TestReadLinear holds ten times the text to taking about ten times as long.
// What is measured is the best of a few runs, and the bound is wide, as the
// machine may be busy; a stage that is quadratic goes far beyond it.
func TestReadLinear(t *testing.T) {
	p := load(t)
	texts := map[string]func(words int) string{
		"same people":  func(n int) string { return report(6*n, false) },
		"other people": func(n int) string { return report(6*n, true) },
	}
	for name, of := range hostile {
		texts[name] = of
	}
	best := func(body string, runs int) time.Duration {
		least := time.Duration(1<<63 - 1)
		for range runs {
			start := cputime.Spent()
			if _, err := p.Read(article.Article{Body: body, Language: "en"}); err != nil {
				t.Fatal(err)
			}
			least = min(least, cputime.Spent()-start)
		}
		return least
	}
	const words, ratio = 800, 30
	for name, of := range texts {
		short, long := best(of(words), 5), best(of(10*words), 2)
		if long > ratio*max(short, time.Millisecond) {
			t.Errorf("%s: %v, ten times the text %v", name, short, long)
		}
	}
}
