package english

import "onrecord/linear"

// The parser is arc-hybrid (Kuhlmann, Gómez-Rodríguez and Satta, ACL 2011),
// greedy, trained with a dynamic oracle (Goldberg and Nivre, TACL 2013) and
// features after Zhang and Nivre (ACL 2011). A move is chosen among three
// first and the new arc's label afterwards, which keeps a row of weights in
// one cache line; the labels of earlier arcs are features of both.

const (
	shift = iota // first word of the buffer goes on the stack
	left         // top of the stack becomes a child of the buffer's first word
	right        // top of the stack becomes a child of the word below it
	moves
)

// state is a sentence half parsed. Words are 0…n-1; n stands for the root,
// at the end of the buffer.
type state struct {
	ws    []word
	tags  []uint8
	n     int
	front int // first word of the buffer
	stack []int
	head  []int // -1 until attached; n for the root
	label []uint8
	lkid  [][2]int // leftmost and second leftmost child, -1 if none
	rkid  [][2]int
	lval  []uint8 // children on the left, on the right
	rval  []uint8
	quote []uint8 // 1 where a word stands between quotation marks
}

func (s *state) reset(ws []word, tags []uint8) {
	n := len(ws)
	s.ws, s.tags, s.n, s.front = ws, tags, n, 0
	s.stack = s.stack[:0]
	if cap(s.head) < n+1 {
		c := 2*n + 64
		s.head, s.label = make([]int, c), make([]uint8, c)
		s.lkid, s.rkid = make([][2]int, c), make([][2]int, c)
		s.lval, s.rval, s.quote = make([]uint8, c), make([]uint8, c), make([]uint8, c)
	}
	s.head, s.label, s.lkid, s.rkid, s.lval, s.rval, s.quote = s.head[:n+1], s.label[:n+1], s.lkid[:n+1], s.rkid[:n+1], s.lval[:n+1], s.rval[:n+1], s.quote[:n+1]
	open := uint8(0)
	for i := range s.head {
		s.head[i], s.label[i], s.lkid[i], s.rkid[i], s.lval[i], s.rval[i] = -1, uint8(len(labelNames)), [2]int{-1, -1}, [2]int{-1, -1}, 0, 0
		s.quote[i] = 0
		if i < n {
			switch tagNames[tags[i]] {
			case "``":
				open = 1
			case "''":
				open = 0
			}
			s.quote[i] = open
		}
	}
}

func (s *state) done() bool { return s.front == s.n && len(s.stack) == 0 }

func (s *state) can(move int) bool {
	switch move {
	case shift:
		return s.front < s.n
	case left: // the root takes one child only
		return len(s.stack) > 0 && (s.front < s.n || len(s.stack) == 1)
	}
	return len(s.stack) > 1
}

// arc attaches a child, s.head being the child's and h its head.
func (s *state) arc(child, h int, label uint8) {
	s.head[child], s.label[child] = h, label
	if child < h {
		s.lkid[h] = [2]int{child, s.lkid[h][0]}
		s.lval[h] = min(s.lval[h]+1, 7)
	} else {
		s.rkid[h] = [2]int{child, s.rkid[h][0]}
		s.rval[h] = min(s.rval[h]+1, 7)
	}
}

// ends are child and head of the arc that a move would make.
func (s *state) ends(move int) (child, head int) {
	top := s.stack[len(s.stack)-1]
	if move == left {
		return top, s.front
	}
	return top, s.stack[len(s.stack)-2]
}

func (s *state) apply(move int, label uint8) {
	if move == shift {
		s.stack = append(s.stack, s.front)
		s.front++
		return
	}
	child, h := s.ends(move)
	s.arc(child, h, label)
	s.stack = s.stack[:len(s.stack)-1]
}

// node is what the features see of a word.
type node struct{ w, t, c, l uint32 } // word, tag, cluster, label of its arc

func (s *state) node(i int) node {
	switch {
	case i < 0:
		return node{1, 60, 0, 60}
	case i >= s.n:
		return node{2, 61, 0, 61}
	}
	return node{s.ws[i].lower, uint32(s.tags[i]), s.ws[i].cluster, uint32(s.label[i])}
}

func (s *state) at(depth int) int {
	if depth >= len(s.stack) {
		return -1
	}
	return s.stack[len(s.stack)-1-depth]
}

const moveTemplates = 300

func (s *state) features(out []linear.Feature) []linear.Feature {
	i0, i1, i2 := s.at(0), s.at(1), s.at(2)
	bi := s.front
	s0, s1, s2 := s.node(i0), s.node(i1), s.node(i2)
	b0, b1, b2 := s.node(bi), s.node(bi+1), s.node(bi+2)
	if bi+1 > s.n {
		b1 = node{1, 60, 0, 60}
	}
	if bi+2 > s.n {
		b2 = node{1, 60, 0, 60}
	}
	kid := func(i int, kids [][2]int, k int) node {
		if i < 0 {
			return node{1, 60, 0, 60}
		}
		return s.node(kids[i][k])
	}
	val := func(i int, v []uint8) uint32 {
		if i < 0 {
			return 9
		}
		return uint32(v[i])
	}
	s0l, s0r, s0l2, s0r2 := kid(i0, s.lkid, 0), kid(i0, s.rkid, 0), kid(i0, s.lkid, 1), kid(i0, s.rkid, 1)
	s1l, s1r, s1r2 := kid(i1, s.lkid, 0), kid(i1, s.rkid, 0), kid(i1, s.rkid, 1)
	b0l, b0l2 := kid(bi, s.lkid, 0), kid(bi, s.lkid, 1)
	dist := uint32(0)
	if i0 >= 0 {
		dist = uint32(min(bi-i0, 12))
		if dist > 5 {
			dist = 5 + (dist-5)/3
		}
	}
	dist1 := uint32(0)
	if i0 >= 0 && i1 >= 0 {
		dist1 = uint32(min(i0-i1, 12))
		if dist1 > 5 {
			dist1 = 5 + (dist1-5)/3
		}
	}
	quotes := uint32(9)
	if i0 >= 0 {
		quotes = uint32(s.quote[i0])*2 + uint32(s.quote[min(bi, s.n)])
	}
	const T = moveTemplates
	vr0, vl0, vr1, vlb := val(i0, s.rval), val(i0, s.lval), val(i1, s.rval), val(bi, s.lval)
	return append(out[:0],
		linear.Join(T, 0),
		linear.Join2(T+1, s0.w, s0.t), linear.Join(T+2, s0.w), linear.Join(T+3, s0.t), linear.Join2(T+4, b0.w, b0.t), linear.Join(T+5, b0.w), linear.Join(T+6, b0.t),
		linear.Join2(T+7, b1.w, b1.t), linear.Join(T+8, b1.t), linear.Join2(T+9, b2.w, b2.t), linear.Join(T+10, b2.t), linear.Join2(T+11, s1.w, s1.t), linear.Join(T+12, s1.t),
		linear.Join(T+13, s1.w), linear.Join(T+14, s2.t),
		linear.Join3(T+15, s0.w, s0.t, b0.w^b0.t*7), linear.Join3(T+16, s0.w, s0.t, b0.t), linear.Join3(T+17, s0.t, b0.w, b0.t), linear.Join2(T+18, s0.w, b0.w), linear.Join2(T+19, s0.t, b0.t),
		linear.Join2(T+20, b0.t, b1.t), linear.Join3(T+21, b0.t, b1.t, b2.t), linear.Join3(T+22, s0.t, b0.t, b1.t), linear.Join3(T+23, s1.t, s0.t, b0.t),
		linear.Join3(T+24, s0.t, s0l.t, b0.t), linear.Join3(T+25, s0.t, s0r.t, b0.t), linear.Join3(T+26, s0.t, b0.t, b0l.t), linear.Join3(T+27, s1.t, s0.t, s0r.t), linear.Join3(T+28, s1.t, s0.t, s0l.t),
		linear.Join3(T+29, s1.t, s1r.t, s0.t), linear.Join3(T+30, s2.t, s1.t, s0.t),
		linear.Join3(T+31, s0.w, b0.w, dist), linear.Join3(T+32, s0.t, b0.t, dist), linear.Join2(T+33, s0.t, dist), linear.Join3(T+34, s1.t, s0.t, dist1), linear.Join3(T+35, s1.w, s0.t, dist1),
		linear.Join2(T+36, s0.w, vr0), linear.Join2(T+37, s0.t, vr0), linear.Join2(T+38, s0.w, vl0), linear.Join2(T+39, s0.t, vl0), linear.Join2(T+40, b0.w, vlb), linear.Join2(T+41, b0.t, vlb), linear.Join2(T+42, s1.t, vr1), linear.Join2(T+43, s1.w, vr1),
		linear.Join(T+44, s0l.w), linear.Join(T+45, s0l.t), linear.Join(T+46, s0l.l), linear.Join(T+47, s0r.w), linear.Join(T+48, s0r.t), linear.Join(T+49, s0r.l), linear.Join(T+50, b0l.w), linear.Join(T+51, b0l.t), linear.Join(T+52, b0l.l),
		linear.Join2(T+53, s0.t, s0r.l), linear.Join2(T+54, s0.w, s0r.l), linear.Join2(T+55, s0.w, s0l.l), linear.Join3(T+56, s0.t, s0l.l, s0l2.l), linear.Join3(T+57, s0.t, s0r.l, s0r2.l), linear.Join3(T+58, b0.t, b0l.l, b0l2.l),
		linear.Join3(T+59, s1.t, s1r.l, s1r2.l), linear.Join2(T+60, s1.w, s1r.l), linear.Join2(T+61, s1.t, s1l.l),
		linear.Join2(T+62, s1.w, s0.w), linear.Join3(T+63, s1.w, s0.t, b0.t), linear.Join3(T+64, s1.t, s0.w, b0.t), linear.Join3(T+65, s1.t, s0.t, b0.w),
		linear.Join3(T+66, s0.c, b0.c, 0), linear.Join3(T+67, s1.c, s0.c, 0), linear.Join3(T+68, s0.c, b0.t, b1.t), linear.Join3(T+69, s0.t, b0.c, dist),
		linear.Join3(T+70, quotes, s0.t, b0.t), linear.Join3(T+71, s1.t, s0.t, s0r.l), linear.Join3(T+72, s1.w, s0r.w, s0.t), linear.Join3(T+73, s0.w, b0.t, b1.t), linear.Join3(T+74, s0.t, b0.t, s0r.l))
}

const labelTemplates = 400

// arcFeatures are the features of the label of an arc about to be made.
func (s *state) arcFeatures(out []linear.Feature, child, h int) []linear.Feature {
	c, p := s.node(child), s.node(h)
	dir := uint32(0)
	if child < h {
		dir = 1
	}
	cl, cr, cl2 := s.node(s.lkid[child][0]), s.node(s.rkid[child][0]), s.node(s.lkid[child][1])
	pl, pr := s.node(s.lkid[h][0]), s.node(s.rkid[h][0])
	before, after := s.node(child-1), s.node(child+1)
	d := uint32(min(max(child-h, h-child), 6))
	var sx, px word = boundary, boundary
	if child < s.n {
		sx = s.ws[child]
	}
	if h < s.n {
		px = s.ws[h]
	}
	const T = labelTemplates
	return append(out[:0],
		linear.Join(T, dir), linear.Join2(T+1, c.w, dir), linear.Join2(T+2, c.t, dir), linear.Join2(T+3, p.w, dir), linear.Join2(T+4, p.t, dir),
		linear.Join3(T+5, c.t, p.t, dir), linear.Join3(T+6, c.w, p.t, dir), linear.Join3(T+7, c.t, p.w, dir), linear.Join3(T+8, c.w, p.w, dir),
		linear.Join3(T+9, c.t, cl.l, dir), linear.Join3(T+10, c.t, cr.l, dir), linear.Join3(T+11, cl.w, c.t, p.t), linear.Join3(T+12, cl.l, cl2.l, p.t*2+dir), linear.Join3(T+13, c.t, p.t, d*2+dir),
		linear.Join3(T+14, p.t, pl.l, dir), linear.Join3(T+15, p.t, pr.l, c.t*2+dir), linear.Join3(T+16, p.w, pr.l, dir), linear.Join3(T+17, p.w, pl.l, c.t),
		linear.Join3(T+18, before.t, c.t, p.t), linear.Join3(T+19, c.t, after.t, p.t), linear.Join3(T+20, before.w, c.t, dir), linear.Join3(T+21, after.w, c.t, dir),
		linear.Join3(T+22, sx.suffix[2], p.t, dir), linear.Join3(T+23, c.c, p.c, dir), linear.Join3(T+24, c.c, p.t, dir), linear.Join3(T+25, c.t, p.c, dir), linear.Join3(T+26, px.suffix[2], c.t, dir),
		linear.Join3(T+27, cl.w, c.w, p.t), linear.Join3(T+28, cl.w, p.w, c.t))
}

// parse fills buf.parse.head and .label for a tagged sentence.
func (m *Model) parse(ws []word, tags []uint8, move, label linear.Scorer, buf *scratch) {
	s := &buf.parse
	s.reset(ws, tags)
	for !s.done() {
		buf.features = s.features(buf.features)
		out := buf.scores[:moves]
		move.Scores(buf.features, out)
		pick := -1
		for k := range out {
			if s.can(k) && (pick < 0 || out[k] > out[pick]) {
				pick = k
			}
		}
		var l uint8
		if pick != shift {
			child, h := s.ends(pick)
			l = m.arcLabel(s, child, h, label, buf)
		}
		s.apply(pick, l)
	}
}

func (m *Model) arcLabel(s *state, child, h int, label linear.Scorer, buf *scratch) uint8 {
	if h == s.n {
		return rootLabel
	}
	buf.features = s.arcFeatures(buf.features, child, h)
	out := buf.scores[:len(labelNames)]
	label.Scores(buf.features, out)
	return uint8(best(out))
}

// rootLabel is the class of "root" in labelNames.
const rootLabel = 37
