package figure

import (
	"slices"
	"strings"

	"onrecord/lexicon"
	"onrecord/text"
)

// nameOf is what is counted as a noun phrase: "passengers on an average day",
// "loss of the line", "how long the strike lasted"; "" if the text does not say.
func (f *finder) nameOf(q *quantity, c counted) string {
	name, period := f.phraseOf(q, c), c.period
	if name == "" || period.Len() == 0 {
		return name
	}
	words := strings.Fields(name)
	if !slices.Contains(words, f.low(period.End-1)) {
		return name + " " + lowerFirst(f.words(period))
	}
	return name
}

func (f *finder) phraseOf(q *quantity, c counted) string {
	if q.unit == vote {
		if c.head >= 0 && (bodies[f.doc.Tokens[c.head].Lemma] || f.doc.Tokens[c.head].Name == "ORGANIZATION") {
			return "votes of " + f.determined(c.head, f.first)
		}
		return "votes"
	}
	if c.head < 0 {
		return ""
	}
	if q.compound != "" {
		return plural(q.compound) + " of the " + f.determined(c.head, q.end)
	}
	t := f.doc.Tokens[c.head]
	verb := f.tag(c.predicate, "VB")
	subject := c.predicate > c.head && (t.Label == "nsubj" || t.Label == "nsubjpass")
	switch {
	case q.unit == "" && t.Name == "PERSON":
		return "" // whose they are, not what
	case c.preposition != "":
		switch {
		case q.unit == share && c.preposition == "of":
			return "share of " + f.determined(c.head, q.end) + f.behind(c)
		case q.class == "time" && c.preposition != "of":
			return "time " + c.preposition + " " + f.determined(c.head, q.end)
		case c.preposition == "for" || c.preposition == "from" || c.preposition == "toward" || c.preposition == "towards":
			return "money " + c.preposition + " " + f.determined(c.head, q.end) + f.behind(c)
		}
	case verb == "", !subject && (q.unit != "" || c.phrase.Len() > 1):
	case subject && verb == "VBG", subject && q.unit != "" && verb == "VBN" && !f.helped(c.predicate):
		return ""
	case subject && q.unit != "":
		return f.clauseName(q, c)
	case subject && verb == "VBN" && (f.passive(c.predicate) || !f.helped(c.predicate)):
		return f.words(c.noun) + " " + f.low(c.predicate)
	case subject && lexicon.Kind(lexicon.Counted(t.Lemma)) == "person":
		return f.words(c.noun) + " who " + f.predicate(c, f.end)
	case subject:
		return f.words(c.noun) + " that " + f.predicate(c, f.end)
	case t.Label == "dobj" && (verb == "VBN" || verb == "VBD" && strings.HasSuffix(f.low(c.predicate), "ed")):
		return f.words(c.noun) + " " + f.low(c.predicate)
	}
	return strings.TrimSpace(f.words(c.phrase) + " " + f.words(c.tail))
}

// plural is the plural of most nouns.
func plural(noun string) string {
	switch n := len(noun); {
	case noun == "person":
		return "people"
	case strings.HasSuffix(noun, "y") && !strings.ContainsRune("aeiou", rune(noun[n-2])):
		return noun[:n-1] + "ies"
	case strings.HasSuffix(noun, "s"), strings.HasSuffix(noun, "x"), strings.HasSuffix(noun, "ch"), strings.HasSuffix(noun, "sh"):
		return noun + "es"
	}
	return noun + "s"
}

// bodies are those that vote.
var bodies = map[string]bool{
	"council": true, "house": true, "senate": true, "court": true, "committee": true, "panel": true, "board": true, "jury": true, "parliament": true,
	"assembly": true, "commission": true, "congress": true, "member": true, "senator": true, "lawmaker": true, "legislator": true, "justice": true, "judge": true,
}

// clauseName is the name of a measure that is told of what does something.
func (f *finder) clauseName(q *quantity, c counted) string {
	act := ""
	if u, _ := lexicon.UnitOf(strings.ToLower(q.unit)); u.Currency() {
		act = lexicon.MoneyAct(lexicon.Counted(f.doc.Tokens[c.predicate].Lemma))
	}
	if act != "" && f.doc.Tokens[c.head].Name == "PERSON" && strings.HasSuffix(act, " of") {
		return strings.TrimSuffix(act, " of") // a parser's slip: no person costs $8 billion
	}
	if act != "" {
		return act + " " + f.determined(c.head, f.first)
	}
	how := "how much"
	switch q.class {
	case "time":
		how = "how long"
		if n := f.node(q); f.marked(n, "within", "in", "after") {
			how = "how soon"
		}
	case "length":
		how = "how far"
	}
	return how + " " + f.determined(c.head, f.first) + " " + f.predicate(c, q.first)
}

// predicate is the verb of what is counted with its auxiliaries, and with its
// object, if that stands before token end.
func (f *finder) predicate(c counted, end int) string {
	first, object := c.predicate, ""
	for _, k := range f.children(c.predicate) {
		switch t := f.doc.Tokens[k]; {
		case (t.Label == "aux" || t.Label == "auxpass") && k > c.head:
			first = min(first, k)
		case t.Label == "dobj" && k > c.predicate && k < end && strings.HasPrefix(t.Tag, "NN"):
			object = " " + f.determined(k, f.first)
		}
	}
	return f.words(text.Range{First: first, End: c.predicate + 1}) + object
}

// helped reports whether verb v has an auxiliary.
func (f *finder) helped(v int) bool {
	return slices.ContainsFunc(f.children(v), func(k int) bool { return strings.HasPrefix(f.doc.Tokens[k].Label, "aux") })
}

func (f *finder) passive(v int) bool {
	return slices.ContainsFunc(f.children(v), func(k int) bool { return f.doc.Tokens[k].Label == "auxpass" })
}

// determined is a noun with what stands before it, its article or owner too,
// from a token on.
func (f *finder) determined(noun, from int) string {
	r := text.Range{First: noun, End: noun + 1}
	for _, k := range f.children(noun) {
		if k < from {
			continue
		}
		switch f.doc.Tokens[k].Label {
		case "det", "nmod:poss", "compound", "amod":
			r.First = min(r.First, k)
		}
	}
	out := f.words(r)
	if t := f.doc.Tokens[r.First]; t.Tag == "DT" || t.Tag == "PRP$" {
		out = lowerFirst(out)
	}
	return out
}

// behind are the words of what hangs on the noun after it, after a space.
func (f *finder) behind(c counted) string {
	if c.phrase.End <= c.head+1 {
		return ""
	}
	return " " + f.words(text.Range{First: c.head + 1, End: c.phrase.End})
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// words are the words of some tokens, in one line.
func (f *finder) words(r text.Range) string {
	if r.Len() <= 0 {
		return ""
	}
	s := text.Span{Start: f.doc.Tokens[r.First].Start, End: f.doc.Tokens[r.End-1].End}
	return oneLine(s, f.doc)
}

// readPeriod finds over which stretch of time a quantity is counted: "a day",
// "every week", "on an average day", "annually".
func (f *finder) readPeriod(q *quantity, c *counted) {
	for i := q.end; i < min(f.end, q.end+periodReach); i++ {
		if t := f.doc.Tokens[i]; t.Label == "punct" || t.Tag == "CC" {
			break
		}
		if f.periodAt(i, i-1 == q.end && q.class != "time" || i-2 == c.head, c) {
			return
		}
	}
	for i := q.first - 1; i >= max(f.first, q.first-periodReach) && strings.Contains(",DT IN NN JJ RB PRP VB MD", f.doc.Tokens[i].Tag[:min(2, len(f.doc.Tokens[i].Tag))]); i-- {
		if f.periodAt(i, false, c) {
			return
		}
	}
	if c.head >= 0 {
		for _, k := range f.children(c.head) {
			if unit, ok := rates[f.low(k)]; ok && f.doc.Tokens[k].Label == "amod" {
				c.per = unit // "annual costs": the words are in the noun phrase
			}
		}
	}
}

// periodReach is how far from a quantity its period is looked for, in tokens.
const periodReach = 10

// rates are words that say how often.
var rates = map[string]string{
	"hourly": "hour", "daily": "day", "nightly": "night", "weekly": "week", "monthly": "month", "yearly": "year", "annually": "year", "annual": "year",
}

// periodAt reads a period whose last token is i; near says whether "a" in front
// of it may mean "each".
func (f *finder) periodAt(i int, near bool, c *counted) bool {
	if unit, ok := rates[f.low(i)]; ok && f.tag(i, "RB") != "" {
		c.per, c.period = unit, text.Range{First: i, End: i + 1}
		return true
	}
	u, ok := lexicon.UnitOf(f.low(i))
	if !ok || u.Class != "time" && u.Class != "night" || f.tag(i, "NNS") != "" {
		return false
	}
	first := i - 1
	switch f.low(first) {
	case "every", "each", "per":
	case "a", "an":
		switch f.low(i + 1) {
		case "ago", "earlier", "later", "before", "after", "prior", "from", "old":
			return false
		}
		if !near {
			return false
		}
	case "average", "typical", "normal", "usual", "ordinary", "busy", "given":
		if first--; f.low(first) != "a" && f.low(first) != "an" && f.low(first) != "the" {
			return false
		}
		if f.low(first-1) == "on" || f.low(first-1) == "in" {
			first--
		}
	default:
		return false
	}
	c.per, c.period = u.Name, text.Range{First: first, End: i + 1}
	return true
}
