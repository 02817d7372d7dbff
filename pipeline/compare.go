package pipeline

import "onrecord/comparison"

// Compare sets the readings of one story side by side.
func Compare(readings []Reading) *comparison.Comparison {
	reports := make([]comparison.Report, len(readings))
	for i, r := range readings {
		reports[i] = comparison.Report{Article: r.Article, Doc: r.Doc, Statements: r.Statements, Figures: r.Figures}
	}
	return comparison.Compare(reports)
}
