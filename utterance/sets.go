package utterance

// sets are disjoint sets of indices (Tarjan 1975), some of which must stay
// apart.
type sets struct {
	parent []int
	apart  [][]int // of a set's first: members of sets that it may not be joined with
}

func newSets(n int) sets {
	s := sets{parent: make([]int, n), apart: make([][]int, n)}
	for i := range s.parent {
		s.parent[i] = i
	}
	return s
}

// find is the first member of the set of i.
func (s sets) find(i int) int {
	for s.parent[i] != i {
		s.parent[i] = s.parent[s.parent[i]]
		i = s.parent[i]
	}
	return i
}

// part keeps the sets of i and k apart.
func (s sets) part(i, k int) {
	i, k = s.find(i), s.find(k)
	s.apart[i], s.apart[k] = append(s.apart[i], k), append(s.apart[k], i)
}

// join unites two sets unless they are to stay apart.
func (s sets) join(i, k int) {
	i, k = s.find(i), s.find(k)
	if i == k {
		return
	}
	for _, o := range s.apart[i] {
		if s.find(o) == k {
			return
		}
	}
	i, k = min(i, k), max(i, k)
	s.parent[k] = i
	s.apart[i] = append(s.apart[i], s.apart[k]...)
}
