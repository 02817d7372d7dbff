package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"onrecord/lexicon"
	"onrecord/text"
)

// Word is a word of a text.
type Word struct {
	text.Span
	Key string // lower case, letters and digits only, without diacritics
}

// Words are the words of a text, which need not be split into tokens: what is
// printed with or without an apostrophe, a hyphen, an accent or the dots of an
// abbreviation is one and the same.
func Words(s string) (out []Word) {
	start, end, last := -1, 0, rune(0) // of the word begun; last is its last character
	var before rune                    // the character before last in the word
	for i, r := range s {
		switch {
		case isPart(r):
			if start < 0 {
				start, before, last = i, 0, 0
			}
			before, last = last, r
			end = i + utf8.RuneLen(r)
			continue
		case start >= 0 && joins(s[i:], before, last):
			before = 0
			continue
		case start >= 0:
			out = appendWord(out, s, start, end)
			start = -1
		}
	}
	if start >= 0 {
		out = appendWord(out, s, start, end)
	}
	return out
}

func appendWord(words []Word, s string, start, end int) []Word {
	if k := key(s[start:end]); k != "" {
		words = append(words, Word{Span: text.Span{Start: start, End: end}, Key: k})
	}
	return words
}

func isPart(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// joins reports whether the character that rest begins with stands inside a
// word: the apostrophe of "don't", the comma of "1,000", the dots of "U.S".
func joins(rest string, before, last rune) bool {
	r, n := utf8.DecodeRuneInString(rest)
	next, _ := utf8.DecodeRuneInString(rest[n:])
	switch r {
	case '\'', '’', 'ʼ', '‘':
		return unicode.IsLetter(last) && unicode.IsLetter(next)
	case ',':
		return unicode.IsDigit(last) && unicode.IsDigit(next)
	case '.':
		return unicode.IsDigit(last) && unicode.IsDigit(next) || before == 0 && unicode.IsLetter(last) && unicode.IsLetter(next)
	case '\u00AD': // a soft hyphen
		return true
	}
	return false
}

func key(form string) string {
	ascii := true
	for i := range len(form) {
		ascii = ascii && form[i] < utf8.RuneSelf
	}
	if !ascii {
		form = norm.NFKD.String(form)
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, form)
}

// Keys are the keys of words.
func Keys(words []Word) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = w.Key
	}
	return out
}

// A function word says little: any two sentences share some.
const (
	contentWeight  = 1
	functionWeight = .25
)

func weight(key string) float64 {
	if lexicon.IsFunction(key) {
		return functionWeight
	}
	return contentWeight
}

// Shingles are what a text is found by, each once: every two neighbouring
// words, or three where both are function words, joined by "_". So none is so
// common that a look-up in a large record were slow, and two texts that share
// three words in a row share one. A text of a single word has that word.
func Shingles(keys []string) []string {
	out := make([]string, 0, len(keys))
	seen := make(map[string]bool, len(keys))
	add := func(s string) {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	if len(keys) == 1 {
		return append(out, keys[0])
	}
	for i := 0; i+1 < len(keys); i++ {
		n := 2
		if lexicon.IsFunction(keys[i]) && lexicon.IsFunction(keys[i+1]) {
			n = min(3, len(keys)-i)
		}
		add(strings.Join(keys[i:i+n], "_"))
	}
	return out
}
