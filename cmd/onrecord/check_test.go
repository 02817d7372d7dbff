package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	t.Setenv("COLUMNS", "80")
	dir := folderOf(t, map[string]string{"vote.txt": vote, "reaction.txt": reaction})
	path := filepath.Join(t.TempDir(), "record.db")
	if code, _, stderr := onrecord(t, "", "add", "--record", path, dir); code != exitDone {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	for _, c := range []struct {
		asked string
		code  int
		want  []string
	}{
		{"The pier isn't safe, and we cannot wait for the first accident", exitDone, []string{"Ana Moreno", "vote", "longest", "{+is not+}", "reaction"}},
		{"Two of the iron legs are gone", exitDone, []string{"Ana Moreno", "word for word"}},
		{"The bridge is as good as new, and nobody need wait", exitNothing, []string{"Nobody is on record"}},
		{"Anglers were angry after the harbour board voted", exitNothing, []string{"Nobody is on record", "credited to nobody", "reaction"}},
		{"pier", exitUsage, nil},
	} {
		code, out, stderr := onrecord(t, "", "check", "--record", path, c.asked)
		if code != c.code {
			t.Errorf("%s: exit code %d, want %d: %s", c.asked, code, c.code, stderr)
		}
		for _, w := range c.want {
			if !strings.Contains(out, w) {
				t.Errorf("%s: no %q in\n%s", c.asked, w, out)
			}
		}
	}
	code, out, _ := onrecord(t, "", "check", "--record", path, "--format", "json", "The bridge", "is as good as new")
	if want := `{"asked":"The bridge is as good as new","utterances":[],"own_voice":[]}` + "\n"; code != exitNothing || out != want {
		t.Errorf("exit code %d, %s", code, out)
	}
	if code, _, stderr := onrecord(t, "", "check", "--record", path+"x", "the old pier"); code != exitBroken || !strings.Contains(stderr, "no record") {
		t.Errorf("exit code %d: %s", code, stderr)
	}
}
