package page

import (
	"fmt"
	"strings"
	"time"

	"onrecord/article"
	"onrecord/format"
)

// story is one story of the page. What is named More is folded away.
type story struct {
	ID           string
	Headline     string // of the article that was first
	Dates        string // from the first article to the last
	Outlets      []string
	Named        []column // the articles as the head lists them
	Unnamed      []column
	Counts       []tally
	More         []Link // to what a server's page has besides
	Wide         bool   // there are too many articles for a column each
	Matrix       []row  // what two outlets or more carry
	Before       string // address of the rows before, "" for none
	After        string
	Only         []only
	Elsewhere    []onlyCount // in place of Only where there are many articles
	Tensions     []tension
	MoreTensions []tension
	Figures      []slot // that two outlets or more give
	MoreFigures  []slot
	Lone         []slot // that one outlet gives
	VoiceColumns []string
	Voices       []voice
	Quieter      []voice // the rest of them
	Chart        *chart  // of Voices, nil in a file
	Framings     []framing
	MoreFramings []framing
	Own          []ownVoice
	MoreOwn      []ownVoice
	Events       []event
	MoreEvents   []event
	Columns      []column
}

// tally is a number of the summary, with where its list is.
type tally struct {
	Number int
	Noun   string
	Href   string
}

// loud is the number of voices that are shown at once.
const loud = 12

func (b *builder) story(id string) story {
	s := story{
		ID: id, Headline: format.Headline(b.Reports), Dates: b.dates(), Outlets: b.outlets, VoiceColumns: b.outlets,
		Tensions: b.tensions(), Voices: b.voices(), Framings: b.framings(),
		Own: b.ownVoices(), Events: b.events(), Columns: b.columns(),
	}
	s.Named = s.Columns
	s.Matrix, s.Only = b.rows()
	s.Figures, s.Lone = b.slots()
	if len(s.Voices) > loud {
		s.Voices, s.Quieter = s.Voices[:loud], s.Voices[loud:]
	}
	differ := 0
	for _, f := range s.Figures {
		if f.Differs {
			differ++
		}
	}
	alone := len(b.Utterances) - len(s.Matrix)
	s.Counts = []tally{
		{len(s.Matrix), noun(len(s.Matrix), "utterance", "utterances") + " in two or more outlets", "#" + id + "-matrix"},
		{alone, "in one", "#" + id + "-only"},
		{len(s.Tensions), noun(len(s.Tensions), "tension", "tensions"), "#" + id + "-tensions"},
		{differ, noun(differ, "figure differs", "figures differ"), "#" + id + "-figures"},
	}
	return s
}

func noun(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// dates are those from the first article to the last.
func (b *builder) dates() string {
	var first, last time.Time
	for _, r := range b.Reports {
		at := r.Article.Published
		if at.IsZero() {
			continue
		}
		if first.IsZero() || at.Before(first) {
			first = at
		}
		if at.After(last) {
			last = at
		}
	}
	const layout = "2 January 2006"
	from, to := first.Format(layout), last.Format(layout)
	switch {
	case first.IsZero():
		return ""
	case from == to:
		return to
	case first.Format("2006-01") == last.Format("2006-01"):
		return fmt.Sprintf("%d–%s", first.Day(), to)
	case first.Year() == last.Year():
		return first.Format("2 January") + " – " + to
	}
	return from + " – " + to
}

// published is an article's date, with the time where it is known.
func published(a article.Article) string {
	switch {
	case a.Published.IsZero():
		return ""
	case a.DateOnly:
		return a.Published.Format("2 January 2006")
	}
	return strings.TrimSuffix(a.Published.Format("2 January 2006, 15:04 UTC-07:00"), "+00:00")
}

// byline is who wrote an article.
func byline(a article.Article) string { return shown(strings.Join(a.Byline, ", ")) }
