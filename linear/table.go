package linear

import (
	"encoding/binary"
	"math"
	"math/bits"
)

// Table is a trained model that knows which features it has: a feature that
// training did not see scores nothing, but for one in 256 by chance.
//
// It is an open-addressing hash table of 32-bit slots. The upper eight bits of
// a slot check the feature, the others hold its weights: with two or three classes the weights of
// the second and third above the first's, 12 bits each, so that a look-up is
// one memory access; with more the place of its row of cells.
type Table struct {
	classes int
	scale   float32 // what a weight of 1 stands for
	slots   []uint32
	cells   []uint16 // last cell of the row << 15 | class << 8 | weight
}

// packed is the largest number of classes whose weights fit in a slot.
const packed = 3

// Limits of a weight in a slot and in a cell.
const (
	maxPacked = 1<<11 - 1
	maxCell   = 127
	maxCells  = 1 << 24
	lastCell  = 1 << 15
)

// Scores implements Scorer.
func (t *Table) Scores(features []Feature, out []float32) {
	var sum [MaxClasses]int32
	var found [batch]uint32
	for len(features) > 0 {
		n := min(len(features), batch)
		values := t.find(features[:n], &found)
		features = features[n:]
		if t.classes <= packed {
			second, third := int32(0), int32(0)
			for _, v := range values {
				second += int32(v<<20) >> 20
				third += int32(v<<8) >> 20
			}
			sum[1] += second
			sum[2] += third
			continue
		}
		t.add(values, &sum)
	}
	for c := range out[:t.classes] {
		out[c] = float32(sum[c]) * t.scale
	}
}

// add adds the rows of cells that slots lead to. Their first cells are fetched
// before any is added, as the slots are in find.
func (t *Table) add(slots []uint32, sum *[MaxClasses]int32) {
	var first [batch]uint16
	cells := t.cells
	for i, s := range slots {
		first[i&(batch-1)] = cells[s&(maxCells-1)]
	}
	for i, s := range slots {
		c := first[i&(batch-1)]
		for at := s&(maxCells-1) + 1; ; at++ {
			sum[c>>8&(MaxClasses-1)] += int32(int8(c))
			if c&lastCell != 0 {
				break
			}
			c = cells[at]
		}
	}
}

// batch is the number of features that are looked up together.
const batch = 128

// find collects the slots of the features that the table has. All are fetched before the
// first is looked at, so that the memory's answers need not be waited for one
// by one.
func (t *Table) find(features []Feature, found *[batch]uint32) []uint32 {
	slots := t.slots
	mask := uint32(len(slots) - 1)
	var home [batch]uint32
	for i, f := range features {
		home[i&(batch-1)] = slots[f&mask]
	}
	n := 0
	for i, f := range features {
		s := home[i&(batch-1)]
		check := max(f>>24, 1)
		for at := f; s != 0; s = slots[at&mask] {
			if s>>24 == check {
				found[n&(batch-1)] = s
				n++
				break
			}
			at++
		}
	}
	return found[:n]
}

// newTable rounds weights, classes a feature, to steps of so many standard
// deviations and leaves out the features that have none left.
func newTable(features []Feature, weights []float32, classes int, step float64) *Table {
	limit := float64(maxCell)
	if classes <= packed { // only differences matter
		limit = maxPacked
		for at := 0; at < len(weights); at += classes {
			for c := classes - 1; c >= 0; c-- {
				weights[at+c] -= weights[at]
			}
		}
	}
	t := &Table{classes: classes, scale: float32(step * deviation(weights))}
	round := func(v float32) int32 {
		return int32(max(-limit, min(limit, math.RoundToEven(float64(v/t.scale)))))
	}
	keep := make([]int, 0, len(features))
	for k := range features {
		for _, v := range weights[k*classes : (k+1)*classes] {
			if round(v) != 0 {
				keep = append(keep, k)
				break
			}
		}
	}
	t.slots = make([]uint32, 1<<bits.Len(uint(2*len(keep))|15)) // filled by half at most, so that a look-up ends soon
	for _, k := range keep {
		at, free := t.place(features[k])
		if !free {
			continue // it looks like another one; the earlier is the more frequent
		}
		row := weights[k*classes : (k+1)*classes]
		value := uint32(len(t.cells))
		if classes <= packed {
			value = 0
			for c, v := range row[1:] {
				value |= uint32(round(v)) & 0xfff << (12 * c)
			}
		} else if value+uint32(classes) >= maxCells {
			break
		} else {
			for c, v := range row {
				if q := round(v); q != 0 {
					t.cells = append(t.cells, uint16(c)<<8|uint16(uint8(q)))
				}
			}
			t.cells[len(t.cells)-1] |= lastCell
		}
		t.slots[at] = max(features[k]>>24, 1)<<24 | value
	}
	return t
}

// place is the slot of a feature that the table does not have yet, and
// whether it is free.
func (t *Table) place(f Feature) (at uint32, free bool) {
	mask := uint32(len(t.slots) - 1)
	for at = f & mask; t.slots[at] != 0; at = (at + 1) & mask {
		if t.slots[at]>>24 == max(f>>24, 1) {
			return at, false
		}
	}
	return at, true
}

// deviation is the root of the mean square of the values other than zero, 1
// if there are none.
func deviation(values []float32) float64 {
	var sum float64
	n := 0
	for _, v := range values {
		if v != 0 {
			sum += float64(v) * float64(v)
			n++
		}
	}
	if n == 0 {
		return 1
	}
	return math.Sqrt(sum / float64(n))
}

// MarshalBinary writes the table column by column, which compresses well;
// compression is the caller's.
func (t *Table) MarshalBinary() ([]byte, error) {
	var gaps, checks, values, counts, classes []byte
	used, last := 0, -1
	for at, s := range t.slots {
		if s == 0 {
			continue
		}
		gaps = binary.AppendUvarint(gaps, uint64(at-last-1))
		checks = append(checks, byte(s>>24))
		used, last = used+1, at
		if t.classes <= packed {
			values = binary.AppendVarint(values, int64(int32(s<<20)>>20))
			classes = binary.AppendVarint(classes, int64(int32(s<<8)>>20))
			continue
		}
		for i := s & (maxCells - 1); ; i++ {
			c := t.cells[i]
			values, classes = append(values, byte(c)), append(classes, byte(c>>8&(MaxClasses-1)))
			if c&lastCell != 0 {
				counts = append(counts, byte(i-s&(maxCells-1)))
				break
			}
		}
	}
	out := []byte{byte(t.classes), byte(log2(len(t.slots)))}
	out = binary.LittleEndian.AppendUint32(out, math.Float32bits(t.scale))
	out = binary.LittleEndian.AppendUint32(out, uint32(used))
	for _, column := range [][]byte{gaps, checks, counts, classes, values} {
		out = binary.LittleEndian.AppendUint32(out, uint32(len(column)))
		out = append(out, column...)
	}
	return out, nil
}

// UnmarshalBinary reads what MarshalBinary wrote; anything else is ErrFormat.
func (t *Table) UnmarshalBinary(b []byte) error {
	if len(b) < 10 || b[0] < 2 || b[0] > MaxClasses || b[1] > 24 {
		return ErrFormat
	}
	n := int(b[0])
	slots := make([]uint32, 1<<b[1])
	scale := math.Float32frombits(binary.LittleEndian.Uint32(b[2:]))
	used := int(binary.LittleEndian.Uint32(b[6:]))
	b = b[10:]
	var columns [5][]byte
	for k := range columns {
		if len(b) < 4 {
			return ErrFormat
		}
		size := int(binary.LittleEndian.Uint32(b))
		if size > len(b)-4 {
			return ErrFormat
		}
		columns[k], b = b[4:4+size], b[4+size:]
	}
	gaps, checks, counts, classes, values := columns[0], columns[1], columns[2], columns[3], columns[4]
	// One slot at least stays free, or a look-up would never end.
	if len(checks) != used || used >= len(slots) || n > packed && (len(counts) != used || len(classes) != len(values) || len(values) >= maxCells) {
		return ErrFormat
	}
	var cells []uint16
	if n > packed {
		cells = make([]uint16, len(values))
		for i := range cells {
			cells[i] = uint16(classes[i]&(MaxClasses-1))<<8 | uint16(values[i])
		}
	}
	at, first := -1, 0
	for k, check := range checks {
		gap, size := binary.Uvarint(gaps)
		if size <= 0 || gap >= uint64(len(slots)-at-1) || check == 0 {
			return ErrFormat
		}
		gaps = gaps[size:]
		at += int(gap) + 1
		if n > packed {
			end := first + int(counts[k])
			if end >= len(cells) {
				return ErrFormat
			}
			cells[end] |= lastCell
			slots[at] = uint32(check)<<24 | uint32(first)
			first = end + 1
			continue
		}
		second, size2 := binary.Varint(values)
		third, size3 := binary.Varint(classes)
		if size2 <= 0 || size3 <= 0 {
			return ErrFormat
		}
		values, classes = values[size2:], classes[size3:]
		slots[at] = uint32(check)<<24 | uint32(second)&0xfff | uint32(third)&0xfff<<12
	}
	*t = Table{classes: n, scale: scale, slots: slots, cells: cells}
	return nil
}

// Classes is the number of classes.
func (t *Table) Classes() int { return t.classes }
