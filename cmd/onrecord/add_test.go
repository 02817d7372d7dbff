package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"onrecord/store"
)

func TestAdd(t *testing.T) {
	dir := folderOf(t, map[string]string{"in/pier.txt": pier, "in/school.txt": school, "in/german.txt": german, "in/empty.txt": "", "empty.jsonl": "\n", "shell.html": "<p></p>"})
	record, in := filepath.Join(dir, "data", "record.db"), filepath.Join(dir, "in")
	for _, c := range []struct {
		name   string
		args   []string
		code   int
		stdout string
	}{
		{"first", []string{"add", "--record", record, in}, exitDone, "2 added, 1 skipped: empty, 1 skipped: not English\n"},
		{"again", []string{"add", "--record", record, in}, exitDone, "2 unchanged, 1 skipped: empty, 1 skipped: not English\n"},
		{"nothing in it", []string{"add", "--record", record, filepath.Join(dir, "empty.jsonl"), filepath.Join(dir, "shell.html")}, exitIncomplete, "2 skipped: empty\n"},
		{"nothing there", []string{"add", "--record", record, filepath.Join(dir, "absent")}, exitIncomplete, "1 failed\n"},
		{"whole", []string{"verify", "--record", record}, exitDone, "2 articles, 0 problems\n"},
		{"no record", []string{"verify", "--record", filepath.Join(dir, "absent.db")}, exitBroken, ""},
		{"no database", []string{"add", "--record", filepath.Join(in, "pier.txt"), in}, exitBroken, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, out, stderr := onrecord(t, "", c.args...)
			if code != c.code || out != c.stdout {
				t.Errorf("exit code %d, want %d; output %q, want %q; stderr: %s", code, c.code, out, c.stdout, stderr)
			}
		})
	}
	if err := os.WriteFile(filepath.Join(in, "pier.txt"), []byte(strings.Replace(pier, "not safe", "safe enough", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Chdir(in) // the files are the same, however they are named
	if code, out, stderr := onrecord(t, "", "add", "--record", record, "."); code != exitDone || !strings.HasPrefix(out, "1 new version, 1 unchanged, ") {
		t.Errorf("a changed file: exit code %d, %q, %s", code, out, stderr)
	}
	s, err := store.OpenReadOnly(t.Context(), record)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var later *store.Entry
	for e, err := range s.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(e.Article.Body, "safe enough") {
			later = e
		}
	}
	if later == nil {
		t.Fatal("the new version is not there")
	}
	a, err := s.Article(t.Context(), later.Article.ID)
	if err != nil {
		t.Fatal(err)
	}
	edits, err := s.Edits(t.Context(), a.Row)
	if err != nil || len(edits) != 1 || edits[0].What != "quotation" || edits[0].Change != "changed" || edits[0].After != "“The pier is safe enough,”" {
		t.Errorf("edits %+v, %v", edits, err)
	}
}

func TestDataFolder(t *testing.T) {
	for _, c := range []struct {
		system string
		env    map[string]string
		want   string
	}{
		{"linux", map[string]string{"HOME": "/home/kim"}, "/home/kim/.local/share"},
		{"linux", map[string]string{"HOME": "/home/kim", "XDG_DATA_HOME": "/data"}, "/data"},
		{"darwin", map[string]string{"HOME": "/Users/kim"}, "/Users/kim/Library/Application Support"},
		{"windows", map[string]string{"USERPROFILE": "/kim", "LocalAppData": "/kim/AppData/Local"}, "/kim/AppData/Local"},
		{"linux", nil, ""},
	} {
		got, err := dataFolder(c.system, func(name string) string { return c.env[name] })
		if filepath.ToSlash(got) != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%s %v: %q, %v, want %q", c.system, c.env, got, err, c.want)
		}
	}
}
