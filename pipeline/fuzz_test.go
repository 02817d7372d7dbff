package pipeline_test

import (
	"testing"
	"unicode/utf8"

	"onrecord/article"
	"onrecord/pipeline"
	"onrecord/text"
)

// FuzzRead reads any text and checks that every span is one of it.
func FuzzRead(f *testing.F) {
	p, err := pipeline.Default()
	if err != nil {
		f.Fatal(err)
	}
	for _, body := range []string{
		"“The pier is not safe,” Ana Moreno, who chairs the board, told The Quay on Tuesday. “It never was.”",
		"“It began with rust.\n\n“Nobody looked,” said an engineer.\n\nLUND: Who says so?",
		"'Aye,' he said. \"And “what” of it?\" — Peter Lund\n\nAccording to the mayor, 'twas \x00 nothing. 🌉\u202e e\u0301 said",
		"\" \" \" said said said said, said he, according to according to",
	} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		r, err := p.Read(article.Article{Body: body, Language: "en"})
		if err != nil {
			if pipeline.Skipped(err) == nil && utf8.ValidString(body) {
				t.Fatal(err)
			}
			return
		}
		for _, s := range r.Statements {
			if len(s.Content) == 0 {
				t.Errorf("an attribution without content: %+v", s)
			}
			for _, pieces := range [][]text.Span{s.Source, s.Cue, s.Content, s.Addressee, s.Venue, s.Via, s.When} {
				end := 0
				for _, piece := range pieces {
					if piece.Start < end || piece.Start >= piece.End || piece.End > len(body) || !utf8.ValidString(piece.Of(body)) {
						t.Fatalf("pieces %v of %q", pieces, body)
					}
					end = piece.End
				}
			}
			if s.Confidence < 0 || s.Confidence > 1 {
				t.Errorf("confidence %v", s.Confidence)
			}
		}
	})
}
