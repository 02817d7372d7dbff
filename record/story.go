package record

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"onrecord/article"
	"onrecord/comparison"
	"onrecord/pipeline"
	"onrecord/store"
)

// Readings reads the latest versions of a story's articles again, several at
// the same time, as today's pipeline does. Speakers have the names that they have over the
// record. failed is told of articles that cannot be read any more.
func (r *Record) Readings(ctx context.Context, s store.Story, workers int, failed func(a article.Article, err error)) ([]pipeline.Reading, error) {
	return r.readings(ctx, s, workers, failed, naming{speakers: map[string][]int64{}})
}

// Told is a story side by side.
type Told struct {
	*comparison.Comparison
	Speakers map[string]int64 // rows of those that the record has, by the names that they have here
}

// Compare sets the latest versions of a story's articles side by side, as
// today's pipeline reads them. Articles that it cannot read are left out.
func (r *Record) Compare(ctx context.Context, s store.Story, workers int) (*Told, error) {
	names := naming{speakers: map[string][]int64{}}
	readings, err := r.readings(ctx, s, workers, func(article.Article, error) {}, names)
	if err != nil {
		return nil, err
	}
	out := &Told{pipeline.Compare(readings), map[string]int64{}}
	for name, rows := range names.speakers {
		for i, row := range rows {
			out.Speakers[numbered(name, i)] = row
		}
	}
	return out, nil
}

func (r *Record) readings(ctx context.Context, s store.Story, workers int, failed func(a article.Article, err error), names naming) ([]pipeline.Reading, error) {
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
	return numbered(v.Name, i)
}

// numbered is the name of the n-th speaker who has it, from 0.
func numbered(name string, n int) string {
	if n == 0 {
		return name
	}
	return fmt.Sprintf("%s (%d)", name, n+1)
}
