//go:build !race

// The race detector makes this code twenty times slower, so that a limit in
// time says nothing.

package reader

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Random bytes and the like come through the whole reader.
func TestArticlesHostile(t *testing.T) {
	random := make([]byte, 1<<20)
	r := rand.NewChaCha8([32]byte{3})
	r.Read(random)
	rep := strings.Repeat
	dir := write(t, map[string]string{
		"brackets.jsonl": rep("[", 1<<20) + "\n" + rep(`{"text":`, 1<<17),
		"brackets.md":    rep("[", 200_000),
		"emphasis.md":    rep("*a **b ", 50_000),
		"links.md":       rep("[a](", 50_000),
		"nul.txt":        rep("\x00", 1<<20),
		"quotes.md":      rep(">", 100_000) + "a",
		"lists.md":       rep("- ", 20_000) + "a",
		"random.html":    string(random),
		"random.jsonl":   string(random),
		"random.md":      string(random),
		"random.txt":     string(random),
		"ticks.md": func() string {
			var b strings.Builder
			for i := range 2000 {
				b.WriteString("a" + rep("`", i))
			}
			return b.String()
		}(),
		"utf16.html": rep("<\x00p\x00>\x00x\x00", 1000),
	})
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		start := time.Now()
		_, got, _ := collect(t, Options{}, dir, filepath.Join(dir, e.Name()))
		took := time.Since(start)
		if took > 8*time.Second {
			t.Errorf("%s took %v", e.Name(), took)
		}
		if len(got) == 0 {
			t.Errorf("%s: no outcome", e.Name())
			continue
		}
		t.Logf("%-15s %v, %d outcomes: %.150s", e.Name(), took.Round(time.Millisecond), len(got), got[0])
		if strings.HasPrefix(e.Name(), "random") || e.Name() == "nul.txt" || e.Name() == "links.md" || e.Name() == "quotes.md" {
			if strings.Contains(got[0], " from ") {
				t.Errorf("%s was read as %q", e.Name(), got[0])
			}
		}
	}
}
