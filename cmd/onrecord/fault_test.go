package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"onrecord/internal/corpora"
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

// itself is the program with a command line, to be started.
func itself(args ...string) *exec.Cmd {
	program := exec.Command(os.Args[0], args...)
	program.Env = append(os.Environ(), programVariable+"=1")
	return program
}

// killed starts the program and kills it after a time, if it is not done by then.
func killed(t *testing.T, after time.Duration, args ...string) {
	t.Helper()
	program := itself(args...)
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	life := time.AfterFunc(after, func() { program.Process.Kill() })
	program.Wait() // its end is none of a command that went wrong
	life.Stop()
}

// TestKilledAdd kills the program at random moments while it adds. The record
// is whole each time, and never has less than before; in the end it is what a
// run that nobody kills makes.
func TestKilledAdd(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
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
		killed(t, time.Duration(200+random.IntN(1200))*time.Millisecond, "add", "--record", path, in)
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
	program := itself("add", "--record", path, letters(t, articles))
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

// TestInterruptedTraining sees to it that training, which takes minutes, ends
// when it is told to and leaves nothing.
func TestInterruptedTraining(t *testing.T) {
	out := filepath.Join(t.TempDir(), "new.model")
	program := itself("train", "--out", out, corpora.Path(t, "corpora"))
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Second)
	begun := time.Now()
	if err := program.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	program.Wait()
	if code, took := program.ProcessState.ExitCode(), time.Since(begun); code != exitInterrupted || took > 10*time.Second {
		t.Errorf("exit code %d after %v, want %d", code, took, exitInterrupted)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("there is a model")
	}
}

// TestLockedRecord adds while another program writes: it waits, then says so,
// and adds when it is asked again.
func TestLockedRecord(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	t.Parallel() // it waits for ten seconds
	path := filepath.Join(t.TempDir(), "record.db")
	other, err := store.Create(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	b, err := other.Begin(t.Context(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Rollback()
	in := letters(t, 100)
	if code, out, stderr := onrecord(t, "", "add", "--record", path, in); code != exitBroken || !strings.Contains(stderr, store.ErrLocked.Error()) {
		t.Errorf("exit code %d, %q, %q; want %v", code, out, stderr, store.ErrLocked)
	}
	if n := len(dump(t, path)); n > 0 {
		t.Errorf("%d articles of one that could not write", n)
	}
	if err := b.Rollback(); err != nil {
		t.Fatal(err)
	}
	if code, out, _ := onrecord(t, "", "add", "--record", path, in); code != exitDone || out != "100 added\n" {
		t.Errorf("then: exit code %d, %q", code, out)
	}
	dump(t, path)
}

// TestTruncatedInput adds files that end too soon. What comes before the end is
// added and the loss is said; of the whole file the rest is added.
func TestTruncatedInput(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	raw, err := os.ReadFile(letters(t, 200))
	if err != nil {
		t.Fatal(err)
	}
	var archive, packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write(raw)
	z.Close()
	for i := range 200 {
		page := fmt.Sprintf("<html lang=en><title>Pier %d</title><article><p>“The pier will not close in year %d,” Ana Moreno said on Monday.</p><p>Nobody on the board of the harbour had heard of it.</p></article></html>", i, 2100+i)
		answer := "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
		member := gzip.NewWriter(&archive)
		fmt.Fprintf(member, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://quay.example/%d\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", i, len(answer), answer)
		member.Close()
	}
	random := rand.New(rand.NewPCG(11, 12))
	for name, whole := range map[string][]byte{"letters.jsonl.gz": packed.Bytes(), "crawl.warc.gz": archive.Bytes()} {
		for range *kills / 2 {
			cut := 200 + random.IntN(len(whole)-210)
			t.Run(fmt.Sprintf("%s/%d of %d", name, cut, len(whole)), func(t *testing.T) {
				dir := folderOf(t, map[string]string{name: string(whole[:cut])})
				record, in := filepath.Join(dir, "record.db"), filepath.Join(dir, name)
				code, out, stderr := onrecord(t, "", "add", "--record", record, in)
				if code != exitIncomplete || !strings.HasSuffix(out, "1 failed\n") || !strings.Contains(stderr, name) {
					t.Errorf("exit code %d, %q, %q", code, out, stderr)
				}
				n := len(dump(t, record))
				if !strings.HasPrefix(out, fmt.Sprintf("%d added, ", n)) && n > 0 {
					t.Errorf("%d articles are there; said was %q", n, out)
				}
				if err := os.WriteFile(in, whole, 0o644); err != nil {
					t.Fatal(err)
				}
				if code, _, stderr := onrecord(t, "", "add", "--record", record, in); code != exitDone {
					t.Errorf("the whole file: exit code %d, %s", code, stderr)
				}
				if n := len(dump(t, record)); n != 200 {
					t.Errorf("%d articles in the end", n)
				}
			})
		}
	}
}
