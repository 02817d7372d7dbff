package english

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"

	"onrecord/linear"
	"onrecord/model"
)

// Section is the name of the English model in a model file.
const Section = "english"

// Load reads the English model of a model file.
func Load(f *model.File) (*Model, error) {
	b, err := f.Section(Section)
	if err != nil {
		return nil, err
	}
	m := new(Model)
	return m, m.UnmarshalBinary(b)
}

// MarshalBinary writes the model: seven parts, each after its length. The
// same model gives the same bytes.
func (m *Model) MarshalBinary() ([]byte, error) {
	var lemmas strings.Builder
	for _, key := range slices.Sorted(maps.Keys(m.lemmas)) {
		lemmas.WriteString(key + "\t" + m.lemmas[key] + "\n")
	}
	parts := [][]byte{packMap(m.usual), []byte(lemmas.String()), packMap(m.clusters)}
	for _, t := range []*linear.Table{m.tagger, m.namer, m.mover, m.labeller} {
		b, err := t.MarshalBinary()
		if err != nil {
			return nil, err
		}
		parts = append(parts, b)
	}
	var out []byte
	for _, p := range parts {
		out = binary.LittleEndian.AppendUint32(out, uint32(len(p)))
		out = append(out, p...)
	}
	return out, nil
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (m *Model) UnmarshalBinary(b []byte) error {
	var parts [7][]byte
	for k := range parts {
		if len(b) < 4 || uint64(binary.LittleEndian.Uint32(b)) > uint64(len(b)-4) {
			return fmt.Errorf("english model: of another version, train it anew: %w", linear.ErrFormat)
		}
		n := int(binary.LittleEndian.Uint32(b))
		parts[k], b = b[4:4+n], b[4+n:]
	}
	usual, ok := unpackMap[uint8](parts[0])
	clusters, ok2 := unpackMap[uint16](parts[2])
	if !ok || !ok2 {
		return fmt.Errorf("english model: %w", linear.ErrFormat)
	}
	*m = Model{usual: usual, lemmas: map[string]string{}, clusters: clusters,
		tagger: new(linear.Table), namer: new(linear.Table), mover: new(linear.Table), labeller: new(linear.Table)}
	for line := range strings.Lines(string(parts[1])) {
		key, l, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		m.lemmas[key] = l
	}
	for k, t := range []struct {
		table   *linear.Table
		classes int
	}{{m.tagger, len(tagNames)}, {m.namer, len(nameKinds)}, {m.mover, moves}, {m.labeller, len(labelNames)}} {
		if err := t.table.UnmarshalBinary(parts[3+k]); err != nil {
			return fmt.Errorf("english model: %w", err)
		}
		if t.table.Classes() != t.classes {
			return fmt.Errorf("english model: %d classes instead of %d: %w", t.table.Classes(), t.classes, linear.ErrFormat)
		}
	}
	return nil
}

// packMap writes the keys in order, each as its distance from the one before,
// and then the values, two bytes each.
func packMap[V uint8 | uint16](m map[uint32]V) []byte {
	out := binary.AppendUvarint(nil, uint64(len(m)))
	keys := slices.SortedFunc(maps.Keys(m), cmp.Compare)
	last := uint32(0)
	for _, k := range keys {
		out, last = binary.AppendUvarint(out, uint64(k-last)), k
	}
	for _, k := range keys {
		out = binary.LittleEndian.AppendUint16(out, uint16(m[k]))
	}
	return out
}

func unpackMap[V uint8 | uint16](b []byte) (map[uint32]V, bool) {
	n, k := binary.Uvarint(b)
	if k <= 0 || n > uint64(len(b)) {
		return nil, false
	}
	b = b[k:]
	keys := make([]uint32, n)
	last := uint32(0)
	for i := range keys {
		d, k := binary.Uvarint(b)
		if k <= 0 {
			return nil, false
		}
		last += uint32(d)
		keys[i], b = last, b[k:]
	}
	if len(b) != 2*len(keys) {
		return nil, false
	}
	m := make(map[uint32]V, n)
	for i, key := range keys {
		m[key] = V(binary.LittleEndian.Uint16(b[2*i:]))
	}
	return m, true
}
