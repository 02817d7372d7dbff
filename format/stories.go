package format

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"onrecord/store"
)

// StoryJSON writes a line of JSON for each article of a story, of every version
// of it, which says that it is in that story.
func StoryJSON(w io.Writer, s store.Story) error {
	type line struct {
		Article string `json:"article"` // ID
		Story   string `json:"story"`   // ID
	}
	for _, a := range slices.Concat(s.Articles, s.Earlier) {
		if err := writeJSON(w, line{a.ID, strconv.FormatInt(s.Row, 10)}); err != nil {
			return err
		}
	}
	return nil
}

// Bounds of what is said of a story in a list.
const (
	outletsNamed = 3
	idsNamed     = 8 // articles of a correction
)

// StoriesText writes stories for people: number and headline, how many articles
// of which outlets from when to when, and who says most.
func StoriesText(w io.Writer, stories []store.Story, o TextOptions) error {
	b := board{width: max(o.Width, minWidth), colour: o.Colour}
	wide := 0
	for _, s := range stories {
		wide = max(wide, len(strconv.FormatInt(s.Row, 10)))
	}
	margin := strings.Repeat(" ", wide+2)
	for _, s := range stories {
		b.gap()
		number := onRight(strconv.FormatInt(s.Row, 10), wide)
		b.put(b.paint(faint, number)+"  ", run{text: storyHeadline(s), tone: emphasized})
		b.put(margin, run{text: strings.Join(storyFacts(s), " · ")})
		var voices []string
		for _, v := range s.Voices {
			voices = append(voices, fmt.Sprintf("%s (%d)", v.Name, v.Statements))
		}
		if len(voices) > 0 {
			b.put(margin, run{text: strings.Join(voices, ", "), tone: faint})
		}
	}
	_, err := b.WriteTo(w)
	return err
}

// storyHeadline is the title of the first article that has one.
func storyHeadline(s store.Story) string {
	for _, a := range s.Articles {
		if a.Title != "" {
			return a.Title
		}
	}
	for _, a := range s.Articles {
		return a.ID
	}
	return "No articles"
}

// storyFacts are how many articles a story has, of which outlets and of when.
func storyFacts(s store.Story) []string {
	var outlets []string
	seen := map[string]bool{"": true}
	var first, last time.Time
	for _, a := range s.Articles {
		if !seen[a.Outlet] {
			seen[a.Outlet] = true
			outlets = append(outlets, a.Outlet)
		}
		if p := a.Published; !p.IsZero() {
			if first.IsZero() {
				first = p
			}
			last = p
		}
	}
	facts := []string{counted(len(s.Articles), "article", "articles")}
	if n := len(outlets); n > outletsNamed {
		facts = append(facts, fmt.Sprintf("%s and %d more", strings.Join(outlets[:outletsNamed], ", "), n-outletsNamed))
	} else if n > 0 {
		facts = append(facts, strings.Join(outlets, ", "))
	}
	if !first.IsZero() {
		facts = append(facts, days(first, last))
	}
	return facts
}

// days are the days from one to another: "17–19 August 2025".
func days(first, last time.Time) string {
	const day, month, year = "2", " January", " 2006"
	end := last.Format(day + month + year)
	switch from := first.Format(day + month + year); {
	case from == end:
		return end
	case first.Format(month+year) == last.Format(month+year):
		return first.Format(day) + "–" + end
	case first.Year() == last.Year():
		return first.Format(day+month) + " – " + end
	default:
		return from + " – " + end
	}
}

// WhyText says of each article why it is in its story, and what has been
// corrected about them.
func WhyText(w io.Writer, s store.Story, corrections []store.Correction, o TextOptions) error {
	b := board{width: max(o.Width, minWidth), colour: o.Colour}
	b.title(fmt.Sprintf("Why these articles are in story %d", s.Row))
	of := map[string]bool{} // IDs of its articles
	for _, a := range s.Earlier {
		of[a.ID] = true
	}
	for _, a := range s.Articles {
		of[a.ID] = true
		why, err := a.Reason()
		if err != nil {
			return err
		}
		b.gap()
		head := []run{{text: cmp.Or(a.Outlet, a.ID), tone: named}}
		if at := day(a.Article); at != "" {
			head = append(head, run{text: ", " + at})
		}
		if a.Title != "" {
			head = append(head, run{text: " · " + a.Title})
		}
		if a.Outlet != "" {
			head = append(head, run{text: " · " + a.ID, tone: faint})
		}
		b.put("", head...)
		for _, reason := range WhyThere(why) {
			b.hang("  ", 2, []run{{text: reason}})
		}
	}
	var about []store.Correction
	for _, c := range corrections {
		if slices.ContainsFunc(slices.Concat(c.Stories...), func(id string) bool { return of[id] }) {
			about = append(about, c)
		}
	}
	if len(about) > 0 {
		b.section("Corrected by hand", "")
		b.corrections(about)
	}
	_, err := b.WriteTo(w)
	return err
}

// WhyThere is why an article is in its story, a phrase each.
func WhyThere(w store.Why) (out []string) {
	switch {
	case w.Change != "":
		return []string{strings.TrimSuffix(fmt.Sprintf("put here by hand (%s) on %s by %s", w.Change, moment(w.At), w.By), " by ")}
	case w.Required == 0:
		return []string{"a story began with it"}
	}
	alike := fmt.Sprintf("alike by %.2f, where %.2f was enough", w.Alike, w.Required)
	if w.Days >= 0.5 {
		alike += fmt.Sprintf(" at %s from the story", counted(int(w.Days+0.5), "day", "days"))
	}
	out = append(out, alike)
	if len(w.Words) > 0 {
		out = append(out, "words in common: "+strings.Join(w.Words, ", "))
	}
	if w.Quoted != "" {
		out = append(out, "the story quotes this too: “"+w.Quoted+"”")
	}
	if len(w.With) > 0 {
		var numbers []string
		for _, n := range w.With {
			numbers = append(numbers, strconv.FormatInt(n, 10))
		}
		out = append(out, "showed that this is the story of "+strings.Join(numbers, ", ")+" too")
	}
	return out
}

// moment is a point in time.
func moment(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04 UTC") }

// CorrectionsText writes corrections for people, in their order.
func CorrectionsText(w io.Writer, corrections []store.Correction, o TextOptions) error {
	b := board{width: max(o.Width, minWidth), colour: o.Colour}
	b.corrections(corrections)
	_, err := b.WriteTo(w)
	return err
}

// CorrectionsJSON writes a line of JSON for each correction, which import takes.
func CorrectionsJSON(w io.Writer, corrections []store.Correction) error {
	for _, c := range corrections {
		if err := writeJSON(w, c); err != nil {
			return err
		}
	}
	return nil
}

func (b *board) corrections(all []store.Correction) {
	for _, c := range all {
		b.gap()
		head := []run{{text: string(c.What), tone: emphasized}, {text: " · " + moment(c.At)}}
		if c.By != "" {
			head = append(head, run{text: " · " + c.By})
		}
		b.put("", head...)
		for i, list := range c.Stories {
			lead := "one story: "
			if i > 0 {
				lead = "another: "
			}
			b.hang("  ", 2, []run{{text: lead + someOf(list)}})
		}
		if len(c.Names) > 0 {
			names := someOf(c.Names)
			switch c.What {
			case store.Same:
				names = "one speaker: " + names
			case store.Different:
				names = "not one speaker: " + names
			case store.Rename:
				names += " is called " + c.Name
			}
			b.hang("  ", 2, []run{{text: names}})
		}
		if len(c.Articles) > 0 {
			b.hang("  ", 2, []run{{text: "in " + someOf(c.Articles)}})
		}
	}
}

// someOf names the first items of a list and says how many more there are.
func someOf(list []string) string {
	if n := len(list) - idsNamed; n > 1 {
		return fmt.Sprintf("%s and %d more", strings.Join(list[:idsNamed], ", "), n)
	}
	return strings.Join(list, ", ")
}
