package profile

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"onrecord/attribution"
	"onrecord/check"
	"onrecord/lexicon"
)

// sentence is a sentence of a statement, as a bag of words.
type sentence struct {
	said    int    // index of the statement
	terms   []term // each once
	turned  bool   // something in it, or the outlet's word for it, denies
	numbers []string
	weight  float64 // of its terms
}

// term is a word in one of its meanings. Words that deny each other
// ("support" and "oppose") are one term, of which one is the opposite.
type term struct {
	id       int
	opposite bool
}

// corpus is what a speaker said, by sentences.
type corpus struct {
	sentences []sentence
	ids       map[string]int
	having    [][]int         // the sentences with each term
	twofold   []bool          // the terms of which some sentence has the opposite
	known     map[string]bool // sentences by story and terms: copies of one are left out
}

func newCorpus(said []Said) *corpus {
	c := &corpus{ids: map[string]int{}, known: map[string]bool{}}
	for i, s := range said {
		c.add(i, s)
	}
	for i := range c.sentences {
		for _, t := range c.sentences[i].terms {
			c.sentences[i].weight += c.rarity(t.id)
		}
	}
	return c
}

// add takes the sentences of a statement.
func (c *corpus) add(n int, s Said) {
	x, end := sentence{said: n}, 0
	flush := func() {
		x.turned = x.turned != (s.Polarity == attribution.Denied)
		if key := x.key(s.Story); len(x.terms) > 1 && !c.known[key] {
			c.known[key] = true
			for _, t := range x.terms {
				c.having[t.id] = append(c.having[t.id], len(c.sentences))
			}
			c.sentences = append(c.sentences, x)
		}
		x = sentence{said: n}
	}
	for _, w := range check.Words(s.Text) {
		if strings.ContainsAny(s.Text[end:w.Start], ".?!;:") {
			flush()
		}
		end = w.End
		switch {
		case isNumber(w.Key):
			x.numbers = append(x.numbers, w.Key)
		case turns(w.Key):
			x.turned = true
		case !lexicon.IsFunction(w.Key):
			x.add(c.term(w.Key))
		}
	}
	flush()
}

// key is the same for sentences of a story that have the same words.
func (x *sentence) key(story int64) string {
	b := strconv.AppendInt(nil, story, 36)
	b = strconv.AppendBool(b, x.turned)
	for _, t := range x.terms {
		b = strconv.AppendBool(strconv.AppendInt(b, int64(t.id), 36), t.opposite)
	}
	return string(b) + strings.Join(x.numbers, " ")
}

func (x *sentence) add(t term) {
	for _, o := range x.terms {
		if o.id == t.id {
			return
		}
	}
	x.terms = append(x.terms, t)
}

// term is that of a word.
func (c *corpus) term(key string) term {
	sense := senseOf(key)
	id, ok := c.ids[sense.Word]
	if !ok {
		id = len(c.having)
		c.ids[sense.Word] = id
		c.having, c.twofold = append(c.having, nil), append(c.twofold, false)
	}
	c.twofold[id] = c.twofold[id] || sense.Opposite
	return term{id, sense.Opposite}
}

// rarity is the logarithm of the share of sentences with a term, negated.
func (c *corpus) rarity(id int) float64 {
	return math.Log(float64(len(c.sentences)+1) / float64(len(c.having[id])))
}

// senseOf is the meaning of a word whose class is not known and whose ending
// is taken off by guess: what it is tried for is only where to look closer.
func senseOf(key string) lexicon.Sense {
	for _, base := range bases(key) {
		for _, class := range []lexicon.WordClass{lexicon.Verb, lexicon.Noun, lexicon.Adjective} {
			if s := lexicon.SenseOf(base, class); s.Word != base || s.Opposite {
				return s
			}
		}
	}
	return lexicon.Sense{Word: stem(key)}
}

// bases are the words that a form may be one of.
func bases(key string) []string {
	out := []string{key}
	for _, e := range []struct{ ending, instead string }{{"ies", "y"}, {"es", ""}, {"es", "e"}, {"s", ""}, {"ied", "y"}, {"ed", ""}, {"ed", "e"}, {"ing", ""}, {"ing", "e"}} {
		if base, ok := strings.CutSuffix(key, e.ending); ok && len(base) > 2 {
			out = append(out, base+e.instead)
			if n := len(base); e.instead == "" && base[n-1] == base[n-2] { // "banned"
				out = append(out, base[:n-1])
			}
		}
	}
	return out
}

// stem is a form without the endings of nouns and verbs.
func stem(key string) string {
	for _, ending := range []string{"ies", "ied", "ing", "ed", "es", "s", "y", "e"} {
		if base, ok := strings.CutSuffix(key, ending); ok && len(base) > 2 && !strings.HasSuffix(key, "ss") {
			return base
		}
	}
	return key
}

// turns reports whether a word denies, as "not" and "dont" do.
func turns(key string) bool {
	if lexicon.IsFlag(key, lexicon.Turns) {
		return true
	}
	base, ok := strings.CutSuffix(key, "nt")
	return ok && lexicon.IsFunction(key) && lexicon.IsFunction(base) || key == "wont" || key == "cant"
}

func isNumber(key string) bool { return strings.IndexFunc(key, unicode.IsDigit) == 0 }

// common counts the words of a text that a sentence has.
func (c *corpus) common(s string, x sentence) (n int) {
	for _, w := range check.Words(s) {
		id, ok := c.ids[senseOf(w.Key).Word]
		if ok && slices.ContainsFunc(x.terms, func(t term) bool { return t.id == id }) {
			n++
		}
	}
	return n
}
