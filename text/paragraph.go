package text

import (
	"unicode"
	"unicode/utf8"
)

// class is what a character is to the scanners of this package.
type class uint8

const (
	symbol     class = iota // stands alone as a token unless a rule says otherwise
	blank                   // white space, controls and invisible format characters
	letter                  // letters, their combining marks, underscores, bytes that are no UTF-8
	digit                   // digits and other numerals
	hyphen                  // joins two halves of a word
	dash                    // never joins
	apostrophe              // also a single quotation mark
	quote                   // a double quotation mark
)

// ascii holds the class of each byte below utf8.RuneSelf.
var ascii = func() (t [utf8.RuneSelf]class) {
	for c := range t {
		switch {
		case c <= ' ' || c == 0x7f:
			t[c] = blank
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_':
			t[c] = letter
		case '0' <= c && c <= '9':
			t[c] = digit
		case c == '-':
			t[c] = hyphen
		case c == '\'':
			t[c] = apostrophe
		case c == '"':
			t[c] = quote
		}
	}
	return t
}()

// classAt is the class and the length in bytes of the character that starts at
// body[i]. Where no valid character starts it is a letter of one byte, so that
// a badly decoded word stays one token.
func classAt(body string, i int) (class, int) {
	if c := body[i]; c < utf8.RuneSelf {
		return ascii[c], 1
	}
	r, n := utf8.DecodeRuneInString(body[i:])
	return classOf(r), n
}

func classOf(r rune) class {
	switch r {
	case '’', '‘', '‚', '‛':
		return apostrophe
	case '“', '”', '„', '‟', '«', '»':
		return quote
	case '—', '–', '―', '‒':
		return dash
	case '\u2010', '\u2011':
		return hyphen
	case utf8.RuneError, '\u00ad', '\u200c', '\u200d': // the last three stand inside words and join them
		return letter
	}
	switch {
	case r < utf8.RuneSelf:
		return ascii[r]
	case unicode.IsLetter(r) || unicode.IsMark(r):
		return letter
	case unicode.IsNumber(r):
		return digit
	case unicode.IsSpace(r) || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zs, unicode.Zl, unicode.Zp):
		return blank
	}
	return symbol
}

// classBefore is the class of the character that ends before body[i], i > 0.
func classBefore(body string, i int) class {
	if c := body[i-1]; c < utf8.RuneSelf {
		return ascii[c]
	}
	r, _ := utf8.DecodeLastRuneInString(body[:i])
	return classOf(r)
}

// lineBreak is the length of the line break at body[i], 0 if there is none:
// line feed, carriage return, vertical tab, form feed, U+0085, U+2028, U+2029.
func lineBreak(body string, i int) int {
	switch c := body[i]; {
	case '\n' <= c && c <= '\r':
		return 1
	case c == 0xc2 && i+1 < len(body) && body[i+1] == 0x85:
		return 2
	case c == 0xe2 && i+2 < len(body) && body[i+1] == 0x80 && (body[i+2] == 0xa8 || body[i+2] == 0xa9):
		return 3
	}
	return 0
}

// paragraphs finds the lines of body that are not blank, without the blanks
// at their ends.
func paragraphs(body string) []Paragraph {
	out := make([]Paragraph, 0, 4+len(body)/400)
	first, end := -1, 0 // of the line's text so far, first < 0 before any
	flush := func() {
		if first >= 0 {
			out = append(out, Paragraph{Span: Span{first, end}})
		}
		first = -1
	}
	for i := 0; i < len(body); {
		if c := body[i]; c > ' ' && c < 0x7f { // most bytes
			if first < 0 {
				first = i
			}
			i++
			end = i
			continue
		}
		if n := lineBreak(body, i); n > 0 {
			flush()
			i += n
			continue
		}
		k, n := classAt(body, i)
		if k != blank {
			if first < 0 {
				first = i
			}
			end = i + n
		}
		i += n
	}
	flush()
	return out
}
