package store

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"onrecord/query"
)

// target is what a query is asked of: statements or articles.
type target struct {
	table   string                 // with a row for each
	text    string                 // its full-text table
	content string                 // the text itself, for a row of t
	words   string                 // the columns of the full-text table that words are looked for in
	columns map[query.Field]string // the columns for filters
	meant   map[string][]int64     // for what a filter asks of speakers, names without these words that mean them too
	hints   map[query.Field]string // those for filters that every row passes of which a part passes them
	story   string                 // condition for a row of t, every argument the story's number
	latest  string                 // condition for a row of t: no later version of the article is known
}

// becoming is a story with those that it was found to be part of.
const becoming = `(WITH RECURSIVE later(row) AS (SELECT ? UNION SELECT into_story FROM story JOIN later USING (row) WHERE into_story IS NOT NULL) SELECT row FROM later)`

// statementTarget has a row for each statement.
func statementTarget() target {
	return target{
		table: "statement", text: "statement_text", words: "text",
		content: `(SELECT text FROM statement WHERE row = t.rowid)`,
		columns: map[query.Field]string{query.Speaker: "speaker", query.Outlet: "outlet", query.Kind: "kind", query.Addressee: "addressee", query.Venue: "venue"},
		story: `t.rowid >= (SELECT coalesce(min(first), 0) FROM article WHERE story IN ` + becoming + `)
			AND t.rowid < (SELECT coalesce(max(first + statements), 0) FROM article WHERE story IN ` + becoming + `)
			AND EXISTS (SELECT 1 FROM article a WHERE a.story IN ` + becoming + ` AND t.rowid >= a.first AND t.rowid < a.first + a.statements)`,
		latest: `NOT EXISTS (SELECT 1 FROM article a WHERE a.previous = (SELECT article FROM statement WHERE row = t.rowid))`,
	}
}

// articleTarget has a row for each article.
func articleTarget() target {
	return target{
		table: "article", text: "article_text", words: "{title body}",
		content: `(SELECT a.title || char(10) || b.text FROM article a JOIN body b ON b.article = a.row WHERE a.row = t.rowid)`,
		columns: map[query.Field]string{query.Outlet: "outlet"},
		hints:   map[query.Field]string{query.Speaker: "speaker", query.Kind: "kind", query.Addressee: "addressee", query.Venue: "venue"},
		story:   `t.rowid IN (SELECT row FROM article WHERE story IN ` + becoming + `)`,
		latest:  `NOT EXISTS (SELECT 1 FROM article a WHERE a.previous = t.rowid)`,
	}
}

// saidThere holds for the articles with a statement that a full-text query
// finds, among those of the days between two bounds. By the "+" SQLite is kept
// from asking for each of these articles whether it is one of those that lead.
const saidThere = `+t.rowid IN (SELECT s.article FROM statement_text f CROSS JOIN statement s ON s.row = f.rowid
	WHERE f.statement_text MATCH ? AND f.rowid >= ? AND f.rowid < ?)`

// bound is an argument that takes the place of a row: the first of the days that
// are looked at, or the first after them.
type bound int

const (
	lowest bound = iota
	highest
)

// saidSo holds for the articles with a statement of a kind.
const saidSo = `EXISTS (SELECT 1 FROM article a JOIN statement s ON s.row >= a.first AND s.row < a.first + a.statements WHERE a.row = t.rowid AND s.kind = ?)`

// condition is a part of a WHERE clause over a table t, with its arguments.
type condition struct {
	sql  string
	args []any
}

// join puts a word between conditions; of none it is the value given.
func join(conditions []condition, with, none string) condition {
	if len(conditions) == 0 {
		return condition{sql: none}
	}
	var out condition
	parts := make([]string, len(conditions))
	for i, c := range conditions {
		parts[i] = c.sql
		out.args = append(out.args, c.args...)
	}
	out.sql = "(" + strings.Join(parts, " "+with+" ") + ")"
	return out
}

// selection is a query compiled: the table t that its rows are taken from, and
// the conditions for them.
type selection struct {
	from  string
	leads condition // by which the rows come; of the full-text table, if it has one
	holds condition // of each row
}

// selection compiles a query. As much as can be is asked of the full-text table
// at once, which then leads; the rest is asked of each row that it gives.
func (t target) selection(root query.Node) selection {
	var together, single query.And
	for _, n := range conjuncts(root) {
		inner := n
		if not, ok := n.(query.Not); ok {
			inner = not.Node
		}
		if _, ok := t.match(inner); ok {
			together = append(together, n)
		} else {
			single = append(single, n)
		}
	}
	var matches []string
	if match, ok := t.match(together); ok {
		matches = append(matches, match)
	} else {
		single = append(single, together...)
	}
	if hint, ok := t.hint(single); ok {
		matches = append(matches, hint)
	}
	if len(matches) == 0 {
		return selection{t.table, condition{sql: "1"}, t.all(single)}
	}
	return selection{t.text, condition{"t." + t.text + " MATCH ?", []any{strings.Join(matches, " AND ")}}, t.all(single)}
}

// hint is a query of the full-text table that finds every row for which a node
// holds, and others, if there is one.
func (t target) hint(n query.Node) (string, bool) {
	switch n := n.(type) {
	case query.And:
		var parts []string
		for _, n := range n {
			if hint, ok := t.hint(n); ok {
				parts = append(parts, hint)
			}
		}
		return "(" + strings.Join(parts, " AND ") + ")", len(parts) > 0
	case query.Or:
		parts := make([]string, len(n))
		for i, n := range n {
			var ok bool
			if parts[i], ok = t.hint(n); !ok {
				return "", false
			}
		}
		return "(" + strings.Join(parts, " OR ") + ")", true
	case query.Filter:
		if column, ok := t.hints[n.Field]; ok {
			t.columns = map[query.Field]string{n.Field: column}
		}
	}
	return t.match(n)
}

// conjuncts are what all has to hold; of nothing, none.
func conjuncts(n query.Node) query.And {
	switch n := n.(type) {
	case nil:
		return nil
	case query.And:
		return n
	}
	return query.And{n}
}

// all is the condition that every node holds. Filters over what is said in an
// article have to hold of the same statement.
func (t target) all(nodes query.And) condition {
	var parts []condition
	var ofOne query.And
	for _, n := range nodes {
		if f, ok := n.(query.Filter); ok && t.isSaid(f) {
			ofOne = append(ofOne, n)
		} else {
			parts = append(parts, t.holds(n))
		}
	}
	if kind, ok := only(ofOne); ok && kind.Field == query.Kind { // too many statements to gather
		parts = append(parts, condition{saidSo, []any{kind.Value}})
	} else if match, ok := t.said().match(ofOne); ok {
		parts = append(parts, condition{saidThere, []any{match, lowest, highest}})
	}
	return join(parts, "AND", "1")
}

// said is the target of the statements of what t has.
func (t target) said() target {
	out := statementTarget()
	out.meant = t.meant
	return out
}

// only is the filter that stands alone.
func only(nodes query.And) (query.Filter, bool) {
	if len(nodes) != 1 {
		return query.Filter{}, false
	}
	f, ok := nodes[0].(query.Filter)
	return f, ok
}

// isSaid reports whether a filter is over statements, and t is not.
func (t target) isSaid(f query.Filter) bool {
	return t.columns[f.Field] == "" && statementTarget().columns[f.Field] != ""
}

// holds is the condition that a node holds.
func (t target) holds(n query.Node) condition {
	if match, ok := t.match(n); ok {
		return condition{"t.rowid IN (SELECT rowid FROM " + t.text + " WHERE " + t.text + " MATCH ?)", []any{match}}
	}
	switch n := n.(type) {
	case query.Not:
		c := t.holds(n.Node)
		return condition{"NOT " + c.sql, c.args}
	case query.And:
		return t.all(n)
	case query.Or:
		parts := make([]condition, len(n))
		for i, n := range n {
			parts[i] = t.holds(n)
		}
		return join(parts, "OR", "")
	case query.Filter:
		return t.passes(n)
	}
	return condition{sql: "0"}
}

// passes is the condition that a row passes a filter that the full-text table
// does not have.
func (t target) passes(f query.Filter) condition {
	switch f.Field {
	case query.From:
		return condition{"t.rowid >= ?", []any{firstRow(dayOf(f))}}
	case query.To:
		return condition{"(t.rowid >= ? AND t.rowid < ?)", []any{firstRow(1), firstRow(dayOf(f) + 1)}}
	case query.Story:
		if id, err := strconv.ParseInt(f.Value, 10, 64); err == nil {
			return condition{"(" + t.story + ")", slices.Repeat([]any{id}, strings.Count(t.story, "?"))}
		}
	default:
		return t.all(query.And{f})
	}
	return condition{sql: "0"}
}

func dayOf(f query.Filter) int64 {
	at, err := time.Parse(time.DateOnly, f.Day())
	if err != nil {
		return 0
	}
	return day(at)
}

// match compiles a node to a query of the full-text table, if that can answer it.
func (t target) match(n query.Node) (string, bool) {
	switch n := n.(type) {
	case query.Words:
		phrase := `"` + n.Text + `"`
		if n.Prefix {
			phrase += " *"
		}
		return t.words + " : " + phrase, true
	case query.Filter:
		column, ok := t.columns[n.Field]
		words := strings.FieldsFunc(n.Value, func(r rune) bool { return !isWordPart(r) })
		match := `("` + strings.Join(words, `" AND "`) + `")`
		if n.Field == query.Speaker {
			for _, row := range t.meant[n.Value] {
				match += " OR " + nameToken(row)
			}
		}
		return column + ` : (` + match + `)`, ok && len(words) > 0
	case query.And:
		var with, without []string
		for _, n := range n {
			to := &with
			if not, ok := n.(query.Not); ok {
				to, n = &without, not.Node
			}
			match, ok := t.match(n)
			if !ok {
				return "", false
			}
			*to = append(*to, match)
		}
		if len(with) == 0 {
			return "", false
		}
		match := "(" + strings.Join(with, " AND ") + ")"
		if len(without) > 0 {
			match = "(" + match + " NOT (" + strings.Join(without, " OR ") + "))"
		}
		return match, true
	case query.Or:
		parts := make([]string, len(n))
		for i, n := range n {
			var ok bool
			if parts[i], ok = t.match(n); !ok {
				return "", false
			}
		}
		return "(" + strings.Join(parts, " OR ") + ")", true
	}
	return "", false
}

// isWordPart reports whether r is a part of a word as the full-text tables
// split them.
func isWordPart(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }
