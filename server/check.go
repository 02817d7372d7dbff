package server

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"onrecord/check"
	"onrecord/store"
)

// checked is the page that says who is on record with some words.
type checked struct {
	Asked      string // "" where nothing was asked
	Utterances []checkedUtterance
	More       string // how many utterances are left out, "" for none
	OwnVoice   []checkedMatch
}

func (p *checked) about() about {
	if p.Asked == "" {
		return about{name: "check", title: "Check a quote"}
	}
	return about{name: "check", title: p.Asked + " – on record?"}
}

// checkedUtterance is what was said once, with everybody who printed it.
type checkedUtterance struct {
	Speakers []voice
	Disagree bool // the outlets credit different speakers
	Outlets  string
	Matches  []checkedMatch
	More     string // how many reports are left out, "" for none
}

// checkedMatch is the wording of an article.
type checkedMatch struct {
	report
	Notes  []string // "the longest"
	Exact  bool
	Credit voice // where the outlets disagree
	Text   []run
}

// How much of an answer is shown.
const (
	maxAsked       = 2000 // bytes of the words asked for
	shownUtterance = 5
	shownMatches   = 20
)

func (s *Server) check(w http.ResponseWriter, r *http.Request) error {
	asked := strings.TrimSpace(r.URL.Query().Get("q"))
	if len(asked) > maxAsked {
		return errTooLong
	}
	if asked == "" {
		return s.show(w, r, http.StatusOK, &checked{})
	}
	answer, err := check.Find(r.Context(), s.Store, asked)
	if err != nil {
		return err
	}
	places, err := s.places(r.Context(), answer)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, newChecked(answer, places))
}

// madeAt is where a statement stands in its article, and whose it is.
type madeAt struct {
	anchor  string
	speaker int64 // row, 0 where nobody is named
}

// places are those of the statements of an answer, by their rows.
func (s *Server) places(ctx context.Context, answer check.Answer) (map[int64]madeAt, error) {
	out := map[int64]madeAt{}
	for _, u := range answer.Utterances[:min(len(answer.Utterances), shownUtterance)] {
		for _, m := range u.Matches {
			if m.Statement == 0 {
				continue
			}
			n, err := s.Store.Number(ctx, m.Statement)
			if errors.Is(err, store.ErrNotFound) { // gone in the meantime
				continue
			}
			if err != nil {
				return nil, err
			}
			who, err := s.Store.Says(ctx, m.Statement)
			if err != nil && !errors.Is(err, store.ErrNotFound) {
				return nil, err
			}
			out[m.Statement] = madeAt{"#" + anchor(n), who.Speaker}
		}
	}
	return out, nil
}

func newChecked(answer check.Answer, places map[int64]madeAt) *checked {
	p := &checked{Asked: answer.Asked}
	for _, u := range answer.Utterances[:min(len(answer.Utterances), shownUtterance)] {
		p.Utterances = append(p.Utterances, newCheckedUtterance(u, answer.Asked, places))
	}
	if n := len(answer.Utterances) - len(p.Utterances); n > 0 {
		p.More = counted(n, "more utterance", "more utterances")
	}
	for _, m := range answer.OwnVoice[:min(len(answer.OwnVoice), shownMatches)] {
		p.OwnVoice = append(p.OwnVoice, newCheckedMatch(m, answer.Asked, ""))
	}
	return p
}

func newCheckedUtterance(u check.Utterance, asked string, places map[int64]madeAt) checkedUtterance {
	out := checkedUtterance{}
	for _, s := range u.Speakers() {
		row := int64(0)
		for _, m := range u.Matches {
			if m.Speaker.Name == s.Name && row == 0 {
				row = places[m.Statement].speaker
			}
		}
		out.Speakers = append(out.Speakers, newVoice(s, row))
	}
	out.Disagree = len(out.Speakers) > 1
	outlets := map[string]bool{}
	for i, m := range u.Matches {
		outlets[m.Article.Outlet] = true
		if i >= shownMatches && i != u.Longest && i != u.Best {
			continue
		}
		one := newCheckedMatch(m, asked, places[m.Statement].anchor)
		if out.Disagree {
			one.Credit = newVoice(m.Speaker, places[m.Statement].speaker)
		}
		if len(u.Matches) > 1 {
			if i == 0 && !m.Article.Published.IsZero() {
				one.Notes = append(one.Notes, "printed first")
			}
			if i == u.Longest {
				one.Notes = append(one.Notes, "the longest")
			}
		}
		out.Matches = append(out.Matches, one)
	}
	out.Outlets = counted(len(outlets), "outlet", "outlets")
	if n := len(u.Matches) - len(out.Matches); n > 0 {
		out.More = counted(n, "more report", "more reports")
	}
	return out
}

// newCheckedMatch links to a place in the article or, where none is known, to
// the words found.
func newCheckedMatch(m check.Match, asked, place string) checkedMatch {
	if place == "" && len(m.Spans) > 0 {
		place = fragment(m.Text[m.Spans[0].Start:m.Spans[len(m.Spans)-1].End])
	}
	out := checkedMatch{report: newReport(m.Article, place), Exact: m.Exact(), Text: around(difference(asked, m.Text, m.Changes))}
	if !m.Quoted {
		out.Notes = append(out.Notes, "not in quotation marks")
	}
	if m.Earlier {
		out.Notes = append(out.Notes, "in an earlier version")
	}
	return out
}
