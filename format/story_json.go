package format

import (
	"slices"
	"strconv"

	"onrecord/store"
)

// Story is a story with who tells it and who is heard in it, as JSON has it.
type Story struct {
	ID       string         `json:"id"`
	Headline string         `json:"headline"` // title of the first article that has one
	First    string         `json:"first"`    // day of the first article, "" where none has a date, as Last
	Last     string         `json:"last"`     // day of the last article
	Outlets  []string       `json:"outlets"`  // who came first first
	Voices   []StoryVoice   `json:"voices"`   // who says most first
	Articles []StoryArticle `json:"articles"` // the latest versions, in order of publication
}

// StoryVoice is how much somebody says in a story.
type StoryVoice struct {
	KnownSpeaker
	Statements int `json:"statements"`
}

// StoryArticle is an article of a story. What came before it at its address are
// its earlier versions.
type StoryArticle struct {
	ArticleHead
	Added   string   `json:"added"`   // RFC 3339, when the record got it
	Earlier []string `json:"earlier"` // IDs of the versions before, in order of arrival
}

// NewStory converts a story.
func NewStory(s store.Story) Story {
	out := Story{
		ID: strconv.FormatInt(s.Row, 10), Headline: storyHeadline(s), Outlets: []string{}, Voices: []StoryVoice{}, Articles: []StoryArticle{},
	}
	for _, a := range s.Articles {
		if a.Outlet != "" && !slices.Contains(out.Outlets, a.Outlet) {
			out.Outlets = append(out.Outlets, a.Outlet)
		}
		if at := isoDay(a.Published); at != "" {
			if out.First == "" {
				out.First = at
			}
			out.Last = at
		}
		out.Articles = append(out.Articles, newStoryArticle(a, s.Earlier))
	}
	for _, v := range s.Voices {
		out.Voices = append(out.Voices, StoryVoice{KnownSpeaker{strconv.FormatInt(v.Speaker, 10), v.Name}, v.Statements})
	}
	return out
}

func newStoryArticle(a *store.Article, earlier []*store.Article) StoryArticle {
	out := StoryArticle{ArticleHead: newArticleHead(a.Article), Added: stamp(a.Added), Earlier: []string{}}
	var before []*store.Article
	for _, e := range earlier {
		if e.Address == a.Address {
			before = append(before, e)
		}
	}
	slices.SortStableFunc(before, func(x, y *store.Article) int { return x.Added.Compare(y.Added) })
	for _, e := range before {
		out.Earlier = append(out.Earlier, e.ID)
	}
	return out
}
