package format

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/article"
	"onrecord/comparison"
	"onrecord/text"
	"onrecord/utterance"
)

// How much of a comparison people are shown unless they ask for all of it.
const (
	few       = 10 // items of a section
	fewOf     = 5  // items of one article, where a section goes by article, but
	fewOfAll  = 24 // together no more than these and one of each
	manySaid  = 60 // words of a passage
	manyKept  = 16 // words of a diff that are the same, or dropped, in one run
	manyBegin = 24 // words of a passage that is named by its beginning
)

// maxHeads is the number of outlets that columns are named after; of more
// they are numbered.
const maxHeads = 6

// digest is what text and Markdown show of a comparison.
type digest struct {
	converter
	all   bool     // nothing is cut
	hint  string   // how to see what is cut
	names []string // of the articles' outlets, each another
	heads []string // the same in a few letters, for the heads of columns
	ids   []string // of the utterances

	shared []int   // the utterances that two articles or more have
	alone  [][]int // those that only one has, by article: the quoted ones first, the longest first
}

func newDigest(c *comparison.Comparison, all bool) *digest {
	d := &digest{converter: converter{Comparison: c}, all: all, ids: UtteranceIDs(c.Utterances)}
	d.names = Outlets(c.Reports)
	for i, name := range d.names {
		if len(d.names) > maxHeads {
			d.heads = append(d.heads, strconv.Itoa(i+1))
		} else {
			d.heads = append(d.heads, abbreviated(name))
		}
	}
	d.heads = distinct(d.heads, func(head string, n int) string { return head + strconv.Itoa(n) })
	d.sortOut()
	return d
}

// maxHead is the length of the longest head of a column.
const maxHead = 8

// abbreviated is a short name as it is, the initials of a longer one, or the
// beginning of a single long word: "Reuters", "NYT", "coastli…".
func abbreviated(name string) string {
	name = strings.TrimPrefix(name, "www.")
	words := strings.Fields(name)
	if len(words) > 1 && strings.EqualFold(words[0], "the") {
		words = words[1:]
	}
	if short := strings.Join(words, " "); utf8.RuneCountInString(short) <= maxHead {
		return short
	}
	if len(words) == 1 {
		return firstRunes(words[0], maxHead-1) + "…"
	}
	var initials strings.Builder
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLetter(r) || unicode.IsDigit(r) {
			initials.WriteRune(unicode.ToUpper(r))
		}
	}
	return firstRunes(cmp.Or(initials.String(), words[0]), maxHead)
}

// ofArticle is how many of an article's n items are shown.
func (d *digest) ofArticle(n int) int {
	return d.limit(n, min(fewOf, max(1, fewOfAll/len(d.Reports))))
}

// some are the first few of many phrases on one line.
func (d *digest) some(phrases []string) string {
	n := d.limit(len(phrases), fewOf)
	line := strings.Join(phrases[:n], " · ")
	if hidden := len(phrases) - n; hidden > 0 {
		line += fmt.Sprintf(" · … and %d more%s", hidden, d.hint)
	}
	return line
}

// limit is how many of n items are shown where a section shows at most some.
func (d *digest) limit(n, some int) int {
	if d.all {
		return n
	}
	return min(n, some)
}

// day is when an article was published, "" if not known.
func day(a article.Article) string {
	if a.Published.IsZero() {
		return ""
	}
	return a.Published.Format("2 January 2006")
}

// summary is the comparison in numbers.
func (d *digest) summary() string {
	only := len(d.Utterances) - len(d.shared)
	voices := counted(len(d.Voices), "voice", "voices")
	if len(d.Reports) == 1 {
		return fmt.Sprintf("One article, so nothing to compare it with: %s, %s.", counted(only, "utterance", "utterances"), voices)
	}
	differ := 0
	for _, s := range d.Figures {
		if s.Differs {
			differ++
		}
	}
	return capital(fmt.Sprintf("%s in two or more outlets, %d in one · %s · %s · %s.",
		counted(len(d.shared), "utterance", "utterances"), only,
		counted(differ, "figure differs", "figures differ"), counted(len(d.Tensions), "tension", "tensions"), voices))
}

// counted is a number with its noun.
func counted(n int, one, many string) string {
	switch n {
	case 0:
		return "no " + many
	case 1:
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// cells are the letters of the renderings of an utterance, by article, the
// most faithful first; "" for an article that does not have it.
func (d *digest) cells(u *utterance.Utterance) []string {
	out := make([]string, len(d.Reports))
	for _, r := range []utterance.Rendering{utterance.Verbatim, utterance.Trimmed, utterance.Altered, utterance.Paraphrased} {
		for _, v := range u.Variants {
			if letter := letterOf(r); v.Rendering == r && !strings.HasSuffix(out[v.Article], letter) {
				out[v.Article] += letter
			}
		}
	}
	return out
}

func letterOf(r utterance.Rendering) string { return strings.ToUpper(string(r)[:1]) }

// capital is s with a capital first letter.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}

// voiceOf is who speaks in a passage: a speaker, or the outlet itself.
func (d *digest) voiceOf(article, statement int) string {
	if statement < 0 {
		return "in its own voice"
	}
	return SpeakerName(d.Reports[article].Statements[statement].Speaker)
}

// paragraph is where a passage stands: "¶4".
func (d *digest) paragraph(article, offset int) string {
	return "¶" + strconv.Itoa(ParagraphOf(d.Reports[article].Doc.Paragraphs, offset))
}

// beginning is the longest wording of an utterance, or its first words.
func (d *digest) beginning(u *utterance.Utterance) string {
	v := u.Variants[u.Longest]
	return begun(joined(d.body(v.Article), v.Spans, " … "))
}

// begun is s, or its first words.
func begun(s string) string {
	words := strings.Fields(s)
	if len(words) <= manyBegin {
		return strings.Join(words, " ")
	}
	return strings.Join(words[:manyBegin], " ") + " …"
}

// speaker is who speaks in an utterance, where and when.
func (d *digest) speaker(u *utterance.Utterance) []run {
	out := []run{{text: SpeakerName(u.Speaker), tone: named}}
	if more := SpeakerRole(u.Speaker); more != "" {
		out = append(out, run{text: ", " + more})
	}
	if o := Occasion(u); o != "" {
		out = append(out, run{text: " · " + o, tone: faint})
	}
	return out
}

// creditOf says how a variant is credited.
func (d *digest) creditOf(v utterance.Variant) string {
	var out []string
	for _, i := range v.Statements {
		s := d.Reports[v.Article].Statements[i]
		if c := Harmless(Credit(d.body(v.Article), s)); c != "" && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return strings.Join(out, ", ")
}

// renderingOf is the rendering of a variant in words.
func renderingOf(u *utterance.Utterance, n int) string {
	if v := u.Variants[n]; n != u.Longest || v.Rendering != utterance.Verbatim || len(u.Variants) == 1 {
		return string(v.Rendering)
	}
	return "the longest wording"
}

// reasons say why two passages are set against each other.
var reasons = map[comparison.Reason]string{
	comparison.Opposed: "one says what the other denies",
	comparison.Figures: "another figure for the same thing",
	comparison.Changed: "the same speaker, now and before",
}

// why says why two passages are a tension, and who says so with which words.
func (d *digest) why(t comparison.Tension) string {
	if t.FlaggedBy < 0 || t.Flag.Len() == 0 {
		return cmp.Or(reasons[t.Reason], "these differ")
	}
	return fmt.Sprintf("%s sets them against each other: “%s” (%s)",
		d.names[t.FlaggedBy], Harmless(d.of(t.FlaggedBy, t.Flag)), d.paragraph(t.FlaggedBy, t.Flag.Start))
}

// sentenceWith is a sentence of which some words, in order, are strong.
func (d *digest) sentenceWith(article int, sentence text.Span, strong ...text.Span) []run {
	body := d.body(article)
	var out []run
	at := sentence.Start
	for _, s := range strong {
		if s.Start >= at && s.End <= sentence.End {
			out = append(out, run{text: body[at:s.Start]}, run{text: s.Of(body), tone: emphasized})
			at = s.End
		}
	}
	return append(out, run{text: body[at:sentence.End]})
}

// flagging is the sentence in which an outlet says that two passages differ.
func (d *digest) flagging(t comparison.Tension) []run {
	if t.FlaggedBy < 0 || t.Flag.Len() == 0 {
		return nil
	}
	sentences := d.Reports[t.FlaggedBy].Doc.Sentences
	i := sort.Search(len(sentences), func(i int) bool { return sentences[i].End >= t.Flag.End })
	if i == len(sentences) || !sentences[i].Contains(t.Flag) {
		return nil
	}
	return d.cut(d.sentenceWith(t.FlaggedBy, sentences[i].Span, t.Flag))
}
