package attribution

import (
	"onrecord/lexicon"
	"onrecord/text"
)

// passOn credits words to the one who said them and not to the reporter in
// between, who is the attribution's via: "…, Moreno said, according to The
// Ledger", "shared a post from a supporter that said: “…”". The corpus marks
// the outer credit of the two, so this is no matter of learning.
func (v *view) passOn(found []finding) {
	for k := range found {
		x := &found[k]
		for o := max(0, k-6); o < min(len(found), k+7); o++ {
			y := &found[o]
			if o != k && v.toldOf(x, y) {
				y.overall, x.overall = x.overall, 0
				y.pieces[before] = x.pieces[before]
				y.words = v.wordsIn(y.pieces[before]) + v.wordsIn(y.pieces[after])
				break
			}
			if o != k && v.passedOn(x, y) {
				y.overall = max(x.overall, y.overall)
				if p := x.pieces[before]; p.Len() > 0 {
					y.pieces[before].First = p.First // the surer of the two starts
					if y.pieces[after].Len() == 0 {
						y.pieces[after] = x.pieces[after]
					}
					y.words = v.wordsIn(y.pieces[before]) + v.wordsIn(y.pieces[after])
				}
				x.overall = 0
				break
			}
		}
	}
}

// toldOf reports whether x tells no more of the quotation before it than that
// y said it: "“We lost,” aides said Moreno told the crew."
func (v *view) toldOf(x, y *finding) bool {
	return x.overall >= least && v.Tokens[y.t].Head == x.t && v.Tokens[y.t].Label == "ccomp" && y.source.head > x.t && y.source.head < y.t &&
		lexicon.Reporting(v.Tokens[y.t].Lemma) == "say" && v.quote[y.t] < 0 && x.pieces[before].Len() > 0 && v.wholly(x.pieces[before]) &&
		(y.pieces[after].Len() == 0 || v.wholly(y.pieces[after])) && v.child(y.t, "ccomp") < 0
}

// maxTail is the most words between a credit and the one of the reporter who
// passes it on.
const maxTail = 10

// passedOn reports whether x tells no more than that somebody passed on y.
func (v *view) passedOn(x, y *finding) bool {
	if x.overall < least || y.source.head < 0 || v.quote[y.t] >= 0 || v.Tokens[y.t].Tag[0] != 'V' {
		return false
	}
	inside := func(r text.Range, i int) bool { return r.First <= i && i < r.End }
	switch p := x.pieces[before]; {
	case v.Tokens[x.t].Lemma == "accord" && inside(p, y.t) && inside(p, y.source.head):
		// "…, Moreno said at the port": no words of hers follow, unless after the sentence.
		own, next := y.pieces[before], y.pieces[after]
		tail := max(y.t, y.source.End-1) + 1
		return own.Len() > 0 && (next.Len() == 0 || next.First > x.t) && p.First < own.End && (tail >= p.End || v.words(tail, p.End-1) <= maxTail)
	case lexicon.Addresses(v.Tokens[x.t].Lemma, lexicon.Shares):
		p, own := x.pieces[after], y.pieces[after]
		return inside(p, y.t) && inside(p, y.source.head) && own.Len() > 0 && v.wholly(own)
	}
	return false
}

// allQuoted reports whether every word of a piece stands in quotation marks.
func (v *view) allQuoted(p text.Range) bool {
	for i := p.First; i < p.End; i++ {
		if v.atoms[i].word && v.quote[i] < 0 {
			return false
		}
	}
	return true
}

// wholly reports whether a piece is a quotation of some length and no more.
func (v *view) wholly(p text.Range) bool {
	return v.allQuoted(p) && v.words(p.First, p.End-1) >= wordsOfQuotation
}
