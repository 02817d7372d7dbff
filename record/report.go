package record

import (
	"hash/fnv"
	"slices"

	"onrecord/store"
)

// Articles are one report where one has the words of the other, as outlets
// print what an agency sends them, cut to length and with a note of their own.
const (
	// copyRun is the length of the runs of words that are compared.
	copyRun = 5
	// copyShare is the part of the runs of the shorter article that the other
	// one has at least.
	copyShare = 0.7
	// copyKept is how many runs there are for one that is kept, which is chosen
	// by its hash, so that two articles keep the same ones.
	copyKept = 3
	// copyLeast is how many kept runs an article has at least that can be a
	// copy: of some forty words.
	copyLeast = 12
)

// imprint hashes some of the runs of words of a text.
func imprint(body string) []uint32 {
	words := plainWords(body)
	var out []uint32
	for i := 0; i+copyRun <= len(words); i++ {
		h := fnv.New32a()
		for _, w := range words[i : i+copyRun] {
			h.Write([]byte(w)) // a hash returns no error
			h.Write([]byte{0})
		}
		if sum := h.Sum32(); sum%copyKept == 0 {
			out = append(out, sum)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// copied is the part of the runs of the shorter of two imprints that the other
// has, 0 where one is too short to say.
func copied(a, b []uint32) float64 {
	least := min(len(a), len(b))
	if least < copyLeast {
		return 0
	}
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			common++
			i, j = i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return float64(common) / float64(least)
}

// recognise keeps of which article of its story a new one is a copy.
func recognise(b *store.Batch, row, story int64, body string) error {
	s := store.Print{Article: row, First: row, Hashes: imprint(body)}
	others, err := b.Prints(story)
	if err != nil {
		return err
	}
	best := copyShare
	for _, o := range others {
		if share := copied(s.Hashes, o.Hashes); share >= best && (share > best || s.First == row) {
			best, s.First = share, o.First
		}
	}
	return b.Print(s)
}
