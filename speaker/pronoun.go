package speaker

import (
	"math"
	"slices"
	"strings"

	"onrecord/attribution"
	"onrecord/lexicon"
)

// isThird reports whether a form is a singular personal pronoun of the third
// person.
func isThird(form string) bool {
	return pronounGender(form) != lexicon.UnknownGender
}

func pronounGender(form string) lexicon.Gender {
	switch strings.ToLower(form) {
	case "he", "him", "his", "himself":
		return lexicon.Male
	case "she", "her", "hers", "herself":
		return lexicon.Female
	}
	return lexicon.UnknownGender
}

// reach bounds how far back an antecedent is looked for.
type reach struct {
	scenes   int32 // sentences that say something outside of quotation marks
	mentions int
}

var (
	recentOnly = reach{scenes: 3, mentions: 30}
	usualReach = reach{scenes: 12, mentions: 120}
)

// sure is by how much an antecedent must lead for the article's pronoun to
// tell the person's gender.
const sure = 1

// pronoun resolves "he", "she" and their forms at token i.
func (r *reading) pronoun(i int) *entity {
	g := pronounGender(r.doc.Tokens[i].Form)
	e, lead := r.salient(i, g, usualReach)
	if e != nil && e.gender == lexicon.UnknownGender && lead > sure {
		e.gender = g
	}
	return e
}

// salient is the person of that gender whom the words before token i bring to
// mind most, and by how much; nil if there is none.
func (r *reading) salient(i int, g lexicon.Gender, far reach) (*entity, float64) {
	fits := func(e *entity) bool {
		return e.isPerson() && !e.plural && (e.gender == g || e.gender == lexicon.UnknownGender || g == lexicon.UnknownGender)
	}
	if e, lead := r.rank(i, far, fits, g, false); e != nil {
		return e, lead
	}
	return r.rank(i, far, fits, g, true)
}

// rank scores the mentions before token i that fit and returns the entity of
// the best with its lead over the next. Those between quotation marks count
// only if i stands there too, or with evenQuoted.
func (r *reading) rank(i int, far reach, fits func(*entity) bool, g lexicon.Gender, evenQuoted bool) (best *entity, lead float64) {
	here := r.scene[r.sentence[i]]
	top, next := math.Inf(-1), math.Inf(-1)
	for k := len(r.mentions) - 1; k >= 0 && k >= len(r.mentions)-far.mentions; k-- {
		m := r.mentions[k]
		gap := here - r.scene[r.sentence[m.token]]
		if gap > far.scenes {
			break
		}
		if !fits(m.entity) || r.quoted[m.token] && !r.quoted[i] && !evenQuoted {
			continue
		}
		switch score := r.score(m, gap, g); {
		case score > top && m.entity == best:
			top = score
		case score > top:
			best, top, next = m.entity, score, top
		case score > next && m.entity != best:
			next = score
		}
	}
	return best, top - next
}

// What speaks for an antecedent, and against it. Set by hand and checked on
// the automatic coreference of the training articles.
const (
	perScene     = 1.4 // for each sentence back
	asSubject    = 1.4
	ofMainClause = 0.5 // more for the subject of the main clause
	asPossessor  = 0.2
	asObject     = 0.2
	inPhrase     = -0.3 // after a preposition
	spokeLast    = 0.6
	goesOnToo    = 2.0 // more if the cue says that the speaker goes on
	genderFits   = 0.9 // known, not only possible
	isUnnamed    = -1.0
	isPronoun    = 0.3
	perDoubling  = 0.18 // each time that the mentions so far double
	spokenOfToo  = -2.5
	inOwnContent = -1.5
	inLastWords  = -0.8 // what the last speaker talks of
	presented    = 1.5  // called by name and role for the first time, at most a sentence back
)

// score is how well mention m serves as antecedent of the pronoun at i.
func (r *reading) score(m mention, gap int32, g lexicon.Gender) float64 {
	t := r.doc.Tokens[m.token]
	score := -perScene*float64(gap) + perDoubling*math.Log2(float64(1+min(r.count[m.entity], 20)))
	switch t.Label {
	case "nsubj", "nsubjpass":
		score += asSubject
		if t.Head >= 0 && (r.doc.Tokens[t.Head].Label == "root" || r.doc.Tokens[t.Head].Label == "parataxis") {
			score += ofMainClause
		}
	case "nmod:poss":
		score += asPossessor
	case "nmod":
		score += inPhrase
	case "root", "dobj":
		score += asObject
	}
	if m.entity == r.last {
		score += spokeLast
		if r.goesOnWith {
			score += goesOnToo
		}
	}
	if gap <= 1 && r.presents(m) {
		score += presented
	}
	if m.entity.gender == g && g != lexicon.UnknownGender {
		score += genderFits
	}
	if m.entity.Name == "" {
		score += isUnnamed
	}
	if isThird(t.Form) {
		score += isPronoun
	}
	if r.spokenOf[m.entity] {
		score += spokenOfToo
	} else if inSpans(r.content, t.Span) {
		score += inOwnContent
	} else if m.entity != r.last && inSpans(r.lastWords, t.Span) {
		score += inLastWords
	}
	return score
}

// presents reports whether a mention is the first of somebody, by name and with
// a role: who is presented to the reader mostly speaks next.
func (r *reading) presents(m mention) bool {
	e := m.entity
	if !e.isPerson() || len(e.Mentions) == 0 || len(e.person.keys) < 2 {
		return false
	}
	first := e.Mentions[0]
	return first.First <= m.token && m.token < first.End && childOf(r.doc, m.token, "appos") >= 0
}

// listen takes in the content of the attribution whose source is to be
// resolved, and whom it names: people seldom speak of themselves by name.
func (r *reading) listen(a attribution.Attribution) {
	r.content, r.goesOnWith = a.Content, a.CueHead >= 0 && goesOnBy(r.doc.Tokens[a.CueHead].Lemma)
	clear(r.spokenOf)
	for _, s := range a.Content {
		first, end := r.tokens(s)
		for i := first; i < end; i++ {
			if n := r.nameAt(i); n != nil {
				r.spokenOf[n.entity] = true
			}
		}
	}
}

// goesOnBy reports whether a verb has the speaker before go on.
func goesOnBy(lemma string) bool {
	switch lemma {
	case "add", "continue", "go", "conclude", "elaborate":
		return true
	}
	return false
}

// several resolves "they" at token i: the group or list, else the body, that
// was named last.
func (r *reading) several(i int) *entity {
	group := func(e *entity) bool { return e.plural }
	body := func(e *entity) bool { return e.Kind == kindOrg && !e.plural }
	for _, scenes := range []int32{1, 3} {
		for _, fits := range []func(*entity) bool{group, body} {
			if e, _ := r.rank(i, reach{scenes: scenes, mentions: 30}, fits, lexicon.UnknownGender, false); e != nil {
				return e
			}
		}
	}
	return nil
}

// it resolves "it" at token i: a body, or the maker of a document.
func (r *reading) it(i int) *entity {
	best, _ := r.rank(i, reach{scenes: 3, mentions: 30}, func(e *entity) bool {
		return !e.plural && (e.Kind == kindOrg || e.Kind == kindPlace || e.Kind == "" || e.Kind == kindMisc)
	}, lexicon.UnknownGender, false)
	return best
}

// relative resolves "who", "which" and "that" at token i to what the tree
// hangs their clause on.
func (r *reading) relative(i int) *entity {
	for k, depth := i, 0; k >= 0 && depth < 6; k, depth = r.doc.Tokens[k].Head, depth+1 {
		t := r.doc.Tokens[k]
		if slices.Contains([]string{"acl:relcl", "acl", "rcmod"}, t.Label) && t.Head >= 0 && t.Head < i {
			if t.Head > 0 && r.doc.Tokens[t.Head].Tag == "WP" {
				return nil
			}
			return r.ahead(t.Head)
		}
	}
	for k := i - 1; k >= 0 && k >= i-4 && r.sentence[k] == r.sentence[i]; k-- {
		if strings.HasPrefix(r.doc.Tokens[k].Tag, "NN") {
			return r.ahead(k)
		}
	}
	return nil
}
