package server

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"onrecord/record"
	"onrecord/store"
)

// rename is the page to correct who a speaker is.
type rename struct {
	Address   string
	Name      link
	Spellings []spelling
	One       bool   // there is no other name to be told apart
	Article   link   // in which the name may mean somebody else; no text for none
	In        string // its ID
	There     string // the name that it has
	Seal      string
	Reader    bool
}

func (p *rename) about() about { return about{name: "rename", title: "Correct: " + p.Name.Text} }

// spelling is a name of the speaker.
type spelling struct {
	Text     string
	Articles string // "7 articles"
	Box      string // its anchor
}

func (s *Server) rename(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	row, err := numberIn(r.PathValue("speaker"))
	if err != nil {
		return err
	}
	known, err := s.Store.SpeakerAt(ctx, row)
	if err != nil {
		return err
	}
	found, err := s.visitor(r)
	if err != nil {
		return err
	}
	names, err := s.spellings(ctx, known.Row)
	if err != nil {
		return err
	}
	p := &rename{
		Address: addressOfCorrecting(known.Row, ""), Name: link{known.Name, addressOfSpeaker(known.Row, known.Name)},
		One: len(names) < 2, Seal: s.sealOf(found), Reader: found.Name == "",
	}
	for i, n := range names {
		p.Spellings = append(p.Spellings, spelling{n.Text, counted(n.Articles, "article", "articles"), "name-" + grouped(i+1)})
	}
	if in := r.URL.Query().Get("in"); in != "" {
		a, err := s.Store.Article(ctx, in)
		if err != nil {
			return err
		}
		there, err := s.Store.Called(ctx, a.Row)
		if err != nil {
			return err
		}
		for name, v := range there {
			if v.Speaker == known.Row && name > p.There { // the same one each time
				p.There = name
			}
		}
		if p.There != "" {
			p.In, p.Article = a.ID, link{titleOfArticle(a.Article) + " (" + outletOf(a.Article) + ")", addressOfArticle(a.ID)}
		}
	}
	return s.show(w, r, http.StatusOK, p)
}

// spellings are the names of a speaker that articles have, each once, those of
// most articles first.
func (s *Server) spellings(ctx context.Context, row int64) (out []store.Name, err error) {
	all, err := s.Store.Spellings(ctx, row)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, n := range all {
		if n.Articles > 0 && !seen[n.Text] {
			seen[n.Text] = true
			out = append(out, n)
		}
	}
	return out, nil
}

// correctSpeaker renames, joins or tells apart, as the button says that was
// pressed.
func (s *Server) correctSpeaker(w http.ResponseWriter, r *http.Request) error {
	return s.correct(w, r, func(by string) error {
		ctx := r.Context()
		row, err := numberIn(r.PathValue("speaker"))
		if err != nil {
			return err
		}
		who, err := s.meantAt(ctx, row)
		if err != nil {
			return err
		}
		switch sent := r.PostForm; sent.Get("do") {
		case "rename":
			_, err = s.Record.Rename(ctx, by, who.name, strings.TrimSpace(sent.Get("name")), who.articles())
		case "same":
			var other meant
			if other, err = s.meantBy(ctx, strings.TrimSpace(sent.Get("other"))); err != nil {
				return err
			}
			var articles []string
			if who.shared || other.shared {
				articles = []string{who.article, other.article}
			}
			_, err = s.Record.Same(ctx, by, []string{who.name, other.name}, articles)
		case "different":
			_, err = s.Record.Different(ctx, by, []string{who.name, sent.Get("spelling")}, nil)
		case "elsewhere":
			_, err = s.Record.Different(ctx, by, []string{sent.Get("there")}, []string{sent.Get("in")})
		default:
			err = errForm
		}
		return err
	})
}

// meant is a speaker as corrections name one.
type meant struct {
	name    string
	article string // that credits something to the name, by ID
	shared  bool   // others have the name
}

// articles tell whom the name means, where that has to be said.
func (c meant) articles() []string {
	if !c.shared {
		return nil
	}
	return []string{c.article}
}

// meantAt is a speaker by the row.
func (s *Server) meantAt(ctx context.Context, row int64) (out meant, err error) {
	known, err := s.Store.SpeakerAt(ctx, row)
	if err != nil {
		return out, err
	}
	names, err := s.spellings(ctx, known.Row)
	if err != nil {
		return out, err
	}
	if len(names) == 0 {
		return out, store.ErrNotFound
	}
	out.name = names[0].Text
	if slices.ContainsFunc(names, func(n store.Name) bool { return n.Text == known.Name }) {
		out.name = known.Name
	}
	if out.article, err = s.Store.Crediting(ctx, known.Row, out.name); err != nil {
		return out, err
	}
	namesakes, err := s.Store.FindSpeakers(ctx, out.name, 2)
	out.shared = len(namesakes) > 1
	return out, err
}

// meantBy is a speaker by a name or by the address of a page. The error wraps
// record.ErrSeveral if several have the name.
func (s *Server) meantBy(ctx context.Context, given string) (meant, error) {
	if _, after, ok := strings.Cut(given, "/speaker/"); ok {
		number, _, _ := strings.Cut(after, "/")
		row, err := numberIn(number)
		if err != nil {
			return meant{}, err
		}
		return s.meantAt(ctx, row)
	}
	if given == "" {
		return meant{}, record.ErrOneName
	}
	found, err := s.Store.FindSpeakers(ctx, given, 2)
	switch {
	case err != nil:
		return meant{}, err
	case len(found) == 0:
		return meant{}, errNoSpeaker
	case len(found) > 1:
		return meant{}, record.ErrSeveral
	}
	return s.meantAt(ctx, found[0].Row)
}
