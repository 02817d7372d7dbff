package story

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

//go:embed background.txt
var backgroundFile string

// background says in how many of a number of news articles a term occurs, so
// that a few articles about one thing do not take its words for common ones.
type background struct {
	articles int
	with     map[string]int // by term; those of fewer than rareArticles are left out
}

// rareArticles is the least number of articles of a term in the table.
const rareArticles = 3

var loadBackground = sync.OnceValue(func() background {
	b := background{with: map[string]int{}}
	for line := range strings.Lines(backgroundFile) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		n, _ := strconv.Atoi(fields[0]) // the file's shape is tested
		if fields[1] == "*" {
			b.articles = n
			continue
		}
		for _, term := range fields[1:] {
			b.with[term] = n
		}
	}
	return b
})
