package speaker

import (
	"math"
	"slices"
	"strings"

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

// pronoun resolves "he", "she" and their forms at token i.
func (r *reading) pronoun(i int) *entity {
	g := pronounGender(r.doc.Tokens[i].Form)
	e := r.salient(i, g, usualReach)
	if e != nil && e.gender == lexicon.UnknownGender {
		e.gender = g
	}
	return e
}

// salient is the person of that gender whom the words before token i bring to
// mind most, nil if there is none.
func (r *reading) salient(i int, g lexicon.Gender, far reach) *entity {
	best, top := r.rank(i, far, func(e *entity) bool {
		return e.isPerson() && !e.plural && (e.gender == g || e.gender == lexicon.UnknownGender || g == lexicon.UnknownGender)
	}, g, false)
	if best == nil && !math.IsInf(top, -1) {
		return nil
	}
	if best == nil {
		best, _ = r.rank(i, far, func(e *entity) bool {
			return e.isPerson() && !e.plural && (e.gender == g || e.gender == lexicon.UnknownGender || g == lexicon.UnknownGender)
		}, g, true)
	}
	return best
}

// rank scores the mentions before token i that fit and returns the entity of
// the best. Those between quotation marks count only if i stands there too, or
// with evenQuoted.
func (r *reading) rank(i int, far reach, fits func(*entity) bool, g lexicon.Gender, evenQuoted bool) (*entity, float64) {
	here := r.scene[r.sentence[i]]
	var best *entity
	top := math.Inf(-1)
	for k := len(r.mentions) - 1; k >= 0 && k >= len(r.mentions)-far.mentions; k-- {
		m := r.mentions[k]
		gap := here - r.scene[r.sentence[m.token]]
		if gap > far.scenes {
			break
		}
		if !fits(m.entity) || r.quoted[m.token] && !r.quoted[i] && !evenQuoted {
			continue
		}
		score := r.score(i, m, gap, g)
		if score > top {
			best, top = m.entity, score
		}
	}
	return best, top
}

// score is how well mention m serves as antecedent of the pronoun at i.
func (r *reading) score(i int, m mention, gap int32, g lexicon.Gender) float64 {
	t := r.doc.Tokens[m.token]
	score := -0.9 * float64(gap)
	switch t.Label {
	case "nsubj", "nsubjpass":
		score += 1.4
		if t.Head >= 0 && (r.doc.Tokens[t.Head].Label == "root" || r.doc.Tokens[t.Head].Label == "parataxis") {
			score += 0.4
		}
	case "nmod:poss":
		score += 0.2
	case "nmod":
		score -= 0.3
	case "root", "dobj":
		score += 0.2
	}
	if m.entity == r.last {
		score += 0.8
	}
	if m.entity.gender == g && g != lexicon.UnknownGender {
		score += 0.5
	}
	if m.entity.Name == "" {
		score -= 0.5
	}
	if pronounGender(t.Form) != lexicon.UnknownGender {
		score += 0.3
	}
	score += 0.25 * math.Log2(float64(1+min(r.count[m.entity], 20)))
	if r.inContent(m.token) {
		score -= 2
		if n := r.nameAt(m.token); n != nil {
			score--
		}
	}
	return score
}

// inContent reports whether a token lies in the content of the attribution
// whose source is being resolved: people seldom speak of themselves by name.
func (r *reading) inContent(token int) bool {
	t := r.doc.Tokens[token]
	for _, s := range r.content {
		if s.Contains(t.Span) {
			return true
		}
	}
	return false
}

// several resolves "they" at token i: a group, a list, or a body.
func (r *reading) several(i int) *entity {
	best, _ := r.rank(i, reach{scenes: 3, mentions: 30}, func(e *entity) bool { return e.plural || e.Kind == kindOrg }, lexicon.UnknownGender, false)
	return best
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
		if r.said[k] != nil {
			return r.said[k]
		}
	}
	return nil
}
