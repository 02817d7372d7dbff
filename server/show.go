package server

import (
	"cmp"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"onrecord/article"
	"onrecord/format"
	"onrecord/query"
	"onrecord/speaker"
	"onrecord/text"
	"onrecord/utterance"
)

// link leads from a page to another one. Where Href is "" there is only a text.
type link struct{ Text, Href string }

// The addresses of pages. Everything that leads somewhere is made here.

func addressOfArticle(id string) string { return "/article/" + url.PathEscape(id) }

func addressOfStory(row int64) string { return "/story/" + strconv.FormatInt(row, 10) }

// addressOfSpeaker is where somebody's statements are. The row is 0 where only
// the name is known.
func addressOfSpeaker(_ int64, name string) string { return addressOfFilter(query.Speaker, name) }

// addressOfOutlet is where an outlet's statements are.
func addressOfOutlet(name string) string { return addressOfFilter(query.Outlet, name) }

// addressOfFilter is a search that has one filter, "" where its value has
// nothing that could be looked for.
func addressOfFilter(f query.Field, value string) string {
	filter := query.Filter{Field: f, Value: plainValue(value)}
	if filter.Value == "" {
		return ""
	}
	return addressOfSearch(filter.String(), "", "")
}

// plainValue is a name as a filter can have it: without quotation marks and
// control characters, which would end it. It is "" if no word is left.
func plainValue(s string) string {
	s = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || strings.ContainsRune("\"“”„‟«»", r) {
			return ' '
		}
		return r
	}, s)), " ")
	if !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return ""
	}
	return s
}

// addressOfSearch is a search; in may be "articles", and sort "date".
func addressOfSearch(q, in, sort string) string {
	v := url.Values{"q": {q}}
	if in != "" {
		v.Set("in", in)
	}
	if sort != "" {
		v.Set("sort", sort)
	}
	return "/search?" + v.Encode()
}

func addressOfCheck(words string) string { return "/check?" + url.Values{"q": {words}}.Encode() }

// external is an address outside, "" unless a reader may be sent there.
func external(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return s
}

// fragmentWords is how many words a text fragment holds at most at either end.
const fragmentWords = 5

// fragment leads a browser to words of a page that has no anchor there: a text
// fragment, as in "#:~:text=first%20words,last%20words".
func fragment(s string) string {
	words := strings.Fields(s)
	escape := func(words []string) string {
		return strings.ReplaceAll(url.PathEscape(strings.Join(words, " ")), "-", "%2D") // which has a meaning there
	}
	if len(words) == 0 {
		return ""
	}
	if len(words) <= 2*fragmentWords {
		return "#:~:text=" + strings.ReplaceAll(escape(words), ",", "%2C")
	}
	first, last := escape(words[:fragmentWords]), escape(words[len(words)-fragmentWords:])
	return "#:~:text=" + strings.ReplaceAll(first, ",", "%2C") + "," + strings.ReplaceAll(last, ",", "%2C")
}

// voice is a speaker as pages show them.
type voice struct {
	link        // the name
	Role string // "" for none
	Hue  int    // 1 to 6 for who says most on the page, 0 for everybody else
}

func newVoice(s speaker.Speaker) voice {
	return voice{link: link{format.SpeakerName(s), addressOfSpeaker(0, s.Name)}, Role: format.SpeakerRole(s)}
}

// run is a piece of a text that is shown in one way.
type run struct {
	Text  string
	Class string // "found", "kept", "dropped", "inserted"; "" for plain text
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
		When: dayOf(a.Published), Machine: machineDay(a),
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

// momentOf is a day with its time where that is known.
func momentOf(t time.Time, dateOnly bool) string {
	if t.IsZero() || dateOnly {
		return dayOf(t)
	}
	return t.Format("2 January 2006, 15:04 MST")
}

// machineDay is when an article was published, for programs.
func machineDay(a article.Article) string {
	switch {
	case a.Published.IsZero():
		return ""
	case a.DateOnly:
		return a.Published.Format(time.DateOnly)
	}
	return a.Published.Format(time.RFC3339)
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

// highlighted are the pieces of a body with what was found in them.
func highlighted(body string, pieces, found []text.Span) (out []run) {
	for i, piece := range pieces {
		if i > 0 {
			out = append(out, run{Text: " … "})
		}
		at := piece.Start
		for _, f := range found {
			if !piece.Contains(f) || f.Start < at {
				continue
			}
			out = appendRun(out, body[at:f.Start], "")
			out = appendRun(out, f.Of(body), "found")
			at = f.End
		}
		out = appendRun(out, body[at:piece.End], "")
	}
	return out
}

func appendRun(out []run, s, class string) []run {
	if s == "" {
		return out
	}
	return append(out, run{s, class})
}

// difference is a text with what it has otherwise than the words asked for.
func difference(asked, here string, changes []utterance.Change) (out []run) {
	at := 0
	upTo := func(end int) {
		out = appendRun(out, here[at:end], "")
		at = end
	}
	for _, c := range changes {
		if c.Here.Len() > 0 {
			upTo(c.Here.Start)
			at = c.Here.End
		}
		if c.Operation == utterance.Dropped || c.Operation == utterance.Changed {
			out = append(out, run{Text: " "}, run{c.Longest.Of(asked), "dropped"}, run{Text: " "})
		}
		switch {
		case c.Here.Len() == 0:
		case c.Operation == utterance.Kept:
			out = appendRun(out, c.Here.Of(here), "found")
		default:
			out = appendRun(out, c.Here.Of(here), "inserted")
		}
	}
	upTo(len(here))
	return out
}

// maxAround is how many words are shown before the first and after the last
// that something is said of.
const maxAround = 30

// around leaves out what is far from the words that something is said of.
func around(runs []run) []run {
	first, last := -1, -1
	for i, r := range runs {
		if r.Class != "" {
			last = i
			if first < 0 {
				first = i
			}
		}
	}
	for i, r := range runs {
		words := strings.Fields(r.Text)
		switch {
		case len(words) <= maxAround:
		case i < first:
			runs[i].Text = "… " + strings.Join(words[len(words)-maxAround:], " ") + " "
		case i > last:
			runs[i].Text = " " + strings.Join(words[:maxAround], " ") + " …"
		}
	}
	return runs
}

// anchor names a statement of an article by its place in it, from 0.
func anchor(n int) string { return "a" + strconv.Itoa(n+1) }
