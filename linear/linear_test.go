package linear

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
)

// toy has, for each of classes, examples with features of their own and some
// that all share.
func toy(classes int) (features [][]Feature, class []int) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 400 {
		c := r.IntN(classes)
		f := []Feature{Hash("bias"), Join(1, uint32(r.IntN(50))), Join2(2, uint32(c), uint32(r.IntN(3))), Join3(3, uint32(r.IntN(9)), uint32(c), 7)}
		features, class = append(features, f), append(class, c)
	}
	return features, class
}

func learned(classes, minUpdates int) *Perceptron {
	features, class := toy(classes)
	p := NewPerceptron(classes)
	p.MinUpdates = minUpdates
	out := make([]float32, classes)
	for range 30 {
		for k, f := range features {
			p.Scores(f, out)
			p.Learn(f, class[k], argmax(out))
		}
	}
	return p
}

func argmax(v []float32) int {
	k := 0
	for i := range v {
		if v[i] > v[k] {
			k = i
		}
	}
	return k
}

func TestPerceptronLearns(t *testing.T) {
	for _, classes := range []int{2, 3, 5, MaxClasses} {
		t.Run(fmt.Sprint(classes), func(t *testing.T) {
			table := learned(classes, 0).Table(.1)
			features, class := toy(classes)
			out := make([]float32, classes)
			right := 0
			for k, f := range features {
				if table.Scores(f, out); argmax(out) == class[k] {
					right++
				}
			}
			if right < len(features)*98/100 { // a small table takes some unknown features for others
				t.Errorf("%d of %d examples right", right, len(features))
			}
		})
	}
}

func TestMinUpdatesKeepsRareFeaturesOut(t *testing.T) {
	p := NewPerceptron(2)
	p.MinUpdates = 2
	often, once := []Feature{Hash("often")}, []Feature{Hash("once")}
	p.Learn(often, 1, 0)
	p.Learn(often, 1, 0)
	p.Learn(once, 1, 0)
	out := make([]float32, 2)
	for _, s := range []Scorer{p, p.Table(.1)} {
		if s.Scores(once, out); out[1] != out[0] {
			t.Errorf("%T: a feature of one mistake has a say: %v", s, out)
		}
		if s.Scores(often, out); out[1] <= out[0] {
			t.Errorf("%T: a feature of two mistakes has none: %v", s, out)
		}
	}
}

func TestTableRoundTrip(t *testing.T) {
	for _, classes := range []int{2, 3, 5, MaxClasses} {
		before := learned(classes, 0).Table(.1)
		b, err := before.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		again, _ := learned(classes, 0).Table(.1).MarshalBinary()
		if !bytes.Equal(b, again) {
			t.Errorf("%d classes: the same learning gives other bytes", classes)
		}
		var after Table
		if err := after.UnmarshalBinary(b); err != nil {
			t.Fatal(err)
		}
		if after.Classes() != classes {
			t.Errorf("%d classes instead of %d", after.Classes(), classes)
		}
		features, _ := toy(classes)
		want, got := make([]float32, classes), make([]float32, classes)
		for _, f := range features {
			before.Scores(f, want)
			after.Scores(f, got)
			if fmt.Sprint(want) != fmt.Sprint(got) {
				t.Fatalf("%d classes: %v became %v", classes, want, got)
			}
		}
	}
}

func TestTableKnowsItsFeatures(t *testing.T) {
	table := learned(3, 0).Table(.1)
	known := 0
	out := make([]float32, 3)
	for i := range 10000 {
		if table.Scores([]Feature{Join(99, uint32(i))}, out); out[1] != 0 || out[2] != 0 {
			known++
		}
	}
	if known > 200 {
		t.Errorf("%d of 10000 features that were never seen have a weight", known)
	}
}

// TestManyFeatures looks more up than fit in a batch.
func TestManyFeatures(t *testing.T) {
	table := learned(3, 0).Table(.1)
	f := []Feature{Join2(2, 1, 1)}
	one, many := make([]float32, 3), make([]float32, 3)
	table.Scores(f, one)
	for len(f) < 300 {
		f = append(f, f[0])
	}
	table.Scores(f, many)
	for c := range one {
		if d := many[c] - 300*one[c]; d > 1e-2 || d < -1e-2 {
			t.Errorf("class %d: %v for 300 times %v", c, many[c], one[c])
		}
	}
}

func TestUnmarshalRefuses(t *testing.T) {
	for _, classes := range []int{3, 5} {
		b, _ := learned(classes, 0).Table(.1).MarshalBinary()
		for n := range b {
			if err := new(Table).UnmarshalBinary(b[:n]); !errors.Is(err, ErrFormat) {
				t.Fatalf("%d classes, %d of %d bytes: %v", classes, n, len(b), err)
			}
		}
	}
	for n := range 40 {
		if err := new(Weights).UnmarshalBinary(make([]byte, n)); !errors.Is(err, ErrFormat) {
			t.Errorf("weights of %d zeros: %v", n, err)
		}
	}
}

func FuzzTableUnmarshal(f *testing.F) {
	for _, classes := range []int{2, 3, 5} {
		b, _ := learned(classes, 0).Table(.1).MarshalBinary()
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var table Table
		if table.UnmarshalBinary(b) != nil {
			return
		}
		features := make([]Feature, 200)
		for i := range features {
			features[i] = Join(5, uint32(i))
		}
		table.Scores(features, make([]float32, MaxClasses))
	})
}

func TestWeightsRoundTrip(t *testing.T) {
	l := NewLogLinear(10)
	for i := range 300 {
		l.Learn([]Feature{Join(1, uint32(i%40))}, float32(i%2))
	}
	before := l.Weights()
	b, err := before.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	var after Weights
	if err := after.UnmarshalBinary(b); err != nil {
		t.Fatal(err)
	}
	for i := range 40 {
		f := []Feature{Join(1, uint32(i)), Join(1, uint32(i+1))}
		if before.Score(f) != after.Score(f) {
			t.Fatalf("feature %d: %v became %v", i, before.Score(f), after.Score(f))
		}
	}
}

func TestQuantiseKeepsOrder(t *testing.T) {
	table := []float32{-3, -1, -.5, 0, .4, 1, 2, 5}
	w := quantise(table, 1)
	last := float32(-1e9)
	for i, v := range table {
		got := w.Score([]Feature{Feature(i)})
		if got < last {
			t.Errorf("%v became %v, below the one before it", v, got)
		}
		if (v < 0) != (got < 0) && got != 0 {
			t.Errorf("%v became %v", v, got)
		}
		last = got
	}
}

func TestLogLinearLearns(t *testing.T) {
	l := NewLogLinear(12)
	yes, no, common := Hash("yes"), Hash("no"), Hash("common")
	for range 1000 {
		l.Learn([]Feature{common, yes}, 1)
		l.Learn([]Feature{common, no}, 0)
	}
	if p := Logistic(l.Score([]Feature{common, yes})); p < .9 {
		t.Errorf("yes has probability %.2f", p)
	}
	if p := Logistic(l.Score([]Feature{common, no})); p > .1 {
		t.Errorf("no has probability %.2f", p)
	}
}

func TestMeanOfModels(t *testing.T) {
	f := []Feature{Hash("yes")}
	up, down := NewLogLinear(8), NewLogLinear(8)
	for range 10 {
		up.Learn(f, 1)
		down.Learn(f, 0)
	}
	up.EndPass()
	down.EndPass()
	if got := Mean([]*LogLinear{up, down}).Score(f); got < -.01 || got > .01 {
		t.Errorf("two models that disagree have a mean of %.2f, want 0", got)
	}
	one, both := up.Weights().Score(f), Mean([]*LogLinear{up, up}).Score(f)
	if one <= 0 || one != both {
		t.Errorf("a model has %.2f, the mean of it and itself %.2f", one, both)
	}
}
