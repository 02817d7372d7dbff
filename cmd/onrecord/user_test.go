package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestUsersAndTokens(t *testing.T) {
	record := filepath.Join(t.TempDir(), "record.db")
	for _, c := range []struct {
		in   string
		args string
		code int
		want string
	}{
		{"", "user remove Ana", exitNothing, ""},
		{"", "user list", exitNothing, ""},
		{"short\n", "user add Ana", exitUsage, ""},
		{"", "user add Ana", exitUsage, ""},
		{strings.Repeat("w", 2000), "user add Ana", exitUsage, ""},
		{"a long word or two\r\n", "user add Ana", exitDone, ""},
		{"a long word or two\n", "user add \x1bAna", exitUsage, ""},
		{"", "user list", exitDone, "Ana  since 2"},
		{"", "user remove Ana", exitDone, ""},
		{"", "user list", exitNothing, ""},
		{"", "token list", exitNothing, ""},
		{"", "token add watcher", exitDone, "onrecord_"},
		{"", "token add watcher", exitUsage, ""},
		{"", "token list", exitDone, "never used"},
		{"", "token remove watcher", exitDone, ""},
		{"", "token remove watcher", exitNothing, ""},
	} {
		code, out, stderr := onrecord(t, c.in, append(strings.Fields(c.args), "--record", record)...)
		if code != c.code || !strings.Contains(out, c.want) || strings.Contains(out+stderr, "a long word") {
			t.Errorf("%s: exit code %d\n%s%s", c.args, code, out, stderr)
		}
	}
}
