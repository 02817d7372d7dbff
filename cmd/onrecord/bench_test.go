package main

import (
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onrecord/internal/corpora"
	"onrecord/internal/cputime"
)

// BenchmarkReadCorpus reads the training part of PolNeAR from its files to
// JSON Lines on all processors. The first round loads the model too.
func BenchmarkReadCorpus(b *testing.B) {
	dir := corpora.Path(b, "corpora", "polnear", "train", "text")
	texts, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(texts) == 0 {
		b.Fatalf("no articles in %s: %v", dir, err)
	}
	for b.Loop() {
		var errs strings.Builder
		if code := run(b.Context(), []string{"read", "--format", "jsonl", dir}, strings.NewReader(""), io.Discard, &errs); code != exitDone {
			b.Fatalf("exit code %d: %s", code, errs.String())
		}
	}
	b.ReportMetric(float64(len(texts)*b.N)/b.Elapsed().Seconds(), "articles/s")
}

// BenchmarkReadOne reads a short article; only the first round loads the model.
func BenchmarkReadOne(b *testing.B) {
	for b.Loop() {
		if code := run(b.Context(), []string{"read", "-"}, strings.NewReader(pier), io.Discard, io.Discard); code != exitDone {
			b.Fatalf("exit code %d", code)
		}
	}
}

// into is a record that BenchmarkAddCorpus adds to a copy of.
var into = flag.String("into", "", "record of which BenchmarkAddCorpus adds to a copy, as record's TestGrowth makes it, besides to an empty one")

// BenchmarkAddCorpus adds the training part of PolNeAR to an empty record, from
// its files to the disk, on all processors, and to a large one (-into).
func BenchmarkAddCorpus(b *testing.B) {
	dir := corpora.Path(b, "corpora", "polnear", "train", "text")
	texts, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(texts) == 0 {
		b.Fatalf("no articles in %s: %v", dir, err)
	}
	for _, name := range []string{"empty", "large"} {
		large := ""
		if name == "large" {
			large = *into
		}
		b.Run(name, func(b *testing.B) {
			if name == "large" && large == "" {
				b.Skip("no -into")
			}
			var wall, cpu time.Duration
			for b.Loop() {
				path := filepath.Join(b.TempDir(), "record.db")
				if large != "" {
					copyFile(b, large, path)
				}
				spent, start := cputime.Spent(), time.Now()
				var errs strings.Builder
				// One day for all: in the large record they come among the articles of its weeks.
				if code := run(b.Context(), []string{"add", "--record", path, "--date", "2020-06-01", dir}, strings.NewReader(""), io.Discard, &errs); code != exitDone {
					b.Fatalf("exit code %d: %s", code, errs.String())
				}
				wall, cpu = wall+time.Since(start), cpu+cputime.Spent()-spent
			}
			n := float64(len(texts) * b.N)
			b.ReportMetric(n/wall.Seconds(), "articles/s")
			b.ReportMetric(float64(cpu.Microseconds())/1000/n, "cpu-ms/article")
		})
	}
}

// copyFile copies a file and has it written to the disk.
func copyFile(b *testing.B, from, to string) {
	in, err := os.Open(from)
	if err != nil {
		b.Fatal(err)
	}
	defer in.Close()
	out, err := os.Create(to)
	if err == nil {
		_, err = io.Copy(out, in)
		err = errors.Join(err, out.Sync(), out.Close())
	}
	if err != nil {
		b.Fatal(err)
	}
}
