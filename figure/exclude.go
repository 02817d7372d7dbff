package figure

import (
	"math"
	"strings"

	"onrecord/lexicon"
)

// excluded reports whether a quantity is none that a reader would look up: a
// date, an age, a part of a name, or a count of what is known already.
func (f *finder) excluded(q *quantity) bool {
	if q.class == "time" || q.class == "night" {
		return f.relative(q) || f.aged(q)
	}
	switch {
	case q.unit == "point" && q.value == 1: // "at one point"
		return true
	case q.unit == share && q.bound == Exact && f.low(q.first) == "half" && q.end == q.first+1 && (f.tag(q.first-1, "JJ") != "" || f.tag(q.first-1, "DT") != ""):
		return true // "the second half of the year"
	case q.unit != "":
		return false
	}
	return f.dated(q) || f.aged(q) || f.named(q) || f.known(q)
}

// relative reports whether a stretch of time only says when something is:
// "two days ago", "the last 12 months".
func (f *finder) relative(q *quantity) bool {
	switch f.low(q.end) {
	case "ago", "earlier", "later", "before", "after", "prior", "hence", "from", "since":
		return true
	case "old":
		return true
	case "of":
		if f.low(q.end+1) == "age" {
			return true
		}
	}
	switch f.low(q.first - 1) {
	case "last", "past", "next", "first", "coming", "previous", "final", "recent", "these", "those", "every":
		return true
	}
	return f.low(q.first) == "one" && q.unit != "year" && q.unit != "month" && q.unit != "hour" // "one day"
}

// dated reports whether a number is a year, a day or a time of day.
func (f *finder) dated(q *quantity) bool {
	t := f.doc.Tokens[q.end-1]
	if q.plain && 1500 <= q.value && q.value < 2100 && q.bound == Exact {
		plural := t.Label == "nummod" && t.Head == q.end && f.tag(q.end, "NNS") != ""
		if !plural || q.value >= 1900 && math.Mod(q.value, 100) != 0 {
			return true
		}
	}
	if t.Name == "DATE" || t.Name == "TIME" {
		return true
	}
	for _, i := range []int{q.first - 1, q.end} {
		if i >= f.first && i < f.end && lexicon.Month(f.doc.Tokens[i].Form) > 0 && f.tag(i, "NNP") != "" && q.value <= 31 {
			return true
		}
	}
	switch f.low(q.end) {
	case "a.m.", "p.m.", "am", "pm", "o'clock", "noon", "et", "est", "gmt", "a.m", "p.m", "bc", "ad":
		return true
	case "-":
		return q.plain && f.touches(q.end-1) // a score or a phone number
	}
	return f.low(q.first-1) == "at" && q.value <= 12 && q.end < f.end && f.tag(q.end, "NN") == "" && f.tag(q.end, "JJ") == ""
}

// maxAge is more than anybody's age.
const maxAge = 120

// aged reports whether a number is somebody's age.
func (f *finder) aged(q *quantity) bool {
	if q.value > maxAge {
		return false
	}
	switch f.low(q.first - 1) {
	case "age", "aged", "ages", "turned", "turning", "turns":
		return true
	case "now":
		return q.plain && f.low(q.end) == ","
	case "at":
		if h := f.doc.Tokens[q.end-1].Head; f.inside(h) && f.doc.Tokens[h].Lemma == "die" && q.unit == "" {
			return true
		}
	case "of":
		if f.low(q.first-2) == "age" || f.low(q.first-2) == "ages" {
			return true
		}
	case ",", "(":
		if after := f.low(q.end); q.plain && (after == "," || after == "." || after == ")" || after == ";") && q.first-2 >= f.first {
			before := f.doc.Tokens[q.first-2]
			return before.Name == "PERSON" || strings.HasPrefix(before.Tag, "NN") && q.value > 12 && f.doc.Tokens[q.first].Head <= q.first-2
		}
	case "under", "over", "than":
		return q.unit == "" && f.people(q.first-2)
	}
	if q.unit == "" && f.low(q.end) == "and" {
		switch f.low(q.end + 1) {
		case "older", "over", "up", "under", "younger":
			return true
		}
	}
	return q.unit == "" && q.plain && f.tag(q.first-1, "NNS") != "" && f.tag(q.end, "NN") == "" && f.tag(q.end, "JJ") == "" && f.tag(q.end, "VB") == ""
}

// people reports whether token i is a word that ages are said of: "children
// under 12", "anyone over 65".
func (f *finder) people(i int) bool {
	for ; i >= f.first && (f.low(i) == "more" || f.low(i) == "less" || f.low(i) == "younger" || f.low(i) == "older"); i-- {
		if f.low(i) == "younger" || f.low(i) == "older" {
			return true
		}
	}
	switch f.low(i) {
	case "children", "child", "adults", "people", "anyone", "those", "voters", "women", "men", "kids", "minors", "americans", "citizens", "everyone", "workers", "boys", "girls", "students":
		return true
	}
	return false
}

// designators are nouns that a number names one of.
var designators = map[string]bool{
	"no.": true, "nos.": true, "number": true, "page": true, "chapter": true, "section": true, "article": true, "room": true, "route": true,
	"line": true, "phase": true, "level": true, "day": true, "grade": true, "class": true, "type": true, "flight": true, "channel": true,
	"highway": true, "gate": true, "verse": true, "version": true, "step": true, "district": true, "ward": true, "precinct": true, "item": true,
	"question": true, "amendment": true, "proposition": true, "measure": true, "formula": true, "group": true, "title": true, "round": true,
	"week": true, "year": true, "case": true, "count": true, "pier": true, "terminal": true, "platform": true, "bus": true, "unit": true,
	"area": true, "zone": true, "tier": true, "category": true, "stage": true, "game": true, "episode": true, "season": true, "volume": true,
	"act": true, "rule": true, "order": true, "form": true, "exhibit": true, "paragraph": true, "interstate": true, "apartment": true, "suite": true,
	"building": true, "box": true, "bill": true, "world": true, "war": true, "top": true,
}

// mass are nouns that are counted without an "s".
var mass = map[string]bool{
	"aircraft": true, "personnel": true, "staff": true, "police": true, "clergy": true, "crew": true, "people": true, "percent": true,
	"total": true, "dead": true, "wounded": true, "injured": true, "spacecraft": true, "head": true, "cattle": true, "deer": true, "fish": true,
}

// named reports whether a number belongs to a name or tells one of several
// things from the others.
func (f *finder) named(q *quantity) bool {
	t := f.doc.Tokens[q.end-1]
	switch t.Name {
	case "PERSON", "ORGANIZATION", "LOCATION", "MISC", "ORDINAL":
		if q.compound == "" && (t.Tag != "CD" || q.words) {
			return true
		}
	}
	if q.first > f.first {
		before := f.doc.Tokens[q.first-1]
		proper := strings.HasPrefix(before.Tag, "NNP")
		counts := t.Head >= q.end && f.tag(t.Head, "NNS") != "" // "of building 152 homes"
		if q.bound == Exact && !counts && (designators[strings.ToLower(before.Form)] || proper && t.Head == q.first-1) {
			return true
		}
		if proper && q.plain && q.bound == Exact && !f.counts(q.end) || proper && q.plain && f.tag(q.end, "NNP") != "" && f.tag(q.end, "NNPS") == "" {
			return true // "Radio 970 The Coast", "Ketch 30 Mark II"
		}
		if before.Form == "#" || before.Form == "/" || before.Form == ":" && q.plain && f.tag(q.end, "NN") == "" && f.tag(q.end, "JJ") == "" || before.Form == "-" && f.touches(q.first-1) && f.touches(q.first-2) {
			return true
		}
	}
	if q.end < f.end && f.touches(q.end-1) && (f.doc.Tokens[q.end].Form == "/" || f.doc.Tokens[q.end].Form == ")" && f.low(q.first-1) != "(") && q.plain {
		return true
	}
	if q.first == f.first && q.end < f.end && q.value < 100 && f.doc.Tokens[q.end].Form == "." && q.end+1 < f.end {
		return true // the number of a list's item
	}
	if h := t.Head; h >= q.end && h < f.end && q.compound == "" && !q.words && q.scale == 1 && q.bound == Exact {
		switch tag := f.doc.Tokens[h].Tag; {
		case tag == "NNP", tag == "NN" && h == q.end && f.tag(h+1, "NN") == "" && f.tag(h+1, "JJ") == "" && !mass[f.doc.Tokens[h].Lemma]:
			return true // "1600 Main Street", "his 757 jet"
		}
	}
	if f.tag(q.end, "POS") != "" {
		return true
	}
	after := q.end < f.end && strings.HasPrefix(f.doc.Tokens[q.end].Tag, "NNP")
	if q.words && after && q.first > f.first && isUpper(f.doc.Tokens[q.first].Form) {
		return true // "Three Rivers"
	}
	return false
}

func isUpper(form string) bool { return form != "" && 'A' <= form[0] && form[0] <= 'Z' }

// maxKnown is the most things that "those" points to rather than counts.
const maxKnown = 12

// known reports whether a number counts what is introduced already, or counts
// nothing: "the two leaders", "one of them".
func (f *finder) known(q *quantity) bool {
	if first := f.low(q.first); first == "twice" || first == "thrice" {
		return false
	}
	before := f.low(q.first - 1)
	switch {
	case q.value == 0:
		return true
	case q.value == 1 && q.scale == 1:
		only := q.bound != Exact || before == "only" || before == "just" || before == "exactly"
		return !only || f.tag(q.end, "NN") == "" && f.tag(q.end+1, "NN") == "" || idle[f.low(q.end)]
	case (before == "the" || before == "a" || before == "an") && q.plain && !f.counts(q.end):
		return true // "the 757"
	case q.value > maxKnown || q.bound != Exact || q.compound != "":
		return false
	}
	if q.value == 2 && f.introduced(q) {
		return true
	}
	switch before {
	case "these", "those", "other", "both", "this", "that", "any", "every", "first", "last", "next", "top", "past", "final", "present":
		return true
	case "the", "all", "another", "its", "their", "his", "her", "'s", "’s":
		if q.value <= 2 { // a guide's line: two leaders are known, eleven are counted
			return true
		}
		return !f.counts(q.end)
	}
	return false
}

// counts reports whether token i goes on with what a number counts.
func (f *finder) counts(i int) bool {
	switch f.low(i) {
	case "of", "who", "that", "or", "to", "and":
		return true
	}
	return f.tag(i, "NN") != "" || f.tag(i, "JJ") != "" || f.tag(i, "VBG") != "" || f.tag(i, "VBN") != "" || f.tag(i, "RB") != ""
}

// introduced reports whether the sentence names the things counted: "two boats
// named Ada and Ida", "Lund and Orth, two of the pilots".
func (f *finder) introduced(q *quantity) bool {
	h := f.doc.Tokens[q.end-1].Head
	if !f.inside(h) {
		return false
	}
	switch f.low(h + 1) {
	case "named", "called", "nicknamed":
		return true
	case ",", ":", "--", "—", "–", "(":
		for i := h + 2; i < min(f.end, h+namesReach); i++ {
			t := f.doc.Tokens[i]
			if t.Label == "compound" {
				t = f.doc.Tokens[t.Head]
			}
			if t.Name == "PERSON" {
				return t.Label != "nsubj" // "two boats, Quill said"
			} else if t.Label == "punct" || strings.HasPrefix(t.Tag, "VB") {
				break
			}
		}
	}
	to := f.doc.Tokens[h].Head
	return f.doc.Tokens[h].Label == "appos" && f.inside(to) && to < h && f.tag(to, "NNP") != ""
}

// namesReach is how far behind a noun its names begin, in tokens.
const namesReach = 7

// idle are nouns that "only one" says nothing of.
var idle = map[string]bool{"way": true, "thing": true, "reason": true, "time": true, "day": true, "part": true, "side": true, "problem": true, "question": true, "more": true}

// voteWords are lemmas beside which "5-4" is a count of votes.
var voteWords = map[string]bool{
	"vote": true, "ruling": true, "rule": true, "decision": true, "decide": true, "majority": true, "pass": true, "approve": true,
	"reject": true, "confirm": true, "defeat": true, "split": true, "uphold": true, "verdict": true, "tally": true, "ballot": true,
	"strike": true, "opinion": true, "party-line": true, "override": true, "margin": true, "side": true,
}

// voting reports whether the sentence speaks of a vote.
func (f *finder) voting() bool {
	if f.votes == unknown {
		f.votes = no
		for i := f.first; i < f.end; i++ {
			if voteWords[f.doc.Tokens[i].Lemma] {
				f.votes = yes
				break
			}
		}
	}
	return f.votes == yes
}
