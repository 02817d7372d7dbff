package comparison

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"onrecord/attribution"
	"onrecord/english"
	"onrecord/lexicon"
	"onrecord/text"
)

// timeline orders what the articles date: their statements, and what they
// tell in their own voice. A month or year comes before the days in it.
func timeline(articles []*credited) []Event {
	var out []Event
	for _, r := range articles {
		out = append(out, r.datedStatements()...)
		out = append(out, r.datedEvents()...)
	}
	slices.SortStableFunc(out, func(a, b Event) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Article, b.Article), cmp.Compare(a.Passage.Start, b.Passage.Start), cmp.Compare(a.When.Start, b.When.Start))
	})
	return out
}

func (r *credited) datedStatements() []Event {
	var out []Event
	for i, s := range r.Statements {
		if s.Date == "" || len(s.When) == 0 {
			continue
		}
		at := s.CueHead
		if at < 0 {
			at = r.begins(i)
		}
		out = append(out, Event{Date: s.Date, Article: r.article, Statement: i, When: s.When[0], Passage: r.sentenceOf(at).Span})
	}
	return out
}

// datedEvents finds what an article says happened on a date, one event for
// each date of a sentence. Dates in anybody's words are left out, and those
// that say when somebody spoke.
func (r *credited) datedEvents() []Event {
	spoken := map[int]bool{} // tokens
	for _, s := range r.Statements {
		for t := range r.tokensIn(s.When...) {
			spoken[t] = true
		}
	}
	var out []Event
	for _, d := range attribution.Dates(r.Doc, r.Article.Published) {
		t := d.Tokens.First
		if r.firm[t] || r.quotation[t] >= 0 || spoken[t] {
			continue
		}
		sentence := r.sentenceOf(t)
		first, ok := datesEvent(r.Doc, d, sentence.Tokens)
		last := len(out) - 1
		if !ok || r.guessesYear(d) || last >= 0 && out[last].Date == d.Date && out[last].Passage == sentence.Span {
			continue
		}
		when := text.Span{Start: r.Doc.Tokens[first].Start, End: r.Doc.Tokens[d.Tokens.End-1].End}
		out = append(out, Event{Date: d.Date, Article: r.article, Statement: -1, When: when, Passage: sentence.Span})
	}
	return out
}

// datesEvent reports whether a date says when something took or takes place:
// not since when or until when, nor which one of several ("the 2016 law", "the
// Sunday shows"). It gives the first token of the date with its preposition.
func datesEvent(doc *english.Doc, d attribution.Dated, sentence text.Range) (first int, ok bool) {
	first = d.Tokens.First
	var before, after english.Token
	if first > sentence.First {
		before = doc.Tokens[first-1]
	}
	if d.Tokens.End < sentence.End {
		after = doc.Tokens[d.Tokens.End]
	}
	head := doc.Tokens[headOf(doc, d.Tokens)]
	toDay := len(d.Date) == len("2006-01-02")
	preposition := before.Tag == "IN" || before.Tag == "TO"
	if preposition {
		switch strings.ToLower(before.Form) {
		case "in", "on", "during", "at":
		case "for": // "is set for Tuesday"
			if !isScheduled(doc, head.Head) {
				return first, false
			}
		default:
			return first, false
		}
	}
	switch {
	case head.Head < 0:
		return first, false
	case after.Tag == "POS": // "Friday's meeting"
		return first, toDay
	case strings.HasPrefix(after.Tag, "NN") && head.Head >= d.Tokens.End: // "a Friday meeting", "the Nov. 8 vote"
		return first, toDay && (strings.EqualFold(before.Form, "a") || !preposition && d.Tokens.Len() > 1)
	case before.Tag == "DT" || before.Tag == "JJ" || before.Tag == "CC" && head.Label == "conj":
		return first, false // "every Friday", "between March and April"
	case d.Tokens.Len() == 1 && head.Form == d.Date && !preposition:
		return first, false // "(2012)"
	case preposition:
		first--
	}
	return first, true
}

// guessesYear reports whether the year of a date is not to be had from the
// text: with no verb to tell, "the primary on June 3" is in an article of
// December the last or the next.
func (r *Report) guessesYear(d attribution.Dated) bool {
	month := false
	for _, tok := range r.Doc.Tokens[d.Tokens.First:d.Tokens.End] {
		month = month || lexicon.Month(tok.Form) > 0
		if tok.Form == d.Date[:4] || strings.EqualFold(tok.Form, "last") {
			return false
		}
	}
	if h := r.Doc.Tokens[headOf(r.Doc, d.Tokens)].Head; !month || h < 0 || strings.HasPrefix(r.Doc.Tokens[h].Tag, "VB") {
		return false
	}
	return d.Date < r.Article.Published.AddDate(0, -6, 0).Format(time.DateOnly)
}

func isScheduled(doc *english.Doc, verb int) bool {
	if verb < 0 {
		return false
	}
	switch doc.Tokens[verb].Lemma {
	case "schedule", "set", "plan", "slate":
		return true
	}
	return false
}

// headOf is the token of a date that the rest of the sentence governs.
func headOf(doc *english.Doc, date text.Range) int {
	for t := date.First; t < date.End; t++ {
		if h := doc.Tokens[t].Head; h < date.First || h >= date.End {
			return t
		}
	}
	return date.First
}
