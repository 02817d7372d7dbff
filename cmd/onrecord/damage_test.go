package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDamagedRecord changes bytes of a record at random. Every command ends in
// an error or an answer, and where verify finds nothing wrong, all answers are
// the right ones.
func TestDamagedRecord(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "record.db")
	if code, _, stderr := onrecord(t, "", "add", "--record", path, letters(t, 400)); code != exitDone {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	commands := [][]string{
		{"search", "ferry", "wrote"},
		{"search", "--articles", "library OR orchard"},
		{"search", "--limit", "1000", "--sort", "date", `speaker:"Ana Moreno"`},
		{"search", "--limit", "1000", "close year"},
		{"check", "The pier will not close in year 2135"},
		{"check", "nobody said anything of the kind about any harbour"},
		{"export", "--format", "jsonl"},
		{"export", "tram"},
	}
	answers := func(path string) (out []string) {
		for _, c := range commands {
			code, stdout, _ := onrecord(t, "", append(c, "--record", path)...)
			out = append(out, fmt.Sprintln(code, stdout))
		}
		return out
	}
	want := answers(path)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(9, 10))
	unnoticed, harmless := 0, 0
	rounds := 5 * *kills
	for round := range rounds {
		hurt := bytes.Clone(whole)
		var at []int
		for range 1 + random.IntN(3) {
			at = append(at, random.IntN(len(hurt)))
			hurt[at[len(at)-1]] ^= byte(1 + random.IntN(255))
		}
		broken := filepath.Join(dir, "broken.db")
		if err := os.WriteFile(broken, hurt, 0o644); err != nil {
			t.Fatal(err)
		}
		got := answers(broken)
		code, _, stderr := onrecord(t, "", "verify", "--record", broken)
		if code != exitDone {
			if strings.TrimSpace(stderr) == "" {
				t.Errorf("round %d, bytes %v: verify says nothing", round, at)
			}
			continue
		}
		unnoticed++
		same := true
		for i := range got {
			if got[i] != want[i] {
				same = false
				t.Errorf("round %d, bytes %v: verify finds nothing, but %q answers\n%.300s\nnot\n%.300s", round, at, commands[i], got[i], want[i])
			}
		}
		if same {
			harmless++
		}
	}
	t.Logf("of %d damages verify finds %d; %d of the others change nothing", rounds, rounds-unnoticed, harmless)
}
