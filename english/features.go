package english

import "onrecord/linear"

// Numbers of the templates of moves and of labels start here.
const (
	moveTemplates  = 300
	labelTemplates = 600
)

// bucket makes few classes of a distance.
func bucket(d int) uint32 {
	if d <= 5 {
		return uint32(d)
	}
	return uint32(min(5+(d-4)/3, 9))
}

// fold hashes a set of labels.
func fold(set uint64) uint32 { return uint32(set ^ set>>32*0x9e3779b1) }

// features are those of the choice of a move.
func (s *state) features(out []linear.Feature) []linear.Feature {
	i0, i1, bi := s.at(0), s.at(1), s.front
	f0, f1, fb := s.part(i0), s.part(i1), s.part(bi)
	s0, s1, s2 := s.node(i0), s.node(i1), s.node(s.at(2))
	b0, b1, b2, b3 := &s.nodes[bi], &s.nodes[bi+1], &s.nodes[min(bi+2, s.n+1)], &s.nodes[min(bi+3, s.n+1)]
	s0l, s0r, s1r, b0l := s.node(f0.left[0]), s.node(f0.right[0]), s.node(f1.right[0]), s.node(fb.left[0])
	s0ll, s0rl, s1ll, s1rl, b0ll := f0.leftLabel[0], f0.rightLabel[0], f1.leftLabel[0], f1.rightLabel[0], fb.leftLabel[0]
	s0ll2, s0rl2, s1rl2, b0ll2 := f0.leftLabel[1], f0.rightLabel[1], f1.rightLabel[1], fb.leftLabel[1]
	dist, dist1, between, quotes := uint32(0), uint32(0), uint32(15), uint32(9)
	s0n := &edge // the word after the stack's top
	if i0 >= 0 {
		dist, quotes, s0n = bucket(bi-i0), s0.quoted*2+b0.quoted, &s.nodes[i0+1]
		between = uint32(min(s.commas[bi]-s.commas[i0+1], 2))*4 + uint32(min(s.verbs[bi]-s.verbs[i0+1], 2))
		if i1 >= 0 {
			dist1 = bucket(i0 - i1)
		}
	}
	bp := s.node(bi - 1)
	vr0, vl0, vr1, vlb := f0.rights, f0.lefts, f1.rights, fb.lefts
	l0, r0, l1, r1, lb := fold(f0.leftSet), fold(f0.rightSet), fold(f1.leftSet), fold(f1.rightSet), fold(fb.leftSet)
	const T = moveTemplates
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
		linear.Join(T+44, s0l.w), linear.Join(T+45, s0l.t), linear.Join(T+46, s0ll), linear.Join(T+47, s0r.w), linear.Join(T+48, s0r.t), linear.Join(T+49, s0rl), linear.Join(T+50, b0l.w), linear.Join(T+51, b0l.t), linear.Join(T+52, b0ll),
		linear.Join2(T+53, s0.t, s0rl), linear.Join2(T+54, s0.w, s0rl), linear.Join2(T+55, s0.w, s0ll), linear.Join3(T+56, s0.t, s0ll, s0ll2), linear.Join3(T+57, s0.t, s0rl, s0rl2), linear.Join3(T+58, b0.t, b0ll, b0ll2),
		linear.Join3(T+59, s1.t, s1rl, s1rl2), linear.Join2(T+60, s1.w, s1rl), linear.Join2(T+61, s1.t, s1ll),
		linear.Join2(T+62, s1.w, s0.w), linear.Join3(T+63, s1.w, s0.t, b0.t), linear.Join3(T+64, s1.t, s0.w, b0.t), linear.Join3(T+65, s1.t, s0.t, b0.w),
		linear.Join3(T+70, quotes, s0.t, b0.t), linear.Join3(T+71, s1.t, s0.t, s0rl), linear.Join3(T+72, s1.w, s0r.w, s0.t), linear.Join3(T+73, s0.w, b0.t, b1.t), linear.Join3(T+74, s0.t, b0.t, s0rl),
		// the buffer's first word with its preposition, against both places it may go to
		linear.Join3(T+80, s0.w, b0l.w, b0.t), linear.Join3(T+81, s1.w, b0l.w, b0.t), linear.Join3(T+82, s0.t, b0l.w, b0.w), linear.Join3(T+83, s1.t, b0l.w, s0.t),
		linear.Join3(T+84, s1.w, s0.w, b0l.w), linear.Join2(T+85, s1.w, b0.w), linear.Join3(T+86, s1.t, b0.t, s0.t^s0l.w), linear.Join3(T+87, s1.w, b0.t, b0ll),
		linear.Join3(T+88, s1.w, s0l.w, s0.t), linear.Join3(T+89, s1.t, s0l.w, s0.w), linear.Join3(T+90, s0.w, b0l.w, b0.w),
		// what lies between, and the neighbours
		linear.Join3(T+91, s0.t, b0.t, between), linear.Join3(T+92, s0.w, b0.t, between), linear.Join3(T+93, s0.t, b0.w, between), linear.Join3(T+94, s1.t, s0.t, between^b0.t<<8),
		linear.Join3(T+95, b0.t, bp.t, s0.t), linear.Join3(T+96, s0.t, s0n.t, b0.t), linear.Join3(T+97, s0.t, b0.t, b1.w), linear.Join3(T+98, b1.t, b2.t, b3.t), linear.Join3(T+99, b0.w, b1.t, b2.t), linear.Join3(T+100, s0.t, s0n.w, b0.t), linear.Join3(T+101, b0.t, bp.w, s0.t),
		// sets of labels
		linear.Join2(T+110, s0.t, r0), linear.Join2(T+111, s0.w, r0), linear.Join2(T+112, s0.t, l0), linear.Join2(T+113, s0.w, l0), linear.Join2(T+114, b0.t, lb), linear.Join3(T+115, s1.t, r1, s0.t),
		linear.Join3(T+116, s1.w, r1, s0.t), linear.Join3(T+117, s0.t, r0, b0.t), linear.Join3(T+118, s0.t, l0, b0.t), linear.Join3(T+119, s1.t, l1, s0.t^l0), linear.Join3(T+120, s0.t^r0, b0.t, lb))
}

// arcFeatures are the features of the label of an arc about to be made.
func (s *state) arcFeatures(out []linear.Feature, child, h int) []linear.Feature {
	fc, fp, c, p := s.part(child), s.part(h), s.node(child), s.node(h)
	dir := uint32(0)
	if child < h {
		dir = 1
	}
	cl := s.node(fc.left[0])
	cll, crl, cll2, pll, prl := fc.leftLabel[0], fc.rightLabel[0], fc.leftLabel[1], fp.leftLabel[0], fp.rightLabel[0]
	before, after := s.node(child-1), s.node(child+1)
	d := uint32(min(max(child-h, h-child), 6))
	cw, pw := &s.ws[child], &boundary
	if h < s.n {
		pw = &s.ws[h]
	}
	cset, pset, lset := fold(fc.leftSet), fold(fp.rightSet), fold(fp.leftSet)
	const T = labelTemplates
	return append(out[:0],
		linear.Join(T, dir), linear.Join2(T+1, c.w, dir), linear.Join2(T+2, c.t, dir), linear.Join2(T+3, p.w, dir), linear.Join2(T+4, p.t, dir),
		linear.Join3(T+5, c.t, p.t, dir), linear.Join3(T+6, c.w, p.t, dir), linear.Join3(T+7, c.t, p.w, dir), linear.Join3(T+8, c.w, p.w, dir),
		linear.Join3(T+9, c.t, cll, dir), linear.Join3(T+10, c.t, crl, dir), linear.Join3(T+11, cl.w, c.t, p.t), linear.Join3(T+12, cll, cll2, p.t*2+dir), linear.Join3(T+13, c.t, p.t, d*2+dir),
		linear.Join3(T+14, p.t, pll, dir), linear.Join3(T+15, p.t, prl, c.t*2+dir), linear.Join3(T+16, p.w, prl, dir), linear.Join3(T+17, p.w, pll, c.t),
		linear.Join3(T+18, before.t, c.t, p.t), linear.Join3(T+19, c.t, after.t, p.t), linear.Join3(T+20, before.w, c.t, dir), linear.Join3(T+21, after.w, c.t, dir),
		linear.Join3(T+22, cw.suffix[2], p.t, dir), linear.Join3(T+23, c.c, p.c, dir), linear.Join3(T+24, c.c, p.t, dir), linear.Join3(T+25, c.t, p.c, dir), linear.Join3(T+26, pw.suffix[2], c.t, dir),
		linear.Join3(T+27, cl.w, c.w, p.t), linear.Join3(T+28, cl.w, p.w, c.t),
		linear.Join3(T+29, c.t, cset, p.t*2+dir), linear.Join3(T+30, p.t, pset, c.t*2+dir), linear.Join3(T+31, p.t, lset, c.t*2+dir), linear.Join3(T+32, c.t^cset, p.t, lset*2+dir),
		linear.Join3(T+33, before.t, c.t, p.t*4+c.quoted*2+p.quoted), linear.Join3(T+34, p.w, lset, dir), linear.Join3(T+35, c.w, cset, dir), linear.Join3(T+36, c.t^p.t<<8, before.t, after.t), linear.Join3(T+37, p.w, pset, c.t))
}
