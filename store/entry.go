package store

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/figure"
	"onrecord/speaker"
	"onrecord/text"
)

// Entry is an article with everything found in it.
type Entry struct {
	Article     article.Article
	Language    string              // ISO 639-1 code, as read
	Statements  []speaker.Statement // in order of the text
	Figures     []figure.Figure     // in order of the text
	Fingerprint string              // of what found it: version, options and model sum
}

// Article is an article as the record keeps it. Rows are in the order of the
// day of publication.
type Article struct {
	article.Article
	Row         int64
	Address     string
	Language    string // as read
	Previous    int64  // row of the version before, 0 for a first one
	Story       int64
	Why         string // JSON, why it is in that story; "" for a story's first
	Fingerprint string
	Added       time.Time
}

// Statement is a statement as the record keeps it.
type Statement struct {
	speaker.Statement
	Row     int64
	Article int64  // row
	Who     int64  // row of the name over the record, 0 where nobody is named
	Text    string // the content, its pieces joined by a space, white space made one
}

// Edit is something that a later version of an article has otherwise.
type Edit struct {
	What          string // "quotation", "attribution" or "figure"
	Change        string // "added", "removed" or "changed"
	SpeakerBefore string // who was credited, and how where it was no plain assertion: "Ana Moreno (denied)"
	SpeakerAfter  string
	Before        string // the words; "" for what is added
	After         string // the words; "" for what is removed
}

// Result says what became of an entry.
type Result string

// The results of adding an entry.
const (
	Added      Result = "added"
	Unchanged  Result = "unchanged"   // the record has these words from this address
	NewVersion Result = "new version" // the record has other words from this address
	Renewed    Result = "read again"  // what was found in the article is replaced
)

// Outcome is an entry's result with its place in the record.
type Outcome struct {
	Result   Result
	Row      int64  // of the article that has these words
	ID       string // that it has in the record, which is another one if the entry's was taken
	Previous int64  // row of the version before, for NewVersion
	Story    int64  // that it is in; 0 for Unchanged
}

// Address is what tells articles apart that are not versions of one: the URL,
// or else where it was read from, and for a line of a file the article's ID,
// as lines move.
func Address(a article.Article) string {
	origin := a.Origin
	switch i := strings.LastIndexByte(origin, ':'); {
	case a.URL != "":
		url, _, _ := strings.Cut(a.URL, "#")
		return url
	case i > 0 && isNumber(origin[i+1:]):
		return origin[:i] + "#" + a.ID
	case origin == "" || origin == "-":
		return "#" + a.ID
	}
	return origin
}

func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// Hash is the SHA-256 sum of a body.
func Hash(body string) []byte {
	sum := sha256.Sum256([]byte(body))
	return sum[:]
}

// checksum is a sum over everything in an entry, by which Verify sees whether
// what is read is what was written.
func (e *Entry) checksum() []byte {
	a, h := e.Article, sha256.New()
	write := func(spans []byte, fields ...any) {
		// As Go has them, so that no two lists of fields are written alike.
		fmt.Fprintf(h, "%x %#v\n", spans, fields) // a hash returns no error
	}
	byline := strings.Join(a.Byline, "\n")
	write(nil, a.ID, a.Origin, a.Outlet, a.URL, a.Title, byline, formatTime(a.Published), a.DateOnly, a.Language, a.Body, e.Language, e.Fingerprint)
	for _, s := range e.Statements {
		who := s.Speaker
		write(appendStatement(nil, &s.Attribution), string(s.Kind), string(s.Polarity), who.ID, who.Name, who.Role, who.Unnamed, s.Reporter, s.Date, s.Confidence)
	}
	for _, f := range e.Figures {
		write(appendFigure(nil, &f), f.Value, f.High, string(f.Bound), f.Unit, f.Head, strings.Join(f.Subject, " "), f.AsOf, f.Statement)
	}
	return h.Sum(nil)[:8]
}

// normal is the entry as it will be read, so that a round trip changes nothing:
// dates as RFC 3339 can hold them and empty lists as nil.
func (e Entry) normal() Entry {
	if len(e.Article.Byline) == 0 {
		e.Article.Byline = nil
	}
	if y := e.Article.Published.Year(); y < 1 || y > 9999 {
		e.Article.Published = time.Time{}
	}
	if !e.Article.Published.IsZero() {
		_, offset := e.Article.Published.Zone()
		e.Article.Published = e.Article.Published.In(zone(offset))
	}
	return e
}

// zone is a zone by its offset alone, which is all that RFC 3339 keeps.
func zone(offset int) *time.Location {
	if offset == 0 {
		return time.UTC
	}
	return time.FixedZone("", offset)
}

// contentText is a statement's content: its pieces joined by a space, every
// run of white space made one.
func contentText(body string, content []text.Span) string {
	var parts []string
	for _, s := range content {
		parts = append(parts, strings.Fields(s.Of(body))...)
	}
	return strings.Join(parts, " ")
}

func appendStatement(b []byte, a *attribution.Attribution) []byte {
	for _, spans := range [...][]text.Span{a.Source, a.Cue, a.Content, a.Addressee, a.Venue, a.Via, a.When} {
		b = appendSpans(b, spans)
	}
	return appendNumbers(b, a.SourceHead, a.CueHead)
}

// readStatement reads what appendStatement wrote of a body of so many bytes.
func readStatement(b []byte, body int, a *attribution.Attribution) error {
	d := decoder{rest: b, body: body}
	for _, to := range [...]*[]text.Span{&a.Source, &a.Cue, &a.Content, &a.Addressee, &a.Venue, &a.Via, &a.When} {
		*to = d.spans()
	}
	a.SourceHead, a.CueHead = d.number(), d.number()
	return d.close()
}

func appendFigure(b []byte, f *figure.Figure) []byte {
	b = appendSpans(b, []text.Span{f.Span, f.When})
	return appendSpans(b, f.Of)
}

// readFigure reads what appendFigure wrote of a body of so many bytes.
func readFigure(b []byte, body int, f *figure.Figure) error {
	d := decoder{rest: b, body: body}
	if two := d.spans(); len(two) == 2 {
		f.Span, f.When = two[0], two[1]
	} else {
		return errSpans
	}
	f.Of = d.spans()
	return d.close()
}
