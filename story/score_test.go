//go:build !race

package story_test

import (
	"encoding/json"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"onrecord/article"
	"onrecord/internal/corpora"
	"onrecord/reader"
	"onrecord/story"
	"onrecord/text"
)

// scored is an article with its gold story, "" for a distractor.
type scored struct {
	id, story string
	article   story.Article
}

// basil reads the articles of BASIL.
func basil(t testing.TB) []scored {
	t.Helper()
	f, err := os.Open(corpora.Path(t, "corpora", "basil", "articles.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []scored
	for d := json.NewDecoder(f); d.More(); {
		var a struct{ ID, Story, Title, Date, Text string }
		if err := d.Decode(&a); err != nil {
			t.Fatal(err)
		}
		out = append(out, scored{a.ID, a.Story, story.Article{Title: a.Title, Published: date(t, a.Date), Text: text.Split(a.Text)}})
	}
	return out
}

// polnear reads the articles of PolNeAR's training and development parts.
func polnear(t testing.TB) []scored {
	t.Helper()
	raw, err := os.ReadFile(corpora.Path(t, "corpora", "polnear", "metadata.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	var out []scored
	for _, line := range strings.Split(strings.TrimSpace(string(raw)), "\n")[1:] {
		f := strings.Split(line, "\t") // compartment, filename, level, annotators, publisher, publication_date, author, title, …
		files, err := filepath.Glob(filepath.Join(corpora.Path(t, "corpora", "polnear", f[0], "text"), f[1]+"*.txt"))
		if err != nil || len(files) != 1 {
			t.Fatalf("%d files of %s: %v", len(files), f[1], err)
		}
		body, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, scored{f[1], "", story.Article{Title: f[7], Published: date(t, f[5]), Text: text.Split(string(body))}})
	}
	return out
}

func date(t testing.TB, s string) time.Time {
	t.Helper()
	d, _, err := article.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// bcubed is the B-cubed F1 of the gold articles that are chosen; the others
// count where they are in a story with one of these.
func bcubed(all []scored, predicted []int, chosen func(storyID string) bool) float64 {
	size, same, want := map[int]int{}, map[string]int{}, map[string]int{}
	for i, a := range all {
		size[predicted[i]]++
		want[a.story]++
		same[fmt.Sprint(predicted[i], a.story)]++
	}
	n, p, r := 0.0, 0.0, 0.0
	for i, a := range all {
		if a.story != "" && chosen(a.story) {
			n++
			both := float64(same[fmt.Sprint(predicted[i], a.story)])
			p += both / float64(size[predicted[i]])
			r += both / float64(want[a.story])
		}
	}
	return 2 * p * r / (p + r) / n
}

// crowd moves all articles into ten days of one month, each story's together
// and the others wherever their names fall.
func crowd(all []scored) []scored {
	first := map[string]time.Time{}
	for _, a := range all {
		if f, ok := first[a.story]; !ok || a.article.Published.Before(f) {
			first[a.story] = a.article.Published
		}
	}
	out := slices.Clone(all)
	for i, a := range all {
		name, after := a.id, time.Duration(0)
		if a.story != "" {
			name, after = a.story, a.article.Published.Sub(first[a.story])
		}
		out[i].article.Published = day(int(crc32.ChecksumIEEE([]byte(name)) % 10)).Add(after)
	}
	return out
}

// undate takes the dates away.
func undate(all []scored) []scored {
	out := slices.Clone(all)
	for i := range out {
		out[i].article.Published = time.Time{}
	}
	return out
}

// arrive adds the articles to a Grouper in an order that a seed gives, and
// returns the story of each.
func arrive(all []scored, seed uint64) []int {
	g := story.NewGrouper()
	order := rand.New(rand.NewPCG(seed, 0)).Perm(len(all))
	for _, i := range order {
		g.Add(all[i].article)
	}
	out := make([]int, len(all))
	for n, i := range order {
		out[i] = order[g.Story(n)]
	}
	return out
}

// TestScore groups BASIL's articles among those of PolNeAR, as they arrive in
// several orders, and holds the result to what is wanted of it.
func TestScore(t *testing.T) {
	all := append(basil(t), polnear(t)...)
	half := map[string]int{} // of the stories by name: first, second, first, …
	for _, a := range all[:150] {
		if _, ok := half[a.story]; !ok {
			half[a.story] = len(half) % 2
		}
	}
	const orders = 10
	for _, tt := range []struct {
		name          string
		articles      []scored
		least, spread float64
	}{
		{"with dates", all, .98, .01},
		{"no dates", undate(all), .93, .03},
		{"all in ten days", crowd(all), .93, .03},
	} {
		low, high, sum, halves := 1.0, 0.0, 0.0, [2]float64{}
		for seed := range uint64(orders) {
			predicted := arrive(tt.articles, seed)
			f := bcubed(all, predicted, func(string) bool { return true })
			low, high, sum = min(low, f), max(high, f), sum+f
			for h := range halves {
				halves[h] += bcubed(all, predicted, func(s string) bool { return half[s] == h })
			}
		}
		t.Logf("%s: B-cubed F1 %.3f, from %.3f to %.3f over %d orders; halves of the stories %.3f and %.3f",
			tt.name, sum/orders, low, high, orders, halves[0]/orders, halves[1]/orders)
		if low < tt.least {
			t.Errorf("%s: F1 %.4f, want %.2f", tt.name, low, tt.least)
		}
		if high-low >= tt.spread {
			t.Errorf("%s: the order of arrival moves F1 by %.4f", tt.name, high-low)
		}
	}
}

// TestSmallSets groups the articles of every story of BASIL alone, which is
// what compare gets, and those of every two stories as if they were of one day.
func TestSmallSets(t *testing.T) {
	var names []string
	of := map[string][]story.Article{}
	for _, a := range basil(t) {
		if of[a.story] == nil {
			names = append(names, a.story)
		}
		of[a.story] = append(of[a.story], a.article)
	}
	split, pairs, mixed := 0, 0, 0
	for i, name := range names {
		if len(story.Group(of[name])) > 1 {
			split++
		}
		for _, other := range names[:i] {
			both := slices.Concat(of[name], of[other])
			for k := range both {
				both[k].Published = of[name][0].Published
			}
			pairs++
			if slices.ContainsFunc(story.Group(both), func(s []int) bool {
				return s[0] < len(of[name]) && s[len(s)-1] >= len(of[name])
			}) {
				mixed++
			}
		}
	}
	t.Logf("%d of %d stories split, %d of %d pairs mixed", split, len(names), mixed, pairs)
	if split > 0 || mixed > pairs/100 {
		t.Errorf("want no story split and one pair in a hundred mixed at most")
	}
}

// TestOneStory groups reports of one event by outlets that share few words.
func TestOneStory(t *testing.T) {
	for _, folder := range []string{"../examples", corpora.Path(t, "seeds")} {
		r, err := reader.New(reader.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var articles []story.Article
		for _, pattern := range []string{"*.txt", "*.md", "*.html", "*.jsonl"} {
			files, err := filepath.Glob(filepath.Join(folder, pattern))
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range files {
				if filepath.Base(file) == "README.md" {
					continue
				}
				for a, err := range r.Articles(t.Context(), file) {
					if err != nil {
						t.Fatal(err)
					}
					articles = append(articles, story.Article{Title: a.Title, Published: a.Published, Text: text.Split(a.Body)})
				}
			}
		}
		if got := story.Group(articles); len(got) != 1 || len(articles) < 2 {
			t.Errorf("%s: %d articles in stories %v, want one story", folder, len(articles), got)
		}
	}
}
