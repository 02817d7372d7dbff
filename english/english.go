// Package english tags, parses and finds names in the sentences of a text.
package english

import (
	"strings"

	"onrecord/text"
)

// Token is one token of a Doc with what the model says about it.
type Token struct {
	text.Span
	Form  string // the token's text, quotation marks normalised to " and '
	Lemma string // lower case base form
	Tag   string // Penn Treebank tag ("VBD", "NNP", "PRP$", "“" and "”" are "``" and "''")
	Head  int    // index into Doc.Tokens of its head, -1 for a sentence's root
	Label string // relation to the head, Stanford basic dependencies as CoreNLP 3.x prints them ("nsubj", "nmod", "dobj", "ccomp", "case", …)
	Name  string // kind of the name that it is part of (PERSON, ORGANIZATION, LOCATION, MISC, DATE, …), "" if none
}

// Name is a run of tokens that names one thing.
type Name struct {
	Tokens text.Range // into Doc.Tokens
	Kind   string     // PERSON, ORGANIZATION, LOCATION, MISC, DATE, TIME, MONEY, NUMBER, PERCENT, …
}

// Doc is a text with tags, a dependency tree for each sentence, and names.
// Tokens, Sentences and Paragraphs have the same indices as in Text.
type Doc struct {
	*text.Text
	Tokens []Token // one for each of Text.Tokens; hides it
	Names  []Name  // in order, without overlap
	kids   [][]int // children of each token, in order
}

// Children are the indices of the tokens whose head is i, in order.
func (d *Doc) Children(i int) []int { return d.kids[i] }

// Link fills what is derived from the tokens' heads and names: it must be
// called once after Tokens is filled and before the Doc is read.
func (d *Doc) Link() {
	count := make([]int, len(d.Tokens)+1)
	for _, t := range d.Tokens {
		if t.Head >= 0 {
			count[t.Head+1]++
		}
	}
	for i := range d.Tokens {
		count[i+1] += count[i]
	}
	flat := make([]int, count[len(d.Tokens)])
	fill := make([]int, len(d.Tokens))
	for i, t := range d.Tokens {
		if t.Head >= 0 {
			flat[count[t.Head]+fill[t.Head]] = i
			fill[t.Head]++
		}
	}
	d.kids = make([][]int, len(d.Tokens))
	for i := range d.kids {
		d.kids[i] = flat[count[i]:count[i+1]]
	}
	d.Names = d.Names[:0]
	for _, s := range d.Sentences {
		for i := s.Tokens.First; i < s.Tokens.End; {
			j := i + 1
			for j < s.Tokens.End && d.Tokens[j].Name == d.Tokens[i].Name {
				j++
			}
			if d.Tokens[i].Name != "" {
				d.Names = append(d.Names, Name{Tokens: text.Range{First: i, End: j}, Kind: d.Tokens[i].Name})
			}
			i = j
		}
	}
}

// Normal is a token's form with its quotation marks and dashes in their plain
// shapes, so that the model sees one word however an outlet sets it.
func Normal(form string) string {
	if isPlain(form) {
		return form
	}
	return plain.Replace(form)
}

var plain = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`, "‘", "'", "’", "'", "‛", "'", "―", "--", "—", "--", "–", "-", "…", "...")

func isPlain(form string) bool {
	for i := 0; i < len(form); i++ {
		if form[i] >= 0x80 {
			return false
		}
	}
	return true
}
