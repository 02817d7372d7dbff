package speaker

import (
	"strconv"
	"strings"

	"onrecord/english"
	"onrecord/lexicon"
	"onrecord/text"
)

// Cast is everybody and everything that an article names.
type Cast struct {
	doc    *english.Doc
	names  []spotted // in order
	at     []int32   // for each token 1 + the index in names of the name it is part of, or 0
	part   []*entity // for each token of a role before a name, whose name it is
	said   []*entity // for each token that heads a mention, whom it means
	people []*entity // everybody named, in order of first mention
}

// NewCast finds the names of doc and joins those that mean the same.
func NewCast(doc *english.Doc) *Cast {
	c := &Cast{doc: doc, names: spotNames(doc), at: make([]int32, len(doc.Tokens)), part: make([]*entity, len(doc.Tokens)), said: make([]*entity, len(doc.Tokens))}
	c.names = joinNames(doc, c.names)
	known := map[*entity]bool{}
	for i := range c.names {
		n := &c.names[i]
		for k := n.tokens.First; k < n.tokens.End; k++ {
			c.at[k] = int32(i + 1)
		}
		c.said[headOf(doc, n.tokens)] = n.entity
		if !known[n.entity] {
			known[n.entity] = true
			c.people = append(c.people, n.entity)
		}
	}
	readRoles(doc, c.names, c.part, c.said)
	taken := map[string]int{}
	for _, e := range c.people {
		c.christen(e)
		e.ID = unique(taken, slug(e.Name))
	}
	return c
}

// unique keeps IDs apart that two names share.
func unique(taken map[string]int, id string) string {
	taken[id]++
	if n := taken[id]; n > 1 {
		return id + "-" + strconv.Itoa(n)
	}
	return id
}

// christen gives an entity its name: a person's words without titles, or the
// first and fullest form of another name without a leading article.
func (c *Cast) christen(e *entity) {
	if e.isPerson() {
		words := make([]string, len(e.person.words))
		for i, w := range e.person.words {
			words[i] = calm(w)
		}
		e.Name = strings.Join(words, " ")
		return
	}
	best := ""
	for _, m := range e.Mentions[:min(len(e.Mentions), 50)] {
		if s := c.printed(m); best == "" || strings.Count(s, " ") > strings.Count(best, " ") {
			best = s
		}
	}
	e.Name = best
}

// printed is a name as printed, with the article that belongs to it ("The
// Herald" inside a sentence).
func (c *Cast) printed(r text.Range) string {
	for r.First < r.End-1 && isArticle(c.doc.Tokens[r.First].Form) {
		r.First++
	}
	return textOf(c.doc, r)
}

// Entities are the people, bodies and places of the article in order of their
// first mention by name.
func (c *Cast) Entities() []Entity {
	out := make([]Entity, 0, len(c.people))
	for _, e := range c.people {
		out = append(out, e.Entity)
	}
	return out
}

// People are the entities that doc names.
func People(doc *english.Doc) []Entity { return NewCast(doc).Entities() }

// Name is the canonical name of the person in the bytes span of the body
// ("Ann Doe" for "Channel 9's Doe"), else of what else is named there, else the
// span's own text.
func (c *Cast) Name(span text.Span) string {
	first, end := c.tokens(span)
	var other *spotted
	var last *entity
	for i := first; i < end; i++ {
		k := c.at[i]
		if k == 0 {
			continue
		}
		n := &c.names[k-1]
		if n.entity.isPerson() && !(n.tokens.End < end && c.doc.Tokens[n.tokens.End].Tag == "POS") {
			last = n.entity
		} else if other == nil && n.tokens.First >= first && n.tokens.End <= end {
			other = n
		}
	}
	switch {
	case last != nil:
		return last.Name
	case other != nil && c.doc.Tokens[headOf(c.doc, other.tokens)].Label != "nmod:poss":
		return c.formal(*other)
	}
	return strings.Join(strings.Fields(span.Of(c.doc.Body)), " ")
}

// formal is a name with an article that is printed as part of it.
func (c *Cast) formal(n spotted) string {
	if k := n.tokens.First - 1; k >= 0 && c.doc.Tokens[k].Form == "The" && !c.opensSentence(k) {
		return "The " + n.entity.Name
	}
	return n.entity.Name
}

func (c *Cast) opensSentence(i int) bool {
	return i == 0 || c.doc.Tokens[i-1].Tag == "." || c.doc.Tokens[i-1].Tag == "``" || c.doc.Tokens[i].Start > 0 && strings.Contains(c.doc.Body[c.doc.Tokens[i-1].End:c.doc.Tokens[i].Start], "\n")
}

// tokens are the indices [first, end) of the tokens inside a span.
func (c *Cast) tokens(span text.Span) (first, end int) { return tokensIn(c.doc, span) }

// nameAt is the name that token i is part of, nil if none.
func (c *Cast) nameAt(i int) *spotted {
	if k := c.at[i]; k > 0 {
		return &c.names[k-1]
	}
	return nil
}

// inPlural reports whether t stands for several.
func inPlural(t english.Token) bool { return t.Tag == "NNS" || t.Tag == "NNPS" }

func genderOf(t english.Token) lexicon.Gender {
	r, _ := lexicon.PersonRole(singular(t))
	return r.Gender
}
