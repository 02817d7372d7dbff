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
	ws     []word
	n      int
	front  int // first word of the buffer
	stack  []int
	nodes  []node // of the words, the root, and what lies behind it
	parts  []part
	head   []int // -1 until attached; n for the root
	label  []uint8
	commas []uint8 // commas, verbs before a word, modulo 256
	verbs  []uint8
}

// node is what the features see of a word.
type node struct {
	w, t, c uint32 // word, tag, cluster
	quoted  uint32 // 1 between quotation marks
}

// part is what a word has got so far: its outermost and next child on either
// side (-1 if none) with their labels, number and set of labels.
type part struct {
	left, right           [2]int
	leftLabel, rightLabel [2]uint32
	lefts, rights         uint32 // 7 at most
	leftSet, rightSet     uint64
}

const noLabel = 63

var (
	edge      = node{w: 1, t: 60} // before and after the sentence
	rootNode  = node{w: 2, t: 61}
	childless = part{left: [2]int{-1, -1}, right: [2]int{-1, -1}, leftLabel: [2]uint32{noLabel, noLabel}, rightLabel: [2]uint32{noLabel, noLabel}}
	nothing   = part{left: [2]int{-1, -1}, right: [2]int{-1, -1}, leftLabel: [2]uint32{noLabel, noLabel}, rightLabel: [2]uint32{noLabel, noLabel}, lefts: 9, rights: 9}
)

func (s *state) reset(ws []word, tags []uint8) {
	s.ws, s.n, s.front = ws, len(ws), 0
	s.stack, s.nodes, s.parts, s.head, s.label = s.stack[:0], s.nodes[:0], s.parts[:0], s.head[:0], s.label[:0]
	s.commas, s.verbs = append(s.commas[:0], 0), append(s.verbs[:0], 0)
	quoted := uint32(0)
	for i := range ws {
		commas, verbs := s.commas[i], s.verbs[i]
		switch t := tagNames[tags[i]]; {
		case t == "``":
			quoted = 1
		case t == "''":
			quoted = 0
		case t == ",":
			commas++
		case t[0] == 'V' || t == "MD":
			verbs++
		}
		s.nodes = append(s.nodes, node{ws[i].lower, uint32(tags[i]), ws[i].cluster, quoted})
		s.commas, s.verbs = append(s.commas, commas), append(s.verbs, verbs)
		s.parts, s.head, s.label = append(s.parts, childless), append(s.head, -1), append(s.label, 0)
	}
	s.nodes, s.parts = append(s.nodes, rootNode, edge, edge, edge), append(s.parts, childless)
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

// forced is the only move that can be made, -1 if there is a choice.
func (s *state) forced() int {
	switch {
	case len(s.stack) == 0:
		return shift
	case s.front < s.n:
		return -1
	case len(s.stack) == 1:
		return left
	}
	return right
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
	s.head[child], s.label[child] = h, label
	s.stack = s.stack[:len(s.stack)-1]
	p := &s.parts[h]
	if child < h {
		p.left, p.leftLabel = [2]int{child, p.left[0]}, [2]uint32{uint32(label), p.leftLabel[0]}
		p.lefts, p.leftSet = min(p.lefts+1, 7), p.leftSet|1<<label
	} else {
		p.right, p.rightLabel = [2]int{child, p.right[0]}, [2]uint32{uint32(label), p.rightLabel[0]}
		p.rights, p.rightSet = min(p.rights+1, 7), p.rightSet|1<<label
	}
}

// at is the word at a depth of the stack, -1 below its end.
func (s *state) at(depth int) int {
	if depth >= len(s.stack) {
		return -1
	}
	return s.stack[len(s.stack)-1-depth]
}

func (s *state) node(i int) *node {
	if i < 0 {
		return &edge
	}
	return &s.nodes[i]
}

func (s *state) part(i int) *part {
	if i < 0 {
		return &nothing
	}
	return &s.parts[i]
}

// parse fills buf.parse.head and .label for a tagged sentence.
func (m *Model) parse(ws []word, tags []uint8, move, label linear.Scorer, buf *scratch) {
	s := &buf.parse
	s.reset(ws, tags)
	for !s.done() {
		pick := s.forced()
		if pick < 0 {
			buf.features = s.features(buf.features)
			out := buf.scores[:moves]
			move.Scores(buf.features, out)
			for k := range out {
				if s.can(k) && (pick < 0 || out[k] > out[pick]) {
					pick = k
				}
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
