package lexicon

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

var (
	//go:embed tension.txt
	tensionFile string
	//go:embed opposite.txt
	oppositeFile string

	tension = sync.OnceValue(readTension)
	senses  = sync.OnceValue(func() map[classed]Sense { return readSenses(oppositeFile) })
)

// FlagClass is the way in which a phrase says that two statements pull
// against each other.
type FlagClass string

// The classes of flags, and of words by which clauses are read.
const (
	FlagBetween  FlagClass = "between"  // stands between the two: "at odds with"
	FlagApposed  FlagClass = "apposed"  // describes the statement that it introduces: "in a conflicting statement"
	FlagDespite  FlagClass = "despite"  // opens the one, the clause around it is the other
	FlagAnswer   FlagClass = "answer"   // "said otherwise"
	FlagPoint    FlagClass = "point"    // "a point that she disputes"
	FlagRebuttal FlagClass = "rebuttal" // opens an answer: "that's not true"
	FlagFinding  FlagClass = "finding"  // opens what the outlet found: "there is no evidence"
	FlagRecord   FlagClass = "record"   // after "but", shows that something is otherwise
	Negates      FlagClass = "negate"   // what hangs on it does not hold: "failed to"
	Demands      FlagClass = "demand"   // what hangs on it ought to be: "should"
	Chances      FlagClass = "chance"   // what hangs on it can be: "could"
	Opens        FlagClass = "open"     // what hangs on it may be or not be: "if", "may"
	Turns        FlagClass = "turn"     // turns the clause it stands in: "not", "nobody"
	Limits       FlagClass = "limit"    // after one that turns, makes it say less than the opposite: "only"
	Grounds      FlagClass = "ground"   // opens a clause that holds as much as the one above it: "because"
	Contrasts    FlagClass = "contrast" // sets a sentence against the one before: "but"
	Claims       FlagClass = "claim"    // noun for what somebody says: "remark"
	Parts        FlagClass = "part"     // the noun after "of" says what is meant: "most"
	Stances      FlagClass = "stance"   // verb for what somebody holds, whenever they say so: "support"
	Light        FlagClass = "light"    // verb that says little by itself: "make"
)

// Flag is a phrase of a class.
type Flag struct {
	Words []string // lower-case base forms or forms as printed
	Class FlagClass
}

// Flags are the flags whose first word is given, a lower-case base form or a
// form as printed, in the order of the list.
func Flags(first string) []Flag { return tension()[first] }

// IsFlag reports whether a lower-case word alone is listed in the class.
func IsFlag(word string, class FlagClass) bool {
	return slices.ContainsFunc(tension()[word], func(f Flag) bool { return f.Class == class && len(f.Words) == 1 })
}

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

// SenseOf looks up a lower-case base form of a class, a verb with its
// particle joined by "_"; a word that is not listed stands for itself.
func SenseOf(word string, class WordClass) Sense {
	if s, ok := senses()[classed{word, class}]; ok {
		return s
	}
	return Sense{Word: word}
}

func readSenses(file string) map[classed]Sense {
	out := map[classed]Sense{}
	for _, line := range dataLines(file) {
		one, other, _ := strings.Cut(line, "|")
		words := strings.Fields(one)
		class, words := WordClass(words[0]), words[1:]
		for _, w := range words {
			out[classed{w, class}] = Sense{Word: words[0]}
		}
		for _, w := range strings.Fields(other) {
			out[classed{w, class}] = Sense{Word: words[0], Opposite: true}
		}
	}
	return out
}
