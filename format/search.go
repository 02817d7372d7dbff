package format

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"

	"onrecord/attribution"
	"onrecord/store"
	"onrecord/text"
)

// Hit is a place in the record that a search found, as JSON has it.
type Hit struct {
	Article     string        `json:"article"` // ID
	Outlet      string        `json:"outlet"`
	Title       string        `json:"title"`
	URL         string        `json:"url"`
	Published   string        `json:"published"`         // ISO 8601, with the time where it is known
	Story       string        `json:"story"`             // ID
	Paragraph   int           `json:"paragraph"`         // where the passage begins, from 1
	Passage     []Span        `json:"passage"`           // the statement's content, or the article's sentence that has most of the words
	Text        string        `json:"text"`              // of the passage
	Found       []Span        `json:"found"`             // the words looked for, in the passage
	Speaker     *KnownSpeaker `json:"speaker,omitempty"` // of the statement, over the record
	Attribution *Attribution  `json:"attribution,omitempty"`
}

// KnownSpeaker is a speaker over the record as JSON has it.
type KnownSpeaker struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// SearchJSON writes a line of JSON for each hit.
func SearchJSON(w io.Writer, hits []store.Hit) error {
	for _, h := range hits {
		if err := writeJSON(w, NewHit(h)); err != nil {
			return err
		}
	}
	return nil
}

// NewHit converts a hit.
func NewHit(h store.Hit) Hit {
	p := newPassage(h)
	a, chars := h.Article, text.NewCharacters(h.Article.Body)
	out := Hit{
		Article: a.ID, Outlet: a.Outlet, Title: a.Title, URL: a.URL, Published: Published(a.Article), Story: strconv.FormatInt(a.Story, 10),
		Paragraph: p.paragraph, Passage: spans(chars, p.pieces), Text: joined(a.Body, p.pieces, " "), Found: spans(chars, p.found),
	}
	if h.Statement != nil {
		said := newAttribution(a.Body, chars, h.N, h.Statement.Statement)
		said.Spans = newDetails(chars, p.doc.Tokens, h.Statement.Statement)
		out.Attribution = &said
		if h.Speaker.Row != 0 {
			out.Speaker = &KnownSpeaker{ID: strconv.FormatInt(h.Speaker.Row, 10), Name: h.Speaker.Name}
		}
	}
	return out
}

// SearchText writes hits for people: who said it, the passage with the words
// looked for highlighted, and where it stands. Nothing of an article can add
// styles of its own, since control characters are replaced.
func SearchText(w io.Writer, hits []store.Hit, o TextOptions) error {
	b := board{width: max(o.Width, minWidth), colour: o.Colour}
	for _, h := range hits {
		b.gap()
		b.hit(h)
	}
	_, err := b.WriteTo(w)
	return err
}

func (b *board) hit(h store.Hit) {
	p, a := newPassage(h), h.Article
	var head []run
	var about []string
	add := func(s string) {
		if s != "" {
			about = append(about, s)
		}
	}
	add(a.Outlet)
	if !a.Published.IsZero() {
		add(a.Published.Format("2 January 2006"))
	}
	if s := h.Statement; s != nil {
		who := s.Statement.Speaker
		who.Name = cmp.Or(h.Speaker.Name, who.Name)
		head = []run{{text: SpeakerName(who), tone: named}}
		if who.Role != "" {
			head = append(head, run{text: ", " + who.Role, tone: faint})
		}
		add(a.Title)
		add(string(s.Kind))
		if s.Polarity != attribution.Asserted {
			add(string(s.Polarity))
		}
	} else {
		head = []run{{text: cmp.Or(a.Title, a.ID), tone: emphasized}}
	}
	b.put("", head...)
	margin := strings.Repeat(" ", gutter)
	if len(p.pieces) > 0 {
		place := fmt.Sprintf("¶%d", p.paragraph)
		b.put(b.paint(faint, onRight(place, gutter-2))+"  ", p.runs()...)
	}
	if len(about) > 0 {
		b.put(margin, run{text: strings.Join(about, " · "), tone: faint})
	}
	if address := Harmless(cmp.Or(a.URL, a.Origin)); address != "" { // in one piece, so that it can be copied
		fmt.Fprintln(b, margin+b.paint(faint, address))
	}
}

// passage is what is shown of an article or a statement.
type passage struct {
	doc       *text.Text
	pieces    []text.Span // of the body
	found     []text.Span // inside the pieces
	paragraph int         // where it begins
}

// newPassage takes a statement's content, and of an article the sentence that
// has most of the words looked for, else the first.
func newPassage(h store.Hit) passage {
	doc := text.Split(h.Article.Body)
	p := passage{doc: doc}
	switch {
	case h.Statement != nil:
		p.pieces = h.Statement.Content
	case len(doc.Sentences) > 0:
		p.pieces = []text.Span{bestSentence(doc, h.Found)}
	default:
		return p
	}
	p.paragraph = ParagraphOf(doc.Paragraphs, p.pieces[0].Start)
	for _, f := range h.Found {
		for _, piece := range p.pieces {
			if piece.Overlaps(f) {
				p.found = append(p.found, text.Span{Start: max(f.Start, piece.Start), End: min(f.End, piece.End)})
			}
		}
	}
	return p
}

func bestSentence(doc *text.Text, found []text.Span) text.Span {
	best, most := doc.Sentences[0].Span, 0
	for _, s := range doc.Sentences {
		different := map[string]bool{}
		for len(found) > 0 && found[0].Start < s.End {
			different[strings.ToLower(found[0].Of(doc.Body))] = true
			found = found[1:]
		}
		if len(different) > most {
			best, most = s.Span, len(different)
		}
	}
	return best
}

// runs are the pieces with what was found in its tone.
func (p passage) runs() (out []run) {
	found := p.found
	for i, piece := range p.pieces {
		if i > 0 {
			out = append(out, run{text: " … "})
		}
		at := piece.Start
		for ; len(found) > 0 && found[0].Start < piece.End; found = found[1:] {
			out = append(out, run{text: p.doc.Body[at:found[0].Start]}, run{text: found[0].Of(p.doc.Body), tone: matched})
			at = found[0].End
		}
		out = append(out, run{text: p.doc.Body[at:piece.End]})
	}
	return out
}
