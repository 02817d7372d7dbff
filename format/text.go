package format

import (
	"bytes"
	"fmt"
	"io"
	"sort"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"charm.land/lipgloss/v2"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/pipeline"
	"onrecord/speaker"
	"onrecord/text"
)

// gutter is the width of the column that holds the paragraph's number.
const gutter = 6

// doubtful is the confidence below which the text says so.
const doubtful = 0.5

var (
	titleStyle   = lipgloss.NewStyle().Bold(true)
	speakerStyle = lipgloss.NewStyle().Bold(true).Foreground(lipgloss.Cyan)
	dimStyle     = lipgloss.NewStyle().Faint(true)
)

// Text writes a reading for people: the statements by speaker, in the order
// in which the speakers first appear. Lines are wrapped to width columns.
// The output holds ANSI styles; nothing of the article can add its own, since
// control characters are replaced.
func Text(w io.Writer, r pipeline.Reading, width int) error {
	b := textWriter{width: max(width, 2*gutter+20), body: r.Article.Body, chars: text.NewCharacters(r.Article.Body)}
	b.heading(r.Article)
	groups := bySpeaker(r.Statements)
	if len(groups) == 0 {
		b.line(dimStyle, "No statements found.")
	}
	for _, g := range groups {
		b.speaker(g[0].Speaker)
		for _, s := range g {
			b.statement(r.Doc.Paragraphs, s)
		}
	}
	// In one piece, since a writer that drops styles may not see half of one.
	_, err := b.WriteTo(w)
	return err
}

// bySpeaker groups statements, keeping the order of the text.
func bySpeaker(all []speaker.Statement) [][]speaker.Statement {
	var out [][]speaker.Statement
	place := map[speaker.Speaker]int{}
	for _, s := range all {
		key := s.Speaker
		if key.ID != "" {
			key = speaker.Speaker{ID: key.ID}
		}
		i, known := place[key]
		if !known {
			i = len(out)
			place[key] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], s)
	}
	return out
}

type textWriter struct {
	bytes.Buffer
	width int
	body  string
	chars *text.Characters
}

// heading writes the title, then the outlet and the date.
func (b *textWriter) heading(a article.Article) {
	title := a.Title
	if title == "" {
		title = a.ID
	}
	b.line(titleStyle, title)
	var about []string
	if a.Outlet != "" {
		about = append(about, a.Outlet)
	}
	if !a.Published.IsZero() {
		about = append(about, a.Published.Format("2 January 2006"))
	}
	if len(about) > 0 {
		b.line(dimStyle, strings.Join(about, " · "))
	}
	if a.URL != "" { // in one piece, so that it can be copied
		fmt.Fprintln(b, dimStyle.Render(Harmless(a.URL)))
	}
	b.WriteByte('\n')
}

// speaker writes the line above a speaker's statements.
func (b *textWriter) speaker(s speaker.Speaker) {
	name, more := s.Name, s.Role
	switch {
	case name != "":
	case s.Unnamed != "":
		first, size := utf8.DecodeRuneInString(s.Unnamed)
		name, more = string(unicode.ToUpper(first))+s.Unnamed[size:], "unnamed"
	default:
		name = "Nobody credited"
	}
	line := speakerStyle.Render(Harmless(name))
	if more != "" {
		line += dimStyle.Render(", " + Harmless(more))
	}
	b.WriteString(lipgloss.Wrap(line, b.width, ""))
	b.WriteByte('\n')
}

// statement writes what was said, and below it how it is credited and where
// it stands.
func (b *textWriter) statement(paragraphs []text.Paragraph, s speaker.Statement) {
	place := fmt.Sprintf("¶%d", ParagraphOf(paragraphs, s.Content[0].Start))
	content := b.wrapped(joined(b.body, s.Content, " … "))
	for i, line := range content {
		margin := strings.Repeat(" ", gutter)
		if i == 0 {
			margin = dimStyle.Render(fmt.Sprintf("%*s", gutter-2, place)) + "  "
		}
		fmt.Fprintf(b, "%s%s\n", margin, line)
	}
	for _, line := range b.filled(b.circumstances(s)) {
		fmt.Fprintf(b, "%*s%s\n", gutter, "", dimStyle.Render(line))
	}
	b.WriteByte('\n')
}

// circumstances are the parts of the line below a statement.
func (b *textWriter) circumstances(s speaker.Statement) []string {
	var out []string
	add := func(label, value string) {
		if value != "" {
			out = append(out, label+value)
		}
	}
	add("", string(s.Kind))
	if s.Polarity != attribution.Asserted {
		add("", string(s.Polarity))
	}
	add("", Credit(b.body, s))
	add("to ", phrase(b.body, s.Addressee))
	add("venue: ", phrase(b.body, s.Venue))
	add("", Written(s.Date))
	add("via ", phrase(b.body, s.Via))
	if s.Confidence < doubtful {
		add("", fmt.Sprintf("doubtful (%.0f %%)", 100*s.Confidence))
	}
	at := b.chars.Span(extent(s.Content))
	return append(out, fmt.Sprintf("characters %d–%d", at.Start, at.End))
}

// Credit is the source and the cue in the order of the text. A cue that stands
// before the source and apart from it comes last all the same: of "After
// telling reporters to wait, Moreno left" it is "Moreno … telling", as "telling
// Moreno" would say something else.
func Credit(body string, s speaker.Statement) string {
	source, cue := joined(body, s.Source, " … "), joined(body, s.Cue, " … ")
	if len(s.Source) == 0 || len(s.Cue) == 0 || s.Source[0].Start <= s.Cue[0].Start {
		return strings.TrimSpace(source + " " + cue)
	}
	from, to := s.Cue[len(s.Cue)-1].End, s.Source[0].Start
	if from <= to && strings.TrimSpace(body[from:to]) == "" {
		return cue + " " + source
	}
	return source + " … " + cue
}

// line writes s in a style, wrapped to the whole width.
func (b *textWriter) line(style lipgloss.Style, s string) {
	for _, l := range strings.Split(lipgloss.Wrap(Harmless(s), b.width, ""), "\n") {
		b.WriteString(style.Render(l))
		b.WriteByte('\n')
	}
}

// wrapped gives the lines of s beside the gutter.
func (b *textWriter) wrapped(s string) []string {
	return strings.Split(lipgloss.Wrap(Harmless(s), b.width-gutter, ""), "\n")
}

// filled puts as many items on a line beside the gutter as fit, and breaks
// only an item that is longer than a line.
func (b *textWriter) filled(items []string) []string {
	lines := b.wrapped(items[0])
	for _, item := range items[1:] {
		last := len(lines) - 1
		joint := lines[last] + " · " + item
		if room := b.width - gutter; utf8.RuneCountInString(joint) <= room || utf8.RuneCountInString(item) > room {
			lines = append(lines[:last], b.wrapped(joint)...)
		} else {
			lines = append(lines, b.wrapped(item)...)
		}
	}
	return lines
}

// Written is a date as people write it: "2026-03-10" is "10 March 2026".
func Written(date string) string {
	for iso, layout := range map[string]string{time.DateOnly: "2 January 2006", "2006-01": "January 2006"} {
		if at, err := time.Parse(iso, date); err == nil {
			return at.Format(layout)
		}
	}
	return date
}

// ParagraphOf is the number, from 1, of the paragraph that holds an offset.
func ParagraphOf(paragraphs []text.Paragraph, offset int) int {
	return max(1, sort.Search(len(paragraphs), func(i int) bool { return paragraphs[i].Start > offset }))
}

// Harmless is s on one line, with a mark in place of every character that
// would move the cursor, colour the terminal or turn the direction of writing.
func Harmless(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return '\uFFFD'
		}
		return r
	}, oneLine(s))
}
