package attribution

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"onrecord/english"
	"onrecord/lexicon"
	"onrecord/text"
)

// when finds the words that date the statement, with their preposition, and
// what they come to. Of several the nearest to the cue counts.
func (s *scene) when() ([]text.Span, string) {
	bestFirst, bestEnd, bestGap := -1, -1, 0
	var best dateWords
	for t := s.zone.First; t < s.zone.End; t++ {
		if s.quoted(t) {
			continue
		}
		if isMark(s.doc.Tokens[t].Form) {
			t = max(t, s.nameRun(t).End-1) // a title has no dates
			continue
		}
		w, end := s.dateAt(t)
		if end <= t {
			continue
		}
		first := t
		if end == s.zone.End || !isNoun(s.doc.Tokens[end]) && s.doc.Tokens[end].Tag != "POS" {
			first = s.withPreposition(t)
		}
		if gap := max(s.head-end, first-s.head); bestFirst < 0 || gap < bestGap {
			if s.dates(t, first, end, w) {
				bestFirst, bestEnd, bestGap, best = first, end, gap, w
			}
		}
		t = end - 1
	}
	if bestFirst < 0 {
		return nil, ""
	}
	span := text.Span{Start: s.doc.Tokens[bestFirst].Start, End: s.doc.Tokens[bestEnd-1].End}
	return []text.Span{span}, best.resolve(s.published, s.ahead())
}

// dates reports whether the date in tokens t to end, with its preposition
// from first on, says when the cue's act took place.
func (s *scene) dates(t, first, end int, w dateWords) bool {
	if first < t {
		switch strings.ToLower(s.doc.Tokens[first].Form) {
		case "in", "on", "at", "during", "from", "as", "by":
		default:
			return false
		}
	}
	for i := t; i < end; i++ {
		if s.quoted(i) {
			return false
		}
	}
	if s.beside(first, end) && (!w.bareYear() || first < t) {
		return true
	}
	for i := t; i < end; i++ {
		if h := s.doc.Tokens[i].Head; h < t || h >= end {
			return s.hangs(i)
		}
	}
	return false
}

// withPreposition is the first token of what leads to a date: "as early as",
// "late on", "in".
func (s *scene) withPreposition(t int) int {
	if t == s.zone.First {
		return t
	}
	prev := s.doc.Tokens[t-1]
	if prev.Tag != "IN" && prev.Tag != "TO" || s.quoted(t-1) || isParticle(prev) {
		return t
	}
	if strings.EqualFold(prev.Form, "as") && t-3 >= s.zone.First && strings.EqualFold(s.doc.Tokens[t-3].Form, "as") {
		return t - 3
	}
	return t - 1
}

// isParticle reports whether a token that is tagged as a preposition belongs
// to the verb before it ("spoke out Tuesday") or opens a clause.
func isParticle(t english.Token) bool {
	switch strings.ToLower(t.Form) {
	case "out", "up", "off", "down", "back", "that":
		return true
	}
	return false
}

// ahead reports whether the act is still to come.
func (s *scene) ahead() bool {
	for _, a := range s.anchors {
		switch s.doc.Tokens[a].Lemma {
		case "expect", "schedule", "plan", "will":
			return true
		}
		for _, c := range s.children(a) {
			if t := s.doc.Tokens[c]; t.Label == "aux" && (t.Lemma == "will" || t.Lemma == "'ll" || t.Lemma == "shall") {
				return true
			}
		}
	}
	return false
}

// dateWords is what the words of a date say; a zero part is not said.
type dateWords struct {
	year, day int
	month     time.Month
	weekday   int    // 1 for Sunday to 7
	shift     int    // in units: -1 for "last month", 0 for "this month"
	unit      string // "day", "week", "month", "year"; "" if the date is not relative
	which     string // "last", "this", "next" before a weekday or month
	vague     bool   // relative to something else: "the same day"
	after     bool   // ends in "before" or "after", which may open a clause
}

func (w dateWords) bareYear() bool { return w.year > 0 && w.month == 0 && w.unit == "" }

// dateAt reads the longest date that starts at token t; end is t if none does.
func (s *scene) dateAt(t int) (w dateWords, end int) {
	words := s.doc.Tokens[t:s.zone.End]
	if t > s.zone.First {
		switch before := s.doc.Tokens[t-1].Form; words[0].Form {
		case "last", "past":
			if before == "the" {
				return w, t // "the last year" runs up to now
			}
		case "Today", "TODAY", "Tonight":
			return w, t // part of an outlet's or programme's name
		}
	}
	n := readDate(words, &w)
	if w.after && n < len(words) && !endsClause(words[n]) {
		return w, t // "the day before the vote": not relative to the article
	}
	return w, t + n
}

// ReadDate reads the date that tokens start with: how many of them it takes, 0
// if there is none, and what it comes to, looking back from published; "" where
// the words do not fix it.
func ReadDate(tokens []english.Token, published time.Time) (date string, n int) {
	var w dateWords
	if n = readDate(tokens, &w); n == 0 {
		return "", 0
	}
	return w.resolve(published, false), n
}

func readDate(words []english.Token, w *dateWords) int {
	if len(words) == 0 {
		return 0
	}
	word := func(i int) string {
		if i >= len(words) {
			return ""
		}
		return strings.TrimSuffix(strings.ToLower(words[i].Form), ".")
	}
	switch word(0) {
	case "early", "earlier", "late", "later", "mid":
		if n := readDate(words[1:], w); n > 0 {
			return n + 1
		}
		return 0
	case "yesterday", "tomorrow", "today", "tonight":
		w.unit = "day"
		w.shift = map[string]int{"yesterday": -1, "tomorrow": 1}[word(0)]
		if dayPart(word(1)) {
			return 2
		}
		return 1
	case "this", "last", "next", "past":
		return readWhich(words, word, w)
	case "the":
		if n := readVague(word); n > 0 {
			w.vague, w.after = true, n == 3
			return n
		}
		return 0
	}
	if n := readAgo(word, w); n > 0 {
		return n
	}
	if d := weekday(words[0]); d > 0 {
		w.weekday = d
		n := 1
		if dayPart(word(n)) {
			n++
		}
		skip := n
		if word(skip) == "," {
			skip++
		}
		if skip < len(words) {
			if m := readMonth(words[skip:], w); m > 0 && w.day > 0 {
				return skip + m
			}
		}
		w.month, w.year, w.day = 0, 0, 0
		return n
	}
	if n := readMonth(words, w); n > 0 {
		return n
	}
	if y := yearOf(word(0)); y > 0 && !isProper(words[0]) {
		w.year = y
		return 1
	}
	return readNumeric(word(0), w)
}

// readWhich reads "last month", "this week", "next Monday", "last June".
func readWhich(words []english.Token, word func(int) string, w *dateWords) int {
	which := word(0)
	shift := map[string]int{"last": -1, "past": -1, "next": 1}[which]
	switch u := word(1); u {
	case "week", "weekend", "month", "year", "day":
		if isCapital(words[1].Form) {
			return 0 // a programme's name
		}
		w.vague = which == "past"
		w.unit, w.shift = strings.TrimSuffix(u, "end"), shift
		return 2
	case "morning", "afternoon", "evening", "night":
		w.unit, w.shift = "day", shift
		return 2
	case "spring", "summer", "fall", "autumn", "winter":
		w.vague = true
		return 2
	}
	if len(words) < 2 {
		return 0
	}
	if d := weekday(words[1]); d > 0 {
		w.weekday, w.which = d, which
		if dayPart(word(2)) {
			return 3
		}
		return 2
	}
	if m := monthOf(words[1]); m > 0 {
		w.month, w.which = m, which
		return 2
	}
	return 0
}

// readVague reads "the same day", "the next day", "the day before".
func readVague(word func(int) string) int {
	switch word(1) {
	case "same", "next", "previous", "following":
		switch word(2) {
		case "day", "week", "month", "year", "morning", "evening", "night":
			return 3
		}
	case "day", "week", "month", "year":
		switch word(2) {
		case "before", "earlier", "after", "later":
			return 3
		}
	}
	return 0
}

// readAgo reads "two days ago", "a year earlier".
func readAgo(word func(int) string, w *dateWords) int {
	unit := strings.TrimSuffix(word(1), "s")
	switch unit {
	case "day", "week", "month", "year":
	default:
		return 0
	}
	count := lexicon.Cardinal(word(0))
	switch word(0) {
	case "several", "few", "some":
		count = 0
	default:
		if count == 0 {
			return 0
		}
	}
	switch word(2) {
	case "ago":
		w.unit, w.shift = unit, -count
		w.vague = count == 0
	case "earlier", "later", "before", "after":
		w.vague, w.after = true, true
	default:
		return 0
	}
	return 3
}

// readMonth reads "Aug. 3, 2015", "August 2015", "3 August" and "mid-August".
func readMonth(words []english.Token, w *dateWords) int {
	form := func(i int) string {
		if i >= len(words) {
			return ""
		}
		return words[i].Form
	}
	n := 0
	if d := dayOf(form(0)); d > 0 && len(words) > 1 && monthOf(words[1]) > 0 {
		w.day, n = d, 1
	}
	m := monthOf(words[n])
	if m == 0 {
		return 0
	}
	w.month = m
	n++
	if d := dayOf(form(n)); w.day == 0 && d > 0 {
		w.day = d
		n++
	}
	skip := n
	if f := form(skip); f == "," || f == "of" {
		skip++
	}
	if y := yearOf(form(skip)); y > 0 {
		w.year = y
		return skip + 1
	}
	return n
}

// readNumeric reads "2015-08-03" and "8/3/2015", month first.
func readNumeric(word string, w *dateWords) int {
	for _, layout := range []string{"2006-01-02", "1/2/2006"} {
		if at, err := time.Parse(layout, word); err == nil {
			w.year, w.month, w.day = at.Year(), at.Month(), at.Day()
			return 1
		}
	}
	return 0
}

// endsClause reports whether a token can follow a date that stands for itself.
func endsClause(t english.Token) bool {
	return strings.HasPrefix(t.Tag, "VB") || t.Tag == "IN" || t.Tag == "CC" || strings.ContainsAny(t.Form, ",.;:\"-)")
}

func dayPart(w string) bool {
	return w == "morning" || w == "afternoon" || w == "evening" || w == "night"
}

func weekday(t english.Token) int {
	if !isCapital(t.Form) {
		return 0
	}
	return lexicon.Weekday(t.Form)
}

func monthOf(t english.Token) time.Month {
	form := t.Form
	if len(form) > 4 && strings.EqualFold(form[:4], "mid-") {
		form = form[4:]
	}
	if !isCapital(form) || t.Tag == "MD" || strings.HasPrefix(t.Tag, "VB") {
		return 0
	}
	return time.Month(lexicon.Month(form))
}

func dayOf(form string) int {
	d, err := strconv.Atoi(strings.TrimRight(form, "stndrh"))
	if err != nil || d < 1 || d > 31 {
		return 0
	}
	return d
}

func yearOf(form string) int {
	y, err := strconv.Atoi(form)
	if err != nil || y < 1800 || y > 2100 || len(form) != 4 {
		return 0
	}
	return y
}

// resolve is the date in ISO 8601 with the precision that the words have, ""
// where they do not fix one. A weekday, a day of a month and a month are the
// latest not after published, as the news uses them, or the next if ahead.
func (w dateWords) resolve(published time.Time, ahead bool) string {
	switch {
	case w.vague:
		return ""
	case w.unit == "" && w.year > 0:
		return iso(w.year, w.month, w.day)
	case published.IsZero():
		return ""
	}
	year, month, day := published.Date()
	today := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if w.which == "next" {
		ahead = true
	}
	switch {
	case w.unit == "day":
		return today.AddDate(0, 0, w.shift).Format(time.DateOnly)
	case w.unit == "month":
		return time.Date(year, month+time.Month(w.shift), 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
	case w.unit == "year":
		return iso(year+w.shift, 0, 0)
	case w.month > 0 && w.day > 0:
		return nearest(today, ahead, func(y int) time.Time { return time.Date(y, w.month, w.day, 0, 0, 0, 0, time.UTC) }).Format(time.DateOnly)
	case w.month > 0:
		if w.which == "last" && w.month == month {
			return iso(year-1, w.month, 0)
		}
		if !ahead && w.month > month && w.which != "this" {
			year--
		} else if ahead && (w.month < month || w.which == "next" && w.month == month) {
			year++
		}
		return iso(year, w.month, 0)
	case w.weekday > 0:
		back := (int(today.Weekday()) - (w.weekday - 1) + 7) % 7
		switch {
		case ahead && (back > 0 || w.which == "next"):
			back -= 7
		case w.which == "last" && back == 0:
			back = 7
		}
		return today.AddDate(0, 0, -back).Format(time.DateOnly)
	}
	return ""
}

// slack is how many days a day of the month may lie after the published date
// and still mean this year's: outlets date by their own time zone.
const slack = 2

func nearest(today time.Time, ahead bool, day func(year int) time.Time) time.Time {
	this := day(today.Year())
	switch {
	case !ahead && this.After(today.AddDate(0, 0, slack)):
		return day(today.Year() - 1)
	case ahead && this.Before(today):
		return day(today.Year() + 1)
	}
	return this
}

func iso(year int, month time.Month, day int) string {
	switch {
	case month == 0:
		return fmt.Sprintf("%04d", year)
	case day == 0:
		return fmt.Sprintf("%04d-%02d", year, month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
}
