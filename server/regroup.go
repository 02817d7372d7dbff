package server

import (
	"net/http"
	"strings"

	"onrecord/store"
)

// regroup is the page to correct which articles are in a story.
type regroup struct {
	Address  string
	Headline link
	Articles []grouping
	One      bool // there is nothing to be taken out
	Seal     string
	Reader   bool
}

func (p *regroup) about() about {
	return about{name: "regroup", title: "Correct: " + p.Headline.Text}
}

// grouping is an article of the story.
type grouping struct {
	report
	ID  string
	Box string // its anchor
}

func (s *Server) regroup(w http.ResponseWriter, r *http.Request) error {
	number, err := numberOf(r)
	if err != nil {
		return err
	}
	of, err := s.Store.Story(r.Context(), number)
	if err != nil {
		return err
	}
	found, err := s.visitor(r)
	if err != nil {
		return err
	}
	p := &regroup{
		Address: addressOfRegrouping(of.Row), Headline: link{headlineOf(of), addressOfStory(of.Row)},
		One: len(of.Articles) < 2, Seal: s.sealOf(found), Reader: found.Name == "",
	}
	for i, a := range of.Articles {
		p.Articles = append(p.Articles, grouping{newReport(a.Article, ""), a.ID, "article-" + grouped(i+1)})
	}
	return s.show(w, r, http.StatusOK, p)
}

// correctStory splits, moves or merges, as the button says that was pressed.
func (s *Server) correctStory(w http.ResponseWriter, r *http.Request) error {
	return s.correct(w, r, func(by string) error {
		ctx := r.Context()
		number, err := numberOf(r)
		if err != nil {
			return err
		}
		articles := chosenOnes(r, "article")
		do := store.Change(r.PostForm.Get("do"))
		if do != store.Merge && len(articles) == 0 {
			return errNoChoice
		}
		if do == store.Split {
			_, err = s.Record.Split(ctx, by, number, articles...)
			return err
		}
		other, err := storyIn(r.PostForm.Get("story"))
		if err != nil {
			return err
		}
		switch do {
		case store.Move:
			_, err = s.Record.Move(ctx, by, other, articles...)
		case store.Merge:
			_, err = s.Record.Merge(ctx, by, number, other)
		default:
			err = errForm
		}
		return err
	})
}

// storyIn is the number of a story as people give it: alone, or in its address.
func storyIn(s string) (int64, error) {
	if _, after, ok := strings.Cut(s, "/story/"); ok {
		s, _, _ = strings.Cut(after, "/")
		s, _, _ = strings.Cut(s, "?")
		s, _, _ = strings.Cut(s, "#")
	}
	n, err := numberIn(strings.TrimSpace(s))
	if err != nil {
		return 0, errNoStory
	}
	return n, nil
}
