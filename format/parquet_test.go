package format

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"onrecord/article"
	"onrecord/pipeline"
)

// tableOf reads a Parquet file and the number of its row groups.
func tableOf[T any](t *testing.T, file *bytes.Buffer) ([]T, int) {
	t.Helper()
	rows, err := parquet.Read[T](bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		t.Fatal(err)
	}
	f, err := parquet.OpenFile(bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return rows, len(f.RowGroups())
}

func TestParquet(t *testing.T) {
	r := full(t)
	empty := pipeline.Reading{Article: article.Article{ID: "empty", Body: "Nobody said a word."}}
	var articles, attributions, figures bytes.Buffer
	p := NewParquet(&articles, &attributions, &figures)
	for _, one := range []pipeline.Reading{r, empty} {
		if err := p.Write(one); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	read, _ := tableOf[ParquetArticle](t, &articles)
	want := []ParquetArticle{
		{"bridge", "The Quayside Courier", "Harbour bridge to close", r.Article.Byline, "https://courier.example/bridge", "2026-03-12", "en", r.Fingerprint, body},
		{ID: "empty", Text: "Nobody said a word.", Author: []string{}},
	}
	if !reflect.DeepEqual(read, want) {
		t.Errorf("articles %+v, want %+v", read, want)
	}
	said, _ := tableOf[ParquetAttribution](t, &attributions)
	if len(said) != len(r.Statements) {
		t.Fatalf("%d attributions, want %d", len(said), len(r.Statements))
	}
	runes := []rune(body)
	for i, s := range said {
		words := func(spans []ParquetSpan) string {
			var out []string
			for _, s := range spans {
				out = append(out, oneLine(string(runes[s.Start:s.End])))
			}
			return strings.Join(out, " ")
		}
		if words(s.ContentSpans) != s.Content || words(s.SourceSpans) != s.Source || words(s.CueSpans) != s.Cue || s.Article != "bridge" {
			t.Errorf("spans of %+v are not its words", s)
		}
		from := r.Statements[i]
		if s.Kind != string(from.Kind) || s.Polarity != string(from.Polarity) || s.Speaker != from.Speaker.Name || s.Unnamed != from.Speaker.Unnamed || s.Via != from.Reporter || s.Confidence != fourDecimals(from.Confidence) {
			t.Errorf("attribution %+v of %+v", s, from)
		}
	}
	if s := said[1]; s.ID != "a2" || s.SpeakerID != "ana-moreno" || s.Role != "transport minister" || s.Addressee != "Radio Quay" || s.Venue != "Radio Quay" || s.Date != "2026-03-10" {
		t.Errorf("attribution %+v", s)
	}
	counted, _ := tableOf[ParquetFigure](t, &figures)
	if len(counted) != 2 {
		t.Fatalf("%d figures, want 2", len(counted))
	}
	if f, want := counted[0], (ParquetFigure{"bridge", 2.5, 3, "mile", "between", "The bridge safe", "2026-03", "Ana Moreno", counted[0].Start, counted[0].End, "a2"}); f != want || string(runes[f.Start:f.End]) != "first" {
		t.Errorf("figure %+v, want %+v", f, want)
	}
}

// TestParquetIsBounded looks that a row group, which is held in memory, ends.
func TestParquetIsBounded(t *testing.T) {
	var articles, attributions, figures bytes.Buffer
	p := NewParquet(&articles, &attributions, &figures)
	words := strings.Repeat("Nobody said a word. ", 50_000)
	for i := range 3 * rowGroup / len(words) {
		if err := p.Write(pipeline.Reading{Article: article.Article{ID: fmt.Sprint(i), Body: words}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if rows, groups := tableOf[ParquetArticle](t, &articles); groups < 3 || len(rows) != 3*rowGroup/len(words) {
		t.Errorf("%d articles in %d row groups", len(rows), groups)
	}
}
