package server

import (
	"cmp"
	"context"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"onrecord/format"
	"onrecord/store"
)

// storyPage is the page of a story: its articles side by side.
type storyPage struct {
	Title   string
	Head    template.HTML // the parts of the comparison
	Matrix  template.HTML
	Rest    template.HTML
	Columns []template.HTML
	Choice  []chosen // which articles stand side by side, where not all can
	Most    int      // that can
	Left    string   // how many articles are not compared, "" for none
	Why     []why
	MoreWhy []why // folded away
	Address string
	Dock    template.HTML // says what is chosen
}

func (p *storyPage) about() about {
	return about{name: "story", title: p.Title + " – side by side", script: comparisonScript, feeds: feedsOf(p.Address, "")}
}

// chosen is an article that may stand beside others.
type chosen struct {
	Number int // from 1, in the comparison
	Outlet string
	Title  string
	Day    string
	Chosen bool
	Page   string
}

// why is why an article is in the story.
type why struct {
	report
	Reasons []string
}

// maxBeside is how many articles stand side by side where there are too many
// for all of them.
const maxBeside = 6

// fewReasons is how many articles are shown at once with why they are there.
const fewReasons = 12

// storyView is what is asked for of a story.
type storyView struct {
	rows   int   // page of the matrix, from 1
	beside []int // articles, from 1, in ascending order
}

func newStoryView(q url.Values) (v storyView, err error) {
	if v.rows, err = strconv.Atoi(cmp.Or(q.Get("rows"), "1")); err != nil || v.rows < 1 {
		return v, errNoPage
	}
	for _, a := range q["beside"] {
		n, err := strconv.Atoi(a)
		if err != nil || n < 1 || n > maxSideBySide {
			return v, errNoPage
		}
		v.beside = append(v.beside, n)
	}
	slices.Sort(v.beside)
	v.beside = slices.Compact(v.beside)
	v.beside = v.beside[:min(len(v.beside), maxBeside)]
	return v, nil
}

// numberOf is the number in an address of a story.
func numberOf(r *http.Request) (int64, error) {
	n, err := strconv.ParseInt(r.PathValue("story"), 10, 64)
	if err != nil || n < 1 {
		return 0, errNoPage
	}
	return n, nil
}

// storyAt finds the story that a request asks for. Where its number leads to
// another one, the visitor is sent there and the row is 0.
func (s *Server) storyAt(w http.ResponseWriter, r *http.Request, rest string) (row int64, state string, err error) {
	number, err := numberOf(r)
	if err != nil {
		return 0, "", err
	}
	row, state, err = s.stateOf(r.Context(), number)
	if err != nil {
		return 0, "", err
	}
	if row != number {
		http.Redirect(w, r, addressOfStory(row)+rest, http.StatusPermanentRedirect)
		return 0, "", nil
	}
	return row, state, nil
}

func (s *Server) story(w http.ResponseWriter, r *http.Request) error {
	v, err := newStoryView(r.URL.Query())
	if err != nil {
		return err
	}
	row, state, err := s.storyAt(w, r, "")
	if err != nil || row == 0 {
		return err
	}
	return s.showKept(w, r, fmt.Sprint("story ", row, v), state, func(ctx context.Context) (content, error) {
		c, err := s.comparison(ctx, row, state)
		if err != nil {
			return nil, err
		}
		if v.rows > len(c.Matrix) {
			return nil, errNoPage
		}
		one, err := s.Store.Story(ctx, row)
		if err != nil {
			return nil, err
		}
		return newStoryPage(row, v, c, one)
	})
}

func newStoryPage(row int64, v storyView, c *compared, one store.Story) (*storyPage, error) {
	p := &storyPage{Title: c.Title, Head: c.Head, Matrix: c.Matrix[v.rows-1], Rest: c.Rest, Most: maxBeside, Address: addressOfStory(row), Dock: c.Dock}
	if c.Left > 0 {
		p.Left = counted(c.Left, "earlier article is", "earlier articles are")
	}
	beside := v.beside
	if c.Wide && len(beside) == 0 {
		beside = []int{1, 2}
	}
	for i, column := range c.Columns {
		is := !c.Wide || slices.Contains(beside, i+1)
		if is {
			p.Columns = append(p.Columns, column.HTML)
		}
		if c.Wide {
			p.Choice = append(p.Choice, chosen{i + 1, column.Outlet, cmp.Or(column.Title, "Untitled"), column.Day, is, addressOfArticle(column.Article)})
		}
	}
	for _, a := range one.Articles {
		reason, err := a.Reason()
		if err != nil {
			return nil, err
		}
		w := why{report: newReport(a.Article, "")}
		for _, phrase := range format.WhyThere(reason) {
			w.Reasons = append(w.Reasons, strings.ToUpper(phrase[:1])+phrase[1:])
		}
		p.Why = append(p.Why, w)
	}
	if len(p.Why) > fewReasons {
		p.Why, p.MoreWhy = p.Why[:fewReasons], p.Why[fewReasons:]
	}
	return p, nil
}

// figuresPage has all figures of a story.
type figuresPage struct {
	Title   string
	Story   link
	Figures template.HTML
}

func (p *figuresPage) about() about { return about{name: "figures", title: p.Title} }

func (s *Server) figures(w http.ResponseWriter, r *http.Request) error {
	row, state, err := s.storyAt(w, r, "/figures")
	if err != nil || row == 0 {
		return err
	}
	return s.showKept(w, r, fmt.Sprint("figures ", row), state, func(ctx context.Context) (content, error) {
		c, err := s.comparison(ctx, row, state)
		if err != nil {
			return nil, err
		}
		return &figuresPage{Title: "Figures – " + c.Title, Story: link{c.Title, addressOfStory(row)}, Figures: c.Figures}, nil
	})
}
