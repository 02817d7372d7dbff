package english

import (
	"strings"

	"onrecord/linear"
	"onrecord/text"
)

// Model tags, parses and finds names. It is read-only once made and may be
// used by any number of goroutines.
type Model struct {
	usual    map[uint32]uint8  // most frequent tag by form, with the bit certain if it is the only one
	lemmas   map[string]string // irregular lemmas, by tag class and lower-case form
	clusters map[uint32]uint16 // distributional class, by lower-case form
	tagger   *linear.Table
	namer    *linear.Table
	mover    *linear.Table
	labeller *linear.Table
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
