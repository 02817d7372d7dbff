package store_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/figure"
	"onrecord/speaker"
	"onrecord/store"
	"onrecord/text"
)

// fill is how many articles a record has before BenchmarkAdd measures.
var fill = flag.Int("fill", 2000, "articles in the larger record of the benchmarks, at twenty statements each")

// The size of an article of the benchmarks: that of a news report.
const (
	benchStatements = 20
	benchWords      = 15 // of a statement; as many stand between two
	vocabulary      = 40000
	speakers        = 20000
)

// reports makes articles of words that are as unevenly spread as those of a
// language (Zipf), over ten years.
type reports struct {
	random *rand.Rand
	word   *rand.Zipf
	who    *rand.Zipf
	n      int
}

func newReports() *reports {
	r := rand.New(rand.NewPCG(7, 8))
	return &reports{random: r, word: rand.NewZipf(r, 1.1, 5, vocabulary-1), who: rand.NewZipf(r, 1.2, 10, speakers-1)}
}

// form spells a number in syllables.
func form(n uint64) string {
	syllables := []string{"ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "wo", "zu", "cha"}
	var b strings.Builder
	for n += 16; n > 0; n /= 16 {
		b.WriteString(syllables[n%16])
	}
	return b.String()
}

func (r *reports) words(b *strings.Builder, n int) {
	for range n {
		b.WriteString(form(r.word.Uint64()))
		b.WriteByte(' ')
	}
}

func (r *reports) next() store.Entry {
	var b strings.Builder
	e := store.Entry{Language: "en", Fingerprint: "stages 1, model none"}
	for range benchStatements {
		who := form(r.who.Uint64()) + " " + form(r.random.Uint64N(50))
		from := b.Len()
		b.WriteString("“")
		r.words(&b, benchWords)
		b.WriteString("” ")
		content := text.Span{Start: from, End: b.Len() - 1}
		b.WriteString(who + " said. ")
		end := b.Len() - len(" said. ")
		source, cue := text.Span{Start: end - len(who), End: end}, text.Span{Start: end + 1, End: end + 5}
		r.words(&b, benchWords)
		b.WriteString("\n\n")
		e.Statements = append(e.Statements, speaker.Statement{
			Attribution: attribution.Attribution{
				Kind: attribution.Direct, Source: []text.Span{source}, Cue: []text.Span{cue}, Content: []text.Span{content}, Confidence: .9,
				Details: attribution.Details{Polarity: attribution.Asserted},
			},
			Speaker: speaker.Speaker{ID: strings.ReplaceAll(who, " ", "-"), Name: who, Role: "minister"},
		})
		if len(e.Figures) < benchStatements/3 {
			e.Figures = append(e.Figures, figure.Figure{Span: cue, Value: float64(r.n), High: float64(r.n), Unit: "USD", Statement: -1})
		}
	}
	var title strings.Builder
	r.words(&title, 8)
	e.Article = article.Article{
		ID: fmt.Sprint("r", r.n), URL: fmt.Sprintf("https://quay.example/%d/%d", r.random.Uint32(), r.n), Outlet: "The " + form(r.random.Uint64N(100)),
		Title: title.String(), Published: noon.AddDate(0, 0, -r.random.IntN(3650)), Language: "en", Body: b.String(),
	}
	r.n++
	return e
}

func (r *reports) many(n int) (out []store.Entry) {
	for range n {
		out = append(out, r.next())
	}
	return out
}

// BenchmarkAdd adds articles to an empty record and to a larger one (-fill), in
// batches of 64.
func BenchmarkAdd(b *testing.B) {
	const batch = 64
	for _, size := range []int{0, *fill} {
		b.Run(fmt.Sprintf("articles=%d", size), func(b *testing.B) {
			path := recordPath(b)
			s := create(b, path)
			made := newReports()
			for made.n < size {
				add(b, s, made.many(batch)...)
			}
			var spent time.Duration
			for b.Loop() {
				entries := made.many(batch)
				start := time.Now()
				add(b, s, entries...)
				spent += time.Since(start)
			}
			b.ReportMetric(float64(b.N*batch)/spent.Seconds(), "articles/s")
			b.ReportMetric(float64(b.N*batch*benchStatements)/spent.Seconds(), "statements/s")
			if info, err := os.Stat(path); err == nil && size > 0 {
				b.ReportMetric(float64(info.Size())/float64(made.n), "B/article")
			}
		})
	}
}

// BenchmarkKnown looks for articles that the record has.
func BenchmarkKnown(b *testing.B) {
	s := create(b, recordPath(b))
	entries := newReports().many(500)
	add(b, s, entries...)
	for i := 0; b.Loop(); i++ {
		if _, err := s.Known(b.Context(), entries[i%len(entries)].Article); err != nil {
			b.Fatal(err)
		}
	}
}
