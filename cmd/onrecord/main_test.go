package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"onrecord/format"
)

const (
	pier   = "The pier will close in May, the harbour board announced.\n\n“The pier is not safe,” Ana Moreno said.\n"
	school = "Parents met in the hall.\n\n“Nobody asked the teachers,” Peter Lund said.\n"
	german = "Der Minister sagte am Dienstag, dass das Vorhaben aufgegeben werde. „Wir haben keine Wahl“, fügte er hinzu. " +
		"Die Einwohner warten seit Monaten auf eine Antwort, und die Stadt verspricht eine Versammlung in der nächsten Woche.\n"
)

// folderOf makes a folder of files.
func folderOf(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// onrecord runs a command line.
func onrecord(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(t.Context(), args, strings.NewReader(stdin), &out, &errs)
	return code, out.String(), errs.String()
}

func TestExitCodes(t *testing.T) {
	dir := folderOf(t, map[string]string{"pier.txt": pier, "german.txt": german, "blank.txt": " \n", "file": "x", "broken.jsonl": "{\n"})
	in := func(name string) string { return filepath.Join(dir, name) }
	for _, c := range []struct {
		name   string
		args   []string
		code   int
		stderr string // part of it; "" for nothing at all
	}{
		{"all read", []string{"read", in("pier.txt")}, exitDone, ""},
		{"one skipped", []string{"read", in("pier.txt"), in("german.txt")}, exitDone, "german.txt: skipped: not English: de"},
		{"forced", []string{"read", "--any-language", in("german.txt")}, exitDone, ""},
		{"none read", []string{"read", in("german.txt")}, exitIncomplete, "skipped: not English"},
		{"one missing", []string{"read", in("pier.txt"), in("absent.txt")}, exitIncomplete, "absent.txt: no such file"},
		{"one broken", []string{"read", in("broken.jsonl"), in("pier.txt")}, exitIncomplete, "onrecord: 1 read, 1 failed\n"},
		{"no model", []string{"read", "--model", in("absent"), in("pier.txt")}, exitBroken, "model"},
		{"wrong model", []string{"read", "--model", in("pier.txt"), in("pier.txt")}, exitBroken, "pier.txt"},
		{"out is a file", []string{"read", "--out", in("file"), in("pier.txt")}, exitBroken, "file"},
		{"no corpus", []string{"evaluate", dir}, exitBroken, "text"},
		{"no command", nil, exitUsage, "expected one of"},
		{"unknown command", []string{"raed"}, exitUsage, `did you mean one of "read"`},
		{"no path", []string{"read"}, exitUsage, "path"},
		{"unknown format", []string{"read", "--format", "xml", in("pier.txt")}, exitUsage, "xml"},
		{"brat to standard output", []string{"read", "--format", "brat", in("pier.txt")}, exitUsage, "--out"},
		{"selectors in text", []string{"read", "--selectors", in("pier.txt")}, exitUsage, "jsonl"},
		{"bad date", []string{"read", "--date", "someday", in("pier.txt")}, exitUsage, "--date"},
		{"help", []string{"read", "--help"}, exitDone, ""},
		{"version", []string{"version"}, exitDone, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, _, stderr := onrecord(t, "", c.args...)
			if code != c.code {
				t.Errorf("exit code %d, want %d; stderr: %s", code, c.code, stderr)
			}
			if c.stderr == "" && stderr != "" || !strings.Contains(stderr, c.stderr) {
				t.Errorf("stderr is %q, want %q in it", stderr, c.stderr)
			}
		})
	}
}

func TestReadText(t *testing.T) {
	code, out, _ := onrecord(t, pier, "read", "--title", "Pier to close", "--outlet", "The Quay", "--date", "2026-03-12", "-")
	if code != exitDone {
		t.Fatalf("exit code %d", code)
	}
	for _, want := range []string{"Pier to close\nThe Quay · 12 March 2026\n", "\nAna Moreno\n", "¶2  “The pier is not safe,”\n", "direct · Ana Moreno said", "characters 58–81"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	if strings.Contains(out, "\x1b") {
		t.Errorf("styles in output that is no terminal:\n%q", out)
	}
}

func TestCompareKeepsTheOrderOfStories(t *testing.T) {
	dir := folderOf(t, map[string]string{"a.txt": pier, "b.txt": school})
	code, out, _ := onrecord(t, "", "compare", dir)
	first, second := strings.Index(out, "Ana Moreno"), strings.Index(out, "Peter Lund")
	if code != exitDone || first < 0 || second < first {
		t.Errorf("exit code %d, output\n%s", code, out)
	}
}

func TestReadJSONL(t *testing.T) {
	line, _ := json.Marshal(map[string]string{"id": "p-1", "outlet": "The Quay", "date": "2026-03-12", "text": pier})
	code, out, stderr := onrecord(t, string(line)+"\n"+string(line), "read", "--format", "jsonl", "--selectors", "-")
	if code != exitDone {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines for 2 articles", len(lines))
	}
	var rec format.Record
	if err := json.Unmarshal([]byte(lines[0]), &rec); err != nil {
		t.Fatal(err)
	}
	if rec.ID != "p-1" || rec.Outlet != "The Quay" || rec.Published != "2026-03-12" || rec.Text != pier {
		t.Errorf("article is %+v", rec)
	}
	i := slices.IndexFunc(rec.Attributions, func(a format.Attribution) bool { return a.Text == "“The pier is not safe,”" })
	if i < 0 {
		t.Fatalf("the quotation is not among %+v", rec.Attributions)
	}
	a := rec.Attributions[i]
	if a.Kind != "direct" || a.Speaker.Name != "Ana Moreno" || a.Content[0] != (format.Span{58, 81}) || a.Selectors.Source[0].Exact != "Ana Moreno" {
		t.Errorf("attribution is %+v", a)
	}
}

func TestReadToFolder(t *testing.T) {
	in := folderOf(t, map[string]string{"a/report.txt": pier, "b/report.txt": school, "b/other.txt": school})
	for f, ending := range map[string]string{"text": ".statements.txt", "jsonl": ".statements.jsonl", "brat": ".ann", "citron": ".citron.json", "csv": ".csv"} {
		t.Run(f, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "new", "folder")
			code, stdout, stderr := onrecord(t, "", "read", "--format", f, "--out", out, in)
			if code != exitDone || stdout != "" || stderr != "" {
				t.Errorf("exit code %d, stdout %q, stderr %q", code, stdout, stderr)
			}
			entries, err := os.ReadDir(out)
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, e := range entries {
				names = append(names, e.Name())
			}
			if want := []string{"other" + ending, "report-2" + ending, "report" + ending}; !slices.Equal(names, want) {
				t.Errorf("files %v, want %v", names, want)
			}
			first, err := os.ReadFile(filepath.Join(out, "report"+ending))
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Contains(first, []byte("The pier is not safe")) {
				t.Errorf("report%s is not about a/report.txt:\n%s", ending, first)
			}
		})
	}
}

func TestReadCSVHasOneHeader(t *testing.T) {
	dir := folderOf(t, map[string]string{"a.txt": pier, "b.txt": school})
	_, out, _ := onrecord(t, "", "read", "--format", "csv", dir)
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	headers := 0
	for _, row := range rows {
		if row[0] == "article" {
			headers++
		}
	}
	if headers != 1 || len(rows) < 3 {
		t.Errorf("%d headers in %d rows", headers, len(rows))
	}
}

func TestFileNameStaysInItsFolder(t *testing.T) {
	for id, want := range map[string]string{
		"plain-1":                 "plain-1",
		"../../etc/passwd":        "_.._.._etc_passwd",
		"":                        "_",
		".hidden":                 "_.hidden",
		"https://x.example/a?b":   "https___x.example_a_b",
		"tab\tand\x00nul":         "tab_and_nul",
		strings.Repeat("é", 150):  strings.Repeat("é", 100),
		"C:\\reports\\12 May|new": "C__reports_12 May_new",
	} {
		if got := fileName(id); got != want {
			t.Errorf("fileName(%q) = %q, want %q", id, got, want)
		}
	}
	f := &folder{taken: map[string]bool{}}
	for _, c := range []struct{ id, want string }{{"a", "a"}, {"a", "a-2"}, {"A", "A-3"}, {"a-2", "a-2-2"}} {
		if got := f.unique(c.id); got != c.want {
			t.Errorf("unique(%q) = %q, want %q", c.id, got, c.want)
		}
	}
}

// TestInterrupt cancels while standard input is waited for.
func TestInterrupt(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	waiting, writer := io.Pipe()
	defer writer.Close()
	var errs bytes.Buffer
	done := make(chan int)
	go func() { done <- run(ctx, []string{"read", "-"}, waiting, io.Discard, &errs) }()
	cancel()
	if code := <-done; code != exitInterrupted {
		t.Errorf("exit code %d, want %d; stderr: %s", code, exitInterrupted, errs.String())
	}
}

func TestEvaluate(t *testing.T) {
	const ann = "T1\tSource 82 92\tAna Moreno\nT2\tCue 93 97\tsaid\nT3\tContent 58 81\t“The pier is not safe,”\nT4\tAttribution 93 97\tsaid\n" +
		"E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n"
	dir := folderOf(t, map[string]string{"text/pier.txt": pier, "attributions/pier_0a1b.ann": ann})
	code, out, stderr := onrecord(t, "", "evaluate", "--json", dir)
	if code != exitDone {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	var got evaluationResult
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	if got.Articles != 1 || got.Missing != 0 || got.Attributions.Gold != 1 || got.Exact.R != 1 || got.Direct.Recall != 1 || got.Direct.SourceAccuracy != 1 {
		t.Errorf("result %+v", got)
	}
	code, out, _ = onrecord(t, "", "evaluate", dir)
	if code != exitDone || !strings.Contains(out, "1 articles, 1 attributions in gold") || !strings.Contains(out, "exact content") {
		t.Errorf("exit code %d, output\n%s", code, out)
	}
}
