package lexicon

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

var (
	//go:embed quantity.txt
	numbersFile string
	//go:embed quantity-units.txt
	unitsFile string
	//go:embed quantity-bounds.txt
	boundsFile string
	//go:embed quantity-same.txt
	countedFile string

	//go:embed quantity-kinds.txt
	kindsFile string
	//go:embed quantity-acts.txt
	actsFile string

	numbers = sync.OnceValue(readNumbers)
	units   = sync.OnceValue(readUnits)
	bounds  = sync.OnceValue(readBounds)
	counted = sync.OnceValue(readCounted)
	kinds   = sync.OnceValue(readKinds)
	acts    = sync.OnceValue(readActs)
)

// NumberKind says what a word does in a number.
type NumberKind string

// The kinds of number words.
const (
	NumberOnes  NumberKind = "number" // "zero" to "nineteen"
	NumberTens  NumberKind = "tens"   // "twenty" to "ninety"
	NumberScale NumberKind = "scale"  // multiplies: "dozen", "million"
	NumberShort NumberKind = "short"  // multiplies digits: "m", "bn"
	NumberPart  NumberKind = "part"   // divides: "third", "quarters"
	NumberVague NumberKind = "vague"  // "dozens", "thousands"
)

// NumberWord is a word of a number.
type NumberWord struct {
	Kind  NumberKind
	Value float64
}

// Number looks up a lower-case word; ok is false if it is no part of a number.
func Number(word string) (w NumberWord, ok bool) {
	w, ok = numbers()[word]
	return w, ok
}

// Unit is a unit of measure.
type Unit struct {
	Name  string  // "mile", "%", "USD"
	Class string  // what it measures: "length", "share"; of a currency its name
	Size  float64 // in the first unit of its class
}

// Currency reports whether the unit is money.
func (u Unit) Currency() bool { return len(u.Name) == 3 && u.Name == u.Class }

// UnitOf looks up a lower-case form of a unit ("miles", "$", "percent").
func UnitOf(form string) (u Unit, ok bool) {
	u, ok = units()[form]
	return u, ok
}

// BoundBefore is what a lower-case phrase before a quantity says of it:
// "about", "at least" or "at most", "" if nothing.
func BoundBefore(phrase string) string { return bounds()["before "+phrase] }

// BoundAfter is what a lower-case phrase after a quantity says of it.
func BoundAfter(phrase string) string { return bounds()["after "+phrase] }

// Counted is the lemma that stands for all of one meaning where things are
// counted ("die" and "fatality" are "kill"); most stand for themselves.
func Counted(lemma string) string {
	if same, ok := counted()[lemma]; ok {
		return same
	}
	return lemma
}

// Kind is the kind of thing that a Counted lemma says ("person" of "passenger"
// and of "person"), "" if none is known.
func Kind(lemma string) string { return kinds()[lemma] }

// MoneyAct is what a sum is called that somebody does what a Counted verb says
// with, before who does it: "loss of" of "lose". It is "" of other verbs.
func MoneyAct(lemma string) string { return acts()[lemma] }

func readNumbers() map[string]NumberWord {
	out := map[string]NumberWord{}
	for _, line := range dataLines(numbersFile) {
		f := strings.Fields(line)
		for i := 1; i+1 < len(f); i += 2 {
			v, _ := strconv.ParseFloat(f[i+1], 64)
			out[f[i]] = NumberWord{NumberKind(f[0]), v}
		}
	}
	return out
}

func readUnits() map[string]Unit {
	out := map[string]Unit{}
	for _, line := range dataLines(unitsFile) {
		f := strings.Fields(line)
		size, _ := strconv.ParseFloat(f[2], 64)
		u := Unit{Name: strings.ReplaceAll(f[0], "-", " "), Class: f[1], Size: size}
		out[strings.ToLower(f[0])] = u
		for _, form := range f[3:] {
			out[form] = u
		}
	}
	return out
}

func readBounds() map[string]string {
	out := map[string]string{}
	for _, line := range dataLines(boundsFile) {
		f := strings.SplitN(line, " ", 3)
		for _, phrase := range strings.Split(f[2], ";") {
			out[f[0]+" "+strings.TrimSpace(phrase)] = strings.ReplaceAll(f[1], "-", " ")
		}
	}
	return out
}

func readCounted() map[string]string {
	out := map[string]string{}
	for _, line := range dataLines(countedFile) {
		f := strings.Fields(line)
		for _, w := range f[1:] {
			out[w] = f[0]
		}
	}
	return out
}

func readKinds() map[string]string {
	out := map[string]string{}
	for _, line := range dataLines(kindsFile) {
		f := strings.Fields(line)
		for _, w := range f[1:] {
			out[w] = f[0]
		}
	}
	return out
}

func readActs() map[string]string {
	out := map[string]string{}
	for _, line := range dataLines(actsFile) {
		verb, name, _ := strings.Cut(line, " ")
		out[verb] = name
	}
	return out
}
