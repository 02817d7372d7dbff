package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"onrecord/format"
)

// quarryRecord is a record of invented articles in which a mayor changes her
// mind and has a namesake.
func quarryRecord(t *testing.T) (path string) {
	t.Helper()
	var lines []string
	for _, a := range []map[string]string{
		{"id": "stay", "outlet": "The Quay", "date": "2024-03-02", "title": "Quarry to stay", "text": "Councillors met on a wet Tuesday in the customs house.\n\n" +
			"Mayor Ada Quill said that the city will not close the Dunmore quarry.\n\n“The Dunmore quarry feeds eight hundred families,” Quill said.\n"},
		{"id": "close", "outlet": "Harbour Post", "date": "2025-11-20", "title": "Quarry to close", "text": "The vote came late on Thursday, and nobody clapped.\n\n" +
			"Mayor Ada Quill told reporters that the city will close the Dunmore quarry.\n\nTom Ferris said that the anglers had waited for this.\n"},
		{"id": "opera", "outlet": "Harbour Post", "date": "2025-12-01", "title": "A voice retires", "text": "The last curtain fell on Friday at the opera of Eastwick.\n\n" +
			"“I have sung enough,” said the soprano Berta Quill.\n"},
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

func TestSpeaker(t *testing.T) {
	path := quarryRecord(t)
	t.Setenv("COLUMNS", "80")
	for _, tt := range []struct {
		name string
		args []string
		code int
		want []string // parts of what is printed, in order
	}{
		{"a page", []string{"Ada", "Quill"}, exitDone, []string{
			"Ada Quill\n3 statements in 2 articles · 33% in quotation marks · 2 March 2024 – 20 November\n2025\n", "ROLES\n  Mayor, 2024-03 to 2025-11 (2 articles)\n",
			"MOST QUOTED BY\n  The Quay      2 statements, ", "BY MONTH\n", "  2024  ··█·········  2\n  2025  ··········▄·  1\n",
			"TENSIONS WITH EARLIER STATEMENTS\n\n  One asserts what the other denies:\n  ¶2  that the city will close the Dunmore quarry\n      Harbour Post · 20 November 2025 · ",
			"  ¶2  that the city will not close the Dunmore quarry\n", "STATEMENTS\n\nQuarry to close (", "Quarry to stay ("}},
		{"a limit", []string{"Ada Quill", "--limit", "1"}, exitDone, []string{"STATEMENTS\nthe newest 1 of 3 (--limit)\n", "Quarry to close"}},
		{"several", []string{"Quill"}, exitDone, []string{"1  Ada Quill, Mayor\n   3 statements", "2  Berta Quill\n   1 statement in 1 article", "--number N"}},
		{"the second", []string{"Quill", "--number", "2"}, exitDone, []string{"Berta Quill\n1 statement in 1 article", "None found.", "A voice retires"}},
		{"nobody", []string{"Ada Quil"}, exitNothing, []string{"nobody called Ada Quil is on record; spelled nearly so: Ada Quill"}},
		{"nobody near", []string{"Zebulon Pike"}, exitNothing, []string{"nobody called Zebulon Pike is on record\n"}},
		{"a number too high", []string{"Ada Quill", "--number", "2"}, exitUsage, []string{"--number is at most"}},
		{"no name", []string{" "}, exitUsage, []string{"whose statements?"}},
		{"no limit", []string{"Ada Quill", "--limit", "0"}, exitUsage, []string{"--limit is at least 1"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			code, out, stderr := onrecord(t, "", append([]string{"speaker", "--record", path}, tt.args...)...)
			if code != tt.code {
				t.Fatalf("exit code %d, want %d: %s", code, tt.code, stderr)
			}
			rest := out + stderr
			for _, want := range tt.want {
				_, after, ok := strings.Cut(rest, want)
				if !ok {
					t.Fatalf("%q is not, or not there, in\n%s", want, out+stderr)
				}
				rest = after
			}
		})
	}
}

func TestSpeakerNamesakes(t *testing.T) {
	path := quarryRecord(t)
	code, out, stderr := onrecord(t, "", "speaker", "--record", path, "-f", "json", "Berta Quill")
	var p format.Profile
	if err := json.Unmarshal([]byte(out), &p); err != nil || code != exitDone {
		t.Fatalf("%v, exit code %d: %s", err, code, stderr)
	}
	if p.Name != "Berta Quill" || p.Statements != 1 || p.Direct != 1 || p.First != "2025-12-01" || len(p.Stories) != 1 || p.Stories[0].Statements[0].Attribution.ID != "a1" {
		t.Errorf("%+v", p)
	}
	code, out, stderr = onrecord(t, "", "speaker", "--record", path, "Quill", "-f", "json")
	if n := strings.Count(out, "\n"); code != exitDone || n != 2 || !strings.Contains(stderr, "--number") {
		t.Errorf("exit code %d, %d lines: %s", code, n, stderr)
	}
}

// TestSpeakerOutweighs shows at once who says ten times as much as others of
// that name, and says that there are others.
func TestSpeakerOutweighs(t *testing.T) {
	path := quarryRecord(t)
	long := "Mayor Ada Quill opened the hearing on Monday.\n"
	for _, thing := range []string{"quarry", "ferry", "library", "market", "harbour", "school", "bridge", "depot"} {
		long += "\n“The city will pay for the " + thing + " this year,” Quill said.\n"
	}
	if code, _, stderr := onrecord(t, long, "add", "--record", path, "-"); code != exitDone {
		t.Fatalf("add: exit code %d: %s", code, stderr)
	}
	code, out, stderr := onrecord(t, "", "speaker", "--record", path, "Quill")
	if code != exitDone || !strings.HasPrefix(out, "Ada Quill\n11 statements") || !strings.Contains(stderr, "others of that name") {
		t.Errorf("exit code %d: %.100s\n%s", code, out, stderr)
	}
}
