package lexicon

import (
	_ "embed"
	"sync"
)

//go:embed vague.txt
var vagueFile string

var vagueWords = sync.OnceValue(func() map[string]bool { return wordSet(vagueFile) })

// IsVague reports whether a word, in lower case, is one of an open class that
// says little about what is spoken of: "time", "country", "new".
func IsVague(word string) bool { return vagueWords()[word] }
