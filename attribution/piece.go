package attribution

import "onrecord/linear"

// Templates of the content's features; those of a side are sideStride apart.
const (
	startTemplates   = 3000
	endTemplates     = 4000
	pairTemplates    = 5000
	nothingTemplates = 6000
	sideStride       = 500
)

// setControl fills c.control and c.quoted.
func (v *view) setControl(c *focus) {
	t := c.t
	c.control = bits(
		v.child(t, "ccomp") >= 0, v.child(t, "xcomp") >= 0, v.child(t, "dobj") >= 0, v.child(t, "nmod") >= 0,
		v.child(t, "nsubj") >= 0, v.child(t, "nsubjpass") >= 0, v.child(t, "parataxis", "dep") >= 0, v.child(t, "acl", "acl:relcl") >= 0)
	c.quoted = false
	d := 1
	if c.side == before {
		d = -1
	}
	for k, j := 0, c.t+d; k < 12 && j >= 0 && j < len(v.atoms); k, j = k+1, j+d {
		if v.atoms[j].mark != 0 {
			c.quoted = true
			break
		}
	}
}

// nothingFeatures are those of "no content on this side".
func (v *view) nothingFeatures(f *features, c *focus) {
	f.reset(nothingTemplates + sideStride*uint32(c.side))
	t := c.t
	a := v.atoms[t]
	tok := &v.Tokens[t]
	s := v.Sentences[v.sent[t]].Tokens
	src := uint32(0)
	if c.source.head >= 0 {
		src = 1 + bits(c.source.head > t, c.source.End == t, c.source.First == t+1)
	}
	p1, n1, n2 := v.near(t-1, t), v.near(t+1, t), v.near(t+2, t)
	var next, prev *atom = n1, p1
	if c.source.head > t {
		next = v.near(c.source.End, t)
	} else if c.source.head >= 0 {
		prev = v.near(c.source.First-1, t)
	}
	q := bits(c.quoted, v.quote[t] >= 0)
	f.add(0)
	f.add(a.lemma)
	f.add(a.tag)
	f.add2(a.lemma, src)
	f.add2(a.class, src)
	f.add3(a.class, c.control, src)
	f.add3(a.class, q, src)
	f.add3(a.class, next.lemma, src)
	f.add3(a.class, prev.lemma, src)
	f.add2(a.class, a.label)
	f.add2(a.tag, src)
	f.add2(a.label, a.tag)
	f.add2(a.lemma, a.label)
	f.add2(c.control, a.tag)
	f.add2(c.control, a.lemma)
	f.add2(c.control, a.label)
	f.add3(c.control, src, q)
	f.add2(q, a.lemma)
	f.add2(q, a.tag)
	f.add2(p1.lemma, a.tag)
	f.add2(n1.lemma, a.tag)
	f.add2(a.lemma, n1.lemma)
	f.add2(a.lemma, n1.tag)
	f.add2(a.lemma, p1.tag)
	f.add2(n1.lemma, n2.tag)
	f.add2(next.lemma, a.lemma)
	f.add2(next.lemma, src)
	f.add2(prev.lemma, src)
	f.add2(prev.lemma, a.lemma)
	f.add3(next.tag, prev.tag, a.tag)
	f.add3(next.tag, src, q)
	f.add3(prev.tag, src, q)
	f.add2(bucket(t-s.First), a.tag)
	f.add2(bucket(s.End-t), a.tag)
	f.add2(bucket(s.End-t), src)
	f.add2(bucket(v.words(t, s.End-1)), q)
	f.add3(bits(t == s.First, t+1 >= s.End), a.label, src)
	if tok.Head >= 0 {
		h := &v.atoms[tok.Head]
		f.add3(h.tag, a.label, bits(tok.Head > t))
		f.add2(h.lemma, a.label)
		f.add2(h.lemma, a.lemma)
	}
	f.add2(v.outerMark(c), q)
	f.add2(v.outerMark(c), src)
	f.add3(v.outerMark(c), a.lemma, q)
}

// outerMark says how the side is bounded by quotation marks: what stands at
// the sentence's start or end and after it.
func (v *view) outerMark(c *focus) uint32 {
	s := v.Sentences[v.sent[c.t]].Tokens
	if c.side == before {
		return bits(v.atoms[s.First].mark == 'o', v.quote[s.First] >= 0, s.First > 0 && v.atoms[s.First-1].mark == 'c')
	}
	follow := s.End < len(v.atoms) && v.atoms[s.End].mark == 'o'
	same := s.End < len(v.atoms) && v.Sentences[v.sent[s.End]].Paragraph == v.Sentences[v.sent[c.t]].Paragraph
	return bits(follow, same, v.quote[s.End-1] >= 0, v.atoms[s.End-1].mark == 'c', v.Tokens[s.End-1].Form == ":")
}

func (v *view) startFeatures(f *features, c *focus, i int) {
	f.reset(startTemplates + sideStride*uint32(c.side))
	t := c.t
	a := v.atoms[t]
	x, p, n := v.near(i, i), v.near(i-1, i), v.near(i+1, i)
	pw := v.near(v.wordUpTo(i-1), i)
	u := v.top(i, t, -1)
	path := v.path(t, u)
	lab := v.atoms[u].label
	utag := v.atoms[u].tag
	src := v.relation(c, i)
	q := v.quoteState(t, i)
	d := bucket(i - t)
	f.add(path)
	f.add2(path, a.lemma)
	f.add2(path, a.class)
	f.add2(x.lemma, a.class)
	f.add2(lab, a.class)
	f.add3(p.lemma, x.tag, a.class)
	f.add2(path, a.tag)
	f.add2(path, x.lemma)
	f.add2(path, utag)
	f.add2(lab, a.lemma)
	f.add2(lab, x.lemma)
	f.add3(lab, utag, a.tag)
	f.add2(x.lemma, a.lemma)
	f.add2(x.lemma, p.lemma)
	f.add2(x.tag, p.tag)
	f.add3(x.tag, p.lemma, a.tag)
	f.add2(x.lemma, d)
	f.add2(x.lemma, src)
	f.add2(x.tag, src)
	f.add2(p.lemma, src)
	f.add2(p.lemma, a.lemma)
	f.add2(p.lemma, a.tag)
	f.add2(x.lemma, n.lemma)
	f.add2(x.tag, n.tag)
	f.add2(d, a.tag)
	f.add2(d, src)
	f.add2(src, q)
	f.add2(src, path)
	f.add2(q, a.lemma)
	f.add2(q, a.tag)
	f.add3(q, pw.lemma, bits(x.opened, pw.closed))
	f.add3(q, path, bits(x.opened, pw.closed))
	f.add2(pw.lemma, x.lemma)
	f.add2(pw.lemma, src)
	f.add3(pw.tag, x.tag, bits(p == pw))
	f.add3(c.control, path, a.tag)
	f.add2(c.control, lab)
	f.add3(c.control, x.lemma, src)
	s := v.Sentences[v.sent[i]].Tokens
	start := v.wordFrom(s.First)
	f.add3(bits(i == start, v.sent[i] == v.sent[t], s.First > 0 && v.atoms[s.First-1].mark != 0), bits(x.opened), src)
	f.add3(bits(i == start, v.sent[i] == v.sent[t]), a.lemma, bits(x.opened))
	f.add3(bits(i == start), x.lemma, x.tag)
	// What lies between the cue, or its source, and the start.
	from, to := t+1, i
	if c.side == before {
		from, to = i, t
	} else if c.source.head > t && c.source.End <= i {
		from = c.source.End
	}
	words := 0
	if to > from && to-from < 400 {
		words = v.words(from, to-1)
	}
	f.add2(bucket(words), src)
	f.add3(bucket(words), p.lemma, x.tag)
	f.add3(bucket(words), a.lemma, x.tag)
	if to > from {
		g := v.near(from, t)
		f.add3(g.lemma, x.lemma, bits(words < 6))
		f.add3(g.label, x.tag, p.lemma)
		f.add3(g.lemma, a.lemma, bucket(words))
	}
}

func (v *view) endFeatures(f *features, c *focus, j int) {
	f.reset(endTemplates + sideStride*uint32(c.side))
	t := c.t
	a := v.atoms[t]
	x, n, n2 := v.near(j, j), v.near(j+1, j), v.near(j+2, j)
	u := v.top(j, t, 1)
	upath := v.path(t, u)
	q := v.quoteState(t, j)
	s := v.Sentences[v.sent[j]].Tokens
	next := v.wordFrom(j + 1)
	nw := v.near(next, j)
	endOf := bits(next >= s.End, v.sent[j] == v.sent[t], v.lastOfParagraph(next-1))
	src := v.relation(c, j+1)
	f.add(upath)
	f.add2(upath, a.class)
	f.add2(endOf, a.class)
	f.add2(n.lemma, a.class)
	f.add3(n.lemma, nw.tag, a.class)
	f.add2(upath, a.tag)
	f.add2(upath, v.atoms[u].tag)
	f.add2(endOf, a.tag)
	f.add2(endOf, a.lemma)
	f.add2(endOf, q)
	f.add2(n.lemma, a.tag)
	f.add2(n.lemma, a.lemma)
	f.add2(n.lemma, n2.lemma)
	f.add2(n.lemma, n2.tag)
	f.add2(n.tag, n2.tag)
	f.add2(x.tag, n.tag)
	f.add2(x.lemma, n.lemma)
	f.add3(x.label, n.label, n.tag)
	f.add2(x.name, n.lemma)
	f.add2(src, a.tag)
	f.add2(src, a.lemma)
	f.add2(src, n.lemma)
	f.add2(src, q)
	f.add3(q, bits(x.closed, nw.opened), n.lemma)
	f.add3(q, bits(x.closed, nw.opened), a.lemma)
	f.add3(bits(x.closed, nw.opened), n.lemma, nw.lemma)
	f.add3(nw.lemma, n.lemma, a.tag)
	f.add3(nw.tag, n.lemma, nw.label)
	f.add2(v.relation(c, next), n.lemma)
	f.add3(v.relation(c, next), bits(x.closed), a.lemma)
	f.add3(q, n.lemma, a.tag)
	f.add2(q, upath)
	f.add2(bucket(j-t), a.tag)
	f.add2(bucket(s.End-j), q)
	if j+1 < s.End {
		// The phrase that is left out if the content ends here.
		w := v.top(j+1, t, -1)
		k := min(next, s.End-1) // the phrase after a comma
		y := v.top(k, t, -1)
		wp, yp := v.path(t, w), v.path(t, y)
		inside := bits(v.Tokens[w].Head >= 0 && v.Tokens[w].Head <= j, v.Tokens[y].Head >= 0 && v.Tokens[y].Head <= j, v.Tokens[y].Head == t)
		f.add3(wp, v.atoms[w].tag, inside)
		f.add3(yp, v.atoms[y].tag, inside)
		f.add3(yp, v.atoms[k].lemma, inside)
		f.add3(yp, v.atoms[y].name, v.atoms[k].lemma)
		f.add3(v.atoms[y].label, v.atoms[k].lemma, inside)
		f.add3(v.atoms[y].label, v.atoms[y].lemma, inside)
		f.add3(v.atoms[y].label, v.atoms[k].lemma, a.lemma)
		f.add3(v.atoms[y].label, v.atoms[k].lemma, a.class)
		f.add3(v.atoms[y].label, v.atoms[y].name, n.lemma)
		f.add3(v.atoms[k].lemma, n.lemma, a.tag)
		f.add3(v.atoms[k].tag, n.lemma, inside)
		f.add3(inside, n.lemma, v.atoms[y].tag)
		f.add3(bucket(int(v.hi[y]-v.lo[y])), v.atoms[y].label, inside)
		f.add3(bucket(int(v.hi[y]-v.lo[y])), v.atoms[k].lemma, n.lemma)
		f.add3(v.atoms[y].tag, v.atoms[k].tag, q)
	}
}

func (v *view) pairFeatures(f *features, c *focus, p piece) {
	f.reset(pairTemplates + sideStride*uint32(c.side))
	t := c.t
	a := v.atoms[t]
	i, j := p.First, p.End-1
	x, z := &v.atoms[i], &v.atoms[j]
	n := v.words(i, j)
	u, w := v.top(i, t, -1), v.top(j, t, 1)
	one := u == w && int(v.lo[u]) == i && int(v.hi[u]) == j
	// The highest token of the piece: what the content is.
	r := u
	for h := v.Tokens[r].Head; h >= i && h <= j; h = v.Tokens[r].Head {
		r = h
	}
	rp := v.path(t, r)
	whole := bits(int(v.lo[r]) >= i && int(v.hi[r]) <= j, int(v.lo[r]) == i, int(v.hi[r]) == j, one)
	qi, qj := v.quote[i], v.quote[j]
	opens, closes := x.opened, z.closed
	balance := bits(opens, closes, qi >= 0, qj >= 0, qi == qj)
	overlap := c.source.head >= 0 && i < c.source.End && c.source.First < p.End
	covers := c.source.head >= 0 && i <= c.source.First && c.source.End <= p.End
	size := bucket(n)
	f.add2(size, a.tag)
	f.add2(size, a.lemma)
	f.add2(size, a.class)
	f.add3(rp, whole, a.class)
	f.add2(balance, a.class)
	f.add3(v.atoms[r].tag, a.class, x.lemma)
	f.add3(v.atoms[r].label, a.class, v.near(j+1, j).lemma)
	f.add2(size, v.atoms[r].label)
	f.add2(size, balance)
	f.add2(rp, whole)
	f.add3(rp, whole, a.tag)
	f.add3(rp, whole, a.lemma)
	f.add3(v.atoms[r].label, whole, x.lemma)
	f.add3(v.atoms[r].tag, whole, v.atoms[r].label)
	f.add2(v.atoms[r].lemma, a.lemma)
	f.add3(v.atoms[r].tag, a.lemma, x.lemma)
	f.add3(v.atoms[r].name, a.tag, v.atoms[r].label)
	f.add2(balance, a.lemma)
	f.add2(balance, a.tag)
	f.add3(balance, whole, uint32(v.sent[j]-v.sent[i]))
	f.add2(bits(overlap, covers), balance)
	f.add2(bits(overlap, covers), v.relation(c, i))
	f.add3(x.lemma, v.near(j+1, j).lemma, a.tag)
	f.add3(x.tag, v.near(j+1, j).tag, whole)
	f.add3(v.near(i-1, i).lemma, v.near(j+1, j).lemma, a.tag)
	f.add3(v.near(i-1, i).lemma, v.near(j+1, j).lemma, whole)
	f.add3(v.atoms[u].label, v.atoms[w].label, bits(one))
	f.add2(bucket(int(v.sent[j]-v.sent[i])), balance)
	f.add3(bits(v.sent[i] == v.sent[t], v.sent[j] == v.sent[t]), balance, a.tag)
	k := v.interruptions(i, j)
	f.add2(k, balance)
	f.add3(k, x.lemma, a.tag)
	f.add2(k, whole)
	finite := v.hasVerb(i, j)
	f.add3(bits(finite), v.atoms[r].label, a.lemma)
	f.add3(bits(finite), size, a.lemma)
	f.add3(bits(finite), x.tag, c.control)
}

// interruptions counts what a piece runs over: commas, and quotation marks.
func (v *view) interruptions(i, j int) uint32 {
	commas, marks := 0, 0
	for k := i + 1; k < j && k < i+200; k++ {
		switch {
		case v.atoms[k].mark != 0:
			marks++
		case v.Tokens[k].Form == "," && v.quote[k] < 0:
			commas++
		}
	}
	return uint32(min(commas, 3)*8 + min(marks, 5))
}

func (v *view) hasVerb(i, j int) bool {
	for k := i; k <= j && k < i+60; k++ {
		if t := v.Tokens[k].Tag; t == "VBD" || t == "VBZ" || t == "VBP" || t == "MD" {
			return true
		}
	}
	return false
}

// relation says where token i stands to the source.
func (v *view) relation(c *focus, i int) uint32 {
	s := &c.source
	switch {
	case s.head < 0:
		return 0
	case i == s.End:
		return 1 + bits(s.head > c.t)
	case i == s.First:
		return 3 + bits(s.head > c.t)
	case i > s.First && i < s.End:
		return 5
	case i < s.First:
		return 6 + bits(s.head > c.t)
	}
	return 8 + bits(s.head > c.t)
}

// quoteState says how tokens t and i stand to quotation marks.
func (v *view) quoteState(t, i int) uint32 {
	return bits(v.quote[i] >= 0, v.quote[t] >= 0, v.quote[i] == v.quote[t], v.atoms[i].opened, v.atoms[i].closed)
}

func (v *view) lastOfParagraph(j int) bool {
	return j+1 >= len(v.atoms) || v.Sentences[v.sent[j+1]].Paragraph != v.Sentences[v.sent[j]].Paragraph
}

// pieceScores gives a score to nothing (index 0) and to each of c.pieces.
func (v *view) pieceScores(c *focus, score func([]linear.Feature) float32, f *features, starts, ends, out []float32) (s, e, o []float32) {
	v.nothingFeatures(f, c)
	out = append(out[:0], score(f.list))
	starts, ends = starts[:0], ends[:0]
	for _, i := range c.starts {
		v.startFeatures(f, c, i)
		starts = append(starts, score(f.list))
	}
	for _, j := range c.ends {
		v.endFeatures(f, c, j)
		ends = append(ends, score(f.list))
	}
	for _, p := range c.pieces {
		v.pairFeatures(f, c, p)
		out = append(out, starts[p.start]+ends[p.end]+score(f.list))
	}
	return starts, ends, out
}
