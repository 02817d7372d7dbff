package store_test

import (
	"fmt"
	"strings"
	"testing"

	"onrecord/query"
	"onrecord/speaker"
	"onrecord/store"
)

// by is an article in which people say something, a statement each.
func by(n int, names ...string) store.Entry {
	e := invent(n)
	first := e.Statements[0]
	e.Statements = nil
	for _, name := range names {
		s := first
		s.Speaker = speaker.Speaker{ID: strings.ToLower(strings.ReplaceAll(name, " ", "-")), Name: name, Role: "mayor"}
		e.Statements = append(e.Statements, s)
	}
	return e
}

// meaning is the Identify by which names mean the speakers of the given rows.
func meaning(rows map[string]int64) store.Identify {
	return func(_ int64, cited []store.Cited) ([]store.Identity, error) {
		out := make([]store.Identity, len(cited))
		for i, c := range cited {
			out[i] = store.Identity{Speaker: rows[c.Name], Person: 1, Loose: !strings.Contains(c.Name, " ")}
		}
		return out, nil
	}
}

func addMeaning(t *testing.T, s *store.Store, rows map[string]int64, entries ...store.Entry) {
	t.Helper()
	b, err := s.Begin(t.Context(), noon)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Rollback()
	for _, e := range entries {
		if _, err := b.Add(e, store.Alone, meaning(rows)); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Commit(); err != nil {
		t.Fatal(err)
	}
}

func only(t *testing.T, s *store.Store, name string) store.Known {
	t.Helper()
	found, err := s.FindSpeakers(t.Context(), name, 10)
	if err != nil || len(found) != 1 {
		t.Fatalf("%s: %v, %v", name, found, err)
	}
	return found[0]
}

func TestSpeakers(t *testing.T) {
	s := create(t, recordPath(t))
	add(t, s, by(1, "Ada Voss", "Ivo Holm"), by(2, "Ada Voss"))
	voss := only(t, s, "ada  VOSS")
	if voss.Name != "Ada Voss" || voss.Articles != 2 || voss.Statements != 2 {
		t.Errorf("%+v", voss)
	}
	addMeaning(t, s, map[string]int64{"Voss": voss.Row, "Adelheid Voss": voss.Row}, by(3, "Voss", "Voss"), by(4, "Adelheid Voss"))
	if k := only(t, s, "Voss"); k != (store.Known{Row: voss.Row, Name: "Ada Voss", Articles: 4, Statements: 5}) {
		t.Errorf("by a surname: %+v", k)
	}
	if k := only(t, s, "holm"); k.Name != "Ivo Holm" {
		t.Errorf("by a part: %+v", k)
	}
	spellings, err := s.Spellings(t.Context(), voss.Row)
	var got []string
	for _, n := range spellings {
		got = append(got, fmt.Sprintf("%s %d/%d", n.Text, n.Articles, n.Statements))
	}
	if want := "Ada Voss 2/2, Voss 1/2, Adelheid Voss 1/1"; strings.Join(got, ", ") != want || err != nil {
		t.Errorf("got %s (%v), want %s", got, err, want)
	}
	everybody, err := s.FindSpeakers(t.Context(), "", 10)
	if err != nil || len(everybody) != 2 || everybody[0].Row != voss.Row {
		t.Errorf("%v, %v", everybody, err)
	}
	verified(t, s)
}

// TestSearchBySpeaker finds what is said under other names of a speaker.
func TestSearchBySpeaker(t *testing.T) {
	s := create(t, recordPath(t))
	add(t, s, by(1, "Ada Voss"), by(2, "Ida Voss"))
	addMeaning(t, s, map[string]int64{"Voss": only(t, s, "Ada Voss").Row}, by(3, "Voss"))
	for q, want := range map[string]string{
		`speaker:"Ada Voss"`:            "Ada Voss Voss",
		`speaker:"Ida Voss"`:            "Ida Voss",
		`speaker:Ada`:                   "Ada Voss Voss",
		`speaker:Voss`:                  "Ada Voss Ida Voss Voss",
		`-speaker:Ada speaker:Voss`:     "Ida Voss",
		`speaker:Ada OR speaker:Ida`:    "Ada Voss Ida Voss Voss",
		`speaker:Ada -speaker:"Ida"`:    "Ada Voss Voss",
		`speaker:"Ada Holm"`:            "",
		`speaker:Ada kind:direct pier*`: "Ada Voss",
	} {
		parsed, err := query.Parse(q)
		if err != nil {
			t.Fatal(err)
		}
		hits, err := s.Search(t.Context(), parsed, store.SearchOptions{ByDate: true, Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range hits {
			got = append(got, h.Statement.Speaker.Name)
			if known := h.Speaker.Name; known != "Ida Voss" && known != "Ada Voss" {
				t.Errorf("%s: said by %q", q, known)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %s, want %s", q, got, want)
		}
	}
}
