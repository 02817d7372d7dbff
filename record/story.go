package record

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"onrecord/article"
	"onrecord/pipeline"
	"onrecord/store"
)

// Readings reads the latest versions of a story's articles again, several at
// the same time, as today's pipeline does. Speakers have the names that they have over the
// record. failed is told of articles that cannot be read any more.
func (r *Record) Readings(ctx context.Context, s store.Story, workers int, failed func(a article.Article, err error)) ([]pipeline.Reading, error) {
	var broken error
	articles := iter.Seq2[article.Article, error](func(yield func(article.Article, error) bool) {
		for _, a := range s.Articles {
			whole, err := r.Store.ArticleAt(ctx, a.Row)
			if err != nil {
				broken = err
				return
			}
			if !yield(whole.Article, nil) {
				return
			}
		}
	})
	names := naming{speakers: map[string][]int64{}}
	var out []pipeline.Reading
	n := 0
	for o := range r.Pipeline.ReadAll(ctx, articles, workers) {
		row := s.Articles[n].Row
		n++
		if o.Err != nil {
			failed(o.Reading.Article, o.Err)
			continue
		}
		called, err := r.Store.Called(ctx, row)
		if err != nil {
			return nil, err
		}
		for i := range o.Reading.Statements {
			who := &o.Reading.Statements[i].Speaker
			if over, ok := called[who.Name]; ok {
				who.Name = names.of(over)
			}
		}
		out = append(out, o.Reading)
	}
	if broken != nil {
		return nil, broken
	}
	return out, ctx.Err()
}

// naming tells the namesakes of a story apart.
type naming struct {
	speakers map[string][]int64 // by name
}

// of is the name of a speaker, with a number if it is another's too.
func (n naming) of(v store.Voice) string {
	i := slices.Index(n.speakers[v.Name], v.Speaker)
	if i < 0 {
		i = len(n.speakers[v.Name])
		n.speakers[v.Name] = append(n.speakers[v.Name], v.Speaker)
	}
	if i == 0 {
		return v.Name
	}
	return fmt.Sprintf("%s (%d)", v.Name, i+1)
}
