package story_test

import (
	"errors"
	"testing"

	"onrecord/story"
)

// FuzzPlace places sketches that nobody made.
func FuzzPlace(f *testing.F) {
	for _, a := range []story.Article{closedA, final, {}} {
		f.Add(story.NewGrouper().Add(a).Sketch)
	}
	f.Add([]byte{})
	f.Add([]byte("no sketch"))
	f.Fuzz(func(t *testing.T, kept []byte) {
		g := story.NewGrouper()
		g.Add(closedA)
		for _, with := range []int{-1, 0} {
			if _, err := g.Place(kept, with); err != nil && !errors.Is(err, story.ErrSketch) {
				t.Error(err)
			}
		}
		if d := g.Add(closedB); g.Story(0) != 0 || len(d.Sketch) == 0 {
			t.Errorf("%+v", d)
		}
	})
}

func TestPlaceSaysNo(t *testing.T) {
	whole := story.NewGrouper().Add(closedA).Sketch
	for n := range len(whole) {
		_, err := story.NewGrouper().Place(whole[:n], -1)
		if cut := (len(whole) - n) % 8; err == nil && cut != 0 || err != nil && !errors.Is(err, story.ErrSketch) {
			t.Errorf("%d of %d bytes: %v", n, len(whole), err)
		}
	}
}
