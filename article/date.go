package article

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// ErrDate is wrapped by the error of ParseDate.
var ErrDate = errors.New("date not understood")

// machineDates are the layouts that programs write; those without a zone are
// read as UTC. Fractions of a second are accepted after every "05".
var machineDates = []struct {
	layout   string
	dateOnly bool
}{
	{time.RFC3339, false},
	{"2006-01-02", true},
	{"2006-01-02T15:04:05", false},
	{"2006-01-02T15:04:05Z0700", false},
	{"2006-01-02T15:04Z07:00", false},
	{"2006-01-02T15:04Z0700", false},
	{"2006-01-02T15:04", false},
	{"2006-01-02 15:04:05", false},
	{"2006-01-02 15:04:05Z07:00", false},
	{"2006-01-02 15:04:05 Z07:00", false},
	{"2006-01-02 15:04:05 -0700", false},
	{"2006-01-02 15:04:05 MST", false},
	{"2006-01-02 15:04", false},
	{"2006/01/02 15:04:05", false},
	{"2006/01/02", true},
	{"20060102T150405Z0700", false},
	{"20060102", true},
	{"02.01.2006", true},
	{"2.1.2006", true},
}

// The parts of the dates that people write, after tidyDate; every date can
// be followed or preceded by a time, and a time by a zone.
var (
	writtenDates = []string{"January 2 2006", "Jan 2 2006", "2 January 2006", "2 Jan 2006", "2-Jan-2006", "2-Jan-06"}
	writtenTimes = []string{"15:04:05", "15:04", "3:04PM", "3:04:05PM", "3PM"}
	writtenZones = []string{"", " -0700", " -07:00"}
)

// zones are the abbreviations that English-language news prints. Those that
// do not say whether it is summer ("ET") count as standard time.
var zones = map[string]string{
	"UTC": "+0000", "GMT": "+0000", "Z": "+0000", "BST": "+0100", "CET": "+0100", "CEST": "+0200",
	"EST": "-0500", "EDT": "-0400", "ET": "-0500", "CST": "-0600", "CDT": "-0500", "CT": "-0600",
	"MST": "-0700", "MDT": "-0600", "MT": "-0700", "PST": "-0800", "PDT": "-0700", "PT": "-0800",
}

// ParseDate reads a date, with or without a time of day, in the layouts that
// feeds, pages and people use: RFC 3339, RFC 1123, "2025-08-17T10:00-0400",
// "August 17, 2025", "17 Aug 2025 10:30 BST", "Sunday, Aug. 17, 2025 at 9:05
// a.m. EDT". The zone is kept; a time without one is UTC. dateOnly reports
// that no time of day was given. Dates that read differently in different
// countries ("08/09/2025") are not understood. Errors wrap ErrDate.
func ParseDate(s string) (t time.Time, dateOnly bool, err error) {
	given := s
	s = strings.TrimSpace(s)
	if len(s) > 100 { // no layout is as long; spares the work below
		return time.Time{}, false, fmt.Errorf("%w: %d characters", ErrDate, len(s))
	}
	for _, m := range machineDates {
		if t, ok := parseDate(m.layout, s); ok {
			return t, m.dateOnly, nil
		}
	}
	s = tidyDate(s)
	for _, date := range writtenDates {
		if t, ok := parseDate(date, s); ok {
			return t, true, nil
		}
		for _, clock := range writtenTimes {
			for _, zone := range writtenZones {
				for _, layout := range []string{date + " " + clock + zone, clock + zone + " " + date} {
					if t, ok := parseDate(layout, s); ok {
						return t, false, nil
					}
				}
			}
		}
	}
	// The C library's order: Sun Aug 17 10:30:00 EDT 2025.
	for _, zone := range writtenZones {
		if t, ok := parseDate("Jan 2 15:04:05"+zone+" 2006", s); ok {
			return t, false, nil
		}
	}
	return time.Time{}, false, fmt.Errorf("%w: %q", ErrDate, given)
}

// parseDate refuses years that only a placeholder has ("0001-01-01").
func parseDate(layout, s string) (time.Time, bool) {
	t, err := time.Parse(layout, s)
	return t, err == nil && t.Year() >= 1500 && t.Year() < 2500
}

// tidyDate brings a written date to "AUGUST 17 2025 9:05AM -0400": no
// weekday, punctuation, ordinal ending or named zone.
func tidyDate(s string) string {
	s, _, _ = strings.Cut(strings.ToUpper(s), " (") // "… GMT+0000 (Coordinated Universal Time)"
	s = strings.NewReplacer(",", " ", ".", "", "|", " ", " AT ", " ", " - ", " ").Replace(s)
	var out []string
	for i, f := range strings.Fields(s) {
		switch {
		case i == 0 && isWeekday(f):
		case f == "SEPT":
			out = append(out, "SEP")
		case (f == "AM" || f == "PM") && len(out) > 0:
			out[len(out)-1] += f
		case zones[f] != "":
			out = append(out, zones[f])
		default:
			f = strings.TrimPrefix(strings.TrimPrefix(f, "GMT"), "UTC") // "GMT+0200"
			if n := len(f) - 2; n > 0 && n <= 2 && f[0] >= '0' && f[0] <= '9' && strings.Contains("ST ND RD TH", f[n:]) {
				f = f[:n]
			}
			out = append(out, f)
		}
	}
	return strings.Join(out, " ")
}

// isWeekday accepts full names and abbreviations of three letters or more.
func isWeekday(s string) bool {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if len(s) >= 3 && strings.HasPrefix(strings.ToUpper(d.String()), s) {
			return true
		}
	}
	return false
}
