package format

import (
	"fmt"
	"strings"
	"unicode"

	"onrecord/text"
	"onrecord/utterance"
)

// tone is how a piece of a text is shown.
type tone int

const (
	plain tone = iota
	dropped
	inserted
	emphasized
	named
	faint
	matched // looked for, and found
)

// run is a piece of a text in one tone. White space at its ends counts: runs
// without any between them are one word.
type run struct {
	text string
	tone tone
	link string // an address that the words lead to, "" for none
}

func spaceBefore(s string) bool { return strings.TrimLeftFunc(s, unicode.IsSpace) != s }
func spaceAfter(s string) bool  { return strings.TrimRightFunc(s, unicode.IsSpace) != s }

// diff is a variant's text with what became of the longest one's words, of
// which a changed word is dropped and another inserted. What stands between
// the words, and counts for nothing, is shown as this article has it.
func (d *digest) diff(u *utterance.Utterance, v utterance.Variant) []run {
	body := d.body(v.Article)
	if len(v.Changes) == 0 {
		return d.cut([]run{{text: joined(body, v.Spans, " … ")}})
	}
	longest := d.body(u.Variants[u.Longest].Article)
	var out []run
	piece, end := 0, v.Spans[0].Start // of what is shown of this article
	upTo := func(to int) {
		var gap string
		gap, piece = between(body, v.Spans, piece, end, to)
		out = append(out, run{text: gap})
		end = to
	}
	for _, c := range v.Changes {
		was := d.short(run{text: c.Longest.Of(longest), tone: dropped})
		switch c.Operation {
		case utterance.Dropped:
			if end > v.Spans[0].Start {
				upTo(end + len(closing(body[end:max(end, v.Spans[piece].End)])))
			}
			out = append(out, run{text: " "}, was, run{text: " "})
		case utterance.Changed:
			upTo(c.Here.Start)
			out = append(out, was, run{text: " "})
		default:
			upTo(c.Here.Start)
		}
		if c.Here.Len() > 0 {
			here := run{text: c.Here.Of(body)}
			if c.Operation != utterance.Kept {
				here.tone = inserted
			}
			out = append(out, d.short(here))
			end = c.Here.End
		}
	}
	upTo(max(end, v.Spans[len(v.Spans)-1].End))
	return d.cut(out)
}

// closing are the marks at the beginning of s that belong to the word before.
func closing(s string) string {
	i := strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsLetter(r) || unicode.IsDigit(r) })
	if i < 0 {
		return s
	}
	return s[:i]
}

// between is what stands between two offsets of a variant, the first of which
// lies in or before the piece given: the text itself, but for what is not the
// variant's, which is " … ". It gives the piece of the second offset too.
func between(body string, spans []text.Span, piece, from, to int) (string, int) {
	var b strings.Builder
	for ; piece < len(spans)-1 && spans[piece].End < to; piece++ {
		if from < spans[piece].End {
			b.WriteString(body[from:spans[piece].End])
		}
		b.WriteString(" … ")
		from = spans[piece+1].Start
	}
	if from < to {
		b.WriteString(body[from:to])
	}
	return b.String(), piece
}

// short leaves out the middle of a long run.
func (d *digest) short(r run) run {
	words := strings.Fields(r.text)
	if d.all || r.tone == inserted || len(words) <= manyKept {
		return r
	}
	const ends = manyKept / 3
	r.text = strings.Join(words[:ends], " ") + " … " + strings.Join(words[len(words)-ends:], " ")
	return r
}

// cut leaves out what is over manySaid words, and says how much that is.
func (d *digest) cut(runs []run) []run {
	if d.all {
		return runs
	}
	room := manySaid
	for i, r := range runs {
		words := strings.Fields(r.text)
		if len(words) <= room {
			room -= len(words)
			continue
		}
		more := len(words) - room
		for _, rest := range runs[i+1:] {
			more += len(strings.Fields(rest.text))
		}
		if more <= manySaid/4 {
			return runs
		}
		lead := ""
		if spaceBefore(r.text) {
			lead = " "
		}
		r.text = lead + strings.Join(words[:room], " ")
		return append(runs[:i:i], r, run{text: fmt.Sprintf(" … (%s)", counted(more, "more word", "more words")), tone: faint})
	}
	return runs
}
