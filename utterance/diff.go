package utterance

import "onrecord/text"

// changes is the word diff from the longest variant to another one: every
// word of both stands in exactly one change, in order. A change never leaves
// the quoted spans that it begins in.
func changes(longest, here []word) []Change {
	d := differ{longest: longest, here: here}
	x, y := 0, 0
	for _, p := range common(longest, here) {
		d.gap(x, p[0], y, p[1])
		d.keep(p[0], p[1])
		x, y = p[0]+1, p[1]+1
	}
	d.gap(x, len(longest), y, len(here))
	return d.out
}

// differ is a diff in the making.
type differ struct {
	longest, here []word
	out           []Change
	x, y          int // the words kept last, if the last change is Kept
}

// keep adds a word kept, to the run before it where it goes on.
func (d *differ) keep(x, y int) {
	if n := len(d.out); n > 0 && d.out[n-1].Operation == Kept && d.longest[x].piece == d.longest[d.x].piece && d.here[y].piece == d.here[d.y].piece {
		d.out[n-1].Longest.End, d.out[n-1].Here.End = d.longest[x].End, d.here[y].End
	} else {
		d.out = append(d.out, Change{Operation: Kept, Longest: d.longest[x].Span, Here: d.here[y].Span})
	}
	d.x, d.y = x, y
}

// gap adds what stands between two words kept: changed words as far as both
// have any in one piece, the rest dropped or inserted.
func (d *differ) gap(x, xEnd, y, yEnd int) {
	for x < xEnd || y < yEnd {
		xNext, yNext := pieceEnd(d.longest, x, xEnd), pieceEnd(d.here, y, yEnd)
		c := Change{Operation: Changed, Longest: spanOf(d.longest, x, xNext), Here: spanOf(d.here, y, yNext)}
		switch {
		case y == yEnd:
			c.Operation = Dropped
		case x == xEnd:
			c.Operation = Inserted
		}
		d.out = append(d.out, c)
		x, y = xNext, yNext
	}
}

// pieceEnd is the end of the words from first on that stand in its piece.
func pieceEnd(words []word, first, end int) int {
	i := first
	for i < end && words[i].piece == words[first].piece {
		i++
	}
	return i
}

// spanOf is from the start of the first word to the end of the last one,
// empty for no words.
func spanOf(words []word, first, end int) text.Span {
	if first >= end {
		return text.Span{}
	}
	return text.Span{Start: words[first].Start, End: words[end-1].End}
}

// common are the indices of the words that a diff keeps: a common subsequence
// of the greatest weight, without words of the closed classes that stand
// alone between changes.
func common(a, b []word) [][2]int {
	head := 0
	for head < len(a) && head < len(b) && a[head].key == b[head].key {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail].key == b[len(b)-1-tail].key {
		tail++
	}
	var out [][2]int
	for i := range head {
		out = append(out, [2]int{i, i})
	}
	for _, p := range subsequence(a[head:len(a)-tail], b[head:len(b)-tail]) {
		out = append(out, [2]int{head + p[0], head + p[1]})
	}
	for i := tail; i > 0; i-- {
		out = append(out, [2]int{len(a) - i, len(b) - i})
	}
	slide(a, b, out)
	slideBack(a, b, out)
	return withoutStrays(a, b, out)
}

// slide moves words kept to where they stand right before the next one kept,
// where either list has them there too: "a" and "road you close" are one run
// in "close a ferry. A road you close".
func slide(a, b []word, kept [][2]int) {
	for i := len(kept) - 2; i >= 0; i-- {
		p, next := kept[i], kept[i+1]
		switch {
		case p[1]+1 == next[1] && p[0]+1 < next[0] && a[next[0]-1].key == a[p[0]].key:
			kept[i][0] = next[0] - 1
		case p[0]+1 == next[0] && p[1]+1 < next[1] && b[next[1]-1].key == b[p[1]].key:
			kept[i][1] = next[1] - 1
		}
	}
}

// slideBack moves a word kept that nothing kept follows to right behind the
// one kept before it, where either list has it there too.
func slideBack(a, b []word, kept [][2]int) {
	for i := 1; i < len(kept); i++ {
		p, last := kept[i], kept[i-1]
		if i+1 < len(kept) && (kept[i+1][0] == p[0]+1 || kept[i+1][1] == p[1]+1) {
			continue
		}
		switch {
		case p[1] == last[1]+1 && p[0] > last[0]+1 && a[last[0]+1].key == a[p[0]].key:
			kept[i][0] = last[0] + 1
		case p[0] == last[0]+1 && p[1] > last[1]+1 && b[last[1]+1].key == b[p[1]].key:
			kept[i][1] = last[1] + 1
		}
	}
}

// subsequence is a common subsequence of two word lists: the heaviest, by
// dynamic programming, or where that were too much work one by anchors.
func subsequence(a, b []word) (out [][2]int) {
	n, m := len(a), len(b)
	switch {
	case n == 0 || m == 0:
		return nil
	case n*m > maxCells:
		return anchored(a, b)
	}
	best := make([]float32, (n+1)*(m+1)) // weight of the best for a[i:], b[j:]
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			c := i*(m+1) + j
			best[c] = max(best[c+1], best[c+m+1])
			if a[i].key == b[j].key {
				best[c] = max(best[c], best[c+m+2]+pairWeight(a, b, i, j))
			}
		}
	}
	for i, j := 0, 0; i < n && j < m; {
		c := i*(m+1) + j
		switch {
		case a[i].key == b[j].key && best[c] == best[c+m+2]+pairWeight(a, b, i, j):
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		case best[c] == best[c+m+1]:
			i++
		default:
			j++
		}
	}
	return out
}

// pairWeight prefers words of content, and words whose neighbours agree too.
func pairWeight(a, b []word, i, j int) float32 {
	w := float32(min(a[i].weight, b[j].weight))
	if i+1 < len(a) && j+1 < len(b) && a[i+1].key == b[j+1].key {
		w += .125
	}
	return w
}

// anchored keeps, of two long lists, the words from which both go on alike
// for a few words and that come next in both.
func anchored(a, b []word) (out [][2]int) {
	const length = 4
	at := map[[length]string][]int{}
	for j := 0; j+length <= len(b); j++ {
		g := gram4(b[j:])
		if len(at[g]) < 8 {
			at[g] = append(at[g], j)
		}
	}
	for i, j := 0, 0; i+length <= len(a); i++ {
		for _, k := range at[gram4(a[i:])] {
			if k < j {
				continue
			}
			for i < len(a) && k < len(b) && a[i].key == b[k].key {
				out = append(out, [2]int{i, k})
				i, k = i+1, k+1
			}
			j = k
			i--
			break
		}
	}
	return out
}

func gram4(w []word) [4]string { return [4]string{w[0].key, w[1].key, w[2].key, w[3].key} }

// withoutStrays drops the words of the closed classes that stand alone, with
// words changed on both sides.
func withoutStrays(a, b []word, kept [][2]int) [][2]int {
	out := make([][2]int, 0, len(kept))
	for i, p := range kept {
		before, after := [2]int{-1, -1}, [2]int{len(a), len(b)}
		if i > 0 {
			before = kept[i-1]
		}
		if i+1 < len(kept) {
			after = kept[i+1]
		}
		alone := p[0] > before[0]+1 && p[1] > before[1]+1 && p[0]+1 < after[0] && p[1]+1 < after[1]
		if alone && min(a[p[0]].weight, b[p[1]].weight) < contentWeight {
			continue
		}
		out = append(out, p)
	}
	return out
}
