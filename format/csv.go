package format

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"onrecord/pipeline"
)

var csvColumns = []string{
	"article", "outlet", "title", "url", "published", "id", "kind", "speaker", "role", "unnamed", "source", "cue", "content",
	"addressee", "venue", "date", "polarity", "via", "confidence", "source_spans", "cue_spans", "content_spans",
}

// CSVHeader writes the row of column names.
func CSVHeader(w io.Writer) error {
	c := csv.NewWriter(w)
	_ = c.Write(csvColumns) // Flush's error stands in Error
	c.Flush()
	return c.Error()
}

// CSV writes a row for each attribution of a reading, without header. Spans
// are "start-end" with ";" between pieces. A cell that a spreadsheet would
// run as a formula begins with an apostrophe.
func CSV(w io.Writer, r pipeline.Reading) error {
	c := csv.NewWriter(w)
	rec := NewRecord(r, false)
	for i, a := range rec.Attributions {
		s := r.Statements[i]
		row := []string{
			rec.ID, rec.Outlet, rec.Title, rec.URL, rec.Published, a.ID, a.Kind, a.Speaker.Name, a.Speaker.Role, a.Speaker.Unnamed,
			joined(rec.Text, s.Source, " "), joined(rec.Text, s.Cue, " "), a.Text,
			a.Addressee, a.Venue, a.Date, a.Polarity, a.Via, strconv.FormatFloat(a.Confidence, 'f', 4, 64),
			spanList(a.Source), spanList(a.Cue), spanList(a.Content),
		}
		for j, cell := range row {
			row[j] = noFormula(cell)
		}
		_ = c.Write(row)
	}
	c.Flush()
	return c.Error()
}

func spanList(spans []Span) string {
	out := make([]string, len(spans))
	for i, s := range spans {
		out[i] = fmt.Sprintf("%d-%d", s[0], s[1])
	}
	return strings.Join(out, ";")
}

func noFormula(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
