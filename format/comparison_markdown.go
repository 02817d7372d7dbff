package format

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"net/url"
	"strings"

	"onrecord/comparison"
)

// ComparisonMarkdown writes a comparison as CommonMark, with tables and struck
// words as GitHub has them. Nothing of an article is taken for markup. Unless
// all is set, it has the most important of each section.
func ComparisonMarkdown(w io.Writer, c *comparison.Comparison, all bool) error {
	d := newDigest(c, all)
	m := markdown{heads: d.heads}
	d.show(&m)
	_, err := m.WriteTo(w)
	return err
}

// markdown is a comparison as Markdown. Every block ends with a line break and
// begins with an empty line, but for the first.
type markdown struct {
	bytes.Buffer
	heads []string // of the articles' columns
}

func (m *markdown) title(headline string) { fmt.Fprintf(m, "# %s\n", escaped(headline)) }

func (m *markdown) section(title, remark string) {
	fmt.Fprintf(m, "\n## %s\n", title)
	if remark != "" {
		m.paragraph(run{text: remark})
	}
}

func (m *markdown) paragraph(runs ...run) { fmt.Fprintf(m, "\n%s\n", inline(runs)) }

func (m *markdown) items(list []item) {
	for i, it := range list {
		if i == 0 {
			m.WriteByte('\n')
		}
		fmt.Fprintf(m, "%s- ", strings.Repeat("  ", it.level))
		line := inline(it.head)
		if it.label != "" {
			line = escaped(it.label) + " – " + line
		}
		if len(it.text) > 0 {
			line += ": " + inline(it.text)
		}
		m.WriteString(opening(line) + "\n")
	}
}

// opening is a line with which no list begins.
func opening(line string) string {
	i := len(line) - len(strings.TrimLeft(line, "0123456789"))
	if i < len(line) && strings.IndexByte("+-=.)", line[i]) >= 0 && (i == 0) == (strings.IndexByte("+-=", line[i]) >= 0) {
		return line[:i] + `\` + line[i:]
	}
	return line
}

func (m *markdown) table(t table) {
	m.WriteString("\n|  |")
	for _, h := range m.heads {
		m.WriteString(" " + escaped(h) + " |")
	}
	m.WriteString("\n|---|" + strings.Repeat(":-:|", len(m.heads)) + "\n")
	for _, r := range t.rows {
		m.WriteString("| ")
		if r.id != "" {
			m.WriteString(r.id + " – ")
		}
		m.WriteString(inline(r.label) + " |")
		for _, c := range r.cells {
			m.WriteString(" " + cmp.Or(c, t.absent) + " |")
		}
		m.WriteByte('\n')
	}
}

// marks stand around the words of a tone; others have none.
var marks = map[tone]string{dropped: "~~", inserted: "**", emphasized: "**", named: "**"}

// inline is runs as one line.
func inline(runs []run) string {
	var b strings.Builder
	for _, r := range runs {
		if spaceBefore(r.text) {
			b.WriteByte(' ')
		}
		if s := escaped(r.text); s != "" {
			b.WriteString(marks[r.tone] + linked(s, r.link) + marks[r.tone])
		}
		if spaceAfter(r.text) {
			b.WriteByte(' ')
		}
	}
	return oneLine(b.String())
}

var markup = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "|", `\|`, "~", `\~`, "&", `\&`, "#", `\#`)

// escaped is s as text on one line: no character of it marks anything up.
func escaped(s string) string { return markup.Replace(Harmless(s)) }

var encoded = strings.NewReplacer("<", "%3C", ">", "%3E", `\`, "%5C", "|", "%7C", "(", "%28", ")", "%29", "`", "%60", "*", "%2A", "_", "%5F")

// linked is Markdown that leads to an address, if that is one for a browser.
func linked(words, address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return words
	}
	return fmt.Sprintf("[%s](%s)", words, encoded.Replace(u.String()))
}
