package evaluation

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"

	"onrecord/text"
)

// Quotation is a gold quotation: a passage between quotation marks with the
// one who said or wrote it.
type Quotation struct {
	Article   string
	text.Span        // characters of the article's text, without the marks
	Speaker   string // full name, or "unnamed: " and the article's words
	Utterance string // the same for quotations of the story that report the same words
}

// QuotedStory is a story with all the quotations of its articles.
type QuotedStory struct {
	Story  string
	Quotes []Quotation
}

// ReadQuotations reads gold quotations, a line of JSON for each story.
func ReadQuotations(path string) ([]QuotedStory, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []QuotedStory
	scan := bufio.NewScanner(f)
	scan.Buffer(nil, 16<<20)
	for n := 1; scan.Scan(); n++ {
		var s QuotedStory
		if err := json.Unmarshal(scan.Bytes(), &s); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		out = append(out, s)
	}
	if err := scan.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return out, nil
}

// Credited are words that the program found and the name that it credits
// them to, "" for somebody unnamed.
type Credited struct {
	Article   string
	Pieces    []text.Span // characters of the article's text
	Speaker   string
	Utterance string // the same for words that the program takes for one utterance
}

// QuotationTally counts what the measures on quotations are made of. Tallies
// of stories add up.
type QuotationTally struct {
	Gold     int // gold quotations
	Found    int // at least half of whose characters one predicted passage holds
	Speaker  int // of those found, credited to the right speaker
	Spurious int // predicted passages of some length that overlap no gold quotation
	Articles int // that have gold quotations

	// Aligned counts pairs of gold quotations in different articles that are
	// one utterance.
	Aligned Count
}

// Add adds the counts of another tally.
func (t *QuotationTally) Add(o QuotationTally) {
	t.Gold += o.Gold
	t.Found += o.Found
	t.Speaker += o.Speaker
	t.Spurious += o.Spurious
	t.Articles += o.Articles
	t.Aligned.add(o.Aligned)
}

// QuotationReport holds shares of a tally, to four decimals.
type QuotationReport struct {
	Recall             float64 `json:"recall"`
	Speaker            float64 `json:"speaker"` // of the quotations found
	Aligned            PRF     `json:"aligned"` // over pairs of quotations in different articles
	SpuriousPerArticle float64 `json:"spurious_per_article"`
}

// Report gives the measures of a tally.
func (t QuotationTally) Report() QuotationReport {
	share := func(a, b int) float64 { return round(float64(a) / float64(max(b, 1))) }
	return QuotationReport{
		Recall: share(t.Found, t.Gold), Speaker: share(t.Speaker, t.Found), Aligned: t.Aligned.prf(), SpuriousPerArticle: share(t.Spurious, t.Articles),
	}
}

// shortest is the least length in characters of a predicted passage that can
// be spurious.
const shortest = 20

// ScoreQuotations compares what was found in the articles of a story with its
// gold quotations.
func ScoreQuotations(gold []Quotation, found []Credited) (t QuotationTally) {
	used := make([]bool, len(found))
	hit := make([]*Credited, len(gold))
	articles := map[string]bool{}
	for g, q := range gold {
		most, at := 0, -1
		for i, c := range found {
			if c.Article != q.Article {
				continue
			}
			n := 0
			for _, p := range c.Pieces {
				n += max(0, min(p.End, q.End)-max(p.Start, q.Start))
			}
			used[i] = used[i] || n > 0
			if n > most {
				most, at = n, i
			}
		}
		articles[q.Article] = true
		t.Gold++
		if at >= 0 && 2*most >= q.Len() {
			t.Found++
			hit[g] = &found[at]
			t.Speaker += one(sameSpeaker(q.Speaker, found[at].Speaker))
		}
	}
	t.Articles = len(articles)
	t.Aligned = aligned(gold, hit)
	for i, c := range found {
		n := 0
		for _, p := range c.Pieces {
			n += p.Len()
		}
		t.Spurious += one(!used[i] && n >= shortest)
	}
	return t
}

// aligned counts the pairs of quotations in different articles that are one
// utterance: in gold, and in what was found of them.
func aligned(gold []Quotation, hit []*Credited) (c Count) {
	for i := range gold {
		for k := range gold[:i] {
			if gold[i].Article == gold[k].Article {
				continue
			}
			same := gold[i].Utterance == gold[k].Utterance
			joined := hit[i] != nil && hit[k] != nil && hit[i].Utterance == hit[k].Utterance
			c.Gold += one(same)
			c.Predicted += one(joined)
			c.Both += one(same && joined)
		}
	}
	return c
}

// sameSpeaker reports whether two names share the last word, or all the words
// of one are in the other. A speaker who is unnamed in gold must have no name.
func sameSpeaker(gold, got string) bool {
	if strings.HasPrefix(gold, "unnamed") {
		return got == "" || strings.HasPrefix(strings.ToLower(got), "unnamed")
	}
	g, p := nameWords(gold), nameWords(got)
	return len(p) > 0 && (len(g) > 0 && g[len(g)-1] == p[len(p)-1] || subset(p, g) || subset(g, p))
}

var nameWord = regexp.MustCompile(`[\p{L}\p{N}]+`)

// nameWords are the lower-case words of a name, without what sets a son apart
// from his father.
func nameWords(name string) (out []string) {
	for _, w := range nameWord.FindAllString(strings.ToLower(name), -1) {
		switch w {
		case "jr", "sr", "ii", "iii":
		default:
			out = append(out, w)
		}
	}
	return out
}

func subset(a, b []string) bool {
	in := map[string]bool{}
	for _, w := range b {
		in[w] = true
	}
	for _, w := range a {
		if !in[w] {
			return false
		}
	}
	return true
}
