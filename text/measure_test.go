package text_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"onrecord/text"
)

// shared is the folder that holds the corpora; the test is skipped without it.
func shared(t testing.TB) string {
	dir := os.Getenv("ONRECORD_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared")
	}
	if _, err := os.Stat(filepath.Join(dir, "corpora")); err != nil {
		t.Skipf("skipped: no corpora in %s (set ONRECORD_SHARED)", dir)
	}
	return filepath.Join(dir, "corpora")
}

// score counts spans against gold ones.
type score struct{ both, found, gold int }

func (s *score) add(found, gold map[text.Span]bool) {
	s.found += len(found)
	s.gold += len(gold)
	for span := range found {
		if gold[span] {
			s.both++
		}
	}
}

func (s score) f1() float64 { return 2 * float64(s.both) / float64(s.found+s.gold) }

func set(spans []text.Span) map[text.Span]bool {
	m := make(map[text.Span]bool, len(spans))
	for _, s := range spans {
		m[s] = true
	}
	return m
}

// TestAgainstTrees compares Split with the tokens and sentences of CoreNLP
// over PolNeAR's dev articles.
func TestAgainstTrees(t *testing.T) {
	dir := filepath.Join(shared(t), "polnear")
	part := os.Getenv("ONRECORD_PART")
	if part == "" {
		part = "dev"
	}
	articles := readTrees(t, filepath.Join(dir, "parse", "polnear-"+part+".corenlp.conllu.gz"), filepath.Join(dir, part, "text"))
	var tokens, sentences, inside score
	for _, want := range articles {
		got := text.Split(want.Body)
		tokens.add(set(got.Tokens), set(want.Tokens))
		found, gold, within := map[text.Span]bool{}, map[text.Span]bool{}, map[text.Span]bool{}
		for _, s := range got.Sentences {
			found[s.Span] = true
		}
		for _, s := range want.Sentences {
			gold[s.Span] = true
			if want.Paragraphs[s.Paragraph].Contains(s.Span) {
				within[s.Span] = true
			}
		}
		sentences.add(found, gold)
		inside.add(found, within)
		if os.Getenv("ONRECORD_DIFF") != "" {
			diff(t, want.Body, found, gold, got.Tokens, want.Tokens)
		}
	}
	recall := float64(inside.both) / float64(inside.gold)
	t.Logf("%d articles: tokens F1 %.4f, sentences F1 %.4f (recall of those in one paragraph %.4f)", len(articles), tokens.f1(), sentences.f1(), recall)
}

// readTrees reads the tokens and sentences of a gzipped CoNLL-U file whose
// last column has their character offsets.
func readTrees(t *testing.T, path, texts string) (articles []*text.Text) {
	var name string
	var sentences [][]text.Span
	at := []int{} // byte offset of each character
	var body string
	flush := func() {
		if name != "" {
			articles = append(articles, text.FromTokens(body, sentences))
		}
		sentences = nil
	}
	lines(t, path, func(line []byte) error {
		row := string(line)
		if id, ok := strings.CutPrefix(row, "# newdoc id = "); ok {
			flush()
			name = id
			raw, err := os.ReadFile(filepath.Join(texts, name+".txt"))
			body, at = string(raw), at[:0]
			for i := range body {
				at = append(at, i)
			}
			at = append(at, len(body))
			return err
		}
		if strings.HasPrefix(row, "# sent_id") {
			sentences = append(sentences, nil)
		}
		if _, misc, ok := strings.Cut(row, "\tStart="); ok {
			var start, end int
			if _, err := fmt.Sscanf(misc, "%d|End=%d", &start, &end); err != nil {
				return err
			}
			last := &sentences[len(sentences)-1]
			*last = append(*last, text.Span{Start: at[start], End: at[end]})
		}
		return nil
	})
	flush()
	return articles
}

func diff(t *testing.T, body string, found, gold map[text.Span]bool, a, b []text.Span) {
	f, g := set(a), set(b)
	for s := range f {
		if !g[s] {
			t.Logf("TOK+ %q in %q", s.Of(body), body[max(0, s.Start-15):min(len(body), s.End+15)])
		}
	}
	for s := range g {
		if !f[s] {
			t.Logf("TOK- %q in %q", s.Of(body), body[max(0, s.Start-15):min(len(body), s.End+15)])
		}
	}
	for s := range found {
		if !gold[s] {
			t.Logf("SEN+ %q", body[max(0, s.Start-20):s.Start]+"[["+s.Of(body)+"]]"+body[s.End:min(len(body), s.End+20)])
		}
	}
	for s := range gold {
		if !found[s] {
			t.Logf("SEN- %q", body[max(0, s.Start-20):s.Start]+"[["+s.Of(body)+"]]"+body[s.End:min(len(body), s.End+20)])
		}
	}
}

// TestAgainstQuotations looks for the direct quotations that people found in
// BASIL's articles.
func TestAgainstQuotations(t *testing.T) {
	dir := filepath.Join(shared(t), "basil")
	bodies := map[string]string{}
	lines(t, filepath.Join(dir, "articles.jsonl"), func(line []byte) error {
		var a struct{ ID, Text string }
		err := json.Unmarshal(line, &a)
		bodies[a.ID] = a.Text
		return err
	})
	var all, half, exact int
	lines(t, filepath.Join(dir, "quotes.gold.jsonl"), func(line []byte) error {
		var story struct {
			Quotes []struct {
				Article    string
				Start, End int
			}
		}
		err := json.Unmarshal(line, &story)
		for _, q := range story.Quotes {
			body := bodies[q.Article]
			at := []int{}
			for i := range body {
				at = append(at, i)
			}
			gold := text.Span{Start: at[q.Start], End: at[q.End]}
			all++
			covered, same := 0, false
			for _, q := range text.Split(body).Quotations {
				covered = max(covered, min(q.Inside.End, gold.End)-max(q.Inside.Start, gold.Start))
				same = same || q.Inside == gold
			}
			if 2*covered >= gold.Len() {
				half++
			} else {
				t.Logf("missed %s %q", q.Article, body[max(0, gold.Start-40):gold.Start]+"[["+gold.Of(body)+"]]"+body[gold.End:min(len(body), gold.End+40)])
			}
			if same {
				exact++
			} else if os.Getenv("ONRECORD_DIFF") != "" {
				t.Logf("inexact %s %q", q.Article, body[max(0, gold.Start-40):gold.Start]+"[["+gold.Of(body)+"]]"+body[gold.End:min(len(body), gold.End+40)])
			}
		}
		return err
	})
	t.Logf("%d quotations: half or more found of %d (%.4f), exact %d (%.4f)", all, half, float64(half)/float64(all), exact, float64(exact)/float64(all))
}

func lines(t *testing.T, path string, each func([]byte) error) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	scan := bufio.NewScanner(r)
	scan.Buffer(nil, 1<<22)
	for scan.Scan() {
		if err := each(scan.Bytes()); err != nil {
			t.Fatal(err)
		}
	}
	if err := scan.Err(); err != nil {
		t.Fatal(err)
	}
}
