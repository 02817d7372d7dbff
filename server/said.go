package server

import (
	"cmp"
	"context"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"onrecord/check"
	"onrecord/format/page"
	"onrecord/store"
	"onrecord/text"
)

// saidPage is the page of the utterance that a passage belongs to.
type saidPage struct {
	Title  string
	Saying template.HTML // part of the comparison, "" where nothing is said there
	Words  string        // the passage itself, where nothing is said there
	In     report        // its article
	Old    bool          // which is not the latest version
	Story  link
}

func (p *saidPage) about() about { return about{name: "said", title: p.Title} }

// passage is what the address of a passage says.
type passage struct {
	*store.Article
	text.Span // characters
	words     string
}

// passageAt is the passage that a request asks for. An address is good for ever,
// as the body of an article never changes.
func (s *Server) passageAt(r *http.Request) (p passage, err error) {
	from, to, ok := strings.Cut(r.PathValue("range"), "-")
	start, err := strconv.ParseUint(from, 10, 31)
	if err != nil || !ok {
		return p, errNoPage
	}
	end, err := strconv.ParseUint(to, 10, 31)
	if err != nil || end <= start {
		return p, errNoPage
	}
	a, err := s.Store.Article(r.Context(), r.PathValue("article"))
	if err != nil {
		return p, err
	}
	p = passage{Article: a, Span: text.Span{Start: int(start), End: int(end)}}
	characters := text.NewCharacters(a.Body)
	first, last := characters.Byte(p.Start), characters.Byte(p.End)
	if first < 0 || last < 0 {
		return p, errNoPage
	}
	p.words = a.Body[first:last]
	return p, nil
}

func (s *Server) said(w http.ResponseWriter, r *http.Request) error {
	at, err := s.passageAt(r)
	if err != nil {
		return err
	}
	row, state, err := s.stateOf(r.Context(), at.Story)
	if err != nil {
		return err
	}
	return s.showKept(w, r, fmt.Sprintf("said %d %v", at.Row, at.Span), state, func(ctx context.Context) (content, error) {
		c, err := s.comparison(ctx, row, state)
		if err != nil {
			return nil, err
		}
		latest, err := s.Store.Latest(ctx, at.ID)
		if err != nil {
			return nil, err
		}
		if latest.Row != at.Row { // which the comparison does not have
			if latest, err = s.Store.ArticleAt(ctx, latest.Row); err != nil {
				return nil, err
			}
		}
		return newSaidPage(at, latest, c, row), nil
	})
}

func newSaidPage(at passage, latest *store.Article, c *compared, story int64) *saidPage {
	p := &saidPage{In: newReport(at.Article.Article, ""), Old: latest.Row != at.Row, Story: link{c.Title, addressOfStory(story)}}
	span := at.Span
	if p.Old {
		span = found(latest.Body, at.words)
	}
	if said := sayingAt(c.Sayings, latest.ID, span); said != nil {
		p.Title, p.Saying = said.Title, said.HTML
		return p
	}
	p.Words = strings.Join(strings.Fields(at.words), " ")
	p.Title = cmp.Or(p.Words, "A passage")
	p.In.Title.Href += fragment(at.words)
	return p
}

// sayingAt is the utterance that has the most of a passage; of two the one that
// has least besides.
func sayingAt(all []page.Saying, article string, s text.Span) (best *page.Saying) {
	most, least := 0, 0
	for i := range all {
		for _, v := range all[i].Passages {
			if v.Article != article {
				continue
			}
			in := min(v.End, s.End) - max(v.Start, s.Start)
			if in > most || in == most && in > 0 && v.End-v.Start < least {
				best, most, least = &all[i], in, v.End-v.Start
			}
		}
	}
	return best
}

// found is where a later version of a body has words of an earlier one, in
// characters: the longest run of them from their beginning that it has. It is
// empty where there is none of some length.
func found(body, words string) text.Span {
	all, sought := check.Words(body), check.Words(words)
	in, keys := check.Keys(all), check.Keys(sought)
	best, at := min(len(keys), leastFound)-1, 0
	for i := range in {
		n := 0
		for n < len(keys) && i+n < len(in) && in[i+n] == keys[n] {
			n++
		}
		if n > best {
			best, at = n, i
		}
	}
	if best < min(len(keys), leastFound) || best == 0 {
		return text.Span{}
	}
	return text.NewCharacters(body).Span(text.Span{Start: all[at].Start, End: all[at+best-1].End})
}

// leastFound is how many words of a passage a later version has at least that
// still has the passage, unless it is shorter.
const leastFound = 3
