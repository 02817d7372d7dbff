// Package utterance joins what several articles report of the same words:
// who printed them, in which wording, and what was cut or changed.
package utterance

import (
	"onrecord/english"
	"onrecord/speaker"
	"onrecord/text"
)

// Article is what the package needs to know of an article. Its statements'
// speakers must be those that speaker.Join gave for all the articles.
type Article struct {
	Doc        *english.Doc
	Statements []speaker.Statement // in order of the text
}

// Rendering says how an article gives the words of an utterance.
type Rendering string

// The renderings of a variant, in falling order of faithfulness.
const (
	Verbatim    Rendering = "verbatim"    // the longest wording, or word for word the same
	Trimmed     Rendering = "trimmed"     // words of the longest in their order, some left out
	Altered     Rendering = "altered"     // some words are others
	Paraphrased Rendering = "paraphrased" // without quotation marks, in the outlet's words
)

// Utterance is words that were said or written on one occasion, with every
// rendering of them. One with paraphrased variants only is what nobody quotes.
type Utterance struct {
	Speaker  speaker.Speaker
	Venue    string    // as an article has it, "" if none says
	Date     string    // "2025-08-17", "2025-08" or "2025", "" if none says
	Longest  int       // index into Variants of the one that the others are compared with
	Variants []Variant // by article, then in order of the text
}

// Quoted reports whether any article has the words in quotation marks.
func (u *Utterance) Quoted() bool {
	for _, v := range u.Variants {
		if v.Rendering != Paraphrased {
			return true
		}
	}
	return false
}

// Variant is one article's rendering of an utterance.
type Variant struct {
	Article    int         // index into the articles
	Statements []int       // indices into the article's statements, ascending
	Spans      []text.Span // what is quoted, marks included; of a paraphrase, the content
	Rendering  Rendering
	Changes    []Change // from the longest variant to this one; nil for the longest itself and for a paraphrase
}

// Operation says what became of words of the longest variant.
type Operation string

// The operations of a word diff.
const (
	Kept     Operation = "kept"
	Dropped  Operation = "dropped"
	Changed  Operation = "changed"
	Inserted Operation = "inserted"
)

// Change is a run of words with one operation. Marks, dashes and capitals
// count for nothing.
type Change struct {
	Operation Operation
	Longest   text.Span // bytes of the longest variant's article; empty where words are inserted
	Here      text.Span // bytes of this variant's article; empty where words are dropped
}
