// Package training builds the model file from the corpora.
package training

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"onrecord/attribution"
	"onrecord/english"
	"onrecord/evaluation"
	"onrecord/model"
	"onrecord/text"
)

// parts is the number of parts that the documents are cut into, so that what
// the attribution model learns from was parsed by a model that never saw it:
// trees that are too good would teach it to trust them too much.
const parts = 2

// draws is how often the documents are cut, each time another way. What the
// attribution model learns from each cut is averaged.
const draws = 2

// orders is how often the attribution model learns from each cut, every time
// in another order of the documents.
const orders = 2

// partOf is the part of document i in a draw.
func partOf(i, draw int) int {
	for range draw {
		i /= parts
	}
	return i % parts
}

// Options say how a model is trained.
type Options struct {
	Epochs int // passes of the attribution model; 3 if 0
	Log    func(format string, args ...any)
}

// Files are the parts of a corpora folder that training reads.
type Files struct {
	Trees  string // CoNLL-U of the training documents
	Corpus string // folder with text/ and attributions/
}

// In names the files that training reads in a corpora folder.
func In(corpora string) Files {
	return Files{
		Trees:  filepath.Join(corpora, "polnear", "parse", "polnear-train.corenlp.conllu.gz"),
		Corpus: filepath.Join(corpora, "polnear", "train"),
	}
}

// Train learns every section of a model file but its card. The same files
// give the same sections, byte for byte.
func Train(files Files, o Options) (*model.File, error) {
	if o.Epochs == 0 {
		o.Epochs = 3
	}
	if o.Log == nil {
		o.Log = func(string, ...any) {}
	}
	names, docs, err := evaluation.ReadTrees(files.Trees, filepath.Join(files.Corpus, "text"))
	if err != nil {
		return nil, err
	}
	cases, err := evaluation.Corpus(files.Corpus)
	if err != nil {
		return nil, err
	}
	o.Log("%d documents with trees, %d with attributions", len(docs), len(cases))
	whole, without := parsers(docs, o)
	at := map[string]int{}
	for i, name := range names {
		at[name] = i
	}
	examples := make([][]attribution.Example, draws)
	for draw := range examples {
		for _, c := range cases {
			parser := whole // a document without trees was seen by no parser
			if i, ok := at[c.Name]; ok {
				parser = without[draw][partOf(i, draw)]
			}
			x, err := example(c, parser)
			if err != nil {
				return nil, err
			}
			examples[draw] = append(examples[draw], x)
		}
	}
	f := model.New()
	section, err := whole.MarshalBinary()
	if err != nil {
		return nil, err
	}
	f.Set(english.Section, section)
	return f, attribution.Train(examples, attribution.Training{Epochs: o.Epochs, Orders: orders, Log: o.Log}).Save(f)
}

// parsers trains the English model on all documents, and for each draw on all
// but each part.
func parsers(docs []*english.Doc, o Options) (whole *english.Model, without [draws][parts]*english.Model) {
	var wait sync.WaitGroup
	slots := make(chan struct{}, 2) // each model in training takes some hundred megabytes
	train := func(to **english.Model, name string, leave func(i int) bool) {
		wait.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			var some []*english.Doc
			for i, d := range docs {
				if !leave(i) {
					some = append(some, d)
				}
			}
			*to = english.Train(some, english.Training{Log: func(format string, args ...any) {
				o.Log("english, "+name+": "+format, args...)
			}})
		})
	}
	train(&whole, "all", func(int) bool { return false })
	for draw := range without {
		for k := range without[draw] {
			train(&without[draw][k], fmt.Sprintf("draw %d without part %d", draw, k), func(i int) bool { return partOf(i, draw) == k })
		}
	}
	wait.Wait()
	return whole, without
}

// example reads and parses an article with its gold attributions.
func example(c evaluation.Case, parser *english.Model) (x attribution.Example, err error) {
	raw, err := os.ReadFile(c.Text)
	if err != nil {
		return x, err
	}
	gold, err := evaluation.ReadBrat(c.Gold, string(raw))
	if err != nil {
		return x, err
	}
	x.Doc = parser.Parse(text.Split(string(raw)))
	for _, r := range gold {
		x.Gold = append(x.Gold, attribution.Gold(r))
	}
	return x, nil
}
