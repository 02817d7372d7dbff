package format

import (
	"io"
	"strconv"

	"onrecord/pipeline"
	"onrecord/text"
)

// citronDocument is a document in the annotation format of BBC Citron
// (docs/data_format.md of its repository).
type citronDocument struct {
	Text   string        `json:"text"`
	Quotes []citronQuote `json:"quotes"`
}

type citronQuote struct {
	ID           string       `json:"id"`
	Cue          citronSpan   `json:"cue"`
	Sources      []citronSpan `json:"sources"`
	Contents     []citronSpan `json:"contents"`
	Coreferences []citronSpan `json:"coreferences"` // always empty: a speaker is a name, not a place in the text
	Confidence   string       `json:"confidence"`   // a string with four decimals, as Citron prints it
}

type citronSpan struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// Citron writes a reading as one line of JSON in Citron's annotation format.
// That format has one cue, in one piece: of several pieces the cue is their
// extent, and for an attribution without cue an empty span at its content.
func Citron(w io.Writer, r pipeline.Reading) error {
	body := r.Article.Body
	chars := text.NewCharacters(body)
	convert := func(pieces ...text.Span) []citronSpan {
		out := make([]citronSpan, len(pieces))
		for i, p := range pieces {
			c := chars.Span(p)
			out[i] = citronSpan{Start: c.Start, End: c.End, Text: p.Of(body)}
		}
		return out
	}
	doc := citronDocument{Text: body, Quotes: make([]citronQuote, len(r.Statements))}
	for i, s := range r.Statements {
		cue := text.Span{Start: s.Content[0].Start, End: s.Content[0].Start}
		if len(s.Cue) > 0 {
			cue = extent(s.Cue)
		}
		doc.Quotes[i] = citronQuote{
			ID: attributionID(i), Cue: convert(cue)[0], Sources: convert(s.Source...), Contents: convert(s.Content...),
			Coreferences: []citronSpan{}, Confidence: strconv.FormatFloat(s.Confidence, 'f', 4, 64),
		}
	}
	return writeJSON(w, doc)
}

// extent is the span from the first piece's start to the last one's end.
func extent(pieces []text.Span) text.Span {
	return text.Span{Start: pieces[0].Start, End: pieces[len(pieces)-1].End}
}
