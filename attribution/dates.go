package attribution

import (
	"strings"
	"time"

	"onrecord/english"
	"onrecord/text"
)

// Dated is a date that a text names.
type Dated struct {
	Tokens text.Range // into Doc.Tokens: "Aug. 3, 2015", "last month"; without a preposition
	Date   string     // "2015-08-03", "2015-07" or "2015"
}

// longestDate is how many tokens the longest date may have ("early Monday
// morning, the 3rd of August, 2015").
const longestDate = 12

// Dates finds the dates that a document names, in order, wherever they stand.
// They are resolved against published, as those of statements are; what does
// not come to a date ("the day before") is left out.
func Dates(doc *english.Doc, published time.Time) []Dated {
	d := &describer{doc: doc, published: published}
	var out []Dated
	for _, sentence := range doc.Sentences {
		for t := sentence.Tokens.First; t < sentence.Tokens.End; t++ {
			s := &scene{describer: d, zone: text.Range{First: sentence.Tokens.First, End: min(sentence.Tokens.End, t+longestDate)}}
			w, end := s.dateAt(t)
			if end <= t {
				continue
			}
			if date := w.resolve(published, d.isAhead(t, end)); date != "" && !inName(doc, t, end) {
				out = append(out, Dated{text.Range{First: t, End: end}, date})
			}
			t = end - 1
		}
	}
	return out
}

// inName reports whether the date in tokens first to end belongs to somebody's
// or something's name ("Theresa May", "Black Friday").
func inName(doc *english.Doc, first, end int) bool {
	for _, w := range doc.Tokens[first:end] {
		switch w.Name {
		case "PERSON", "ORGANIZATION", "LOCATION", "MISC":
			return true
		}
	}
	if first == 0 {
		return false
	}
	before := doc.Tokens[first-1]
	return isCapital(before.Form) && before.Head >= first && before.Head < end
}

// isAhead reports whether what the date in tokens first to end dates is still
// to come, by the verb above it ("will meet Tuesday", "returns Tuesday", "is
// expected to return Tuesday").
func (d *describer) isAhead(first, end int) bool {
	for t, steps := first, 0; t >= 0 && steps < reach; t, steps = d.doc.Tokens[t].Head, steps+1 {
		verb := d.doc.Tokens[t]
		if t >= first && t < end {
			continue
		}
		if verb.Lemma == "plan" || verb.Lemma == "due" && d.isPredicate(t) { // "plans for a meeting Tuesday", "is due to meet Tuesday"
			return true
		}
		if !strings.HasPrefix(verb.Tag, "VB") {
			continue
		}
		switch verb.Lemma {
		case "expect", "schedule", "set", "slate", "will":
			return true
		}
		finite := verb.Tag != "VB"
		perfect, modal, now := false, false, verb.Tag == "VBZ" || verb.Tag == "VBP"
		for _, c := range d.children(t) {
			a := d.doc.Tokens[c]
			finite = finite && a.Tag != "TO" // "to" is no auxiliary of a passive ("to be charged")
			if strings.HasPrefix(a.Label, "aux") {
				perfect = perfect || a.Lemma == "have"
				modal = modal || a.Tag == "MD"
				now = now || verb.Tag == "VBG" && (a.Tag == "VBZ" || a.Tag == "VBP")
			}
		}
		if modal || finite {
			return !perfect && (modal || now)
		}
	}
	return false
}

// isPredicate reports whether token t is what a form of "be" says of somebody:
// "is due", but not "called off due to rain".
func (d *describer) isPredicate(t int) bool {
	for _, c := range d.children(t) {
		if d.doc.Tokens[c].Label == "cop" {
			return true
		}
	}
	return false
}
