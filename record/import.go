package record

import (
	"context"
	"iter"

	"onrecord/pipeline"
	"onrecord/text"
)

// Bounds of a batch of what is imported: larger than one of what is read, as it
// comes sooner than it can be indexed.
const (
	importArticles = 512
	importBytes    = 16 << 20 // of bodies
)

// Import adds readings that were made before, with the fingerprint that they
// have, in the order in which they come. report is told of every one. When ctx
// is done, what has come by then is still added. The error is that of the
// record, not of a reading.
func (r *Record) Import(ctx context.Context, readings iter.Seq2[pipeline.Reading, error], report func(Outcome)) error {
	writing := context.WithoutCancel(ctx)
	var batch []pipeline.Outcome
	size := 0
	for reading, err := range readings {
		if ctx.Err() != nil {
			break
		}
		batch = append(batch, pipeline.Outcome{Reading: reading, Err: err})
		if size += len(reading.Article.Body); len(batch) < importArticles && size < importBytes {
			continue
		}
		if err := r.write(writing, batch, report); err != nil {
			return err
		}
		batch, size = batch[:0], 0
	}
	return r.write(writing, batch, report)
}

// textOf is the text of a reading, which an imported one does not have.
func textOf(r pipeline.Reading) *text.Text {
	if r.Doc != nil {
		return r.Doc.Text
	}
	return text.Split(r.Article.Body)
}
