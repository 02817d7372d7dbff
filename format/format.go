// Package format writes readings: as text for people, and for programs as JSON
// Lines, from which a reading can be restored, brat standoff, Citron's JSON,
// CSV, Parquet, Web Annotations, schema.org Quotations and the shape of GDELT's
// quotation graph. docs/formats.md describes them. Offsets count Unicode
// characters, end exclusive.
package format

import (
	"fmt"
	"math"
	"strings"
	"time"
	"unicode"

	"onrecord/article"
	"onrecord/text"
)

// attributionID names the i-th attribution of an article, from 0.
func attributionID(i int) string { return fmt.Sprintf("a%d", i+1) }

// Published is an article's date as ISO 8601, with the time where it is
// known; "" without a date.
func Published(a article.Article) string {
	switch {
	case a.Published.IsZero():
		return ""
	case a.DateOnly:
		return a.Published.Format(time.DateOnly)
	}
	return a.Published.Format(time.RFC3339)
}

// joined is the text of a span in pieces, each piece on one line, with sep
// between the pieces.
func joined(body string, pieces []text.Span, sep string) string {
	out := make([]string, len(pieces))
	for i, p := range pieces {
		out[i] = oneLine(p.Of(body))
	}
	return strings.Join(out, sep)
}

// phrase is the text of a span in pieces as one phrase: a space between two
// pieces only where the body has white space between them.
func phrase(body string, pieces []text.Span) string {
	var b strings.Builder
	for i, p := range pieces {
		if i > 0 && strings.ContainsFunc(body[pieces[i-1].End:max(pieces[i-1].End, p.Start)], unicode.IsSpace) {
			b.WriteByte(' ')
		}
		b.WriteString(oneLine(p.Of(body)))
	}
	return b.String()
}

// oneLine replaces every run of white space by a space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// fourDecimals rounds a probability.
func fourDecimals(p float64) float64 { return math.Round(p*1e4) / 1e4 }
