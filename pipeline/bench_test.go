package pipeline

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/model"
	"onrecord/speaker"
	"onrecord/text"
)

// report is an invented report of n bytes, a few more where a paragraph is not
// done. With others, every paragraph has people of its own; else they are the
// same six throughout.
func report(n int, others bool) string {
	first := []string{"Lena", "Tom", "Ada", "Ivo", "Maud", "Karl"}
	onset := []string{"Br", "D", "F", "Gr", "H", "K", "L", "M", "Pr", "St", "T", "V"}
	rhyme := []string{"ander", "ellin", "igg", "orsk", "umpel", "ayne", "eth", "ost"}
	surname := func(i int) string {
		name := onset[i%len(onset)] + rhyme[i/len(onset)%len(rhyme)]
		if rest := i / (len(onset) * len(rhyme)); rest > 0 {
			name += strings.ToLower(onset[rest%len(onset)]) + rhyme[rest/len(onset)%len(rhyme)]
		}
		return name
	}
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		who := i % len(first)
		if others {
			who = i
		}
		f, s := first[who%len(first)], surname(who)
		fmt.Fprintf(&b, "“We'll have the wall rebuilt before the winter,” %s %s, who leads the harbour board, told the Courier on Monday. “Nobody should have to wait for it.”\n\n"+
			"%s said that the cost, put at $%d million by the engineers, would be shared, although the owners of the ferry had denied that they were ever asked to pay. "+
			"According to two people who were in the room, the meeting lasted three hours. It was not clear on Tuesday who had called it.\n\n", f, s, s, 2+i%7)
	}
	return b.String()
}

// hostile are texts that no outlet would print, of n words or so.
var hostile = map[string]func(n int) string{
	"quotation marks": func(n int) string { return plain + strings.Repeat(`"`, n) },
	"quoted words":    func(n int) string { return plain + strings.Repeat(`"so" `, n) },
	"opening marks":   func(n int) string { return plain + strings.Repeat("“so ", n) },
	"single marks":    func(n int) string { return plain + strings.Repeat("'so' he said ", n/3) },
	"one sentence":    func(n int) string { return plain + strings.Repeat("the mayor and the old board of the town ", n/9) },
	"one cue":         func(n int) string { return plain + strings.Repeat("said ", n) },
	"nested cues":     func(n int) string { return plain + strings.Repeat("he said that she said that ", n/6) },
	"names":           func(n int) string { return plain + strings.Repeat("Lena Orth ", n/2) },
	"one word":        func(n int) string { return plain + strings.Repeat("so", n) },
	"line breaks":     func(n int) string { return plain + strings.Repeat("so\n", n) },
	"brackets":        func(n int) string { return plain + strings.Repeat("(so ", n) },
}

func load(tb testing.TB) *Pipeline {
	p, err := Default()
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

// BenchmarkLoad unpacks and loads the embedded models.
func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		file, err := model.Open("../model/onrecord.model")
		if err != nil {
			b.Fatal(err)
		}
		if _, err := Load(file); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLength reads articles of three lengths; the cost of a byte should be one.
func BenchmarkLength(b *testing.B) {
	p := load(b)
	for _, n := range []int{5e3, 500e3, 5e6} {
		for name, others := range map[string]bool{"same people": false, "other people": true} {
			body := report(n, others)
			b.Run(fmt.Sprintf("%d kB/%s", n/1000, name), func(b *testing.B) { read(b, p, body) })
		}
	}
}

// BenchmarkHostile reads texts that are hard in one way or another, of
// 10,000 and of 100,000 words.
func BenchmarkHostile(b *testing.B) {
	p := load(b)
	for name, of := range hostile {
		for _, n := range []int{10_000, 100_000} {
			body := of(n)
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) { read(b, p, body) })
		}
	}
}

func read(b *testing.B, p *Pipeline, body string) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.Read(article.Article{Body: body, Language: "en"}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(body)), "ns/byte")
}

// BenchmarkStages says what each stage costs a token.
func BenchmarkStages(b *testing.B) {
	p := load(b)
	body := report(50e3, false)
	split := text.Split(body)
	doc := p.Parser.Parse(split)
	found := p.Finder.Find(doc)
	described := attribution.Describe(doc, found, time.Time{})
	for _, stage := range []struct {
		name string
		run  func()
	}{
		{"language", func() { language("", body) }},
		{"text", func() { text.Split(body) }},
		{"english", func() { p.Parser.Parse(split) }},
		{"attribution/find", func() { p.Finder.Find(doc) }},
		{"attribution/describe", func() { attribution.Describe(doc, found, time.Time{}) }},
		{"speaker", func() { speaker.Resolve(doc, described) }},
	} {
		b.Run(stage.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				stage.run()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(split.Tokens)), "ns/token")
		})
	}
}
