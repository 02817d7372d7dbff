package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"math"
	"slices"

	"onrecord/query"
	"onrecord/text"
)

// SearchOptions say what a search looks for, and how much of it.
type SearchOptions struct {
	Articles bool  // whole articles, not statements
	ByDate   bool  // newest first, not most relevant
	Limit    int   // hits at most
	Before   int64 // only rows before this one: the last of the page before; 0 for the first page
	Skip     int   // hits that stood on the pages before, where relevance orders them
}

// Hit is an article, or a statement in it, that a search found.
type Hit struct {
	Article   Article
	Statement *Statement  // nil for an article
	N         int         // place of the statement in the article, from 0
	Speaker   Known       // of the statement, over the record: Row and Name; none where nobody is named
	Found     []text.Span // the words looked for: of the article's body, inside the statement's content if there is one
}

// How many of the newest matches are ranked by relevance. To rank
// all that hold a common word would take seconds.
const (
	rankedStatements = 1000
	rankedArticles   = 250
)

// Search finds the latest versions of articles, or the statements in them. A
// query without words is answered by date.
func (s *Store) Search(ctx context.Context, q query.Query, o SearchOptions) ([]Hit, error) {
	t, ranked := statementTarget(), rankedStatements
	if o.Articles {
		t, ranked = articleTarget(), rankedArticles
	}
	phrases := phrasesOf(q.Root)
	byDate := o.ByDate || len(phrases) == 0
	nodes := alternatives(q.Root)
	limit := o.Skip + o.Limit
	if !byDate {
		limit = max(limit, ranked/len(nodes))
	}
	// Each alternative by itself, so that each is led by the full-text table and
	// a common word does not crowd out a rare one.
	var matches []match
	for _, n := range nodes {
		more, err := s.newest(ctx, t, n, o.Before, limit, !byDate)
		if err != nil {
			return nil, err
		}
		matches = append(matches, more...)
	}
	slices.SortFunc(matches, func(a, b match) int { return cmp.Compare(b.row, a.row) })
	matches = slices.CompactFunc(matches, func(a, b match) bool { return a.row == b.row })
	if !byDate {
		rank(matches, phrases)
	}
	matches = matches[min(len(matches), o.Skip):]
	rows := make([]int64, 0, o.Limit)
	for _, m := range matches[:min(len(matches), o.Limit)] {
		rows = append(rows, m.row)
	}
	return s.hits(ctx, rows, o.Articles, phrases)
}

// match is a row that a query finds.
type match struct {
	row   int64
	text  string  // where it is to be ranked
	score float64 // the more, the more relevant
}

// newest gives the rows that a query finds, the latest day first.
func (s *Store) newest(ctx context.Context, t target, root query.Node, before int64, limit int, withText bool) (out []match, err error) {
	if t.meant, err = s.otherNamesFor(ctx, root); err != nil {
		return nil, err
	}
	sel := t.selection(root)
	if before == 0 {
		before = math.MaxInt64
	}
	if !slices.Contains(sel.holds.args, any(lowest)) {
		return s.between(ctx, t, sel, 0, before, limit, withText)
	}
	// What depends on the statements of some days is looked for in few days at
	// first: to gather everything that somebody ever said takes too long.
	for page := 2 * limit; len(out) < limit && before > 0; page *= 2 {
		from, err := s.daysBefore(ctx, sel, before, page)
		if err != nil {
			return nil, err
		}
		more, err := s.between(ctx, t, sel, from, before, limit-len(out), withText)
		if err != nil {
			return nil, err
		}
		out, before = append(out, more...), from
	}
	return out, nil
}

// daysBefore is the first row of the days in which the last n rows before one
// lie that may be selected, 0 where there are not so many.
func (s *Store) daysBefore(ctx context.Context, sel selection, before int64, n int) (row int64, err error) {
	var found int
	err = s.read.QueryRowContext(ctx, `SELECT count(*), coalesce(min(row), 0) FROM
		(SELECT t.rowid AS row FROM `+sel.from+` t WHERE `+sel.leads.sql+` AND t.rowid < ? ORDER BY t.rowid DESC LIMIT ?)`,
		append(slices.Clone(sel.leads.args), before, n)...).Scan(&found, &row)
	if found < n {
		return 0, explain(err)
	}
	return row - row%rowsPerDay, explain(err)
}

// between gives the rows that are selected, from one on and before another, the
// latest day first.
func (s *Store) between(ctx context.Context, t target, sel selection, from, before int64, limit int, withText bool) ([]match, error) {
	content := `''`
	if withText {
		content = t.content
	}
	stmt, err := s.read.PrepareContext(ctx, `SELECT t.rowid, `+content+` FROM `+sel.from+` t WHERE `+sel.leads.sql+` AND `+sel.holds.sql+`
		AND t.rowid >= ? AND t.rowid < ? AND `+t.latest+` ORDER BY t.rowid DESC LIMIT ?`)
	if err != nil {
		return nil, explain(err)
	}
	defer stmt.Close()
	end := before // of the days: their statements have other rows than their articles
	if before < math.MaxInt64 {
		end = before - before%rowsPerDay + rowsPerDay
	}
	args := slices.Clone(sel.leads.args)
	for _, a := range sel.holds.args {
		switch a {
		case lowest:
			a = from
		case highest:
			a = end
		}
		args = append(args, a)
	}
	return collect(ctx, stmt, append(args, from, before, limit), func(r scanner) (m match, err error) {
		err = r.Scan(&m.row, &m.text)
		return m, err
	})
}

// alternatives are the nodes of which one is enough.
func alternatives(n query.Node) []query.Node {
	if or, ok := n.(query.Or); ok {
		return or
	}
	return []query.Node{n}
}

// The constants of BM25 as they are commonly set.
const (
	saturation = 1.2
	byLength   = 0.75
)

// besides is how many other words a match needs for half of its score: "Mr.
// Voss" says less of Voss than a sentence with the name in it.
const besides = 3

// rank orders matches by BM25, of which the rarity of a phrase is that among
// them, times how much else they say. Those that are alike stay in order.
func rank(matches []match, phrases []phrase) {
	counts := make([][]float64, len(matches)) // of the phrases
	lengths := make([]float64, len(matches))
	others := make([]float64, len(matches)) // words that are not looked for
	having := make([]float64, len(phrases)) // matches
	total := 0.0
	var tokens []token
	for i, m := range matches {
		tokens = appendTokens(tokens[:0], m.text, text.Span{End: len(m.text)})
		counts[i], lengths[i] = make([]float64, len(phrases)), float64(len(tokens))
		total += lengths[i]
		others[i] = lengths[i]
		for p, phrase := range phrases {
			for j := range tokens {
				if phrase.at(tokens[j:]) {
					counts[i][p]++
					others[i] -= float64(len(phrase.keys))
				}
			}
			having[p] += min(counts[i][p], 1)
		}
	}
	all := float64(len(matches))
	for i := range matches {
		for p, n := range counts[i] {
			rarity := math.Log(1 + (all-having[p]+0.5)/(having[p]+0.5))
			matches[i].score += rarity * n * (saturation + 1) / (n + saturation*(1-byLength+byLength*lengths[i]*all/max(total, 1)))
		}
		others[i] = max(others[i], 0) // phrases may overlap
		matches[i].score *= others[i] / (others[i] + besides)
	}
	slices.SortStableFunc(matches, func(a, b match) int { return cmp.Compare(b.score, a.score) })
}

// hits reads what a search found.
func (s *Store) hits(ctx context.Context, rows []int64, whole bool, phrases []phrase) (out []Hit, err error) {
	stmt, err := s.read.PrepareContext(ctx, `SELECT `+statementColumns+`, s.row - a.first, coalesce(w.row, 0), coalesce(w.name, '')
		FROM statement s JOIN article a ON a.row = s.article JOIN body b ON b.article = a.row LEFT JOIN name n ON n.row = s.who LEFT JOIN speaker_name w ON w.row = n.speaker WHERE s.row = ?`)
	if err != nil {
		return nil, explain(err)
	}
	defer stmt.Close()
	for _, row := range rows {
		h, err := s.hit(ctx, stmt, row, whole)
		if errors.Is(err, ErrNotFound) { // gone in the meantime
			continue
		}
		if err != nil {
			return nil, err
		}
		pieces := []text.Span{{End: len(h.Article.Body)}}
		if h.Statement != nil {
			pieces = h.Statement.Content
		}
		h.Found = highlight(h.Article.Body, pieces, phrases)
		out = append(out, h)
	}
	return out, nil
}

func (s *Store) hit(ctx context.Context, statement *sql.Stmt, row int64, whole bool) (h Hit, err error) {
	if !whole {
		said, err := scanStatement(statement.QueryRowContext(ctx, row), &h.N, &h.Speaker.Row, &h.Speaker.Name)
		if err != nil {
			return h, err
		}
		h.Statement, row = &said, said.Article
	}
	a, err := s.ArticleAt(ctx, row)
	if err == nil {
		h.Article = *a
	}
	return h, err
}

// Number is the place of a statement, by its row, in its article, from 0. The
// error wraps ErrNotFound if there is none.
func (s *Store) Number(ctx context.Context, statement int64) (n int, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT s.row - a.first FROM statement s JOIN article a ON a.row = s.article JOIN body b ON b.article = s.article WHERE s.row = ?`, statement).Scan(&n)
	return n, found(err)
}
