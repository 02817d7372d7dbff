// Package linear has sparse linear models over hashed features: weights that
// are learned in floating point and kept in a byte each.
//
// Features are 32-bit hashes that the caller makes with Hash and Join; they
// are folded into a table of rows without a dictionary (the "hashing trick":
// Weinberger et al., ICML 2009), so that a model is one array and a feature
// that was never seen costs nothing. A row has a weight for each class.
package linear

import (
	"errors"
	"math"
)

// Feature is a hashed feature.
type Feature = uint32

// Hash is a string's hash (FNV-1a, then mixed).
func Hash(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return mix(h)
}

// Join makes one feature from a template's number and a value.
func Join(template, a uint32) Feature { return mix(template*0x9e3779b1 ^ a) }

// Join2 makes one feature from a template's number and two values.
func Join2(template, a, b uint32) Feature {
	return mix(mix(template*0x9e3779b1^a)*0x85ebca6b ^ b)
}

// Join3 makes one feature from a template's number and three values.
func Join3(template, a, b, c uint32) Feature {
	return mix((mix(mix(template*0x9e3779b1^a)*0x85ebca6b^b))*0xc2b2ae35 ^ c)
}

func mix(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x7feb352d
	h ^= h >> 15
	h *= 0x846ca68b
	return h ^ h>>16
}

// Scorer gives every class a score.
type Scorer interface {
	// Scores fills out, one entry a class, with the summed weights of the features.
	Scores(features []Feature, out []float32)
}

// Weights is a trained model: a byte for each row and class.
type Weights struct {
	Classes int
	Scale   float32 // what a weight of 1 stands for
	mask    uint32
	table   []int8
}

// Scores implements Scorer.
func (w *Weights) Scores(features []Feature, out []float32) {
	k := w.Classes
	if k == 1 {
		out[0] = w.Score(features)
		return
	}
	var sum [64]int32
	acc := sum[:k]
	for _, f := range features {
		at := int(f&w.mask) * k
		row := w.table[at : at+k]
		for c := range acc {
			acc[c] += int32(row[c])
		}
	}
	for c, v := range acc {
		out[c] = float32(v) * w.Scale
	}
}

// Score is the score of a model with one class.
func (w *Weights) Score(features []Feature) float32 {
	var sum int32
	table, mask := w.table, w.mask
	for _, f := range features {
		sum += int32(table[f&mask])
	}
	return float32(sum) * w.Scale
}

// MaxClasses is the largest number of classes of a model.
const MaxClasses = 64

// ErrFormat is returned for bytes that are no model of this package.
var ErrFormat = errors.New("linear: not a model")

// MarshalBinary writes the weights; compression is the caller's.
func (w *Weights) MarshalBinary() ([]byte, error) {
	bits := math.Float32bits(w.Scale)
	out := []byte{byte(w.Classes), byte(log2(len(w.table) / w.Classes)), byte(bits), byte(bits >> 8), byte(bits >> 16), byte(bits >> 24)}
	// Class by class: a column is full of zeros and compresses far better than a row.
	for c := 0; c < w.Classes; c++ {
		for at := c; at < len(w.table); at += w.Classes {
			out = append(out, byte(w.table[at]))
		}
	}
	return out, nil
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (w *Weights) UnmarshalBinary(b []byte) error {
	if len(b) < 6 || b[0] == 0 || b[0] > MaxClasses || b[1] > 28 || len(b)-6 != int(b[0])<<b[1] {
		return ErrFormat
	}
	rows := 1 << b[1]
	w.Classes, w.mask = int(b[0]), uint32(rows-1)
	w.Scale = math.Float32frombits(uint32(b[2]) | uint32(b[3])<<8 | uint32(b[4])<<16 | uint32(b[5])<<24)
	w.table = make([]int8, rows*w.Classes)
	for c := 0; c < w.Classes; c++ {
		column := b[6+c*rows:][:rows]
		for r, v := range column {
			w.table[r*w.Classes+c] = int8(v)
		}
	}
	return nil
}

func log2(n int) int {
	bits := 0
	for 1<<bits < n {
		bits++
	}
	return bits
}

// quantise keeps table's values in a byte each. The few weights beyond the
// clip are cut to it: an outlier must not cost all others their precision.
func quantise(table []float32, classes int) *Weights {
	var sum float64
	var n int
	for _, v := range table {
		if v != 0 {
			sum += float64(v) * float64(v)
			n++
		}
	}
	w := &Weights{Classes: classes, Scale: 1, mask: uint32(len(table)/classes - 1), table: make([]int8, len(table))}
	if n == 0 {
		return w
	}
	const clip = 60 // standard deviations
	w.Scale = float32(clip * math.Sqrt(sum/float64(n)) / 127)
	for i, v := range table {
		w.table[i] = int8(max(-127, min(127, math.RoundToEven(float64(v/w.Scale)))))
	}
	return w
}
