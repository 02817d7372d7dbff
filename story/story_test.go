package story_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"onrecord/story"
	"onrecord/text"
)

// day is a date of the invented articles.
func day(n int) time.Time { return time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n) }

func report(published time.Time, title, body string) story.Article {
	return story.Article{Title: title, Published: published, Text: text.Split(body)}
}

// Reports of three events that never happened: a bridge closed, a football
// final, and the same bridge opened again a month later.
var (
	closedA = report(day(1), "Rust closes the Tarn bridge",
		"Inspectors shut the Tarn bridge at Ellerby on Monday after finding rust in two of its cables.\n\n"+
			"“We looked at the cables and nobody slept that night,” said Ottilie Brandt, the county engineer.\n\n"+
			"Some 9,000 drivers cross the bridge each day. The ferry at Low Ellerby will run until midnight.")
	closedB = report(day(2), "Ellerby cut in two as bridge is shut",
		"Drivers in Ellerby faced a detour of 40 miles on Tuesday, a day after the county closed the Tarn bridge.\n\n"+
			"Ottilie Brandt, an engineer, said that rust had eaten into its cables. “Nobody slept that night,” she said.\n\n"+
			"The ferry was full by seven in the morning, its operator said.")
	final = report(day(2), "Harbour Rovers win the cup on penalties",
		"Harbour Rovers beat Millgate 4-2 on penalties on Tuesday to win the league cup for the first time since 1974.\n\n"+
			"Keeper Dario Venn saved twice in the shootout. “I guessed,” he said.\n\nThe manager praised the supporters.")
	opened = report(day(40), "Tarn bridge opens again",
		"The Tarn bridge at Ellerby opened again on Friday, six weeks after rust in its cables closed it.\n\n"+
			"Ottilie Brandt, the county engineer, drove across first. The repair cost $3 million.")
)

func TestGroup(t *testing.T) {
	undated := func(a story.Article) story.Article {
		a.Published = time.Time{}
		return a
	}
	tests := []struct {
		name     string
		articles []story.Article
		want     [][]int
	}{
		{"none", nil, [][]int{}},
		{"one", []story.Article{final}, [][]int{{0}}},
		{"two reports of one event", []story.Article{closedA, closedB}, [][]int{{0, 1}}},
		{"without dates", []story.Article{undated(closedA), undated(closedB)}, [][]int{{0, 1}}},
		{"one of them without a date", []story.Article{closedA, undated(closedB)}, [][]int{{0, 1}}},
		{"two events of one day", []story.Article{final, closedB}, [][]int{{0}, {1}}},
		{"another among them", []story.Article{closedB, final, closedA}, [][]int{{0, 2}, {1}}},
		{"the same place a month later", []story.Article{opened, closedA, closedB}, [][]int{{0}, {1, 2}}},
		{"a copy", []story.Article{final, final, closedA}, [][]int{{0, 1}, {2}}},
		{"empty", []story.Article{{}, {Text: text.Split("")}, final, {Title: "…"}}, [][]int{{0}, {1}, {2}, {3}}},
		{"common words only", []story.Article{report(day(1), "", "It was what it was."), report(day(1), "", "It was what they had.")}, [][]int{{0}, {1}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := story.Group(tt.articles); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("Group = %v, want %v", got, tt.want)
			}
		})
	}
}

// TestWhy looks at the reasons that are given.
func TestWhy(t *testing.T) {
	g := story.NewGrouper()
	if d := g.Add(closedA); d.Joined || d.Story != 0 {
		t.Errorf("the first article: %+v", d)
	}
	if d := g.Add(final); d.Joined || d.Story != 1 {
		t.Errorf("another event: %+v", d)
	}
	d := g.Add(closedB)
	if !d.Joined || d.Story != 0 || d.Alike < d.Required || d.Days != 1 {
		t.Errorf("the second report: %+v", d)
	}
	for _, word := range []string{"Tarn", "Ellerby", "bridge", "Brandt"} {
		if !slices.Contains(d.Words, word) {
			t.Errorf("%q is not among the reasons %q", word, d.Words)
		}
	}
	if got := []int{g.Story(0), g.Story(1), g.Story(2)}; !slices.Equal(got, []int{0, 1, 0}) {
		t.Errorf("stories %v", got)
	}
}

// TestQuotedTogether joins articles that share little but a quotation.
func TestQuotedTogether(t *testing.T) {
	const words = "we will carry the piano over the dunes ourselves and nobody will ever thank us for it"
	a := report(day(1), "", "The orchestra of Sandholm leaves its hall this week. “"+words+",” said the cellist Ruben Ask, as a storm blew out windows of the hall.")
	b := report(day(1), "", "Ministers were told of a row on the coast over money for music. Ask put it thus: “"+words+".” The treasury had no comment.")
	g := story.NewGrouper()
	g.Add(a)
	d := g.Add(b)
	if !d.Joined {
		t.Fatalf("not joined: %+v", d)
	}
	if got := d.Quoted.Of(b.Text.Body); !strings.Contains(words, got) || len(strings.Fields(got)) != 6 {
		t.Errorf("quoted together: %q", got)
	}
}

// TestAbsorbed adds the report last that shows two stories to be one.
func TestAbsorbed(t *testing.T) {
	first := report(day(1), "", "Wilhelmina Kroog resigned. The harbour master Kroog had held the post in Vesterby.")
	second := report(day(1), "", "An audit found 300 crates of smuggled amber in a warehouse by the quay. Auditors counted amber for a week.")
	both := report(day(1), "", "Wilhelmina Kroog, harbour master in Vesterby, resigned after an audit found 300 crates of smuggled amber in a warehouse by the quay. Auditors counted the amber, and Kroog had held the post.")
	g := story.NewGrouper()
	g.Add(first)
	g.Add(second)
	if g.Story(1) != 1 {
		t.Fatal("one story before the report that joins them")
	}
	d := g.Add(both)
	if d.Story != 0 || !slices.Equal(d.Absorbed, []int{1}) || g.Story(1) != 0 || g.Story(2) != 0 {
		t.Errorf("%+v, stories %d, %d, %d", d, g.Story(0), g.Story(1), g.Story(2))
	}
}

// TestManyReports keeps a hundred reports of one event together, among as
// many of others.
func TestManyReports(t *testing.T) {
	articles := invent(200, func(n int) (event, published int) {
		if n%2 == 0 {
			return 0, n / 50
		}
		return n, n / 50
	})
	got := story.Group(articles)
	if len(got) != 101 || len(got[0]) != 100 {
		t.Errorf("%d stories, the first of %d articles; want 101, 100", len(got), len(got[0]))
	}
}

// TestThrees finds every story of a thousand articles, as they come.
func TestThrees(t *testing.T) {
	articles := invent(999, func(n int) (event, published int) { return n / 3, n / 50 })
	for i, s := range story.Group(articles) {
		if want := []int{3 * i, 3*i + 1, 3*i + 2}; !slices.Equal(s, want) {
			t.Fatalf("story %d is %v, want %v", i, s, want)
		}
	}
}

// TestDeterministic adds the same articles twice, and gives them to Group in
// another order.
func TestDeterministic(t *testing.T) {
	articles := invent(300, func(n int) (event, published int) { return n / 3, n / 30 })
	a, b := story.NewGrouper(), story.NewGrouper()
	for i, x := range articles {
		if d, e := a.Add(x), b.Add(x); !reflect.DeepEqual(d, e) {
			t.Fatalf("article %d: %+v, then %+v", i, d, e)
		}
	}
	want := story.Group(articles)
	slices.Reverse(articles)
	got := story.Group(articles)
	for _, s := range got {
		for i := range s {
			s[i] = len(articles) - 1 - s[i]
		}
		slices.Sort(s)
	}
	slices.SortFunc(got, slices.Compare)
	if !reflect.DeepEqual(got, want) {
		t.Error("the stories depend on the order in which the articles are given")
	}
}

// ordinary are words that most articles have.
var ordinary = strings.Fields("the of to and in a that for on with it was by said who not their will one were over her so say some can no you him like " +
	"because even most could now last into them two former while week did first many make only get how year people time state public members called")

// invent writes n articles of 300 words, of which a quarter are those of its
// event, a tenth nobody else's and the others ordinary.
func invent(n int, of func(n int) (event, published int)) []story.Article {
	state := uint64(1)
	next := func(n int) int { // a small generator, the same on every machine
		state = state*6364136223846793005 + 1442695040888963407
		return int(state>>33) % n
	}
	articles := make([]story.Article, n)
	for i := range articles {
		event, published := of(i)
		var b strings.Builder
		for w := range 300 {
			switch kind := next(20); {
			case w%12 == 11:
				b.WriteString("end.\n\n")
			case kind < 5:
				fmt.Fprintf(&b, "event%dword%d ", event, next(60))
			case kind < 7:
				fmt.Fprintf(&b, "article%dword%d ", i, w)
			default:
				b.WriteString(ordinary[next(len(ordinary))] + " ")
			}
		}
		articles[i] = report(day(published), fmt.Sprintf("Event%dword0 %s", event, ordinary[next(len(ordinary))]), b.String())
	}
	return articles
}

// TestPlace goes on with stories that another Grouper formed.
func TestPlace(t *testing.T) {
	articles := invent(60, func(n int) (event, published int) { return n % 20, n % 20 / 4 })
	whole, later := story.NewGrouper(), story.NewGrouper()
	for i, a := range articles {
		d := whole.Add(a)
		if i >= 40 {
			if got := later.Add(a); got.Story != d.Story || got.Joined != d.Joined {
				t.Errorf("article %d: %+v, want %+v", i, got, d)
			}
			continue
		}
		with := -1
		if d.Joined {
			with = d.Story
		}
		if n, err := later.Place(d.Sketch, with); err != nil || n != i || later.Story(n) != d.Story {
			t.Errorf("article %d is number %d in story %d, want story %d (%v)", i, n, later.Story(n), d.Story, err)
		}
	}
}

// TestSeparate keeps two stories apart, whatever comes later.
func TestSeparate(t *testing.T) {
	bridge := func(n int) story.Article { // alike in all but the number of a witness
		a := closedA
		a.Text = text.Split(fmt.Sprintf("%s\n\nWitness%d stood on the bank.", closedA.Text.Body, n))
		return a
	}
	place := func(g *story.Grouper, with int) {
		if _, err := g.Place(story.NewGrouper().Add(closedA).Sketch, with); err != nil {
			t.Fatal(err)
		}
	}
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 0))
		g := story.NewGrouper()
		apart := map[[2]int]bool{}
		for n := range 40 {
			with := n - random.IntN(min(n, 3)+1)
			switch {
			case n < 8: // as many stories as are formed by hand
				place(g, -1)
			case n%2 == 0 && with < n:
				place(g, with)
			default:
				g.Add(bridge(n))
			}
			if a, b := random.IntN(n+1), random.IntN(n+1); n < 12 && g.Story(a) != g.Story(b) {
				g.Separate(a, b)
				apart[[2]int{a, b}] = true
			}
			for pair := range apart {
				if g.Story(pair[0]) == g.Story(pair[1]) {
					t.Fatalf("seed %d: article %d joins the stories of %d and %d, which are apart", seed, n, pair[0], pair[1])
				}
			}
		}
		if len(apart) == 0 {
			t.Fatalf("seed %d: no stories were kept apart", seed)
		}
	}
}
