// Package page writes comparisons as one HTML file that needs nothing else:
// its style and script are inside it, it asks the network for nothing, and
// without its script everything in it can still be read.
package page

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"

	"onrecord/comparison"
)

//go:embed page.html
var layout string

//go:embed story.html
var parts string

//go:embed style.css
var style string

//go:embed script.js
var script string

// Style is the style of the page, whose names and colours other pages about the
// record can share.
func Style() string { return style }

// Script lights up what belongs together on a page that has a Part of it.
func Script() string { return script }

// document is the page: one story, or several when the articles tell several.
type document struct {
	Title   string
	Policy  string // Content-Security-Policy: nothing is loaded, only our own style and script run
	Style   template.CSS
	Script  template.JS
	Stories []story
}

// Write writes a page with a part for each story. It is put together whole
// before its first byte is written, so an error leaves nothing half done.
func Write(w io.Writer, comparisons []*comparison.Comparison) error {
	t, err := template.New("page").Parse(layout)
	if err == nil {
		t, err = t.Parse(parts)
	}
	if err != nil {
		return fmt.Errorf("page: %w", err)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, newDocument(comparisons)); err != nil {
		return fmt.Errorf("page: %w", err)
	}
	if _, err := b.WriteTo(w); err != nil {
		return fmt.Errorf("page: %w", err)
	}
	return nil
}

func newDocument(comparisons []*comparison.Comparison) document {
	d := document{
		Title:  "Side by side",
		Policy: "default-src 'none'; style-src " + hashOf(style) + "; script-src " + hashOf(script) + "; base-uri 'none'; form-action 'none'",
		Style:  template.CSS(style),
		Script: template.JS(script),
	}
	for i, c := range comparisons {
		id, prefix := fmt.Sprintf("story-%d", i+1), ""
		if i > 0 {
			prefix = id + "-"
		}
		d.Stories = append(d.Stories, newBuilder(c, prefix).story(id))
	}
	switch len(d.Stories) {
	case 0:
	case 1:
		d.Title = d.Stories[0].Headline + " – side by side"
	default:
		d.Title = fmt.Sprintf("%d stories, side by side", len(d.Stories))
	}
	return d
}

// hashOf is how a Content-Security-Policy names an inline element by its text.
func hashOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
