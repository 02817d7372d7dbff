package format

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"onrecord/check"
	"onrecord/store"
	"onrecord/text"
	"onrecord/utterance"
)

// Checked is what a record has of some words, as JSON has it.
type Checked struct {
	Asked      string             `json:"asked"`
	Utterances []CheckedUtterance `json:"utterances"` // the nearest first; empty where nobody is on record
	OwnVoice   []CheckedMatch     `json:"own_voice"`  // articles that print the words as their own
}

// CheckedUtterance is an utterance with everybody who printed it.
type CheckedUtterance struct {
	Speakers []Speaker      `json:"speakers"` // whom the outlets credit; more than one where they disagree
	First    int            `json:"first"`    // the match printed first: an index, as Longest and Nearest
	Longest  int            `json:"longest"`
	Nearest  int            `json:"nearest"` // to the words asked for
	Matches  []CheckedMatch `json:"matches"`
}

// CheckedMatch is an article's wording of the words asked for.
type CheckedMatch struct {
	Article   string  `json:"article"` // ID
	Outlet    string  `json:"outlet"`
	Title     string  `json:"title"`
	URL       string  `json:"url"`
	Published string  `json:"published"` // ISO 8601, with the time where it is known
	Earlier   bool    `json:"earlier"`   // only a version that another one has replaced prints it
	Speaker   Speaker `json:"speaker"`
	Cue       string  `json:"cue"`
	Kind      string  `json:"kind"`
	Quoted    bool    `json:"quoted"`
	Exact     bool    `json:"exact"`
	Score     float64 `json:"score"`
	Text      string  `json:"text"`
	Spans     []Span  `json:"spans"` // characters of Text: the words found

	Attribution string          `json:"attribution"` // ID in the article, "" where Text is of nobody whom the record names
	Passage     []Span          `json:"passage"`     // characters of the article: all of Text
	Changes     []CheckedChange `json:"changes"`
}

// CheckedChange is what became of a run of the words asked for.
type CheckedChange struct {
	Operation string `json:"op"`
	Asked     string `json:"asked"`
	Here      string `json:"here"`
}

// CheckJSON writes an answer as an object on one line.
func CheckJSON(w io.Writer, a check.Answer, at Placer) error {
	out, err := NewChecked(a, at)
	if err != nil {
		return err
	}
	return writeJSON(w, out)
}

// Placer gives the statement of a row with its article.
type Placer func(statement int64) (store.Hit, error)

// NewChecked converts an answer. at says where the statements stand.
func NewChecked(a check.Answer, at Placer) (out Checked, err error) {
	out = Checked{Asked: a.Asked, Utterances: make([]CheckedUtterance, len(a.Utterances))}
	if out.OwnVoice, err = checkedMatches(a.Asked, a.OwnVoice, at); err != nil {
		return out, err
	}
	for i, u := range a.Utterances {
		one := CheckedUtterance{Longest: u.Longest, Nearest: u.Best}
		if one.Matches, err = checkedMatches(a.Asked, u.Matches, at); err != nil {
			return out, err
		}
		for _, s := range u.Speakers() {
			one.Speakers = append(one.Speakers, Speaker(s))
		}
		out.Utterances[i] = one
	}
	return out, nil
}

func checkedMatches(asked string, all []check.Match, at Placer) ([]CheckedMatch, error) {
	out := make([]CheckedMatch, len(all))
	for i, m := range all {
		a := m.Article
		id, passage := "", []Span{{m.Place.Start, m.Place.End}}
		if m.Statement != 0 {
			h, err := at(m.Statement)
			if err != nil {
				return nil, err
			}
			id, passage = attributionID(h.N), spans(text.NewCharacters(h.Article.Body), h.Statement.Content)
		}
		out[i] = CheckedMatch{
			Article: a.ID, Outlet: a.Outlet, Title: a.Title, URL: a.URL, Published: Published(a), Earlier: m.Earlier, Speaker: Speaker(m.Speaker), Cue: m.Cue, Kind: string(m.Kind),
			Quoted: m.Quoted, Exact: m.Exact(), Score: fourDecimals(m.Score), Text: m.Text, Spans: spans(text.NewCharacters(m.Text), m.Spans),
			Attribution: id, Passage: passage, Changes: make([]CheckedChange, len(m.Changes)),
		}
		for k, c := range m.Changes {
			out[i].Changes[k] = CheckedChange{string(c.Operation), c.Longest.Of(asked), c.Here.Of(m.Text)}
		}
	}
	return out, nil
}

// How much of an answer is shown, unless all of it is.
const (
	manyUtterances = 3
	manyMatches    = 8
	manyAround     = 25 // words before and after those found
	manyEnds       = 3  // words at the ends of what is not printed
)

// CheckText writes an answer for people: each utterance with whom the outlets
// credit, and every wording with what it has otherwise than the words asked
// for. Nothing of an article can add styles of its own.
func CheckText(w io.Writer, a check.Answer, o TextOptions) error {
	b := board{width: max(o.Width, minWidth), colour: o.Colour}
	if len(a.Utterances) == 0 {
		b.put("", run{text: "Nobody is on record with these words or words near them.", tone: emphasized})
	}
	shown := a.Utterances
	if !o.All {
		shown = shown[:min(len(shown), manyUtterances)]
	}
	for _, u := range shown {
		b.checked(u, a.Asked, o.All)
	}
	if more := len(a.Utterances) - len(shown); more > 0 {
		b.gap()
		b.put("", run{text: fmt.Sprintf("Words near them are in %s (--all).", counted(more, "more utterance", "more utterances")), tone: faint})
	}
	if len(a.OwnVoice) > 0 {
		b.gap()
		b.put("", run{text: "Printed without quotation marks and credited to nobody:"})
		b.matches(a.OwnVoice, a.Asked, o.All, func(int) []string { return nil })
	}
	_, err := b.WriteTo(w)
	return err
}

// checked writes an utterance.
func (b *board) checked(u check.Utterance, asked string, all bool) {
	b.gap()
	speakers := u.Speakers()
	var head []run
	for i, s := range speakers {
		if i > 0 {
			head = append(head, run{text: "; "})
		}
		head = append(head, run{text: SpeakerName(s), tone: named})
		if role := SpeakerRole(s); role != "" {
			head = append(head, run{text: ", " + role, tone: faint})
		}
	}
	if len(speakers) > 1 {
		head = append(head, run{text: " (the outlets do not agree)", tone: emphasized})
	}
	b.put("", head...)
	b.matches(u.Matches, asked, all, func(i int) (notes []string) {
		if len(u.Matches) > 1 && i == 0 && !u.Matches[0].Article.Published.IsZero() {
			notes = append(notes, "first")
		}
		if len(u.Matches) > 1 && i == u.Longest {
			notes = append(notes, "longest")
		}
		if len(speakers) > 1 {
			notes = append(notes, "credited to "+SpeakerName(u.Matches[i].Speaker))
		}
		return notes
	})
}

// matches writes wordings, each with notes on it.
func (b *board) matches(all []check.Match, asked string, whole bool, notes func(i int) []string) {
	margin := strings.Repeat(" ", gutter)
	for i, m := range all {
		if !whole && i == manyMatches {
			b.put("  ", run{text: fmt.Sprintf("… and %s (--all)", counted(len(all)-i, "more report", "more reports")), tone: faint})
			return
		}
		a := m.Article
		about := []string{cmp.Or(Harmless(a.Outlet), Harmless(a.ID))}
		if !a.Published.IsZero() {
			about = append(about, a.Published.Format("2 January 2006"))
		}
		if m.Earlier {
			about = append(about, "earlier version")
		}
		about = append(about, notes(i)...)
		switch {
		case m.Exact() && m.Quoted:
			about = append(about, "word for word")
		case m.Exact():
			about = append(about, "word for word, not quoted")
		case m.Kind != "" && !m.Quoted:
			about = append(about, "not quoted")
		}
		b.put("  ", run{text: strings.Join(about, " · "), tone: emphasized})
		b.put(margin, wording(m, asked, whole)...)
		if a.Title != "" {
			b.put(margin, run{text: Harmless(a.Title), tone: faint})
		}
		if a.URL != "" { // in one piece, so that it can be copied
			fmt.Fprintln(b, margin+b.paint(faint, Harmless(a.URL)))
		}
	}
}

// wording is a passage with what it has otherwise than the words asked for.
func wording(m check.Match, asked string, whole bool) (out []run) {
	at := 0
	upTo := func(end int) {
		out = append(out, run{text: m.Text[at:end]})
		at = end
	}
	for _, c := range m.Changes {
		if c.Here.Len() > 0 {
			upTo(c.Here.Start)
			at = c.Here.End
		}
		if c.Operation == utterance.Dropped || c.Operation == utterance.Changed {
			out = append(out, run{text: " "}, run{text: ends(c.Longest.Of(asked), whole), tone: dropped}, run{text: " "})
		}
		if c.Here.Len() > 0 {
			tone := inserted
			if c.Operation == utterance.Kept {
				tone = matched
			}
			out = append(out, run{text: c.Here.Of(m.Text), tone: tone})
		}
	}
	upTo(len(m.Text))
	if whole || len(m.Spans) == 0 {
		return out
	}
	return around(out)
}

// ends are the first and the last words of many.
func ends(s string, whole bool) string {
	words := strings.Fields(s)
	if whole || len(words) <= 2*manyEnds+2 {
		return s
	}
	return strings.Join(words[:manyEnds], " ") + " … " + strings.Join(words[len(words)-manyEnds:], " ")
}

// around leaves out what is far before the first word found and after the last.
func around(runs []run) []run {
	first, last := -1, 0
	for i, r := range runs {
		if r.tone != plain && first < 0 {
			first = i
		}
		if r.tone != plain {
			last = i
		}
	}
	for i, r := range runs {
		words := strings.Fields(r.text)
		switch {
		case len(words) <= manyAround:
		case i < first:
			runs[i].text = "… " + strings.Join(words[len(words)-manyAround:], " ") + tail(r.text)
		case i > last:
			runs[i].text = lead(r.text) + strings.Join(words[:manyAround], " ") + " …"
		}
	}
	return runs
}

// lead and tail are the white space at the ends of a text, as one space.
func lead(s string) string {
	if spaceBefore(s) {
		return " "
	}
	return ""
}

func tail(s string) string {
	if spaceAfter(s) {
		return " "
	}
	return ""
}
