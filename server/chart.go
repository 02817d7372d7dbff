package server

import (
	"strconv"
	"time"
)

// chart is a column for each of a row of months or years. Places and sizes across
// are shares of whatever width there is, so that its words stay readable on a
// phone; those down are pixels.
type chart struct {
	Name    string   // "Statements by month"
	Series  []series // what the columns are made of, from below; more than one has a legend
	Columns []column
	Lines   []chartLine
	Ticks   []chartTick
	Rows    []chartRow // the same in numbers, those with anything
	Unit    string     // "Month"
}

type series struct{ Name, Class string }

type column struct {
	Name  string // "March 2026: 12 statements"
	X     string
	Width string
	Parts []columnPart
}

type columnPart struct{ Y, Height, Class string }

// chartLine is a line across, with what it stands for.
type chartLine struct{ Y, Text string }

// chartTick names a place below.
type chartTick struct{ X, Text string }

type chartRow struct {
	Name   string
	Values []string
}

// slot is a month or a year with what is counted in it, a number for each series.
type slot struct {
	at     time.Time
	counts []int
}

// The measures of a chart.
const (
	chartTop    = 16  // pixels above the highest column
	chartHeight = 130 // of it
	leastSlots  = 12
	mostSlots   = 150 // months; of more time, years are shown
	mostTicks   = 6   // years; months, whose names are longer, half as many
)

// newChart draws months with what is counted in each, in their order; nil of
// none.
func newChart(name, one, many string, parts []series, months []slot) *chart {
	if len(months) == 0 {
		return nil
	}
	months, next, unit, layout := months, nextMonth, "Month", "January 2006"
	if first, last := months[0].at, months[len(months)-1].at; 12*(last.Year()-first.Year()) > mostSlots {
		months, next, unit, layout = byYear(months), nextYear, "Year", "2006"
	}
	c := &chart{Name: name + " by " + map[string]string{"Month": "month", "Year": "year"}[unit], Series: parts, Unit: unit}
	highest := 0
	for _, m := range months {
		highest = max(highest, total(m.counts))
		row := chartRow{Name: m.at.Format(layout)}
		for _, n := range m.counts {
			row.Values = append(row.Values, grouped(n))
		}
		c.Rows = append(c.Rows, row)
	}
	all := continuous(months, next)
	top := round(highest)
	for i, m := range all {
		if n := total(m.counts); n > 0 {
			c.Columns = append(c.Columns, newColumn(m, i, len(all), top, parts, m.at.Format(layout)+": "+counted(n, one, many)))
		}
	}
	for _, n := range []int{top, top / 2, 0} {
		c.Lines = append(c.Lines, chartLine{strconv.Itoa(chartTop + chartHeight - chartHeight*n/max(top, 1)), grouped(n)})
	}
	c.Ticks = ticks(all, unit)
	return c
}

func newColumn(m slot, i, of, top int, parts []series, name string) column {
	out := column{Name: name, X: share(float64(i)+.1, of), Width: share(.8, of)}
	sum := 0
	for k, n := range m.counts {
		if n == 0 {
			continue
		}
		below := float64(chartHeight) * float64(sum) / float64(top)
		height := float64(chartHeight) * float64(n) / float64(top)
		out.Parts = append(out.Parts, columnPart{Y: pixels(chartTop + chartHeight - below - height), Height: pixels(height), Class: parts[k].Class})
		sum += n
	}
	return out
}

// continuous puts the empty slots in between, and before until there are enough
// for columns not to be too wide.
func continuous(some []slot, next func(time.Time, int) time.Time) (out []slot) {
	first, last := some[0].at, some[len(some)-1].at
	if least := next(last, 1-leastSlots); first.After(least) {
		first = least
	}
	for at := first; !at.After(last); at = next(at, 1) {
		one := slot{at: at}
		if some[0].at.Equal(at) {
			one, some = some[0], some[1:]
		}
		out = append(out, one)
	}
	return out
}

func nextMonth(t time.Time, n int) time.Time { return t.AddDate(0, n, 0) }

func nextYear(t time.Time, n int) time.Time { return t.AddDate(n, 0, 0) }

// byYear adds months up.
func byYear(months []slot) (out []slot) {
	for _, m := range months {
		year := time.Date(m.at.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
		if k := len(out); k == 0 || !out[k-1].at.Equal(year) {
			out = append(out, slot{year, make([]int, len(m.counts))})
		}
		for i, n := range m.counts {
			out[len(out)-1].counts[i] += n
		}
	}
	return out
}

// ticks name the first slot of some years or, where there are few months, some
// of these.
func ticks(all []slot, unit string) (out []chartTick) {
	most, layout, begins := mostTicks, "2006", func(m slot) bool { return unit == "Year" || m.at.Month() == time.January }
	if unit == "Month" && len(all) <= 24 {
		most, layout, begins = mostTicks/2, "Jan 2006", func(slot) bool { return true }
	}
	var at []int
	for i, m := range all {
		if begins(m) {
			at = append(at, i)
		}
	}
	every := (len(at) + most - 1) / most
	for k := 0; k < len(at); k += every {
		if x := float64(at[k]); x/float64(len(all)) < .9 { // or it would not fit
			out = append(out, chartTick{share(x+.1, len(all)), all[at[k]].at.Format(layout)})
		}
	}
	return out
}

// round is the least of 2, 4, 6, 8, 10, 12, 16, 20, 40 … that is enough: its half
// is round too.
func round(n int) int {
	for unit := 1; ; unit *= 10 {
		for _, k := range []int{2, 4, 6, 8, 10, 12, 16} {
			if n <= k*unit {
				return k * unit
			}
		}
	}
}

func total(counts []int) (sum int) {
	for _, n := range counts {
		sum += n
	}
	return sum
}

func share(n float64, of int) string { return strconv.FormatFloat(100*n/float64(of), 'f', 2, 64) + "%" }

func pixels(n float64) string { return strconv.FormatFloat(n, 'f', 1, 64) }
