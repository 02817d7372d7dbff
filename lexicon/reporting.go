package lexicon

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed reporting.txt
var reportingFile string

// reporting is the class of each reporting word.
var reporting = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, line := range dataLines(reportingFile) {
		words := strings.Fields(line)
		for _, w := range words[1:] {
			if _, ok := out[w]; !ok {
				out[w] = words[0]
			}
		}
	}
	return out
})

// Reporting is the class of a word, in its lower-case base form, that credits
// somebody with words, thoughts or intentions ("say", "claim", "threatnoun",
// …: see reporting.txt), "" for any other word.
func Reporting(lemma string) string { return reporting()[lemma] }
