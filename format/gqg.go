package format

import (
	"cmp"
	"io"
	"slices"
	"strings"
	"time"

	"onrecord/article"
	"onrecord/pipeline"
	"onrecord/text"
)

// gqgArticle is an article as GDELT's Global Quotation Graph has it.
type gqgArticle struct {
	Date   string     `json:"date"` // RFC 3339 in UTC, "" where unknown
	URL    string     `json:"url"`
	Title  string     `json:"title"`
	Lang   string     `json:"lang"` // GDELT has names: "ENGLISH"
	Quotes []gqgQuote `json:"quotes"`
}

type gqgQuote struct {
	Pre   string `json:"pre"`
	Quote string `json:"quote"` // without marks
	Post  string `json:"post"`
}

// gqgContext is how many characters before and after a quotation are given,
// so that a reader sees who is credited.
const gqgContext = 200

// gqgMarks are the marks of a quotation, which belong to neither side of it.
const gqgMarks = "\"'“”‘’„‚«»‹›"

// GQG writes a reading as a line of the shape of GDELT's Global Quotation
// Graph: an article with what it quotes, each with the text around it. An
// article that quotes nobody is left out, as it is there.
func GQG(w io.Writer, r pipeline.Reading) error {
	a, t := r.Article, split(r)
	var all []text.Span
	for i := range r.Statements {
		all = append(all, quoted(t, &r.Statements[i].Attribution)...)
	}
	// What somebody says that another said stands inside the other's words.
	slices.SortFunc(all, func(x, y text.Span) int { return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(y.End, x.End)) })
	out := gqgArticle{Date: gqgDate(a), URL: a.URL, Title: a.Title, Lang: gqgLanguage(r.Language)}
	end := 0
	for _, q := range all {
		if q.Start < end {
			continue
		}
		end = q.End
		out.Quotes = append(out.Quotes, gqgQuote{
			Pre:   oneLine(strings.TrimRight(lastRunes(a.Body[:q.Start], gqgContext), gqgMarks)),
			Quote: oneLine(q.Of(a.Body)),
			Post:  oneLine(strings.TrimLeft(firstRunes(a.Body[q.End:], gqgContext), gqgMarks)),
		})
	}
	if len(out.Quotes) == 0 {
		return nil
	}
	return writeJSON(w, out)
}

func gqgDate(a article.Article) string {
	if a.Published.IsZero() {
		return ""
	}
	return a.Published.UTC().Format(time.RFC3339)
}

// gqgLanguage is the name of the one language that articles are read in, or
// the code of another.
func gqgLanguage(code string) string {
	if code == "en" || code == "" { // unknown is read as English
		return "ENGLISH"
	}
	return strings.ToUpper(code)
}
