package speaker_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"onrecord/attribution"
	"onrecord/english"
	"onrecord/internal/cputime"
	"onrecord/speaker"
	"onrecord/text"
)

// wanted is an attribution of a tree file with the speaker it should get.
type wanted struct {
	attribution.Attribution
	speaker speaker.Speaker
}

// readTree reads testdata/NAME.tree. A line is a sentence of tokens
// form|lemma|head|tag|label|name, heads counted from 1 and 0 for the root; an
// empty line ends a paragraph. Before them stands a line for each attribution:
//
//	# kind source cue content = name | role | unnamed
//
// with ranges of tokens, counted from 0 over the whole text, "-" for none.
func readTree(t *testing.T, path string) (*english.Doc, []wanted) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var asked []string
	var body strings.Builder
	var sentences [][]text.Span
	doc := &english.Doc{}
	for _, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		if strings.HasPrefix(line, "# ") {
			asked = append(asked, line[2:])
			continue
		}
		if line == "" {
			body.WriteString("\n\n")
			continue
		}
		var spans []text.Span
		first := len(doc.Tokens)
		for _, word := range strings.Fields(line) {
			col := strings.Split(word, "|")
			if len(col) != 6 {
				t.Fatalf("%s: token %q has %d columns", path, word, len(col))
			}
			head, err := strconv.Atoi(col[2])
			if err != nil {
				t.Fatal(err)
			}
			if body.Len() > 0 && col[3] != "POS" {
				body.WriteByte(' ')
			}
			start := body.Len()
			body.WriteString(col[0])
			tok := english.Token{Span: text.Span{Start: start, End: body.Len()}, Form: col[0], Lemma: col[1], Head: head - 1 + first, Tag: col[3], Label: col[4], Name: col[5]}
			if head == 0 {
				tok.Head = -1
			}
			if tok.Name == "_" {
				tok.Name = ""
			}
			doc.Tokens, spans = append(doc.Tokens, tok), append(spans, tok.Span)
		}
		sentences = append(sentences, spans)
	}
	doc.Text = text.FromTokens(body.String(), sentences)
	doc.Link()
	var want []wanted
	for _, line := range asked {
		want = append(want, readWanted(t, doc, line))
	}
	return doc, want
}

func readWanted(t *testing.T, doc *english.Doc, line string) (w wanted) {
	t.Helper()
	given, named, _ := strings.Cut(line, " = ")
	part := strings.Fields(given)
	who := strings.Split(named, "|")
	if len(part) != 4 || len(who) != 3 {
		t.Fatalf("bad line %q", line)
	}
	w.Kind = attribution.Kind(part[0])
	w.Source, w.SourceHead = spanOf(t, doc, part[1])
	w.Cue, w.CueHead = spanOf(t, doc, part[2])
	w.Content, _ = spanOf(t, doc, part[3])
	w.speaker = speaker.Speaker{Name: strings.TrimSpace(who[0]), Role: strings.TrimSpace(who[1]), Unnamed: strings.TrimSpace(who[2])}
	return w
}

// spanOf is the span of a range of tokens, and its head.
func spanOf(t *testing.T, doc *english.Doc, s string) ([]text.Span, int) {
	t.Helper()
	if s == "-" {
		return nil, -1
	}
	var first, end int
	if n, err := fmt.Sscanf(s, "%d-%d", &first, &end); n != 2 || end > len(doc.Tokens) || first >= end {
		t.Fatalf("bad range %q: %v", s, err)
	}
	head := first
	for i := first; i < end; i++ {
		if h := doc.Tokens[i].Head; h < first || h >= end {
			head = i
			break
		}
	}
	return []text.Span{{Start: doc.Tokens[first].Start, End: doc.Tokens[end-1].End}}, head
}

func attributions(want []wanted) (found []attribution.Attribution) {
	for _, w := range want {
		found = append(found, w.Attribution)
	}
	return found
}

func TestResolve(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.tree")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".tree"), func(t *testing.T) {
			doc, want := readTree(t, path)
			got := speaker.Resolve(doc, attributions(want))
			if len(got) != len(want) {
				t.Fatalf("%d statements of %d attributions", len(got), len(want))
			}
			ids := map[string]string{}
			for i, w := range want {
				s := got[i].Speaker
				if s.Name != w.speaker.Name || s.Role != w.speaker.Role || s.Unnamed != w.speaker.Unnamed {
					t.Errorf("attribution %d: got %+v, want %+v", i, s, w.speaker)
				}
				if s.ID == "" {
					t.Errorf("attribution %d: no ID", i)
				}
				if other, ok := ids[s.ID]; ok && other != s.Name+s.Unnamed {
					t.Errorf("ID %q is of %q and %q", s.ID, other, s.Name+s.Unnamed)
				}
				ids[s.ID] = s.Name + s.Unnamed
			}
		})
	}
}

func TestPeople(t *testing.T) {
	doc, _ := readTree(t, "testdata/role-before-name.tree")
	var got []string
	for _, e := range speaker.People(doc) {
		got = append(got, fmt.Sprintf("%s/%s/%s/%d", e.Name, e.Role, e.Kind, len(e.Mentions)))
	}
	want := "Lena Moss/Harbor Secretary/PERSON/2"
	if len(got) == 0 || got[0] != want {
		t.Errorf("got %q, want %q first", got, want)
	}
}

func TestCastName(t *testing.T) {
	doc, _ := readTree(t, "testdata/possessive.tree")
	cast := speaker.NewCast(doc)
	for _, c := range []struct{ span, want string }{
		{"Mayor Otto Renn", "Otto Renn"},
		{"Renn", "Otto Renn"},
		{"the bridge", "the bridge"},
	} {
		start := strings.Index(doc.Body, c.span)
		if got := cast.Name(text.Span{Start: start, End: start + len(c.span)}); got != c.want {
			t.Errorf("Name(%q) = %q, want %q", c.span, got, c.want)
		}
	}
}

func TestResolveNothing(t *testing.T) {
	doc := &english.Doc{Text: text.FromTokens("", nil)}
	doc.Link()
	if got := speaker.Resolve(doc, nil); len(got) != 0 {
		t.Errorf("got %v", got)
	}
	lost := attribution.Attribution{Kind: attribution.Direct, SourceHead: -1, CueHead: -1, Content: []text.Span{{}}}
	if got := speaker.Resolve(doc, []attribution.Attribution{lost}); len(got) != 1 {
		t.Errorf("got %v", got)
	}
}

// repeated is the text of a tree file n times over.
func repeated(t testing.TB, doc *english.Doc, want []wanted, n int) (*english.Doc, []attribution.Attribution) {
	t.Helper()
	long := &english.Doc{}
	var body strings.Builder
	var sentences [][]text.Span
	var found []attribution.Attribution
	move := func(spans []text.Span, by int) (out []text.Span) {
		for _, s := range spans {
			out = append(out, text.Span{Start: s.Start + by, End: s.End + by})
		}
		return out
	}
	for range n {
		at, first := body.Len(), len(long.Tokens)
		body.WriteString(doc.Body + "\n\n")
		for _, tok := range doc.Tokens {
			tok.Start, tok.End = tok.Start+at, tok.End+at
			if tok.Head >= 0 {
				tok.Head += first
			}
			long.Tokens = append(long.Tokens, tok)
		}
		for _, s := range doc.Sentences {
			sentences = append(sentences, move(doc.Text.Tokens[s.Tokens.First:s.Tokens.End], at))
		}
		for _, w := range want {
			a := w.Attribution
			a.Source, a.Cue, a.Content = move(a.Source, at), move(a.Cue, at), move(a.Content, at)
			if a.SourceHead >= 0 {
				a.SourceHead += first
			}
			if a.CueHead >= 0 {
				a.CueHead += first
			}
			found = append(found, a)
		}
	}
	long.Text = text.FromTokens(body.String(), sentences)
	long.Link()
	return long, found
}

// TestResolveLinear checks that ten times the text takes not much more than
// ten times as long.
func TestResolveLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a second")
	}
	doc, want := readTree(t, "testdata/pronoun-after-speaker.tree")
	took := func(n int) time.Duration {
		long, found := repeated(t, doc, want, n)
		best := time.Duration(1 << 62)
		for range 3 {
			start := cputime.Spent()
			speaker.Resolve(long, found)
			best = min(best, cputime.Spent()-start)
		}
		return best
	}
	short, long := took(1000), took(10000)
	if long > 40*short {
		t.Errorf("1,000 times takes %v, 10,000 times %v", short, long)
	}
}

func BenchmarkResolve(b *testing.B) {
	doc, want := readTree(&testing.T{}, "testdata/pronoun-after-speaker.tree")
	long, found := repeated(b, doc, want, 20)
	b.SetBytes(int64(len(long.Body)))
	for b.Loop() {
		speaker.Resolve(long, found)
	}
}
