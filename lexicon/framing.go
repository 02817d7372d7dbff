package lexicon

import (
	_ "embed"
	"strings"
	"sync"
)

// Neutral is the class of the cues that only say that words were said.
const Neutral = "said"

//go:embed framing.txt
var framingFile string

var framing = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, line := range dataLines(framingFile) {
		words := strings.Fields(line)
		for _, w := range words[1:] {
			out[w] = words[0]
		}
	}
	return out
})

// Force is the class of a cue by the force with which it credits words
// ("said", "claimed", "admitted", …: see framing.txt), "" for one that has
// none. A particle follows its verb after "_": "lash_out".
func Force(lemma string) string { return framing()[lemma] }
