package main

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onrecord/store"
)

// TestReread changes the fingerprint of what is read by the one option that
// is part of it.
func TestReread(t *testing.T) {
	dir := folderOf(t, map[string]string{"in/pier.txt": pier, "in/school.txt": school, "in/german.txt": german})
	record, in := filepath.Join(dir, "record.db"), filepath.Join(dir, "in")
	for _, c := range []struct {
		name   string
		args   []string
		code   int
		stdout string // with the fingerprint as F
	}{
		{"no record", []string{"reread"}, exitBroken, ""},
		{"add", []string{"add", "--any-language", in}, exitDone, "3 added\n"},
		{"nothing to do", []string{"reread", "--any-language"}, exitDone, "nothing is stale\n"},
		{"another only", []string{"reread", "--of", "stages 0, model none"}, exitDone, "nothing is stale\n"},
		{"what would be done", []string{"reread", "--dry-run"}, exitDone, "F, any language: 3 stale\n"},
		{"done", []string{"reread"}, exitDone, "F, any language: 2 read again, 1 skipped: not English\n"},
		{"what is skipped stays", []string{"reread"}, exitDone, "F, any language: 1 skipped: not English\n"},
		{"back", []string{"reread", "--any-language"}, exitDone, "F: 2 read again\n"},
		{"whole", []string{"verify"}, exitDone, "3 articles, 0 problems\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, out, stderr := onrecord(t, "", append(c.args, "--record", record)...)
			if from := strings.Index(out, "stages "); from >= 0 {
				if to := strings.IndexAny(out[from+len("stages 1, "):], ",:"); to >= 0 {
					out = out[:from] + "F" + out[from+len("stages 1, ")+to:]
				}
			}
			if code != c.code || out != c.stdout {
				t.Errorf("exit code %d, want %d; output %q, want %q; stderr: %s", code, c.code, out, c.stdout, stderr)
			}
		})
	}
}

// TestKilledReread kills the program at random moments while it reads again.
// The record is whole each time and never more stale than before; in the end
// it is as if it had been read so in the first place.
func TestKilledReread(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	const articles = 600
	in, dir := letters(t, articles), t.TempDir()
	path, whole := filepath.Join(dir, "record.db"), filepath.Join(dir, "whole.db")
	for _, p := range []string{path, whole} {
		if code, _, stderr := onrecord(t, "", "add", "--record", p, in); code != exitDone {
			t.Fatalf("exit code %d: %s", code, stderr)
		}
	}
	want := dump(t, whole)
	random := rand.New(rand.NewPCG(7, 8))
	to, left := []string{"--any-language"}, articles
	for range *kills {
		if left == 0 { // all is read again: and back
			if to = nil; random.IntN(2) == 0 {
				to = []string{"--any-language"}
			}
			left = articles
		}
		killed(t, time.Duration(200+random.IntN(800))*time.Millisecond, append([]string{"reread", "--record", path}, to...)...)
		dump(t, path)
		n := 0
		if code, out, stderr := onrecord(t, "", append([]string{"reread", "--dry-run", "--record", path}, to...)...); code != exitDone {
			t.Fatalf("exit code %d: %s", code, stderr)
		} else if _, count, ok := strings.Cut(strings.TrimSuffix(out, " stale\n"), ": "); ok {
			fmt.Sscan(count, &n)
		}
		if n > left {
			t.Fatalf("%d articles are stale after a kill, and %d before", n, left)
		}
		left = n
	}
	if code, _, stderr := onrecord(t, "", "reread", "--record", path); code != exitDone {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	got := dump(t, path)
	for id, w := range want {
		if got[id] != w {
			t.Errorf("%s is not what it is in a record that was never read again", id)
		}
	}
	s, err := store.OpenReadOnly(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if n, err := s.Size(t.Context()); n != articles || err != nil {
		t.Errorf("%d articles, %v", n, err)
	}
}
