package server

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"onrecord/query"
	"onrecord/store"
)

// outletPage is the page of an outlet: whom it quotes, and how long.
type outletPage struct {
	Name     string
	Facts    []string // "120 articles"
	Years    []choice // times to look at
	Over     string   // what the numbers are of: "the newest 1,000 articles"
	Chart    *chart
	Shares   string   // "62 % of 1,204 statements are in quotation marks …"
	Periods  []string // heads of the columns of Speakers: "2025", "Jan"
	Unit     string   // "by month"
	Speakers []quotedHere
	Unnamed  string // how much is said by nobody with a name, "" for nothing
	Articles []report
	Next     string // address of the articles after these, "" for none
	First    string // address of the page with everything, "" for this one
	Feeds    *feeds
}

func (p *outletPage) about() about { return about{name: "outlet", title: p.Name, feeds: p.Feeds} }

// quotedHere is a speaker with how much an outlet has of them.
type quotedHere struct {
	Who        link
	Statements link
	Words      string
	Each       string // words a statement
	Direct     string // share in quotation marks
	Periods    []string
}

// How much of an outlet a page shows.
const (
	shownQuoted    = 25
	articlesAtOnce = 30
	mostPeriods    = 12
)

// outlet shows an outlet, of all times or of a year.
func (s *Server) outlet(w http.ResponseWriter, r *http.Request) error {
	name, q := r.PathValue("outlet"), r.URL.Query()
	before, err := strconv.ParseInt(cmp.Or(q.Get("before"), "0"), 10, 64)
	if err != nil || before < 0 {
		return errNoPage
	}
	year, err := strconv.Atoi(cmp.Or(q.Get("year"), "0"))
	if err != nil || year < 0 || year > 9999 {
		return errNoPage
	}
	months, err := s.Store.OutletMonths(r.Context(), name)
	if err != nil {
		return err
	}
	if len(months) == 0 || name == "" {
		return store.ErrNotFound
	}
	articles := 0
	for _, m := range months {
		articles += m.Articles
	}
	state, err := s.lately(r.Context(), articles)
	if err != nil {
		return err
	}
	return s.showKept(w, r, fmt.Sprint("outlet ", year, before, name), state, func(ctx context.Context) (content, error) {
		p := &outletPage{Name: name, Feeds: feedsOf(addressOfOutlet(name), "")}
		if before > 0 {
			p.First = addressOfYear(name, year)
			return p, s.listArticlesOf(ctx, p, year, before)
		}
		return p, s.fillOutlet(ctx, p, year, months)
	})
}

// yearOf is from when to when a year is, both zero for all times.
func yearOf(year int) (from, until time.Time) {
	if year > 0 {
		from, until = time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(year+1, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return from, until
}

func addressOfYear(name string, year int) string {
	if year == 0 {
		return addressOfOutlet(name)
	}
	return addressOfOutlet(name) + "?" + url.Values{"year": {strconv.Itoa(year)}}.Encode()
}

func (s *Server) fillOutlet(ctx context.Context, p *outletPage, year int, months []store.Quoted) error {
	from, until := yearOf(year)
	quoting, err := s.Store.Quoting(ctx, p.Name, from, until, shownQuoted)
	if err != nil {
		return err
	}
	all, here := 0, 0
	p.Years = []choice{{link{"Newest", addressOfYear(p.Name, 0)}, year == 0}}
	for _, m := range slices.Backward(months) {
		all += m.Articles
		if m.Month.IsZero() {
			continue
		}
		if y := m.Month.Year(); y == year {
			here += m.Articles
		}
		if one := (choice{link{m.Month.Format("2006"), addressOfYear(p.Name, m.Month.Year())}, m.Month.Year() == year}); !slices.Contains(p.Years, one) {
			p.Years = append(p.Years, one)
		}
	}
	if year == 0 {
		here = all
	}
	first, last := months[0].Month, months[len(months)-1].Month
	p.Facts = []string{counted(all, "article", "articles")}
	if when := monthsFromTo(first, last); when != "" {
		p.Facts = append(p.Facts, when)
	}
	p.Over = counted(here, "article", "articles")
	if here > store.MaxQuoting {
		p.Over = "the newest " + counted(store.MaxQuoting, "article", "articles")
	}
	if year > 0 {
		p.Over += " of " + strconv.Itoa(year)
	}
	p.quote(quoting)
	return s.listArticlesOf(ctx, p, year, 0)
}

// quote fills in who is quoted, and how.
func (p *outletPage) quote(q store.Quoting) {
	var slots []slot
	var sum store.Quoted
	for _, m := range q.Months {
		sum.Statements, sum.Direct = sum.Statements+m.Statements, sum.Direct+m.Direct
		if !m.Month.IsZero() {
			slots = append(slots, slot{m.Month, []int{m.Direct, m.Statements - m.Direct}})
		}
	}
	p.Chart = newChart("Statements", "statement", "statements", []series{{"in quotation marks, at least in part", "quoted"}, {"without", "unquoted"}}, slots)
	if sum.Statements > 0 {
		p.Shares = fmt.Sprintf("%s of %s are in quotation marks, at least in part; %s are not.", percent(shareOf(sum.Direct, sum.Statements)),
			counted(sum.Statements, "statement", "statements"), percent(1-shareOf(sum.Direct, sum.Statements)))
	}
	if q.Unnamed.Statements > 0 {
		p.Unnamed = counted(q.Unnamed.Statements, "statement is", "statements are")
	}
	periods := newPeriods(slots)
	p.Periods, p.Unit = periods.names, periods.unit
	for _, who := range q.Speakers {
		one := quotedHere{
			Who: link{who.Name, addressOfSpeaker(who.Speaker, who.Name)}, Words: grouped(who.Words), Each: strconv.Itoa((who.Words + who.Statements/2) / max(who.Statements, 1)),
			Statements: link{grouped(who.Statements), addressOfSaid(who.Name, query.Filter{Field: query.Outlet, Value: plainValue(p.Name)})},
			Direct:     percent(shareOf(who.Direct, who.Statements)),
		}
		counts := make([]int, len(periods.names))
		for _, m := range who.Months {
			if i := periods.of(m.Month); i >= 0 {
				counts[i] += m.Statements
			}
		}
		for _, n := range counts {
			one.Periods = append(one.Periods, grouped(n))
		}
		p.Speakers = append(p.Speakers, one)
	}
}

// shareOf is a part of a whole, 0 where there is nothing.
func shareOf(n, of int) float64 { return float64(n) / float64(max(of, 1)) }

// periods are months, quarters or years, so that there are few.
type periods struct {
	first time.Time
	each  int // months
	names []string
	unit  string
}

func newPeriods(months []slot) periods {
	if len(months) == 0 {
		return periods{}
	}
	first, last := months[0].at, months[len(months)-1].at
	p := periods{each: 12, unit: "year"}
	for _, k := range []struct {
		each int
		unit string
	}{{1, "month"}, {3, "quarter"}} {
		if n := 12*(last.Year()-first.Year()) + int(last.Month()-first.Month()) + 1; n <= mostPeriods*k.each-k.each {
			p.each, p.unit = k.each, k.unit
			break
		}
	}
	p.first = time.Date(first.Year(), time.Month((int(first.Month())-1)/p.each*p.each+1), 1, 0, 0, 0, 0, time.UTC)
	for at := p.first; !at.After(last); at = at.AddDate(0, p.each, 0) {
		switch p.each {
		case 1:
			p.names = append(p.names, at.Format("Jan 06"))
		case 3:
			p.names = append(p.names, fmt.Sprintf("Q%d %s", int(at.Month())/3+1, at.Format("06")))
		default:
			p.names = append(p.names, at.Format("2006"))
		}
	}
	return p
}

// of is the number of the period of a month, -1 for none.
func (p periods) of(month time.Time) int {
	if month.IsZero() || p.each == 0 || month.Before(p.first) {
		return -1
	}
	i := (12*(month.Year()-p.first.Year()) + int(month.Month()-p.first.Month())) / p.each
	if i >= len(p.names) {
		return -1
	}
	return i
}

// listArticlesOf fills in the newest articles before one.
func (s *Server) listArticlesOf(ctx context.Context, p *outletPage, year int, before int64) error {
	from, until := yearOf(year)
	articles, err := s.Store.OutletArticles(ctx, p.Name, from, until, before, articlesAtOnce+1)
	if err != nil {
		return err
	}
	if len(articles) > articlesAtOnce {
		articles = articles[:articlesAtOnce]
		next := url.Values{"before": {strconv.FormatInt(articles[articlesAtOnce-1].Row, 10)}}
		if year > 0 {
			next.Set("year", strconv.Itoa(year))
		}
		p.Next = addressOfOutlet(p.Name) + "?" + next.Encode()
	}
	for _, a := range articles {
		p.Articles = append(p.Articles, newReport(a.Article, ""))
	}
	return nil
}
