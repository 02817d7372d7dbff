package store_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"onrecord/query"
	"onrecord/store"
)

// grouped is a record of so many stories of three articles, of three days in a
// row each; the stories' numbers count up with the days.
func grouped(t *testing.T, stories int) *store.Store {
	t.Helper()
	s := create(t, recordPath(t))
	b, err := s.Begin(t.Context(), noon)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Rollback()
	for n := range 3 * stories {
		e := invent(n)
		e.Article.Published = noon.AddDate(0, 0, n)
		e.Article.Body += fmt.Sprintf(" Every%d third%d.\n", n, n%3)
		place := func() (at store.Placed, err error) {
			if n%3 > 0 {
				at.Story, at.Why = int64(n/3+1), `{"alike":0.5,"required":0.1,"words":["pier"]}`
			}
			at.Sketch = []byte{byte(n)}
			return at, nil
		}
		if out, err := b.Add(e, place, b.BySpelling); err != nil || out.Story != int64(n/3+1) {
			t.Fatalf("article %d: %+v, %v", n, out, err)
		}
	}
	if err := b.Commit(); err != nil {
		t.Fatal(err)
	}
	return s
}

func numbers(stories []store.Story) (out []int64) {
	for _, s := range stories {
		out = append(out, s.Row)
	}
	return out
}

func TestListStories(t *testing.T) {
	const stories = 200 // more articles than a page
	s := grouped(t, stories)
	for _, words := range []string{"", "third1", "third0 OR third1", "every3 OR every4 OR every31 OR every50", "absent"} {
		q, err := query.Parse(words)
		if err != nil {
			t.Fatal(err)
		}
		var want []int64
		switch words {
		case "absent":
		case "every3 OR every4 OR every31 OR every50":
			want = []int64{17, 11, 2}
		default:
			for n := range stories {
				want = append(want, int64(stories-n))
			}
		}
		var all []int64
		for story, err := range s.AllStories(t.Context(), q) {
			if err != nil {
				t.Fatal(err)
			}
			if len(story.Articles) != 3 || story.Articles[0].Published.After(story.Articles[2].Published) {
				t.Errorf("%q: story %d has %d articles", words, story.Row, len(story.Articles))
			}
			all = append(all, story.Row)
		}
		var paged []int64
		for before := int64(0); ; {
			page, err := s.Stories(t.Context(), q, store.StoryOptions{Limit: 7, Before: before})
			if err != nil {
				t.Fatal(err)
			}
			if len(page) == 0 {
				break
			}
			paged = append(paged, numbers(page)...)
			before = page[len(page)-1].Newest
			if len(page[0].Voices) == 0 || page[0].Voices[0].Name == "" || page[0].Voices[0].Statements == 0 {
				t.Fatalf("nobody is heard in %+v", page[0])
			}
		}
		if !slices.Equal(all, want) || !slices.Equal(paged, want) {
			t.Errorf("%q: stories %v, in pages %v, want %v", words, all, paged, want)
		}
	}
	near, err := s.Sketches(t.Context(), noon.AddDate(0, 0, 3), noon.AddDate(0, 0, 6), 2)
	if err != nil || len(near) != 2 || near[0].Story != 2 || near[0].Sketch[0] != 4 || near[1].Sketch[0] != 5 {
		t.Errorf("of three days the last two are %+v, %v", near, err)
	}
}

func TestStory(t *testing.T) {
	s := grouped(t, 4)
	b, err := s.Begin(t.Context(), noon)
	if err != nil {
		t.Fatal(err)
	}
	later := invent(0)
	later.Article.Published, later.Article.Body = noon, "Another wording.\n"
	later.Statements, later.Figures = nil, nil
	if out, err := b.Add(later, store.Alone, b.BySpelling); err != nil || out.Result != store.NewVersion {
		t.Fatal(out, err)
	}
	// 4 is kept apart from 2, which becomes part of 3, which becomes part of 1.
	if err := errors.Join(b.Separate(4, 2), b.Absorb(2, 3), b.Absorb(3, 1), b.Commit()); err != nil {
		t.Fatal(err)
	}
	for _, number := range []int64{1, 2, 3} {
		got, err := s.Story(t.Context(), number)
		if err != nil || got.Row != 1 || len(got.Articles) != 9 || len(got.Earlier) != 1 || got.Articles[0].Previous != got.Earlier[0].Row {
			t.Errorf("story %d: number %d of %d articles and %d versions, %v", number, got.Row, len(got.Articles), len(got.Earlier), err)
		}
	}
	if _, err := s.Story(t.Context(), 5); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a story that is not there: %v", err)
	}
	apart, err := s.Apart(t.Context())
	if want := map[int64][]int64{1: {4}, 4: {1}}; err != nil || !reflect.DeepEqual(apart, want) {
		t.Errorf("apart are %v, %v, want %v", apart, err, want)
	}
	latest, err := s.Latest(t.Context(), invent(0).Article.ID)
	if err != nil || latest.Previous == 0 {
		t.Errorf("the latest version is %+v, %v", latest, err)
	}
	if why, err := latest.Reason(); err != nil || !reflect.DeepEqual(why, store.Why{}) {
		t.Errorf("the reason of a story's first is %+v, %v", why, err)
	}
	verified(t, s)
}
