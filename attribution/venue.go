package attribution

import (
	"slices"
	"strings"

	"onrecord/lexicon"
	"onrecord/text"
)

// venue finds the programme, paper, platform or occasion that the words were
// said in. A name of one comes before an occasion without a name, which comes
// before a place; of equals the nearest to the cue counts.
func (s *scene) venue(addressee []text.Span) []text.Span {
	if s.doc.Tokens[s.head].Tag == "IN" && !s.isAccording() {
		return nil // "in a poll": the preposition is the cue
	}
	var best []text.Span
	bestRank, bestGap := 0, 0
	offer := func(rank, at int, spans []text.Span) {
		gap := max(at-s.head, s.head-at)
		if !s.direct(at) {
			gap += reach
		}
		if len(spans) > 0 && (rank > bestRank || rank == bestRank && gap < bestGap) {
			best, bestRank, bestGap = spans, rank, gap
		}
	}
	for t := s.zone.First; t+1 < s.zone.End; t++ {
		if s.quoted(t) || s.quoted(t+1) || slices.Contains(s.source, t) {
			continue
		}
		tok := s.doc.Tokens[t]
		word := strings.ToLower(tok.Form)
		switch word {
		case "on", "in", "at", "during", "via", "over", "inside":
		default:
			continue
		}
		if tok.Head < 0 || !(tok.Label == "case" && s.hangs(tok.Head) || s.beside(t, t+1)) {
			continue
		}
		rank, spans := s.venueAfter(t, word)
		offer(rank, t, spans)
	}
	if c := s.carrier(); c >= 0 {
		if run, ok := s.houseBefore(c); ok {
			offer(named, c, s.title(run))
		}
	}
	return best
}

// direct reports whether a preposition's noun hangs from an anchor itself.
func (s *scene) direct(preposition int) bool {
	h := s.doc.Tokens[preposition].Head
	return h >= 0 && slices.Contains(s.anchors, s.doc.Tokens[h].Head)
}

// The ranks of a venue.
const (
	place = iota + 1
	occasion
	named
)

// venueAfter reads the venue after a preposition, rank 0 if there is none.
func (s *scene) venueAfter(at int, preposition string) (int, []text.Span) {
	t := at + 1
	for t < s.zone.End && (s.doc.Tokens[t].Tag == "DT" || s.doc.Tokens[t].Tag == "PRP$") && !s.isName(t) {
		t++
	}
	run, head := s.nameRun(t), s.nounAfter(t)
	house := run.Len() > 0 && (s.isHouse(run) || preposition == "on" && s.isHouse(s.possessor(run)))
	if house && (head < run.End || !s.isOccasion(head, preposition)) {
		return named, s.title(run)
	}
	if head < 0 {
		return 0, nil
	}
	if preposition != "via" && preposition != "over" || s.doc.Tokens[head].Tag == "NN" {
		if s.isOccasion(head, preposition) {
			if run, ok := s.houseBefore(head); ok {
				return named, s.title(run)
			}
			if run, ok := s.houseAfter(head); ok {
				return named, s.title(run)
			}
			for t < head && s.isDate(t) {
				t++ // "Friday's hearing"
			}
			return occasion, []text.Span{{Start: s.doc.Tokens[t].Start, End: s.doc.Tokens[s.withPlace(head)].End}}
		}
	}
	if preposition == "at" && run.Len() > 0 && s.isPlace(run) && s.isSaying(at) {
		return place, s.title(run)
	}
	return 0, nil
}

// isDate reports whether a token is part of a date before a noun.
func (s *scene) isDate(t int) bool {
	tok := s.doc.Tokens[t]
	return tok.Name == "DATE" || tok.Name == "TIME" || lexicon.Weekday(tok.Form)+lexicon.Month(tok.Form) > 0 || tok.Tag == "POS" && s.isDate(t-1)
}

// possessor is the part of a name before its first possessive mark, empty if
// it has none: on "CNN's Ada Lund" one is on a programme of that name.
func (s *scene) possessor(run text.Range) text.Range {
	for i := run.First; i < run.End; i++ {
		if s.doc.Tokens[i].Tag == "POS" {
			return text.Range{First: run.First, End: i}
		}
	}
	return text.Range{First: run.First, End: run.First}
}

// isPlace reports whether a name in capitals can be where somebody speaks.
func (s *scene) isPlace(run text.Range) bool {
	if run.End < s.zone.End && s.doc.Tokens[run.End].Tag == "POS" {
		return false
	}
	switch s.doc.Tokens[run.End-1].Name {
	case "LOCATION", "MISC":
		return true
	case "ORGANIZATION": // "at the Pentagon", never "at Smith Brothers"
		return run.First > s.zone.First && strings.EqualFold(s.doc.Tokens[run.First-1].Form, "the")
	}
	return false
}

// isSaying reports whether a preposition hangs from a verb of saying and is
// not its direction: "said at", never "lashed out at".
func (s *scene) isSaying(preposition int) bool {
	if preposition > s.zone.First {
		if tag := s.doc.Tokens[preposition-1].Tag; tag == "RP" || tag == "RB" {
			return false
		}
	}
	for _, a := range s.anchors {
		for _, how := range []lexicon.Addressing{lexicon.AddressesTo, lexicon.AddressesObject, lexicon.Occurs} {
			if lexicon.Addresses(s.doc.Tokens[a].Lemma, how) {
				return true
			}
		}
	}
	return false
}

// isOccasion reports whether the noun at t is one occasion, or a medium.
func (s *scene) isOccasion(t int, preposition string) bool {
	tok := s.doc.Tokens[t]
	plural := strings.HasSuffix(tok.Tag, "S")
	switch {
	case preposition == "on" && !plural && lexicon.IsMedium(tok.Lemma, lexicon.MediumNoun):
		return true
	case tok.Tag == "NNP" && !lexicon.IsOccasion(strings.ToLower(tok.Form)):
		return false
	case !plural:
		return lexicon.IsOccasion(tok.Lemma) || lexicon.IsOccasion(strings.ToLower(tok.Form))
	}
	return lexicon.IsOccasionInPlural(tok.Lemma)
}

// nounAfter is the head of the noun phrase that starts at t, by its tags; what
// it is a "series of" counts as its head.
func (s *scene) nounAfter(t int) int {
	head := -1
	for i := t; i < s.zone.End && i < t+10 && !s.quoted(i); i++ {
		tok := s.doc.Tokens[i]
		switch {
		case head >= 0 && (lexicon.Weekday(tok.Form) > 0 || tok.Tag == "DT" && !s.isSeries(head)):
			return head
		case isNoun(tok):
			head = i
		case tok.Tag == "POS" || tok.Tag == "CD" || tok.Tag == "DT" || strings.HasPrefix(tok.Tag, "JJ") || tok.Tag == "VBG" || tok.Tag == "VBN" || tok.Form == "-":
		case isMark(tok.Form) && head < 0:
		case tok.Form == "of" && head >= 0 && s.isSeries(head):
		default:
			return head
		}
	}
	return head
}

func (s *scene) isSeries(t int) bool {
	switch s.doc.Tokens[t].Lemma {
	case "series", "string", "flurry", "barrage", "slew", "number", "pair", "couple", "set", "stream", "spate", "round", "handful":
		return true
	}
	return false
}

// withPlace is the last token of an occasion with where it was: "rally in Ohio".
func (s *scene) withPlace(head int) int {
	if head+2 >= s.zone.End || s.quoted(head+2) {
		return head
	}
	switch strings.ToLower(s.doc.Tokens[head+1].Form) {
	case "in", "at", "outside", "near", "of", "before", "with":
	default:
		return head
	}
	t := head + 2
	for t < s.zone.End-1 && s.doc.Tokens[t].Tag == "DT" && !s.isName(t) {
		t++
	}
	run := s.nameRun(t)
	if run.Len() == 0 || run.End < s.zone.End && isNoun(s.doc.Tokens[run.End]) || isMark(s.doc.Tokens[run.First].Form) || s.doc.Tokens[run.First].Name == "PERSON" {
		return head
	}
	return run.End - 1
}

// carrier is the noun for what carries the words, where that is their source
// ("a Truth Social post said") or what a source's words stand in; -1 if none.
func (s *scene) carrier() int {
	if post, _ := s.shared(); post >= 0 {
		return post
	}
	if s.document >= 0 && lexicon.IsOccasion(s.doc.Tokens[s.document].Lemma) {
		return s.document
	}
	return -1
}

// isName reports whether a token can be part of a name in capitals that is no
// date.
func (s *scene) isName(t int) bool {
	tok := s.doc.Tokens[t]
	if tok.Name == "DATE" && lexicon.Weekday(tok.Form)+lexicon.Month(tok.Form) > 0 {
		return false
	}
	if isCapital(tok.Form) {
		return lexicon.Weekday(tok.Form) == 0 || t > s.zone.First && isCapital(s.doc.Tokens[t-1].Form)
	}
	return tok.Tag == "CD" && t+1 < s.zone.End && isProper(s.doc.Tokens[t+1])
}

// longest is how many tokens a name of an outlet or programme may have.
const longest = 9

// nameRun is the run of tokens from t on that makes a name by its capitals:
// possessors, "the" and "of" inside it and a title in quotation marks, its
// marks included, count in.
func (s *scene) nameRun(t int) text.Range {
	run := text.Range{First: t, End: t}
	for i := t; i < s.zone.End && i < t+longest && !s.quoted(i); i++ {
		tok := s.doc.Tokens[i]
		switch {
		case isMark(tok.Form):
			for j := i + 2; j < s.zone.End && j < i+longest; j++ {
				if isMark(s.doc.Tokens[j].Form) {
					run.End = j + 1
					return run
				}
			}
			return run
		case s.isName(i):
			run.End = i + 1
		case run.Len() == 0:
			return run
		case tok.Tag == "POS" && i+1 < s.zone.End && (s.isName(i+1) || isMark(s.doc.Tokens[i+1].Form)):
		case (tok.Form == "the" || tok.Form == "of" || tok.Form == "&") && i+1 < s.zone.End && (s.isName(i+1) || s.doc.Tokens[i+1].Form == "the"):
		default:
			return run
		}
	}
	return run
}

// isHouse reports whether a name is that of an outlet, programme or platform.
func (s *scene) isHouse(run text.Range) bool {
	first, ofHouse := run.First, false
	for i := run.First; i < run.End; i++ {
		form := strings.ToLower(s.doc.Tokens[i].Form)
		switch {
		case isMark(form):
			return true
		case i > run.First && i == run.End-1 && (s.doc.Tokens[i].Name == "PERSON" || lexicon.FirstNameGender(s.doc.Tokens[i-1].Form) != lexicon.UnknownGender) && !lexicon.IsMedium(form, lexicon.ProgrammeWord):
			return false // "CNN's Ada Lund" is a person
		case form == "the" && i > run.First && i+1 < run.End && s.doc.Tokens[i-1].Form != "of" && s.doc.Tokens[i-1].Tag != "POS":
			return true // "Meet the Press"
		}
		if s.doc.Tokens[i].Tag == "POS" {
			ofHouse = ofHouse || s.isHouseName(first, i) // "CNN's Night Desk"
			first = i + 1
		}
	}
	return ofHouse || s.isHouseName(run.First, run.End) || first > run.First && s.isHouseName(first, run.End)
}

func (s *scene) isHouseName(first, end int) bool {
	for first < end && strings.EqualFold(s.doc.Tokens[first].Form, "the") {
		first++
	}
	if first >= end {
		return false
	}
	for i := first; i < end; i++ {
		for n := 1; n <= 2 && i+n <= end; n++ {
			if p := s.lower(i, i+n); lexicon.IsMedium(p, lexicon.Platform) && isCapital(s.doc.Tokens[i].Form) || lexicon.IsMedium(p, lexicon.Outlet) && (end-first <= 3 || n == 2) {
				return true
			}
		}
	}
	if lexicon.IsMedium(strings.ToLower(s.doc.Tokens[first].Form), lexicon.OutletOpening) && end-first > 1 {
		return true
	}
	lastWord := strings.ToLower(s.doc.Tokens[end-1].Form)
	if lexicon.IsMedium(lastWord, lexicon.OutletEnding) {
		return end-first > 1 || first > s.zone.First && strings.EqualFold(s.doc.Tokens[first-1].Form, "the")
	}
	return end-first > 1 && lexicon.IsMedium(lastWord, lexicon.ProgrammeWord)
}

// houseAround is the outlet or programme that the name around t is.
func (s *scene) houseAround(t int) (text.Range, bool) {
	first := t
	for first > s.zone.First && first > t-longest && !s.quoted(first-1) {
		prev := s.doc.Tokens[first-1]
		if !s.isName(first-1) && prev.Tag != "POS" && prev.Form != "the" && prev.Form != "of" && !isMark(prev.Form) || slices.Contains(s.cue, first-1) {
			break
		}
		first--
	}
	for first < t && s.doc.Tokens[first].Form == "the" {
		first++
	}
	run := s.nameRun(first)
	for i := t + 1; i+1 < run.End; i++ {
		if s.doc.Tokens[i].Form == "of" && s.isHouseName(i+1, run.End) {
			return run, false // "Ada Lund of the Herald" is a person
		}
	}
	return run, run.First <= t && t < run.End && s.isHouse(run)
}

// houseBefore is the outlet or platform that modifies the noun at t from
// before it: "a CNN interview", "ABC's show".
func (s *scene) houseBefore(t int) (text.Range, bool) {
	end := t
	for end > s.zone.First && end > t-4 && !s.isName(end-1) && s.doc.Tokens[end-1].Tag != "IN" {
		end--
	}
	first := end
	for first > s.zone.First && first > end-longest && (s.isName(first-1) || s.doc.Tokens[first-1].Tag == "POS") {
		first--
	}
	run := text.Range{First: first, End: end}
	for run.Len() > 1 && strings.HasPrefix(s.doc.Tokens[run.End-1].Tag, "JJ") && s.isHouse(text.Range{First: first, End: run.End - 1}) {
		run.End-- // "a CNN Democratic debate"
	}
	return run, run.Len() > 0 && s.isHouse(run)
}

// houseAfter is the outlet or programme that follows the occasion at t: "an
// interview with The Examiner", "an appearance on Night Desk".
func (s *scene) houseAfter(t int) (text.Range, bool) {
	for i := t + 1; i < s.zone.End && i < t+6 && !s.quoted(i); i++ {
		tok := s.doc.Tokens[i]
		if tok.Tag != "IN" && tok.Tag != "TO" {
			continue
		}
		n := i + 1
		if n < s.zone.End && s.doc.Tokens[n].Form == "the" {
			n++
		}
		run := s.nameRun(n)
		for j := run.First; j < run.End; j++ {
			if s.doc.Tokens[j].Tag == "POS" && j+1 < run.End && (s.doc.Tokens[j+1].Name == "PERSON" || tok.Form == "with" && !s.isHouse(text.Range{First: j + 1, End: run.End})) {
				run.End = j // "with CNN's Ada Lund"
			}
		}
		if run.Len() > 0 && s.isHouse(run) {
			return run, true
		}
	}
	return text.Range{}, false
}

// houseOf is the outlet of somebody named: "Ada Lund of Radio Nord".
func (s *scene) houseOf(t int) []text.Span {
	for i := t + 1; i+1 < s.zone.End && i < t+3; i++ {
		switch s.doc.Tokens[i].Form {
		case "of", "from", "with", "at":
			n := i + 1
			if s.doc.Tokens[n].Form == "the" {
				n++
			}
			if run := s.nameRun(n); run.Len() > 0 && s.isHouse(run) {
				return s.title(run)
			}
		}
	}
	return nil
}

// title are the spans of a name. A title that is all in quotation marks loses
// them, and a comma or period that typesetters put inside them falls out.
func (s *scene) title(run text.Range) []text.Span {
	first, last := run.First, run.End-1
	tok := s.doc.Tokens
	if !isMark(tok[last].Form) {
		return []text.Span{{Start: tok[first].Start, End: tok[last].End}}
	}
	end := last
	for end > first && (tok[end-1].Form == "." || tok[end-1].Form == ",") {
		end--
	}
	switch {
	case isMark(tok[first].Form):
		return []text.Span{{Start: tok[first+1].Start, End: tok[max(end-1, first+1)].End}}
	case end == last:
		return []text.Span{{Start: tok[first].Start, End: tok[last].End}}
	}
	return []text.Span{{Start: tok[first].Start, End: tok[end-1].End}, tok[last].Span}
}
