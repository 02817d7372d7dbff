package speaker

import (
	"strings"

	"onrecord/lexicon"
	"onrecord/text"
)

// body resolves a noun for a body of people.
func (r *reading) body(i int, word string) *entity {
	if k := childOf(r.doc, i, "appos"); k > i && (r.nameAt(k) != nil || lexicon.IsBody(singular(r.doc.Tokens[k]))) {
		return r.ahead(k)
	}
	p := phrase(r.doc, i)
	poss := childOf(r.doc, i, "nmod:poss")
	named := false
	for k := p.First; k < p.End && !named; k++ {
		named = k != i && (isNamed(r.doc.Tokens[k].Name) || strings.HasPrefix(r.doc.Tokens[k].Tag, "NNP"))
	}
	det := r.determiner(i)
	if det == "a" || det == "an" || det == "another" {
		e := r.describe(i)
		r.lastBody[word] = e
		return e
	}
	if poss >= 0 && poss < i {
		if owner := r.said[poss]; owner != nil && owner.Name != "" {
			return r.owned(owner, poss, i, word)
		}
	}
	if named {
		return r.namedBody(p, i, word)
	}
	if e := r.lastBody[word]; e != nil && det != "" && (e.Name != "" || r.lastOrg == nil || !isLoose(word)) {
		return e
	}
	if r.lastOrg != nil && isDefinite(det) && isLoose(word) && i-r.lastOrgAt < 150 {
		return r.lastOrg
	}
	return r.describe(i)
}

// isLoose reports whether a noun stands for bodies of many names.
func isLoose(word string) bool {
	switch word {
	case "agency", "organization", "organisation", "group", "company", "firm", "newspaper", "paper", "network", "outlet", "publication", "magazine", "bank", "union", "nonprofit", "broadcaster", "website", "site", "institute", "publisher", "corporation", "business", "charity", "association":
		return true
	}
	return false
}

// owned is the body that belongs to a named owner ("Doe's campaign").
func (r *reading) owned(owner *entity, poss, i int, word string) *entity {
	rest := text.Range{First: i, End: i + 1}
	for rest.First > poss+1 && r.doc.Tokens[rest.First-1].Tag != "POS" && rest.First-1 != poss {
		rest.First--
	}
	key := owner.Name + " " + word
	e := r.group[key]
	if e == nil {
		e = &entity{Entity: Entity{Kind: kindOrg, Name: owner.Name + "'s " + textOf(r.doc, rest)}}
		r.group[key] = e
	}
	r.lastBody[word] = e
	return e
}

// namedBody is the body called by a name and a noun ("the Doe campaign").
func (r *reading) namedBody(p text.Range, head int, word string) *entity {
	key := ""
	for k := p.First; k < p.End; k++ {
		if n := r.nameAt(k); n != nil && n.tokens.First == k {
			key = n.entity.Name + " " + word
			break
		}
	}
	if det := childOf(r.doc, head, "det"); det >= p.First && det < head {
		p.First = det + 1
	}
	if p.End > head+1 && r.doc.Tokens[head+1].Form != "of" {
		p.End = head + 1
	}
	for p.First < p.End-1 && !strings.HasPrefix(r.doc.Tokens[p.First].Tag, "N") && !strings.HasPrefix(r.doc.Tokens[p.First].Tag, "J") {
		p.First++
	}
	name := textOf(r.doc, p)
	if key == "" || p.Len() > 3 {
		key = fold(name)
	}
	e := r.group[key]
	if e == nil {
		e = &entity{Entity: Entity{Kind: kindOrg, Name: name}}
		r.group[key] = e
	}
	r.lastBody[word] = e
	return e
}

// document resolves a noun for something written to its maker, nil if the
// article does not say who that is.
func (r *reading) document(i int, word string) *entity {
	if e := r.maker(i, 0); e != nil {
		r.lastPaper[word] = e
		return e
	}
	if isDefinite(r.determiner(i)) {
		if e := r.lastPaper[word]; e != nil {
			return e
		}
		for _, s := range lexicon.Synonyms(word) {
			if e := r.lastPaper[s]; e != nil {
				return e
			}
		}
		return nil
	}
	if t := r.doc.Tokens[i]; t.Head >= 0 && (t.Label == "dobj" && issues(r.doc.Tokens[t.Head].Lemma) || r.speaksIn(i)) {
		if k := childOf(r.doc, t.Head, "nsubj"); k >= 0 && r.said[k] != nil {
			r.lastPaper[word] = r.said[k]
		}
	}
	return nil
}

// speaksIn reports whether the noun i is what a verb's subject speaks in ("said
// in a statement", "answered with a letter").
func (r *reading) speaksIn(i int) bool {
	k := childOf(r.doc, i, "case")
	if r.doc.Tokens[i].Label != "nmod" || k < 0 || !strings.HasPrefix(r.doc.Tokens[r.doc.Tokens[i].Head].Tag, "V") {
		return false
	}
	switch r.doc.Tokens[k].Form {
	case "in", "on", "with", "via", "through":
		return true
	}
	return false
}

// issues reports whether who does it to a document speaks through it.
func issues(verb string) bool {
	switch verb {
	case "release", "issue", "publish", "send", "write", "file", "post", "circulate", "unveil", "launch", "air", "run", "deliver", "sign", "tweet", "draft", "conduct":
		return true
	}
	return false
}

// maker is whom a document is by: "a study by …", "the … poll", "Doe's letter".
func (r *reading) maker(i, depth int) *entity {
	for _, k := range r.doc.Children(i) {
		t := r.doc.Tokens[k]
		switch t.Label {
		case "nmod":
			if prep := childOf(r.doc, k, "case"); prep >= 0 && (r.doc.Tokens[prep].Form == "by" || r.doc.Tokens[prep].Form == "from") {
				return r.ahead(k)
			}
		case "acl", "amod":
			if k > i && depth == 0 {
				if e := r.maker(k, 1); e != nil {
					return e
				}
			}
		}
	}
	if i+1 < len(r.doc.Tokens) && depth == 0 { // the tree may hang the maker elsewhere
		if t := r.doc.Tokens[i+1]; (t.Form == "by" || t.Form == "from") && t.Label == "case" && t.Head > i {
			return r.ahead(t.Head)
		}
	}
	for _, k := range r.doc.Children(i) {
		switch t := r.doc.Tokens[k]; t.Label {
		case "nmod:poss":
			return r.said[k]
		case "compound", "amod":
			if n := r.nameAt(k); n != nil && n.kind != kindMisc && n.kind != kindPlace && k < i {
				return n.entity
			}
		}
	}
	return nil
}

// ahead resolves the mention at token k, which may lie ahead of the walk.
func (r *reading) ahead(k int) *entity {
	if e := r.said[k]; e != nil {
		return e
	}
	if n := r.nameAt(k); n != nil {
		return n.entity
	}
	if t := r.doc.Tokens[k]; strings.HasPrefix(t.Tag, "NN") && r.part[k] == nil {
		if word := singular(t); isPersonNoun(t) {
			return r.role(k, word)
		} else if lexicon.IsBody(word) && !inPlural(t) {
			return r.body(k, word)
		}
		return r.describe(k)
	}
	return nil
}
