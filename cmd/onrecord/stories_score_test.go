//go:build !race

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"onrecord/internal/corpora"
)

// unread is an article as import takes it, without anything found in it.
type unread struct {
	ID           string   `json:"id"`
	Outlet       string   `json:"outlet"`
	Title        string   `json:"title"`
	Published    string   `json:"published"`
	Text         string   `json:"text"`
	Attributions []string `json:"attributions"`
}

// basilAmongOthers are the articles of BASIL, with the story of each, and those
// of PolNeAR's training and development parts, which are of no story.
func basilAmongOthers(t *testing.T) (articles []unread, stories map[string]string) {
	t.Helper()
	stories = map[string]string{}
	f, err := os.Open(corpora.Path(t, "corpora", "basil", "articles.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for d := json.NewDecoder(f); d.More(); {
		var a struct{ ID, Story, Outlet, Title, Date, Text string }
		if err := d.Decode(&a); err != nil {
			t.Fatal(err)
		}
		stories[a.ID] = a.Story
		articles = append(articles, unread{a.ID, a.Outlet, a.Title, a.Date, a.Text, []string{}})
	}
	raw, err := os.ReadFile(corpora.Path(t, "corpora", "polnear", "metadata.tsv"))
	if err != nil {
		t.Fatal(err)
	}
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
		articles = append(articles, unread{f[1], f[4], f[7], f[5], string(body), []string{}})
	}
	return articles, stories
}

// TestStoriesScore adds the articles of BASIL among those of PolNeAR to records
// in several orders, and scores what stories prints.
func TestStoriesScore(t *testing.T) {
	articles, gold := basilAmongOthers(t)
	const orders = 2 // story.TestScore has more
	for _, tt := range []struct {
		name          string
		dated         bool
		least, spread float64
	}{{"dated", true, .98, .01}, {"undated", false, .93, .03}} {
		low, high := 1.0, 0.0
		for seed := range uint64(orders) {
			var in strings.Builder
			to := json.NewEncoder(&in)
			for _, i := range rand.New(rand.NewPCG(seed, 1)).Perm(len(articles)) {
				a := articles[i]
				if !tt.dated {
					a.Published = ""
				}
				if err := to.Encode(a); err != nil {
					t.Fatal(err)
				}
			}
			record := filepath.Join(t.TempDir(), "record.db")
			if code, out, stderr := onrecord(t, in.String(), "import", "--record", record, "-"); code != exitDone || out != fmt.Sprintf("%d added\n", len(articles)) {
				t.Fatalf("import: exit code %d, %s%s", code, out, stderr)
			}
			code, out, stderr := onrecord(t, "", "stories", "--record", record, "-f", "jsonl")
			if code != exitDone {
				t.Fatalf("stories: exit code %d, %s", code, stderr)
			}
			f := bcubed(t, out, gold)
			low, high = min(low, f), max(high, f)
		}
		t.Logf("%s: B-cubed F1 from %.3f to %.3f over %d orders", tt.name, low, high, orders)
		if low < tt.least {
			t.Errorf("%s: F1 %.4f, want %.2f", tt.name, low, tt.least)
		}
		if high-low >= tt.spread {
			t.Errorf("%s: the order of arrival moves F1 by %.4f", tt.name, high-low)
		}
	}
}

// bcubed is the B-cubed F1 of the articles that gold names; the others count
// where they are in a story with one of these.
func bcubed(t *testing.T, lines string, gold map[string]string) float64 {
	t.Helper()
	of := map[string]string{}
	size, same, want := map[string]float64{}, map[[2]string]float64{}, map[string]float64{}
	for in := bufio.NewScanner(strings.NewReader(lines)); in.Scan(); {
		var l struct{ Article, Story string }
		if err := json.Unmarshal(in.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		of[l.Article] = l.Story
		size[l.Story]++
		if g, ok := gold[l.Article]; ok {
			same[[2]string{l.Story, g}]++
			want[g]++
		}
	}
	var precision, recall float64
	for id, g := range gold {
		both := same[[2]string{of[id], g}]
		precision += both / size[of[id]]
		recall += both / want[g]
	}
	return 2 * precision * recall / (precision + recall) / float64(len(gold))
}
