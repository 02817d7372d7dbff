package format

import (
	"bytes"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"onrecord/comparison"
)

// TextOptions say how a comparison is laid out as text.
type TextOptions struct {
	Width  int  // columns
	Colour bool // ANSI styles; without, a diff has [-dropped-] and {+inserted+} words
	All    bool // everything, not the most important of each section
}

// minWidth is the least number of columns that a comparison is laid out for.
const minWidth = 32

// ComparisonText writes a comparison for people. Nothing of an article can
// add styles of its own, since control characters are replaced.
func ComparisonText(w io.Writer, c *comparison.Comparison, o TextOptions) error {
	d := newDigest(c, o.All)
	d.hint = " (--all)"
	b := board{heads: d.heads, width: max(o.Width, minWidth), colour: o.Colour}
	d.show(&b)
	_, err := b.WriteTo(w)
	return err
}

// toneStyles are the styles of the tones; others have none. They are not
// lipgloss's, which strikes letter by letter and so takes emoji apart.
var toneStyles = map[tone]ansi.Style{
	dropped:    ansi.NewStyle().Strikethrough(true).ForegroundColor(ansi.Red),
	inserted:   ansi.NewStyle().Underline(true).ForegroundColor(ansi.Green),
	emphasized: ansi.NewStyle().Bold(),
	named:      ansi.NewStyle().Bold().ForegroundColor(ansi.Cyan),
	faint:      ansi.NewStyle().Faint(),
	matched:    ansi.NewStyle().Bold().ForegroundColor(ansi.Red), // as grep has it
}

// board is a comparison laid out line by line.
type board struct {
	bytes.Buffer
	heads  []string // of the articles' columns
	width  int
	colour bool
}

// gap begins a new block with an empty line.
func (b *board) gap() {
	if b.Len() > 0 && !bytes.HasSuffix(b.Bytes(), []byte("\n\n")) {
		b.WriteByte('\n')
	}
}

func (b *board) title(headline string) {
	b.put("", run{text: headline, tone: emphasized})
	b.gap()
}

func (b *board) section(title, remark string) {
	b.gap()
	b.put("", run{text: strings.ToUpper(title), tone: emphasized})
	if remark != "" {
		b.put("", run{text: remark, tone: faint})
	}
}

func (b *board) paragraph(runs ...run) {
	b.gap()
	b.put("", runs...)
}

func (b *board) items(list []item) {
	var wide [2]int // of the labels by level
	for _, it := range list {
		if n := ansi.StringWidth(it.label); n <= b.width/4 {
			wide[it.level] = max(wide[it.level], n)
		}
	}
	for i, it := range list {
		margin, below := "", ""
		if it.level > 0 {
			margin = strings.Repeat(" ", max(wide[0]+2, 2))
			below = margin + "  "
		} else if it.label != "" {
			below = strings.Repeat(" ", wide[0]+2)
			if i > 0 && list[i-1].level > 0 {
				b.gap()
			}
		}
		switch {
		case it.label != "":
			b.put(margin+padded(ansi.Truncate(it.label, b.width/2, "…"), wide[it.level])+"  ", it.head...)
		case len(it.text) > 0:
			b.put(margin, it.head...)
		default:
			b.hang(margin, 2, it.head)
		}
		if len(it.text) > 0 {
			b.put(below, it.text...)
		}
	}
}

// table writes a table. Where the columns would take more than half of the
// width the cells of a row are listed below it instead.
func (b *board) table(t table) {
	column, lead := 0, 0
	for i, h := range b.heads {
		column = max(column, ansi.StringWidth(h)+2)
		for _, r := range t.rows {
			column = max(column, ansi.StringWidth(r.cells[i])+2)
		}
	}
	for _, r := range t.rows {
		lead = max(lead, len(r.id))
	}
	if lead > 0 {
		lead += 2
	}
	room := b.width - column*len(b.heads)
	if room < b.width/2 {
		b.list(t.rows, lead)
		return
	}
	line := strings.Repeat(" ", room)
	for _, h := range b.heads {
		line += onRight(h, column)
	}
	b.WriteString(b.paint(faint, line) + "\n")
	for _, r := range t.rows {
		b.WriteString(padded(r.id, lead) + b.oneLine(r.label, room-lead))
		for _, c := range r.cells {
			if c == "" {
				b.WriteString(b.paint(faint, onRight(t.absent, column)))
			} else {
				b.WriteString(onRight(c, column))
			}
		}
		b.WriteByte('\n')
	}
}

// list writes the rows of a table with their cells below: "V: 1, 4 · T: 2".
func (b *board) list(rows []row, lead int) {
	for _, r := range rows {
		b.put(padded(r.id, lead), r.label...)
		heads := map[string][]string{}
		var cells []string
		for i, c := range r.cells {
			if c != "" && heads[c] == nil {
				cells = append(cells, c)
			}
			heads[c] = append(heads[c], b.heads[i])
		}
		for i, c := range cells {
			cells[i] = c + ": " + strings.Join(heads[c], ", ")
		}
		b.put(strings.Repeat(" ", max(lead, 2)), run{text: strings.Join(cells, " · ")})
	}
}

func padded(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-ansi.StringWidth(s)))
}

func onRight(s string, width int) string {
	return strings.Repeat(" ", max(0, width-ansi.StringWidth(s))) + s
}

// oneLine is as much of runs as one line of a width holds, filled up.
func (b *board) oneLine(runs []run, width int) string {
	lines := b.lines(runs, width-1, width-1)
	if len(lines) > 1 {
		return padded(lines[0]+"…", width)
	}
	return padded(lines[0], width)
}

// put writes runs as a paragraph: its first line after lead, the others as
// far in as lead is wide.
func (b *board) put(lead string, runs ...run) { b.hang(lead, 0, runs) }

// hang writes runs as put does, the lines after the first further in.
func (b *board) hang(lead string, by int, runs []run) {
	margin := ansi.StringWidth(lead)
	for i, line := range b.lines(runs, b.width-margin, b.width-margin-by) {
		if i > 0 {
			lead = strings.Repeat(" ", margin+by)
		}
		b.WriteString(strings.TrimRight(lead+line, " "))
		b.WriteByte('\n')
	}
}

// lines breaks runs into lines, the first of one width, the rest of one that
// is no larger.
// A word that is longer is broken.
func (b *board) lines(runs []run, width, rest int) []string {
	var out []string
	var line []run
	used := 0
	flush := func() {
		out = append(out, b.styled(line))
		line, used, width = line[:0], 0, rest
	}
	for _, word := range b.words(runs) {
		size := 0
		for _, r := range word {
			size += ansi.StringWidth(r.text)
		}
		if used > 0 && used+1+size > width {
			flush()
		}
		if used > 0 {
			space := run{text: " "}
			if word[0].tone == line[len(line)-1].tone {
				space.tone = word[0].tone
			}
			line, used = append(line, space), used+1
		}
		for _, r := range word {
			if size > width {
				pieces := strings.Split(ansi.Hardwrap(r.text, rest, true), "\n")
				for _, p := range pieces[:len(pieces)-1] {
					line = append(line, run{text: p, tone: r.tone})
					flush()
				}
				r.text = pieces[len(pieces)-1]
				if used > 0 && used+ansi.StringWidth(r.text) > width {
					flush()
				}
			}
			line, used = append(line, r), used+ansi.StringWidth(r.text)
		}
	}
	flush()
	return out
}

// words splits runs at white space; a word can have several tones. Every
// character that could do harm is replaced.
func (b *board) words(runs []run) [][]run {
	var out [][]run
	open := false // the last word goes on
	for _, r := range runs {
		fields := strings.Fields(r.text)
		if len(fields) == 0 {
			open = open && r.text == ""
			continue
		}
		if !b.colour {
			fields[0] = openers[r.tone] + fields[0]
			fields[len(fields)-1] += closers[r.tone]
		}
		for i, f := range fields {
			w := run{text: Harmless(f), tone: r.tone}
			if i == 0 && open && !spaceBefore(r.text) {
				out[len(out)-1] = append(out[len(out)-1], w)
			} else {
				out = append(out, []run{w})
			}
		}
		open = !spaceAfter(r.text)
	}
	return out
}

// Without colour these stand around words, as wdiff prints them.
var (
	openers = map[tone]string{dropped: "[-", inserted: "{+"}
	closers = map[tone]string{dropped: "-]", inserted: "+}"}
)

// styled joins the runs of a line.
func (b *board) styled(line []run) string {
	var out strings.Builder
	for i := 0; i < len(line); {
		t := line[i].tone
		var s strings.Builder
		for ; i < len(line) && line[i].tone == t; i++ {
			s.WriteString(line[i].text)
		}
		out.WriteString(b.paint(t, s.String()))
	}
	return out.String()
}

func (b *board) paint(t tone, s string) string {
	if style, ok := toneStyles[t]; ok && b.colour {
		return style.Styled(s)
	}
	return s
}
