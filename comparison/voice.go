package comparison

import (
	"cmp"
	"slices"
)

// voices sets the speakers side by side. A word that somebody is quoted as
// quoting counts for who is quoted innermost. Statements whose speaker was not
// found belong to nobody.
func voices(articles []*credited) []Voice {
	var out []Voice
	place := map[string]int{} // of a speaker's ID in out
	for a, r := range articles {
		heard := 0
		for i, s := range r.Statements {
			if s.Speaker.ID == "" {
				continue
			}
			k, known := place[s.Speaker.ID]
			if !known {
				k = len(out)
				place[s.Speaker.ID] = k
				out = append(out, Voice{Speaker: s.Speaker, Articles: make([]VoiceIn, len(articles))})
			}
			v := &out[k].Articles[a]
			if v.Order == 0 {
				heard++
				v.Order = heard
			}
			v.Statements++
			v.Quoted += r.wordsQuoted[i]
			v.Paraphrased += r.wordsParaphrased[i]
		}
	}
	slices.SortStableFunc(out, func(a, b Voice) int {
		return cmp.Or(cmp.Compare(b.Words(), a.Words()), cmp.Compare(a.Speaker.ID, b.Speaker.ID))
	})
	return out
}

// Words is how many words all articles together give the speaker.
func (v Voice) Words() int {
	n := 0
	for _, in := range v.Articles {
		n += in.Quoted + in.Paraphrased
	}
	return n
}
