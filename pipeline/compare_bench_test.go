package pipeline

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"onrecord/article"
	"onrecord/comparison"
	"onrecord/english"
	"onrecord/figure"
	"onrecord/speaker"
	"onrecord/story"
	"onrecord/utterance"
)

// coverage is n reports of one story, of some 800 words each: every one takes
// its paragraphs from the same sixty, cuts quotations and changes words.
func coverage(b *testing.B, n int) []Reading {
	p := load(b)
	paragraphs := strings.Split(strings.TrimSpace(report(15e3, true)), "\n\n")
	draw := rand.New(rand.NewPCG(1, 2))
	out := make([]Reading, n)
	for i := range out {
		var body strings.Builder
		for _, k := range draw.Perm(len(paragraphs)) {
			text := paragraphs[k]
			switch draw.IntN(4) {
			case 0:
				text = strings.Replace(text, "rebuilt before the winter", "rebuilt well before winter", 1)
			case 1:
				text, _, _ = strings.Cut(text, " “Nobody")
			case 2:
				text = strings.Replace(text, "million", "million dollars", 1)
			}
			body.WriteString(text + "\n\n")
			if len(strings.Fields(body.String())) >= 800 {
				break
			}
		}
		r, err := p.Read(article.Article{ID: fmt.Sprint(i), Body: body.String(), Language: "en"})
		if err != nil {
			b.Fatal(err)
		}
		out[i] = r
	}
	return out
}

// BenchmarkCompare compares reports of one story that were read before.
func BenchmarkCompare(b *testing.B) {
	for _, n := range []int{10, 100, 400} {
		readings := coverage(b, n)
		b.Run(fmt.Sprintf("%d articles", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Compare(readings)
			}
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N)/float64(n), "ms/article")
		})
	}
}

// BenchmarkCompareStages says what each stage over several articles costs.
func BenchmarkCompareStages(b *testing.B) {
	readings := coverage(b, 100)
	c := Compare(readings)
	var words []utterance.Article
	var figures []figure.Article
	var stories []story.Article
	for i, r := range c.Reports {
		words = append(words, utterance.Article{Doc: r.Doc, Statements: r.Statements})
		figures = append(figures, figure.Article{Doc: r.Doc, Statements: r.Statements, Figures: r.Figures})
		stories = append(stories, story.Article{Text: readings[i].Doc.Text})
	}
	for _, stage := range []struct {
		name string
		run  func()
	}{
		{"story", func() { story.Group(stories) }},
		{"speaker", func() { joinSpeakers(c) }},
		{"utterance", func() { utterance.Join(words) }},
		{"figure", func() { figure.Join(figures) }},
		{"all but story", func() { Compare(readings) }},
	} {
		b.Run(stage.name, func(b *testing.B) {
			for b.Loop() {
				stage.run()
			}
		})
	}
}

func joinSpeakers(c *comparison.Comparison) {
	docs, said := make([]*english.Doc, len(c.Reports)), make([][]speaker.Statement, len(c.Reports))
	for i, r := range c.Reports {
		docs[i], said[i] = r.Doc, r.Statements
	}
	speaker.Join(docs, said)
}
