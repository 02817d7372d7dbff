package utterance

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"onrecord/speaker"
)

// Join joins the statements of articles that report the same words. Every
// quotation and every statement without one stands in exactly one utterance; a
// statement that quotes two fragments may stand in two. What the most articles
// carry comes first, quoted before paraphrased, then in the order of the
// articles.
func Join(articles []Article) []Utterance {
	j := joiner{articles: articles}
	for i, a := range articles {
		j.passages = append(j.passages, passagesOf(i, a)...)
	}
	j.joinPassages()
	j.joinReported()
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
	passages []passage  // by article, then by statement
	sets     sets       // of passages
	reported []reported // by article, then by statement
	alike    sets       // of reported
}

// joinPassages joins the passages that are the same words: the surest pairs
// first, and none that would bring together two of an article that are two
// occasions.
func (j *joiner) joinPassages() {
	pairs := j.pairs()
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(b.score, a.score) })
	j.sets = newSets(len(j.passages))
	for _, p := range pairs {
		if p.apart {
			j.sets.part(p.a, p.b)
		}
	}
	for _, p := range pairs {
		if !p.apart {
			j.sets.join(p.a, p.b)
		}
	}
}

// pair is two passages that share words: the same utterance, or of one
// article and plainly two.
type pair struct {
	a, b  int
	score float64
	apart bool
}

// maxShared is how many wordings may share two neighbouring words for these
// to bring them together: what more share is a phrase of the language.
const maxShared = 60

// pairs are the pairs of passages to be joined or kept apart. Each two
// wordings are compared once, however many articles print them.
func (j *joiner) pairs() (out []pair) {
	byWords := map[string]int{} // the first passage of each wording
	index := map[[2]string][]int{}
	for i := range j.passages {
		p := &j.passages[i]
		text := key(p)
		if k, ok := byWords[text]; ok {
			if x := j.compare(i, k); x.score > 0 {
				out = append(out, x)
				continue
			}
		} else {
			byWords[text] = i
		}
		compared := map[int]bool{}
		for _, g := range grams(p) {
			others := index[g]
			for _, k := range others {
				if !compared[k] && k != i {
					compared[k] = true
					if x := j.compare(i, k); x.score > 0 {
						out = append(out, x)
					}
				}
			}
			if len(others) < maxShared && (len(others) == 0 || others[len(others)-1] != i) {
				index[g] = append(others, i)
			}
		}
	}
	return out
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

// compare says whether two passages are the same words on the same occasion
// (score above 0), or words of one article on two occasions (apart).
func (j *joiner) compare(i, k int) pair {
	a, b := &j.passages[i], &j.passages[k]
	if a.weight > b.weight {
		a, b = b, a
	}
	x := align(a.words, b.words)
	share := x.weight / a.weight // of the shorter one
	whole := x.run == len(a.words)
	out := pair{a: i, b: k, score: x.score}
	if a.article == b.article && !whole && share >= .4 && len(a.words) >= minApart && x.score < x.weight {
		// An outlet that prints the same words twice prints the same words.
		out.apart = true
		return out
	}
	if j.apart(a, b) {
		out.score = 0
		return out
	}
	same := copied(a, b)
	switch sameSpeaker(a.speaker, b.speaker) {
	case yes:
		same = same || whole && (x.weight > contentWeight || len(a.words) == len(b.words)) || x.weight >= 1.5 && share >= needed(len(a.words)) || x.solid >= 3.5
	case unknown:
		same = same || x.weight >= 2 && share >= .75 || x.solid >= 4.5
	default:
		same = same || whole && x.weight >= 2 && (len(a.words) == len(b.words) || len(a.words) >= 4) || x.weight >= 3 && share >= .85 || x.solid >= 6
	}
	if !same {
		out.score = 0
	}
	return out
}

// occasions is how many days apart two statements are that were said on two
// occasions, whatever their words.
const occasions = 2

// apart reports whether two articles say that passages are of other days.
func (j *joiner) apart(a, b *passage) bool {
	x, err := time.Parse(time.DateOnly, j.of(a).Date)
	y, bad := time.Parse(time.DateOnly, j.of(b).Date)
	return err == nil && bad == nil && x.Sub(y).Abs() > occasions*24*time.Hour
}

func (j *joiner) of(p *passage) *speaker.Statement {
	return &j.articles[p.article].Statements[p.statement]
}

// copied reports whether two passages stand in the same words throughout,
// source and cue too, as in a copy of an agency's report.
func copied(a, b *passage) bool { return a.article != b.article && a.printed == b.printed }

// needed is the share of a passage's words that must be found: of a few, one
// that is another makes another phrase.
func needed(words int) float64 {
	if words < minApart {
		return .75
	}
	return .6
}

// minApart is how many words a passage must have for another wording of it in
// the same article to be another occasion.
const minApart = 8

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
