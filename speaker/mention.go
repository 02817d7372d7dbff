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
	case t.Tag == "JJ" && isDefinite(r.determiner(i)) && lexicon.IsBody(strings.ToLower(t.Form)):
		r.note(i, r.body(i, strings.ToLower(t.Form))) // "the Tarnby military"
	}
}

// note records that token i means e.
func (r *reading) note(i int, e *entity) {
	r.said[i] = e
	r.mentions = append(r.mentions, mention{i, e})
	r.count[e]++
	n := r.nameAt(i)
	if n == nil && !e.isPerson() && !e.plural && lexicon.IsBody(singular(r.doc.Tokens[i])) {
		r.lastBody[singular(r.doc.Tokens[i])] = e
	}
	if n != nil && !e.isPerson() && !e.plural {
		if e.Kind == kindOrg && !r.quoted[i] {
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
	p.End = r.conjoined(p.End)
	p.End = r.participle(head, p.End)
	e := &entity{unnamed: r.lower(p), plural: inPlural(t) || isPluralWord(t.Form), gender: genderOf(t)}
	if isPersonNoun(t) && !e.plural {
		e.Kind = kindPerson
	}
	return e
}

// conjoined is where a name ends that goes on after "and" at token from ("a clerk
// for the Board of Reeves | and Harbors"), or from.
func (r *reading) conjoined(from int) int {
	tok := r.doc.Tokens
	if from+1 >= len(tok) || tok[from].Tag != "CC" || !strings.HasPrefix(tok[from-1].Tag, "NNP") || !strings.HasPrefix(tok[from+1].Tag, "NNP") {
		return from
	}
	end := from + 2
	for end < len(tok) && end-from <= maxRole && strings.HasPrefix(tok[end].Tag, "NNP") {
		end++
	}
	return end
}

// participle is where the participle ends that follows the phrase of head at
// token from ("two clerks briefed on the talks"), or from.
func (r *reading) participle(head, from int) int {
	verb := childOf(r.doc, head, "acl")
	if verb != from {
		return from
	}
	end := verb + 1
	for end < len(r.doc.Tokens) && end-verb <= maxRole && isWord(r.doc.Tokens[end]) && r.hangsOn(end, verb) {
		end++
	}
	return end
}

// hangsOn reports whether token i stands under token top in the tree.
func (r *reading) hangsOn(i, top int) bool {
	for depth := 0; i > top && depth < 8; depth++ {
		if i = r.doc.Tokens[i].Head; i == top {
			return true
		}
	}
	return false
}

// lower is a phrase's text as it stands inside a sentence.
func (r *reading) lower(p text.Range) string {
	s := textOf(r.doc, p)
	if t := r.doc.Tokens[p.First]; !strings.HasPrefix(t.Tag, "NNP") && !isNamed(t.Name) && t.Form != strings.ToUpper(t.Form) || len(t.Form) == 1 && t.Form == "A" {
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
