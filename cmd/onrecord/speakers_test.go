package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestSpeakersCommand(t *testing.T) {
	dir := folderOf(t, map[string]string{"a.jsonl": `{"id":"pier-1","outlet":"The Quay","date":"2026-03-12","text":"The pier is closed. “It was never safe to begin with,” said Mayor Ada Voss on Monday in the town hall."}
{"id":"tram-1","outlet":"The Courier","date":"2026-04-02","text":"Trams return in May. “The depot burned for two nights,” said Ada Voss, who leads the tram company, on Thursday."}
`})
	db := filepath.Join(dir, "record.db")
	line := func(want int, args ...string) string {
		t.Helper()
		code, out, stderr := onrecord(t, "", append(args, "--record", db)...)
		if code != want {
			t.Fatalf("%v: code %d, want %d: %s", args, code, want, stderr)
		}
		return out + stderr
	}
	line(exitDone, "add", filepath.Join(dir, "a.jsonl"))
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"speakers"}, exitDone, "Ada Voss 2 statements in 2 articles"},
		{[]string{"speakers", "voss", "-f", "jsonl"}, exitDone, `"name":"Ada Voss","articles":2,"statements":2`},
		{[]string{"speakers", "nobody"}, exitNothing, "nothing found"},
		{[]string{"speakers", "different", "Ada Voss"}, exitUsage, "two names"},
		{[]string{"speakers", "different", "Ada Voss", "--in", "pier-2"}, exitNothing, "pier-2"},
		{[]string{"speakers", "different", "Ada Voss", "--in", "tram-1"}, exitDone, "the other is Ada Voss, 1 statement"},
		{[]string{"speakers", "rename", "Ada Voss", "Ada B. Voss"}, exitUsage, "several"},
		{[]string{"speakers", "rename", "Ada Voss", "Ada B. Voss", "--in", "tram-1"}, exitDone, "renamed: Ada B. Voss, 1 statement"},
		{[]string{"speakers", "voss"}, exitDone, "Ada B. Voss 1 statement in 1 article"},
		{[]string{"speakers", "same", "Ada Voss"}, exitUsage, "two names"},
		{[]string{"speakers", "same", "Ada Voss", "Ivo Holm"}, exitNothing, "Ivo Holm: not in the record"},
		{[]string{"speakers", "same", "Ada Voss", "--in", "pier-1", "--in", "tram-1"}, exitDone, "they are Ada B. Voss, 2 statements"},
		{[]string{"corrections"}, exitDone, "Ada Voss"},
		{[]string{"search", "speaker:\"Ada B\""}, exitDone, "It was never safe"},
		{[]string{"verify"}, exitDone, "2 articles, 0 problems"},
	} {
		if got := line(c.code, c.args...); !strings.Contains(got, c.want) {
			t.Errorf("%v: got\n%s\nwant %s", c.args, got, c.want)
		}
	}
}
