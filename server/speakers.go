package server

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"onrecord/profile"
	"onrecord/store"
)

// speakersPage is the list of speakers, or of those with a name.
type speakersPage struct {
	Query    string
	Speakers []listedSpeaker
	More     string // how many are shown if there are others, "" if not
	Near     []link // names that are spelled nearly so, where nobody has that one
}

func (p *speakersPage) about() about {
	if p.Query == "" {
		return about{name: "speakers", title: "Speakers"}
	}
	return about{name: "speakers", title: p.Query + " – speakers"}
}

// listedSpeaker is a speaker with what tells them from others.
type listedSpeaker struct {
	Name   link
	Counts string // "12 statements in 8 articles"
	Also   string // other names, "" for none
	Roles  string // of one who has the name of another on the page, "" for none
	When   string // and the days of the first and last statement
}

// How many speakers a list has, of how many of one name it says what tells them
// apart, and how many other names are offered.
const (
	maxListed  = 100
	maxApart   = 20
	maxNear    = 8
	alsoListed = 4
)

// speakers lists them, those with the name itself first.
func (s *Server) speakers(w http.ResponseWriter, r *http.Request) error {
	asked := strings.TrimSpace(r.URL.Query().Get("q"))
	if len(asked) > maxAsked {
		return errTooLong
	}
	state, err := s.lately(r.Context(), brief(s.Now()))
	if err != nil {
		return err
	}
	return s.showKept(w, r, "speakers "+asked, state, func(ctx context.Context) (content, error) {
		return s.newSpeakersPage(ctx, asked)
	})
}

// named leads to the speaker of a name, or to the list of all who have it.
func (s *Server) named(w http.ResponseWriter, r *http.Request) error {
	name := r.URL.Query().Get("name")
	if len(name) > maxAsked {
		return errTooLong
	}
	found, err := s.Store.FindSpeakers(r.Context(), name, 2)
	if err != nil {
		return err
	}
	to := addressOfSpeakers(name)
	if len(found) == 1 {
		to = addressOfSpeaker(found[0].Row, found[0].Name)
	}
	http.Redirect(w, r, to, http.StatusFound)
	return nil
}

func (s *Server) newSpeakersPage(ctx context.Context, asked string) (*speakersPage, error) {
	found, err := s.Store.SpeakersWith(ctx, asked, maxListed+1)
	if err != nil {
		return nil, err
	}
	exact, err := s.Store.FindSpeakers(ctx, asked, maxListed+1)
	if err != nil {
		return nil, err
	}
	for _, k := range found {
		if !slices.Contains(exact, k) {
			exact = append(exact, k)
		}
	}
	found = slices.DeleteFunc(exact, func(k store.Known) bool { return k.Articles == 0 })
	p := &speakersPage{Query: asked}
	if len(found) > maxListed {
		found, p.More = found[:maxListed], grouped(maxListed)
	}
	named := map[string]int{}
	for _, k := range found {
		named[k.Name]++
	}
	apart := 0
	for _, k := range found {
		var c profile.Credits
		if named[k.Name] > 1 && apart < maxApart {
			apart++
			c, err = s.Store.Credits(ctx, k.Row)
		} else {
			c.Name = k.Name
			c.Spellings, err = s.spelled(ctx, k.Row)
		}
		if err != nil {
			return nil, err
		}
		p.Speakers = append(p.Speakers, newListedSpeaker(k, c))
	}
	if len(found) == 0 && asked != "" {
		near, err := s.Store.NearNames(ctx, asked, maxNear)
		if err != nil {
			return nil, err
		}
		for _, name := range near {
			p.Near = append(p.Near, link{name, addressOfSpeakers(name)})
		}
	}
	return p, nil
}

func (s *Server) spelled(ctx context.Context, row int64) (out []profile.Spelling, err error) {
	names, err := s.Store.Spellings(ctx, row)
	for _, n := range names {
		out = append(out, profile.Spelling{Text: n.Text, Articles: n.Articles})
	}
	return out, err
}

func newListedSpeaker(k store.Known, c profile.Credits) listedSpeaker {
	out := listedSpeaker{
		Name: link{k.Name, addressOfSpeaker(k.Row, k.Name)}, Counts: counted(k.Statements, "statement", "statements") + " in " + counted(k.Articles, "article", "articles"),
		Also: listed(otherNames(c), alsoListed), When: fromTo(c.First, c.Last),
	}
	var roles []string
	for _, r := range rolesOf(c.Roles) {
		roles = append(roles, r.Role)
	}
	out.Roles = listed(roles, alsoListed)
	return out
}

// addressOfSpeakers is the list of those with a name.
func addressOfSpeakers(name string) string { return "/speakers?" + url.Values{"q": {name}}.Encode() }
