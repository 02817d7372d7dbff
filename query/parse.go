package query

import "fmt"

// The bounds of a query. They keep what a store makes of it within the bounds
// of its own parser.
const (
	MaxLength = 4096 // bytes
	MaxTerms  = 128  // words, phrases and filters together
	MaxDepth  = 12   // parentheses and NOT inside each other
)

// SyntaxError says what is wrong with a query, and where.
type SyntaxError struct {
	Position int    // in characters, from 1
	Problem  string // a sentence without its full stop
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("query, character %d: %s", e.Position, e.Problem)
}

func errorAt(position int, problem string) error {
	return &SyntaxError{Position: position, Problem: problem}
}

// Parse reads a query:
//
//	or      = and { "OR" and }
//	and     = not { [ "AND" ] not }
//	not     = ( "NOT" | "-" ) not | primary
//	primary = "(" or ")" | words | filter
//
// An empty one matches everything. Errors are of type *SyntaxError.
func Parse(s string) (Query, error) {
	if len(s) > MaxLength {
		return Query{}, errorAt(1, fmt.Sprintf("it is longer than %d bytes", MaxLength))
	}
	items, err := lex(s)
	if err != nil {
		return Query{}, err
	}
	terms := 0
	for _, i := range items {
		if i.kind == itemWords || i.kind == itemFilter {
			terms++
		}
		if terms > MaxTerms {
			return Query{}, errorAt(i.at, fmt.Sprintf("there are more than %d words and filters", MaxTerms))
		}
	}
	if len(items) == 1 {
		return Query{}, nil
	}
	p := parser{items: items}
	root, err := p.or()
	if err != nil {
		return Query{}, err
	}
	if end := p.items[0]; end.kind != itemEnd { // or stops only at the end and at ")"
		return Query{}, errorAt(end.at, "no parenthesis is open here")
	}
	return Query{Root: root}, nil
}

// parser is a recursive descent over items; the last is always an itemEnd.
type parser struct {
	items []item // that are left
	depth int
}

// accept takes the next item if it is of a kind.
func (p *parser) accept(kind itemKind) bool {
	ok := p.items[0].kind == kind
	if ok {
		p.items = p.items[1:]
	}
	return ok
}

func (p *parser) or() (Node, error) {
	var nodes Or
	for {
		n, err := p.and()
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, n)
		if p.accept(itemOr) {
			continue
		}
		if len(nodes) == 1 {
			return n, nil
		}
		return nodes, nil
	}
}

func (p *parser) and() (Node, error) {
	var nodes And
	for {
		n, err := p.not()
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, n)
		if p.accept(itemAnd) {
			continue
		}
		switch p.items[0].kind {
		case itemWords, itemFilter, itemNot, itemOpen: // AND goes without saying
			continue
		}
		if len(nodes) == 1 {
			return n, nil
		}
		return nodes, nil
	}
}

func (p *parser) not() (Node, error) {
	if p.items[0].kind != itemNot {
		return p.primary()
	}
	return p.inside(func() (Node, error) {
		n, err := p.not()
		return Not{Node: n}, err
	})
}

func (p *parser) primary() (Node, error) {
	switch i := p.items[0]; i.kind {
	case itemWords:
		p.items = p.items[1:]
		return Words{Text: i.text, Prefix: i.prefix}, nil
	case itemFilter:
		p.items = p.items[1:]
		return Filter{Field: i.field, Value: i.text}, nil
	case itemOpen:
		return p.inside(func() (Node, error) {
			n, err := p.or()
			if err == nil && !p.accept(itemClose) {
				err = errorAt(i.at, "the parenthesis is not closed")
			}
			return n, err
		})
	default:
		return nil, errorAt(i.at, "a word, a phrase or a filter is missing here")
	}
}

// inside takes the next item and reads what it opens, one level down.
func (p *parser) inside(read func() (Node, error)) (Node, error) {
	if p.depth++; p.depth > MaxDepth {
		return nil, errorAt(p.items[0].at, fmt.Sprintf("more than %d parentheses and NOT stand inside each other", MaxDepth))
	}
	p.items = p.items[1:]
	n, err := read()
	p.depth--
	return n, err
}
