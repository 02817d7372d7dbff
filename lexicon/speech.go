package lexicon

import (
	_ "embed"
	"strings"
	"sync"
)

var (
	//go:embed polarity.txt
	polarityFile string
	//go:embed occasions.txt
	occasionsFile string
	//go:embed media.txt
	mediaFile string
	//go:embed addressing.txt
	addressingFile string

	stances    = sync.OnceValue(func() map[string]map[string]bool { return classes(polarityFile) })
	occasions  = sync.OnceValue(func() map[string]bool { return wordSet(occasionsFile) })
	media      = sync.OnceValue(func() map[string]map[string]bool { return phraseClasses(mediaFile) })
	addressing = sync.OnceValue(func() map[string]map[string]bool { return classes(addressingFile) })
)

// Stance is what a word of a cue does with the content.
type Stance string

// The stances of cue words.
const (
	Denies   Stance = "deny"
	Refuses  Stance = "refuse"
	Asks     Stance = "ask"
	Promises Stance = "promise"
	Tells    Stance = "tell"   // negated, it keeps the content back
	Accepts  Stance = "accept" // negated, it denies
	Finds    Stance = "find"   // a noun that denies after "no" ("no evidence")
)

// TakesStance reports whether a lower-case base form, or a phrase with its
// words joined by "_" ("rule_out"), has the stance.
func TakesStance(word string, s Stance) bool { return stances()[string(s)][word] }

// IsOccasion reports whether a lower-case singular noun stands for an
// occasion or a piece of writing in which words are said ("interview").
func IsOccasion(noun string) bool { return occasions()[noun] || occasions()[noun+"*"] }

// IsOccasionInPlural reports whether several of the occasion are as good as
// one ("remarks", "tweets").
func IsOccasionInPlural(noun string) bool {
	return occasions()[noun+"*"] || occasions()[noun+"s*"]
}

// Medium is a kind of thing that carries words to the public.
type Medium string

// The kinds of media words.
const (
	MediumNoun    Medium = "medium"    // "television", "the floor"
	Platform      Medium = "platform"  // "Facebook"
	Outlet        Medium = "outlet"    // a name that is an outlet's alone
	OutletEnding  Medium = "ending"    // the last word of outlets' names ("Herald")
	OutletOpening Medium = "opening"   // the first word of outlets' names ("Radio")
	ProgrammeWord Medium = "programme" // a last word of programmes' names ("Tonight")
)

// IsMedium reports whether a lower-case word or phrase is listed as a medium
// of the kind.
func IsMedium(phrase string, kind Medium) bool { return media()[string(kind)][phrase] }

// Addressing is a way in which a verb relates to whom words are said, or to
// the words of somebody else.
type Addressing string

// The ways of addressing.
const (
	AddressesObject Addressing = "object"   // "told reporters"
	AddressesTo     Addressing = "to"       // "said to reporters"
	Occurs          Addressing = "meet"     // "speaking at a rally"
	Shares          Addressing = "share"    // "shared a post from a supporter"
	Questions       Addressing = "question" // "pressed the mayor"
	Issues          Addressing = "issue"    // "released a statement"
)

// Addresses reports whether a verb, in its lower-case base form, addresses in
// that way.
func Addresses(verb string, how Addressing) bool { return addressing()[string(how)][verb] }

// IsHearer reports whether a lower-case singular noun stands for people who
// can be spoken to and is neither a person's role nor a body ("audience").
func IsHearer(noun string) bool { return addressing()["hearer"][noun] }

// classes reads lines of a class and its words.
func classes(file string) map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for _, line := range dataLines(file) {
		words := strings.Fields(line)
		if out[words[0]] == nil {
			out[words[0]] = map[string]bool{}
		}
		for _, w := range words[1:] {
			out[words[0]][w] = true
		}
	}
	return out
}

// phraseClasses reads lines of a class, a colon, and phrases between commas.
func phraseClasses(file string) map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for _, line := range dataLines(file) {
		class, list, _ := strings.Cut(line, ":")
		if out[class] == nil {
			out[class] = map[string]bool{}
		}
		for _, p := range strings.Split(list, ",") {
			out[class][strings.TrimSpace(p)] = true
		}
	}
	return out
}
