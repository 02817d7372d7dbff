package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"onrecord/store"
)

// disk is a file system of so many bytes in memory, mounted on a folder. To
// mount one takes root; the store's own tests of a full and of a read-only
// record run for everybody.
func disk(t *testing.T, size string) (dir string, remount func(flags uintptr, size string)) {
	t.Helper()
	dir = t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); errors.Is(err, syscall.EPERM) {
		t.Skip("skipped: a disk of the test's own can only be mounted by root")
	} else if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir, func(flags uintptr, size string) {
		t.Helper()
		if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT|flags, "size="+size); err != nil {
			t.Fatal(err)
		}
	}
}

// TestFullDisk adds, and reads again, until the disk is full. The program says
// so, what it had written is there, and with more room it goes on.
func TestFullDisk(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	const articles = 1000
	in, whole := letters(t, articles), filepath.Join(t.TempDir(), "whole.db")
	if code, _, stderr := onrecord(t, "", "add", "--record", whole, in); code != exitDone {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	want := dump(t, whole)
	for _, size := range []string{"64k", "512k", "1500k", "3m"} {
		t.Run(size, func(t *testing.T) {
			dir, remount := disk(t, size)
			path := filepath.Join(dir, "record.db")
			code, out, stderr := onrecord(t, "", "add", "--record", path, in)
			if code != exitBroken || !strings.Contains(stderr, store.ErrFull.Error()) {
				t.Errorf("exit code %d, %q; want %v", code, stderr, store.ErrFull)
			}
			t.Logf("%s on a disk of %s: %s", strings.TrimSpace(out), size, strings.TrimSpace(stderr))
			if code, _, _ := onrecord(t, "", "add", "--record", path, in); code != exitBroken {
				t.Errorf("once more: exit code %d", code)
			}
			remount(0, "64m")
			had := len(dump(t, path))
			acknowledged := 0
			fmt.Sscanf(out, "%d added", &acknowledged)
			if had < acknowledged {
				t.Errorf("%d articles were acknowledged, and %d are there", acknowledged, had)
			}
			for _, more := range []string{"add", "reread"} {
				args := []string{more, "--record", path}
				if more == "add" {
					args = append(args, in)
				}
				if code, _, stderr := onrecord(t, "", args...); code != exitDone {
					t.Errorf("%s with more room: exit code %d: %s", more, code, stderr)
				}
			}
			got := dump(t, path)
			for id, w := range want {
				if got[id] != w {
					t.Errorf("%s is not what it is in a record that never met a full disk", id)
				}
			}
		})
	}
}

// TestFullDiskReread has no room left for what is read again.
func TestFullDiskReread(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	const articles = 300
	dir, remount := disk(t, "64m")
	path := filepath.Join(dir, "record.db")
	if code, _, stderr := onrecord(t, "", "add", "--record", path, letters(t, articles)); code != exitDone {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	want := dump(t, path)
	remount(0, "1600k")
	code, out, stderr := onrecord(t, "", "reread", "--any-language", "--record", path)
	if code != exitBroken || !strings.Contains(stderr, store.ErrFull.Error()) {
		t.Errorf("exit code %d, %q, %q; want %v", code, out, stderr, store.ErrFull)
	}
	remount(0, "64m")
	if code, _, stderr := onrecord(t, "", "reread", "--record", path); code != exitDone {
		t.Errorf("with more room: exit code %d: %s", code, stderr)
	}
	got := dump(t, path)
	for id, w := range want {
		if got[id] != w {
			t.Errorf("%s is not what it was", id)
		}
	}
}

// TestReadOnlyDisk reads a record where nothing can be written, also by root.
func TestReadOnlyDisk(t *testing.T) {
	dir, remount := disk(t, "64m")
	path, more := filepath.Join(dir, "record.db"), letters(t, 60)
	if code, _, stderr := onrecord(t, "", "add", "--record", path, letters(t, 50)); code != exitDone {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	_, read, _ := onrecord(t, "", "read", "--format", "jsonl", more)
	lines := filepath.Join(t.TempDir(), "read.jsonl")
	if err := os.WriteFile(lines, []byte(read), 0o644); err != nil {
		t.Fatal(err)
	}
	want := dump(t, path)
	remount(syscall.MS_RDONLY, "64m")
	if got := dump(t, path); len(got) != len(want) {
		t.Errorf("%d articles, and %d before", len(got), len(want))
	}
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"verify"}, exitDone, ""},
		{[]string{"search", "ferry"}, exitDone, ""},
		{[]string{"check", "The pier will not close in year 2135"}, exitDone, ""},
		{[]string{"export"}, exitDone, ""},
		{[]string{"reread", "--dry-run"}, exitDone, ""},
		{[]string{"reread", "--any-language"}, exitBroken, store.ErrReadOnly.Error()},
		{[]string{"add", more}, exitBroken, store.ErrReadOnly.Error()},
		{[]string{"import", lines}, exitBroken, store.ErrReadOnly.Error()},
	} {
		code, _, stderr := onrecord(t, "", append(c.args, "--record", path)...)
		if code != c.code || !strings.Contains(stderr, c.says) {
			t.Errorf("%v: exit code %d, want %d; %q, want %q in it", c.args, code, c.code, stderr, c.says)
		}
	}
}
