// Package archive invents the articles of a news archive, as many as a
// benchmark wants, with the statements that a reader would find in them.
//
// Words, people and outlets are as unevenly spread as those of real news
// (Zipf): one word is in every sixteenth place, one person says a twentieth of
// everything. Articles come in the order of their days, some three to an event,
// share the event's words and people and print the same quotations, now and then
// shortened. The same seed gives the same archive.
package archive

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"time"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/figure"
	"onrecord/pipeline"
	"onrecord/speaker"
	"onrecord/text"
)

// StatementsPerArticle is how many statements an article has on average.
const StatementsPerArticle = 10

const (
	vocabulary    = 60000
	people        = 20000
	outlets       = 100
	eventArticles = 3  // on average
	eventWords    = 30 // that only the event's articles use time and again
	eventPeople   = 5
	eventQuotes   = 8
	articlesADay  = 25
)

var start = time.Date(2015, 1, 1, 6, 0, 0, 0, time.UTC)

// Archive makes one article after the other.
type Archive struct {
	random            *rand.Rand
	word, who, outlet *rand.Zipf
	n                 int
	left              int // articles of the event that are still to come
	event             event
}

// event is what several articles tell.
type event struct {
	words  []uint64
	people []uint64
	quotes []quote
}

type quote struct {
	who   uint64
	words string
}

// New makes an archive; every seed gives another one.
func New(seed uint64) *Archive {
	r := rand.New(rand.NewPCG(seed, 8))
	return &Archive{
		random: r, word: rand.NewZipf(r, 1.1, 2.7, vocabulary-1), who: rand.NewZipf(r, 1.1, 3.3, people-1), outlet: rand.NewZipf(r, 1.3, 5, outlets-1),
	}
}

// Articles gives the next n.
func (a *Archive) Articles(n int) iter.Seq2[pipeline.Reading, error] {
	return func(yield func(pipeline.Reading, error) bool) {
		for range n {
			if !yield(a.Next(), nil) {
				return
			}
		}
	}
}

// Word is the nth most frequent word, from 0.
func Word(n uint64) string { return form(n) }

// Person is the name of whoever says the nth most, from 0.
func Person(n uint64) string { return first(n) + " " + surname(n) }

// Outlet is the name of the one with the nth most articles, from 0.
func Outlet(n uint64) string { return "The " + title(form(1000+n)) }

// form spells a number in syllables.
func form(n uint64) string {
	const syllables = "badefigokulameniporusatevixowozu"
	var b []byte
	for n += 16; n > 0; n /= 16 {
		b = append(b, syllables[n%16*2:][:2]...)
	}
	return string(b)
}

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// Several hundred people share each first name, a few most surnames.
func first(n uint64) string   { return title(form(n * 7919 % 300)) }
func surname(n uint64) string { return title(form(4096 + n*104729%9000)) }

// role is what somebody is called at a time: half of them change office.
func role(n uint64, at time.Time) string {
	offices := []string{"minister", "mayor", "senator", "spokeswoman", "professor", "chairman", "union leader", "police chief"}
	if n%2 == 0 && at.Year() >= 2019 {
		n += 3
	}
	return offices[n/2%uint64(len(offices))]
}

// Next is the next article with what is found in it.
func (a *Archive) Next() pipeline.Reading {
	if a.left == 0 {
		a.left = 1 + a.random.IntN(2*eventArticles-1)
		a.event = a.newEvent()
	}
	a.left--
	// Days pass evenly; an article may come a day late.
	at := start.Add(time.Duration(a.n) * 24 * time.Hour / articlesADay).Add(-time.Duration(a.random.IntN(24)) * time.Hour)
	w := &writer{Archive: a, at: at, outlet: Outlet(a.outlet.Uint64()), named: map[uint64]bool{}}
	for range StatementsPerArticle/2 + a.random.IntN(StatementsPerArticle+1) {
		w.paragraph()
	}
	w.r.Language, w.r.Fingerprint = "en", "archive 1"
	w.r.Article = article.Article{
		ID: fmt.Sprint("r", a.n), URL: fmt.Sprintf("https://quay.example/%d/%d", a.random.Uint32(), a.n), Outlet: w.outlet,
		Title: title(a.passage(8, 5)), Byline: []string{Person(10000 + uint64(a.random.IntN(500)))}, Published: at, Language: "en", Body: w.b.String(),
	}
	a.n++
	return w.r
}

func (a *Archive) newEvent() (e event) {
	for range eventWords {
		e.words = append(e.words, 2000+a.random.Uint64N(vocabulary-2000))
	}
	a.event = e
	for range eventPeople {
		e.people = append(e.people, a.who.Uint64())
	}
	for range eventQuotes {
		e.quotes = append(e.quotes, quote{e.people[a.random.IntN(eventPeople)], a.passage(10+a.random.IntN(20), 6)})
	}
	return e
}

// passage is n words, one in every of the event's own.
func (a *Archive) passage(n, every int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		if a.random.IntN(every) == 0 {
			b.WriteString(form(a.event.words[a.random.IntN(eventWords)]))
		} else {
			b.WriteString(form(a.word.Uint64()))
		}
	}
	return b.String()
}

// writer writes an article.
type writer struct {
	*Archive
	at     time.Time
	outlet string
	named  map[uint64]bool // who was named in full
	b      strings.Builder
	r      pipeline.Reading
}

// put writes s and says where it stands.
func (w *writer) put(s string) text.Span {
	from := w.b.Len()
	w.b.WriteString(s)
	return text.Span{Start: from, End: w.b.Len()}
}

// paragraph writes a sentence of the outlet's own, and one that says who said what.
func (w *writer) paragraph() {
	w.put(title(w.passage(8+w.random.IntN(12), 8)))
	if w.random.IntN(3) == 0 {
		w.put(" ")
		n := 2 + w.random.IntN(5000)
		at := w.put(fmt.Sprint(n))
		w.put(" ")
		of := w.put(form(w.word.Uint64()))
		w.r.Figures = append(w.r.Figures, figure.Figure{
			Span: at, Of: []text.Span{of}, Value: float64(n), High: float64(n), Head: of.Of(w.b.String()), Subject: []string{of.Of(w.b.String())}, Statement: -1,
		})
	}
	w.put(". ")
	who, words := w.who.Uint64(), ""
	switch k := w.random.IntN(10); {
	case k < 4: // what everybody quotes
		q := w.event.quotes[w.random.IntN(eventQuotes)]
		who, words = q.who, q.words
		if w.random.IntN(3) == 0 {
			words = words[:strings.LastIndexByte(words[:len(words)*2/3], ' ')]
		}
	case k < 8:
		who = w.event.people[w.random.IntN(eventPeople)]
	}
	if words == "" {
		words = w.passage(8+w.random.IntN(20), 8)
	}
	w.statement(who, words)
	w.put("\n\n")
}

func (w *writer) statement(who uint64, words string) {
	s := speaker.Statement{Speaker: w.speaker(who)}
	s.Confidence, s.Polarity, s.SourceHead, s.CueHead = .9, attribution.Asserted, -1, -1
	if w.random.IntN(20) == 0 {
		s.Polarity = attribution.Denied
	}
	source := s.Speaker.Unnamed
	if s.Speaker.Name != "" {
		source = s.Speaker.Name
		if w.named[who] {
			source = surname(who)
		}
		w.named[who] = true
	}
	if w.random.IntN(2) == 0 {
		s.Kind = attribution.Direct
		s.Content = []text.Span{w.put("“" + title(words) + ",”")}
		w.put(" ")
		s.Source = []text.Span{w.put(source)}
		w.put(" ")
		s.Cue = []text.Span{w.put("said")}
	} else {
		s.Kind = attribution.Indirect
		s.Source = []text.Span{w.put(title(source))}
		w.put(" ")
		s.Cue = []text.Span{w.put("told")}
		w.put(" ")
		s.Addressee = []text.Span{w.put(w.outlet)}
		w.put(" ")
		s.Content = []text.Span{w.put("that " + words)}
	}
	w.put(".")
	w.r.Statements = append(w.r.Statements, s)
}

// speaker is how an article names somebody: one in ten not at all, a few by a
// middle initial more, or by the surname alone.
func (w *writer) speaker(who uint64) speaker.Speaker {
	name := Person(who)
	switch k := w.random.IntN(100); {
	case k < 10:
		return speaker.Speaker{ID: "unnamed", Unnamed: "a senior aide"}
	case k < 13:
		name = first(who) + " " + title(form(who))[:1] + ". " + surname(who)
	case k < 16:
		name = surname(who)
	}
	return speaker.Speaker{ID: strings.ReplaceAll(strings.ToLower(name), " ", "-"), Name: name, Role: role(who, w.at)}
}
