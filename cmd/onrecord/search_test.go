package main

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"onrecord/format"
)

// harbourRecord is a record of three invented articles.
func harbourRecord(t *testing.T) (path string) {
	t.Helper()
	var lines []string
	for _, a := range []map[string]string{
		{"id": "vote", "outlet": "The Quay", "date": "2026-03-02", "title": "Old pier to close", "url": "https://quay.example/vote", "text": vote},
		{"id": "reaction", "outlet": "Harbour Post", "date": "2026-03-03", "title": "Anglers angry", "url": "https://post.example/anglers", "text": reaction},
		{"id": "exams", "outlet": "The Quay", "date": "2026-02-10", "title": "Exams moved", "url": "https://quay.example/exams", "text": exams},
	} {
		line, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(line))
	}
	path = filepath.Join(t.TempDir(), "record.db")
	if code, _, stderr := onrecord(t, strings.Join(lines, "\n"), "add", "--record", path, "-"); code != exitDone {
		t.Fatalf("add: exit code %d: %s", code, stderr)
	}
	return path
}

func TestSearch(t *testing.T) {
	path := harbourRecord(t)
	for _, tt := range []struct {
		name string
		args []string
		want []string // parts of the output, in order
	}{
		{"a word", []string{"pier is not safe", "--sort", "date"}, []string{"Ana Moreno\n", "“The pier is not safe,”\n", "Harbour Post · 3 March 2026", "“The pier is not safe, and we"}},
		{"a phrase of a speaker", []string{`"fished there" speaker:ferris`}, []string{
			"Tom Ferris", "  ¶3  “I have fished there since I was six,”\n", "      Harbour Post · 3 March 2026 · Anglers angry · direct\n", "      https://post.example/anglers\n"}},
		{"filters alone", []string{"speaker:Roth", "kind:direct"}, []string{"Lena Roth", "No pupil will lose a mark"}},
		{"in days", []string{"to:2026-02"}, []string{"10 February 2026"}},
		{"articles", []string{"--articles", "legs -anglers"}, []string{"Old pier to close\n", "¶2", "Two of the iron legs are gone."}},
		{"a minus first", []string{"--", "-outlet:quay", "six"}, []string{"fished there"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			code, out, stderr := onrecord(t, "", append([]string{"search", "--record", path}, tt.args...)...)
			if code != exitDone || stderr != "" {
				t.Fatalf("exit code %d: %s", code, stderr)
			}
			rest := out
			for _, want := range tt.want {
				_, after, ok := strings.Cut(rest, want)
				if !ok {
					t.Fatalf("%q is not, or not there, in\n%s", want, out)
				}
				rest = after
			}
			if strings.Contains(out, "\x1b") {
				t.Errorf("styles in output that is no terminal:\n%q", out)
			}
		})
	}
}

func TestSearchJSONL(t *testing.T) {
	path := harbourRecord(t)
	code, out, stderr := onrecord(t, "", "search", "--record", path, "-f", "jsonl", "--limit", "1", "--sort", "date", "pier")
	if code != exitDone || !strings.Contains(stderr, "first 1; --limit") {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	var h format.Hit
	if err := json.Unmarshal([]byte(out), &h); err != nil { // one line
		t.Fatal(err)
	}
	found := string([]rune(reaction)[h.Found[0][0]:h.Found[0][1]])
	if h.Article != "reaction" || h.URL != "https://post.example/anglers" || h.Attribution == nil || found != "pier" {
		t.Errorf("hit is %+v, found %q", h, found)
	}
}

func TestSearchExitCodes(t *testing.T) {
	path := harbourRecord(t)
	for _, tt := range []struct {
		name   string
		args   []string
		code   int
		stderr string
	}{
		{"nothing", []string{"--record", path, "lighthouse"}, exitNothing, "onrecord: nothing found\n"},
		{"nothing in jsonl", []string{"--record", path, "-f", "jsonl", "lighthouse"}, exitNothing, "onrecord: nothing found\n"},
		{"a mistake", []string{"--record", path, `pier "is not`}, exitUsage, "query, character 6: the quotation mark is not closed"},
		{"no filter", []string{"--record", path, "author:Moreno"}, exitUsage, `"author" is no filter`},
		{"no record", []string{"--record", path + "x", "pier"}, exitBroken, "no record there"},
		{"no limit", []string{"--record", path, "--limit", "0", "pier"}, exitUsage, "--limit"},
		{"no such order", []string{"--record", path, "--sort", "luck", "pier"}, exitUsage, "--sort"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			code, out, stderr := onrecord(t, "", append([]string{"search"}, tt.args...)...)
			if code != tt.code || out != "" || !strings.Contains(stderr, tt.stderr) {
				t.Errorf("exit code %d, stdout %q, stderr %q", code, out, stderr)
			}
		})
	}
}

// TestSearchEverything finds every statement that was read, each once.
func TestSearchEverything(t *testing.T) {
	path := harbourRecord(t)
	_, out, _ := onrecord(t, "", "search", "--record", path, "-f", "jsonl", "--limit", "1000")
	var got []string
	for d := json.NewDecoder(strings.NewReader(out)); d.More(); {
		var h format.Hit
		if err := d.Decode(&h); err != nil {
			t.Fatal(err)
		}
		got = append(got, h.Article+" "+h.Attribution.ID)
	}
	slices.Sort(got)
	if len(got) < 8 || len(slices.Compact(got)) != len(got) {
		t.Errorf("%d statements: %q", len(got), got)
	}
}
