package record_test

import (
	"context"
	"errors"
	"flag"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"onrecord/internal/archive"
	"onrecord/internal/cputime"
	"onrecord/pipeline"
	"onrecord/record"
	"onrecord/store"
)

var (
	growth   = flag.String("growth", "", "folder in which TestGrowth makes a large record, or measures the one that it made")
	growthTo = flag.Int("growth-to", 1_000_000, "statements of the record of -growth")
	growthIn = flag.String("growth-plot", "", "SVG file to plot -growth in")
)

// growing is a record of an invented archive.
type growing struct {
	*record.Record
	path       string
	archive    *archive.Archive
	random     *rand.Rand
	articles   int
	statements int
	said       []string // in some of the statements
	points     []point
}

// asked is how often a question is asked of the record, each time in other words.
const asked = 200

// TestGrowth adds to a record until it has a million statements. At each power
// of ten from ten thousand on it measures what adding and asking costs, and at
// the end asking while articles are added. It reports, and fails only where
// something does not work.
func TestGrowth(t *testing.T) {
	if *growth == "" {
		t.Skip("no -growth")
	}
	p, err := pipeline.Default()
	if err != nil {
		t.Fatal(err)
	}
	g := &growing{path: filepath.Join(*growth, "record.db"), archive: archive.New(1), random: rand.New(rand.NewPCG(1, 2))}
	_, err = os.Stat(g.path)
	isNew := errors.Is(err, fs.ErrNotExist)
	s, err := store.Create(t.Context(), g.path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	g.Record = record.New(s, p, "", func() time.Time { return noon })
	for n := 10_000; n <= *growthTo; n *= 10 {
		g.grow(t, n, isNew)
		if isNew || n == *growthTo {
			g.ask(t, false)
		}
	}
	g.ask(t, true)
	if *growthIn != "" {
		if err := os.WriteFile(*growthIn, []byte(plot(g.points)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// grow adds articles until there are n statements. Those that the record has
// from an earlier run are only invented again.
func (g *growing) grow(t *testing.T, n int, add bool) {
	const step = 512 // articles
	from, adding := g.articles, measured{}
	for g.statements < n {
		readings := func(yield func(pipeline.Reading, error) bool) {
			for range step {
				r := g.archive.Next()
				g.articles++
				g.statements += len(r.Statements)
				g.hear(r)
				if !yield(r, nil) {
					return
				}
			}
		}
		if !add {
			readings(func(pipeline.Reading, error) bool { return true })
			continue
		}
		adding.time(func() {
			if err := g.Import(t.Context(), readings, func(o record.Outcome) {
				if o.Err != nil {
					t.Error(o.Err)
				}
			}); err != nil {
				t.Fatal(err)
			}
		})
	}
	if add {
		last := adding.cpu[len(adding.cpu)*3/4:] // the first ones find the record smaller
		g.note(t, "add an article", mean(last)/step, mean(last)/step)
		t.Logf("%d articles added in %.0f s", g.articles-from, sum(adding.wall).Seconds())
	}
}

// hear keeps some of what is said.
func (g *growing) hear(r pipeline.Reading) {
	s := r.Statements[g.random.IntN(len(r.Statements))].Content[0].Of(r.Article.Body)
	if len(g.said) < 5000 {
		g.said = append(g.said, s)
	} else {
		g.said[g.random.IntN(len(g.said))] = s
	}
}

// ask asks every question many times, while somebody else adds or not.
func (g *growing) ask(t *testing.T, adding bool) {
	info, err := os.Stat(g.path)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d statements in %d articles, %d MB; adding: %v", g.statements, g.articles, info.Size()>>20, adding)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	added := make(chan int)
	if adding {
		go func() {
			n := 0
			for ctx.Err() == nil {
				if err := g.Import(ctx, g.archive.Articles(64), func(record.Outcome) { n++ }); err != nil {
					t.Error(err)
					break
				}
			}
			added <- n
		}()
	}
	start := time.Now()
	for _, q := range g.questions() {
		var m measured
		for i := range asked {
			m.time(func() {
				if err := q.ask(t.Context(), i); err != nil {
					t.Errorf("%s: %v", q.name, err)
				}
			})
		}
		t.Logf("%-30s p50 %6.1f ms, p99 %6.1f ms, most %6.1f ms, processor time p99 %6.1f ms", q.name, ms(m.wall.at(.5)), ms(m.wall.at(.99)), ms(m.wall.at(1)), ms(m.cpu.at(.99)))
		if !adding {
			g.note(t, q.group, m.wall.at(.99), m.cpu.at(.99))
		}
	}
	if adding {
		took := time.Since(start)
		stop()
		t.Logf("%.0f articles/s were added meanwhile", float64(<-added)/took.Seconds())
	}
}

// note keeps what something cost at the size that the record has: of several
// measurements the greatest.
func (g *growing) note(t *testing.T, what string, wall, cpu time.Duration) {
	if what == "add an article" {
		t.Logf("%-30s %6.2f ms of processor time at %d statements", what, ms(cpu), g.statements)
	}
	for i, p := range g.points {
		if p.what == what && p.statements == g.statements {
			g.points[i].wall, g.points[i].cpu = max(p.wall, wall), max(p.cpu, cpu)
			return
		}
	}
	g.points = append(g.points, point{what, g.statements, wall, cpu})
}

// durations are as many as something was measured times.
type durations []time.Duration

// measured is what something cost each time.
type measured struct{ wall, cpu durations }

// time measures f.
func (m *measured) time(f func()) {
	cpu, start := cputime.Spent(), time.Now()
	f()
	m.wall, m.cpu = append(m.wall, time.Since(start)), append(m.cpu, cputime.Spent()-cpu)
}

// at is the duration that a share of all is not above.
func (d durations) at(share float64) time.Duration {
	sorted := slices.Sorted(slices.Values(d))
	return sorted[min(len(sorted)-1, int(share*float64(len(sorted))))]
}

func sum(d durations) (out time.Duration) {
	for _, d := range d {
		out += d
	}
	return out
}

func mean(d durations) time.Duration { return sum(d) / time.Duration(max(1, len(d))) }

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
