package comparison

import (
	"slices"

	"onrecord/attribution"
	"onrecord/english"
	"onrecord/lexicon"
	"onrecord/speaker"
	"onrecord/utterance"
)

// framings lists the utterances that articles credit with cues of unlike
// force, as lexicon.Force sorts them.
func framings(c *Comparison) []Framing {
	var out []Framing
	for u := range c.Utterances {
		if cues := c.cuesOf(&c.Utterances[u]); unlike(cues) {
			out = append(out, Framing{Utterance: u, Cues: cues})
		}
	}
	return out
}

// cuesOf are the cues of an utterance whose force is known, by article; of
// those of one class the first in each article.
func (c *Comparison) cuesOf(u *utterance.Utterance) []CueIn {
	var out []CueIn
	for _, v := range u.Variants {
		r := &c.Reports[v.Article]
		for _, i := range v.Statements {
			class := force(r.Doc, r.Statements[i])
			known := slices.ContainsFunc(out, func(in CueIn) bool { return in.Article == v.Article && in.Class == class })
			if class != "" && !known {
				out = append(out, CueIn{Ref: Ref{Article: v.Article, Statement: i}, Span: r.Statements[i].Cue, Class: class})
			}
		}
	}
	return out
}

// unlike reports whether one article has a cue that is not neutral of a class
// that another article's cues do without.
func unlike(cues []CueIn) bool {
	for _, a := range cues {
		if a.Class == lexicon.Neutral {
			continue
		}
		shared := map[int]bool{} // by article, whether it has the class too
		for _, b := range cues {
			shared[b.Article] = shared[b.Article] || b.Class == a.Class
		}
		for _, has := range shared {
			if !has {
				return true
			}
		}
	}
	return false
}

// force is the class of a statement's cue, "" where it is not known. "Refused
// to say" and "did not say" say nothing of how words were said.
func force(doc *english.Doc, s speaker.Statement) string {
	if s.CueHead < 0 || s.Polarity == attribution.Refused {
		return ""
	}
	head := doc.Tokens[s.CueHead]
	for _, child := range doc.Children(s.CueHead) {
		switch t := doc.Tokens[child]; {
		case t.Label == "neg":
			return ""
		case t.Label == "compound:prt" || child == s.CueHead+1 && t.Label == "advmod":
			if class := lexicon.Force(head.Lemma + "_" + t.Lemma); class != "" {
				return class
			}
		}
	}
	return lexicon.Force(head.Lemma)
}
