package speaker

import (
	"slices"
	"strings"

	"onrecord/english"
	"onrecord/lexicon"
	"onrecord/text"
)

// mention is a place where somebody is meant.
type mention struct {
	token  int
	entity *entity
}

// reading is the walk through an article that resolves its mentions in order.
type reading struct {
	*Cast
	scene    []int32 // for each sentence, how many before it say something outside of quotation marks
	sentence []int32 // for each token
	quoted   []bool  // for each token: it stands between quotation marks

	mentions   []mention            // resolved so far, in order
	count      map[*entity]int      // how often each was meant so far
	byRole     map[string][]*entity // people by the nouns said of them
	group      map[string]*entity   // bodies named by a noun and a modifier: "ann doe campaign"
	lastBody   map[string]*entity   // the body last meant by a noun or by a name that ends in it
	lastOrg    *entity              // the body last named
	lastOrgAt  int
	lastNoun   map[string]*entity // the unnamed person last described by a noun
	lastPaper  map[string]*entity // the maker of the document last meant by a noun
	last       *entity            // the speaker of the attribution before
	lastWords  []text.Span        // its content
	content    []text.Span        // of the attribution whose source is being resolved
	spokenOf   map[*entity]bool   // whom that content names
	goesOnWith bool               // its cue has the speaker before go on
	ids        map[string]int
}

func newReading(c *Cast) *reading {
	r := &reading{Cast: c, count: map[*entity]int{}, byRole: map[string][]*entity{}, group: map[string]*entity{}, lastBody: map[string]*entity{},
		lastNoun: map[string]*entity{}, lastPaper: map[string]*entity{}, ids: map[string]int{}, spokenOf: map[*entity]bool{}, sentence: make([]int32, len(c.doc.Tokens))}
	for _, e := range c.people {
		r.ids[e.ID]++
		for _, o := range e.roles {
			if list := r.byRole[o.head]; len(list) < maxSame && !slices.Contains(list, e) {
				r.byRole[o.head] = append(list, e)
			}
		}
	}
	return r
}

// place notes for each token its sentence, and counts the sentences that say
// something outside of quotation marks, so that a long quotation does not put
// distance between a pronoun and its antecedent.
func (r *reading) place() {
	r.scene = make([]int32, len(r.doc.Sentences)+1)
	for s, sent := range r.doc.Sentences {
		open := false
		for i := sent.Tokens.First; i < sent.Tokens.End; i++ {
			r.sentence[i] = int32(s)
			open = open || !r.quoted[i] && isWord(r.doc.Tokens[i])
		}
		r.scene[s+1] = r.scene[s]
		if open {
			r.scene[s+1]++
		}
	}
}

func isWord(t english.Token) bool { return t.Tag != "" && (t.Tag[0] >= 'A' && t.Tag[0] <= 'Z') }

// meet resolves what token i means, if it heads a mention.
func (r *reading) meet(i int) {
	t := r.doc.Tokens[i]
	switch {
	case r.said[i] != nil:
		r.note(i, r.said[i])
	case r.at[i] > 0 || r.part[i] != nil:
	case isThird(t.Form):
		if e := r.pronoun(i); e != nil {
			r.note(i, e)
		}
	case strings.HasPrefix(t.Tag, "NN") && t.Label != "compound":
		if e := r.noun(i); e != nil {
			r.note(i, e)
		}
	}
}

// note records that token i means e.
func (r *reading) note(i int, e *entity) {
	r.said[i] = e
	r.mentions = append(r.mentions, mention{i, e})
	r.count[e]++
	n := r.nameAt(i)
	if n == nil && !e.isPerson() && lexicon.IsBody(singular(r.doc.Tokens[i])) {
		r.lastBody[singular(r.doc.Tokens[i])] = e
	}
	if n != nil && !e.isPerson() && !e.plural {
		if e.Kind == kindOrg {
			r.lastOrg, r.lastOrgAt = e, i
		}
		if len(n.words) > 1 {
			r.lastBody[n.words[len(n.words)-1]] = e
		}
	}
}

// describe is a new entity whom the article describes by the phrase of head.
func (r *reading) describe(head int) *entity {
	t := r.doc.Tokens[head]
	p := phrase(r.doc, head)
	if k := head + 1; k < p.End && r.doc.Tokens[k].Tag == "POS" && p.End == k+1 {
		p.End = k
	}
	e := &entity{unnamed: r.lower(p), plural: inPlural(t) || isPluralWord(t.Form), gender: genderOf(t)}
	if isPersonNoun(t) && !e.plural {
		e.Kind = kindPerson
	}
	return e
}

// lower is a phrase's text as it stands inside a sentence.
func (r *reading) lower(p text.Range) string {
	s := textOf(r.doc, p)
	if t := r.doc.Tokens[p.First]; !strings.HasPrefix(t.Tag, "NNP") && t.Name == "" && t.Form != strings.ToUpper(t.Form) || len(t.Form) == 1 && t.Form == "A" {
		first, rest, _ := strings.Cut(s, " ")
		return strings.TrimSpace(strings.ToLower(first) + " " + rest)
	}
	return s
}

func isPluralWord(form string) bool {
	switch strings.ToLower(form) {
	case "some", "many", "others", "both", "several", "few", "most", "all", "those", "these", "people", "police", "they", "we":
		return true
	}
	return false
}

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
	if e := r.lastBody[word]; e != nil && det != "" {
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
