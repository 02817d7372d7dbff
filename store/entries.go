package store

import (
	"context"
	"iter"

	"onrecord/query"
)

// Entries are the entries that a query finds, the newest first, of the latest
// versions of articles; or, without a query, all of them as All gives them.
func (s *Store) Entries(ctx context.Context, q query.Query) iter.Seq2[*Entry, error] {
	if q.Root == nil {
		return s.All(ctx)
	}
	return s.entries(ctx, func(before int64) ([]int64, error) { return s.newestArticles(ctx, q, before, page) })
}

// entries are those of rows of article, which next gives a page at a time, from
// behind the last one of the page before.
func (s *Store) entries(ctx context.Context, next func(last int64) ([]int64, error)) iter.Seq2[*Entry, error] {
	return func(yield func(*Entry, error) bool) {
		for last := int64(0); ; {
			rows, err := next(last)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, row := range rows {
				if !yield(s.Entry(ctx, row)) {
					return
				}
			}
			if len(rows) < page {
				return
			}
			last = rows[len(rows)-1]
		}
	}
}

// Outlet is how much the record has of an outlet. Of articles the latest
// versions count.
type Outlet struct {
	Name        string
	Articles    int
	Statements  int
	First, Last string // days of publication, "" where no article has a date
}

// Outlets are those with a name, who published most first.
func (s *Store) Outlets(ctx context.Context) ([]Outlet, error) {
	stmt, err := s.read.PrepareContext(ctx, `SELECT a.outlet, count(*), sum(a.statements), coalesce(min(nullif(substr(a.published, 1, 10), '')), ''), max(substr(a.published, 1, 10))
		FROM article a WHERE a.outlet <> '' AND NOT EXISTS (SELECT 1 FROM article b WHERE b.previous = a.row) GROUP BY a.outlet ORDER BY 2 DESC, 1`)
	if err != nil {
		return nil, explain(err)
	}
	defer stmt.Close()
	return collect(ctx, stmt, nil, func(r scanner) (o Outlet, err error) {
		err = r.Scan(&o.Name, &o.Articles, &o.Statements, &o.First, &o.Last)
		return o, err
	})
}

// Hit is a statement, by its row, as a search would have found it. The error
// wraps ErrNotFound if there is none.
func (s *Store) Hit(ctx context.Context, statement int64) (Hit, error) {
	hits, err := s.hits(ctx, []int64{statement}, false, nil)
	if err != nil {
		return Hit{}, err
	}
	if len(hits) == 0 {
		return Hit{}, ErrNotFound
	}
	return hits[0], nil
}
