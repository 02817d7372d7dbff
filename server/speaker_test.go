package server_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/record"
	"onrecord/store"
)

// quarry are articles in which a mayor says otherwise than before, and a singer
// has her name.
var quarry = []article.Article{
	{ID: "q1", Outlet: "The Quay", Title: "Quarry to stay", Published: day(-700), Body: "Mayor Ada Quill said that the city will not close the Dunmore quarry.\n\n“The new ferry is late,” said Tom Odell, the harbor engineer."},
	{ID: "q2", Outlet: "The Lamp", Title: "Picnic", Published: day(-600), Body: "“The Dunmore quarry feeds eight hundred families,” Mayor Ada Quill said.\n\nTom Odell said that the picnic was wet."},
	{ID: "q3", Outlet: "The Lamp", Title: "Quarry to close", Published: day(-10), Body: "It was a reversal. Mayor Ada Quill told the council that the city will close the Dunmore quarry."},
}

// mayoral is a record of the quarry's articles as the program reads them, with a
// namesake.
func mayoral(t testing.TB) *store.Store {
	t.Helper()
	p, err := reading()
	if err != nil {
		t.Fatal(err)
	}
	s := kept(t)
	articles := func(yield func(article.Article, error) bool) {
		for _, a := range quarry {
			if !yield(a, nil) {
				return
			}
		}
	}
	settle := func(o record.Outcome) {
		if o.Err != nil {
			t.Error(o.Err)
		}
	}
	if err := record.New(s, p, "test", func() time.Time { return noon }).Add(t.Context(), articles, 1, settle); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestSpeakerJoined: the number of a speaker who was found to be another one
// leads to that one.
func TestSpeakerJoined(t *testing.T) {
	ferry, school := reports()
	s := kept(t, ferry, school)
	h := serving(t, s)
	err := s.Write(t.Context(), noon, func(b *store.Batch) error {
		names, err := b.Spellings(t.Context(), 2)
		if err != nil || len(names) != 1 {
			return fmt.Errorf("%v, %w", names, err)
		}
		return b.Assign(&names[0], 1)
	})
	if err != nil {
		t.Fatal(err)
	}
	for from, to := range map[string]string{
		"/speaker/2": "/speaker/1/ana-moreno", "/speaker/2/peter-lund": "/speaker/1/ana-moreno", "/speaker/2?before=5": "/speaker/1/ana-moreno?before=5", "/speaker/1/x": "/speaker/1/ana-moreno",
	} {
		r := asked(t, h, from)
		if got := r.Header.Get("Location"); r.StatusCode != http.StatusFound || got != to {
			t.Errorf("%s: %d to %q, want %q", from, r.StatusCode, got, to)
		}
	}
}

// TestNamesakes: who has the name of another is named on both pages.
func TestNamesakes(t *testing.T) {
	s := filled(t)
	again := told(article.Article{ID: "roth-2", Outlet: "Wire", Title: "Roth sings", Published: day(-3), Body: "The boat sings too, said Lena Roth."},
		credited{"Lena Roth", "singer", "Lena Roth", "said", "The boat sings too", attribution.Indirect, .9})
	b, err := s.Begin(t.Context(), noon)
	if err != nil {
		t.Fatal(err)
	}
	apart := func(int64, []store.Cited) ([]store.Identity, error) { return make([]store.Identity, 1), nil } // somebody new
	if _, err := b.Add(again, func() (store.Placed, error) { return store.Placed{}, nil }, apart); err != nil {
		t.Fatal(err)
	}
	if err := b.Commit(); err != nil {
		t.Fatal(err)
	}
	h := serving(t, s)
	list := bodyOf(t, asked(t, h, "/speakers?q=Lena+Roth"))
	for _, want := range []string{"teacher", "singer", "31 January 2026", "9 March 2026"} {
		if !strings.Contains(list, want) {
			t.Errorf("%q is not in the list of those who are called so", want)
		}
	}
	r := asked(t, h, "/speaker?name=Lena+Roth")
	if to := r.Header.Get("Location"); to != "/speakers?q=Lena+Roth" {
		t.Errorf("a name that two have leads to %s", to)
	}
	found, err := s.FindSpeakers(t.Context(), "Lena Roth", 3)
	if err != nil || len(found) != 2 {
		t.Fatalf("%v, %v", found, err)
	}
	for i, k := range found {
		other := fmt.Sprintf("/speaker/%d/lena-roth", found[1-i].Row)
		if body := bodyOf(t, asked(t, h, fmt.Sprintf("/speaker/%d/lena-roth", k.Row))); !strings.Contains(body, "Others of this name") || !strings.Contains(body, other) {
			t.Errorf("the page of %d does not lead to %s", k.Row, other)
		}
	}
}

// testChange sees how a speaker's position changed, from the front page on.
func testChange(t *testing.T, ctx context.Context) {
	s := mayoral(t)
	page := open(t, ctx, view{width: 1280}, s, "/")
	page.do(chromedp.Click(chromedp.CSS(".voices-line a[href*='ada-quill']")))
	page.want("the speaker has a page with both passages", `location.pathname.endsWith("/ada-quill") && [...document.querySelectorAll(".side .wording")].map((p) => p.textContent.includes("not close")).join() === "false,true"`)
	page.want("and a chart whose numbers are in a table", `document.querySelectorAll("svg.months rect").length === 3 && document.querySelectorAll(".counts-chart tbody tr").length === 3`)
	page.do(chromedp.Click(chromedp.CSS(".side + .side a.open")))
	page.want("each passage leads to its place", `location.pathname === "/article/q1" && document.querySelector("mark.on")?.textContent.includes("not close") === true`)
}
