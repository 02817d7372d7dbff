package format

import (
	"io"
	"strings"

	"onrecord/pipeline"
	"onrecord/speaker"
)

// quotation is a Quotation of schema.org in JSON-LD. What is not known is left
// out, as the vocabulary has it.
type quotation struct {
	Context           string       `json:"@context"`
	Type              string       `json:"@type"`
	ID                string       `json:"@id"`
	Text              string       `json:"text"`
	SpokenByCharacter *schemaAgent `json:"spokenByCharacter,omitempty"`
	Creator           *schemaAgent `json:"creator,omitempty"` // the same, for programs that know this only
	DateCreated       string       `json:"dateCreated,omitempty"`
	InLanguage        string       `json:"inLanguage,omitempty"`
	IsPartOf          newsArticle  `json:"isPartOf"`
}

// schemaAgent has a type only where it is known to be a person.
type schemaAgent struct {
	Type        string `json:"@type,omitempty"`
	Name        string `json:"name,omitempty"`
	JobTitle    string `json:"jobTitle,omitempty"`
	Description string `json:"description,omitempty"` // of one whom nobody names
}

type newsArticle struct {
	Type          string        `json:"@type"`
	ID            string        `json:"@id"`
	URL           string        `json:"url,omitempty"`
	Headline      string        `json:"headline,omitempty"`
	DatePublished string        `json:"datePublished,omitempty"`
	Author        []schemaAgent `json:"author,omitempty"`
	Publisher     *schemaAgent  `json:"publisher,omitempty"`
}

// Quotations writes a line for each statement that stands in quotation marks,
// all of it or in part: a schema.org Quotation in JSON-LD, whose text is the
// words between the marks, " … " between the pieces.
func Quotations(w io.Writer, r pipeline.Reading) error {
	a, t := r.Article, split(r)
	part := newsArticle{Type: "NewsArticle", ID: articleIRI(a), URL: a.URL, Headline: a.Title, DatePublished: Published(a)}
	for _, name := range a.Byline {
		part.Author = append(part.Author, schemaAgent{Type: "Person", Name: name})
	}
	if a.Outlet != "" {
		part.Publisher = &schemaAgent{Type: "Organization", Name: a.Outlet}
	}
	for i := range r.Statements {
		s := &r.Statements[i]
		words := joined(a.Body, quoted(t, &s.Attribution), " … ")
		if strings.TrimSpace(words) == "" {
			continue
		}
		who := newSchemaAgent(s.Speaker)
		err := writeJSON(w, quotation{
			Context: "https://schema.org", Type: "Quotation", ID: attributionIRI(a, i), Text: words,
			SpokenByCharacter: who, Creator: who, DateCreated: s.Date, InLanguage: r.Language, IsPartOf: part,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// newSchemaAgent is a speaker, nil where nobody is credited. Only people have
// roles; others may be people or bodies.
func newSchemaAgent(s speaker.Speaker) *schemaAgent {
	if s.Name == "" && s.Unnamed == "" {
		return nil
	}
	out := &schemaAgent{Name: s.Name, JobTitle: s.Role, Description: s.Unnamed}
	if s.Role != "" {
		out.Type = "Person"
	}
	return out
}
