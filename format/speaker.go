package format

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"onrecord/attribution"
	"onrecord/comparison"
	"onrecord/profile"
	"onrecord/text"
)

// How much of a profile is shown, unless all of it is.
const (
	manySpellings = 8
	manyRoles     = 8
	manyOutlets   = 10
	manyYears     = 12
)

// ProfileText writes what a record has of a speaker for people. Nothing of an
// article can add styles of its own.
func ProfileText(w io.Writer, p *profile.Profile, o TextOptions) error {
	b := board{width: max(o.Width, minWidth), colour: o.Colour}
	limit := func(n, some int) int {
		if o.All {
			return n
		}
		return min(n, some)
	}
	b.put("", run{text: p.Name, tone: named})
	b.put("", run{text: strings.Join(creditFacts(p.Credits), " · ")})
	if also := alsoCalled(p.Credits, limit(len(p.Spellings), manySpellings)); also != "" {
		b.hang("", 2, []run{{text: also, tone: faint}})
	}
	since := ""
	if !p.Since.IsZero() {
		since = "since " + p.Since.Format("2 January 2006")
	}
	b.roles(p.Roles, since, limit(len(p.Roles), manyRoles))
	b.outlets(p.Outlets, since, limit(len(p.Outlets), manyOutlets))
	b.months(p.Months, limit(manyYears+1, manyYears))
	b.topics(p)
	b.tensions(p)
	b.said(p)
	_, err := b.WriteTo(w)
	return err
}

// creditFacts are the counts of a speaker in words.
func creditFacts(c profile.Credits) []string {
	facts := []string{counted(c.Statements, "statement", "statements") + " in " + counted(c.Articles, "article", "articles")}
	if c.Statements > 0 {
		facts = append(facts, fmt.Sprintf("%d%% in quotation marks", percent(c.Direct, c.Statements)))
	}
	if !c.First.IsZero() {
		facts = append(facts, days(c.First, c.Last))
	}
	return facts
}

// alsoCalled says how else articles call a speaker.
func alsoCalled(c profile.Credits, limit int) string {
	var names []string
	for _, s := range c.Spellings {
		if s.Text != c.Name {
			names = append(names, s.Text)
		}
	}
	if len(names) == 0 {
		return ""
	}
	if more := len(names) - limit; more > 0 {
		names = append(names[:limit], fmt.Sprintf("%d more", more))
	}
	return "Also called " + strings.Join(names, ", ")
}

func (b *board) roles(roles []profile.Role, remark string, n int) {
	if len(roles) == 0 {
		return
	}
	b.section("Roles", remark)
	roles = slices.Clone(roles)
	slices.SortStableFunc(roles, func(a, b profile.Role) int { return b.Articles - a.Articles })
	for _, r := range roles[:n] {
		when := monthsFromTo(r.First, r.Last)
		if when != "" {
			when = ", " + when
		}
		b.hang("  ", 2, []run{{text: r.Role}, {text: when + " (" + counted(r.Articles, "article", "articles") + ")", tone: faint}})
	}
	b.rest(len(roles)-n, "role", "roles")
}

// rest says how many lines of a section are not shown.
func (b *board) rest(hidden int, one, many string) {
	if hidden > 0 {
		b.put("  ", run{text: "… and " + counted(hidden, "more "+one, "more "+many) + " (--all)", tone: faint})
	}
}

// monthsFromTo is "2021-03 to 2021-09", "2021-03", or "" where no date is known.
func monthsFromTo(first, last time.Time) string {
	const month = "2006-01"
	switch {
	case last.IsZero():
		return ""
	case first.Format(month) == last.Format(month):
		return last.Format(month)
	}
	return first.Format(month) + " to " + last.Format(month)
}

func (b *board) outlets(outlets []profile.Outlet, remark string, n int) {
	if len(outlets) == 0 {
		return
	}
	b.section("Most quoted by", remark)
	wide := 0
	for _, o := range outlets[:n] {
		wide = max(wide, ansi.StringWidth(outletName(o)))
	}
	wide = min(wide, b.width/2)
	for _, o := range outlets[:n] {
		facts := fmt.Sprintf("%s, %s, in %s", counted(o.Statements, "statement", "statements"), counted(o.Words, "word", "words"), counted(o.Articles, "article", "articles"))
		b.put("  "+padded(ansi.Truncate(Harmless(outletName(o)), wide, "…"), wide)+"  ", run{text: facts, tone: faint})
	}
	b.rest(len(outlets)-n, "outlet", "outlets")
}

func outletName(o profile.Outlet) string { return cmp.Or(o.Name, "outlet not stated") }

// bars are the heights of a histogram's columns.
var bars = []rune("▁▂▃▄▅▆▇█")

// months draws a line for each year, with a bar for each month.
func (b *board) months(months []profile.Month, years int) {
	if len(months) == 0 {
		return
	}
	most := 0
	for _, m := range months {
		most = max(most, m.Statements)
	}
	b.section("By month", fmt.Sprintf("January to December; the highest bar is %s", counted(most, "statement", "statements")))
	type year struct {
		number, total int
		line          [12]rune
	}
	var all []year
	for _, m := range months {
		if n := len(all); n == 0 || all[n-1].number != m.Month.Year() {
			all = append(all, year{number: m.Month.Year(), line: [12]rune([]rune("············"))})
		}
		y := &all[len(all)-1]
		y.line[m.Month.Month()-1] = bars[(m.Statements*len(bars)-1)/most]
		y.total += m.Statements
	}
	if years <= manyYears && len(all) > years {
		b.put("  ", run{text: "… " + counted(len(all)-years, "earlier year", "earlier years") + " (--all)", tone: faint})
		all = all[len(all)-years:]
	}
	for _, y := range all {
		fmt.Fprintf(b, "  %d  %s  %s\n", y.number, string(y.line[:]), b.paint(faint, strconv.Itoa(y.total)))
	}
}

// newest says what a section goes by where that is not everything.
func newest(p *profile.Profile) string {
	if p.Read < p.Statements {
		return fmt.Sprintf("of the newest %s", counted(p.Read, "statement", "statements"))
	}
	return ""
}

func (b *board) topics(p *profile.Profile) {
	if len(p.Topics) == 0 {
		return
	}
	b.section("Topics", strings.TrimSuffix("what they speak of more than others do; "+newest(p), "; "))
	for _, t := range p.Topics {
		facts := " · " + counted(t.Statements, "statement", "statements") + " in " + counted(t.NStories, "story", "stories")
		for i, y := range t.Years {
			facts += []string{" · ", ", "}[min(i, 1)] + fmt.Sprintf("%d in %d", y.Statements, y.Month.Year())
		}
		b.hang("  ", 2, []run{{text: t.Words, tone: emphasized}, {text: facts}})
		for _, s := range t.Stories {
			number := fmt.Sprintf(" (%d)", s.Number)
			headline := ansi.Truncate(Harmless(s.Headline), b.width-4-len(number), "…")
			b.put("    ", run{text: headline + number, tone: faint})
		}
	}
}

func (b *board) tensions(p *profile.Profile) {
	b.section("Tensions with earlier statements", newest(p))
	if len(p.Tensions) == 0 {
		b.put("  ", run{text: "None found."})
	}
	margin := strings.Repeat(" ", gutter)
	for _, t := range p.Tensions {
		why := "One asserts what the other denies:"
		if t.Reason == comparison.Figures {
			why = "Two figures for one thing:"
		}
		b.gap()
		b.put("  ", run{text: why})
		for _, x := range t.Between {
			b.put(b.place(x.Article.Body, x.Span.Start), run{text: x.Span.Of(x.Article.Body)})
			b.put(margin, run{text: strings.Join(append(where(x.Statement), fmt.Sprintf("story %d", x.Story)), " · "), tone: faint})
		}
	}
}

// place is the margin of a passage, with its paragraph.
func (b *board) place(body string, at int) string {
	n := ParagraphOf(text.Split(body).Paragraphs, at)
	return b.paint(faint, onRight(fmt.Sprintf("¶%d", n), gutter-2)) + "  "
}

// where is the outlet, the day, the kind and the cue of a statement.
func where(s profile.Statement) []string {
	a := s.Article
	out := []string{cmp.Or(a.Outlet, a.ID)}
	if at := day(*a); at != "" {
		out = append(out, at)
	}
	if credit := Credit(a.Body, s.Statement); credit != "" {
		out = append(out, credit)
	}
	out = append(out, string(s.Kind))
	if s.Polarity != attribution.Asserted && s.Polarity != "" {
		out = append(out, string(s.Polarity))
	}
	return out
}

// said shows the newest statements by story.
func (b *board) said(p *profile.Profile) {
	n := 0
	for _, s := range p.Stories {
		n += len(s.Statements)
	}
	if n == 0 {
		return
	}
	remark := ""
	if n < p.Statements {
		remark = fmt.Sprintf("the newest %d of %d (--limit)", n, p.Statements)
	}
	b.section("Statements", remark)
	margin := strings.Repeat(" ", gutter)
	for _, s := range p.Stories {
		b.gap()
		b.put("", run{text: s.Headline, tone: emphasized}, run{text: fmt.Sprintf(" (%d)", s.Number), tone: faint})
		for _, x := range s.Statements {
			b.put(b.place(x.Article.Body, x.Content[0].Start), run{text: joined(x.Article.Body, x.Content, " … ")})
			b.put(margin, run{text: strings.Join(where(x), " · "), tone: faint})
		}
	}
}

// NamesakesText lists speakers of one name with what tells them apart, by
// numbers from 1.
func NamesakesText(w io.Writer, all []profile.Credits, o TextOptions) error {
	b := board{width: max(o.Width, minWidth), colour: o.Colour}
	for i, c := range all {
		number := onRight(strconv.Itoa(i+1), len(strconv.Itoa(len(all)))) + "  "
		head := []run{{text: c.Name, tone: named}}
		if len(c.Roles) > 0 {
			head = append(head, run{text: ", " + c.Roles[0].Role})
		}
		b.put(b.paint(faint, number), head...)
		margin := strings.Repeat(" ", len(number))
		b.put(margin, run{text: strings.Join(creditFacts(c), " · "), tone: faint})
		if also := alsoCalled(c, manySpellings); also != "" {
			b.put(margin, run{text: also, tone: faint})
		}
	}
	_, err := b.WriteTo(w)
	return err
}
