// Package speaker resolves whom a source means: in the article, then over all
// articles.
package speaker

import (
	"strings"

	"onrecord/attribution"
	"onrecord/text"
)

// Speaker is the person or body that a source comes down to.
type Speaker struct {
	ID      string // stable inside one article: "marco-rubio"
	Name    string // canonical: the fullest form that the article gives; "" if unnamed
	Role    string // as the article has it: "secretary of state"; "" if not said
	Unnamed string // description of a speaker whom nobody names: "a senior aide"; "" if named
}

// Statement is an attribution with its speaker.
type Statement struct {
	attribution.Attribution
	Speaker  Speaker
	Reporter string // the name of who passed the words on (Via); Via's own words if the article does not name them, "" without a Via
}

// Printed is a statement as the body prints it: source, cue and content on a
// line each, every run of white space a space. Copies of a report print the same.
func (s Statement) Printed(body string) string {
	var b strings.Builder
	for _, spans := range [][]text.Span{s.Source, s.Cue, s.Content} {
		for _, span := range spans {
			for w := range strings.FieldsSeq(span.Of(body)) {
				b.WriteString(w)
				b.WriteByte(' ')
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}
