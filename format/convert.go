package format

import (
	"onrecord/comparison"
	"onrecord/figure"
	"onrecord/text"
	"onrecord/utterance"
)

// converter turns byte spans of a comparison's articles into characters.
type converter struct {
	*comparison.Comparison
	chars []*text.Characters // of each article
}

func (k *converter) id(article int) string   { return k.Reports[article].Article.ID }
func (k *converter) body(article int) string { return k.Reports[article].Article.Body }

// of is the text of a span on one line, "" for an empty one.
func (k *converter) of(article int, s text.Span) string { return oneLine(s.Of(k.body(article))) }

func (k *converter) span(article int, s text.Span) Span {
	c := k.chars[article].Span(s)
	return Span{c.Start, c.End}
}

// spanIfAny is the span in characters, nil for an empty one.
func (k *converter) spanIfAny(article int, s text.Span) *Span {
	if s.Len() == 0 {
		return nil
	}
	c := k.span(article, s)
	return &c
}

// attribution is the ID of a statement, "" for none.
func (k *converter) attribution(statement int) string {
	if statement < 0 {
		return ""
	}
	return attributionID(statement)
}

// speaker names who a statement is credited to, "" for none.
func (k *converter) speaker(article, statement int) string {
	if statement < 0 {
		return ""
	}
	s := k.Reports[article].Statements[statement].Speaker
	if s.Name == "" && s.Unnamed != "" {
		return "unnamed: " + s.Unnamed
	}
	return s.Name
}

func (k *converter) utterance(id string, u *utterance.Utterance) Utterance {
	out := Utterance{ID: id, Speaker: newSpeaker(u.Speaker), Venue: oneLine(u.Venue), Date: u.Date, Longest: u.Longest}
	longest := u.Variants[u.Longest].Article
	for _, v := range u.Variants {
		w := Variant{
			Article: k.id(v.Article), Spans: spans(k.chars[v.Article], v.Spans), Text: joined(k.body(v.Article), v.Spans, " "),
			Rendering: string(v.Rendering), Changes: []Change{}, Attributions: []string{},
		}
		for i, s := range v.Statements {
			w.Attributions = append(w.Attributions, attributionID(s))
			if cue := phrase(k.body(v.Article), k.Reports[v.Article].Statements[s].Cue); i == 0 || w.Cue == "" {
				w.Cue = cue
			}
		}
		for _, c := range v.Changes {
			w.Changes = append(w.Changes, Change{
				Operation: string(c.Operation), Longest: k.of(longest, c.Longest), LongestSpan: k.spanIfAny(longest, c.Longest),
				Here: k.of(v.Article, c.Here), HereSpan: k.spanIfAny(v.Article, c.Here),
			})
		}
		out.Variants = append(out.Variants, w)
	}
	return out
}

func (k *converter) slot(s figure.Slot) Slot {
	out := Slot{Slot: s.Name, Differs: s.Differs, Values: []Value{}}
	for _, v := range s.Values {
		f := k.Reports[v.Article].Figures[v.Figure]
		out.Values = append(out.Values, Value{
			Article: k.id(v.Article), Value: f.Value, High: f.High, Bound: string(f.Bound), Unit: f.Unit,
			Of: phrase(k.body(v.Article), f.Of), AsOf: f.AsOf, Speaker: k.speaker(v.Article, f.Statement), Span: k.span(v.Article, f.Span),
		})
	}
	return out
}

func (k *converter) tension(t comparison.Tension) Tension {
	out := Tension{Why: string(t.Reason), Flag: []Span{}}
	for i, s := range t.Between {
		out.Between[i] = Side{
			Article: k.id(s.Article), Attribution: k.attribution(s.Statement), Speaker: k.speaker(s.Article, s.Statement),
			Span: k.span(s.Article, s.Span), Text: k.of(s.Article, s.Span),
		}
	}
	if t.FlaggedBy >= 0 {
		out.FlaggedBy = k.id(t.FlaggedBy)
		if t.Flag.Len() > 0 {
			out.Flag = append(out.Flag, k.span(t.FlaggedBy, t.Flag))
		}
	}
	return out
}

func (k *converter) framing(id string, f comparison.Framing) Framing {
	out := Framing{Utterance: id, Cues: []CueIn{}}
	for _, c := range f.Cues {
		out.Cues = append(out.Cues, CueIn{
			Article: k.id(c.Article), Attribution: k.attribution(c.Statement), Cue: phrase(k.body(c.Article), c.Span), Class: c.Class,
		})
	}
	return out
}

func (k *converter) voice(v comparison.Voice) Voice {
	out := Voice{Speaker: newSpeaker(v.Speaker), Articles: []VoiceIn{}}
	for i, in := range v.Articles {
		out.Articles = append(out.Articles, VoiceIn{Article: k.id(i), Statements: in.Statements, Quoted: in.Quoted, Paraphrased: in.Paraphrased, Order: in.Order})
	}
	return out
}

func (k *converter) ownVoice(article int, o comparison.OwnVoice) OwnVoice {
	out := OwnVoice{Article: k.id(article), Words: o.Words, Own: o.Own(), Quoted: o.Quoted, Paraphrased: o.Paraphrased, Evaluative: []Evaluation{}}
	for _, e := range o.Evaluative {
		out.Evaluative = append(out.Evaluative, Evaluation{Word: k.of(article, e.Word), Span: k.span(article, e.Word), Sentence: k.of(article, e.Sentence), Judgement: string(e.Judgement)})
	}
	return out
}

func (k *converter) event(e comparison.Event) Event {
	return Event{
		Date: e.Date, Article: k.id(e.Article), Attribution: k.attribution(e.Statement), When: k.of(e.Article, e.When),
		Span: k.span(e.Article, e.Passage), Text: k.of(e.Article, e.Passage),
	}
}
