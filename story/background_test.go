package story

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"onrecord/internal/corpora"
	"onrecord/text"
)

var update = flag.Bool("update", false, "rewrite the golden files and the table of background frequencies")

const backgroundHead = `# In how many news articles a word occurs: a line is a number and the words, in
# their plain form, that occur in so many; "*" stands for all articles. Words of
# fewer than 3 are left out.
# Origin: counted over the training split of PolNeAR (840 US political articles,
# 2015 and 2016) by: go test ./story -run Background -update
# Licence: Apache-2.0; these are counts, not text.
`

// TestBackground counts the words of the training corpus and compares the
// table with them.
func TestBackground(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(corpora.Path(t, "corpora", "polnear", "train", "text"), "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no articles: %v", err)
	}
	with := map[string]int{}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for plain := range terms(Article{Text: text.Split(string(raw))}) {
			with[plain]++
		}
	}
	lines := map[int][]string{}
	for plain, n := range with {
		if n >= rareArticles {
			lines[n] = append(lines[n], plain)
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s%d *\n", backgroundHead, len(files))
	for n := len(files); n >= rareArticles; n-- {
		if len(lines[n]) > 0 {
			slices.Sort(lines[n])
			fmt.Fprintf(&b, "%d %s\n", n, strings.Join(lines[n], " "))
		}
	}
	if *update {
		if err := os.WriteFile("background.txt", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if b.String() != backgroundFile {
		t.Error("background.txt is not what the corpus gives; -update writes it")
	}
}
