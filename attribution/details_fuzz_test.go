package attribution

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"onrecord/english"
	"onrecord/text"
)

// FuzzDescribe gives Describe documents without sense: random words, tags,
// trees with loops across sentences, and attributions that overlap.
func FuzzDescribe(f *testing.F) {
	for seed := range uint64(40) {
		f.Add(seed, uint8(seed*7))
	}
	f.Fuzz(func(t *testing.T, seed uint64, size uint8) {
		doc, found := randomDoc(rand.New(rand.NewPCG(seed, 1)), int(size))
		out := Describe(doc, found, time.Date(2024, 5, 8, 0, 0, 0, 0, time.UTC))
		if len(out) != len(found) {
			t.Fatalf("%d attributions became %d", len(found), len(out))
		}
		for _, a := range out {
			if a.Polarity == "" {
				t.Error("no polarity")
			}
			for _, spans := range [][]text.Span{a.Addressee, a.Venue, a.Via, a.When} {
				for _, s := range spans {
					if s.Start < 0 || s.Start >= s.End || s.End > len(doc.Body) {
						t.Errorf("span %v of %d bytes", s, len(doc.Body))
					}
				}
			}
		}
	})
}

var (
	oddForms  = strings.Fields(`said told asked on in to of with at by from according the The " “ ” . , ; : n't not would CNN Radio Nord Post 's This Week last Monday June 3 2015 , ago two days interview post statement series tweet shared reported quoted as through spokesman he I that whether Face early late before`)
	oddTags   = strings.Fields("VBD VB VBG VBN NN NNS NNP PRP IN TO DT CD POS JJ MD WDT CC RB RP '' `` . ,")
	oddLabels = strings.Fields("nsubj dobj nmod case xcomp ccomp advcl acl acl:relcl conj dep compound nmod:poss nmod:tmod neg aux det mark parataxis nsubjpass punct amod")
	oddNames  = []string{"", "", "PERSON", "ORGANIZATION", "LOCATION", "MISC", "DATE"}
)

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }

func randomDoc(r *rand.Rand, size int) (*english.Doc, []Attribution) {
	var body strings.Builder
	var sentences [][]text.Span
	doc := &english.Doc{}
	for range 1 + r.IntN(4) {
		var spans []text.Span
		for range r.IntN(size + 2) {
			form := pick(r, oddForms)
			s := text.Span{Start: body.Len(), End: body.Len() + len(form)}
			body.WriteString(form + " ")
			spans = append(spans, s)
			doc.Tokens = append(doc.Tokens, english.Token{Span: s, Form: english.Normal(form), Lemma: strings.ToLower(pick(r, oddForms)), Tag: pick(r, oddTags), Label: pick(r, oddLabels), Name: pick(r, oddNames)})
		}
		sentences = append(sentences, spans)
		if r.IntN(2) == 0 {
			body.WriteByte('\n')
		}
	}
	for i := range doc.Tokens {
		doc.Tokens[i].Head = r.IntN(len(doc.Tokens)+1) - 1
	}
	doc.Text = text.FromTokens(body.String(), sentences)
	doc.Link()
	span := func() []text.Span {
		if len(doc.Tokens) == 0 || r.IntN(5) == 0 {
			return nil
		}
		i := r.IntN(len(doc.Tokens))
		j := min(i+r.IntN(6), len(doc.Tokens)-1)
		return []text.Span{{Start: doc.Tokens[i].Start, End: doc.Tokens[j].End}}
	}
	found := make([]Attribution, r.IntN(6))
	for i := range found {
		found[i] = Attribution{Kind: Direct, Source: span(), Cue: span(), Content: span()}
		found[i].SourceHead, found[i].CueHead = r.IntN(len(doc.Tokens)+2)-1, r.IntN(len(doc.Tokens)+2)-1
	}
	return doc, found
}
