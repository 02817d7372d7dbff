// Package figure finds the quantities that articles give: how much, of what,
// as of when and on whose word; and sets those of the same thing side by side.
package figure

import (
	"time"

	"onrecord/english"
	"onrecord/speaker"
	"onrecord/text"
)

// Bound says how exact a value is meant to be.
type Bound string

// The bounds of a value.
const (
	Exact   Bound = ""
	About   Bound = "about"    // "some 400", "nearly 400", "an estimated 400"
	AtLeast Bound = "at least" // "more than 400", "over 400", "400 or more"
	AtMost  Bound = "at most"  // "fewer than 400", "up to 400"
	Between Bound = "between"  // "400 to 500": Value to High
)

// Figure is a quantity with what it counts.
type Figure struct {
	Span      text.Span // the quantity's words: "1 million", "3-to-1", "$4.5 billion", "12 percent"
	Value     float64   // 1e6; of a ratio the first side over the second (2.4); of a range its lower end
	High      float64   // a range's upper end, else Value
	Bound     Bound
	Unit      string      // "" for a count, "%" , "USD", "ratio", or the singular of a unit ("mile", "year", "vote", …)
	Of        []text.Span // the words that say what it counts, as printed; empty where the text does not say
	Subject   []string    // the lemmas of what it counts, sorted, for comparing: "casualty", "russian"
	AsOf      string      // "2025-08-17", "2025-08" or "2025"; "" if not said
	When      text.Span   // the words that say as of when; empty if not said
	Statement int         // index of the innermost statement whose content holds it, -1 in the outlet's own voice
}

// Article is what Join needs to know of an article.
type Article struct {
	Doc        *english.Doc
	Statements []speaker.Statement
	Figures    []Figure
}

// Slot is one quantity of the world, with the values that the articles give
// for it, by article and then in order of the text.
type Slot struct {
	Name    string // what is counted, in the words of the article that says it most fully
	Values  []Value
	Differs bool // the values cannot all be meant to be the same
}

// Value is a Figure of an article.
type Value struct{ Article, Figure int }

// Find finds the figures of an article, in order of the text. A date as of
// when is resolved against published.
func Find(doc *english.Doc, said []speaker.Statement, published time.Time) []Figure {
	return nil
}

// Join sets the figures of several articles side by side. Every figure with a
// Subject stands in exactly one slot; the most widely given come first.
func Join(articles []Article) []Slot {
	return nil
}
