package format

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"onrecord/pipeline"
	"onrecord/speaker"
	"onrecord/text"
)

// Brat writes a reading as brat standoff: spans Source, Cue and Content, an
// Attribution event for each attribution, and a note that names its speaker
// and what else was found. The event's trigger lies on the cue, or on the
// content where there is no cue.
func Brat(w io.Writer, r pipeline.Reading) error {
	b := bratWriter{Writer: bufio.NewWriter(w), body: r.Article.Body, chars: text.NewCharacters(r.Article.Body)}
	for i, s := range r.Statements {
		var roles string
		for _, role := range []struct {
			name   string
			pieces []text.Span
		}{{"Content", s.Content}, {"Cue", s.Cue}, {"Source", s.Source}} {
			if id := b.span(role.name, role.pieces); id != "" {
				roles += " " + role.name + ":" + id
			}
		}
		trigger := s.Cue
		if len(trigger) == 0 {
			trigger = s.Content[:1]
		}
		fmt.Fprintf(b, "E%d\tAttribution:%s%s\n", i+1, b.span("Attribution", trigger), roles)
		fmt.Fprintf(b, "#%d\tAnnotatorNotes E%d\t%s\n", i+1, i+1, note(r.Article.Body, s))
	}
	return b.Flush()
}

type bratWriter struct {
	*bufio.Writer
	body  string
	chars *text.Characters
	last  int // number of the last span
}

// span writes a text-bound annotation and gives its id; "" without pieces.
func (b *bratWriter) span(kind string, pieces []text.Span) string {
	pieces = byLine(b.body, pieces)
	if len(pieces) == 0 {
		return ""
	}
	offsets, words := make([]string, len(pieces)), make([]string, len(pieces))
	for i, p := range pieces {
		c := b.chars.Span(p)
		offsets[i], words[i] = fmt.Sprintf("%d %d", c.Start, c.End), unbroken.Replace(p.Of(b.body))
	}
	b.last++
	fmt.Fprintf(b, "T%d\t%s %s\t%s\n", b.last, kind, strings.Join(offsets, ";"), strings.Join(words, " "))
	return fmt.Sprintf("T%d", b.last)
}

// unbroken replaces what would end a column or, for readers that know more
// line breaks than "\n", a line.
var unbroken = strings.NewReplacer("\t", " ", "\r", " ", "\v", " ", "\f", " ", "\u0085", " ", "\u2028", " ", "\u2029", " ")

// byLine cuts pieces at line breaks, which a brat span may not hold, and
// leaves out the white space around them.
func byLine(body string, pieces []text.Span) []text.Span {
	var out []text.Span
	for _, p := range pieces {
		for p.Start < p.End {
			line, _, _ := strings.Cut(p.Of(body), "\n")
			next := p.Start + len(line) + 1
			left := len(line) - len(strings.TrimLeft(line, " \t\r"))
			if trimmed := strings.Trim(line, " \t\r"); trimmed != "" {
				out = append(out, text.Span{Start: p.Start + left, End: p.Start + left + len(trimmed)})
			}
			p.Start = min(next, p.End)
		}
	}
	return out
}

// note says in one line what brat's spans do not.
func note(body string, s speaker.Statement) string {
	parts := []string{string(s.Kind)}
	add := func(label, value string) {
		if value != "" {
			parts = append(parts, label+": "+oneLine(value))
		}
	}
	add("speaker", s.Speaker.Name)
	add("unnamed", s.Speaker.Unnamed)
	add("role", s.Speaker.Role)
	add("polarity", string(s.Polarity))
	add("addressee", phrase(body, s.Addressee))
	add("venue", phrase(body, s.Venue))
	add("date", s.Date)
	add("via", phrase(body, s.Via))
	add("confidence", fmt.Sprintf("%.2f", s.Confidence))
	return strings.Join(parts, "; ")
}
