package record_test

import (
	"strings"
	"testing"

	"onrecord/article"
)

// TestReports adds what an agency sends as three outlets print it, and what a
// fourth one writes itself: four articles, two reports.
func TestReports(t *testing.T) {
	r, _ := opened(t, recordPath(t))
	wire := []string{
		"Rusty cables closed the harbour bridge on Thursday; engineers weighed trucks and diverted commuters upstream for the rest of the day.",
		"“The cables were painted over when they should have been cut out,” the engineer Ida Solheim told the harbour board in the evening.",
		"The bridge carries nine thousand cars a day. The board said that it would not open again before the cables had been weighed one by one.",
		"Commuters waited for two hours at the old ferry, which was never meant to carry cars and can take no more than six of them at a time.",
	}
	own := []string{
		"Engineers closed the harbour bridge because of its rusty cables, and trucks were weighed at both of its ends while commuters looked on.",
		"Our reporter walked across before the barriers came down: the paint on the harbour bridge comes off by hand and under it there is little cable left.",
		"The board that keeps the bridge met in the evening and sent the commuters upstream, where the engineers of another town keep another bridge.",
	}
	carry := func(outlet string, paragraphs []string) {
		add(t, r, article.Article{
			ID: outlet, URL: "https://" + outlet + ".example/bridge", Outlet: outlet, Title: "Harbour bridge closed", Published: noon, Body: strings.Join(paragraphs, "\n\n"),
		})
	}
	carry("quay", wire)
	carry("ledger", own)
	carry("gazette", wire[:3])
	carry("courier", append([]string{"HARBOUR —"}, wire...))
	firsts := map[string]string{}
	var story int64
	names := map[int64]string{}
	for _, id := range []string{"quay", "ledger", "gazette", "courier"} {
		a, err := r.Store.Article(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		story, names[a.Row] = a.Story, id
	}
	reports, err := r.Store.Reports(t.Context(), story)
	if err != nil {
		t.Fatal(err)
	}
	for article, first := range reports {
		firsts[names[article]] = names[first]
	}
	for id, want := range map[string]string{"quay": "quay", "gazette": "quay", "courier": "quay", "ledger": "ledger"} {
		if firsts[id] != want {
			t.Errorf("%s is the report of %q, want %q", id, firsts[id], want)
		}
	}
}
