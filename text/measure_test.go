package text_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"onrecord/internal/corpora"
	"onrecord/text"
)

// shared is the folder that holds the corpora.
func shared(t testing.TB) string { return corpora.Path(t, "corpora") }

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

// TestAgainstTrees compares Split with the tokens and sentences that CoreNLP
// found in PolNeAR's dev articles. CoreNLP is no gold: it takes an opening ”
// for a closing one, runs over paragraphs, and cuts after the bracket of
// "(R-Ky.) said" and between “Why?” and “he asked”. So sentences are also
// scored without those that it cut that way and what overlaps them.
func TestAgainstTrees(t *testing.T) {
	dir := filepath.Join(shared(t), "polnear")
	var tokens, all, sound score
	articles := readTrees(t, filepath.Join(dir, "parse", "polnear-dev.corenlp.conllu.gz"), filepath.Join(dir, "dev", "text"))
	for _, want := range articles {
		got := text.Split(want.Body)
		tokens.add(set(got.Tokens), set(want.Tokens))
		all.add(spans(got, nil), spans(want, nil))
		bad := faulty(want)
		sound.add(spans(got, bad), spans(want, bad))
	}
	t.Logf("%d articles: tokens F1 %.4f, sentences F1 %.4f, without CoreNLP's known errors %.4f (%d of %d sentences)",
		len(articles), tokens.f1(), all.f1(), sound.f1(), sound.gold, all.gold)
	if tokens.f1() < 0.997 || all.f1() < 0.90 || sound.f1() < 0.98 {
		t.Error("worse than it was")
	}
}

// faulty are the sentences that CoreNLP cut wrongly.
func faulty(tree *text.Text) (bad []text.Span) {
	for i, s := range tree.Sentences {
		first := tree.Tokens[s.Tokens.First].Of(tree.Body)
		last := tree.Tokens[s.Tokens.End-1].Of(tree.Body)
		r, _ := utf8.DecodeRuneInString(first)
		cut := unicode.IsLower(r) || strings.ContainsAny(first[:1], ",;:)") // the one before is cut, too
		if question := regexp.MustCompile(`[?!]['"’”]+\s*$`); cut || i > 0 && question.MatchString(tree.Sentences[i-1].Of(tree.Body)) {
			bad = append(bad, s.Span)
			if i > 0 {
				bad = append(bad, tree.Sentences[i-1].Span)
			}
		}
		if !tree.Paragraphs[s.Paragraph].Contains(s.Span) || last == "''" || i > 0 && strings.HasSuffix(tree.Sentences[i-1].Of(tree.Body), "''") {
			bad = append(bad, s.Span)
		}
	}
	sort.Slice(bad, func(i, j int) bool { return bad[i].Start < bad[j].Start })
	return bad
}

// spans are those of the sentences that overlap none of bad, which is in order.
func spans(t *text.Text, bad []text.Span) map[text.Span]bool {
	m := map[text.Span]bool{}
	for _, s := range t.Sentences {
		for len(bad) > 0 && bad[0].End <= s.Start {
			bad = bad[1:]
		}
		if len(bad) == 0 || !bad[0].Overlaps(s.Span) {
			m[s.Span] = true
		}
	}
	return m
}

// TestAgainstGUM compares Split with the sentences that people marked in the
// news and interviews of GUM.
func TestAgainstGUM(t *testing.T) {
	dir := filepath.Join(shared(t), "ud")
	var all score
	for _, part := range []string{"dev", "test", "train"} {
		var body strings.Builder
		gold := map[text.Span]bool{}
		in := false
		gap := ""
		lines(t, filepath.Join(dir, "gum-"+part+".conllu.gz"), func(line []byte) error {
			row := string(line)
			if id, ok := strings.CutPrefix(row, "# newdoc id = "); ok {
				in = strings.Contains(id, "_news_") || strings.Contains(id, "_interview_")
				gap = "\n\n"
			}
			if strings.HasPrefix(row, "# newpar") {
				gap = "\n\n"
			}
			if words, ok := strings.CutPrefix(row, "# text = "); ok && in {
				body.WriteString(gap)
				gold[text.Span{Start: body.Len(), End: body.Len() + len(words)}] = true
				body.WriteString(words)
				gap = " "
			}
			return nil
		})
		all.add(spans(text.Split(body.String()), nil), gold)
	}
	if all.f1() < 0.93 {
		t.Error("worse than it was")
	}
	t.Logf("GUM news and interviews: sentences F1 %.4f (%d sentences)", all.f1(), all.gold)
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
			}
		}
		return err
	})
	if half < all || exact < 422 {
		t.Error("worse than it was")
	}
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
