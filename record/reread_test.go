package record_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/english"
	"onrecord/pipeline"
	"onrecord/record"
	"onrecord/store"
	"onrecord/text"
)

// finder finds as many statements as it has been told to, each a paragraph.
type finder struct {
	engine
	most int
}

func (f *finder) Find(d *english.Doc) (out []attribution.Attribution) {
	for _, p := range d.Paragraphs {
		if len(out) < f.most {
			out = append(out, attribution.Attribution{Kind: attribution.Indirect, Content: []text.Span{p.Span}, SourceHead: -1, CueHead: -1})
		}
	}
	return out
}

// upgraded is a record that a program of another version opens, which finds so
// many statements.
func upgraded(r *record.Record, version, most int) *record.Record {
	f := &finder{most: most}
	return record.New(r.Store, &pipeline.Pipeline{Parser: f, Finder: f}, fmt.Sprintf("stages %d, model none", version), r.Now)
}

func stale(t *testing.T, r *record.Record) string {
	t.Helper()
	all, err := r.Stale(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, s := range all {
		out = append(out, fmt.Sprintf("%s: %d", s.Fingerprint, s.Articles))
	}
	return strings.Join(out, "; ")
}

func checked(t *testing.T, s *store.Store) {
	t.Helper()
	if err := s.Verify(t.Context(), func(p store.Problem) { t.Errorf("verify: %v", p) }, nil); err != nil {
		t.Error(err)
	}
}

func TestReread(t *testing.T) {
	r, _ := opened(t, recordPath(t))
	first := upgraded(r, 1, 1)
	articles := events(450)
	versions := events(3)
	for i := range versions {
		versions[i].Body += "\nA second paragraph came later.\n"
	}
	add(t, first, append(articles, versions...)...)
	add(t, upgraded(r, 2, 1), article.Article{ID: "later", URL: "https://quay.example/later", Body: "One.\n\nTwo."})
	before := storyOf(t, r.Store, articles)

	third := upgraded(r, 3, 2)
	if got := stale(t, third); got != "stages 1, model none: 453; stages 2, model none: 1" {
		t.Errorf("stale: %s", got)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	renewed := map[string]bool{}
	read := func(ctx context.Context, fingerprint string) {
		err := third.Reread(ctx, fingerprint, 2, func(o record.Outcome) {
			if o.Err != nil || o.Result != store.Renewed || renewed[o.ID] {
				t.Errorf("%+v, read before: %v", o, renewed[o.ID])
			}
			if renewed[o.ID] = true; len(renewed) == 64 {
				cancel()
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	read(ctx, "stages 1, model none")
	n := len(renewed)
	if n < 64 || n > 400 {
		t.Errorf("%d articles read before the interrupt", n)
	}
	checked(t, r.Store)
	if got, want := stale(t, third), fmt.Sprintf("stages 1, model none: %d; stages 2, model none: 1", 453-n); got != want {
		t.Errorf("stale after the interrupt: %s, want %s", got, want)
	}
	read(t.Context(), "stages 1, model none")
	read(t.Context(), "stages 2, model none")
	if got := stale(t, third); got != "" || len(renewed) != 454 {
		t.Errorf("stale in the end: %s; %d read", got, len(renewed))
	}
	checked(t, r.Store)
	for i, story := range storyOf(t, r.Store, articles) {
		if story != before[i] {
			t.Errorf("article %d was in story %d and is in %d", i, before[i], story)
		}
	}
	n = 0
	for e, err := range r.Store.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		want := min(2, strings.Count(strings.TrimSpace(e.Article.Body), "\n\n")+1)
		if e.Fingerprint != "stages 3, model none" || len(e.Statements) != want {
			t.Errorf("%s has %d statements of %s, want %d", e.Article.ID, len(e.Statements), e.Fingerprint, want)
		}
		a, err := r.Store.Article(t.Context(), e.Article.ID)
		if err != nil {
			t.Fatal(err)
		}
		edits, err := r.Store.Edits(t.Context(), a.Row)
		if err != nil {
			t.Fatal(err)
		}
		if a.Previous != 0 {
			n++
			if len(edits) == 0 || edits[len(edits)-1].Change != "added" {
				t.Errorf("%s: edits %+v", a.ID, edits)
			}
		} else if len(edits) > 0 {
			t.Errorf("%s is a first version and has edits %+v", a.ID, edits)
		}
	}
	if n != 3 {
		t.Errorf("%d later versions", n)
	}
}

// TestRereadLeaves leaves alone what cannot be read now, and what nobody says
// the maker of.
func TestRereadLeaves(t *testing.T) {
	r, _ := opened(t, recordPath(t))
	add(t, upgraded(r, 1, 1), article.Article{ID: "good", Body: "A word."}, article.Article{ID: "bomb", Body: "Once more."})
	if err := r.Import(t.Context(), func(yield func(pipeline.Reading, error) bool) {
		yield(pipeline.Reading{Article: article.Article{ID: "by-hand", Body: "A word that somebody marked."}}, nil)
	}, func(record.Outcome) {}); err != nil {
		t.Fatal(err)
	}
	second := upgraded(r, 2, 2)
	second.Pipeline.Parser = bombed{second.Pipeline.Parser}
	if got := stale(t, second); got != "stages 1, model none: 2" {
		t.Errorf("stale: %s", got)
	}
	var p *pipeline.PanicError
	if err := second.Reread(t.Context(), "stages 1, model none", 1, func(o record.Outcome) {
		if o.Origin == "bomb" && !errors.As(o.Err, &p) || o.Origin == "good" && o.Err != nil {
			t.Errorf("%+v", o)
		}
	}); err != nil {
		t.Fatal(err)
	}
	if got := stale(t, second); got != "stages 1, model none: 1" {
		t.Errorf("stale then: %s", got)
	}
	checked(t, r.Store)
}

// bombed panics over one article.
type bombed struct{ pipeline.Parser }

func (b bombed) Parse(t *text.Text) *english.Doc {
	if strings.Contains(t.Body, "Once more") {
		panic("a bomb")
	}
	return b.Parser.Parse(t)
}
