// Package gqg reads records of GDELT's Global Quotation Graph.
package gqg

import (
	"encoding/json"
	"errors"
	"strings"

	"golang.org/x/text/language"

	"onrecord/article"
)

// ErrNoQuotation says that a record quotes nobody.
var ErrNoQuotation = errors.New("no quotation in the record")

// record is a line of a file of the graph.
type record struct {
	Date   string      `json:"date"` // when GDELT saw the article
	URL    string      `json:"url"`
	Title  string      `json:"title"`
	Lang   string      `json:"lang"` // a code of ISO 639, or the English name
	Quotes []quotation `json:"quotes"`
}

// quotation is a quotation with some words around it.
type quotation struct {
	Pre   string `json:"pre"`
	Quote string `json:"quote"`
	Post  string `json:"post"`
}

// Parse reads one line. The graph has an article's quotations only, each with
// the words before and after, so that is what the body is made of: for each a
// paragraph «pre “quote” post». Offsets are therefore those of a body that the
// outlet never printed, and words that stand between two quotations near each
// other are in it twice. Published is when GDELT saw the article, which for
// news is minutes to hours after it came out. The error is of encoding/json,
// or ErrNoQuotation.
func Parse(line []byte) (article.Article, error) {
	var rec record
	if err := json.Unmarshal(line, &rec); err != nil {
		return article.Article{}, err
	}
	var paragraphs []string
	for _, q := range rec.Quotes {
		if p := q.paragraph(); p != "" {
			paragraphs = append(paragraphs, p)
		}
	}
	if len(paragraphs) == 0 {
		return article.Article{}, ErrNoQuotation
	}
	a := article.Article{
		URL:      rec.URL,
		Title:    rec.Title,
		Language: tag(rec.Lang),
		Body:     strings.Join(paragraphs, "\n\n"),
	}
	if t, dateOnly, err := article.ParseDate(rec.Date); err == nil {
		a.Published, a.DateOnly = t, dateOnly
	}
	return a, nil
}

// paragraph is "" without words in the quotation.
func (q quotation) paragraph() string {
	const marks = "“”„«»\" "
	words := strings.Trim(oneLine(q.Quote), marks)
	if words == "" {
		return ""
	}
	p := "“" + words + "”"
	if pre := strings.TrimRight(oneLine(q.Pre), "“„« "); pre != "" {
		p = pre + " " + p
	}
	post := strings.TrimLeft(oneLine(q.Post), "”» ")
	if post != "" && !strings.ContainsRune(".,;:!?)", rune(post[0])) {
		p += " "
	}
	return p + post
}

// oneLine makes every run of white space one space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// tag is the BCP 47 tag of a language that is given as such, by a code of
// three letters ("eng") or, where it is English, by its name; any other name
// is returned in small letters, and is at least another than English.
func tag(lang string) string {
	lang = strings.ToLower(strings.TrimSpace(lang))
	if lang == "english" {
		return "en"
	}
	if t, err := language.Parse(lang); err == nil && lang != "" {
		return t.String()
	}
	return lang
}
