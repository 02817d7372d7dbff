package speaker

import (
	"slices"
	"strings"

	"onrecord/lexicon"
)

// noun resolves a common noun: somebody described, a body, a document's maker.
func (r *reading) noun(i int) *entity {
	word := singular(r.doc.Tokens[i])
	switch {
	case isPersonNoun(r.doc.Tokens[i]):
		return r.role(i, word)
	case lexicon.IsBody(word) && !inPlural(r.doc.Tokens[i]):
		return r.body(i, word)
	case lexicon.IsDocument(word):
		return r.document(i, word)
	}
	return nil
}

// determiner is the lower-case article or demonstrative of the noun i.
func (r *reading) determiner(i int) string {
	if k := childOf(r.doc, i, "det"); k >= 0 && k < i {
		return strings.ToLower(r.doc.Tokens[k].Form)
	}
	return ""
}

func isDefinite(det string) bool { return det == "the" || det == "that" || det == "this" }

// role resolves a noun for a person.
func (r *reading) role(i int, word string) *entity {
	if k := childOf(r.doc, i, "appos"); k > i && r.said[k] != nil && r.nameAt(k) != nil && !inPlural(r.doc.Tokens[i]) {
		return r.said[k]
	}
	if t := r.doc.Tokens[i]; t.Label == "appos" && t.Head >= 0 && t.Head < i && r.said[t.Head] != nil && !inPlural(t) {
		return r.said[t.Head]
	}
	if inPlural(r.doc.Tokens[i]) {
		return r.describe(i)
	}
	if k := childOf(r.doc, i, "appos"); k > i && r.doc.Tokens[i].Tag == "NNP" && lexicon.IsBody(singular(r.doc.Tokens[k])) {
		return r.unlisted(i) // "the Independent, a newspaper"
	}
	if e := r.apposed(i); e != nil {
		return e
	}
	if n := r.introduced(i); n != nil {
		return n.entity
	}
	poss := childOf(r.doc, i, "nmod:poss")
	det := r.determiner(i)
	if isDefinite(det) && poss < 0 || det == "" && poss < 0 && r.doc.Tokens[i].Tag == "NNP" {
		if e := r.byTitle(i, word); e != nil {
			return e
		}
		if e := r.lastNoun[word]; e != nil {
			return e
		}
		if known, _ := lexicon.PersonRole(word); known.Office && isDefinite(det) {
			if e, _ := r.salient(i, known.Gender, recentOnly); e != nil {
				return e
			}
		}
	}
	if poss >= 0 {
		for _, e := range r.byRole[word] {
			if e.Role != "" && slices.ContainsFunc(e.roles, func(o role) bool { return o.head == word && r.shares(o, poss) }) {
				return e
			}
		}
	}
	e := r.describe(i)
	if det != "" || poss >= 0 {
		r.lastNoun[word] = e
	}
	return e
}

// introduced is the name that stands between commas after the noun i ("the
// clerk, Ann Doe, …"), nil if there is none.
func (r *reading) introduced(i int) *spotted {
	if i+2 >= len(r.doc.Tokens) || r.doc.Tokens[i+1].Form != "," {
		return nil
	}
	n := r.nameAt(i + 2)
	if n == nil || !n.entity.isPerson() || n.tokens.First != i+2 || n.tokens.End >= len(r.doc.Tokens) || r.sentence[i+2] != r.sentence[i] {
		return nil
	}
	if next := r.doc.Tokens[n.tokens.End].Form; next != "," && next != "(" || r.doc.Tokens[headOf(r.doc, n.tokens)].Label == "conj" {
		return nil
	}
	return n
}

// apposed is the person whose name stands before the noun i and a comma, with
// nothing but brackets between ("Ann Doe (Lib.), chair of the board,"), where
// the tree does not join the two.
func (r *reading) apposed(i int) *entity {
	p := phrase(r.doc, i)
	k := p.First - 1
	if k < 1 || r.doc.Tokens[k].Form != "," && r.doc.Tokens[k].Form != "--" || r.doc.Tokens[i].Label == "conj" || strings.HasPrefix(r.doc.Tokens[i].Label, "nsubj") || isDefinite(r.determiner(i)) && p.Len() == 2 {
		return nil
	}
	k--
	if closing := r.doc.Tokens[k].Form; closing == ")" || closing == "-RRB-" {
		for low := max(0, k-10); k > low && r.doc.Tokens[k].Form != "(" && r.doc.Tokens[k].Form != "-LRB-"; k-- {
		}
		k--
	}
	if k < 0 || r.sentence[k] != r.sentence[i] {
		return nil
	}
	n := r.nameAt(k)
	if n == nil || !n.entity.isPerson() {
		return nil
	}
	addRole(r.doc, n.entity, p, i, true)
	return n.entity
}

// shares reports whether a role names the owner at token poss.
func (r *reading) shares(o role, poss int) bool {
	if n := r.nameAt(poss); n != nil {
		return slices.Contains(o.words, n.words[len(n.words)-1])
	}
	return false
}

// byTitle is the person whose role fits the definite noun i best, nil if the
// article says such a role of nobody.
func (r *reading) byTitle(i int, word string) *entity {
	words := modifiers(r.doc, phrase(r.doc, i), i)
	var best *entity
	top := 0.0
	try := func(noun string, worth float64) {
		for _, e := range r.byRole[noun] {
			for _, o := range e.roles {
				if o.head != noun {
					continue
				}
				score := worth + float64(min(r.count[e], 10))/20
				if slices.Contains(words, "vice") != slices.Contains(o.words, "vice") || slices.Contains(words, "deputy") != slices.Contains(o.words, "deputy") {
					continue
				}
				for _, w := range words {
					if slices.Contains(o.words, w) {
						score++
					} else {
						score -= 0.7
					}
				}
				for _, w := range o.words {
					if !slices.Contains(words, w) {
						score -= 0.15
					}
				}
				if score > top {
					best, top = e, score
				}
			}
		}
	}
	try(word, 2)
	for _, s := range lexicon.Synonyms(word) {
		try(s, 1)
	}
	return best
}
