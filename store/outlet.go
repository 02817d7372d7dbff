package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"math"
	"slices"
	"time"
)

// Quoting is whom an outlet quotes in some time, by the latest versions of its
// articles.
type Quoting struct {
	Articles int       // that are looked at: the newest, MaxQuoting at most
	First    time.Time // day of the first of them, zero where unknown
	Months   []Quoted  // those with a statement, in their order; Month is zero for articles without a date
	Speakers []Quoted  // by name, who makes most statements first
	Unnamed  Quoted    // speakers without a name, whose words are not counted
}

// Quoted is how much of somebody, or in some month, an outlet has.
type Quoted struct {
	Speaker    int64 // row
	Name       string
	Month      time.Time // its first day
	Articles   int       // 0 of a month
	Statements int
	Direct     int      // of them, those in quotation marks at least in part
	Words      int      // of named speakers' statements
	Months     []Quoted // of a speaker, those with a statement, in their order
}

// MaxQuoting is how many articles Quoting looks at.
const MaxQuoting = 1000

// outletReads are the prepared statements over the articles of an outlet.
type outletReads struct {
	days, quoting, names, articles *sql.Stmt
}

func (o *outletReads) prepare(ctx context.Context, db *sql.DB) error {
	return prepare(ctx, db, map[**sql.Stmt]string{
		&o.days: `SELECT row / 268435456, count(*) FROM article WHERE outlet = ? AND row NOT IN (SELECT previous FROM article WHERE previous IS NOT NULL) GROUP BY 1`,
		&o.quoting: `WITH own AS MATERIALIZED (SELECT row, first, statements, strftime('%Y-%m', 1721424.5 + nullif(row / 268435456, 0)) AS month FROM article a
				WHERE outlet = ? AND row >= ? AND row < ? AND NOT EXISTS (SELECT 1 FROM article v WHERE v.previous = a.row) ORDER BY row DESC LIMIT ?),
			said AS MATERIALIZED (SELECT o.row AS article, o.month, s.who, count(*) AS statements, sum(s.kind <> 'indirect') AS direct
				FROM own o CROSS JOIN statement s ON s.row >= o.first AND s.row < o.first + o.statements GROUP BY o.row, s.who)
			SELECT (SELECT count(*) FROM own), (SELECT min(row) FROM own), coalesce(d.month, ''), coalesce(n.speaker, 0), count(DISTINCT d.article), sum(d.statements), sum(d.direct), coalesce(sum(c.words), 0)
				FROM said d LEFT JOIN name n ON n.row = d.who LEFT JOIN credit c ON c.name = d.who AND c.article = d.article GROUP BY 3, 4 ORDER BY 3`,
		&o.names:    `SELECT row, name FROM speaker_name WHERE row IN (SELECT value FROM json_each(?))`,
		&o.articles: `SELECT ` + articleColumns + ` FROM ` + articleTables + ` WHERE a.outlet = ? AND a.row >= ? AND a.row < ? AND NOT EXISTS (SELECT 1 FROM article v WHERE v.previous = a.row) ORDER BY a.row DESC LIMIT ?`,
	})
}

// OutletMonths are the numbers of articles of an outlet by month, in their order,
// later versions not counted. Month is zero for articles without a date.
func (v *view) OutletMonths(ctx context.Context, outlet string) (out []Quoted, err error) {
	_, err = collect(ctx, v.stmt(ctx, v.outlets.days), []any{outlet}, func(r scanner) (_ struct{}, err error) {
		var day int64
		var articles int
		if err := r.Scan(&day, &articles); err != nil {
			return struct{}{}, err
		}
		month := monthOf(dayAt(day))
		if k := len(out); k == 0 || out[k-1].Month != month {
			out = append(out, Quoted{Month: month})
		}
		out[len(out)-1].Articles += articles
		return struct{}{}, nil
	})
	return out, err
}

// OutletArticles are the newest articles of an outlet published from one day on
// and before another, both zero for all times, that come before one with a row,
// 0 for none; without their bodies, limit at most.
func (v *view) OutletArticles(ctx context.Context, outlet string, from, until time.Time, before int64, limit int) ([]*Article, error) {
	first, end := rowsBetween(from, until)
	if before > 0 {
		end = min(end, before)
	}
	return collect(ctx, v.stmt(ctx, v.outlets.articles), []any{outlet, first, end, limit}, func(r scanner) (*Article, error) { return scanArticle(r) })
}

// rowsBetween are the rows of articles published from one day on and before
// another, both zero for all times.
func rowsBetween(from, until time.Time) (first, end int64) {
	if until.IsZero() {
		return firstRow(day(from)), math.MaxInt64
	}
	return firstRow(day(from)), firstRow(day(until))
}

// Quoting is whom an outlet quotes in articles published from one day on and
// before another, most speakers at most; both zero for all times.
func (v *view) Quoting(ctx context.Context, outlet string, from, until time.Time, most int) (Quoting, error) {
	first, end := rowsBetween(from, until)
	var q Quoting
	months, speakers := map[string]*Quoted{}, map[int64]*Quoted{}
	var order []string
	_, err := collect(ctx, v.stmt(ctx, v.outlets.quoting), []any{outlet, first, end, MaxQuoting}, func(r scanner) (_ struct{}, err error) {
		var one Quoted
		var month string
		var oldest int64
		if err := r.Scan(&q.Articles, &oldest, &month, &one.Speaker, &one.Articles, &one.Statements, &one.Direct, &one.Words); err != nil {
			return struct{}{}, err
		}
		q.First = dayAt(oldest / rowsPerDay)
		if month != "" {
			if one.Month, err = time.Parse("2006-01", month); err != nil {
				return struct{}{}, err
			}
		}
		if months[month] == nil {
			months[month], order = &Quoted{Month: one.Month}, append(order, month)
		}
		months[month].add(one)
		months[month].Articles = 0
		if speakers[one.Speaker] == nil {
			speakers[one.Speaker] = &Quoted{Speaker: one.Speaker}
		}
		speakers[one.Speaker].add(one)
		speakers[one.Speaker].Months = append(speakers[one.Speaker].Months, one)
		return struct{}{}, nil
	})
	if err != nil {
		return q, err
	}
	for _, m := range order {
		q.Months = append(q.Months, *months[m])
	}
	for row, one := range speakers {
		if row == 0 {
			q.Unnamed = *one
		} else {
			q.Speakers = append(q.Speakers, *one)
		}
	}
	slices.SortFunc(q.Speakers, func(a, b Quoted) int {
		return cmp.Or(cmp.Compare(b.Statements, a.Statements), cmp.Compare(b.Words, a.Words), cmp.Compare(a.Speaker, b.Speaker))
	})
	q.Speakers = q.Speakers[:min(len(q.Speakers), most)]
	return q, v.callQuoted(ctx, q.Speakers)
}

func (q *Quoted) add(o Quoted) {
	q.Articles, q.Statements, q.Direct, q.Words = q.Articles+o.Articles, q.Statements+o.Statements, q.Direct+o.Direct, q.Words+o.Words
}

// callQuoted gives speakers their names.
func (v *view) callQuoted(ctx context.Context, all []Quoted) error {
	rows := make([]int64, len(all))
	at := map[int64]int{}
	for i, q := range all {
		rows[i], at[q.Speaker] = q.Speaker, i
	}
	list, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	_, err = collect(ctx, v.stmt(ctx, v.outlets.names), []any{string(list)}, func(r scanner) (name string, err error) {
		var row int64
		err = r.Scan(&row, &name)
		all[at[row]].Name = name
		return name, err
	})
	return err
}

// monthOf is the first day of a day's month, zero for the zero day.
func monthOf(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
}
