package query

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// item is a smallest part of a query.
type item struct {
	kind   itemKind
	field  Field  // of a filter
	text   string // of words and filters, without quotation marks
	prefix bool   // of words: a * follows
	at     int    // place in the query, in characters from 1
}

type itemKind int

const (
	itemEnd itemKind = iota // after the last
	itemWords
	itemFilter
	itemAnd
	itemOr
	itemNot
	itemOpen
	itemClose
)

var operators = map[string]itemKind{"AND": itemAnd, "OR": itemOr, "NOT": itemNot}

// lexer goes through a query character by character.
type lexer struct {
	query []rune // without control characters
	at    int    // index of the next character
	items []item
}

// lex splits a query into items, an itemEnd last. Punctuation that stands by
// itself is left out, as the index has none either.
func lex(query string) ([]item, error) {
	l := lexer{query: []rune(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, query))}
	for l.at < len(l.query) {
		var err error
		switch r := l.query[l.at]; {
		case unicode.IsSpace(r):
			l.at++
		case r == '(':
			l.mark(itemOpen)
		case r == ')':
			l.mark(itemClose)
		case r == '-' && l.at+1 < len(l.query) && startsOperand(l.query[l.at+1]):
			l.mark(itemNot)
		case isQuote(r):
			err = l.phrase()
		default:
			err = l.word()
		}
		if err != nil {
			return nil, err
		}
	}
	return append(l.items, item{kind: itemEnd, at: len(l.query) + 1}), nil
}

// mark takes an item of one character.
func (l *lexer) mark(kind itemKind) {
	l.at++
	l.items = append(l.items, item{kind: kind, at: l.at})
}

// phrase takes words in quotation marks, and a * right behind them.
func (l *lexer) phrase() error {
	start := l.at
	text, err := l.quoted()
	if err != nil {
		return err
	}
	prefix := l.at < len(l.query) && l.query[l.at] == '*'
	if prefix {
		l.at++
	}
	l.items = append(l.items, item{kind: itemWords, text: text, prefix: prefix, at: start + 1})
	return nil
}

// quoted takes what stands in quotation marks. Whatever marks are used, the
// next one closes; none can stand inside.
func (l *lexer) quoted() (string, error) {
	start := l.at + 1
	end := slices.IndexFunc(l.query[start:], isQuote)
	if end < 0 {
		return "", errorAt(start, "the quotation mark is not closed")
	}
	l.at = start + end + 1
	text := strings.Join(strings.Fields(string(l.query[start:start+end])), " ")
	if !strings.ContainsFunc(text, isWordPart) {
		return "", errorAt(start, "there is no word between the quotation marks")
	}
	return text, nil
}

// word takes an operator, a filter or a word.
func (l *lexer) word() error {
	start := l.at
	raw := l.bare()
	if kind, ok := operators[raw]; ok {
		l.items = append(l.items, item{kind: kind, at: start + 1})
		return nil
	}
	if name, value, ok := strings.Cut(raw, ":"); ok && isName(name) {
		opens := l.at < len(l.query) && isQuote(l.query[l.at])
		field := Field(strings.ToLower(name))
		known := slices.Contains(Fields(), field)
		if known {
			return l.filter(field, value, opens && value == "", start)
		}
		if opens || value != "" {
			return errorAt(start+1, fmt.Sprintf(`%q is no filter; put it in quotation marks to look for the words`, name))
		}
	}
	first := strings.IndexFunc(raw, isWordPart)
	if first < 0 {
		return nil
	}
	text := strings.TrimFunc(raw, func(r rune) bool { return !isWordPart(r) })
	before, after := raw[:first], raw[first+len(text):]
	if strings.Contains(before+text, "*") {
		return errorAt(start+1, "a * can only stand at the end of a word")
	}
	l.items = append(l.items, item{kind: itemWords, text: text, prefix: strings.Contains(after, "*"), at: start + 1})
	return nil
}

// filter takes the value of a filter that starts at start, if it is quoted,
// and checks it.
func (l *lexer) filter(field Field, value string, isQuoted bool, start int) error {
	if isQuoted {
		var err error
		if value, err = l.quoted(); err != nil {
			return err
		}
	}
	at := start + 1
	switch {
	case !strings.ContainsFunc(value, isWordPart):
		return errorAt(at, fmt.Sprintf("%s: needs a value right after the colon", field))
	case strings.Contains(value, "*"):
		return errorAt(at, fmt.Sprintf("%s: takes whole words, without a *", field))
	case field == Kind:
		value = strings.ToLower(value)
		if value != "direct" && value != "indirect" && value != "mixed" {
			return errorAt(at, "kind: is direct, indirect or mixed")
		}
	case field == From || field == To:
		if _, _, _, ok := parseDay(value); !ok {
			return errorAt(at, fmt.Sprintf("%s: takes a date such as 2025, 2025-08 or 2025-08-17", field))
		}
	}
	l.items = append(l.items, item{kind: itemFilter, field: field, text: value, at: at})
	return nil
}

// bare takes characters up to a space, a quotation mark or a parenthesis.
func (l *lexer) bare() string {
	start := l.at
	for l.at < len(l.query) {
		if r := l.query[l.at]; unicode.IsSpace(r) || isQuote(r) || r == '(' || r == ')' {
			break
		}
		l.at++
	}
	return string(l.query[start:l.at])
}

// isQuote reports whether r opens or closes a phrase. Typographic marks come
// with text that is pasted.
func isQuote(r rune) bool { return strings.ContainsRune(`"“”„«»`, r) }

// isWordPart reports whether r can be a part of an indexed word.
func isWordPart(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

// startsOperand reports whether a - before r means "not".
func startsOperand(r rune) bool { return isWordPart(r) || isQuote(r) || r == '(' }

// isName reports whether s could name a filter.
func isName(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
}
