package attribution

import (
	"strings"

	"onrecord/lexicon"
)

// setApart takes out of a content what is not said by its source: in "the
// mayor said the bridge was safe, even as the board has warned of “grave
// defects”" the mayor does not speak of the board's warning. Its clause has a
// reporting verb, a subject of its own and a quotation. So has every quotation
// that somebody else is credited with at the end of a content.
func (v *view) setApart(found []finding) {
	for k := range found {
		x := &found[k]
		p := &x.pieces[after]
		if x.overall < least || p.Len() == 0 || v.quote[x.t] >= 0 {
			continue
		}
		for o := k + 1; o < len(found) && found[o].t < p.End; o++ {
			y := &found[o]
			clause := v.contrast(y.t)
			if clause <= p.First || clause >= y.t || !v.quotedAfter(y, p.End) || y.source.head < clause || y.source.head == x.source.head {
				if clause = v.ownWords(x, y); clause <= p.First {
					continue
				}
			}
			for q := o; q > k && found[q].t > clause; q-- { // what else the clause says is not the mayor's either
				if z := &found[q]; z.source.head >= clause && lexicon.Reporting(v.Tokens[z.t].Lemma) != "" {
					z.overall = max(z.overall, least)
				}
			}
			p.End = v.wordUpTo(clause-1) + 1
			x.words = v.wordsIn(x.pieces[before]) + v.wordsIn(x.pieces[after])
			break
		}
	}
}

// creditOnce leaves a quotation that two reporting words of its sentence stand
// around to the first, if the second has another: "the judge scolded him:
// “Aaa,” she said. “Bbb.”" What the first does besides is none of the second's.
func (v *view) creditOnce(found []finding) {
	for k := range found {
		x := &found[k]
		p := x.pieces[before]
		if x.overall < least || p.Len() == 0 || !v.quotedAfter(x, len(v.Tokens)) || v.quote[x.t] >= 0 || v.quote[p.End-1] < 0 || v.allQuoted(p) {
			continue
		}
		for o := k - 1; o >= 0 && found[o].t >= p.First; o-- {
			y := &found[o]
			if y.overall < leastForQuotation || v.quote[y.t] >= 0 || y.source.head < p.First || y.source.head > y.t || lexicon.Reporting(v.Tokens[y.t].Lemma) == "" || !v.quotedAfter(y, p.End) {
				continue
			}
			x.drop(v, int(before))
			own := &y.pieces[after]
			own.End = min(own.End, p.End)
			if q := v.outer[v.quote[p.End-1]].first; q > own.First && v.Tokens[q-1].Form == ":" {
				own.First = q // “him:” is whom she spoke to
			}
			y.words = v.wordsIn(y.pieces[before]) + v.wordsIn(y.pieces[after])
			y.overall = max(y.overall, least)
			break
		}
	}
}

// quotedAfter reports whether x has quoted words after its cue, up to token end.
func (v *view) quotedAfter(x *finding, end int) bool {
	for i := x.pieces[after].First; i < min(x.pieces[after].End, end); i++ {
		if v.quote[i] >= 0 && v.quote[i] != v.quote[x.t] {
			return true
		}
	}
	return false
}

// contrast is the first token of the clause of contrast or time that the verb
// at token t stands in ("even as …", "while …", "though …"), with a subject of
// its own that is no pronoun and after a comma or a mark; -1 if in none.
func (v *view) contrast(t int) int {
	verb := t
	for n := 0; n < 3 && v.Tokens[verb].Label == "conj" && v.Tokens[verb].Head >= 0; n++ {
		verb = v.Tokens[verb].Head
	}
	switch v.Tokens[verb].Label {
	case "advcl", "ccomp", "dep", "parataxis": // the parser is not sure of these
	default:
		return -1
	}
	if v.quote[verb] >= 0 {
		return -1
	}
	mark, subject := v.child(verb, "mark"), v.subject(verb)
	if mark < 0 || subject < mark || subject > verb || !strings.HasPrefix(v.Tokens[subject].Tag, "NN") {
		return -1
	}
	switch strings.ToLower(v.Tokens[mark].Form) {
	case "as", "while", "though", "although", "whereas":
	default:
		return -1
	}
	first := mark
	if first > 0 && strings.EqualFold(v.Tokens[first-1].Form, "even") {
		first--
	}
	if first == 0 || v.atoms[first-1].word {
		return -1
	}
	return first
}

// ownWords is where the part of x's content begins that credits somebody else
// with a quotation, -1 if none does: "the mayor noted that the toll is gone –
// Falk boasted, “We won that one”".
func (v *view) ownWords(x, y *finding) int {
	p, q := x.pieces[after], y.pieces[after]
	if y.overall < least || v.quote[y.t] >= 0 || q.Len() == 0 || q.First < p.First || !v.wholly(q) || v.quote[q.First] != v.quote[q.End-1] || y.pieces[before].Len() > 0 {
		return -1
	}
	first := y.t
	if y.source.head >= p.First && y.source.First < first {
		first = y.source.First
	}
	for first > p.First && (!v.atoms[first-1].word || v.Tokens[first-1].Tag == "IN" || v.Tokens[first-1].Tag == "CC") {
		first--
	}
	if first <= p.First || v.words(p.First, first-1) < wordsOfQuotation {
		return -1
	}
	return first
}
