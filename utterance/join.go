package utterance

import (
	"cmp"
	"slices"
	"strings"

	"onrecord/speaker"
)

// Join joins the statements of articles that report the same words. Every
// statement stands in exactly one utterance. Those that the most articles
// carry come first, quoted ones before paraphrased ones, then in the order of
// the articles.
func Join(articles []Article) []Utterance {
	j := joiner{articles: articles}
	for i, a := range articles {
		j.passages = append(j.passages, passagesOf(i, a)...)
	}
	j.sets = newSets(len(j.passages))
	j.joinPassages()
	out := j.utterances()
	out = append(out, j.unquoted()...)
	slices.SortStableFunc(out, func(a, b Utterance) int {
		return cmp.Or(cmp.Compare(carriers(&b), carriers(&a)), compareBool(b.Quoted(), a.Quoted()), before(&a, &b))
	})
	return out
}

// joiner holds what is being joined.
type joiner struct {
	articles []Article
	passages []passage // by article, then by statement
	sets     sets      // of passages
}

// maxShared is how many passages may share two neighbouring words for these
// to bring them together: what more share is a phrase of the language.
const maxShared = 60

// joinPassages joins the passages that are the same words, each pair of
// different wordings looked at once.
func (j *joiner) joinPassages() {
	byWords := map[string]int{} // the first passage of each wording
	var distinct []int
	for i := range j.passages {
		p := &j.passages[i]
		p.id = i
		text := key(p)
		if k, ok := byWords[text]; ok && j.same(i, k) {
			j.sets.join(i, k)
			continue
		} else if !ok {
			byWords[text] = i
		}
		distinct = append(distinct, i)
	}
	index := map[[2]string][]int{}
	for _, i := range distinct {
		compared := map[int]bool{}
		p := &j.passages[i]
		for _, g := range grams(p) {
			others := index[g]
			for _, k := range others {
				if !compared[k] {
					compared[k] = true
					if j.sets.find(i) != j.sets.find(k) && j.same(i, k) {
						j.sets.join(i, k)
					}
				}
			}
			if len(others) < maxShared && (len(others) == 0 || others[len(others)-1] != i) {
				index[g] = append(others, i)
			}
		}
	}
}

// key is a passage's words as one string.
func key(p *passage) string {
	words := make([]string, len(p.words))
	for i, w := range p.words {
		words[i] = w.key
	}
	return strings.Join(words, " ")
}

// grams are what a passage is found by: each two neighbouring words of which
// one says something, and each single word of a passage of one or two.
func grams(p *passage) (out [][2]string) {
	if len(p.words) <= 2 {
		for _, w := range p.words {
			out = append(out, [2]string{w.key})
		}
	} else {
		for _, w := range p.words {
			if w.weight == contentWeight {
				out = append(out, [2]string{w.key})
			}
		}
	}
	for i := 1; i < len(p.words); i++ {
		out = append(out, [2]string{p.words[i-1].key, p.words[i].key})
	}
	return out
}

// same reports whether two passages are the same words on the same occasion.
func (j *joiner) same(i, k int) bool {
	a, b := &j.passages[i], &j.passages[k]
	if a.weight > b.weight {
		a, b = b, a
	}
	x := align(a.words, b.words)
	share := x.weight / a.weight
	switch sameSpeaker(a.speaker, b.speaker) {
	case yes:
		return x.weight >= 1.5 && share >= .6 || x.solid >= 3.5
	case unknown:
		return x.weight >= 2 && share >= .75 || x.solid >= 4.5
	default:
		return x.weight >= 3 && share >= .85 || x.solid >= 6
	}
}

type answer int

const (
	no answer = iota
	unknown
	yes
)

// sameSpeaker says whether two passages are of one speaker, as far as known.
func sameSpeaker(a, b speaker.Speaker) answer {
	switch {
	case a.Name == "" || b.Name == "":
		return unknown
	case a.ID == b.ID:
		return yes
	}
	return no
}

// carriers is how many articles carry an utterance.
func carriers(u *Utterance) int {
	n, last := 0, -1
	for _, v := range u.Variants {
		if v.Article != last {
			n, last = n+1, v.Article
		}
	}
	return n
}

func before(a, b *Utterance) int {
	x, y := a.Variants[0], b.Variants[0]
	return cmp.Or(cmp.Compare(x.Article, y.Article), cmp.Compare(x.Spans[0].Start, y.Spans[0].Start))
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// sets are disjoint sets of indices (Tarjan 1975).
type sets []int

func newSets(n int) sets {
	s := make(sets, n)
	for i := range s {
		s[i] = i
	}
	return s
}

func (s sets) find(i int) int {
	for s[i] != i {
		s[i] = s[s[i]]
		i = s[i]
	}
	return i
}

// join unites two sets; the lower index stands for both.
func (s sets) join(i, k int) {
	i, k = s.find(i), s.find(k)
	s[max(i, k)] = min(i, k)
}
