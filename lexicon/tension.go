package lexicon

import (
	_ "embed"
	"strings"
	"sync"
)

var (
	//go:embed tension.txt
	tensionFile string
	//go:embed opposite.txt
	oppositeFile string

	tension = sync.OnceValue(readTension)
	senses  = sync.OnceValue(func() map[string]Sense { return readSenses(oppositeFile) })
)

// FlagClass is the way in which a phrase says that two statements pull
// against each other.
type FlagClass string

// The classes of flags, and of words that turn what hangs on them.
const (
	FlagBetween FlagClass = "between" // stands between the two: "at odds with"
	FlagApposed FlagClass = "apposed" // describes the statement that it introduces: "in a conflicting statement"
	FlagDespite FlagClass = "despite" // opens the one, the clause around it is the other
	FlagAnswer  FlagClass = "answer"  // "said otherwise"
	FlagTurn    FlagClass = "turn"    // one speaker, now and before: "walked back"
	FlagNegates FlagClass = "negate"  // "failed to"
)

// Flag is a phrase of a class.
type Flag struct {
	Words []string // lower-case base forms or forms as printed
	Class FlagClass
}

// Flags are the flags whose first word, a lower-case base form or a form as
// printed, is given; the longest first within a class as listed.
func Flags(first string) []Flag { return tension()[first] }

func readTension() map[string][]Flag {
	out := map[string][]Flag{}
	for _, line := range dataLines(tensionFile) {
		class, list, _ := strings.Cut(line, ":")
		for _, p := range strings.Split(list, ",") {
			words := strings.Fields(p)
			out[words[0]] = append(out[words[0]], Flag{words, FlagClass(class)})
		}
	}
	return out
}

// Sense is what a word means to a comparison: words of one meaning have the
// same Sense, those that deny each other differ in Opposite alone.
type Sense struct {
	Word     string
	Opposite bool
}

// SenseOf looks up a lower-case base form, a verb with its particle joined by
// "_"; a word that is not listed stands for itself.
func SenseOf(word string) Sense {
	if s, ok := senses()[word]; ok {
		return s
	}
	return Sense{Word: word}
}

func readSenses(file string) map[string]Sense {
	out := map[string]Sense{}
	for _, line := range dataLines(file) {
		one, other, _ := strings.Cut(line, "|")
		words := strings.Fields(one)
		for _, w := range words {
			out[w] = Sense{Word: words[0]}
		}
		for _, w := range strings.Fields(other) {
			out[w] = Sense{Word: words[0], Opposite: true}
		}
	}
	return out
}
