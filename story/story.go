// Package story groups articles into stories: those about one event.
package story

import (
	"time"

	"onrecord/text"
)

// Article is what the package needs to know of an article.
type Article struct {
	Title     string
	Published time.Time // zero where unknown
	Text      *text.Text
}

// Group groups articles into stories: indices into articles, ascending; a
// story for each article at least of its own, in order of the first article.
func Group(articles []Article) [][]int {
	return nil
}
