//go:build !race

package check_test

import (
	"context"
	"encoding/json"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"onrecord/article"
	"onrecord/check"
	"onrecord/evaluation"
	"onrecord/internal/corpora"
	"onrecord/pipeline"
	"onrecord/text"
)

var update = flag.Bool("update", false, "write the golden files of testdata")

// scoreFile holds what is reached on gold corpora. It moves with -update only.
const scoreFile = "testdata/score.json"

// source is an article with what was read in it.
type source struct {
	article    article.Article
	statements []check.Passage
	places     []text.Span // of the statements, from the first piece of the content to the last
	own        []string    // sentences of the outlet's own, with no quotation and in no statement
}

// read reads articles as `onrecord add` does.
func read(t testing.TB, articles []article.Article) []source {
	t.Helper()
	p, err := pipeline.Default()
	if err != nil {
		t.Fatal(err)
	}
	out := make([]source, len(articles))
	all := func(yield func(article.Article, error) bool) {
		for _, a := range articles {
			if !yield(a, nil) {
				return
			}
		}
	}
	i := 0
	for o := range p.ReadAll(context.Background(), all, 2) {
		if o.Err != nil {
			t.Fatal(o.Err)
		}
		out[i] = newSource(o.Reading)
		i++
	}
	return out
}

func newSource(r pipeline.Reading) source {
	out := source{article: r.Article}
	said := make([]text.Span, 0, len(r.Statements))
	for i, s := range r.Statements {
		var pieces []string
		for _, c := range s.Content {
			pieces = append(pieces, c.Of(r.Article.Body))
		}
		whole := text.Span{Start: s.Content[0].Start, End: s.Content[len(s.Content)-1].End}
		out.places = append(out.places, whole)
		said = append(said, whole)
		said = append(said, s.Source...)
		out.statements = append(out.statements, check.Passage{
			Statement: int64(i + 1), Text: strings.Join(pieces, " "), Kind: s.Kind, Speaker: s.Speaker, Article: out.article,
		})
	}
	for _, q := range r.Doc.Quotations {
		said = append(said, q.Span)
	}
	for _, s := range r.Doc.Sentences {
		free := true
		for _, o := range said {
			free = free && !o.Overlaps(s.Span)
		}
		if free {
			out.own = append(out.own, s.Of(r.Article.Body))
		}
	}
	return out
}

// record puts articles into an index.
func record(sources ...[]source) (*memory, map[string]*source) {
	m, byID := &memory{}, map[string]*source{}
	for _, list := range sources {
		for i := range list {
			s := &list[i]
			byID[s.article.ID] = s
			for _, p := range s.statements {
				m.statements.add(p)
			}
			m.bodies.add(check.Passage{Text: s.article.Body, Article: s.article})
		}
	}
	return m, byID
}

// basil are the articles of BASIL.
func basil(t testing.TB) (out []article.Article) {
	t.Helper()
	f, err := os.Open(corpora.Path(t, "corpora", "basil", "articles.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for d := json.NewDecoder(f); d.More(); {
		var a struct{ ID, Outlet, Title, Date, Text string }
		if err := d.Decode(&a); err != nil {
			t.Fatal(err)
		}
		at, _, err := article.ParseDate(a.Date)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, article.Article{ID: a.ID, Outlet: a.Outlet, Title: a.Title, Published: at, Language: "en", Body: a.Text})
	}
	return out
}

// polnear are the articles of a part of PolNeAR.
func polnear(t testing.TB, part string) (out []article.Article) {
	t.Helper()
	cases, err := evaluation.Corpus(corpora.Path(t, "corpora", "polnear", part))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		body, err := os.ReadFile(c.Text)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, article.Article{ID: c.Name, Language: "en", Body: string(body)})
	}
	return out
}

// quotation is a gold quotation with its bytes, and the places of all that
// print the same utterance.
type quotation struct {
	words        string
	answer       string  // with those that follow of its utterance in its article; "" but for the first of several
	same, others []place // of its utterance, and of the story's other ones
}

type place struct {
	article string
	text.Span
}

// gold are the quotations of five words or more.
func gold(t testing.TB, articles []article.Article) (out []quotation) {
	t.Helper()
	stories, err := evaluation.ReadQuotations(corpora.Path(t, "corpora", "basil", "quotes.gold.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	bodies := map[string]string{}
	for _, a := range articles {
		bodies[a.ID] = a.Body
	}
	for _, s := range stories {
		same := map[string][]place{}
		answers := map[[2]string][]string{} // by article and utterance
		for _, q := range s.Quotes {
			body := bodies[q.Article]
			at := [2]string{q.Article, q.Utterance}
			answers[at] = append(answers[at], body[byteOf(body, q.Start):byteOf(body, q.End)])
			same[q.Utterance] = append(same[q.Utterance], place{q.Article, text.Span{Start: byteOf(body, q.Start), End: byteOf(body, q.End)}})
		}
		for _, q := range s.Quotes {
			body := bodies[q.Article]
			words := body[byteOf(body, q.Start):byteOf(body, q.End)]
			if len(strings.Fields(words)) >= 5 {
				var others []place
				for u, places := range same {
					if u != q.Utterance {
						others = append(others, places...)
					}
				}
				one := quotation{words: words, same: same[q.Utterance], others: others}
				if at := [2]string{q.Article, q.Utterance}; len(answers[at]) > 1 {
					one.answer = strings.Join(answers[at], " ")
					delete(answers, at)
				}
				out = append(out, one)
			}
		}
	}
	return out
}

func byteOf(body string, character int) int {
	at := 0
	for range character {
		_, n := utf8.DecodeRuneInString(body[at:])
		at += n
	}
	return at
}

// changes are what becomes of the words that a quotation is looked up by; n
// chooses the place.
var changes = map[string]func(words []string, n int) []string{
	"as printed": func(words []string, _ int) []string { return words },
	"one dropped": func(words []string, n int) []string {
		at := n * 7 % len(words)
		return slices.Delete(slices.Clone(words), at, at+1)
	},
	"one changed": func(words []string, n int) []string {
		words = slices.Clone(words)
		words[n*5%len(words)] = "marmalade"
		return words
	},
	"cut in half": func(words []string, n int) []string {
		half := (len(words) + 1) / 2
		if n%2 == 0 {
			return words[:half]
		}
		return words[len(words)-half:]
	},
	"two cut out of the middle": func(words []string, n int) []string {
		half := len(words) / 2
		return slices.Concat(words[:half-1], []string{"…"}, words[half+1:])
	},
}

// prints reports whether a match is one of the places.
func prints(m check.Match, places []place, sources map[string]*source) bool {
	s := sources[m.Article.ID]
	at := text.Span{Start: strings.Index(s.article.Body, m.Text)}
	at.End = at.Start + len(m.Text)
	if m.Statement > 0 {
		at = s.places[m.Statement-1]
	}
	return slices.ContainsFunc(places, func(p place) bool { return p.article == m.Article.ID && at.Overlaps(p.Span) })
}

// tally is how often the right utterance came first.
type tally struct {
	Asked, First, Nobody int
}

// score is what looking up reaches: quotations by what became of them, what an
// article quotes of an utterance in several quotations, the sentences that nobody said, and of the matches that came first with the
// words as printed those that lie on quotations of the utterance asked for and
// of another one.
type score struct {
	Statements  int
	Quotations  map[string]*tally
	Answers     tally
	NobodySaid  tally
	Same, Other int
}

func scoreOf(t *testing.T, golds []quotation, unsaid []string, sources ...[]source) score {
	t.Helper()
	index, byID := record(sources...)
	out := score{Statements: len(index.statements.passages), Quotations: map[string]*tally{}}
	find := func(words string) check.Answer {
		a, err := check.Find(context.Background(), index, words)
		if err != nil {
			t.Fatalf("%q: %v", words, err)
		}
		return a
	}
	for change, of := range changes {
		n := &tally{}
		out.Quotations[change] = n
		for i, q := range golds {
			asked := strings.Join(of(strings.Fields(q.words), i), " ")
			n.Asked++
			a := find(asked)
			if len(a.Utterances) == 0 {
				n.Nobody++
				t.Logf("%s: nobody: %s", change, asked)
				continue
			}
			first := a.Utterances[0].Matches
			if slices.ContainsFunc(first, func(m check.Match) bool { return prints(m, q.same, byID) }) {
				n.First++
			} else {
				t.Logf("%s: another: %s", change, asked)
			}
			if change == "as printed" {
				for _, m := range first {
					if prints(m, q.same, byID) {
						out.Same++
					} else if prints(m, q.others, byID) {
						out.Other++
					}
				}
			}
		}
	}
	for _, q := range golds {
		if q.answer == "" {
			continue
		}
		out.Answers.Asked++
		if a := find(q.answer); len(a.Utterances) == 0 {
			out.Answers.Nobody++
			t.Logf("answer: nobody: %s", q.answer)
		} else if slices.ContainsFunc(a.Utterances[0].Matches, func(m check.Match) bool { return m.Statement > 0 && prints(m, q.same, byID) }) {
			out.Answers.First++
		} else {
			t.Logf("answer: another: %s", q.answer)
		}
	}
	for _, sentence := range unsaid {
		out.NobodySaid.Asked++
		if a := find(sentence); len(a.Utterances) == 0 {
			out.NobodySaid.Nobody++
		} else {
			t.Logf("said: %s: %s", sentence, a.Utterances[0].Matches[0].Text)
		}
	}
	return out
}

// nUnsaid is how many sentences that nobody said are looked up.
const nUnsaid = 200

// TestScore looks up the gold quotations of BASIL, and sentences of articles
// that are not in the record and that these do not credit to anybody.
func TestScore(t *testing.T) {
	articles := basil(t)
	told, crowd := read(t, articles), read(t, polnear(t, "train"))
	var unsaid []string
	for i, s := range read(t, polnear(t, "dev")) {
		for k := i % 2; k < len(s.own) && len(unsaid) < nUnsaid; k += max(1, len(s.own)/3) {
			if len(check.Words(s.own[k])) >= 5 {
				unsaid = append(unsaid, s.own[k])
			}
		}
	}
	golds := gold(t, articles)
	if len(golds) == 0 || len(unsaid) < nUnsaid {
		t.Fatalf("%d quotations, %d sentences", len(golds), len(unsaid))
	}
	got, err := json.MarshalIndent(map[string]score{
		"BASIL":             scoreOf(t, golds, unsaid, told),
		"BASIL and PolNeAR": scoreOf(t, golds, unsaid, told, crowd),
	}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(scoreFile, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(scoreFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != strings.TrimSpace(string(want)) {
		t.Errorf("the score moved; -update keeps it\n got %s\nwant %s", got, want)
	}
}
