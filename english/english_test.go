package english_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"onrecord/english"
	"onrecord/evaluation"
	"onrecord/internal/corpora"
	"onrecord/internal/cputime"
	"onrecord/linear"
	"onrecord/model"
	"onrecord/text"
)

var update = flag.Bool("update", false, "write testdata/score.txt")

// treebank is a small one, made for these tests: form, tag, head in the
// sentence from 1 (0 for the root), label, kind of name.
const treebank = `
Mara NNP 2 compound PERSON|Olsen NNP 3 nsubj PERSON|said VBD 0 root -|the DT 5 det -|ferry NN 6 nsubj -|sank VBD 3 ccomp -|. . 3 punct -
The DT 2 det -|mayor NN 3 nsubj -|denied VBD 0 root -|the DT 5 det -|report NN 3 dobj -|. . 3 punct -
Olsen NNP 2 nsubj PERSON|told VBD 0 root -|the DT 4 det -|council NN 2 dobj -|that IN 7 mark -|boats NNS 7 nsubj -|leave VBP 2 ccomp -|. . 2 punct -
She PRP 2 nsubj -|wants VBZ 0 root -|to TO 4 mark -|read VB 2 xcomp -|the DT 6 det -|report NN 4 dobj -|. . 2 punct -`

// trees are the treebank as documents, each several times.
func trees() []*english.Doc {
	var docs []*english.Doc
	for range 12 {
		doc := &english.Doc{}
		var body strings.Builder
		var spans [][]text.Span
		for _, line := range strings.Split(strings.TrimSpace(treebank), "\n") {
			first := len(doc.Tokens)
			var in []text.Span
			for _, w := range strings.Split(line, "|") {
				var form, tag, label, name string
				var head int
				fmt.Sscan(w, &form, &tag, &head, &label, &name)
				sp := text.Span{Start: body.Len(), End: body.Len() + len(form)}
				body.WriteString(form + " ")
				if head--; head >= 0 {
					head += first
				}
				in = append(in, sp)
				doc.Tokens = append(doc.Tokens, english.Token{Span: sp, Form: form, Lemma: strings.ToLower(form), Tag: tag, Head: head, Label: label, Name: strings.Trim(name, "-")})
			}
			spans = append(spans, in)
		}
		doc.Text = text.FromTokens(body.String(), spans)
		doc.Link()
		docs = append(docs, doc)
	}
	return docs
}

var small = sync.OnceValue(func() *english.Model { return english.Train(trees(), english.Training{Epochs: 8}) })

func TestTrainLearnsItsTrees(t *testing.T) {
	gold := trees()[0]
	got := small().Parse(gold.Text)
	for i, g := range gold.Tokens {
		x := got.Tokens[i]
		if x.Tag != g.Tag || x.Head != g.Head || x.Label != g.Label || x.Name != g.Name {
			t.Errorf("%q: %s %d %s %q instead of %s %d %s %q", g.Form, x.Tag, x.Head, x.Label, x.Name, g.Tag, g.Head, g.Label, g.Name)
		}
	}
	if len(got.Names) == 0 || got.Names[0].Tokens != (text.Range{First: 0, End: 2}) || got.Names[0].Kind != "PERSON" {
		t.Errorf("names %v", got.Names)
	}
}

func TestTrainIsDeterministic(t *testing.T) {
	a, err := small().MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	b, _ := english.Train(trees(), english.Training{Epochs: 8}).MarshalBinary()
	if !bytes.Equal(a, b) {
		t.Error("the same trees gave another model")
	}
}

func TestModelRoundTrip(t *testing.T) {
	b, err := small().MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	f := model.New()
	f.Set(english.Section, b)
	m, err := english.Load(f)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := m.MarshalBinary()
	if !bytes.Equal(b, again) {
		t.Error("the model changed in a round trip")
	}
	for n := 0; n < len(b); n += 1 + len(b)/500 {
		if err := new(english.Model).UnmarshalBinary(b[:n]); !errors.Is(err, linear.ErrFormat) {
			t.Fatalf("%d of %d bytes: %v", n, len(b), err)
		}
	}
	if _, err := english.Load(model.New()); !errors.Is(err, model.ErrFormat) {
		t.Errorf("a file without the section: %v", err)
	}
}

// embedded is the model inside the program.
func embedded(t testing.TB) *english.Model {
	t.Helper()
	f, err := model.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	m, err := english.Load(f)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestSentences checks what the rest of the program leans on: who is the
// subject of which verb, and where a clause hangs.
func TestSentences(t *testing.T) {
	m := embedded(t)
	for _, c := range []struct {
		sentence string
		arcs     []string // child<-head:label
	}{
		{"The mayor said the ferry would sail on Monday.", []string{"mayor<-said:nsubj", "sail<-said:ccomp", "ferry<-sail:nsubj", "would<-sail:aux"}},
		{"“The bridge is closed,” Mara Olsen told reporters.", []string{"Olsen<-told:nsubj", "Mara<-Olsen:compound", "closed<-told:ccomp", "reporters<-told:dobj"}},
		{"According to the harbour police, two boats collided.", []string{"collided<-:root", "boats<-collided:nsubj", "two<-boats:nummod"}},
		{"Anna Brandt, a spokeswoman for the union, declined to comment.", []string{"Brandt<-declined:nsubj", "spokeswoman<-Brandt:appos", "comment<-declined:xcomp"}},
		{"The man who owns the shop denied that he had called the police.", []string{"owns<-man:acl:relcl", "called<-denied:ccomp", "he<-called:nsubj"}},
		{"She wants to know whether the council will vote.", []string{"She<-wants:nsubj", "know<-wants:xcomp", "vote<-know:ccomp"}},
		{"The plan was rejected by the senate because it costs too much.", []string{"plan<-rejected:nsubjpass", "costs<-rejected:advcl"}},
		{"Officials did not say when the talks will resume.", []string{"Officials<-say:nsubj", "not<-say:neg", "resume<-say:ccomp"}},
		{"The report's author warned of higher prices and lower wages.", []string{"author<-warned:nsubj", "report<-author:nmod:poss", "prices<-warned:nmod", "wages<-prices:conj"}},
	} {
		d := m.Parse(text.Split(c.sentence))
		got := map[string]bool{}
		var all []string
		for _, x := range d.Tokens {
			head := ""
			if x.Head >= 0 {
				head = d.Tokens[x.Head].Form
			}
			arc := x.Form + "<-" + head + ":" + x.Label
			got[arc] = true
			all = append(all, arc)
		}
		for _, want := range c.arcs {
			if !got[want] {
				t.Errorf("%s\n\tno %s in %s", c.sentence, want, strings.Join(all, " "))
			}
		}
	}
}

func TestTags(t *testing.T) {
	m := embedded(t)
	for _, c := range []struct{ sentence, tags string }{
		{"The mayor said the ferry would sail.", "DT NN VBD DT NN MD VB ."},
		{"“We won't,” she says.", "`` PRP MD RB , '' PRP VBZ ."},
		{"Mara Olsen's boat was sold.", "NNP NNP POS NN VBD VBN ."},
		{"He has been running the city for two years.", "PRP VBZ VBN VBG DT NN IN CD NNS ."},
	} {
		var tags []string
		for _, x := range m.Parse(text.Split(c.sentence)).Tokens {
			tags = append(tags, x.Tag)
		}
		if got := strings.Join(tags, " "); got != c.tags {
			t.Errorf("%s\n\t%s instead of\n\t%s", c.sentence, got, c.tags)
		}
	}
}

// TestScore measures the embedded model on the automatic trees of PolNeAR's
// development part.
func TestScore(t *testing.T) {
	dir := corpora.Path(t, "corpora", "polnear")
	_, dev, err := evaluation.ReadTrees(filepath.Join(dir, "parse", "polnear-dev.corenlp.conllu.gz"), filepath.Join(dir, "dev", "text"))
	if err != nil {
		t.Fatal(err)
	}
	if len(dev) == 0 {
		t.Fatal("no trees")
	}
	m := embedded(t)
	var tokens, tags, lemmas, words, heads, labels, found, wanted, names int
	for _, gold := range dev {
		got := m.Parse(gold.Text)
		for i, g := range gold.Tokens {
			x := got.Tokens[i]
			tokens++
			tags += count(x.Tag == g.Tag)
			lemmas += count(x.Lemma == g.Lemma)
			if g.Label != "punct" {
				words++
				heads += count(x.Head == g.Head)
				labels += count(x.Head == g.Head && x.Label == g.Label)
			}
			found += count(x.Name != "")
			wanted += count(g.Name != "")
			names += count(x.Name != "" && x.Name == g.Name)
		}
	}
	per := func(a, b int) float64 { return 100 * float64(a) / float64(b) }
	report := fmt.Sprintf("tokens %d\ntag %.1f\nlemma %.1f\nunlabelled attachment %.1f\nlabelled attachment %.1f\nnames precision %.1f\nnames recall %.1f\n",
		tokens, per(tags, tokens), per(lemmas, tokens), per(heads, words), per(labels, words), per(names, found), per(names, wanted))
	const file = "testdata/score.txt"
	if *update {
		if err := os.WriteFile(file, []byte(report), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if report != string(want) {
		t.Errorf("the score moved (-update if on purpose) from\n%s\nto\n%s", want, report)
	}
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

// checkDoc fails where a Doc is not what its users may rely on.
func checkDoc(t *testing.T, d *english.Doc) {
	t.Helper()
	if len(d.Tokens) != len(d.Text.Tokens) {
		t.Fatalf("%d tokens of %d", len(d.Tokens), len(d.Text.Tokens))
	}
	for _, s := range d.Sentences {
		roots := 0
		for i := s.Tokens.First; i < s.Tokens.End; i++ {
			switch h := d.Tokens[i].Head; {
			case h == -1:
				roots++
			case h < s.Tokens.First || h >= s.Tokens.End || h == i:
				t.Fatalf("head of token %d is %d, its sentence %v", i, h, s.Tokens)
			}
			if d.Tokens[i].Tag == "" || d.Tokens[i].Label == "" {
				t.Fatalf("token %d has no tag or label", i)
			}
		}
		if roots != 1 && s.Tokens.Len() > 0 {
			t.Fatalf("%d roots in sentence %v", roots, s.Tokens)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "Mara Olsen said “no”.", "“““", "a\x00b\xff\xfe", ". . . !", "((((", strings.Repeat("and ", 900), "“‘He said: ‘‘‘", "𝔘𝔫𝔦 ẞ İ ǅ", "said\nsaid\n\nsaid"} {
		f.Add(s)
	}
	m := small()
	f.Fuzz(func(t *testing.T, body string) { checkDoc(t, m.Parse(text.Split(body))) })
}

// TestLongSentence parses a sentence of a megabyte in time linear in its length.
func TestLongSentence(t *testing.T) {
	m := small()
	took := func(n int) time.Duration {
		sentence := text.Split(strings.Repeat("and the ferry sank ", n/19))
		best := time.Hour
		for range 3 {
			start := cputime.Spent()
			checkDoc(t, m.Parse(sentence))
			best = min(best, cputime.Spent()-start)
		}
		return best
	}
	short, long := took(1<<16), took(1<<20)
	if long > 16*4*short {
		t.Errorf("16 times the length took %v instead of %v", long, short)
	}
}

func BenchmarkParse(b *testing.B) {
	m := embedded(b)
	var body strings.Builder
	for range 40 {
		body.WriteString("The mayor of the harbour town, Anna Brandt, said on Monday that the ferry would not sail before the storm had passed.\n" +
			"“We told the owners in March what the inspectors had found,” she said, “and they promised that the hull would be repaired.”\n" +
			"A spokesman for the company, which runs nine boats, declined to say when the repairs had begun or who had paid for them.\n")
	}
	t := text.Split(body.String())
	for b.Loop() {
		m.Parse(t)
	}
	b.ReportMetric(float64(len(t.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkLoad(b *testing.B) {
	f, err := model.Embedded()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := english.Load(f); err != nil {
			b.Fatal(err)
		}
	}
}
