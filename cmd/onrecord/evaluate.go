package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/evaluation"
)

// evaluateCommand scores the reading of a corpus.
type evaluateCommand struct {
	engineFlags
	Corpus string `arg:"" help:"Folder with text/NAME.txt and attributions/NAME.ann (brat)."`
	JSON   bool   `name:"json" help:"Print all measures as JSON."`
}

// evaluationResult is what evaluate prints: the fields of the corpora's
// scorer, and the calibration.
type evaluationResult struct {
	evaluation.Report
	Articles         int                    `json:"articles"`
	Missing          int                    `json:"missing"` // articles that could not be read: nothing found in them
	Calibration      evaluation.Calibration `json:"calibration"`
	CalibrationError float64                `json:"calibration_error"`
}

// Run reads the corpus and prints the measures.
func (c *evaluateCommand) Run(ctx context.Context, s streams) error {
	cases, err := evaluation.Corpus(c.Corpus)
	if err != nil {
		return err
	}
	p, err := c.load()
	if err != nil {
		return err
	}
	p.AnyLanguage = true
	articles := func(yield func(article.Article, error) bool) {
		for _, one := range cases {
			body, err := os.ReadFile(one.Text)
			if !yield(article.Article{ID: one.Name, Origin: one.Text, Body: string(body)}, err) {
				return
			}
		}
	}
	result := evaluationResult{Articles: len(cases)}
	var total evaluation.Tally
	bar := newProgress(s, len(cases))
	defer bar.close()
	count := newTally(bar.above(s.err))
	next := 0
	for o := range p.ReadAll(ctx, articles, c.workers()) {
		one := cases[next]
		next++
		bar.add()
		count.settle(read, o.Reading.Article.Origin, o.Err)
		body := o.Reading.Article.Body
		gold, err := evaluation.ReadBrat(one.Gold, body)
		if err != nil {
			return err
		}
		found := make([]attribution.Attribution, len(o.Reading.Statements))
		for i, statement := range o.Reading.Statements {
			found[i] = statement.Attribution
		}
		tally, right := evaluation.Score(body, gold, evaluation.Relations(found))
		total.Add(tally)
		for i, a := range found {
			result.Calibration.Add(a.Confidence, right[i])
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	result.Report, result.CalibrationError, result.Missing = total.Report(), result.Calibration.Error(), len(cases)-count.kept
	if c.JSON {
		err = json.NewEncoder(s.out).Encode(result)
	} else {
		err = result.print(s.out)
	}
	if err != nil {
		return err
	}
	return count.close()
}

// print writes the tables for people.
func (r evaluationResult) print(out io.Writer) error {
	fmt.Fprintf(out, "%d articles, %d attributions in gold, %d predicted\n\n", r.Articles, r.Attributions.Gold, r.Attributions.Predicted)
	w := tabwriter.NewWriter(out, 0, 0, 3, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\tF1\tprecision\trecall\t")
	for _, row := range []struct {
		name string
		evaluation.PRF
	}{
		{"exact content", r.ContentExact},
		{"relaxed (content + source)", r.Relaxed},
		{"exact", r.Exact},
		{"content words", r.ContentToken},
		{"cue words", r.CueToken},
		{"source words", r.SourceToken},
		{"content", r.Content},
	} {
		fmt.Fprintf(w, "%s\t%.3f\t%.3f\t%.3f\t\n", row.name, row.F1, row.P, row.R)
	}
	fmt.Fprintf(w, "direct recall\t\t\t%.3f\t\n", r.Direct.Recall)
	fmt.Fprintf(w, "direct source\t\t%.3f\t\t\n\n", r.Direct.SourceAccuracy)
	fmt.Fprintln(w, "confidence\tpredicted\tmean\tright\t")
	for i, bin := range r.Calibration {
		if n := float64(bin.Predicted); n > 0 {
			fmt.Fprintf(w, "%.1f to %.1f\t%d\t%.3f\t%.3f\t\n", float64(i)/10, float64(i+1)/10, bin.Predicted, bin.Confidence/n, float64(bin.Right)/n)
		}
	}
	fmt.Fprintf(w, "calibration error\t\t\t%.3f\t\n", r.CalibrationError)
	return w.Flush()
}
