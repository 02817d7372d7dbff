package lexicon

import (
	_ "embed"
	"sync"
)

//go:embed light.txt
var lightFile string

var lightWords = sync.OnceValue(func() map[string]bool { return wordSet(lightFile) })

// IsLight reports whether a word of an open class, in its lower-case base
// form, says little by itself: an auxiliary, "make", "very".
func IsLight(lemma string) bool { return lightWords()[lemma] }
