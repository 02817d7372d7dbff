package profile

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"

	"onrecord/check"
	"onrecord/lexicon"
	"onrecord/text"
)

// Bounds of the topics.
const (
	maxTopics  = 12
	maxTried   = 60   // words whose class is asked for
	minHaving  = 3    // statements with a topic
	minZ       = 2.33 // one in a hundred by chance
	prior      = 500  // statements that the common background counts for
	minCovered = 0.6  // part of a word's statements in which it stands in a phrase for the phrase to be the topic instead
	maxShared  = 0.7  // part of a topic's statements that one before it may have
)

// found is a topic with the statements that have it, ascending.
type found struct {
	words      string
	statements []int
}

// phrase is a word, or two words side by side, by which a speaker's statements
// are compared with others'.
type phrase struct {
	statements []int
	forms      map[string]int // as printed
	at         text.Span      // in the first of the statements
	z          float64
}

// topics are the words and pairs of words that a speaker's statements have more
// than others', nouns only, the most telling first. How much more is measured by
// the log-odds ratio with an informative Dirichlet prior, over its standard
// deviation (Monroe, Colaresi and Quinn, Fightin' Words, 2008).
func (f *finder) topics(said []Said, others []string, spellings []Spelling) (out []found) {
	own := map[string]bool{}
	for _, s := range spellings {
		for _, w := range check.Words(s.Text) {
			own[stem(w.Key)] = true
		}
	}
	phrases := map[string]*phrase{}
	for i, s := range said {
		eachPhrase(s.Text, func(key string, at text.Span) {
			p := phrases[key]
			if p == nil {
				p = &phrase{forms: map[string]int{}, at: at}
				phrases[key] = p
			}
			if n := len(p.statements); n == 0 || p.statements[n-1] != i {
				p.statements = append(p.statements, i)
			}
			p.forms[at.Of(s.Text)]++
		})
	}
	background := map[string]int{}
	for _, s := range others {
		seen := map[string]bool{}
		eachPhrase(s, func(key string, _ text.Span) {
			if !seen[key] && phrases[key] != nil {
				seen[key] = true
				background[key]++
			}
		})
	}
	var keys []string
	for key, p := range phrases {
		p.z = z(len(p.statements), len(said), background[key], len(others))
		if len(p.statements) >= minHaving && p.z >= minZ && severalStories(p.statements, said) && !isOwn(key, own) {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(cmp.Compare(phrases[b].z, phrases[a].z), strings.Compare(a, b)) })
	var taken []*phrase
	for _, key := range keys[:min(len(keys), maxTried)] {
		p := fullest(phrases, key)
		if len(out) == maxTopics {
			break
		}
		if slices.ContainsFunc(taken, func(o *phrase) bool { return o == p || shared(p.statements, o.statements) > maxShared }) || !f.isNoun(said[p.statements[0]].Text, p.at) {
			continue
		}
		taken = append(taken, p)
		out = append(out, found{words: p.words(), statements: p.statements})
	}
	return out
}

// eachPhrase calls do with the words of a text that say something, and with
// pairs of them that stand side by side.
func eachPhrase(s string, do func(key string, at text.Span)) {
	before, end := "", 0
	var from text.Span
	for _, w := range check.Words(s) {
		if lexicon.IsFunction(w.Key) || isNumber(w.Key) || len(w.Key) < 3 && !isCapitals(w.Of(s)) {
			before = ""
			continue
		}
		key := stem(w.Key)
		do(key, w.Span)
		if before != "" && strings.TrimLeft(s[end:w.Start], " ") == "" {
			do(before+" "+key, text.Span{Start: from.Start, End: w.End})
		}
		before, from, end = key, w.Span, w.End
	}
}

func isCapitals(word string) bool {
	return strings.IndexFunc(word, func(r rune) bool { return !unicode.IsUpper(r) }) < 0
}

// z is how surely a share of a speaker's statements is more than that of others'.
func z(own, ofOwn, other, ofOther int) float64 {
	background := prior * float64(own+other) / float64(ofOwn+ofOther)
	odds := func(n, of int) float64 {
		return math.Log((float64(n) + background) / (float64(of-n) + prior - background))
	}
	deviation := math.Sqrt(1/(float64(own)+background) + 1/(float64(other)+background))
	return (odds(own, ofOwn) - odds(other, ofOther)) / deviation
}

// severalStories reports whether statements are of two stories, or all of
// everything is of one.
func severalStories(statements []int, said []Said) bool {
	other := func(a Said) func(Said) bool { return func(b Said) bool { return a.Story != b.Story } }
	for _, n := range statements {
		if said[n].Story != said[statements[0]].Story {
			return true
		}
	}
	return !slices.ContainsFunc(said, other(said[0]))
}

// isOwn reports whether a phrase has a word of the speaker's own name.
func isOwn(key string, own map[string]bool) bool {
	return slices.ContainsFunc(strings.Fields(key), func(w string) bool { return own[w] })
}

// fullest is the pair of words that a word mostly stands in, or the phrase
// itself.
func fullest(phrases map[string]*phrase, key string) *phrase {
	p := phrases[key]
	if strings.Contains(key, " ") {
		return p
	}
	best := p
	for _, k := range slices.Sorted(maps.Keys(phrases)) {
		one, other, pair := strings.Cut(k, " ")
		q := phrases[k]
		if pair && (one == key || other == key) && float64(len(q.statements)) >= minCovered*float64(len(p.statements)) && (best == p || len(q.statements) > len(best.statements)) {
			best = q
		}
	}
	return best
}

// shared is the part of some statements, ascending, that others have too.
func shared(of, others []int) float64 {
	n := 0
	for _, s := range of {
		if _, ok := slices.BinarySearch(others, s); ok {
			n++
		}
	}
	return float64(n) / float64(len(of))
}

// words is the phrase as it is printed most often.
func (p *phrase) words() string {
	forms := slices.Sorted(maps.Keys(p.forms))
	best := slices.MaxFunc(forms, func(a, b string) int { return p.forms[a] - p.forms[b] })
	for _, ending := range []string{"’s", "'s"} {
		best = strings.TrimSuffix(best, ending)
	}
	return best
}

// around is how many bytes before and after a phrase are tagged to see what
// it is.
const around = 60

// isNoun reports whether a passage ends in a noun.
func (f *finder) isNoun(s string, at text.Span) bool {
	start := at.Start - min(at.Start, around)
	for start > 0 && s[start] != ' ' {
		start--
	}
	end := min(at.End+around, len(s))
	for end < len(s) && s[end] != ' ' {
		end++
	}
	doc := f.parser.Parse(text.Split(s[start:end]))
	for _, t := range doc.Tokens {
		if t.Start+start < at.End && t.End+start >= at.End {
			return strings.HasPrefix(t.Tag, "NN")
		}
	}
	return false
}
