package format

import (
	"cmp"
	"encoding/json"
	"io"

	"onrecord/figure"
	"onrecord/pipeline"
	"onrecord/speaker"
	"onrecord/text"
)

// Record is an article with its attributions as JSON has them. What is not
// known is "" or empty, never left out.
type Record struct {
	ID           string        `json:"id"`
	Outlet       string        `json:"outlet"`
	Title        string        `json:"title"`
	Author       []string      `json:"author"` // as printed
	URL          string        `json:"url"`
	Published    string        `json:"published"`   // ISO 8601, with the time where it is known
	Language     string        `json:"language"`    // ISO 639-1
	Fingerprint  string        `json:"fingerprint"` // of the program and the model that found the rest; "" if not known
	Text         string        `json:"text"`
	Attributions []Attribution `json:"attributions"`
	Figures      []Figure      `json:"figures"`
}

// Attribution is an attribution as JSON has it.
type Attribution struct {
	ID         string     `json:"id"` // unique in its article
	Kind       string     `json:"kind"`
	Source     []Span     `json:"source"`
	Cue        []Span     `json:"cue"`
	Content    []Span     `json:"content"`
	Text       string     `json:"text"` // the pieces of the content, joined by a space
	Speaker    Speaker    `json:"speaker"`
	Addressee  string     `json:"addressee"`
	Venue      string     `json:"venue"`
	Date       string     `json:"date"` // "2025-08-17", "2025-06" or "2024"
	Polarity   string     `json:"polarity"`
	Via        string     `json:"via"`
	Confidence float64    `json:"confidence"`
	Spans      Details    `json:"spans"`
	Selectors  *Selectors `json:"selectors,omitempty"`
}

// Details are the places of what the text says around an attribution, and of
// the tokens that head its source and its cue. Without them an attribution
// could not be restored whole.
type Details struct {
	SourceHead []Span `json:"source_head"` // one token, or none without a source
	CueHead    []Span `json:"cue_head"`    // one token, or none without a cue
	Addressee  []Span `json:"addressee"`
	Venue      []Span `json:"venue"`
	Via        []Span `json:"via"`
	When       []Span `json:"when"` // the words that Date comes from
}

// Figure is a figure as JSON has it.
type Figure struct {
	Value     float64  `json:"value"`
	High      float64  `json:"high"` // of a range the upper end, of a vote the other side, else Value
	Unit      string   `json:"unit"`
	Bound     string   `json:"bound"`
	Of        string   `json:"of"` // the words that say what is counted
	OfSpans   []Span   `json:"of_spans"`
	Subject   []string `json:"subject"` // the lemmas of what is counted, sorted
	Head      string   `json:"head"`    // the one that says what kind of thing it is
	AsOf      string   `json:"as_of"`
	When      []Span   `json:"when"`    // the words that AsOf comes from: one span or none
	Speaker   string   `json:"speaker"` // name, or description of who is unnamed; "" in the outlet's own voice
	Span      Span     `json:"span"`
	Statement string   `json:"statement"` // ID of the attribution that it stands in, "" if none
}

// Span is the start and the end of a range of characters, end exclusive.
type Span [2]int

// Speaker is a speaker as JSON has it. Either Name or Unnamed is "".
type Speaker struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Role    string `json:"role"`
	Unnamed string `json:"unnamed"` // description of a speaker whom nobody names
}

// Selectors gives every span of an attribution as a selector, so that it is
// found again in a text whose offsets have moved.
type Selectors struct {
	Source  []TextQuoteSelector `json:"source"`
	Cue     []TextQuoteSelector `json:"cue"`
	Content []TextQuoteSelector `json:"content"`
}

// TextQuoteSelector is the selector of that name of the W3C Web Annotation
// Data Model.
type TextQuoteSelector struct {
	Type   string `json:"type"`
	Exact  string `json:"exact"`
	Prefix string `json:"prefix"`
	Suffix string `json:"suffix"`
}

// affix is how many characters before and after a span a selector holds.
const affix = 32

// NewRecord converts a reading. Selectors are filled on request.
func NewRecord(r pipeline.Reading, selectors bool) Record {
	a := r.Article
	chars := text.NewCharacters(a.Body)
	tokens := split(r).Tokens
	out := Record{
		ID: a.ID, Outlet: a.Outlet, Title: a.Title, Author: listed(a.Byline), URL: a.URL, Published: Published(a), Language: r.Language, Fingerprint: r.Fingerprint,
		Text: a.Body, Attributions: make([]Attribution, len(r.Statements)), Figures: make([]Figure, len(r.Figures)),
	}
	for i, s := range r.Statements {
		out.Attributions[i] = newAttribution(a.Body, chars, i, s)
		out.Attributions[i].Spans = newDetails(chars, tokens, s)
		if selectors {
			out.Attributions[i].Selectors = &Selectors{
				Source:  textQuotes(a.Body, s.Source),
				Cue:     textQuotes(a.Body, s.Cue),
				Content: textQuotes(a.Body, s.Content),
			}
		}
	}
	for i, f := range r.Figures {
		out.Figures[i] = newFigure(a.Body, chars, f, r.Statements)
	}
	return out
}

// split is a reading's text. A reading that was kept has none and is split
// anew, which gives the same.
func split(r pipeline.Reading) *text.Text {
	if r.Doc != nil {
		return r.Doc.Text
	}
	return text.Split(r.Article.Body)
}

// token is a token as a span of one piece, or of none for an index of -1.
func token(tokens []text.Span, i int) []text.Span {
	if i < 0 || i >= len(tokens) {
		return nil
	}
	return tokens[i : i+1]
}

// listed is a list that JSON has as [], not null, if it is empty.
func listed(list []string) []string { return append([]string{}, list...) }

func newFigure(body string, chars *text.Characters, f figure.Figure, said []speaker.Statement) Figure {
	span := chars.Span(f.Span)
	out := Figure{
		Value: f.Value, High: f.High, Unit: f.Unit, Bound: string(f.Bound),
		Of: phrase(body, f.Of), OfSpans: spans(chars, f.Of), Subject: listed(f.Subject), Head: f.Head,
		AsOf: f.AsOf, When: []Span{}, Span: Span{span.Start, span.End},
	}
	if f.When.Len() > 0 {
		out.When = spans(chars, []text.Span{f.When})
	}
	if f.Statement >= 0 {
		who := said[f.Statement].Speaker
		out.Speaker, out.Statement = cmp.Or(who.Name, who.Unnamed), attributionID(f.Statement)
	}
	return out
}

func newAttribution(body string, chars *text.Characters, i int, s speaker.Statement) Attribution {
	return Attribution{
		ID:      attributionID(i),
		Kind:    string(s.Kind),
		Source:  spans(chars, s.Source),
		Cue:     spans(chars, s.Cue),
		Content: spans(chars, s.Content),
		Text:    joined(body, s.Content, " "),
		Speaker: Speaker{ID: s.Speaker.ID, Name: s.Speaker.Name, Role: s.Speaker.Role, Unnamed: s.Speaker.Unnamed},

		Addressee:  phrase(body, s.Addressee),
		Venue:      phrase(body, s.Venue),
		Date:       s.Date,
		Polarity:   string(s.Polarity),
		Via:        s.Reporter,
		Confidence: fourDecimals(s.Confidence),
	}
}

func newDetails(chars *text.Characters, tokens []text.Span, s speaker.Statement) Details {
	return Details{
		SourceHead: spans(chars, token(tokens, s.SourceHead)), CueHead: spans(chars, token(tokens, s.CueHead)),
		Addressee: spans(chars, s.Addressee), Venue: spans(chars, s.Venue), Via: spans(chars, s.Via), When: spans(chars, s.When),
	}
}

func spans(chars *text.Characters, pieces []text.Span) []Span {
	out := make([]Span, len(pieces))
	for i, p := range pieces {
		c := chars.Span(p)
		out[i] = Span{c.Start, c.End}
	}
	return out
}

func textQuotes(body string, pieces []text.Span) []TextQuoteSelector {
	out := make([]TextQuoteSelector, len(pieces))
	for i, p := range pieces {
		out[i] = TextQuoteSelector{
			Type:   "TextQuoteSelector",
			Exact:  p.Of(body),
			Prefix: lastRunes(body[:p.Start], affix),
			Suffix: firstRunes(body[p.End:], affix),
		}
	}
	return out
}

// firstRunes is the first n characters of s, or all of it.
func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// lastRunes is the last n characters of s, or all of it.
func lastRunes(s string, n int) string {
	i := len(s)
	for ; n > 0 && i > 0; n-- {
		for i--; i > 0 && s[i]&0xC0 == 0x80; i-- {
		}
	}
	return s[i:]
}

// JSONL writes a reading as one line of JSON.
func JSONL(w io.Writer, r pipeline.Reading, selectors bool) error {
	return writeJSON(w, NewRecord(r, selectors))
}

// writeJSON writes v and a line break; "<" and "&" stay as they are.
func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
