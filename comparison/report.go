package comparison

import (
	"onrecord/english"
	"onrecord/figure"
	"onrecord/speaker"
	"onrecord/utterance"
)

// joinSpeakers gives the reports with one speaker for everybody who is named
// in several of them.
func joinSpeakers(reports []Report) []Report {
	docs := make([]*english.Doc, len(reports))
	said := make([][]speaker.Statement, len(reports))
	for i, r := range reports {
		docs[i], said[i] = r.Doc, r.Statements
	}
	said = speaker.Join(docs, said)
	out := make([]Report, len(reports))
	for i, r := range reports {
		out[i] = r
		out[i].Statements = said[i]
	}
	return out
}

func (c *Comparison) utteranceArticles() []utterance.Article {
	out := make([]utterance.Article, len(c.Reports))
	for i, r := range c.Reports {
		out[i] = utterance.Article{Doc: r.Doc, Statements: r.Statements}
	}
	return out
}

// nameSpeakers gives a statement of somebody unnamed the speaker of its
// utterance, if that is named elsewhere: the voices must say what the utterances
// say. The statements are those that joinSpeakers made, not the ones given.
func (c *Comparison) nameSpeakers() {
	for _, u := range c.Utterances {
		if u.Speaker.Name == "" {
			continue
		}
		for _, v := range u.Variants {
			for _, n := range v.Statements {
				if s := &c.Reports[v.Article].Statements[n]; s.Speaker.Name == "" {
					s.Speaker = u.Speaker
				}
			}
		}
	}
}

func (c *Comparison) figureArticles() []figure.Article {
	out := make([]figure.Article, len(c.Reports))
	for i, r := range c.Reports {
		out[i] = figure.Article{Doc: r.Doc, Statements: r.Statements, Figures: r.Figures}
	}
	return out
}
