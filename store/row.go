package store

import "time"

// A row of article or statement is the day of publication, counted from the
// year 1, and a number that counts up within the day. So rows are in the order
// of publication, whatever the order of arrival: the newest of a million are
// found without sorting them, and a range of dates is a range of rows.
// Articles without a date have the rows of day 0.
const rowsPerDay = 1 << 28

var dayOne = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)

// day numbers the days from the year 1; 0 is an unknown or an impossible one.
func day(published time.Time) int64 {
	if published.IsZero() {
		return 0
	}
	// Unix seconds, as a Duration cannot hold two thousand years.
	return max(0, 1+(published.Unix()-dayOne.Unix())/(24*60*60))
}

// firstRow is the first row of a day.
func firstRow(day int64) int64 { return day * rowsPerDay }

// dayAt is a day by its number; the zero time for an unknown one.
func dayAt(day int64) time.Time {
	if day == 0 {
		return time.Time{}
	}
	return dayOne.AddDate(0, 0, int(day-1))
}
