package comparison

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"onrecord/attribution"
	"onrecord/english"
	"onrecord/text"
)

// timeline orders what the articles date: their statements, and what they
// tell in their own voice. A month or year comes before the days in it.
func timeline(c *Comparison) []Event {
	var out []Event
	for a := range c.Reports {
		out = append(out, c.datedStatements(a)...)
		out = append(out, c.datedEvents(a)...)
	}
	slices.SortStableFunc(out, func(a, b Event) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Article, b.Article), cmp.Compare(a.Passage.Start, b.Passage.Start), cmp.Compare(a.When.Start, b.When.Start))
	})
	return out
}

func (c *Comparison) datedStatements(a int) []Event {
	r := &c.Reports[a]
	var out []Event
	for i, s := range r.Statements {
		if s.Date == "" || len(s.When) == 0 {
			continue
		}
		at := s.When[0].Start
		if s.CueHead >= 0 {
			at = r.Doc.Tokens[s.CueHead].Start
		} else if len(s.Content) > 0 {
			at = s.Content[0].Start
		}
		out = append(out, Event{Date: s.Date, Article: a, Statement: i, When: s.When[0], Passage: sentenceAt(r.Doc, at).Span})
	}
	return out
}

// datedEvents finds what an article says happened on a date, one event for
// each date of a sentence. Dates in anybody's words are left out, and those
// that say when somebody spoke.
func (c *Comparison) datedEvents(a int) []Event {
	r := &c.Reports[a]
	words := creditWords(r.Doc, r.Statements)
	within := innermostQuotations(r.Doc)
	spoken := map[int]bool{} // tokens
	for _, s := range r.Statements {
		for _, span := range s.When {
			for t := tokenAt(r.Doc, span.Start); t < len(r.Doc.Tokens) && r.Doc.Tokens[t].Start < span.End; t++ {
				spoken[t] = true
			}
		}
	}
	var out []Event
	for _, d := range attribution.Dates(r.Doc, r.Article.Published) {
		t := d.Tokens.First
		if words.innermost[t] >= 0 || within[t] >= 0 || spoken[t] {
			continue
		}
		sentence := sentenceAt(r.Doc, r.Doc.Tokens[t].Start)
		first, ok := datesEvent(r.Doc, d, sentence.Tokens)
		last := len(out) - 1
		if !ok || last >= 0 && out[last].Date == d.Date && out[last].Passage == sentence.Span {
			continue
		}
		when := text.Span{Start: r.Doc.Tokens[first].Start, End: r.Doc.Tokens[d.Tokens.End-1].End}
		out = append(out, Event{Date: d.Date, Article: a, Statement: -1, When: when, Passage: sentence.Span})
	}
	return out
}

func sentenceAt(doc *english.Doc, at int) text.Sentence {
	i := sort.Search(len(doc.Sentences), func(i int) bool { return doc.Sentences[i].End > at })
	return doc.Sentences[min(i, len(doc.Sentences)-1)]
}

// datesEvent reports whether a date says when something took or takes place:
// not since when or until when, nor which one of several ("the 2016 law", "the
// Sunday shows"). It gives the first token of the date with its preposition.
func datesEvent(doc *english.Doc, d attribution.Dated, sentence text.Range) (first int, ok bool) {
	first = d.Tokens.First
	before := english.Token{}
	if first > sentence.First {
		before = doc.Tokens[first-1]
	}
	head := doc.Tokens[headOf(doc, d.Tokens)]
	preposition := ""
	if before.Tag == "IN" || before.Tag == "TO" {
		preposition = strings.ToLower(before.Form)
	}
	switch preposition {
	case "in", "on", "during", "at":
		first--
	case "":
		if before.Tag == "DT" && !strings.EqualFold(before.Form, "a") && !possessive(doc, d.Tokens.End, sentence.End) && len(d.Date) < len("2006-01-02") {
			return first, false // "the 2016 law", "every January"
		}
	default:
		return first, false
	}
	bareYear := d.Tokens.Len() == 1 && len(d.Date) == 4 && head.Form == d.Date
	switch {
	case bareYear && preposition != "in" && preposition != "during":
		return first, false
	case d.Tokens.End < sentence.End && strings.HasPrefix(doc.Tokens[d.Tokens.End].Tag, "NN") && head.Head >= d.Tokens.End:
		// Before a noun: "a Friday meeting", "the Nov. 8 vote".
		return first, preposition == "" && (strings.EqualFold(before.Form, "a") || d.Tokens.Len() > 1 && len(d.Date) == len("2006-01-02"))
	case preposition == "" && (before.Tag == "DT" || before.Tag == "JJ") && !possessive(doc, d.Tokens.End, sentence.End):
		return first, false // "every Friday", "a recent Monday"
	}
	return first, head.Head >= 0
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

func possessive(doc *english.Doc, t, limit int) bool {
	return t < limit && doc.Tokens[t].Tag == "POS"
}
