package speaker

import (
	"slices"
	"strings"

	"onrecord/english"
	"onrecord/lexicon"
)

// cluster joins the names that mean one person or body.
type cluster struct {
	byLast  map[string][]*entity // people by each surname
	byFirst map[string][]*entity // people by first name and nickname
	byStem  map[string][]*entity // people by the first three letters of the surname, and by the surname without one letter inside
	byText  map[string]*entity   // other names by their folded words
	byShort map[string]*entity   // bodies by their initials, and by a name without its last word or its beginning
}

// maxSame bounds how many people of one surname are compared with a name.
const maxSame = 24

// joinNames gives each name its entity and returns those that have one.
func joinNames(doc *english.Doc, names []spotted) []spotted {
	c := &cluster{byLast: map[string][]*entity{}, byFirst: map[string][]*entity{}, byStem: map[string][]*entity{}, byText: map[string]*entity{}, byShort: map[string]*entity{}}
	headline := headlines(doc)
	people := map[string]int{} // how often a single word is a person's name, less how often it is something else
	for i, k := 0, 0; i < len(names); i++ {
		n := &names[i]
		for k+1 < len(doc.Sentences) && doc.Sentences[k].Tokens.End <= n.tokens.First {
			k++
		}
		n.titled = headline[k]
		if n.kind == kindPerson && len(n.person.words) > 1 && !n.titled {
			n.entity = c.fullName(n.person)
		}
		if len(n.words) == 1 && n.kind == kindPerson {
			people[n.words[0]]++
		} else if len(n.words) == 1 && n.kind != "" {
			people[n.words[0]]--
		}
	}
	for i := range names {
		if n := &names[i]; n.entity == nil && n.kind == kindPerson && len(n.person.words) > 1 {
			n.entity = c.headlineName(n.person)
		}
	}
	for i := range names {
		n := &names[i]
		switch {
		case n.entity != nil:
			seen(n)
		case n.kind == kindPerson:
			n.entity = c.shortName(n.person, i, names)
			seen(n)
		case len(n.words) <= 3 && (n.kind != kindPlace || people[n.words[0]] >= 0):
			n.entity = c.personCalled(n, people)
			if n.entity != nil {
				n.kind = kindPerson
				seen(n)
			}
		}
	}
	for _, long := range []bool{true, false} {
		for i := range names {
			if n := &names[i]; n.entity == nil && !n.weak && len(n.words) > 1 == long {
				c.otherName(doc, n)
			}
		}
	}
	return slices.DeleteFunc(names, func(n spotted) bool { return n.entity == nil })
}

// headlines says for each sentence whether its words stand in capitals
// throughout, as in a title, where a capital marks no name.
func headlines(doc *english.Doc) []bool {
	out := make([]bool, len(doc.Sentences)+1)
	for s, sent := range doc.Sentences {
		capital, words := 0, 0
		for i := sent.Tokens.First; i < sent.Tokens.End; i++ {
			if form := doc.Tokens[i].Form; len(form) > 3 && isWord(doc.Tokens[i]) {
				words++
				if startsUpper(form) {
					capital++
				}
			}
		}
		out[s] = words > 3 && capital*10 >= words*9
	}
	return out
}

// headlineName is the person of a name in a headline, which may have taken in
// the word after it ("Ann Doe Quits").
func (c *cluster) headlineName(n personName) *entity {
	for last := len(n.keys) - 1; last >= 0; last-- {
		for _, e := range c.byLast[n.keys[last]] {
			if last == 0 || samePerson(e.person, personName{keys: n.keys[:last+1]}) {
				return e
			}
		}
	}
	return c.fullName(n)
}

func seen(n *spotted) {
	e := n.entity
	e.Mentions = append(e.Mentions, n.tokens)
	if e.gender == lexicon.UnknownGender {
		e.gender = n.person.gender
	}
}

// fullName is the person of a name of two words or more.
func (c *cluster) fullName(n personName) *entity {
	candidates := c.byLast[n.last()]
	candidates = append(candidates[:len(candidates):len(candidates)], c.byFirst[n.first()]...)
	for i, e := range candidates {
		if i == 2*maxSame {
			break
		}
		if samePerson(e.person, n) {
			if fuller(n, e.person) {
				n.gender = firstKnown(e.person.gender, n.gender)
				n.nick = firstWord(e.person.nick, n.nick)
				e.person = n
				c.index(e)
			}
			return e
		}
	}
	return c.newPerson(n)
}

// fuller reports whether n says more of the name that n and o are of: another
// word, or a first name that o has as an initial or short form.
func fuller(n, o personName) bool {
	if len(n.words) != len(o.words) {
		return len(n.words) > len(o.words)
	}
	return len(n.first()) > len(o.first()) && sameFirst(o.first(), n.first())
}

func firstKnown(a, b lexicon.Gender) lexicon.Gender {
	if a != lexicon.UnknownGender {
		return a
	}
	return b
}

func firstWord(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (c *cluster) newPerson(n personName) *entity {
	e := &entity{Entity: Entity{Kind: kindPerson}, person: n, gender: n.gender}
	c.index(e)
	return e
}

// index makes a person findable by the parts of the name.
func (c *cluster) index(e *entity) {
	n := e.person
	put := func(m map[string][]*entity, k string) {
		if k == "" || len(m[k]) >= maxSame || len(m[k]) > 0 && m[k][len(m[k])-1] == e {
			return
		}
		m[k] = append(m[k], e)
	}
	put(c.byLast, n.last())
	if last := n.last(); len(last) >= 5 {
		put(c.byStem, last[:3])
		for i := 1; i < len(last)-1; i++ {
			put(c.byStem, last[:i]+last[i+1:]) // with a letter left out by mistake
		}
	}
	if len(n.keys) > 1 {
		put(c.byFirst, n.first())
		put(c.byFirst, n.nick)
		if len(n.keys) > 2 {
			put(c.byFirst, strings.Join(n.keys[1:], " ")) // "Huckabee Sanders", "de Leon"
		}
	}
}

// shortName is the person of a single word, which stands at names[at].
func (c *cluster) shortName(n personName, at int, names []spotted) *entity {
	key := n.last()
	if e := pick(c.byLast[key], n, at, names); e != nil {
		return e
	}
	if e := pick(c.byFirst[key], n, at, names); e != nil {
		return e
	}
	if len(key) >= 4 {
		if e := pick(c.byStem[key], n, at, names); e != nil {
			return e
		}
	}
	if len(key) >= 5 {
		var close []*entity
		for _, e := range c.byStem[key[:3]] {
			if variant(e.person.last(), key) {
				close = append(close, e)
			}
		}
		if e := pick(close, n, at, names); e != nil {
			return e
		}
	}
	return c.newPerson(n)
}

// lookBack is how many names before a surname are searched for the member of
// a family that it means.
const lookBack = 12

// pick chooses among people of one name: the one named in full just before,
// else the one named most often so far, else the first.
func pick(people []*entity, n personName, at int, names []spotted) *entity {
	var fit []*entity
	for _, e := range people {
		if e.gender == n.gender || e.gender == lexicon.UnknownGender || n.gender == lexicon.UnknownGender {
			fit = append(fit, e)
		}
	}
	if len(fit) < 2 {
		if len(fit) == 1 {
			return fit[0]
		}
		return nil
	}
	best, most := fit[0], -1
	for _, e := range fit {
		score := min(len(e.Mentions), 12)
		for k := at - 1; k >= 0 && k >= at-lookBack; k-- {
			if names[k].entity == e && len(names[k].words) > 1 {
				score += lookBack - (at - k)
				break
			}
		}
		if score > most {
			best, most = e, score
		}
	}
	return best
}

// personCalled is the person whom a name means that the model took for
// something else, nil if none.
func (c *cluster) personCalled(n *spotted, people map[string]int) *entity {
	words := n.words
	if len(words) == 1 {
		if len(c.byLast[words[0]]) == 0 {
			return nil
		}
		if e := c.byLast[words[0]][0]; n.kind == kindOrg || people[words[0]] >= 0 || len(e.Mentions) > 3 {
			return e
		}
		return nil
	}
	for _, e := range c.byLast[words[len(words)-1]] {
		if len(e.person.keys) > 1 && sameFirst(e.person.first(), words[0]) {
			return e
		}
	}
	return nil
}

// otherName joins a name that is no person's to its entity: the same words,
// the initials of a longer name, or a longer name's end or beginning.
func (c *cluster) otherName(doc *english.Doc, n *spotted) {
	key := strings.Join(n.words, " ")
	e := c.byText[key]
	if e == nil {
		e = c.byShort[key]
	}
	if e == nil {
		e = &entity{Entity: Entity{Kind: n.kind}, words: n.words}
		c.shorten(e, doc, n)
	}
	c.byText[key] = e
	n.entity = e
	e.Mentions = append(e.Mentions, n.tokens)
}

// shorten lists the short forms by which the article may go on.
func (c *cluster) shorten(e *entity, doc *english.Doc, n *spotted) {
	if n.kind == kindPlace || len(n.words) < 2 || len(n.words) > maxRole {
		return
	}
	put := func(k string) {
		if k != "" && c.byShort[k] == nil {
			c.byShort[k] = e
		}
	}
	var printed []string
	for i := n.tokens.First; i < n.tokens.End; i++ {
		printed = append(printed, doc.Tokens[i].Form)
	}
	if short := initials(printed); len(short) > 1 {
		put(short)
	}
	if strings.Contains(printed[0], ".") { // "U.S. Rivers and Harbors Board" is the RHB
		if short := initials(printed[1:]); len(short) > 2 {
			put(short)
		}
	}
	last := n.words[len(n.words)-1]
	if generic(last) {
		put(strings.Join(n.words[:len(n.words)-1], " "))
	}
	for i := 1; i < len(n.words)-1; i++ {
		if w := n.words[i]; w != "of" && w != "for" && w != "and" && w != "in" && w != "on" {
			put(strings.Join(n.words[i:], " "))
		}
	}
}

// generic reports whether the last word of a body's name can be left out.
func generic(word string) bool {
	switch word {
	case "inc", "corp", "co", "ltd", "llc", "plc", "news", "university", "college", "institute", "company", "corporation", "group", "industries", "international", "magazine", "holdings", "bank":
		return true
	}
	return false
}
