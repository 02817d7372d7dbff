package page

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/text"
	"onrecord/utterance"
)

// folded is the number of words after which a text is folded away.
const folded = 120

// headWords is the number of words of a wording that a heading shows.
const headWords = 40

// run is a piece of a text that is shown in one way.
type run struct {
	Text      string
	Operation utterance.Operation // of a word diff
	Instead   bool                // words that took the place of others: the second half of a change
	Strong    bool                // the words that the text is shown for
	Mark      string              // classes of a highlight, "" for none
	IDs       string              // the utterances that it belongs to, innermost first: "u3 u7"
	Anchors   []string            // what links to the passages that begin here lead to
	Refs      []ref               // of the utterances that end here
}

// ref is the note after a passage that leads to its utterance.
type ref struct {
	Link link
	Who  string
}

// passage is a text of which a long rest is folded away.
type passage struct {
	Head, Rest []run
	More       int // words of the rest
}

// plain is a passage shown in one way.
func plain(s string) passage { return fold([]run{{Text: shown(s)}}) }

// fold cuts runs where they grow long. A rest that is hardly worth a click
// stays.
func fold(runs []run) passage {
	total := 0
	for _, r := range runs {
		total += words(r.Text)
	}
	if total <= folded*5/4 {
		return passage{Head: runs}
	}
	room := folded
	for i, r := range runs {
		n := words(r.Text)
		if n < room {
			room -= n
			continue
		}
		head, tail := r, r
		cut := afterWords(r.Text, room)
		head.Text, tail.Text = r.Text[:cut], r.Text[cut:]
		head.Refs, tail.Anchors = nil, nil
		p := passage{Head: append(runs[:i:i], head), Rest: append([]run{tail}, runs[i+1:]...)}
		for _, r := range p.Rest {
			p.More += words(r.Text)
		}
		return p
	}
	return passage{Head: runs}
}

// words counts words by the white space between them, without a copy.
func words(s string) int {
	n, inside := 0, false
	for _, r := range s {
		if unicode.IsSpace(r) {
			inside = false
		} else if !inside {
			n, inside = n+1, true
		}
	}
	return n
}

// afterWords is the offset behind the n-th word of s.
func afterWords(s string, n int) int {
	inside := false
	for i, r := range s {
		switch {
		case !unicode.IsSpace(r):
			inside = true
		case inside:
			inside = false
			if n--; n == 0 {
				return i
			}
		}
	}
	return len(s)
}

// shortened is the beginning of s, as much as a heading shows.
func shortened(s string) string {
	if cut := afterWords(s, headWords); strings.TrimSpace(s[cut:]) != "" {
		return s[:cut] + " …"
	}
	return s
}

// shown is s with a mark in place of every character that has no shape or
// would turn the direction of the text around it, and on one line.
func shown(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return utf8.RuneError
		}
		return r
	}, s)
}

// pieces is the text of a span in pieces.
func pieces(body string, spans []text.Span) string {
	var out []string
	for _, s := range spans {
		out = append(out, strings.TrimSpace(shown(s.Of(body))))
	}
	return strings.Join(out, " … ")
}

// capital is s with a capital first letter.
func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}

// address is s if a reader may be sent there, "" otherwise.
func address(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return s
}

// count is a number with its noun.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
