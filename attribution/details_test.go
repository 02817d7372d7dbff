package attribution

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"onrecord/english"
	"onrecord/text"
)

// detailsCase is a case of testdata/details.txt: a name after "=", the
// published date after "@" ("-" for none), a text with the attributions marked
// in it, its trees after "|", a sentence a line, and what is wanted after ">".
//
// In the text "[s …]", "[c …]" and "[q …]" mark source, cue and content, with
// a number where there are several attributions. A token of a tree is
// form/lemma/tag/head/label/name, heads counted from 1 in the sentence.
type detailsCase struct {
	name      string
	published time.Time
	doc       *english.Doc
	found     []Attribution
	want      []map[string]string
}

func readDetailsCases(t *testing.T) []detailsCase {
	t.Helper()
	raw, err := os.ReadFile("testdata/details.txt")
	if err != nil {
		t.Fatal(err)
	}
	var cases []detailsCase
	for _, block := range strings.Split("\n"+string(raw), "\n= ")[1:] {
		lines := strings.Split(strings.TrimSpace(block), "\n")
		c := detailsCase{name: lines[0]}
		var body string
		var trees []string
		for _, line := range lines[1:] {
			mark, rest, _ := strings.Cut(line, " ")
			switch {
			case mark == "@":
				c.published, _ = time.Parse(time.DateOnly, rest)
			case mark == "|":
				trees = append(trees, rest)
			case strings.HasSuffix(mark, ">"):
				c.want = append(c.want, readWant(rest))
			case line != "":
				body, c.found = readMarked(line)
			}
		}
		c.doc = readTreeDoc(t, body, trees)
		for i := range c.found {
			a := &c.found[i]
			a.SourceHead, a.CueHead = headIn(c.doc, a.Source), headIn(c.doc, a.Cue)
			if strings.HasPrefix(body[a.Content[0].Start:], "“") {
				a.Kind = Direct
			}
		}
		if len(c.want) != len(c.found) {
			t.Fatalf("%s: %d attributions, %d lines of what is wanted", c.name, len(c.found), len(c.want))
		}
		cases = append(cases, c)
	}
	return cases
}

func readWant(line string) map[string]string {
	want := map[string]string{"polarity": string(Asserted)}
	for _, field := range strings.Split(line, "; ") {
		if key, value, ok := strings.Cut(field, " "); ok {
			want[key] = value
		}
	}
	return want
}

// readMarked takes the marks out of a line and turns them into attributions.
func readMarked(line string) (string, []Attribution) {
	var body strings.Builder
	var found []Attribution
	var open []func()
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '[':
			mark, _, _ := strings.Cut(line[i+1:], " ")
			n := 0
			if len(mark) > 1 {
				n, _ = strconv.Atoi(mark[1:])
				n--
			}
			for len(found) <= n {
				found = append(found, Attribution{Kind: Indirect})
			}
			start := body.Len()
			open = append(open, func() {
				s := []text.Span{{Start: start, End: body.Len()}}
				switch mark[0] {
				case 's':
					found[n].Source = s
				case 'c':
					found[n].Cue = s
				case 'q':
					found[n].Content = s
				}
			})
			i += len(mark) + 1
		case ']':
			open[len(open)-1]()
			open = open[:len(open)-1]
		default:
			body.WriteByte(line[i])
		}
	}
	return body.String(), found
}

func readTreeDoc(t *testing.T, body string, trees []string) *english.Doc {
	t.Helper()
	doc := &english.Doc{}
	var sentences [][]text.Span
	at := 0
	for _, tree := range trees {
		first := len(doc.Tokens)
		var spans []text.Span
		for _, token := range strings.Fields(tree) {
			f := strings.Split(token, "/")
			if len(f) != 6 {
				t.Fatalf("%q: %d fields instead of 6", token, len(f))
			}
			from := strings.Index(body[at:], f[0])
			if from < 0 {
				t.Fatalf("%q: not in %q", f[0], body[at:])
			}
			s := text.Span{Start: at + from, End: at + from + len(f[0])}
			at = s.End
			head, err := strconv.Atoi(f[3])
			if err != nil {
				t.Fatal(err)
			}
			if head > 0 {
				head += first
			}
			spans = append(spans, s)
			doc.Tokens = append(doc.Tokens, english.Token{Span: s, Form: english.Normal(f[0]), Lemma: f[1], Tag: f[2], Head: head - 1, Label: f[4], Name: f[5]})
		}
		sentences = append(sentences, spans)
	}
	doc.Text = text.FromTokens(body, sentences)
	doc.Link()
	return doc
}

// headIn is the first token in the spans whose head is outside of them.
func headIn(doc *english.Doc, spans []text.Span) int {
	inside := func(i int) bool {
		for _, s := range spans {
			if s.Contains(doc.Tokens[i].Span) {
				return true
			}
		}
		return false
	}
	for i, t := range doc.Tokens {
		if inside(i) && (t.Head < 0 || !inside(t.Head)) && t.Label != "aux" && t.Label != "punct" {
			return i
		}
	}
	return -1
}

func (d Details) fields(body string) map[string]string {
	joined := func(spans []text.Span) string {
		var b strings.Builder
		for _, s := range spans {
			b.WriteString(s.Of(body))
		}
		return b.String()
	}
	return map[string]string{
		"polarity": string(d.Polarity), "to": joined(d.Addressee), "at": joined(d.Venue),
		"via": joined(d.Via), "when": joined(d.When), "date": d.Date,
	}
}

func TestDescribe(t *testing.T) {
	cases := readDetailsCases(t)
	if len(cases) < 60 {
		t.Fatalf("%d cases", len(cases))
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for i, a := range Describe(c.doc, c.found, c.published) {
				for field, got := range a.fields(c.doc.Body) {
					if want := c.want[i][field]; got != want {
						t.Errorf("attribution %d: %s is %q, want %q", i+1, field, got, want)
					}
				}
			}
		})
	}
}

func TestDescribeLeavesItsInput(t *testing.T) {
	for _, c := range readDetailsCases(t) {
		Describe(c.doc, c.found, c.published)
		for _, a := range c.found {
			if a.Polarity != "" || a.Date != "" || a.Venue != nil {
				t.Fatalf("%s: the input was changed", c.name)
			}
		}
	}
}

// BenchmarkDescribe reads one sentence without end, at two lengths: the time a
// token must not grow with the length.
func BenchmarkDescribe(b *testing.B) {
	for _, size := range []int{1000, 100000} {
		b.Run(strconv.Itoa(size), func(b *testing.B) {
			doc, found := endlessSentence(size)
			for b.Loop() {
				Describe(doc, found, time.Time{})
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*size), "ns/token")
		})
	}
}

// endlessSentence hangs every token from the first, with a cue every ten.
func endlessSentence(size int) (*english.Doc, []Attribution) {
	words := strings.Fields("Lund said on Monday in a statement to reporters ,")
	body := strings.Repeat(strings.Join(words, " ")+" ", size/len(words))
	doc := &english.Doc{}
	var found []Attribution
	at := 0
	for i := range size {
		w := words[i%len(words)]
		s := text.Span{Start: at, End: at + len(w)}
		at = s.End + 1
		if w == "said" {
			found = append(found, Attribution{Source: []text.Span{doc.Tokens[i-1].Span}, Cue: []text.Span{s}, SourceHead: i - 1, CueHead: i})
		}
		doc.Tokens = append(doc.Tokens, english.Token{Span: s, Form: w, Lemma: w, Tag: "NN", Head: min(i, 1) - 1, Label: "dep"})
	}
	spans := make([]text.Span, size)
	for i, t := range doc.Tokens {
		spans[i] = t.Span
	}
	doc.Text = text.FromTokens(body, [][]text.Span{spans})
	doc.Link()
	return doc, found
}
