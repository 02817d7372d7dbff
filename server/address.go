package server

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"onrecord/query"
	"onrecord/text"
)

// link leads from a page to another one. Where Href is "" there is only a text.
type link struct{ Text, Href string }

// The addresses of pages. Everything that leads somewhere is made here.

func addressOfArticle(id string) string { return "/article/" + url.PathEscape(id) }

func addressOfStory(row int64) string { return "/story/" + strconv.FormatInt(row, 10) }

// addressOfPassage is where everybody's rendering of a passage is, by its
// characters.
func addressOfPassage(id string, start, end int) string {
	return "/said/" + url.PathEscape(id) + "/" + strconv.Itoa(start) + "-" + strconv.Itoa(end)
}

// addressOfStatement is that of a statement's passage, by its content.
func addressOfStatement(id string, body *text.Characters, content []text.Span) string {
	s := body.Span(text.Span{Start: content[0].Start, End: content[len(content)-1].End})
	return addressOfPassage(id, s.Start, s.End)
}

// addressOfSpeaker is the page of a speaker: the row counts, the name is there
// for people. Where only the name is known the row is 0, and who has it is looked
// up when the link is followed; of no name it is "".
func addressOfSpeaker(row int64, name string) string {
	if row == 0 {
		if plainValue(name) == "" {
			return ""
		}
		return "/speaker?" + url.Values{"name": {name}}.Encode()
	}
	out := "/speaker/" + strconv.FormatInt(row, 10)
	if name := slug(name); name != "" {
		out += "/" + name
	}
	return out
}

// addressOfRegrouping is where it is said which articles are in a story.
func addressOfRegrouping(row int64) string { return addressOfStory(row) + "/correct" }

// addressOfCorrecting is where it is said who a speaker is, or whom the name
// means in an article, by ID; that is "" for none.
func addressOfCorrecting(row int64, article string) string {
	address := "/speaker/" + strconv.FormatInt(row, 10) + "/correct"
	if article != "" {
		address += "?" + url.Values{"in": {article}}.Encode()
	}
	return address
}

// maxSlug is how many letters of a name stand in an address.
const maxSlug = 60

// slug is a name as it stands in an address: letters and digits, in lower case,
// with hyphens in between. It is never the name of another page.
func slug(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	letters := []rune(strings.Join(words, "-"))
	out := strings.Trim(string(letters[:min(len(letters), maxSlug)]), "-")
	if out == "correct" {
		return ""
	}
	return url.PathEscape(out)
}

// addressOfOutlet is the page of an outlet, "" where none can have one: a browser
// takes dots for folders.
func addressOfOutlet(name string) string {
	if name == "" || name == "." || name == ".." {
		return ""
	}
	return "/outlet/" + url.PathEscape(name)
}

// addressOfSaid is a search for what a speaker says, with something more asked
// for; "" where that or the name has no words.
func addressOfSaid(name string, more query.Node) string {
	who := query.Filter{Field: query.Speaker, Value: plainValue(name)}
	if who.Value == "" {
		return ""
	}
	switch more := more.(type) {
	case query.Filter:
		if more.Value == "" {
			return ""
		}
	case query.Words:
		if more.Text == "" {
			return ""
		}
	}
	return addressOfSearch(query.Query{Root: query.And{who, more}}.String(), "", "")
}

// plainValue is a name as a filter can have it: without quotation marks and
// control characters, which would end it. It is "" if no word is left.
func plainValue(s string) string {
	s = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || strings.ContainsRune("\"“”„‟«»", r) {
			return ' '
		}
		return r
	}, s)), " ")
	if !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return ""
	}
	return s
}

// addressOfSearch is a search; in may be "articles", and sort "date".
func addressOfSearch(q, in, sort string) string {
	v := url.Values{"q": {q}}
	if in != "" {
		v.Set("in", in)
	}
	if sort != "" {
		v.Set("sort", sort)
	}
	return "/search?" + v.Encode()
}

func addressOfCheck(words string) string { return "/check?" + url.Values{"q": {words}}.Encode() }

// cameFrom is the page here from which a visitor came, "" where that is not known.
func cameFrom(r *http.Request) string {
	u, err := url.Parse(r.Referer())
	if err != nil || u.Host != r.Host || u.Path == "/login" {
		return ""
	}
	return u.RequestURI()
}

// ownAddress is an address here that a visitor asks to be led to, the front
// page's if it is elsewhere.
func ownAddress(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Opaque != "" || !strings.HasPrefix(s, "/") || strings.HasPrefix(s, "//") ||
		strings.ContainsFunc(s, func(r rune) bool { return r == '\\' || unicode.IsControl(r) || unicode.IsSpace(r) }) {
		return "/"
	}
	return s
}

// external is an address outside, "" unless a reader may be sent there.
func external(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return s
}

// fragmentWords is how many words a text fragment holds at most at either end.
const fragmentWords = 5

// fragment leads a browser to words of a page that has no anchor there: a text
// fragment, as in "#:~:text=first%20words,last%20words".
func fragment(s string) string {
	words := strings.Fields(s)
	escape := func(words []string) string {
		return strings.ReplaceAll(url.PathEscape(strings.Join(words, " ")), "-", "%2D") // which has a meaning there
	}
	if len(words) == 0 {
		return ""
	}
	if len(words) <= 2*fragmentWords {
		return "#:~:text=" + strings.ReplaceAll(escape(words), ",", "%2C")
	}
	first, last := escape(words[:fragmentWords]), escape(words[len(words)-fragmentWords:])
	return "#:~:text=" + strings.ReplaceAll(first, ",", "%2C") + "," + strings.ReplaceAll(last, ",", "%2C")
}

// anchor names a statement of an article by its place in it, from 0.
func anchor(n int) string { return "a" + strconv.Itoa(n+1) }
