package format

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"unicode/utf8"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/figure"
	"onrecord/pipeline"
	"onrecord/speaker"
	"onrecord/store"
	"onrecord/text"
)

// ErrRecord is wrapped by the error of a record that is not as NewRecord makes
// them.
var ErrRecord = errors.New("not a record")

// ErrUnread says that a record is an article in which nobody has looked for
// attributions.
var ErrUnread = fmt.Errorf("%w: an article that was not read: it has no attributions, not even an empty list", ErrRecord)

// maxLine is the longest line of JSON Lines in bytes: what the longest body
// comes to with everything found in it.
const maxLine = 16 * pipeline.MaxBytes

// Line is a line of JSON Lines.
type Line struct {
	Record
	N          int               // number of the line, from 1
	Correction *store.Correction // that the line is instead, or nil
}

// Records yields what JSON Lines hold, a record, a correction or an error a
// line, empty lines left out. A bad line does not end it; an error of reading
// and a line over 128 MB do.
func Records(in io.Reader) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		lines := bufio.NewScanner(in)
		lines.Buffer(nil, maxLine)
		n := 0
		for lines.Scan() {
			n++
			line := bytes.TrimSpace(lines.Bytes())
			if len(line) == 0 {
				continue
			}
			r, err := parseLine(line)
			if r.N = n; err != nil {
				err = fmt.Errorf("line %d: %w", n, err)
			}
			if !yield(r, err) {
				return
			}
		}
		if err := lines.Err(); err != nil {
			yield(Line{}, fmt.Errorf("line %d: %w", n+1, err))
		}
	}
}

func parseLine(line []byte) (Line, error) {
	if c, err := parseCorrection(line); c != nil || err != nil {
		return Line{Correction: c}, err
	}
	r, err := parseRecord(line)
	return Line{Record: r}, err
}

// parseCorrection gives nil if a line is no correction.
func parseCorrection(line []byte) (*store.Correction, error) {
	if !bytes.Contains(line, []byte(`"correction"`)) || !utf8.Valid(line) {
		return nil, nil
	}
	var head struct{ Correction any }
	if err := json.Unmarshal(line, &head); err != nil || head.Correction == nil {
		return nil, nil
	}
	var c store.Correction
	if err := json.Unmarshal(line, &c); err != nil {
		return nil, fmt.Errorf("%w: correction: %w", ErrRecord, err)
	}
	return &c, nil
}

func parseRecord(line []byte) (Record, error) {
	var r Record
	if !utf8.Valid(line) { // which the decoder would mend
		return r, fmt.Errorf("%w: not UTF-8", ErrRecord)
	}
	if err := json.Unmarshal(line, &r); err != nil {
		return r, fmt.Errorf("%w: %w", ErrRecord, err)
	}
	if r.Attributions == nil {
		return r, ErrUnread
	}
	return r, nil
}

// Reading restores the reading that a record was made of, but for its Doc: a
// record of it is the same again. The errors wrap ErrRecord, or say why the
// pipeline would not have read such an article.
func (r *Record) Reading() (pipeline.Reading, error) {
	switch {
	case r.Text == "":
		return pipeline.Reading{}, pipeline.ErrEmpty
	case len(r.Text) > pipeline.MaxBytes:
		return pipeline.Reading{}, fmt.Errorf("%w: %d bytes, limit %d", pipeline.ErrTooLarge, len(r.Text), pipeline.MaxBytes)
	case !utf8.ValidString(r.Text):
		return pipeline.Reading{}, pipeline.ErrNotUTF8
	}
	a := article.Article{ID: cmp.Or(r.ID, article.ContentID(r.Text)), Outlet: r.Outlet, URL: r.URL, Title: r.Title, Language: r.Language, Body: r.Text}
	if len(r.Author) > 0 {
		a.Byline = r.Author
	}
	if r.Published != "" {
		var err error
		if a.Published, a.DateOnly, err = article.ParseDate(r.Published); err != nil {
			return pipeline.Reading{}, fmt.Errorf("%w: published: %w", ErrRecord, err)
		}
	}
	from := restorer{body: r.Text, chars: text.NewCharacters(r.Text), tokens: text.Split(r.Text).Tokens, ids: map[string]int{}}
	out := pipeline.Reading{Article: a, Language: r.Language, Fingerprint: r.Fingerprint}
	for i := range r.Attributions {
		from.at = fmt.Sprintf("attribution %d", i+1)
		from.same("id", r.Attributions[i].ID, attributionID(i))
		from.ids[attributionID(i)] = i
		out.Statements = append(out.Statements, from.statement(&r.Attributions[i]))
	}
	for i := range r.Figures {
		from.at = fmt.Sprintf("figure %d", i+1)
		out.Figures = append(out.Figures, from.figure(&r.Figures[i], out.Statements))
	}
	return out, from.err
}

// restorer turns what a record has into what it was made of. The first error
// is kept.
type restorer struct {
	body   string
	chars  *text.Characters
	tokens []text.Span
	ids    map[string]int // of attributions
	at     string         // what is being restored
	err    error
}

func (r *restorer) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("%w: %s: %s", ErrRecord, r.at, fmt.Sprintf(format, args...))
	}
}

func (r *restorer) statement(a *Attribution) speaker.Statement {
	s := speaker.Statement{
		Attribution: attribution.Attribution{
			Kind: attribution.Kind(a.Kind), Source: r.spans(a.Source), Cue: r.spans(a.Cue), Content: r.spans(a.Content),
			SourceHead: r.token(a.Spans.SourceHead), CueHead: r.token(a.Spans.CueHead), Confidence: a.Confidence,
			Details: attribution.Details{
				Polarity: attribution.Polarity(a.Polarity), Date: a.Date, Addressee: r.spans(a.Spans.Addressee),
				Venue: r.spans(a.Spans.Venue), Via: r.spans(a.Spans.Via), When: r.spans(a.Spans.When),
			},
		},
		Speaker:  speaker.Speaker{ID: a.Speaker.ID, Name: a.Speaker.Name, Role: a.Speaker.Role, Unnamed: a.Speaker.Unnamed},
		Reporter: a.Via,
	}
	if len(s.Content) == 0 {
		r.fail("without content")
	}
	among(r, "kind", s.Kind, attribution.Direct, attribution.Indirect, attribution.Mixed)
	among(r, "polarity", s.Polarity, attribution.Asserted, attribution.Denied, attribution.Refused, attribution.Asked, attribution.Promised)
	r.same("text", a.Text, joined(r.body, s.Content, " "))
	r.same("addressee", a.Addressee, phrase(r.body, s.Addressee))
	r.same("venue", a.Venue, phrase(r.body, s.Venue))
	return s
}

func (r *restorer) figure(f *Figure, said []speaker.Statement) figure.Figure {
	out := figure.Figure{
		Value: f.Value, High: f.High, Bound: figure.Bound(f.Bound), Unit: f.Unit, Of: r.spans(f.OfSpans),
		Subject: f.Subject, Head: f.Head, AsOf: f.AsOf, Statement: -1,
	}
	if span := r.spans([]Span{f.Span}); len(span) > 0 {
		out.Span = span[0]
	}
	if when := r.spans(f.When); len(when) > 0 {
		out.When = when[0]
	}
	who := ""
	if f.Statement != "" {
		i, known := r.ids[f.Statement]
		if !known {
			r.fail("there is no attribution %q", f.Statement)
			return out
		}
		out.Statement, who = i, cmp.Or(said[i].Speaker.Name, said[i].Speaker.Unnamed)
	}
	among(r, "bound", out.Bound, figure.Exact, figure.About, figure.AtLeast, figure.AtMost, figure.Between)
	r.same("of", f.Of, phrase(r.body, out.Of))
	r.same("speaker", f.Speaker, who)
	return out
}

// spans turns characters into bytes. It gives no pieces after a failure.
func (r *restorer) spans(list []Span) []text.Span {
	var out []text.Span
	for i, s := range list {
		b := text.Span{Start: r.chars.Byte(s[0]), End: r.chars.Byte(s[1])}
		if b.Start < 0 || b.End < b.Start || i > 0 && b.Start < out[i-1].End {
			r.fail("no span %v in %d characters, or none at this place of the list", s, r.chars.At(len(r.body)))
			return nil
		}
		out = append(out, b)
	}
	return out
}

// token is the index of the token that a span holds, -1 without one. A span
// that another version took for a token is the token that it begins in.
func (r *restorer) token(list []Span) int {
	span := r.spans(list)
	if len(span) == 0 {
		return -1
	}
	i, _ := slices.BinarySearchFunc(r.tokens, span[0].Start, func(t text.Span, at int) int { return cmp.Compare(t.End, at+1) })
	if i == len(r.tokens) {
		return -1
	}
	return i
}

// same checks words that follow from the rest of a record, as those of a span:
// where they do not, its offsets count something else or a hand slipped.
func (r *restorer) same(name, given, found string) {
	if given != found {
		r.fail("%s is %.60q, not %.60q", name, given, found)
	}
}

// among checks a name of an enumeration.
func among[T ~string](r *restorer, name string, given T, known ...T) {
	if !slices.Contains(known, given) {
		r.fail("no %s is called %.60q", name, given)
	}
}
