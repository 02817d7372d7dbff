package english

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"strings"

	"onrecord/linear"
	"onrecord/model"
	"onrecord/text"
)

// Model tags, parses and finds names. It is read-only once made and may be
// used by any number of goroutines.
type Model struct {
	certain  map[uint32]uint8  // tag of the words that training saw with one tag only, by form
	frequent map[uint32]uint8  // most frequent tag, by form
	lemmas   map[string]string // irregular lemmas, by tag class and lower-case form
	clusters map[uint32]uint16 // distributional class, by lower-case form
	tagger   *linear.Weights
	namer    *linear.Weights
	mover    *linear.Weights
	labeller *linear.Weights
}

// saved is a Model's form in a file.
type saved struct {
	Certain, Frequent              map[uint32]uint8
	Lemmas                         map[string]string
	Clusters                       map[uint32]uint16
	Tagger, Namer, Mover, Labeller []byte
}

// MarshalBinary writes the model.
func (m *Model) MarshalBinary() ([]byte, error) {
	s := saved{Certain: m.certain, Frequent: m.frequent, Lemmas: m.lemmas, Clusters: m.clusters}
	for _, p := range []struct {
		to *[]byte
		w  *linear.Weights
	}{{&s.Tagger, m.tagger}, {&s.Namer, m.namer}, {&s.Mover, m.mover}, {&s.Labeller, m.labeller}} {
		b, err := p.w.MarshalBinary()
		if err != nil {
			return nil, err
		}
		*p.to = b
	}
	var out bytes.Buffer
	err := gob.NewEncoder(&out).Encode(s)
	return out.Bytes(), err
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (m *Model) UnmarshalBinary(b []byte) error {
	var s saved
	if err := gob.NewDecoder(bytes.NewReader(b)).Decode(&s); err != nil {
		return fmt.Errorf("english model: %w", err)
	}
	*m = Model{certain: s.Certain, frequent: s.Frequent, lemmas: s.Lemmas, clusters: s.Clusters,
		tagger: new(linear.Weights), namer: new(linear.Weights), mover: new(linear.Weights), labeller: new(linear.Weights)}
	for _, p := range []struct {
		from    []byte
		w       *linear.Weights
		classes int
	}{{s.Tagger, m.tagger, len(tagNames)}, {s.Namer, m.namer, len(nameKinds)}, {s.Mover, m.mover, moves}, {s.Labeller, m.labeller, len(labelNames)}} {
		if err := p.w.UnmarshalBinary(p.from); err != nil {
			return fmt.Errorf("english model: %w", err)
		}
		if p.w.Classes != p.classes {
			return fmt.Errorf("english model: %d classes instead of %d: %w", p.w.Classes, p.classes, linear.ErrFormat)
		}
	}
	return nil
}

// maxSentence bounds the tokens that are parsed as one sentence; a longer one
// (a list without stops, a hostile text) is parsed in parts.
const maxSentence = 400

// Parse tags, parses and finds names in every sentence of t.
func (m *Model) Parse(t *text.Text) *Doc {
	d := &Doc{Text: t, Tokens: make([]Token, len(t.Tokens))}
	var buf scratch
	var ws []word
	var tags, kinds []uint8
	seen := map[uint32]uint8{}
	lemmas := map[string]string{}
	for _, s := range t.Sentences {
		root := -1
		for first := s.Tokens.First; first < s.Tokens.End; first += maxSentence {
			end := min(first+maxSentence, s.Tokens.End)
			ws, tags, kinds = ws[:0], tags[:0], kinds[:0]
			for i := first; i < end; i++ {
				sp := t.Tokens[i]
				form := Normal(sp.Of(t.Body))
				w, lower := look(form, buf.lower)
				buf.lower = lower
				w.cluster = uint32(m.clusters[w.lower])
				ws = append(ws, w)
				d.Tokens[i].Span, d.Tokens[i].Form = sp, form
			}
			n := end - first
			tags, kinds = append(tags, make([]uint8, n)...), append(kinds, make([]uint8, n)...)
			m.tag(ws, tags, m.tagger, &buf)
			m.names(ws, tags, kinds, m.namer, seen, &buf)
			m.parse(ws, tags, m.mover, m.labeller, &buf)
			for k := range ws {
				tok := &d.Tokens[first+k]
				tok.Tag, tok.Name = tagNames[tags[k]], nameKinds[kinds[k]]
				tok.Lemma = m.lemma(tok.Form, tok.Tag, lemmas)
				if h := buf.parse.head[k]; h < n {
					tok.Head, tok.Label = first+h, labelNames[buf.parse.label[k]]
				} else if root < 0 {
					root = first + k
					tok.Head, tok.Label = -1, "root"
				} else {
					tok.Head, tok.Label = root, "parataxis"
				}
			}
		}
	}
	d.Link()
	return d
}

// lemma is lemma with the results kept: a text repeats its words.
func (m *Model) lemma(form, tag string, kept map[string]string) string {
	lower := strings.ToLower(form)
	key := tagClass(tag) + lower
	if l, ok := kept[key]; ok {
		return l
	}
	l := lemma(lower, tag, m.lemmas)
	kept[key] = l
	return l
}

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
