package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// library is JSON Lines of two reports of one vote and one of a concert.
const library = `{"id": "vote-quay", "outlet": "The Quay", "title": "Council closes Marl library after heated vote", "published": "2026-03-02", "text": "The council of Marl voted on Monday to close the library in Tanner Street, its librarian Edda Rohn said. “I will hand over the keys with a heavy heart,” Rohn said.\n\nThe library costs $90,000 a year.\n"}
{"id": "vote-herald", "outlet": "Marl Herald", "title": "Library in Tanner Street to close", "published": "2026-03-03", "text": "Librarian Edda Rohn will hand over the keys of the Tanner Street library in Marl after Monday's vote. “I will hand over the keys with a heavy heart,” she said.\n\nThe council said it saves $90,000 a year.\n"}
{"id": "concert", "outlet": "Marl Herald", "title": "Brass band plays in the rain", "published": "2026-03-03", "text": "Nine trumpeters and a tuba drew a wet crowd to the bandstand on Sunday. “We never tuned,” said the conductor, Piet Aal.\n"}
`

// TestStories goes through what an editor does with stories, command by command.
func TestStories(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("ONRECORD_RECORD", filepath.Join(dir, "record.db"))
	if code, out, stderr := onrecord(t, library, "add", "-"); code != exitDone {
		t.Fatalf("add: exit code %d, %s%s", code, out, stderr)
	}
	list := "2  Brass band plays in the rain\n   1 article · Marl Herald · 3 March 2026\n   Piet Aal (1)\n\n" +
		"1  Council closes Marl library after heated vote\n   2 articles · The Quay, Marl Herald · 2–3 March 2026\n   Edda Rohn ("
	for _, c := range []struct {
		line        string
		code        int
		out, stderr string // begin so
		in          string // is in the output
	}{
		{line: "stories", out: list},
		{line: "stories -n 1", out: list[:20], stderr: "onrecord: these are the newest 1; --limit gives more\n"},
		{line: "stories library", out: list[strings.Index(list, "1  Council"):]},
		{line: "stories -f jsonl", out: `{"article":"concert","story":"2"}` + "\n" + `{"article":"vote-quay","story":"1"}` + "\n" + `{"article":"vote-herald","story":"1"}` + "\n"},
		{line: "stories -f jsonl -n 1", out: `{"article":"concert","story":"2"}` + "\n"},
		{line: "stories tuba -f jsonl", out: `{"article":"concert","story":"2"}` + "\n"},
		{line: "stories zeppelin", code: exitNothing, stderr: "onrecord: nothing found"},
		{line: "stories zeppelin -f jsonl", code: exitNothing, stderr: "onrecord: nothing found"},
		{line: "stories (", code: exitUsage},
		{line: "story 1", out: "Council closes Marl library after heated vote\n", in: "WHO CARRIES WHAT"},
		{line: "story 1 -f md", out: "# Council closes"},
		{line: "story 1 -f json", out: `{"articles":[{"id":"vote-quay"`},
		{line: "story 1 -f html", out: "<!DOCTYPE html>"},
		{line: "story 1 --why", out: "Why these articles are in story 1\n\nThe Quay, 2 March 2026", in: "words in common: "},
		{line: "story 1 --why -f md", code: exitUsage},
		{line: "story 9", code: exitNothing, stderr: "onrecord: story 9: not in the record\n"},
		{line: "story nine", code: exitUsage},
		{line: "corrections", code: exitNothing, stderr: "onrecord: nothing found: no corrections\n"},
		{line: "stories merge 1 1", code: exitUsage, stderr: "onrecord: stories 1 and 1: one story already\n"},
		{line: "stories merge 1", code: exitUsage},
		{line: "stories merge 1 9", code: exitNothing, stderr: "onrecord: story 9: not in the record\n"},
		{line: "stories split 1 concert", code: exitUsage, stderr: "onrecord: article concert: not in that story but in 2\n"},
		{line: "stories split 1 vote-quay vote-herald", code: exitUsage, stderr: "onrecord: story 1: nothing of the story would be left\n"},
		{line: "stories split 1 nobody", code: exitNothing, stderr: "onrecord: article nobody: not in the record\n"},
		{line: "stories split 1 vote-herald --by Ana", out: "split off as story 3\n"},
		{line: "story 3", out: "Library in Tanner Street to close\n"},
		{line: "story 3 --why", out: "Why these articles are in story 3\n", in: "put here by hand (split) on "},
		{line: "stories move concert 3", out: "moved into story 2\n"},
		{line: "stories move concert vote-quay", code: exitUsage},
		{line: "stories move concert 2", code: exitUsage},
		{line: "story 3 --why", stderr: "onrecord: story 3 is part of story 2 now\n", in: "CORRECTED BY HAND"},
		{line: "stories merge 2 1", out: "they are story 1\n"},
		{line: "corrections", out: "split · ", in: " · Ana\n  one story: vote-herald\n  another: vote-quay\n"},
		{line: "verify", out: "3 articles, 0 problems\n"},
	} {
		code, out, stderr := onrecord(t, "", strings.Fields(c.line)...)
		if code != c.code || !strings.HasPrefix(out, c.out) || !strings.HasPrefix(stderr, c.stderr) || !strings.Contains(out, c.in) {
			t.Errorf("%s: exit code %d, want %d\n%s%s", c.line, code, c.code, out, stderr)
		}
	}
	_, articles, _ := onrecord(t, "", "export")
	_, corrections, _ := onrecord(t, "", "corrections", "-f", "jsonl")
	_, want, _ := onrecord(t, "", "stories", "-f", "jsonl")
	t.Setenv("ONRECORD_RECORD", filepath.Join(dir, "other.db"))
	for _, told := range []string{"3 added, 3 corrected\n", "3 unchanged, 3 corrected before\n"} {
		if code, out, stderr := onrecord(t, corrections+articles, "import", "-"); code != exitDone || out != told {
			t.Errorf("import: exit code %d, %q, want %q; %s", code, out, told, stderr)
		}
	}
	if _, got, _ := onrecord(t, "", "stories", "-f", "jsonl"); strings.Count(got, `"story":"1"`) != 3 || strings.Count(want, `"story":"1"`) != 3 {
		t.Errorf("stories after import:\n%swant\n%s", got, want)
	}
	absent := `{"correction":"merge","at":"2026-03-04T10:00:00Z","by":"Ana","stories":[["nobody","nothing"]]}`
	if code, out, stderr := onrecord(t, absent, "import", "-"); out != "1 not applied\n" || !strings.Contains(stderr, "correction 1 (merge): the correction says nothing of this record") {
		t.Errorf("a correction of other articles: exit code %d, %q, %s", code, out, stderr)
	}
}
