package record

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"onrecord/attribution"
	"onrecord/figure"
	"onrecord/speaker"
	"onrecord/store"
	"onrecord/text"
)

// Edits are what a later version of an article has otherwise in quotations, in
// attributions and in figures. Other changes, and those of marks, capitals and
// white space, are left out.
func Edits(before, after *store.Entry) []store.Edit {
	return append(saidEdits(saidIn(before), saidIn(after)), figureEdits(figuresIn(before), figuresIn(after))...)
}

// said is a statement as versions are compared by.
type said struct {
	speaker string
	quoted  bool
	text    string
	words   []string
}

func saidIn(e *store.Entry) (out []said) {
	for _, s := range e.Statements {
		words := oneLine(e.Article.Body, s.Content)
		out = append(out, said{speaker: credited(s), quoted: s.Kind != attribution.Indirect, text: words, words: plainWords(words)})
	}
	return out
}

// credited is who a statement is credited to, and how if it is no assertion.
func credited(s speaker.Statement) string {
	who := cmp.Or(s.Speaker.Name, s.Speaker.Unnamed)
	if s.Polarity != attribution.Asserted && s.Polarity != "" {
		who += " (" + string(s.Polarity) + ")"
	}
	return who
}

// minShared is the part of their words that a statement and the one that it
// was changed to have in common at least (Dice).
const minShared = 0.5

// maxPairs bounds the pairs of statements that are compared; of more, nothing
// is said to be changed, only added and removed.
const maxPairs = 1 << 18

func saidEdits(before, after []said) (out []store.Edit) {
	same := func(a, b said) bool { return slices.Equal(a.words, b.words) }
	before, after, _ = pairOff(before, after, func(a, b said) bool { return a.speaker == b.speaker && same(a, b) })
	before, after, pairs := pairOff(before, after, same)
	for _, p := range pairs {
		out = append(out, change("attribution", p[0], p[1]))
	}
	for least := 1.0; least >= minShared && len(before)*len(after) <= maxPairs; least -= 0.125 { // the most alike first
		before, after, pairs = pairOff(before, after, func(a, b said) bool { return shared(a.words, b.words) >= least })
		for _, p := range pairs {
			out = append(out, change(what(p[0], p[1]), p[0], p[1]))
		}
	}
	for _, s := range before {
		out = append(out, store.Edit{What: what(s, s), Change: "removed", SpeakerBefore: s.speaker, Before: s.text})
	}
	for _, s := range after {
		out = append(out, store.Edit{What: what(s, s), Change: "added", SpeakerAfter: s.speaker, After: s.text})
	}
	return out
}

func what(a, b said) string {
	if a.quoted || b.quoted {
		return "quotation"
	}
	return "attribution"
}

func change(what string, a, b said) store.Edit {
	return store.Edit{What: what, Change: "changed", SpeakerBefore: a.speaker, SpeakerAfter: b.speaker, Before: a.text, After: b.text}
}

// counted is a figure as versions are compared by.
type counted struct {
	figure.Figure
	speaker string
	text    string
}

func figuresIn(e *store.Entry) (out []counted) {
	for _, f := range e.Figures {
		c := counted{Figure: f, text: oneLine(e.Article.Body, append([]text.Span{f.Span}, f.Of...))}
		if f.Statement >= 0 && f.Statement < len(e.Statements) {
			c.speaker = credited(e.Statements[f.Statement])
		}
		out = append(out, c)
	}
	return out
}

func figureEdits(before, after []counted) (out []store.Edit) {
	thing := func(a, b counted) bool { return a.Unit == b.Unit && a.Head == b.Head }
	value := func(a, b counted) bool {
		return a.Value == b.Value && a.High == b.High && a.Bound == b.Bound && thing(a, b)
	}
	before, after, _ = pairOff(before, after, value)
	for _, alike := range []func(a, b counted) bool{
		func(a, b counted) bool { return thing(a, b) && slices.Equal(a.Subject, b.Subject) },
		thing,
	} {
		var pairs [][2]counted
		before, after, pairs = pairOff(before, after, alike)
		for _, p := range pairs {
			out = append(out, store.Edit{
				What: "figure", Change: "changed", SpeakerBefore: p[0].speaker, SpeakerAfter: p[1].speaker, Before: p[0].text, After: p[1].text,
			})
		}
	}
	for _, f := range before {
		out = append(out, store.Edit{What: "figure", Change: "removed", SpeakerBefore: f.speaker, Before: f.text})
	}
	for _, f := range after {
		out = append(out, store.Edit{What: "figure", Change: "added", SpeakerAfter: f.speaker, After: f.text})
	}
	return out
}

// pairOff takes out of two lists the pairs that are alike, each item once, and
// gives what is left of both and the pairs.
func pairOff[T any](a, b []T, alike func(a, b T) bool) (restA, restB []T, pairs [][2]T) {
	restB = slices.Clone(b)
	for _, x := range a {
		if i := slices.IndexFunc(restB, func(y T) bool { return alike(x, y) }); i >= 0 {
			pairs = append(pairs, [2]T{x, restB[i]})
			restB = slices.Delete(restB, i, i+1)
		} else {
			restA = append(restA, x)
		}
	}
	return restA, restB, pairs
}

// plainWords are the words of a text in lower case, without any mark.
func plainWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
}

// shared is how many of their words two texts have in common (Dice).
func shared(a, b []string) float64 {
	count := map[string]int{}
	for _, w := range a {
		count[w]++
	}
	both := 0
	for _, w := range b {
		if count[w]--; count[w] >= 0 {
			both++
		}
	}
	return 2 * float64(both) / float64(max(1, len(a)+len(b)))
}

// oneLine is pieces of a body on one line.
func oneLine(body string, spans []text.Span) string {
	var words []string
	for _, s := range spans {
		words = append(words, strings.Fields(s.Of(body))...)
	}
	return strings.Join(words, " ")
}
