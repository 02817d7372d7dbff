package format

import (
	"fmt"
	"io"
	"net/url"

	"onrecord/article"
	"onrecord/pipeline"
	"onrecord/text"
)

// webAnnotation is an annotation of the W3C Web Annotation Data Model.
type webAnnotation struct {
	Context    string             `json:"@context"`
	ID         string             `json:"id"`
	Type       string             `json:"type"`
	Motivation string             `json:"motivation"`
	Body       []textualBody      `json:"body"`
	Target     []specificResource `json:"target"`
}

type textualBody struct {
	Type    string `json:"type"`
	Purpose string `json:"purpose"`
	Format  string `json:"format"`
	Value   string `json:"value"`
}

type specificResource struct {
	Type     string `json:"type"`
	Source   string `json:"source"`
	Selector [2]any `json:"selector"` // each finds the piece
}

// textPositionSelector is the selector of that name of the model.
type textPositionSelector struct {
	Type  string `json:"type"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// WebAnnotations writes a line for each attribution: an annotation of the W3C
// Web Annotation Data Model in JSON-LD. Its targets are the pieces of the
// content, its bodies the speaker, the kind, the polarity and a note with the
// rest. Positions are those in the article's body as Record has it.
func WebAnnotations(w io.Writer, r pipeline.Reading) error {
	a := r.Article
	chars := text.NewCharacters(a.Body)
	for i, s := range r.Statements {
		out := webAnnotation{
			Context: "http://www.w3.org/ns/anno.jsonld", ID: attributionIRI(a, i), Type: "Annotation", Motivation: "identifying",
		}
		add := func(purpose, value string) {
			if value != "" {
				out.Body = append(out.Body, textualBody{Type: "TextualBody", Purpose: purpose, Format: "text/plain", Value: value})
			}
		}
		add("identifying", oneLine(s.Speaker.Name))
		add("classifying", string(s.Kind))
		add("classifying", string(s.Polarity))
		add("describing", note(a.Body, s))
		quotes := textQuotes(a.Body, s.Content)
		for n, piece := range spans(chars, s.Content) {
			position := textPositionSelector{Type: "TextPositionSelector", Start: piece[0], End: piece[1]}
			out.Target = append(out.Target, specificResource{Type: "SpecificResource", Source: articleIRI(a), Selector: [2]any{quotes[n], position}})
		}
		if err := writeJSON(w, out); err != nil {
			return err
		}
	}
	return nil
}

// articleIRI is the address of an article, or a name for one without.
func articleIRI(a article.Article) string {
	if u, err := url.Parse(a.URL); err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") {
		return u.String()
	}
	return "urn:onrecord:" + url.PathEscape(a.ID)
}

// attributionIRI names the i-th attribution of an article, from 0.
func attributionIRI(a article.Article, i int) string {
	return fmt.Sprintf("urn:onrecord:%s:%s", url.PathEscape(a.ID), attributionID(i))
}
