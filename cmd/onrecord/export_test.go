package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"onrecord/format"
)

// archive has what is hard to keep: dates of every precision, no address, two
// versions of one article, characters of several bytes.
const archive = `{"id":"pier","outlet":"The Quay","title":"Pier to close 🌉","url":"https://quay.example/pier","published":"2026-03-12T23:30:00-05:00","author":["Ines Duarte","Tom Okafor"],"text":"The pier will close in May, the harbor board announced. Some 400 boats use it.\n\n“The pier is not safe,” Ana Moreno, the harbor master, told Radio Quay on Tuesday.\n"}
{"id":"pier-2","outlet":"The Quay","title":"Pier to close","url":"https://quay.example/pier","published":"2026-03-13","text":"The pier will close in June, the harbor board announced.\n\n“The pier is not safe,” Ana Moreno said. “Nobody — nobody — asked us.”\n"}
{"id":"school","text":"Parents met in the hall.\n\n“Nobody asked the teachers,” Peter Lund said. He denied that 12 of 40 caf\u00e9 owners had left.\n"}
{"id":"silent","outlet":"The Quay","published":"2026-03-14T08:00:00Z","text":"It rained all day on the coast, and the boats stayed in.\n"}
`

// keep runs a command over a record and returns what it prints.
func keep(t *testing.T, want int, stdin string, args ...string) string {
	t.Helper()
	code, out, stderr := onrecord(t, stdin, args...)
	if code != want {
		t.Fatalf("%v: exit code %d, want %d: %s", args, code, want, stderr)
	}
	return out
}

// TestRoundTrip reads an archive, and takes it from one record to the next.
func TestRoundTrip(t *testing.T) {
	dir := t.TempDir()
	first, second := filepath.Join(dir, "first.db"), filepath.Join(dir, "second.db")
	read := keep(t, exitDone, archive, "read", "--format", "jsonl", "-")
	if got := keep(t, exitDone, read, "import", "--record", first, "-"); got != "3 added, 1 new version\n" {
		t.Errorf("import: %q", got)
	}
	exported := keep(t, exitDone, "", "export", "--record", first)
	lines := func(s string) []string { return slices.Sorted(strings.Lines(s)) }
	if !slices.Equal(lines(exported), lines(read)) {
		t.Errorf("the record gives\n%sof\n%s", exported, read)
	}

	// Through a file, packed, into another record, twice.
	packed := filepath.Join(dir, "archive.jsonl.gz")
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	_, _ = w.Write([]byte(exported))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(packed, z.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"3 added, 1 new version\n", "4 unchanged\n"} {
		if got := keep(t, exitDone, "", "import", "--record", second, packed); got != want {
			t.Errorf("import: %q, want %q", got, want)
		}
	}
	out := filepath.Join(dir, "second.jsonl")
	keep(t, exitDone, "", "export", "--record", second, "--out", out)
	if again, err := os.ReadFile(out); err != nil || string(again) != exported {
		t.Errorf("%v, the second record gives\n%sthe first\n%s", err, again, exported)
	}
	if got := keep(t, exitDone, archive, "add", "--record", second, "-"); got != "4 unchanged\n" {
		t.Errorf("adding what was imported: %q", got)
	}
	keep(t, exitDone, "", "verify", "--record", second)
}

func TestExport(t *testing.T) {
	dir := t.TempDir()
	db := filepath.Join(dir, "record.db")
	keep(t, exitDone, archive, "add", "--record", db, "-")
	for _, c := range []struct {
		args  []string
		lines int
		want  string // in the output
	}{
		{[]string{"speaker:lund"}, 1, `"id":"school"`},
		{[]string{"moreno", "outlet:quay"}, 1, `"id":"pier-2"`}, // the latest version
		{[]string{"--format", "csv", "speaker:lund"}, 3, "school,,,,,a1,direct,Peter Lund"},
		{[]string{"--format", "citron", "lund"}, 1, `"text":"“Nobody asked the teachers,”"`},
		{[]string{"--format", "webannotation", "lund"}, 2, `"id":"urn:onrecord:school:a2"`},
		{[]string{"--format", "quotation", "lund"}, 1, `"text":"Nobody asked the teachers,"`},
		{[]string{"--format", "gqg"}, 3, `"quote":"Nobody — nobody — asked us."`},
	} {
		out := keep(t, exitDone, "", append([]string{"export", "--record", db}, c.args...)...)
		if n := strings.Count(out, "\n"); n != c.lines || !strings.Contains(out, c.want) {
			t.Errorf("%v: %d lines, want %d with %q in\n%s", c.args, n, c.lines, c.want, out)
		}
	}

	nothing := filepath.Join(dir, "nothing.csv")
	keep(t, exitNothing, "", "export", "--record", db, "--format", "csv", "--out", nothing, "zeppelin")
	if _, err := os.Stat(nothing); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file of nothing: %v", err)
	}

	tables := filepath.Join(dir, "tables")
	keep(t, exitDone, "", "export", "--record", db, "--format", "parquet", "--out", tables)
	said, err := parquet.ReadFile[format.ParquetAttribution](filepath.Join(tables, "attributions.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	articles, err := parquet.ReadFile[format.ParquetArticle](filepath.Join(tables, "articles.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.Count(keep(t, exitDone, "", "export", "--record", db, "--format", "csv"), "\n") - 1
	if len(articles) != 4 || len(said) != rows {
		t.Errorf("%d articles and %d attributions in Parquet, want 4 and %d", len(articles), len(said), rows)
	}

	// What others take can be read here too.
	graph := filepath.Join(dir, "all.gqg.json")
	keep(t, exitDone, "", "export", "--record", db, "--format", "gqg", "--out", graph)
	for path, want := range map[string]int{graph: 3, filepath.Join(tables, "articles.parquet"): 4} {
		if got := strings.Count(keep(t, exitDone, "", "read", "--format", "jsonl", path), "\n"); got != want {
			t.Errorf("%d articles read from %s, want %d", got, filepath.Base(path), want)
		}
	}

	brat := filepath.Join(dir, "brat")
	keep(t, exitDone, "", "export", "--record", db, "--format", "brat", "--out", brat, "speaker:lund")
	text, err := os.ReadFile(filepath.Join(brat, "school.txt"))
	if err != nil {
		t.Fatal(err)
	}
	ann, err := os.ReadFile(filepath.Join(brat, "school.ann"))
	if err != nil || !strings.Contains(string(ann), "Source 55 65\tPeter Lund") || string([]rune(string(text))[55:65]) != "Peter Lund" {
		t.Errorf("%v, brat:\n%s", err, ann)
	}
	if files, _ := os.ReadDir(brat); len(files) != 2 {
		t.Errorf("%d files for an article", len(files))
	}
}

func TestExportAndImportFail(t *testing.T) {
	dir := t.TempDir()
	db := filepath.Join(dir, "record.db")
	good := keep(t, exitDone, pier, "read", "--format", "jsonl", "-")
	code, out, stderr := onrecord(t, "{\n"+`{"id":"plain","text":"Nobody read this."}`+"\n"+good, "import", "--record", db, "-")
	if code != exitIncomplete || out != "1 added, 2 failed\n" || !strings.Contains(stderr, "-: line 2: ") || !strings.Contains(stderr, "not read") {
		t.Errorf("exit code %d, %q, %s", code, out, stderr)
	}
	absent := filepath.Join(dir, "absent")
	for _, c := range []struct {
		code int
		args []string
		want string
	}{
		{exitIncomplete, []string{"import", "--record", db, absent}, "absent: no such file"},
		{exitBroken, []string{"export", "--record", absent}, "absent"},
		{exitUsage, []string{"export", "--record", db, "--format", "parquet"}, "--out"},
		{exitUsage, []string{"export", "--record", db, "--format", "brat"}, "--out"},
		{exitUsage, []string{"export", "--record", db, `"open`}, "character 1"},
		{exitNothing, []string{"export", "--record", db, "zebra"}, "nothing found"},
		{exitBroken, []string{"export", "--record", db, "--format", "parquet", "--out", db}, "record.db"},
	} {
		if code, _, stderr := onrecord(t, "", c.args...); code != c.code || !strings.Contains(stderr, c.want) {
			t.Errorf("%v: exit code %d, want %d; %s", c.args, code, c.code, stderr)
		}
	}
}
