package server

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/check"
	"onrecord/text"
	"onrecord/utterance"
)

// run is a piece of a text that is shown in one way.
type run struct {
	Text  string
	Class string // "found", "kept", "dropped", "inserted"; "" for plain text
}

// highlighted are the pieces of a body with what was found in them.
func highlighted(body string, pieces, found []text.Span) (out []run) {
	for i, piece := range pieces {
		if i > 0 {
			out = append(out, run{Text: " … "})
		}
		at := piece.Start
		for _, f := range found {
			if !piece.Contains(f) || f.Start < at {
				continue
			}
			out = appendRun(out, body[at:f.Start], "")
			out = appendRun(out, f.Of(body), "found")
			at = f.End
		}
		out = appendRun(out, body[at:piece.End], "")
	}
	return out
}

func appendRun(out []run, s, class string) []run {
	if s == "" {
		return out
	}
	return append(out, run{s, class})
}

// difference is a text with what it has otherwise than the words asked for.
func difference(asked, here string, changes []utterance.Change) (out []run) {
	at := 0
	upTo := func(end int) {
		out = appendRun(out, here[at:end], "")
		at = end
	}
	for _, c := range changes {
		if c.Here.Len() > 0 {
			upTo(c.Here.Start)
			at = c.Here.End
		}
		if c.Operation == utterance.Dropped || c.Operation == utterance.Changed {
			out = append(out, run{Text: " "}, run{c.Longest.Of(asked), "dropped"}, run{Text: " "})
		}
		switch {
		case c.Here.Len() == 0:
		case c.Operation == utterance.Kept:
			out = appendRun(out, c.Here.Of(here), "found")
		default:
			out = appendRun(out, c.Here.Of(here), "inserted")
		}
	}
	upTo(len(here))
	return out
}

// maxCompared bounds the pairs of words that are compared; a text of more is
// shown as put in place of the other.
const maxCompared = 1 << 18

// edited is a text with what it has otherwise than the one that it took the
// place of. Either may be empty.
func edited(before, after string) (out []run) {
	x, y := check.Words(before), check.Words(after)
	if len(x) == 0 || len(y) == 0 || len(x)*len(y) > maxCompared {
		out = appendRun(out, before, "dropped")
		if before != "" && after != "" {
			out = append(out, run{Text: " "})
		}
		return appendRun(out, after, "inserted")
	}
	pairs := common(check.Keys(x), check.Keys(y))
	at, i, j := 0, 0, 0 // bytes of after, words of before and of after that are dealt with
	for _, p := range append(pairs, [2]int{len(x), len(y)}) {
		if p[0] > i {
			if j > 0 { // behind the marks of the word kept
				out, at = appendRun(out, after[at:y[j-1].End], ""), y[j-1].End
				out = append(out, run{Text: " "})
			}
			out = append(out, run{before[withSign(before, x[i].Start):x[p[0]-1].End], "dropped"})
			if j == 0 {
				out = append(out, run{Text: " "})
			}
		}
		if p[1] > j {
			start := withSign(after, y[j].Start)
			out = appendRun(out, after[at:start], "")
			out, at = appendRun(out, after[start:y[p[1]-1].End], "inserted"), y[p[1]-1].End
		}
		i, j = p[0]+1, p[1]+1
	}
	return appendRun(out, after[at:], "")
}

// withSign is where a word begins with the sign before it, as in "$5" or "+5".
func withSign(s string, start int) int {
	if r, size := utf8.DecodeLastRuneInString(s[:start]); unicode.IsSymbol(r) {
		return start - size
	}
	return start
}

// common are the words that two texts have in common in the same order, as many
// as there are, by their indices.
func common(x, y []string) (pairs [][2]int) {
	width := len(y) + 1
	most := make([]int32, (len(x)+1)*width) // from a word of x and one of y on
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			if x[i] == y[j] {
				most[i*width+j] = most[(i+1)*width+j+1] + 1
			} else {
				most[i*width+j] = max(most[(i+1)*width+j], most[i*width+j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] == y[j]:
			pairs = append(pairs, [2]int{i, j})
			i, j = i+1, j+1
		case most[(i+1)*width+j] >= most[i*width+j+1]:
			i++
		default:
			j++
		}
	}
	return pairs
}

// maxAround is how many words are shown before the first and after the last
// that something is said of.
const maxAround = 30

// around leaves out what is far from the words that something is said of.
func around(runs []run) []run {
	first, last := -1, -1
	for i, r := range runs {
		if r.Class != "" {
			last = i
			if first < 0 {
				first = i
			}
		}
	}
	for i, r := range runs {
		words := strings.Fields(r.Text)
		switch {
		case len(words) <= maxAround:
		case i < first:
			runs[i].Text = "… " + strings.Join(words[len(words)-maxAround:], " ") + " "
		case i > last:
			runs[i].Text = " " + strings.Join(words[:maxAround], " ") + " …"
		}
	}
	return runs
}
