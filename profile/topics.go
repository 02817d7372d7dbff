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
	minZ       = 1.96 // one in forty by chance
	prior      = 0.1  // part of all statements that the common background counts for
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
	key        pair
	statements []int
	others     int       // statements of others with it
	at         text.Span // in the last of the statements
	z          float64
}

// pair is a word, or two words side by side, by their numbers; other is 0 for
// one word.
type pair struct{ one, other int }

// numbers gives each word a number from 1, the same for its forms.
type numbers map[string]int

func (n numbers) of(key string) int {
	stem := stem(key)
	id, ok := n[stem]
	if !ok {
		id = len(n) + 1
		n[stem] = id
	}
	return id
}

// topics are the words and pairs of words that a speaker's statements have more
// than others', nouns only, the most telling first. How much more is measured by
// the log-odds ratio with an informative Dirichlet prior, over its standard
// deviation (Monroe, Colaresi and Quinn, Fightin' Words, 2008). The spellings of
// the speaker's name, which are no topic, are asked for last.
func (f *finder) topics(said []Said, others []string, spellings func() []Spelling) (out []found) {
	words := numbers{}
	phrases := map[pair]*phrase{}
	for i, s := range said {
		words.eachPhrase(s.Text, func(key pair, at text.Span) {
			p := phrases[key]
			if p == nil {
				p = &phrase{key: key}
				phrases[key] = p
			}
			if n := len(p.statements); n == 0 || p.statements[n-1] != i {
				p.statements, p.at = append(p.statements, i), at
			}
		})
	}
	for _, s := range others {
		seen := map[pair]bool{}
		words.eachPhrase(s, func(key pair, _ text.Span) {
			if p := phrases[key]; p != nil && !seen[key] {
				seen[key] = true
				p.others++
			}
		})
	}
	own := map[int]bool{}
	for _, s := range spellings() {
		for _, w := range check.Words(s.Text) {
			own[words.of(w.Key)] = true
		}
	}
	var all []*phrase
	for key, p := range phrases {
		if len(p.statements) < minHaving || own[key.one] || own[key.other] {
			delete(phrases, key)
			continue
		}
		p.z = z(len(p.statements), len(said), p.others, len(others))
		if p.z >= minZ && severalStories(p.statements, said) {
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(a, b *phrase) int {
		return cmp.Or(cmp.Compare(b.z, a.z), a.key.one-b.key.one, a.key.other-b.key.other)
	})
	pairs := pairsOf(phrases)
	var taken []*phrase
	for _, p := range all[:min(len(all), maxTried)] {
		if p.key.other == 0 {
			p = fullest(p, pairs[p.key.one])
		}
		if len(out) == maxTopics {
			break
		}
		last := said[p.statements[len(p.statements)-1]]
		if slices.ContainsFunc(taken, func(o *phrase) bool { return o == p || shared(p.statements, o.statements) > maxShared }) || !f.isNoun(last.Text, p.at) {
			continue
		}
		taken = append(taken, p)
		out = append(out, found{words: words.printed(p, said), statements: p.statements})
	}
	return out
}

// eachPhrase calls do with the words of a text that name something, and with
// pairs of words that stand side by side of which one does.
func (n numbers) eachPhrase(s string, do func(key pair, at text.Span)) {
	var from text.Span
	before, vagueBefore := 0, false
	for _, w := range check.Words(s) {
		if lexicon.IsFunction(w.Key) || isNumber(w.Key) || len(w.Key) < 3 && !isCapitals(w.Of(s)) {
			before = 0
			continue
		}
		id, vague := n.of(w.Key), isVague(w.Key)
		if !vague {
			do(pair{one: id}, w.Span)
		}
		if before != 0 && !(vague && vagueBefore) && strings.TrimLeft(s[from.End:w.Start], " ") == "" {
			do(pair{before, id}, text.Span{Start: from.Start, End: w.End})
		}
		before, vagueBefore, from = id, vague, w.Span
	}
}

// isVague reports whether a word is no topic by itself: "time", "the country's".
func isVague(key string) bool {
	return lexicon.IsVague(key) || lexicon.IsVague(strings.TrimSuffix(key, "s"))
}

func isCapitals(word string) bool {
	return strings.IndexFunc(word, func(r rune) bool { return !unicode.IsUpper(r) }) < 0
}

// z is how surely a share of a speaker's statements is more than that of others'.
func z(own, ofOwn, other, ofOther int) float64 {
	background, all := prior*float64(own+other), prior*float64(ofOwn+ofOther)
	odds := func(n, of int) float64 {
		return math.Log((float64(n) + background) / (float64(of-n) + all - background))
	}
	deviation := math.Sqrt(1/(float64(own)+background) + 1/(float64(other)+background))
	return (odds(own, ofOwn) - odds(other, ofOther)) / deviation
}

// severalStories reports whether statements are of two stories, or all of
// everything is of one.
func severalStories(statements []int, said []Said) bool {
	for _, n := range statements {
		if said[n].Story != said[statements[0]].Story {
			return true
		}
	}
	return !slices.ContainsFunc(said, func(s Said) bool { return s.Story != said[0].Story })
}

// pairsOf are, for each word, the pairs that it stands in.
func pairsOf(phrases map[pair]*phrase) map[int][]*phrase {
	out := map[int][]*phrase{}
	for key, p := range phrases {
		if key.other != 0 {
			out[key.one], out[key.other] = append(out[key.one], p), append(out[key.other], p)
		}
	}
	return out
}

// fullest is the pair of words that a word mostly stands in, or the phrase
// itself.
func fullest(p *phrase, pairs []*phrase) *phrase {
	best := p
	for _, q := range pairs {
		switch more := len(q.statements) - len(best.statements); {
		case float64(len(q.statements)) < minCovered*float64(len(p.statements)):
		case best == p, more > 0, more == 0 && (q.key.one < best.key.one || q.key.one == best.key.one && q.key.other < best.key.other):
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

// printed is a phrase as it is printed most often.
func (n numbers) printed(p *phrase, said []Said) string {
	forms := map[string]int{}
	for _, i := range p.statements {
		n.eachPhrase(said[i].Text, func(key pair, at text.Span) {
			if key == p.key {
				forms[at.Of(said[i].Text)]++
			}
		})
	}
	best := slices.MaxFunc(slices.Sorted(maps.Keys(forms)), func(a, b string) int { return forms[a] - forms[b] })
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
