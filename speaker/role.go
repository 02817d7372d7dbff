package speaker

import (
	"slices"
	"strings"

	"onrecord/english"
	"onrecord/lexicon"
	"onrecord/text"
)

// role is what an article says somebody is.
type role struct {
	head  string   // lower-case singular of its noun: "secretary"
	words []string // its other words, folded
}

// maxRole bounds how many tokens of a role are read.
const maxRole = 14

// readRoles finds the roles of the people in names, notes in part whose role
// the tokens before a name are, and joins the nouns that stand in
// apposition with a name to its entity in said.
func readRoles(doc *english.Doc, names []spotted, part, said []*entity) {
	for i := range names {
		n := &names[i]
		if !n.entity.isPerson() && n.kind != "" {
			joinBody(doc, n, said)
			continue
		}
		if r, head := roleBefore(doc, n.tokens); r.Len() > 0 {
			for k := r.First; k < r.End; k++ {
				part[k] = n.entity
			}
			addRole(doc, n.entity, r, head, true)
		}
		head := headOf(doc, n.tokens)
		for _, k := range doc.Children(head) {
			if doc.Tokens[k].Label == "appos" && isRoleNoun(doc.Tokens[k]) && k >= n.tokens.End {
				addRole(doc, n.entity, phrase(doc, k), k, true)
				said[k] = n.entity
			}
		}
		t := doc.Tokens[head]
		if t.Head < 0 || !mayBePerson(doc.Tokens[t.Head]) {
			continue
		}
		switch {
		case t.Label == "appos" && t.Head < head:
			r := phrase(doc, t.Head)
			r.End = min(r.End, n.tokens.First)
			addRole(doc, n.entity, r, t.Head, true)
			said[t.Head] = n.entity
		case t.Label == "nsubj" && isRoleNoun(doc.Tokens[t.Head]) && hasChild(doc, t.Head, "cop"):
			addRole(doc, n.entity, phrase(doc, t.Head), t.Head, false)
		}
	}
}

// joinBody joins the noun in apposition with the name of a body to it ("the
// Gull Club, a group of sailors").
func joinBody(doc *english.Doc, n *spotted, said []*entity) {
	head := headOf(doc, n.tokens)
	for _, k := range doc.Children(head) {
		if doc.Tokens[k].Label == "appos" && k >= n.tokens.End && lexicon.IsBody(singular(doc.Tokens[k])) {
			said[k] = n.entity
		}
	}
	if t := doc.Tokens[head]; t.Label == "appos" && t.Head >= 0 && t.Head < n.tokens.First && lexicon.IsBody(singular(doc.Tokens[t.Head])) && said[t.Head] == nil {
		said[t.Head] = n.entity
	}
}

// isRoleNoun reports whether t is a singular noun for a person.
func isRoleNoun(t english.Token) bool {
	if t.Tag != "NN" && t.Tag != "NNP" {
		return false
	}
	_, ok := lexicon.PersonRole(singular(t))
	return ok
}

// mayBePerson reports whether a singular noun with a person's name beside it
// can stand for the person.
func mayBePerson(t english.Token) bool {
	word := singular(t)
	return t.Tag == "NN" && !lexicon.IsBody(word) && !lexicon.IsDocument(word) || isRoleNoun(t)
}

func hasChild(doc *english.Doc, i int, label string) bool { return childOf(doc, i, label) >= 0 }

// maxChildren bounds how many children of a token are looked through: a
// sentence of nothing but marks hangs them all on one.
const maxChildren = 200

// childOf is the first child of i with that label, -1 if there is none.
func childOf(doc *english.Doc, i int, label string) int {
	kids := doc.Children(i)
	for _, k := range kids[:min(len(kids), maxChildren)] {
		if doc.Tokens[k].Label == label {
			return k
		}
	}
	return -1
}

// headOf is the token of r whose head lies outside it.
func headOf(doc *english.Doc, r text.Range) int {
	for i := r.End - 1; i >= r.First; i-- {
		if h := doc.Tokens[i].Head; h < r.First || h >= r.End {
			return i
		}
	}
	return r.End - 1
}

// roleBefore is the role printed straight before a name ("Harbor Secretary
// Ann Doe") and the token of its noun; an empty range if there is none.
func roleBefore(doc *english.Doc, name text.Range) (text.Range, int) {
	none := text.Range{}
	end := name.First
	if end > 0 {
		if isCourtesy(doc.Tokens[end-1].Form) {
			end--
		}
	}
	first, noun := end, -1
	for i := end - 1; i >= 0 && end-i <= maxRole; i-- {
		t := doc.Tokens[i]
		if i+1 == end && isRolePreposition(t.Form) {
			break // "an adviser to Mr. Doe"
		}
		if !partOfRole(doc, i, first, name) || strings.Contains(doc.Body[t.End:doc.Tokens[i+1].Start], "\n") {
			break
		}
		if isRoleNoun(t) && (noun < 0 || t.Tag == "NNP" && doc.Tokens[i+1].Form == "of") {
			if i+1 != end && doc.Tokens[i+1].Tag != "IN" && doc.Tokens[i+1].Tag != "TO" && noun < 0 {
				break
			}
			noun = i
		}
		first = i
	}
	if noun < 0 {
		return none, -1
	}
	for first < noun && !strings.HasPrefix(doc.Tokens[first].Tag, "N") && !strings.HasPrefix(doc.Tokens[first].Tag, "J") {
		first++
	}
	return text.Range{First: first, End: end}, noun
}

// partOfRole reports whether token i can stand in a role before name of which
// tokens [first, …) are read.
func partOfRole(doc *english.Doc, i, first int, name text.Range) bool {
	t := doc.Tokens[i]
	switch {
	case t.Tag == "NNS" && isPersonNoun(t):
		return false
	case t.Name == "DATE" || t.Name == "TIME" || t.Name == "DURATION":
		return strings.HasPrefix(t.Tag, "J") // "former" is a date to some models
	case t.Name == kindPerson || t.Name == kindPlace || t.Name == kindOrg:
		return t.Label == "compound" || t.Label == "amod" || doc.Tokens[i+1].Tag == "NNP" || i+1 < first || i > 0 && isRolePreposition(doc.Tokens[i-1].Form)
	case strings.HasPrefix(t.Tag, "NN"), strings.HasPrefix(t.Tag, "JJ"), t.Tag == "HYPH":
		return true
	case t.Form == "the":
		return i > 1 && isRolePreposition(doc.Tokens[i-1].Form) && isRoleNoun(doc.Tokens[i-2])
	case isRolePreposition(t.Form):
		return i > 0 && isRoleNoun(doc.Tokens[i-1]) && (strings.HasPrefix(doc.Tokens[i+1].Tag, "NN") || doc.Tokens[i+1].Form == "the")
	case t.Form == "and" || t.Form == "&":
		return i > 0 && isRoleNoun(doc.Tokens[i-1]) && doc.Tokens[i-1].Name == "" && doc.Tokens[i+1].Name == ""
	}
	return false
}

func isRolePreposition(form string) bool {
	return form == "of" || form == "for" || form == "to"
}

func isPersonNoun(t english.Token) bool {
	if !strings.HasPrefix(t.Tag, "NN") {
		return false
	}
	_, ok := lexicon.PersonRole(singular(t))
	return ok
}

// addRole notes the role r with its noun at token head; printed says that it
// is one to show, not only to recognise the person by.
func addRole(doc *english.Doc, e *entity, r text.Range, head int, printed bool) {
	for r.First < head && (isArticle(doc.Tokens[r.First].Form) || doc.Tokens[r.First].Tag == "PRP$" || doc.Tokens[r.First].Tag == "RB") {
		r.First++
	}
	for r.End > head+1 && (isArticle(doc.Tokens[r.End-1].Form) || isPreposition(doc, r.End-1)) {
		r.End-- // cut off before a name
	}
	if r.Len() <= 0 || len(e.roles) >= 8 {
		return
	}
	noun := singular(doc.Tokens[head])
	e.roles = append(e.roles, role{head: noun, words: modifiers(doc, r, head)})
	if known, _ := lexicon.PersonRole(noun); e.gender == lexicon.UnknownGender {
		e.gender = known.Gender
	}
	if printed && e.Role == "" {
		e.Role = textOf(doc, r)
	}
}

func modifiers(doc *english.Doc, r text.Range, head int) []string {
	var words []string
	for i := r.First; i < r.End; i++ {
		if t := doc.Tokens[i]; i != head && (strings.HasPrefix(t.Tag, "NN") || strings.HasPrefix(t.Tag, "JJ") || t.Tag == "CD") {
			words = append(words, fold(t.Form))
		}
	}
	return words
}

func isArticle(form string) bool {
	switch strings.ToLower(form) {
	case "a", "an", "the":
		return true
	}
	return false
}

func textOf(doc *english.Doc, r text.Range) string {
	s := text.Span{Start: doc.Tokens[r.First].Start, End: doc.Tokens[r.End-1].End}
	return strings.Join(strings.Fields(s.Of(doc.Body)), " ")
}

var (
	leftOfNoun  = []string{"det", "amod", "compound", "nmod:poss", "nummod", "advmod", "nmod:npmod", "predet", "det:predet", "neg", "case", "mwe", "dep"}
	rightOfNoun = []string{"nmod", "case", "compound", "amod", "det", "nummod", "nmod:poss", "mwe", "nmod:npmod"}
)

// phrase is the noun phrase of the noun at head: its modifiers before it, and
// after it what a preposition joins, without relative clauses, appositions and
// whatever follows a comma.
func phrase(doc *english.Doc, head int) text.Range {
	r := text.Range{First: head, End: head + 1}
	for _, k := range doc.Children(head) {
		if k < head && head-k <= maxRole && slices.Contains(leftOfNoun, doc.Tokens[k].Label) && !isPreposition(doc, k) {
			r.First = min(r.First, leftmost(doc, k, 4))
		}
	}
	for i := head + 1; i < len(doc.Tokens) && i-head <= maxRole && within(doc, i, head); i++ {
		r.End = i + 1
	}
	for r.End > head+1 && doc.Tokens[r.End-1].Label == "case" && doc.Tokens[r.End-1].Form != "'s" {
		r.End--
	}
	return r
}

func isPreposition(doc *english.Doc, k int) bool {
	t := doc.Tokens[k]
	return t.Label == "case" && t.Tag != "POS"
}

// leftmost is the first token of what hangs on k, as deep as depth.
func leftmost(doc *english.Doc, k, depth int) int {
	first := k
	if depth == 0 {
		return first
	}
	for _, j := range doc.Children(k) {
		if j >= k {
			break
		}
		if doc.Tokens[j].Label != "punct" && !isPreposition(doc, j) {
			first = min(first, leftmost(doc, j, depth-1))
		}
	}
	return first
}

// within reports whether token i hangs on head by labels of a noun phrase.
func within(doc *english.Doc, i, head int) bool {
	for depth := 0; depth < 6; depth++ {
		t := doc.Tokens[i]
		if t.Head < 0 || t.Tag == "," || t.Tag == ":" || !slices.Contains(rightOfNoun, t.Label) {
			return false
		}
		if i = t.Head; i == head {
			return true
		}
	}
	return false
}
