package attribution

import (
	"onrecord/lexicon"
	"onrecord/text"
)

// A source is chosen among the noun phrases around the cue, each in a few
// cuts: whole, up to the first comma, without what follows the head, and so
// on. "None" is a rival too.

// sourceCut says how much of a noun phrase a candidate takes.
type sourceCut uint32

const (
	cutWhole  sourceCut = iota
	cutComma            // up to the first comma after the head
	cutClause           // up to the first clause after the head
	cutPlain            // nothing after the head but "of …"
	cutHead             // nothing after the head
	cutBare             // the head alone
	cutInner            // whole, without a determiner or what stands before a comma
	cutPoss             // whole, without the possessive mark
)

// sourceCandidate is a run of tokens that may be the source of a cue.
type sourceCandidate struct {
	head int // token, -1 for none
	text.Range
	cut sourceCut
}

// maxSourceDistance bounds how many tokens a source's head may be away.
const maxSourceDistance = 45

// sources lists the candidates for the cue at token t, "none" first.
func (v *view) sources(t int, out []sourceCandidate) []sourceCandidate {
	out = append(out[:0], sourceCandidate{head: -1})
	s := v.Sentences[v.sent[t]].Tokens
	first, end := max(s.First, t-maxSourceDistance), min(s.End, t+maxSourceDistance+1)
	for h := first; h < end; h++ {
		if h == t || !v.nominal(h) {
			continue
		}
		if v.outsideOf(h, t) || v.outsideOf(t, h) {
			continue
		}
		// A noun inside a compound is no source; its head is.
		if l := v.Tokens[h].Label; l == "compound" || l == "mwe" {
			continue
		}
		out = v.cuts(t, h, out)
	}
	if r := v.namedAt(t); r.Len() > 0 {
		return append(out[:0], sourceCandidate{head: r.End - 1, Range: r})
	}
	if t+1 < s.End && v.Tokens[t].Lemma == "accord" && v.Tokens[t+1].Form == "to" {
		out = v.following(out, t+2)
	}
	return out
}

// outsideOf reports whether token i stands outside of the quotation, of some
// length and between both its marks, that token k stands in.
func (v *view) outsideOf(i, k int) bool {
	q := v.quote[k]
	return q >= 0 && v.quote[i] != q && v.outer[q].shut && v.words(v.outer[q].first, v.outer[q].last) >= wordsOfQuotation
}

// namedAt is who the layout names at the cue, whatever the tree says: under a
// quotation ("— Ann Doe"), as all that stands before a reporting word and a
// colon at the end of a paragraph ("The Tarnby Times reports:"), or as all
// that stands between a quotation and such a word ("“…,” the notice read.").
// Empty for others.
func (v *view) namedAt(t int) text.Range {
	p := v.Paragraphs[v.Sentences[v.sent[t]].Paragraph].Tokens
	if v.signature(t) {
		r := text.Range{First: t + 1, End: t + 1}
		for r.End < p.End && v.atoms[r.End].word && isCapital(v.Tokens[r.End].Form) {
			r.End++
		}
		return r
	}
	if lemma := v.Tokens[t].Lemma; lexicon.Reporting(lemma) == "" && !lexicon.Addresses(lemma, lexicon.AddressesTo) || t+1 < p.End && v.atoms[t+1].word {
		return text.Range{}
	}
	first := t
	for first > p.First && (isNoun(v.Tokens[first-1]) || v.Tokens[first-1].Tag == "DT") {
		first--
	}
	if first > p.First && v.atoms[first-1].mark == 'c' || first == p.First && t+2 == p.End && v.Tokens[t+1].Form == ":" {
		return text.Range{First: first, End: t}
	}
	return text.Range{}
}

// following keeps the candidates that start at token i and do not run over a
// comma into a clause, all if none does: "according to" names its source at once.
func (v *view) following(all []sourceCandidate, i int) []sourceCandidate {
	var kept []sourceCandidate
	for _, c := range all {
		if c.head >= 0 && c.First == i && !(v.hasForm(c, ",") && v.hasVerb(c.First, c.End-1)) {
			kept = append(kept, c)
		}
	}
	if len(kept) == 0 {
		return all
	}
	return append(all[:0], kept...)
}

// nominal reports whether token i may head a source.
func (v *view) nominal(i int) bool {
	switch v.Tokens[i].Tag {
	case "NN", "NNS", "NNP", "NNPS", "PRP", "PRP$", "WP", "WDT", "WP$", "CD", "EX", "FW":
		return true
	case "JJ", "DT", "JJS", "JJR", "VBG", "VBN":
		l := v.Tokens[i].Label
		return l == "nsubj" || l == "nsubjpass" || l == "nmod" || l == "nmod:poss" || l == "dobj"
	case "IN":
		return v.Tokens[i].Form == "that"
	}
	return false
}

// cuts adds the candidates that head h gives for the cue at token t.
func (v *view) cuts(t, h int, out []sourceCandidate) []sourceCandidate {
	lo, hi := int(v.lo[h]), int(v.hi[h])
	// The phrase must not hold the cue, nor begin with its own preposition.
	if lo <= t && t < h {
		lo = t + 1
	}
	if h < t && t <= hi {
		hi = t - 1
	}
	for _, c := range v.Children(h) {
		if l := v.Tokens[c].Label; c < h && (l == "case" || l == "mark" || l == "cc" || l == "punct" || l == "advmod" && v.Tokens[c].Tag == "IN") && c >= lo {
			if l != "punct" || c == lo || v.Tokens[c].Form == "," {
				lo = max(lo, c+1)
			}
		}
	}
	for lo < h && (!v.atoms[lo].word || v.Tokens[lo].Tag == "TO") {
		lo++
	}
	for hi > h && !v.atoms[hi].word {
		hi--
	}
	seen := [9]text.Range{}
	n := 0
	add := func(a, b int, cut sourceCut) {
		r := text.Range{First: a, End: b + 1}
		for b > a && !v.atoms[b].word {
			b--
			r.End = b + 1
		}
		for k := 0; k < n; k++ {
			if seen[k] == r {
				return
			}
		}
		seen[n] = r
		n++
		out = append(out, sourceCandidate{head: h, Range: r, cut: cut})
	}
	add(lo, hi, cutWhole)
	if v.Tokens[hi].Tag == "POS" {
		add(lo, hi-1, cutPoss)
	}
	for j := h + 1; j <= hi; j++ {
		if v.Tokens[j].Form == "," || v.Tokens[j].Form == "--" || v.Tokens[j].Form == "(" {
			add(lo, j-1, cutComma)
			break
		}
	}
	clause, plain := hi+1, hi+1
	for _, c := range v.Children(h) {
		if c < h || c > hi {
			continue
		}
		switch v.Tokens[c].Label {
		case "acl:relcl", "acl", "dep", "parataxis", "advcl", "ccomp":
			clause = min(clause, int(v.lo[c]))
			plain = min(plain, int(v.lo[c]))
		case "nmod":
			if v.Tokens[v.lo[c]].Form != "of" && v.Tokens[v.lo[c]].Form != "for" {
				plain = min(plain, int(v.lo[c]))
			}
		case "appos", "punct", "conj", "cc":
			plain = min(plain, int(v.lo[c]))
		}
	}
	if clause <= hi && clause > h {
		add(lo, clause-1, cutClause)
	}
	if plain <= hi && plain > h {
		add(lo, plain-1, cutPlain)
	}
	if h < hi {
		add(lo, h, cutHead)
	}
	if lo < h {
		add(h, h, cutBare)
		if inner := lo + 1; inner < h {
			for j := lo; j < h; j++ {
				if v.Tokens[j].Form == "," || v.atoms[j].mark != 0 {
					inner = j + 1
				}
			}
			add(inner, hi, cutInner)
		}
	}
	return out
}

const sourceTemplates = 2000

func (v *view) sourceFeatures(f *features, t int, c sourceCandidate) {
	f.reset(sourceTemplates)
	a := v.atoms[t]
	tok := &v.Tokens[t]
	passive := bits(v.child(t, "auxpass", "nsubjpass") >= 0)
	if c.head < 0 {
		f.reset(sourceTemplates + 200)
		sub := v.subject(t)
		s := uint32(0)
		if sub >= 0 {
			s = v.atoms[sub].tag
		}
		f.add(0)
		f.add(a.lemma)
		f.add(a.tag)
		f.add2(a.label, a.tag)
		f.add2(a.class, a.label)
		f.add2(a.class, passive)
		f.add2(a.lemma, a.label)
		f.add2(passive, a.tag)
		f.add2(s, a.label)
		f.add2(s, a.lemma)
		f.add2(v.near(t-1, t).lemma, a.tag)
		f.add2(v.near(t+1, t).lemma, a.tag)
		f.add2(v.near(t-1, t).lemma, v.near(t-2, t).lemma)
		f.add3(bits(v.quote[t] >= 0, v.child(t, "nmod:poss") >= 0, v.markNear(t, -1), v.markNear(t, 1)), a.tag, passive)
		if tok.Head >= 0 {
			f.add2(v.atoms[tok.Head].tag, a.label)
			f.add2(v.atoms[tok.Head].lemma, a.label)
		}
		return
	}
	h := &v.atoms[c.head]
	path := v.path(t, c.head)
	cut := uint32(c.cut)
	dir := bits(c.head > t)
	f.add(path)
	f.add2(path, a.lemma)
	f.add2(path, a.class)
	f.add2(path, a.tag)
	offset := uint32(max(-6, min(6, c.First-t)) + 8)
	if c.End <= t {
		offset = uint32(max(-6, c.End-1-t) + 40)
	}
	f.add2(offset, a.lemma)
	f.add2(offset, a.class)
	f.add3(offset, h.tag, a.tag)
	f.add3(offset, v.near(t+1, t).lemma, a.class)
	f.add3(a.class, h.label, dir)
	f.add3(a.class, h.name, dir)
	f.add2(path, h.tag)
	f.add2(path, h.name)
	f.add3(path, h.tag, a.tag)
	f.add3(path, passive, a.tag)
	f.add2(h.lemma, dir)
	f.add2(h.tag, dir)
	f.add2(h.name, a.tag)
	f.add2(a.lemma, h.name)
	f.add2(a.lemma, h.tag)
	f.add3(h.label, dir, a.tag)
	f.add3(h.label, dir, a.lemma)
	f.add3(h.label, h.name, dir)
	d := bucket(c.head - t)
	f.add(d)
	f.add2(d, h.tag)
	f.add2(d, a.tag)
	f.add2(d, h.label)
	// Between the two: marks, commas, other nouns, verbs.
	from, to := min(c.head, t)+1, max(c.head, t)
	var commas, nouns, verbs, marks int
	for j := from; j < to; j++ {
		switch {
		case v.Tokens[j].Form == ",":
			commas++
		case v.atoms[j].mark != 0:
			marks++
		case v.Tokens[j].Tag[0] == 'V':
			verbs++
		case v.nominal(j) && v.Tokens[j].Label != "compound":
			nouns++
		}
	}
	f.add3(dir, bucket(nouns), a.tag)
	f.add3(dir, bucket(verbs), a.tag)
	f.add3(dir, bucket(commas), bucket(marks))
	f.add3(dir, bucket(verbs), h.label)
	f.add2(bits(v.quote[t] >= 0, v.quote[c.head] >= 0, v.quote[t] == v.quote[c.head]), dir)
	sub := v.subject(t)
	f.add3(bits(sub == c.head, sub >= 0), h.label, a.label)
	f.add3(bits(sub == c.head, sub >= 0, passive != 0), a.label, a.lemma)
	if tok.Head >= 0 {
		f.add3(v.atoms[tok.Head].lemma, path, 0)
		f.add3(v.atoms[tok.Head].tag, path, h.tag)
	} else {
		f.next += 2
	}
	// The cut.
	n := uint32(min(c.Len(), 12))
	f.add2(cut, h.tag)
	f.add2(cut, h.label)
	f.add2(cut, h.name)
	f.add3(cut, a.tag, h.label)
	f.add2(cut, a.lemma)
	f.add2(cut, a.class)
	f.add2(cut, path)
	f.add2(cut, n)
	begin, fin := &v.atoms[c.First], &v.atoms[c.End-1]
	before, after := v.near(c.First-1, t), v.near(c.End, t)
	f.add2(begin.tag, h.tag)
	f.add2(begin.lemma, cut)
	f.add3(begin.label, cut, h.tag)
	f.add2(before.lemma, cut)
	f.add3(before.tag, begin.tag, h.label)
	f.add3(after.tag, fin.tag, cut)
	f.add3(after.lemma, cut, 0)
	f.add3(after.lemma, h.tag, fin.tag)
	f.add3(after.label, cut, h.tag)
	f.add2(fin.lemma, cut)
	f.add3(fin.label, cut, after.tag)
	f.add2(n, h.tag)
	// What follows the head and is taken or left.
	base := f.next + 1
	f.next += 3
	for _, k := range v.Children(c.head) {
		taken := bits(k >= c.First && k < c.End, k > c.head)
		x := &v.atoms[k]
		f.some2(base, x.label, taken)
		f.some2(base+1, x.label^x.tag, taken)
		f.some2(base+2, x.label^v.atoms[v.lo[k]].lemma, taken)
	}
	f.add3(bits(c.First <= t && t < c.End, c.First == v.Sentences[v.sent[t]].Tokens.First, c.End < len(v.atoms) && v.atoms[c.End].mark != 0), cut, dir)
	f.add2(bits(after == &a, before == &a, c.End == t, c.First == t+1), cut)
	f.add3(bits(c.End == t, c.First == t+1), a.lemma, cut)
	inner := bits(v.hasForm(c, ","), v.hasForm(c, "who"), v.hasForm(c, "and"))
	f.add2(inner, cut)
	f.add3(inner, cut, h.label)
	f.add3(inner, after.tag, fin.tag)
}

func (v *view) hasForm(c sourceCandidate, form string) bool {
	for j := c.First; j < c.End; j++ {
		if v.Tokens[j].Form == form {
			return true
		}
	}
	return false
}
