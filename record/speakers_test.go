package record_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/pipeline"
	"onrecord/record"
	"onrecord/speaker"
	"onrecord/store"
	"onrecord/text"
)

// subjects are what stories are about: words enough to tell them apart.
var subjects = map[string]string{
	"bridge": "Rusty cables closed the harbour bridge; engineers weighed trucks and diverted commuters upstream past the quarry.",
	"ferry":  "Ferry captains refused paper tickets, so passengers queued at the jetty while ticket machines rebooted twice.",
	"school": "Rain poured through the school roof and pupils moved their desks into the gymnasium beside the kitchen.",
	"frost":  "Late frost killed apricot blossoms and growers lit smoky braziers between the orchards until sunrise.",
}

// said is a reading of an article about a subject that credits a statement to
// each of some names, "Name, role" or "Name".
func said(id, subject string, names ...string) pipeline.Reading {
	body := subjects[subject]
	r := pipeline.Reading{Article: article.Article{
		ID: id, URL: "https://quay.example/" + id, Outlet: "The Quay", Title: body[:30], Published: noon, Language: "en", Body: body + "\n\nFiled as " + id + ".\n",
	}, Language: "en", Fingerprint: "by hand"}
	for i, name := range names {
		name, role, _ := strings.Cut(name, ", ")
		r.Statements = append(r.Statements, speaker.Statement{
			Attribution: attribution.Attribution{
				Kind: attribution.Direct, Content: []text.Span{{Start: i, End: i + 9}}, SourceHead: -1, CueHead: -1,
				Details: attribution.Details{Polarity: attribution.Asserted},
			},
			Speaker: speaker.Speaker{ID: fmt.Sprint("s", i), Name: name, Role: role},
		})
	}
	return r
}

func imported(t *testing.T, r *record.Record, readings ...pipeline.Reading) {
	t.Helper()
	for _, reading := range readings { // one by one, as they come over the days
		all := func(yield func(pipeline.Reading, error) bool) { yield(reading, nil) }
		if err := r.Import(t.Context(), all, func(o record.Outcome) {
			if o.Err != nil {
				t.Fatal(o.Err)
			}
		}); err != nil {
			t.Fatal(err)
		}
	}
}

// who lists the speakers of the record with the articles that credit them:
// "Ada Voss: b1 b2; Ivo Holm: b1".
func who(t *testing.T, s *store.Store) string {
	t.Helper()
	articles := map[int64][]string{}
	for e, err := range s.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		a, err := s.Article(t.Context(), e.Article.ID)
		if err != nil {
			t.Fatal(err)
		}
		statements, err := s.Statements(t.Context(), a.Row)
		if err != nil {
			t.Fatal(err)
		}
		for _, said := range statements {
			known, err := s.SpeakerOf(t.Context(), said.Who)
			if err != nil {
				t.Fatal(err)
			}
			articles[known.Row] = append(articles[known.Row], a.ID)
		}
	}
	var out []string
	for row, ids := range articles {
		known, err := s.SpeakerAt(t.Context(), row)
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(ids)
		out = append(out, known.Name+": "+strings.Join(slices.Compact(ids), " "))
	}
	slices.Sort(out)
	return strings.Join(out, "; ")
}

func TestSpeakers(t *testing.T) {
	ten := func(name string) []string { return slices.Repeat([]string{name}, 10) }
	for _, c := range []struct {
		name     string
		articles []pipeline.Reading
		want     string
	}{
		{"one name", []pipeline.Reading{said("b1", "bridge", "Ada Voss"), said("f1", "ferry", "Ada Voss")}, "Ada Voss: b1 f1"},
		{"spellings of one name", []pipeline.Reading{said("b1", "bridge", "Benjamin Hale"), said("f1", "ferry", "Ben Hale"), said("s1", "school", "Benjamin Hale")}, "Benjamin Hale: b1 f1 s1"},
		{"a transcribed name", []pipeline.Reading{said("b1", "bridge", "Yusuf Rahmani, minister"), said("f1", "ferry", "Yousef Rahmani, minister")}, "Yusuf Rahmani: b1 f1"},
		{"a longer name first", []pipeline.Reading{said("b1", "bridge", "Ruth Ann Moss"), said("f1", "ferry", "Ruth Moss")}, "Ruth Ann Moss: b1 f1"},
		{"a married name", []pipeline.Reading{said("b1", "bridge", "Clara Lind"), said("f1", "ferry", "Clara Lind Ferris")}, "Clara Lind: b1 f1"},
		{"a surname after the full name", []pipeline.Reading{said("b1", "bridge", "Nadia Okafor"), said("f1", "ferry", "Okafor, mayor")}, "Nadia Okafor: b1 f1"},
		{"a surname before the full name", []pipeline.Reading{said("f1", "ferry", "Okafor, mayor"), said("b1", "bridge", "Nadia Okafor")}, "Nadia Okafor: b1 f1"},
		{"a surname of two people", []pipeline.Reading{said("b1", "bridge", "Ruth Moss"), said("f1", "ferry", "Peter Moss"), said("s1", "school", "Moss, mayor")}, "Moss: s1; Peter Moss: f1; Ruth Moss: b1"},
		{"a surname in the story of one of them", []pipeline.Reading{said("b1", "bridge", "Ruth Moss"), said("f1", "ferry", "Peter Moss"), said("b2", "bridge", "Moss, mayor")}, "Peter Moss: f1; Ruth Moss: b1 b2"},
		{"a famous surname", []pipeline.Reading{said("b1", "bridge", ten("Ruth Moss")...), said("f1", "ferry", "Peter Moss"), said("s1", "school", "Moss, mayor")}, "Peter Moss: f1; Ruth Moss: b1 s1"},
		{"a famous surname in the story of another", []pipeline.Reading{said("b1", "bridge", ten("Ruth Moss")...), said("f1", "ferry", "Peter Moss"), said("f2", "ferry", "Moss, mayor")}, "Peter Moss: f1; Ruth Moss: b1 f2"},
		{"a surname that comes to mean another", []pipeline.Reading{said("f1", "ferry", "Peter Moss"), said("s1", "school", "Moss, mayor"), said("b1", "bridge", ten("Ruth Moss")...), said("r1", "frost", "Moss, mayor")}, "Peter Moss: f1; Ruth Moss: b1 r1 s1"},
		{"somebody of one name whose name is a surname too", []pipeline.Reading{said("b1", "bridge", slices.Repeat([]string{"Sirena, singer"}, 5)...), said("f1", "ferry", "Carla Sirena"), said("s1", "school", "Sirena, singer")}, "Carla Sirena: f1; Sirena: b1 s1"},
		{"a company of a surname", []pipeline.Reading{said("b1", "bridge", "Nadia Okafor"), said("f1", "ferry", "Okafor")}, "Nadia Okafor: b1; Okafor: f1"},
		{"initials in the story of a body", []pipeline.Reading{said("b1", "bridge", "Center for Harbor Safety"), said("b2", "bridge", "CHS")}, "Center for Harbor Safety: b1 b2"},
		{"initials elsewhere", []pipeline.Reading{said("b1", "bridge", "Center for Harbor Safety"), said("f1", "ferry", "CHS")}, "CHS: f1; Center for Harbor Safety: b1"},
		{"namesakes", []pipeline.Reading{said("b1", "bridge", "Tom Ferris, senator"), said("f1", "ferry", "Tom Ferris, goalkeeper"), said("s1", "school", "Tom Ferris, former senator"), said("r1", "frost", "Tom Ferris, goalkeeper of the Gulls")}, "Tom Ferris: b1 s1; Tom Ferris: f1 r1"},
		{"roles that one person may have", []pipeline.Reading{said("b1", "bridge", "Tom Ferris, actor"), said("f1", "ferry", "Tom Ferris, governor")}, "Tom Ferris: b1 f1"},
		{"one person in a story, whatever the roles", []pipeline.Reading{said("b1", "bridge", "Tom Ferris, senator"), said("b2", "bridge", "Tom Ferris, goalkeeper")}, "Tom Ferris: b1 b2"},
		{"a role that says nothing", []pipeline.Reading{said("b1", "bridge", "Tom Ferris, senator"), said("f1", "ferry", "Tom Ferris, friend")}, "Tom Ferris: b1 f1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, _ := opened(t, recordPath(t))
			imported(t, r, c.articles...)
			if got := who(t, r.Store); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			verified(t, r)
		})
	}
}

func TestCorrectSpeakers(t *testing.T) {
	same := func(names ...string) store.Correction { return store.Correction{What: store.Same, Names: names} }
	different := func(names ...string) store.Correction {
		return store.Correction{What: store.Different, Names: names}
	}
	there := func(name string, articles ...string) store.Correction {
		return store.Correction{What: store.Different, Names: []string{name}, Articles: articles}
	}
	for _, c := range []struct {
		name        string
		before      []pipeline.Reading
		corrections []store.Correction
		after       []pipeline.Reading
		want        string
	}{
		{"two names of one", []pipeline.Reading{said("b1", "bridge", "Ada Voss"), said("f1", "ferry", "Adelheid Krone")}, []store.Correction{same("Ada Voss", "Adelheid Krone")},
			[]pipeline.Reading{said("s1", "school", "Adelheid Krone")}, "Adelheid Krone: b1 f1 s1"},
		{"one who was two for a while", []pipeline.Reading{said("b1", "bridge", "Ada Voss"), said("f1", "ferry", "Ada B. Voss")}, []store.Correction{different("Ada Voss", "Ada B. Voss"), same("Ada Voss", "Ada B. Voss")},
			[]pipeline.Reading{said("s1", "school", "Ada B. Voss")}, "Ada B. Voss: b1 f1 s1"},
		{"two names of two", []pipeline.Reading{said("b1", "bridge", "Ben Hale"), said("f1", "ferry", "Benjamin Hale")}, []store.Correction{different("Ben Hale", "Benjamin Hale")},
			[]pipeline.Reading{said("s1", "school", "Benjamin Hale"), said("b2", "bridge", "Ben Hale"), said("b3", "bridge", "Benjamin Hale")}, "Ben Hale: b1 b2; Benjamin Hale: b3 f1 s1"},
		{"a surname of another", []pipeline.Reading{said("b1", "bridge", "Ruth Moss"), said("f1", "ferry", "Moss, mayor"), said("s1", "school", "Peter Moss")}, []store.Correction{same("Peter Moss", "Moss")},
			[]pipeline.Reading{said("r1", "frost", "Moss, mayor")}, "Peter Moss: f1 r1 s1; Ruth Moss: b1"},
		{"a surname of nobody known", []pipeline.Reading{said("b1", "bridge", "Ruth Moss"), said("b2", "bridge", "Moss, mayor"), said("f1", "ferry", "Moss, mayor")}, []store.Correction{different("Ruth Moss", "Moss")},
			[]pipeline.Reading{said("s1", "school", "Moss, mayor"), said("b3", "bridge", "Ruth Moss")}, "Moss: f1 s1; Ruth Moss: b1 b2 b3"},
		{"a namesake", []pipeline.Reading{said("b1", "bridge", "Tom Ferris"), said("f1", "ferry", "Tom Ferris"), said("s1", "school", "Tom Ferris")}, []store.Correction{there("Tom Ferris", "f1")},
			[]pipeline.Reading{said("f2", "ferry", "Tom Ferris"), said("b2", "bridge", "Tom Ferris"), said("r1", "frost", "Tom Ferris")}, "Tom Ferris: b1 b2 r1 s1; Tom Ferris: f1 f2"},
		{"a namesake who was none", []pipeline.Reading{said("b1", "bridge", "Tom Ferris, senator"), said("f1", "ferry", "Tom Ferris, goalkeeper")},
			[]store.Correction{{What: store.Same, Names: []string{"Tom Ferris", "Tom Ferris"}, Articles: []string{"b1", "f1"}}}, nil, "Tom Ferris: b1 f1"},
		{"a name given", []pipeline.Reading{said("b1", "bridge", "Ada Voss"), said("f1", "ferry", "Ada Voss")}, []store.Correction{{What: store.Rename, Names: []string{"Ada Voss"}, Name: "Ada Voss-Krone"}},
			[]pipeline.Reading{said("s1", "school", "Ada Voss"), said("r1", "frost", "Ada Voss-Krone")}, "Ada Voss-Krone: b1 f1 r1 s1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, _ := opened(t, recordPath(t))
			imported(t, r, c.before...)
			for _, twice := range []bool{false, true} {
				for i := range c.corrections {
					c.corrections[i].At = noon
				}
				applied, err := r.Apply(t.Context(), c.corrections)
				if err != nil {
					t.Fatal(err)
				}
				for i, a := range applied {
					if a.Err != nil || a.IsNew == twice {
						t.Errorf("correction %d, twice %v: %+v", i, twice, a)
					}
				}
			}
			imported(t, r, c.after...)
			if got := who(t, r.Store); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			verified(t, r)
		})
	}
}

func TestCorrectSpeakersRefused(t *testing.T) {
	r, _ := opened(t, recordPath(t))
	imported(t, r, said("b1", "bridge", "Tom Ferris, senator", "Ada Voss"), said("f1", "ferry", "Tom Ferris, goalkeeper"))
	before := who(t, r.Store)
	for name, c := range map[string]struct {
		make func() error
		want error
	}{
		"nobody of that name": {func() error { _, err := r.Rename(t.Context(), "", "Ivo Holm", "Ivo", nil); return err }, store.ErrNotFound},
		"several":             {func() error { _, err := r.Same(t.Context(), "", []string{"Tom Ferris", "Ada Voss"}, nil); return err }, record.ErrSeveral},
		"no word":             {func() error { _, err := r.Rename(t.Context(), "", "Ada Voss", " ", nil); return err }, record.ErrOneName},
		"one name": {func() error {
			_, err := r.Different(t.Context(), "", []string{"Ada Voss", "Ada Voss"}, nil)
			return err
		}, record.ErrOneName},
		"not credited": {func() error { _, err := r.Different(t.Context(), "", []string{"Ada Voss"}, []string{"f1"}); return err }, record.ErrNotCredited},
		"no article":   {func() error { _, err := r.Different(t.Context(), "", []string{"Ada Voss"}, []string{"x"}); return err }, store.ErrNotFound},
	} {
		if err := c.make(); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if got := who(t, r.Store); got != before {
		t.Errorf("what was refused changed %s into %s", before, got)
	}
	if all, err := r.Store.Corrections(t.Context()); err != nil || len(all) > 0 {
		t.Errorf("history: %v, %v", all, err)
	}
}
