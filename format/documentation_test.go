package format

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/figure"
	"onrecord/pipeline"
	"onrecord/speaker"
	"onrecord/text"
)

// pier is the article of the examples in docs/formats.md.
func pier(t *testing.T) pipeline.Reading {
	t.Helper()
	const body = "“The pier is not safe,” harbor master Ana Moreno told Radio Quay on Tuesday. Some 400 boats use it."
	at := func(words string) []text.Span {
		i := strings.Index(body, words)
		if i < 0 {
			t.Fatalf("%q is not in the body", words)
		}
		return []text.Span{{Start: i, End: i + len(words)}}
	}
	token := func(words string) int {
		for i, tok := range text.Split(body).Tokens {
			if tok == at(words)[0] {
				return i
			}
		}
		t.Fatalf("%q is no token", words)
		return -1
	}
	return pipeline.Reading{
		Article: article.Article{
			ID: "pier", Outlet: "The Quayside Courier", URL: "https://courier.example/pier", Title: "Pier to close", Byline: []string{"Ines Duarte"},
			Published: time.Date(2026, 3, 12, 7, 30, 0, 0, time.UTC), Body: body,
		},
		Language: "en", Fingerprint: "stages 1, model 5f2c9a7be01d4436",
		Statements: []speaker.Statement{{
			Attribution: attribution.Attribution{
				Kind: attribution.Direct, Source: at("harbor master Ana Moreno"), Cue: at("told"), Content: at("“The pier is not safe,”"),
				SourceHead: token("Moreno"), CueHead: token("told"), Confidence: 0.9712,
				Details: attribution.Details{Polarity: attribution.Asserted, Venue: at("Radio Quay"), When: at("on Tuesday"), Date: "2026-03-10"},
			},
			Speaker: speaker.Speaker{ID: "ana-moreno", Name: "Ana Moreno", Role: "harbor master"},
		}},
		Figures: []figure.Figure{{
			Span: at("400")[0], Value: 400, High: 400, Bound: figure.About, Of: at("boats"), Subject: []string{"boat"}, Head: "boat", Statement: -1,
		}},
	}
}

// TestDocumentedExamples compares the examples of docs/formats.md, the first
// block under each heading, with what is written. JSON is laid out there.
func TestDocumentedExamples(t *testing.T) {
	doc, err := os.ReadFile("../docs/formats.md")
	if err != nil {
		t.Fatal(err)
	}
	r := pier(t)
	for heading, write := range map[string]func(io.Writer, pipeline.Reading) error{
		"JSON Lines":             func(w io.Writer, r pipeline.Reading) error { return JSONL(w, r, false) },
		"brat":                   Brat,
		"Citron":                 Citron,
		"Web Annotation":         WebAnnotations,
		"Quotation":              Quotations,
		"Global Quotation Graph": GQG,
		"CSV": func(w io.Writer, r pipeline.Reading) error {
			if err := CSVHeader(w); err != nil {
				return err
			}
			return CSV(w, r)
		},
	} {
		var want bytes.Buffer
		if err := write(&want, r); err != nil {
			t.Fatal(err)
		}
		_, section, found := strings.Cut(string(doc), "\n## "+heading+"\n")
		_, section, _ = strings.Cut(section, "\n```")
		language, section, _ := strings.Cut(section, "\n")
		example, _, _ := strings.Cut(section, "```")
		got := example
		if language == "json" {
			var plain bytes.Buffer
			if err := json.Compact(&plain, []byte(example)); err != nil {
				t.Errorf("%s: %v", heading, err)
			}
			got = plain.String() + "\n"
		}
		if !found || got != want.String() {
			t.Errorf("docs/formats.md, %s: the example is\n%sbut it should be\n%s", heading, got, want.String())
		}
	}
}
