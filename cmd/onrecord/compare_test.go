package main

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"onrecord/format"
)

var update = flag.Bool("update", false, "write the golden files of testdata")

const (
	vote = "The harbour board voted on Monday to close the old pier in May.\n\n" +
		"“The pier is not safe, and we cannot wait for the first accident,” board chairwoman Ana Moreno said on Monday. “Two of the iron legs are gone.”\n\n" +
		"Moreno said the repair of the pier would cost $3 million.\n"
	reaction = "Anglers were angry after the harbour board voted to close the old pier.\n\n" +
		"“The pier is not safe,” said Ana Moreno, who chairs the harbour board. She said that two iron legs of the pier were gone.\n\n" +
		"“I have fished there since I was six,” said Tom Ferris, an angler.\n"
	exams = "Pupils in the north will sit their exams a week later because of the snow, the ministry of schools announced.\n\n" +
		"“No pupil will lose a mark over the weather,” schools minister Lena Roth told parliament.\n"
)

// TestCompareExamples prints the examples as the README shows them.
func TestCompareExamples(t *testing.T) {
	for format, file := range map[string]string{"text": "compare.txt", "md": "compare.md"} {
		t.Run(format, func(t *testing.T) {
			t.Setenv("COLUMNS", "80")
			code, out, stderr := onrecord(t, "", "compare", "--format", format, "../../examples")
			if code != exitDone || stderr != "" {
				t.Fatalf("exit code %d: %s", code, stderr)
			}
			path := filepath.Join("testdata", file)
			if *update {
				if err := os.WriteFile(path, []byte(out), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if out != string(want) {
				t.Errorf("not what %s holds (-update writes it):\n%s", path, out)
			}
		})
	}
}

// TestReadmeShowsWhatIsPrinted looks for every piece of the README's examples,
// which are cut at "…", in what the commands print.
func TestReadmeShowsWhatIsPrinted(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for opening, args := range map[string][]string{
		"compares three invented reports of one event:\n\n```\n": {"compare", "../../examples"},
		"\n$ onrecord read examples/port-ansel-courier.html\n":   {"read", "../../examples/port-ansel-courier.html"},
	} {
		t.Setenv("COLUMNS", "80")
		_, out, _ := onrecord(t, "", args...)
		_, example, found := strings.Cut(string(readme), opening)
		example, _, _ = strings.Cut(example, "```")
		if !found {
			t.Errorf("no %q", opening)
		}
		for piece := range strings.SplitSeq(example, "…\n") {
			if !strings.Contains(out, piece) {
				t.Errorf("onrecord %s does not print\n%s", args[0], piece)
			}
		}
	}
}

func TestCompareExitCodes(t *testing.T) {
	dir := folderOf(t, map[string]string{"vote.txt": vote, "reaction.txt": reaction, "exams.txt": exams, "german.txt": german, "file": "x", "empty.txt": "", "shell.html": "<p></p>"})
	in := func(name string) string { return filepath.Join(dir, name) }
	for _, c := range []struct {
		name           string
		args           []string
		code           int
		stdout, stderr string // parts of it; "" for nothing at all
	}{
		{"one story", []string{in("vote.txt"), in("reaction.txt")}, exitDone, "WHO CARRIES WHAT", ""},
		{"one article", []string{in("vote.txt")}, exitDone, "WHO SAYS WHAT", "nothing to compare it with"},
		{"one missing", []string{in("vote.txt"), in("absent.txt"), in("reaction.txt")}, exitIncomplete, "WHO CARRIES WHAT", "onrecord: 2 read, 1 failed\n"},
		{"one skipped", []string{in("vote.txt"), in("german.txt"), in("reaction.txt")}, exitDone, "WHO CARRIES WHAT", "skipped: not English"},
		{"empty file", []string{in("vote.txt"), in("empty.txt"), in("reaction.txt")}, exitDone, "WHO CARRIES WHAT", "empty.txt: no text found"},
		{"empty page", []string{in("vote.txt"), in("shell.html"), in("reaction.txt")}, exitDone, "WHO CARRIES WHAT", "onrecord: 2 read, 1 skipped: empty\n"},
		{"none read", []string{in("german.txt")}, exitIncomplete, "", "skipped: not English"},
		{"two stories", []string{in("vote.txt"), in("exams.txt"), in("reaction.txt")}, exitDone, "━━━", "2 stories"},
		{"one text twice", []string{in("vote.txt"), in("reaction.txt"), in("vote.txt")}, exitDone, "vote-2 · the same text as vote\n", "onrecord: vote and vote-2 print the same text"},
		{"as one story", []string{"--one", in("vote.txt"), in("exams.txt")}, exitDone, "No utterance was found in two outlets.", ""},
		{"no place to write to", []string{"--out", filepath.Join(dir, "absent", "out.txt"), in("vote.txt"), in("reaction.txt")}, exitBroken, "", "absent"},
		{"out is a folder", []string{"--out", dir, in("vote.txt"), in("reaction.txt")}, exitBroken, "", "directory"},
		{"all in JSON", []string{"--all", "--format", "json", in("vote.txt")}, exitUsage, "", "--all"},
		{"unknown format", []string{"--format", "pdf", in("vote.txt")}, exitUsage, "", "pdf"},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, stdout, stderr := onrecord(t, "", append([]string{"compare"}, c.args...)...)
			if code != c.code {
				t.Errorf("exit code %d, want %d", code, c.code)
			}
			if c.stdout == "" && stdout != "" || !strings.Contains(stdout, c.stdout) {
				t.Errorf("stdout is %q, want %q in it", stdout, c.stdout)
			}
			if c.stderr == "" && stderr != "" || !strings.Contains(stderr, c.stderr) {
				t.Errorf("stderr is %q, want %q in it", stderr, c.stderr)
			}
		})
	}
}

// TestCompareToFile writes every format to a file, in place of an older one.
func TestCompareToFile(t *testing.T) {
	dir := folderOf(t, map[string]string{"vote.txt": vote, "reaction.txt": reaction})
	for f, want := range map[string]string{"text": "WHO CARRIES WHAT", "json": `{"articles":[`, "html": "<!DOCTYPE html>", "md": "## Who carries what"} {
		t.Run(f, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "comparison")
			if err := os.WriteFile(path, []byte("older"), 0o600); err != nil {
				t.Fatal(err)
			}
			code, stdout, stderr := onrecord(t, "", "compare", "--format", f, "--out", path, dir)
			if code != exitDone || stdout != "" || stderr != "" {
				t.Errorf("exit code %d, stdout %q, stderr %q", code, stdout, stderr)
			}
			got, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(got), want) || strings.Contains(string(got), "older") {
				t.Errorf("no %q in\n%s", want, got)
			}
			entries, err := os.ReadDir(filepath.Dir(path))
			if err != nil || len(entries) != 1 {
				t.Errorf("%d files beside it: %v", len(entries)-1, err)
			}
		})
	}
}

// TestCompareJSON has an object a line for each story, and an ID of its own
// for every article.
func TestCompareJSON(t *testing.T) {
	dir := folderOf(t, map[string]string{"a/report.txt": vote, "b/report.txt": reaction, "c/report.txt": exams})
	code, out, _ := onrecord(t, "", "compare", "--format", "json", dir)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if code != exitDone || len(lines) != 2 {
		t.Fatalf("exit code %d, %d lines for 2 stories", code, len(lines))
	}
	var ids []string
	for _, line := range lines {
		var c format.Comparison
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatal(err)
		}
		for _, a := range c.Articles {
			ids = append(ids, a.ID)
		}
	}
	slices.Sort(ids)
	if want := []string{"report", "report-2", "report-3"}; !slices.Equal(ids, want) {
		t.Errorf("articles are %q, want %q", ids, want)
	}
}
