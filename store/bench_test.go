package store_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"onrecord/internal/archive"
	"onrecord/store"
)

// fill is how many articles a record has before BenchmarkAdd measures.
var fill = flag.Int("fill", 2000, "articles in the larger record of the benchmarks")

// BenchmarkAdd adds articles to an empty record and to a larger one (-fill), in
// batches of 64. They come in no order of their days, which is the hardest for
// the file: a batch touches as many places as it has articles.
func BenchmarkAdd(b *testing.B) {
	const batch = 64
	for _, size := range []int{0, *fill} {
		b.Run(fmt.Sprintf("articles=%d", size), func(b *testing.B) {
			path := recordPath(b)
			s := create(b, path)
			a, random, made, said := archive.New(7), rand.New(rand.NewPCG(7, 8)), 0, 0
			next := func() []store.Entry {
				entries := archived(a, batch)
				for i := range entries {
					entries[i].Article.Published = noon.AddDate(0, 0, -random.IntN(3650))
					said += len(entries[i].Statements)
				}
				made += batch
				return entries
			}
			for made < size {
				add(b, s, next()...)
			}
			var spent time.Duration
			said = 0
			for b.Loop() {
				entries := next()
				start := time.Now()
				add(b, s, entries...)
				spent += time.Since(start)
			}
			b.ReportMetric(float64(b.N*batch)/spent.Seconds(), "articles/s")
			b.ReportMetric(float64(said)/spent.Seconds(), "statements/s")
			if info, err := os.Stat(path); err == nil && size > 0 {
				b.ReportMetric(float64(info.Size())/float64(made), "B/article")
			}
		})
	}
}

// BenchmarkKnown looks for articles that the record has.
func BenchmarkKnown(b *testing.B) {
	s := create(b, recordPath(b))
	entries := archived(archive.New(7), 500)
	add(b, s, entries...)
	for i := 0; b.Loop(); i++ {
		if _, err := s.Known(b.Context(), entries[i%len(entries)].Article); err != nil {
			b.Fatal(err)
		}
	}
}
