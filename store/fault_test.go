package store_test

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"onrecord/store"
)

// kills is how often TestKilledWriter kills: 12 in a usual run.
var kills = flag.Int("kills", 12, "rounds of writing in which the writer is killed")

// writerVariable makes the test binary a writer to the record that it names.
const writerVariable = "ONRECORD_TEST_WRITER"

// written is the number of articles that a writer adds, and batch of those in a
// batch.
const written, batch = 1000, 10

// TestMain is the writer that TestKilledWriter kills, where it is started as one.
func TestMain(m *testing.M) {
	if path := os.Getenv(writerVariable); path != "" {
		if err := writeAll(path, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// writeAll adds all articles and says of each when it is acknowledged.
func writeAll(path string, said io.Writer) error {
	s, err := store.Create(context.Background(), path)
	if err != nil {
		return err
	}
	for first := 0; first < written; first += batch {
		out, err := s.Add(context.Background(), inventMany(first, batch), noon)
		if err != nil {
			return err
		}
		for i, o := range out {
			fmt.Fprintln(said, first+i, o.ID)
		}
	}
	return s.Close()
}

// TestKilledWriter kills a writer at random moments. What it had acknowledged
// is there, once; the record is whole; and the next writer goes on.
func TestKilledWriter(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	path := recordPath(t)
	random := rand.New(rand.NewPCG(1, 2))
	acknowledged := map[int]string{}
	for range *kills {
		if len(acknowledged) == written { // all is there: begin anew
			for _, f := range []string{path, path + "-wal", path + "-shm"} {
				os.Remove(f)
			}
			clear(acknowledged)
		}
		writer := exec.Command(os.Args[0])
		writer.Env = append(os.Environ(), writerVariable+"="+path)
		out, err := writer.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		var errs strings.Builder
		writer.Stderr = &errs
		if err := writer.Start(); err != nil {
			t.Fatal(err)
		}
		life := time.AfterFunc(time.Duration(random.IntN(400))*time.Millisecond, func() { writer.Process.Kill() })
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if n, id, ok := strings.Cut(lines.Text(), " "); ok {
				if i, err := strconv.Atoi(n); err == nil {
					acknowledged[i] = id
				}
			}
		}
		writer.Wait() // it was killed, or is done
		life.Stop()
		if errs.Len() > 0 {
			t.Fatalf("the writer says: %s", errs.String())
		}
		checkAcknowledged(t, path, acknowledged)
	}
	if err := writeAll(path, io.Discard); err != nil {
		t.Fatal(err)
	}
	for i := range written {
		acknowledged[i] = invent(i).Article.ID
	}
	if n := checkAcknowledged(t, path, acknowledged); n != written {
		t.Errorf("%d articles in the end, want %d", n, written)
	}
}

func checkAcknowledged(t *testing.T, path string, acknowledged map[int]string) (articles int) {
	t.Helper()
	s, err := store.Create(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	verified(t, s)
	seen := map[string]bool{}
	for e, err := range s.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if seen[e.Article.URL] {
			t.Errorf("%s is there twice", e.Article.URL)
		}
		seen[e.Article.URL] = true
	}
	for i, id := range acknowledged {
		if id != invent(i).Article.ID || !seen[invent(i).Article.URL] {
			t.Errorf("article %d was acknowledged as %q and is not there", i, id)
		}
	}
	return len(seen)
}

func TestLockedRecord(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	path := recordPath(t)
	one, two := create(t, path), create(t, path)
	if err := store.Patience(two, 300*time.Millisecond); err != nil {
		t.Fatal(err)
	}
	b, err := one.Begin(t.Context(), noon)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Add(invent(1), store.Alone, b.BySpelling); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := two.Add(ctx, inventMany(2, 1), noon); !errors.Is(err, store.ErrLocked) && !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("adding while another writes: %v, want ErrLocked or the context's error", err)
	}
	if _, err := two.Article(t.Context(), "a-1"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a reader waits for the writer or sees what is not committed: %v", err)
	}
	if _, err := two.Add(t.Context(), inventMany(2, 1), noon); !errors.Is(err, store.ErrLocked) {
		t.Errorf("adding while another writes: %v, want ErrLocked", err)
	}
	if err := b.Commit(); err != nil {
		t.Fatal(err)
	}
	if o := add(t, two, invent(2))[0]; o.Result != store.Added {
		t.Errorf("after the other is done: %+v", o)
	}
	verified(t, two)
}

func TestReadOnlyFile(t *testing.T) {
	if os.Getuid() == 0 {
		t.Log("run as root: what cannot be written can be")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "record.db")
	s := create(t, path)
	add(t, s, inventMany(0, 20)...)
	s.Close()
	for _, set := range []struct {
		path string
		mode os.FileMode
	}{{path, 0o444}, {dir, 0o555}} {
		if err := os.Chmod(set.path, set.mode); err != nil {
			t.Fatal(err)
		}
		defer os.Chmod(set.path, 0o755)
	}
	s, err := store.OpenReadOnly(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	verified(t, s)
	if _, err := s.Add(t.Context(), inventMany(0, 1), noon); !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("adding to what was opened to read: %v", err)
	}
	if w, err := store.Open(t.Context(), path); err == nil {
		defer w.Close()
		if _, err := w.Add(t.Context(), inventMany(50, 1), noon); os.Getuid() != 0 && !errors.Is(err, store.ErrReadOnly) {
			t.Errorf("adding to a file that cannot be written: %v", err)
		}
	} else if !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("opening a file that cannot be written: %v", err)
	}
}

// TestFullDisk lets a record grow no further.
func TestFullDisk(t *testing.T) {
	path := recordPath(t)
	s := create(t, path)
	add(t, s, inventMany(0, 20)...)
	if err := store.LimitPages(s, 200); err != nil {
		t.Fatal(err)
	}
	var full error
	first := 20
	for ; full == nil && first < 5000; first += 20 {
		_, full = s.Add(t.Context(), inventMany(first, 20), noon)
	}
	if !errors.Is(full, store.ErrFull) {
		t.Fatalf("adding to a full disk: %v, want ErrFull", full)
	}
	verified(t, s)
	if err := store.LimitPages(s, 1<<30); err != nil {
		t.Fatal(err)
	}
	out := add(t, s, inventMany(0, first)...)
	if n := results(out)[store.Unchanged]; n != first-20 {
		t.Errorf("%d articles were there after the disk was full, want %d", n, first-20)
	}
	verified(t, s)
}

// TestDamage overwrites pages, one at a time, and sees whether verify says so.
func TestDamage(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	path := recordPath(t)
	s := create(t, path)
	add(t, s, inventMany(0, 300)...)
	s.Close()
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const page = 4096
	random := rand.New(rand.NewPCG(3, 4))
	const rounds = 40
	noticed := 0
	for range rounds {
		at := page*(1+random.IntN(len(whole)/page-1)) + random.IntN(page-64)
		hurt := append([]byte(nil), whole...)
		for i := range 64 {
			hurt[at+i] ^= 0xa5
		}
		broken := filepath.Join(t.TempDir(), "broken.db")
		if err := os.WriteFile(broken, hurt, 0o644); err != nil {
			t.Fatal(err)
		}
		if problems(t, broken) > 0 {
			noticed++
		} else if n := unharmed(t, broken); n != 300 { // it hit a place where SQLite keeps nothing
			t.Errorf("page %d, byte %d: nothing is said, but only %d articles are what they were", at/page+1, at%page, n)
		}
	}
	if noticed < rounds/2 {
		t.Errorf("%d of %d damages are noticed", noticed, rounds)
	}
}

// problems is how many a record has; one that does not open has one.
func problems(t *testing.T, path string) (n int) {
	s, err := store.OpenReadOnly(t.Context(), path)
	if err != nil {
		if !errors.Is(err, store.ErrCorrupt) {
			t.Errorf("opening a damaged record: %v", err)
		}
		return 1
	}
	defer s.Close()
	if err := s.Verify(t.Context(), func(store.Problem) { n++ }, nil); err != nil {
		t.Errorf("verifying a damaged record: %v", err)
	}
	return n
}

// unharmed is how many articles of a record are what was added.
func unharmed(t *testing.T, path string) (n int) {
	s, err := store.OpenReadOnly(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for i := range 300 {
		a, err := s.Article(t.Context(), invent(i).Article.ID)
		if err != nil {
			continue
		}
		if e, err := s.Entry(t.Context(), a.Row); err == nil && reflect.DeepEqual(*e, invent(i)) {
			n++
		}
	}
	return n
}

// TestDamagedBody changes a letter that no index knows of.
func TestDamagedBody(t *testing.T) {
	path := recordPath(t)
	s := create(t, path)
	add(t, s, inventMany(0, 30)...)
	s.Close()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	words := "Some 117 people signed it."
	if n := strings.Count(string(raw), words); n != 1 {
		t.Fatalf("the words stand %d times in the file", n)
	}
	hurt := strings.Replace(string(raw), words, "Some 711 people signed it.", 1)
	if err := os.WriteFile(path, []byte(hurt), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err = store.OpenReadOnly(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var found []string
	if err := s.Verify(t.Context(), func(p store.Problem) { found = append(found, p.String()) }, nil); err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 || !strings.HasPrefix(found[0], "article a-17: ") {
		t.Errorf("verify says %q, want it to name article a-17", found)
	}
}
