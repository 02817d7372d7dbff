package server

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"onrecord/article"
	"onrecord/format"
	"onrecord/speaker"
)

// voice is a speaker as pages show them.
type voice struct {
	link        // the name
	Role string // "" for none
	Hue  int    // 1 to 6 for who says most on the page, 0 for everybody else
}

// newVoice is a speaker as an article has them; row is who that is over the
// record, 0 where that is not known.
func newVoice(s speaker.Speaker, row int64) voice {
	return voice{link: link{format.SpeakerName(s), addressOfSpeaker(row, s.Name)}, Role: format.SpeakerRole(s)}
}

// report is an article as lists name it.
type report struct {
	Title   link
	Outlet  link
	When    string // "17 August 2025", "" where unknown
	Machine string // the same for programs
}

func newReport(a article.Article, fragment string) report {
	return report{
		Title: link{titleOfArticle(a), addressOfArticle(a.ID) + fragment}, Outlet: link{outletOf(a), addressOfOutlet(a.Outlet)},
		When: dayOf(a.Published), Machine: format.Published(a),
	}
}

func titleOfArticle(a article.Article) string {
	return cmp.Or(strings.TrimSpace(a.Title), a.ID)
}

func outletOf(a article.Article) string {
	return cmp.Or(a.Outlet, "Outlet unknown")
}

// dayOf is a day as people write it, "" for none.
func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2 January 2006")
}

// fromTo is a time from one day to another, "" where no day is known.
func fromTo(first, last time.Time) string {
	switch {
	case dayOf(first) == dayOf(last):
		return dayOf(last)
	case first.Year() == last.Year() && first.Month() == last.Month():
		return strconv.Itoa(first.Day()) + "–" + dayOf(last)
	case first.Year() == last.Year():
		return first.Format("2 January") + " – " + dayOf(last)
	}
	return dayOf(first) + " – " + dayOf(last)
}

// monthsFromTo is a time in months.
func monthsFromTo(first, last time.Time) string {
	const month = "January 2006"
	switch {
	case last.IsZero():
		return ""
	case first.IsZero() || first.Format(month) == last.Format(month):
		return last.Format(month)
	case first.Year() == last.Year():
		return first.Format("January") + " – " + last.Format(month)
	}
	return first.Format(month) + " – " + last.Format(month)
}

// momentOf is a day with its time where that is known.
func momentOf(t time.Time, dateOnly bool) string {
	if t.IsZero() || dateOnly {
		return dayOf(t)
	}
	return t.Format("2 January 2006, 15:04 MST")
}

// counted is a number with its noun.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return grouped(n) + " " + many
}

// grouped is a number with its thousands set apart.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// percent is a share of 1.
func percent(share float64) string { return fmt.Sprintf("%.0f %%", share*100) }

// listed joins names as a sentence does; of many it has the first and how many
// more there are.
func listed(names []string, most int) string {
	if more := len(names) - most; more > 0 {
		return strings.Join(names[:most], ", ") + " and " + grouped(more) + " more"
	}
	if last := len(names) - 1; last > 0 {
		return strings.Join(names[:last], ", ") + " and " + names[last]
	}
	return strings.Join(names, "")
}
