package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onrecord/store"
)

// kills is how often TestKilledAdd kills: 6 in a usual run.
var kills = flag.Int("kills", 6, "rounds of add in which the program is killed")

// programVariable makes the test binary the program itself.
const programVariable = "ONRECORD_TEST_PROGRAM"

// TestMain is the program, where it is started as one.
func TestMain(m *testing.M) {
	if os.Getenv(programVariable) != "" {
		main()
	}
	os.Exit(m.Run())
}

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

// letters writes JSON Lines of reports that tell of different things.
func letters(t *testing.T, n int) string {
	t.Helper()
	var b bytes.Buffer
	names := []string{"Ana Moreno", "Peter Lund", "Lena Roth", "Tom Ferris", "Juno Park"}
	things := []string{"pier", "ferry", "school", "market", "tram", "library", "orchard"}
	for i := range n {
		who, thing := names[i%len(names)], things[i%len(things)]
		line, err := json.Marshal(map[string]string{
			"id": fmt.Sprint("n", i), "url": fmt.Sprintf("https://quay.example/%d", i), "outlet": "The Quay",
			"date": time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i%60).Format(time.DateOnly),
			"text": fmt.Sprintf("“The %s will not close in year %d,” %s said on Monday.\n\nSome %d people wrote to the board about the %s, according to %s.\n", thing, 2100+i, who, 20+i, thing, names[(i+1)%len(names)]),
		})
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	path := filepath.Join(t.TempDir(), "archive.jsonl")
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestKilledAdd kills the program at random moments while it adds. The record
// is whole each time, and never has less than before; in the end it is what a
// run that nobody kills makes.
func TestKilledAdd(t *testing.T) {
	const articles = 1000
	in, dir := letters(t, articles), t.TempDir()
	path := filepath.Join(dir, "record.db")
	random := rand.New(rand.NewPCG(5, 6))
	had := 0
	for range *kills {
		if had == articles { // all is there: begin anew
			for _, f := range []string{path, path + "-wal", path + "-shm"} {
				os.Remove(f)
			}
			had = 0
		}
		program := exec.Command(os.Args[0], "add", "--record", path, in)
		program.Env = append(os.Environ(), programVariable+"=1")
		if err := program.Start(); err != nil {
			t.Fatal(err)
		}
		life := time.AfterFunc(time.Duration(200+random.IntN(1200))*time.Millisecond, func() { program.Process.Kill() })
		program.Wait() // it was killed, or is done
		life.Stop()
		if _, err := os.Stat(path); err != nil {
			continue // killed before there was a record
		}
		n := len(dump(t, path))
		if n < had {
			t.Fatalf("%d articles after a kill, and %d before", n, had)
		}
		had = n
	}
	for _, p := range []string{path, filepath.Join(dir, "whole.db")} {
		if code, _, stderr := onrecord(t, "", "add", "--record", p, in); code != exitDone {
			t.Fatalf("exit code %d: %s", code, stderr)
		}
	}
	got, want := dump(t, path), dump(t, filepath.Join(dir, "whole.db"))
	if len(got) != articles {
		t.Errorf("%d articles in the end, want %d", len(got), articles)
	}
	for id, w := range want {
		if got[id] != w {
			t.Errorf("%s is not what it is in a record that was made in one go", id)
		}
	}
}

// dump checks a record and gives what is known of each article.
func dump(t *testing.T, path string) map[string]string {
	t.Helper()
	if code, out, stderr := onrecord(t, "", "verify", "--record", path); code == exitBroken && strings.Contains(stderr, store.ErrNoRecord.Error()) {
		return nil // killed before its tables were made
	} else if code != exitDone {
		t.Fatalf("verify: exit code %d, %s %s", code, out, stderr)
	}
	s, err := store.OpenReadOnly(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	out := map[string]string{}
	for e, err := range s.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if out[e.Article.ID] != "" {
			t.Errorf("%s is there twice", e.Article.ID)
		}
		raw, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		out[e.Article.ID] = string(raw)
	}
	return out
}

// TestFirstInterrupt sends the program SIGINT: it keeps what it has read, says
// how much and ends as interrupted.
func TestFirstInterrupt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "record.db")
	const articles = 5000
	program := exec.Command(os.Args[0], "add", "--record", path, letters(t, articles))
	program.Env = append(os.Environ(), programVariable+"=1")
	out, err := program.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Second)
	if err := program.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	var said []string
	for s := bufio.NewScanner(out); s.Scan(); {
		said = append(said, s.Text())
	}
	program.Wait()
	if code := program.ProcessState.ExitCode(); code != exitInterrupted {
		t.Errorf("exit code %d, want %d", code, exitInterrupted)
	}
	want := "nothing to add"
	if n := len(dump(t, path)); n > 0 {
		want = fmt.Sprintf("%d added", n)
	}
	if len(said) != 1 || said[0] != want {
		t.Errorf("the program says %q, want %q", said, want)
	}
}
