// Package pipeline reads articles: it runs the stages in their order, one
// article at a time or many at once.
package pipeline

import (
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"unicode/utf8"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/english"
	"onrecord/figure"
	"onrecord/speaker"
	"onrecord/text"
)

// MaxBytes is the longest body that is read. What a body needs in memory is
// some ninety times its length.
const MaxBytes = 8 << 20

// The reasons for which an article is skipped. An error that wraps one of
// them says that nothing is wrong with the program or the input.
var (
	ErrEmpty      = errors.New("skipped: empty")
	ErrTooLarge   = errors.New("skipped: too large")
	ErrNotEnglish = errors.New("skipped: not English")
)

// Skipped is the one of the reasons to skip an article that err wraps, nil if
// it wraps none.
func Skipped(err error) error {
	for _, reason := range []error{ErrEmpty, ErrTooLarge, ErrNotEnglish} {
		if errors.Is(err, reason) {
			return reason
		}
	}
	return nil
}

// ErrNotUTF8 says that a body is not valid UTF-8, so that no span of it has a
// place in characters.
var ErrNotUTF8 = errors.New("not valid UTF-8")

// PanicError is a panic while an article was read.
type PanicError struct {
	Value any
	Stack []byte
}

// Error gives the panic's value; the stack is for a log.
func (e *PanicError) Error() string { return fmt.Sprintf("internal error: %v", e.Value) }

// Reading is an article with everything found in it.
type Reading struct {
	Article     article.Article
	Language    string              // ISO 639-1 code, declared or detected; "" where unknown, which is read as English
	Doc         *english.Doc        // nil in a reading that was kept
	Statements  []speaker.Statement // in order of the text
	Figures     []figure.Figure     // in order of the text
	Fingerprint string              // of what found the rest, where whoever keeps the reading says so
}

// Parser tags and parses a text.
type Parser interface {
	Parse(*text.Text) *english.Doc
}

// Finder finds the attributions of a document.
type Finder interface {
	Find(*english.Doc) []attribution.Attribution
}

// Pipeline holds the loaded models. It is read-only and may be used by any
// number of goroutines.
type Pipeline struct {
	Parser      Parser
	Finder      Finder
	AnyLanguage bool // read every article as English, whatever it says it is
}

// Read runs every per-article stage. An error names the reason for which the
// article is skipped, or is a PanicError: a panic ends the one article only.
func (p *Pipeline) Read(a article.Article) (r Reading, err error) {
	defer func() {
		if v := recover(); v != nil {
			r, err = Reading{Article: a}, &PanicError{Value: v, Stack: debug.Stack()}
		}
	}()
	r.Article = a
	switch {
	case strings.TrimSpace(a.Body) == "":
		return r, ErrEmpty
	case len(a.Body) > MaxBytes:
		return r, fmt.Errorf("%w: %d bytes, limit %d", ErrTooLarge, len(a.Body), MaxBytes)
	case !utf8.ValidString(a.Body):
		return r, ErrNotUTF8
	}
	r.Language = language(a.Language, a.Body)
	if r.Language != "" && r.Language != "en" && !p.AnyLanguage {
		return r, fmt.Errorf("%w: %s", ErrNotEnglish, r.Language)
	}
	r.Doc = p.Parser.Parse(text.Split(a.Body))
	found := p.Finder.Find(r.Doc)
	r.Statements = speaker.Resolve(r.Doc, attribution.Describe(r.Doc, found, a.Published))
	r.Figures = figure.Find(r.Doc, r.Statements, a.Published)
	return r, nil
}
