package english

import (
	"math/rand/v2"
	"testing"
)

// randomTree is a projective tree over the words first…end-1; its root hangs
// on head.
func randomTree(r *rand.Rand, heads []int, first, end, head int) {
	if first >= end {
		return
	}
	root := first + r.IntN(end-first)
	heads[root] = head
	// Each side is cut into subtrees at random.
	for _, side := range [][2]int{{first, root}, {root + 1, end}} {
		for a := side[0]; a < side[1]; {
			b := a + 1 + r.IntN(side[1]-a)
			randomTree(r, heads, a, b, root)
			a = b
		}
	}
}

// TestOracle checks that moves without a cost lead to the gold tree, and that
// a detour loses no more arcs than the cost function says.
func TestOracle(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		n := 1 + r.IntN(12)
		gold := make([]int, n)
		randomTree(r, gold, 0, n, n)
		detours := r.IntN(2)
		var s state
		s.reset(make([]word, n), make([]uint8, n))
		lost := 0
		for !s.done() {
			var open []int
			least := 1 << 30
			for c := range moves {
				if s.can(c) {
					open = append(open, c)
					least = min(least, s.cost(c, gold))
				}
			}
			next := open[r.IntN(len(open))]
			if detours == 0 || r.IntN(6) > 0 {
				for s.cost(next, gold) > least {
					next = open[r.IntN(len(open))]
				}
			}
			if f := s.forced(); f >= 0 && (len(open) != 1 || open[0] != f) {
				t.Fatalf("%d is no forced move among %v", f, open)
			}
			lost += s.cost(next, gold)
			s.apply(next, 0)
		}
		wrong, roots := 0, 0
		for i := range gold {
			if s.head[i] != gold[i] {
				wrong++
			}
			if s.head[i] == n {
				roots++
			}
		}
		if roots != 1 {
			t.Fatalf("%d roots in %v", roots, s.head[:n])
		}
		if detours == 0 && wrong > 0 || wrong > lost+1 { // + 1: that the root has one child is no part of the cost
			t.Fatalf("gold %v, got %v: %d wrong, cost %d", gold, s.head[:n], wrong, lost)
		}
	}
}

func TestLemma(t *testing.T) {
	exceptions := map[string]string{"d" + "said": "say", "s" + "women": "woman", "d" + "noted": "note", "g" + "making": "make", "x" + "n't": "not"}
	for _, c := range []struct{ form, tag, want string }{
		{"said", "VBD", "say"}, {"women", "NNS", "woman"}, {"noted", "VBN", "note"}, {"ports", "NNS", "port"}, {"cities", "NNS", "city"},
		{"boxes", "NNS", "box"}, {"churches", "NNS", "church"}, {"glass", "NN", "glass"}, {"classes", "NNS", "class"}, {"says", "VBZ", "say"},
		{"denies", "VBZ", "deny"}, {"denied", "VBD", "deny"}, {"planned", "VBD", "plan"}, {"walked", "VBD", "walk"}, {"agreed", "VBD", "agree"},
		{"announced", "VBD", "announce"}, {"believed", "VBN", "believe"}, {"running", "VBG", "run"}, {"making", "VBG", "make"}, {"reading", "VBG", "read"},
		{"creating", "VBG", "create"}, {"argued", "VBD", "argue"}, {"ferry", "NN", "ferry"}, {"harbours", "NNPS", "harbours"}, {"quick", "JJ", "quick"}, {"n't", "RB", "not"},
	} {
		if got := lemma(c.form, c.tag, exceptions); got != c.want {
			t.Errorf("%s/%s: %q instead of %q", c.form, c.tag, got, c.want)
		}
	}
}
