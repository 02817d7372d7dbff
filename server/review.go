package server

import (
	"net/http"

	"onrecord/store"
)

// review is the page of what may be wrong: the attributions that the program is
// least sure of.
type review struct {
	List []doubt
}

func (*review) about() about { return about{name: "review", title: "To be reviewed"} }

// doubt is an attribution that may be wrong.
type doubt struct {
	report
	Who     voice
	Text    string
	Source  string // the words that name who is credited, "" for none
	Cue     string // and that credit
	Sure    string // "31 %"
	Speaker string // address to correct who that is, "" where nobody is named
	Story   string // address to correct which articles are in its story
}

// Bounds of the review.
const (
	maxReviewed = 5000 // newest statements that are looked at
	maxDoubts   = 40
)

func (s *Server) review(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	found, err := s.Store.Doubts(ctx, maxReviewed, maxDoubts)
	if err != nil {
		return err
	}
	p := &review{}
	for _, d := range found {
		a, err := s.Store.ArticleAt(ctx, d.Article)
		if err != nil {
			return err
		}
		one := newDoubt(a, d)
		if d.Who != 0 {
			known, err := s.Store.SpeakerOf(ctx, d.Who)
			if err != nil {
				return err
			}
			one.Speaker = addressOfCorrecting(known.Row, a.ID)
			one.Who = newVoice(d.Speaker, known.Row)
		}
		p.List = append(p.List, one)
	}
	return s.show(w, r, http.StatusOK, p)
}

func newDoubt(a *store.Article, d store.Doubt) doubt {
	return doubt{
		report: newReport(a.Article, "#"+anchor(d.N)), Who: newVoice(d.Speaker, 0), Text: d.Text,
		Source: plainValue(phraseOf(a.Body, d.Source)), Cue: plainValue(phraseOf(a.Body, d.Cue)),
		Sure: percent(d.Confidence), Story: addressOfRegrouping(a.Story),
	}
}
