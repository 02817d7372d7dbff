package format

import (
	"errors"
	"io"

	"github.com/parquet-go/parquet-go"

	"onrecord/pipeline"
)

// ParquetArticle is a row of the table of articles.
type ParquetArticle struct {
	ID          string   `parquet:"id"`
	Outlet      string   `parquet:"outlet,dict"`
	Title       string   `parquet:"title"`
	Author      []string `parquet:"author,list"`
	URL         string   `parquet:"url"`
	Published   string   `parquet:"published"` // as in Record
	Language    string   `parquet:"language,dict"`
	Fingerprint string   `parquet:"fingerprint,dict"`
	Text        string   `parquet:"text"`
}

// ParquetAttribution is a row of the table of attributions. Its columns are
// those of CSV, with spans as lists.
type ParquetAttribution struct {
	Article      string        `parquet:"article,dict"`
	ID           string        `parquet:"id,dict"`
	Kind         string        `parquet:"kind,dict"`
	SpeakerID    string        `parquet:"speaker_id,dict"`
	Speaker      string        `parquet:"speaker,dict"`
	Role         string        `parquet:"role,dict"`
	Unnamed      string        `parquet:"unnamed,dict"`
	Source       string        `parquet:"source"`
	Cue          string        `parquet:"cue,dict"`
	Content      string        `parquet:"content"`
	Addressee    string        `parquet:"addressee,dict"`
	Venue        string        `parquet:"venue,dict"`
	Date         string        `parquet:"date,dict"`
	Polarity     string        `parquet:"polarity,dict"`
	Via          string        `parquet:"via,dict"`
	Confidence   float64       `parquet:"confidence"`
	SourceSpans  []ParquetSpan `parquet:"source_spans,list"`
	CueSpans     []ParquetSpan `parquet:"cue_spans,list"`
	ContentSpans []ParquetSpan `parquet:"content_spans,list"`
}

// ParquetFigure is a row of the table of figures.
type ParquetFigure struct {
	Article   string  `parquet:"article,dict"`
	Value     float64 `parquet:"value"`
	High      float64 `parquet:"high"`
	Unit      string  `parquet:"unit,dict"`
	Bound     string  `parquet:"bound,dict"`
	Of        string  `parquet:"of"`
	AsOf      string  `parquet:"as_of,dict"`
	Speaker   string  `parquet:"speaker,dict"`
	Start     int32   `parquet:"start"`
	End       int32   `parquet:"end"`
	Statement string  `parquet:"statement,dict"`
}

// ParquetSpan is a range of characters, end exclusive.
type ParquetSpan struct {
	Start int32 `parquet:"start"`
	End   int32 `parquet:"end"`
}

// rowGroup is after how many bytes of articles a row group ends. The rows of
// one are held in memory.
const rowGroup = 16 << 20

// Parquet writes three tables, each a Parquet file: the articles, and their
// attributions and figures, which name the article by its ID.
type Parquet struct {
	articles     *parquet.GenericWriter[ParquetArticle]
	attributions *parquet.GenericWriter[ParquetAttribution]
	figures      *parquet.GenericWriter[ParquetFigure]
	size         int // bytes of articles in the row group
}

// NewParquet begins the three tables.
func NewParquet(articles, attributions, figures io.Writer) *Parquet {
	compressed := parquet.Compression(&parquet.Zstd)
	return &Parquet{
		articles:     parquet.NewGenericWriter[ParquetArticle](articles, compressed, parquet.SkipPageBounds("text")),
		attributions: parquet.NewGenericWriter[ParquetAttribution](attributions, compressed),
		figures:      parquet.NewGenericWriter[ParquetFigure](figures, compressed),
	}
}

// Write adds a reading.
func (p *Parquet) Write(r pipeline.Reading) error {
	rec := NewRecord(r, false)
	if p.size += len(rec.Text); p.size > rowGroup {
		if err := errors.Join(p.articles.Flush(), p.attributions.Flush(), p.figures.Flush()); err != nil {
			return err
		}
		p.size = len(rec.Text)
	}
	_, err := p.articles.Write([]ParquetArticle{{rec.ID, rec.Outlet, rec.Title, rec.Author, rec.URL, rec.Published, rec.Language, rec.Fingerprint, rec.Text}})
	if err != nil {
		return err
	}
	said := make([]ParquetAttribution, len(rec.Attributions))
	for i, a := range rec.Attributions {
		s := r.Statements[i]
		said[i] = ParquetAttribution{
			Article: rec.ID, ID: a.ID, Kind: a.Kind, SpeakerID: a.Speaker.ID, Speaker: a.Speaker.Name, Role: a.Speaker.Role, Unnamed: a.Speaker.Unnamed,
			Source: joined(rec.Text, s.Source, " "), Cue: joined(rec.Text, s.Cue, " "), Content: a.Text,
			Addressee: a.Addressee, Venue: a.Venue, Date: a.Date, Polarity: a.Polarity, Via: a.Via, Confidence: a.Confidence,
			SourceSpans: parquetSpans(a.Source), CueSpans: parquetSpans(a.Cue), ContentSpans: parquetSpans(a.Content),
		}
	}
	if _, err := p.attributions.Write(said); err != nil {
		return err
	}
	figures := make([]ParquetFigure, len(rec.Figures))
	for i, f := range rec.Figures {
		figures[i] = ParquetFigure{rec.ID, f.Value, f.High, f.Unit, f.Bound, f.Of, f.AsOf, f.Speaker, int32(f.Span[0]), int32(f.Span[1]), f.Statement}
	}
	_, err = p.figures.Write(figures)
	return err
}

func parquetSpans(list []Span) []ParquetSpan {
	out := make([]ParquetSpan, len(list))
	for i, s := range list {
		out[i] = ParquetSpan{int32(s[0]), int32(s[1])}
	}
	return out
}

// Close ends the tables. What was written before is of no use without it.
func (p *Parquet) Close() error {
	return errors.Join(p.articles.Close(), p.attributions.Close(), p.figures.Close())
}
