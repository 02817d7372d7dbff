package record

import (
	"onrecord/pipeline"
	"onrecord/store"
)

// ReadingOf is what was found in an article as the pipeline gave it, without
// the parsed text.
func ReadingOf(e *store.Entry) pipeline.Reading {
	return pipeline.Reading{Article: e.Article, Language: e.Language, Statements: e.Statements, Figures: e.Figures, Fingerprint: e.Fingerprint}
}
