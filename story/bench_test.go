package story_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"onrecord/story"
)

// BenchmarkAdd groups articles of 300 words, three of a story, fifty a day, and
// says what an article costs in time and in memory that stays.
func BenchmarkAdd(b *testing.B) {
	for _, n := range []int{100, 1000, 10000} {
		articles := invent(n, func(n int) (event, published int) { return n / 3, n / 50 })
		for _, dates := range []bool{true, false} {
			b.Run(fmt.Sprintf("articles=%d/dates=%v", n, dates), func(b *testing.B) {
				var kept uint64
				for b.Loop() {
					g := story.NewGrouper()
					before := heap()
					for _, a := range articles {
						if !dates {
							a.Published = time.Time{}
						}
						g.Add(a)
					}
					kept = heap() - before
					runtime.KeepAlive(g)
				}
				b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/article")
				b.ReportMetric(float64(kept)/float64(n), "B/article")
			})
		}
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
