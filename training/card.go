package training

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"text/template"

	"onrecord/attribution"
	"onrecord/english"
	"onrecord/evaluation"
	"onrecord/model"
	"onrecord/text"
)

// CardSection is the name of the card in a model file.
const CardSection = "card"

// Card describes a model in Markdown: what it was trained on and under which
// terms, the sum of the data, and its scores on the corpus' development split
// where that lies beside the training split.
func Card(files Files, version string, f *model.File) ([]byte, error) {
	sum, articles, err := sumOf(files)
	if err != nil {
		return nil, err
	}
	c := card{Version: version, Sum: sum, Articles: articles}
	dev := filepath.Join(filepath.Dir(files.Corpus), "dev")
	if _, err := os.Stat(dev); err == nil {
		if c.Dev, err = score(dev, f); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	if err := cardText.Execute(&out, c); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

type card struct {
	Version  string
	Sum      string // SHA-256 over the files read
	Articles int
	Dev      *evaluation.Report // nil if there is no development split
}

var cardText = template.Must(template.New("card").Parse(`# Model card: onrecord English, version {{.Version}}

**What it does.** Tags, names and dependency trees of English news sentences; from these the attributions of an
article: cue, source, content, and how likely each is right. Sparse linear models: averaged perceptrons (tags, names,
tree), log-linear models (attributions). No neural network, no pretrained weights.

**Trained on** {{.Articles}} articles of PolNeAR's training split (Newell, Margolin and Ruths, LREC 2018): its attributions,
made by people, and its automatic CoreNLP layer (tags, trees, names: silver, not gold). SHA-256 of the files read:
` + "`{{.Sum}}`" + `.

**Terms.** PolNeAR is published for research without a licence file; its texts belong to their publishers. The model
holds weights of hashed features, word forms with their lemmas and usual tags, and no passage of any text. Use of the
model may be bound by the terms of that corpus where you live; the program's own licence (Apache-2.0) covers the
program, not the corpus.

**Limits.** American political news of 2015 to 2016. English only. What PolNeAR counts as attribution is broad (beliefs,
intentions, "abolished slavery"); a dialogue in fiction or a court record is not what it knows.
{{with .Dev}}
**Scores** on PolNeAR's development split ({{.Attributions.Gold}} attributions, never trained on): relaxed F1 {{.Relaxed.F1}}, exact F1 {{.Exact.F1}},
exact content F1 {{.ContentExact.F1}}, content words F1 {{.ContentToken.F1}}, direct recall {{.Direct.Recall}}, direct source {{.Direct.SourceAccuracy}}.
{{end}}
**Made by** ` + "`onrecord train CORPORA --out model/onrecord.model`" + `; the same files give the same weights.
`))

// sumOf sums the names and bytes of the files that training reads.
func sumOf(files Files) (sum string, articles int, err error) {
	cases, err := evaluation.Corpus(files.Corpus)
	if err != nil {
		return "", 0, err
	}
	paths := []string{files.Trees}
	for _, c := range cases {
		paths = append(paths, c.Text, c.Gold)
	}
	h := sha256.New()
	for _, path := range paths {
		in, err := os.Open(path)
		if err != nil {
			return "", 0, err
		}
		fmt.Fprintln(h, filepath.Base(path))
		_, err = io.Copy(h, in)
		in.Close()
		if err != nil {
			return "", 0, err
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil)), len(cases), nil
}

// score reads a corpus with the model in f.
func score(dir string, f *model.File) (*evaluation.Report, error) {
	parser, err := english.Load(f)
	if err != nil {
		return nil, err
	}
	finder, err := attribution.Load(f)
	if err != nil {
		return nil, err
	}
	cases, err := evaluation.Corpus(dir)
	if err != nil {
		return nil, err
	}
	var total evaluation.Tally
	for _, c := range cases {
		raw, err := os.ReadFile(c.Text)
		if err != nil {
			return nil, err
		}
		body := string(raw)
		gold, err := evaluation.ReadBrat(c.Gold, body)
		if err != nil {
			return nil, err
		}
		found := finder.Find(parser.Parse(text.Split(body)))
		one, _ := evaluation.Score(body, gold, evaluation.Relations(found))
		total.Add(one)
	}
	r := total.Report()
	return &r, nil
}
