package main

import (
	"io"
	"path/filepath"
	"strings"
	"testing"

	"onrecord/internal/corpora"
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

// BenchmarkAddCorpus adds the training part of PolNeAR to an empty record, from
// its files to the disk, on all processors.
func BenchmarkAddCorpus(b *testing.B) {
	dir := corpora.Path(b, "corpora", "polnear", "train", "text")
	texts, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(texts) == 0 {
		b.Fatalf("no articles in %s: %v", dir, err)
	}
	for b.Loop() {
		var errs strings.Builder
		path := filepath.Join(b.TempDir(), "record.db")
		if code := run(b.Context(), []string{"add", "--record", path, dir}, strings.NewReader(""), io.Discard, &errs); code != exitDone {
			b.Fatalf("exit code %d: %s", code, errs.String())
		}
	}
	b.ReportMetric(float64(len(texts)*b.N)/b.Elapsed().Seconds(), "articles/s")
}
