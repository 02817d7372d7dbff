// Package query is the language in which a record is searched: words,
// phrases, filters and how they are joined. docs/query.md describes it. A
// query says nothing about where it runs; a store translates its tree.
package query

import (
	"strings"
	"time"
)

// Query is what somebody looks for.
type Query struct {
	Root Node // nil matches everything
}

// Node is a part of a query: Words, Filter, Not, And or Or.
type Node interface {
	String() string // in the language, so that Parse gives the same node
	node()
}

// Words stand next to each other in the text, in this order, whatever their
// case and accents.
type Words struct {
	Text   string // at least one letter or digit; the store splits it into words
	Prefix bool   // the last word may go on: tariff* finds "tariffs"
}

// Filter holds for what has a value in a field.
type Filter struct {
	Field Field
	Value string // at least one letter or digit; of Kind, From and To only what they allow
}

// Not matches what Node does not.
type Not struct{ Node Node }

// And matches what all of its nodes match; there are two or more.
type And []Node

// Or matches what one of its nodes matches; there are two or more.
type Or []Node

// Field is what a filter looks at.
type Field string

// The fields of a filter.
const (
	Speaker   Field = "speaker"   // who is credited: words of a name, or an ID
	Outlet    Field = "outlet"    // who published it
	Kind      Field = "kind"      // direct, indirect or mixed
	Story     Field = "story"     // ID of the story
	From      Field = "from"      // published then or later: 2025, 2025-08 or 2025-08-17
	To        Field = "to"        // published then or earlier, all of that year or month included
	Addressee Field = "addressee" // to whom it was said
	Venue     Field = "venue"     // where it was said
)

// Fields lists every field.
func Fields() []Field {
	return []Field{Speaker, Outlet, Kind, Story, From, To, Addressee, Venue}
}

func (Words) node()  {}
func (Filter) node() {}
func (Not) node()    {}
func (And) node()    {}
func (Or) node()     {}

// Day is the first day that From lets through, or the last that To does:
// "2025-08-31" for to:2025-08. It is "" for other fields.
func (f Filter) Day() string {
	first, years, months, ok := parseDay(f.Value)
	switch {
	case !ok || f.Field != From && f.Field != To:
		return ""
	case f.Field == To && years+months > 0:
		first = first.AddDate(years, months, -1)
	}
	return first.Format(time.DateOnly)
}

// parseDay reads a day, month or year. It gives the first day, and the years
// and months that lie before the next day, month or year; none for a day.
func parseDay(s string) (first time.Time, years, months int, ok bool) {
	for _, p := range []struct {
		layout        string
		years, months int
	}{{time.DateOnly, 0, 0}, {"2006-01", 0, 1}, {"2006", 1, 0}} {
		if first, err := time.Parse(p.layout, s); err == nil {
			return first, p.years, p.months, true
		}
	}
	return time.Time{}, 0, 0, false
}

// String writes the query so that Parse reads the same one.
func (q Query) String() string {
	if q.Root == nil {
		return ""
	}
	return q.Root.String()
}

func (w Words) String() string {
	s := w.Text
	if !standsBare(s, w.Text) {
		s = `"` + s + `"`
	}
	if w.Prefix {
		s += "*"
	}
	return s
}

func (f Filter) String() string {
	name := string(f.Field) + ":"
	if standsBare(name+f.Value, f.Value) {
		return name + f.Value
	}
	return name + `"` + f.Value + `"`
}

// standsBare reports whether s, written without quotation marks, is read as
// one item with the text want.
func standsBare(s, want string) bool {
	items, err := lex(s)
	return err == nil && len(items) == 2 && items[0].text == want && !items[0].prefix &&
		(items[0].kind == itemWords || items[0].kind == itemFilter)
}

func (n Not) String() string {
	switch n.Node.(type) {
	case Words, Filter:
		return "-" + n.Node.String()
	case Not: // "-(-" would be a level deeper
		return "NOT " + n.Node.String()
	}
	return "-(" + n.Node.String() + ")"
}

func (a And) String() string {
	parts := make([]string, len(a))
	for i, n := range a {
		switch n.(type) {
		case And, Or:
			parts[i] = "(" + n.String() + ")"
		default:
			parts[i] = n.String()
		}
	}
	return strings.Join(parts, " ")
}

func (o Or) String() string {
	parts := make([]string, len(o))
	for i, n := range o {
		if _, nested := n.(Or); nested {
			parts[i] = "(" + n.String() + ")"
		} else {
			parts[i] = n.String()
		}
	}
	return strings.Join(parts, " OR ")
}
