package attribution

import (
	"sort"

	"onrecord/text"
)

// A content has at most one piece on each side of its cue. On each side the
// pieces between likely starts and likely ends compete with one another and
// with "nothing". A piece's score is the sum of a score for its start, one for
// its end and one for the pair, so that the many pairs stay cheap.

// side is where a piece lies.
type side int

const (
	before side = iota // of the cue
	after
)

// Bounds of the search on each side.
const (
	maxStarts = 24
	maxEnds   = 48
	maxReach  = 160  // tokens that starts are looked for in within a sentence
	maxPiece  = 1500 // tokens that a piece may reach away from the cue
	maxQuotes = 6    // quotations after the sentence that a piece may run over
)

// piece is a run of tokens that may be the content on one side.
type piece struct {
	text.Range
	start, end int // indices into the starts and ends it was made of
}

// focus is a cue with what the content's features need.
type focus struct {
	t       int             // head of the cue
	source  sourceCandidate // head -1 for none
	side    side
	starts  []int // first tokens
	ends    []int // last tokens
	quoted  bool  // the piece's side has a quotation in the sentence or next to it
	pieces  []piece
	control uint32 // frame of the cue: what kinds of children it has
}

// pieces fills c.starts, c.ends and c.pieces.
func (v *view) spans(c *focus) {
	c.starts, c.ends, c.pieces = c.starts[:0], c.ends[:0], c.pieces[:0]
	if c.side == before {
		v.boundsBefore(c)
	} else {
		v.boundsAfter(c)
	}
	// Only words count: a bound is a word, whatever marks stand beside it.
	low, high := max(0, c.t-maxPiece), c.t
	if c.side == after {
		low, high = c.t+1, min(len(v.atoms), c.t+maxPiece)
	}
	if k := v.quote[c.t]; k >= 0 && v.outer[k].shut { // what is told inside a quotation ends with it
		low, high = max(low, v.outer[k].first), min(high, v.outer[k].last+1)
	}
	c.starts, c.ends = v.settleBounds(c.starts, v.wordFrom, low, high), v.settleBounds(c.ends, v.wordUpTo, low, high)
	c.starts, c.ends = unique(c.starts, maxStarts, c.side == after), unique(c.ends, maxEnds, c.side == after)
	for a, i := range c.starts {
		for b, j := range c.ends {
			if j < i {
				continue
			}
			c.pieces = append(c.pieces, piece{Range: text.Range{First: i, End: j + 1}, start: a, end: b})
		}
	}
}

// settleBounds moves bounds to words and drops those beyond [low, high).
func (v *view) settleBounds(at []int, move func(int) int, low, high int) []int {
	kept := at[:0]
	for _, i := range at {
		if i = move(i); i >= low && i < high {
			kept = append(kept, i)
		}
	}
	return kept
}

// unique sorts, drops doubles and keeps the n nearest to the cue.
func unique(at []int, n int, nearIsSmall bool) []int {
	sort.Ints(at)
	k := 0
	for i, x := range at {
		if i == 0 || x != at[k-1] {
			at[k] = x
			k++
		}
	}
	at = at[:k]
	if len(at) > n {
		if nearIsSmall {
			// The last one is the end of all: it stays.
			at[n-1] = at[len(at)-1]
			return at[:n]
		}
		keep := at[0]
		at = at[len(at)-n:]
		at[0] = keep
	}
	return at
}

// opener reports whether a clause or phrase may begin with token i.
func (v *view) opener(i int) bool {
	switch v.Tokens[i].Tag {
	case "IN", "TO", "WDT", "WP", "WRB", "WP$", "CC", "DT", "PRP", "PRP$", "VBG", "EX", "RB", "VBN", "RP":
		return true
	case ",", ":", "-LRB-", "-RRB-", ".", "``", "''":
		return true
	}
	return v.atoms[i].mark != 0 || !v.atoms[i].word
}

func (v *view) boundsAfter(c *focus) {
	t := c.t
	s := v.Sentences[v.sent[t]].Tokens
	if v.transcript(t) { // its line is said to the end
		if p := v.Paragraphs[v.Sentences[v.sent[t]].Paragraph].Tokens; t+1 < p.End {
			c.starts, c.ends = append(c.starts, t+1), append(c.ends, p.End-1)
		}
		return
	}
	limit := min(s.End, t+maxReach)
	only := v.namesWords(t) // what a noun names follows at once
	if t+1 < len(v.atoms) {
		c.starts = append(c.starts, t+1)
	}
	if c.source.head > t && c.source.End < len(v.atoms) {
		c.starts = append(c.starts, c.source.End)
	}
	for i := t + 1; i < limit; i++ {
		if !only && (i <= t+3 || !v.atoms[i-1].word || v.atoms[i].mark == 'o' || v.related(i, t)) {
			c.starts = append(c.starts, i)
		}
		if i+1 >= s.End || v.opener(i+1) || v.opener(i) && !v.atoms[i].word || v.edge(i, t) {
			c.ends = append(c.ends, i)
		}
	}
	if limit < s.End {
		c.ends = append(c.ends, s.End-1)
	}
	// Quotations that run over the sentence, or stand after it.
	next, n := s.End, 0
	for k := v.quotationAt(t + 1); k < len(v.outer) && n < maxQuotes; k++ {
		o := v.outer[k]
		if !v.reachable(s, o, next) {
			break
		}
		if o.first >= s.End {
			if n == 0 {
				c.starts = append(c.starts, o.first)
			}
			n++
		}
		c.ends = append(c.ends, o.last)
		next = max(next, o.last+1)
	}
}

// reachable reports whether the quotation at token first may go on with what
// ended before token next: it stands in the sentence, or follows at once in
// the same paragraph, or opens the next one after a colon or an open quotation.
func (v *view) reachable(s text.Range, o outer, next int) bool {
	if o.first < s.End {
		return true
	}
	if o.first > next && v.words(next, o.first-1) > 0 {
		return false
	}
	ps, po := v.Sentences[v.sent[s.First]].Paragraph, v.Sentences[v.sent[o.first]].Paragraph
	if ps == po {
		return true
	}
	if v.isTurn(po) {
		return false
	}
	return po == v.Sentences[v.sent[next-1]].Paragraph+1 && (o.goesOn || v.Tokens[s.End-1].Form == ":")
}

// quotationAt is the first of v.outer that ends at token i or after it.
func (v *view) quotationAt(i int) int {
	return sort.Search(len(v.outer), func(k int) bool { return v.outer[k].last >= i })
}

// related reports whether a phrase that starts at token i hangs on the cue, on
// what the cue hangs on, or on one of the cue's own children.
func (v *view) related(i, t int) bool {
	u := v.top(i, t, -1)
	h := v.Tokens[u].Head
	if h < 0 || h == t {
		return true
	}
	if int(v.lo[h]) <= t && t <= int(v.hi[h]) {
		return true
	}
	hh := v.Tokens[h].Head
	return hh == t && (v.Tokens[h].Label == "dobj" || v.Tokens[h].Label == "nmod" || v.Tokens[h].Label == "xcomp" || v.Tokens[h].Label == "ccomp")
}

// edge reports whether a phrase that hangs on the cue or above it ends with i.
func (v *view) edge(i, t int) bool {
	u := v.top(i, t, 1)
	h := v.Tokens[u].Head
	return h < 0 || h == t || int(v.lo[h]) <= t && t <= int(v.hi[h])
}

func (v *view) boundsBefore(c *focus) {
	t := c.t
	if v.namesWords(t) || v.transcript(t) {
		return
	}
	s := v.Sentences[v.sent[t]].Tokens
	first := max(s.First, t-maxReach)
	if t > first {
		c.ends = append(c.ends, t-1)
	}
	if c.source.head >= 0 && c.source.First <= t && c.source.First > first {
		c.ends = append(c.ends, c.source.First-1)
	}
	for i := first; i < t; i++ {
		if i == first || !v.atoms[i-1].word || v.atoms[i].mark == 'o' || v.related(i, t) || v.atoms[i-1].mark != 0 {
			c.starts = append(c.starts, i)
		}
		if i == first+1 && v.Tokens[first].Tag == "CC" || v.Tokens[max(first, i-1)].Tag == "CC" && v.Tokens[i].Tag == "IN" {
			c.starts = append(c.starts, i)
		}
		if v.opener(i+1) && i >= t-12 || !v.atoms[i].word || !v.atoms[i+1].word || v.edge(i, t) {
			c.ends = append(c.ends, i)
		}
	}
	c.starts = append(c.starts, s.First)
	// A quotation that began in an earlier sentence, or ended just before.
	for k := v.quotationAt(s.First - 1); k < len(v.outer) && v.outer[k].first < s.First; k++ {
		o := v.outer[k]
		if v.Sentences[v.sent[o.first]].Paragraph != v.Sentences[v.sent[t]].Paragraph && !v.signature(t) {
			continue
		}
		c.starts = append(c.starts, o.first)
		c.ends = append(c.ends, o.last)
	}
}
