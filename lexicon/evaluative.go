package lexicon

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed evaluative.txt
var evaluativeFile string

// Judgement is a class of evaluative words.
type Judgement string

// The classes of evaluative words; evaluative.txt has the words.
const (
	Praise   Judgement = "praise"
	Blame    Judgement = "blame"
	Drama    Judgement = "drama"
	Ridicule Judgement = "ridicule"
	Doubt    Judgement = "doubt"
	Extreme  Judgement = "extreme"
	Saying   Judgement = "saying" // verbs and nouns of saying: "lash out", "tirade"
)

// WordClass is the class of a listed word.
type WordClass string

// The word classes.
const (
	Adjective WordClass = "adj"
	Noun      WordClass = "noun"
	Verb      WordClass = "verb"
	Adverb    WordClass = "adv"
	Phrase    WordClass = "phrase" // several words joined by "_"
)

type classed struct {
	word  string
	class WordClass
}

type evaluativeWords struct {
	words   map[classed]Judgement
	longest map[string]int // words of the longest phrase that opens with a word
}

var evaluative = sync.OnceValue(func() evaluativeWords {
	e := evaluativeWords{map[classed]Judgement{}, map[string]int{}}
	for _, line := range dataLines(evaluativeFile) {
		fields := strings.Fields(line)
		for _, w := range fields[2:] {
			e.words[classed{w, WordClass(fields[1])}] = Judgement(fields[0])
			if first, _, several := strings.Cut(w, "_"); several {
				e.longest[first] = max(e.longest[first], 1+strings.Count(w, "_"))
			}
		}
	}
	return e
})

// Evaluative is how a lower-case base form of a class judges, "" if it
// does not. The words of a phrase are joined by "_", possessive pronouns in it
// are all "their".
func Evaluative(lemma string, class WordClass) Judgement {
	return evaluative().words[classed{lemma, class}]
}

// LongestEvaluative is how many words the longest evaluative phrase has that
// opens with a word, 0 if there is none.
func LongestEvaluative(lemma string) int { return evaluative().longest[lemma] }
