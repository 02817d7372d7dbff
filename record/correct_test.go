package record_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"onrecord/article"
	"onrecord/record"
	"onrecord/store"
)

// corrected is a record in which every correction is made a second later.
func corrected(t *testing.T, path string) *record.Record {
	r, _ := opened(t, path)
	now := noon
	r.Now = func() time.Time {
		now = now.Add(time.Second)
		return now
	}
	return r
}

// partition names the articles that are in a story together, in their order.
func partition(t *testing.T, r *record.Record, articles []article.Article) string {
	t.Helper()
	var order []int64
	in := map[int64][]string{}
	for i, s := range storyOf(t, r.Store, articles) {
		if in[s] == nil {
			order = append(order, s)
		}
		in[s] = append(in[s], strings.TrimPrefix(articles[i].ID, "r-"))
	}
	var out []string
	for _, s := range order {
		out = append(out, strings.Join(in[s], " "))
	}
	return strings.Join(out, " | ")
}

func verified(t *testing.T, r *record.Record) {
	t.Helper()
	if err := r.Store.Verify(t.Context(), func(p store.Problem) { t.Error(p) }, nil); err != nil {
		t.Error(err)
	}
}

// correction calls the method that a line names: "merge 1 4", "split 1 r-2",
// "move r-2 r-3 1".
func correction(t *testing.T, r *record.Record, line string) (story int64, err error) {
	t.Helper()
	var numbers []int64
	var ids []string
	fields := strings.Fields(line)
	for _, f := range fields[1:] {
		var n int64
		if _, err := fmt.Sscanf(f, "%d", &n); err == nil {
			numbers = append(numbers, n)
		} else {
			ids = append(ids, f)
		}
	}
	switch fields[0] {
	case "merge":
		return r.Merge(t.Context(), "ana", numbers...)
	case "split":
		return r.Split(t.Context(), "ana", numbers[0], ids...)
	}
	return r.Move(t.Context(), "ana", numbers[0], ids...)
}

func TestCorrect(t *testing.T) {
	// The stories of nine reports in order are 1: 0 1 2, 2: 3 4 5, 3: 6 7 8.
	tests := []struct {
		name  string
		lines []string
		want  string // stories
		last  int64  // story that the last line gives
		err   error  // of the last line
	}{
		{"merge", []string{"merge 2 1"}, "0 1 2 3 4 5 | 6 7 8", 1, nil},
		{"merge three", []string{"merge 3 2 1"}, "0 1 2 3 4 5 6 7 8", 1, nil},
		{"merge by a number that ended", []string{"merge 1 2", "merge 2 3"}, "0 1 2 3 4 5 6 7 8", 1, nil},
		{"merge with itself", []string{"merge 1 1"}, "0 1 2 | 3 4 5 | 6 7 8", 0, record.ErrOneStory},
		{"merge what is one", []string{"merge 1 2", "merge 1 2"}, "0 1 2 3 4 5 | 6 7 8", 0, record.ErrOneStory},
		{"merge what is not there", []string{"merge 1 99"}, "0 1 2 | 3 4 5 | 6 7 8", 0, store.ErrNotFound},
		{"split one", []string{"split 1 r-1"}, "0 2 | 1 | 3 4 5 | 6 7 8", 4, nil},
		{"split the first", []string{"split 1 r-0 r-0"}, "0 | 1 2 | 3 4 5 | 6 7 8", 4, nil},
		{"split two", []string{"split 1 r-1 r-2"}, "0 | 1 2 | 3 4 5 | 6 7 8", 4, nil},
		{"split all", []string{"split 1 r-0 r-1 r-2"}, "0 1 2 | 3 4 5 | 6 7 8", 0, record.ErrNothingLeft},
		{"split what is elsewhere", []string{"split 1 r-0 r-3"}, "0 1 2 | 3 4 5 | 6 7 8", 0, record.ErrOtherStory},
		{"split what is not there", []string{"split 1 r-99"}, "0 1 2 | 3 4 5 | 6 7 8", 0, store.ErrNotFound},
		{"split a story that is not there", []string{"split 99 r-1"}, "0 1 2 | 3 4 5 | 6 7 8", 0, store.ErrNotFound},
		{"merge what was split", []string{"split 1 r-1", "merge 1 4"}, "0 1 2 | 3 4 5 | 6 7 8", 1, nil},
		{"split, merge, split", []string{"split 1 r-1", "merge 1 4", "split 1 r-1"}, "0 2 | 1 | 3 4 5 | 6 7 8", 5, nil},
		{"move", []string{"move r-1 3"}, "0 2 | 1 6 7 8 | 3 4 5", 3, nil},
		{"move from two", []string{"move r-1 r-3 3"}, "0 2 | 1 3 6 7 8 | 4 5", 3, nil},
		{"move there and back", []string{"move r-1 3", "move r-1 1"}, "0 1 2 | 3 4 5 | 6 7 8", 1, nil},
		{"move all", []string{"move r-0 r-1 r-2 3"}, "0 1 2 6 7 8 | 3 4 5", 1, nil},
		{"move where it is", []string{"move r-1 1"}, "0 1 2 | 3 4 5 | 6 7 8", 0, record.ErrOneStory},
		{"move where nothing is", []string{"move r-1 99"}, "0 1 2 | 3 4 5 | 6 7 8", 0, store.ErrNotFound},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			articles := events(9)
			path := recordPath(t)
			r := corrected(t, path)
			add(t, r, articles...)
			var story int64
			var err error
			for i, line := range tt.lines {
				if story, err = correction(t, r, line); err != nil && i < len(tt.lines)-1 {
					t.Fatal(err)
				}
			}
			if !errors.Is(err, tt.err) || story != tt.last {
				t.Errorf("story %d, %v, want %d, %v", story, err, tt.last, tt.err)
			}
			check := func(when string) {
				if got := partition(t, r, articles); got != tt.want {
					t.Errorf("%s: stories %s, want %s", when, got, tt.want)
				}
			}
			check("then")
			// Other versions and other reports change nothing of it.
			var later []article.Article
			for i, a := range articles {
				again := a
				again.Body += "A later edition.\n"
				copied := a
				copied.ID, copied.URL = fmt.Sprintf("c-%d", i), a.URL+"c"
				later = append(later, again, copied)
			}
			add(t, r, later[:9]...)
			check("after more articles")
			r = corrected(t, path)
			add(t, r, later[9:]...)
			check("after opening it again")
			for _, a := range articles {
				if latest, err := r.Store.Latest(t.Context(), a.ID); err != nil || latest.Story != storyOf(t, r.Store, []article.Article{a})[0] {
					t.Errorf("%s and its later version are not in one story (%v)", a.ID, err)
				}
			}
			verified(t, r)
			log, err := r.Store.Corrections(t.Context())
			if made := len(tt.lines); tt.err != nil && len(log) != made-1 || tt.err == nil && len(log) != made || err != nil {
				t.Errorf("%d corrections of %d are in the history (%v)", len(log), made, err)
			}
		})
	}
}

// TestApply makes corrections in one record and applies them, twice, to others
// of the same articles in other orders.
func TestApply(t *testing.T) {
	articles := events(21)
	from := corrected(t, recordPath(t))
	add(t, from, articles...)
	for _, line := range []string{"merge 1 3", "split 2 r-4", "move r-9 r-12 2", "merge 6 7", "split 6 r-18 r-16", "move r-17 9"} {
		if _, err := correction(t, from, line); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
	}
	want := partition(t, from, articles)
	log, err := from.Store.Corrections(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(4) {
		to := corrected(t, recordPath(t))
		arriving := slices.Clone(articles)
		rand.New(rand.NewPCG(seed, 0)).Shuffle(len(arriving), func(i, j int) { arriving[i], arriving[j] = arriving[j], arriving[i] })
		add(t, to, arriving...)
		for _, again := range []bool{false, true} {
			applied, err := to.Apply(t.Context(), log)
			if err != nil || len(applied) != len(log) {
				t.Fatalf("%d of %d corrections: %v", len(applied), len(log), err)
			}
			for i, a := range applied {
				if a.Err != nil || a.IsNew == again {
					t.Errorf("seed %d: correction %d: %+v; again: %v", seed, i, a, again)
				}
			}
			if got := partition(t, to, articles); got != want {
				t.Errorf("seed %d:\nstories %s\n   want %s", seed, got, want)
			}
		}
		verified(t, to)
		if got, err := to.Store.Corrections(t.Context()); err != nil || fmt.Sprint(got) != fmt.Sprint(log) {
			t.Errorf("the history is %v, want %v", got, log)
		}
	}
}

func TestApplyInPart(t *testing.T) {
	for _, tt := range []struct {
		name  string
		c     store.Correction
		want  string // stories of 0 1 2 | 3 4 5
		isNew bool
		err   error
	}{
		{"some articles", store.Correction{What: store.Merge, Stories: [][]string{{"r-0", "absent", "r-3"}}}, "0 1 2 3 4 5", true, nil},
		{"one article", store.Correction{What: store.Merge, Stories: [][]string{{"r-0", "absent"}}}, "0 1 2 | 3 4 5", false, record.ErrNotApplicable},
		{"no article that was moved", store.Correction{What: store.Move, Stories: [][]string{{"absent"}, {"r-1", "r-2"}}}, "0 1 2 | 3 4 5", false, record.ErrNotApplicable},
		{"together elsewhere", store.Correction{What: store.Split, Stories: [][]string{{"r-0", "r-3"}, {"r-1", "r-4"}}}, "0 3 | 1 2 4 5", true, nil},
		{"apart already", store.Correction{What: store.Split, Stories: [][]string{{"r-0"}, {"r-4"}}}, "0 1 2 | 3 4 5", true, nil},
		{"nothing", store.Correction{What: store.Split}, "0 1 2 | 3 4 5", false, record.ErrNotApplicable},
		{"no such thing", store.Correction{What: "mend"}, "0 1 2 | 3 4 5", false, record.ErrNotApplicable},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := corrected(t, recordPath(t))
			add(t, r, events(6)...)
			got, err := r.Apply(t.Context(), []store.Correction{tt.c})
			if err != nil || len(got) != 1 || got[0].IsNew != tt.isNew || !errors.Is(got[0].Err, tt.err) {
				t.Errorf("%+v, %v, want new %v, %v", got, err, tt.isNew, tt.err)
			}
			if got := partition(t, r, events(6)); got != tt.want {
				t.Errorf("stories %s, want %s", got, tt.want)
			}
			verified(t, r)
		})
	}
}
