package speaker

import (
	"slices"
	"strings"

	"onrecord/attribution"
	"onrecord/english"
	"onrecord/lexicon"
	"onrecord/text"
)

// Resolve says whom the source of each attribution means within the article,
// in the order of found.
func Resolve(doc *english.Doc, found []attribution.Attribution) []Statement {
	return NewCast(doc).Resolve(found)
}

// Resolve says whom the source of each attribution means, in the order of
// found.
func (c *Cast) Resolve(found []attribution.Attribution) []Statement {
	c.said = slices.Clone(c.said)
	r := newReading(c)
	r.quoted = quotedTokens(c.doc, found)
	r.place()
	sources := map[int][]int{}
	for k, a := range found {
		if a.SourceHead >= 0 && len(a.Source) > 0 {
			head := r.sourceHead(a)
			sources[head] = append(sources[head], k)
		}
	}
	speakers := make([]*entity, len(found))
	for i := range c.doc.Tokens {
		here := sources[i]
		if len(here) > 0 {
			r.listen(found[here[0]])
		}
		r.meet(i)
		for _, k := range here {
			speakers[k] = r.source(i, found[k])
			if speakers[k] != nil {
				r.last, r.lastWords = speakers[k], found[k].Content
			}
		}
		if len(here) > 0 {
			r.listen(attribution.Attribution{CueHead: -1})
		}
	}
	r.settle(found, speakers)
	out := make([]Statement, len(found))
	for k, a := range found {
		out[k].Attribution = a
		if len(a.Via) > 0 {
			out[k].Reporter = c.Name(text.Span{Start: a.Via[0].Start, End: a.Via[len(a.Via)-1].End})
		}
		if e := speakers[k]; e != nil {
			if e.ID == "" {
				e.ID = unique(r.ids, slug(e.Name+e.unnamed))
			}
			out[k].Speaker = e.speaker()
		}
	}
	return out
}

// sourceHead is the token that stands for the source: its head, or what the
// head belongs to ("the mayor's spokesman" is about the spokesman).
func (r *reading) sourceHead(a attribution.Attribution) int {
	i := a.SourceHead
	for depth := 0; depth < 4; depth++ {
		t := r.doc.Tokens[i]
		if t.Head < 0 || !inSpans(a.Source, r.doc.Tokens[t.Head].Span) || t.Label != "nmod:poss" && t.Label != "compound" {
			break
		}
		i = t.Head
	}
	if n := r.nameAt(i); n != nil {
		return headOf(r.doc, n.tokens)
	}
	return i
}

func inSpans(spans []text.Span, s text.Span) bool {
	return slices.ContainsFunc(spans, func(o text.Span) bool { return o.Contains(s) })
}

// source is whom the source with its head at token i means; it was met
// already. nil if the text leaves it to what surrounds it.
func (r *reading) source(i int, a attribution.Attribution) *entity {
	if r.part[i] != nil {
		return r.part[i]
	}
	if e := r.affiliated(a); e != nil {
		return e
	}
	if e := r.titled(a); e != nil {
		return e
	}
	if e := r.list(i, a); e != nil {
		return e
	}
	t := r.doc.Tokens[i]
	if e := r.said[i]; e != nil {
		if e.Name == "" && strings.HasPrefix(t.Tag, "NN") {
			if named := r.nameBeside(i, a); named != nil {
				return named
			}
		}
		return e
	}
	switch form := strings.ToLower(t.Form); {
	case isFirst(form):
		return nil // settled when the speakers around it are known
	case form == "they" || form == "them" || form == "their":
		if e := r.several(i); e != nil {
			return e
		}
	case form == "it" || form == "its":
		if e := r.it(i); e != nil {
			return e
		}
	case form == "who" || form == "which" || form == "that" || form == "whom":
		if e := r.relative(i); e != nil {
			return e
		}
	}
	if e := r.nameBeside(i, a); e != nil {
		return e
	}
	if e := r.opening(a); e != nil {
		return e
	}
	e := r.described(i, a)
	if e.Kind != "" || e.plural {
		r.note(i, e)
	}
	return e
}

// titled is the person whose name ends a source that is a title in capitals
// otherwise, where an "and" in the title makes it look like a list ("Parks and
// Rivers Secretary Ann Doe").
func (r *reading) titled(a attribution.Attribution) *entity {
	first, end := r.tokens(a.Source[0])
	if first >= end {
		return nil
	}
	n := r.nameAt(end - 1)
	if n == nil || !n.entity.isPerson() || n.tokens.First <= first || r.part[n.tokens.First-1] != n.entity {
		return nil
	}
	for k := first; k < n.tokens.First; k++ {
		t := r.doc.Tokens[k]
		if r.part[k] == n.entity {
			break
		}
		if o := r.nameAt(k); o != nil && o.entity.isPerson() || !startsUpper(t.Form) && t.Form != "and" && t.Form != "former" || isArticle(t.Form) {
			return nil
		}
	}
	if whole := textOf(r.doc, text.Range{First: first, End: n.tokens.First}); strings.HasSuffix(whole, n.entity.Role) {
		n.entity.Role = whole
	}
	return n.entity
}

// affiliated is the person whose name stands right before a source that opens
// with a party and a place ("Ann Doe, L-Tarnby, chair of the board, said").
func (r *reading) affiliated(a attribution.Attribution) *entity {
	first, end := r.tokens(a.Source[0])
	if first < 2 || first >= end || r.doc.Tokens[first-1].Form != "," {
		return nil
	}
	if n := r.nameAt(first - 2); n != nil && n.entity.isPerson() && isAffiliation(r.doc.Tokens[first].Form) {
		return n.entity
	}
	return nil
}

// isAffiliation reports whether a form is a party and a place ("L-Tarnby").
func isAffiliation(form string) bool {
	party, place, ok := strings.Cut(form, "-")
	return ok && len(party) <= 3 && startsUpper(party) && startsUpper(place)
}

// opening is the person whose name opens a source ("Ann Doe, lately made
// captain,"), where the tree puts something else at its head.
func (r *reading) opening(a attribution.Attribution) *entity {
	first, end := r.tokens(a.Source[0])
	for first < end && (r.doc.Tokens[first].Tag == "CC" || r.part[first] != nil || isCourtesy(r.doc.Tokens[first].Form)) {
		first++
	}
	if first >= end {
		return nil
	}
	n := r.nameAt(first)
	if n == nil || !n.entity.isPerson() || n.tokens.End < end && r.doc.Tokens[n.tokens.End].Form != "," {
		return nil
	}
	return n.entity
}

// described is a source that nobody names: by its noun phrase as far as the
// source goes.
func (r *reading) described(i int, a attribution.Attribution) *entity {
	if i < 0 {
		e := &entity{unnamed: strings.Join(strings.Fields(a.Source[0].Of(r.doc.Body)), " ")}
		return e
	}
	t := r.doc.Tokens[i]
	if strings.HasSuffix(t.Form, "-year-old") && isDefinite(r.determiner(i)) {
		if e, _ := r.salient(i, lexicon.UnknownGender, recentOnly); e != nil {
			return e
		}
	}
	if t.Tag == "NNP" && !isPersonNoun(t) && startsUpper(t.Form) {
		return r.unlisted(i)
	}
	e := r.describe(i)
	if !strings.HasPrefix(t.Tag, "NN") {
		first, end := r.tokens(a.Source[0])
		if first < end && end-first <= maxRole {
			e.unnamed = r.lower(text.Range{First: first, End: end})
		}
	}
	return e
}

// unlisted is a proper noun that no name was found at.
func (r *reading) unlisted(i int) *entity {
	p := phrase(r.doc, i)
	for p.First < i && isArticle(r.doc.Tokens[p.First].Form) {
		p.First++
	}
	name := textOf(r.doc, p)
	e := r.group[name]
	if e == nil {
		e = &entity{Entity: Entity{Name: name}}
		r.group[name] = e
	}
	return e
}

// nameBeside is the person named inside the source beside a noun for a person
// ("spokesman Hal Roe", "the group's chair, Ann Doe") where the tree does not
// join them.
func (r *reading) nameBeside(i int, a attribution.Attribution) *entity {
	if !isPersonNoun(r.doc.Tokens[i]) && r.doc.Tokens[i].Tag != "NNP" && !strings.EqualFold(r.doc.Tokens[i].Form, "one") || inPlural(r.doc.Tokens[i]) {
		return nil
	}
	if k := phrase(r.doc, i).End; k+1 < len(r.doc.Tokens) && r.doc.Tokens[k].Form == "," && inSpans(a.Source, r.doc.Tokens[k+1].Span) {
		if n := r.nameAt(k + 1); n != nil && n.entity.isPerson() && n.tokens.First == k+1 {
			return n.entity // "a lawyer for Mr. Roe, Ann Doe"
		}
	}
	for k := i + 1; k < len(r.doc.Tokens) && k <= i+6 && inSpans(a.Source, r.doc.Tokens[k].Span); k++ {
		t := r.doc.Tokens[k]
		if n := r.nameAt(k); n != nil && n.entity.isPerson() {
			return n.entity
		}
		if t.Form != "," && t.Form != "the" && t.Form != "in" && !strings.HasPrefix(t.Tag, "NN") {
			return nil
		}
	}
	return nil
}

// list is the speaker of a source that names several ("Doe and Roe").
func (r *reading) list(i int, a attribution.Attribution) *entity {
	named := r.said[i] != nil && r.said[i].Name != ""
	joined := false
	if k := childOf(r.doc, i, "appos"); inPlural(r.doc.Tokens[i]) && k > i && r.nameAt(k) != nil && inSpans(a.Source, r.doc.Tokens[k].Span) {
		return r.listFrom(r.nameAt(k).tokens.First, a)
	}
	for _, k := range r.doc.Children(i) {
		if r.doc.Tokens[k].Label != "conj" || !inSpans(a.Source, r.doc.Tokens[k].Span) {
			continue
		}
		t := r.doc.Tokens[k]
		if n := r.nameAt(k); n != nil && !isAffiliation(t.Form) {
			named = true
		} else if r.nameAt(i) != nil {
			continue // "Ann Doe, a Liberal and chair of the board"
		}
		joined = joined || strings.HasPrefix(t.Tag, "NN") || t.Tag == "PRP"
	}
	if !joined || r.doc.Tokens[i].Label == "nmod:poss" {
		return nil
	}
	first, _ := r.tokens(a.Source[0])
	if named && r.nameAt(i) != nil {
		return r.listFrom(first, a)
	}
	e := &entity{plural: true, unnamed: strings.Join(strings.Fields(a.Source[0].Of(r.doc.Body)), " ")}
	if _, end := r.tokens(a.Source[0]); first < end {
		e.unnamed = r.lower(text.Range{First: first, End: end})
	}
	r.mentions = append(r.mentions, mention{i, e})
	return e
}

// listFrom is the list of names that a source gives from token first on.
func (r *reading) listFrom(first int, a attribution.Attribution) *entity {
	_, end := r.tokens(a.Source[0])
	for first < end-1 && isArticle(r.doc.Tokens[first].Form) {
		first++
	}
	for first < end-1 && r.doc.Tokens[end-1].Form == "," {
		end--
	}
	if first >= end {
		return nil
	}
	e := &entity{Entity: Entity{Name: textOf(r.doc, text.Range{First: first, End: end})}, plural: true}
	r.mentions = append(r.mentions, mention{first, e})
	return e
}

func isFirst(form string) bool {
	switch form {
	case "i", "me", "my", "we", "us", "our", "myself", "ourselves":
		return true
	}
	return false
}
