package lexicon

import (
	_ "embed"
	"sync"
)

//go:embed function.txt
var functionFile string

var functionWords = sync.OnceValue(func() map[string]bool { return wordSet(functionFile) })

// IsFunction reports whether a word, in lower case and without apostrophes, is
// one that any two texts share: an article, a pronoun, an auxiliary ("dont"), a
// verb as common as "go".
func IsFunction(word string) bool { return functionWords()[word] }
