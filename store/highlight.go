package store

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"onrecord/query"
	"onrecord/text"
)

// token is a word of a text as the full-text tables have it.
type token struct {
	text.Span
	key string // lower case, without accents
}

// appendTokens splits a piece of a text.
func appendTokens(out []token, s string, piece text.Span) []token {
	for at := piece.Start; at < piece.End; {
		start := at
		for at < piece.End {
			r, size := utf8.DecodeRuneInString(s[at:piece.End])
			if !isWordPart(r) {
				break
			}
			at += size
		}
		if at > start {
			out = append(out, token{text.Span{Start: start, End: at}, fold(s[start:at])})
			continue
		}
		_, size := utf8.DecodeRuneInString(s[at:piece.End])
		at += size
	}
	return out
}

// fold is a word in lower case, without accents.
func fold(word string) string {
	word = strings.ToLower(word)
	for i := range len(word) {
		if word[i] >= utf8.RuneSelf {
			return strings.Map(func(r rune) rune {
				if unicode.Is(unicode.Mn, r) {
					return -1
				}
				return r
			}, norm.NFD.String(word))
		}
	}
	return word
}

// phrase is words looked for next to each other.
type phrase struct {
	keys   []string
	prefix bool // the last one may go on
}

// phrasesOf are the words that a query looks for, other than those that it
// excludes.
func phrasesOf(n query.Node) (out []phrase) {
	switch n := n.(type) {
	case query.Words:
		p := phrase{prefix: n.Prefix}
		for _, t := range appendTokens(nil, n.Text, text.Span{End: len(n.Text)}) {
			p.keys = append(p.keys, t.key)
		}
		if len(p.keys) > 0 {
			out = append(out, p)
		}
	case query.And:
		for _, n := range n {
			out = append(out, phrasesOf(n)...)
		}
	case query.Or:
		for _, n := range n {
			out = append(out, phrasesOf(n)...)
		}
	}
	return out
}

// at reports whether the phrase stands where tokens begin.
func (p phrase) at(tokens []token) bool {
	last := len(p.keys) - 1
	if last >= len(tokens) {
		return false
	}
	for i, key := range p.keys {
		if tokens[i].key != key && !(p.prefix && i == last && strings.HasPrefix(tokens[i].key, key)) {
			return false
		}
	}
	return true
}

// highlight is where phrases stand in the pieces of a text, in order and
// without overlap. A phrase may run from one piece into the next.
func highlight(s string, pieces []text.Span, phrases []phrase) (out []text.Span) {
	var tokens []token
	for _, piece := range pieces {
		tokens = appendTokens(tokens, s, piece)
	}
	marked := 0 // tokens before are dealt with
	for i := range tokens {
		end := marked
		for _, p := range phrases {
			if p.at(tokens[i:]) {
				end = max(end, i+len(p.keys))
			}
		}
		for j := max(i, marked); j < end; j++ {
			// Neighbours of one phrase are marked in one piece.
			if last := len(out) - 1; j > max(i, marked) && last >= 0 && within(pieces, out[last].Start, tokens[j].End) {
				out[last].End = tokens[j].End
			} else {
				out = append(out, tokens[j].Span)
			}
		}
		marked = end
	}
	return out
}

// within reports whether one piece holds both places.
func within(pieces []text.Span, start, end int) bool {
	for _, p := range pieces {
		if p.Contains(text.Span{Start: start, End: end}) {
			return true
		}
	}
	return false
}
