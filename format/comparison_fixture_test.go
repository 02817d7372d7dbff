package format

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/comparison"
	"onrecord/english"
	"onrecord/figure"
	"onrecord/speaker"
	"onrecord/text"
	"onrecord/utterance"
)

// The market hall, told by three outlets.
const (
	herald = "The town council voted on Monday to pull down the market hall, a shameful end to a fine building.\n\n" +
		"“We looked at every way to save the hall, and none of them would have kept the roof on,” Mayor Ruth Aldous said. “It is finished.”\n\n" +
		"The repair would cost $9 million, she said. That is at odds with a study by Colm Brady, who put it at $4 million."

	gazette = "\"We looked at every way to save the building, and none of them would have kept the roof on,\" claimed Ruth Aldous on Monday.\n\n" +
		"Colm Brady, an engineer, said that the roof could be mended for $4 million. \"Nobody asked me,\" he said."

	tribune = "The mayor says that no way was found to keep the roof on. ‘It is finished,’ she added."
)

// telling puts a comparison together from the words of its articles.
type telling struct {
	*testing.T
	*comparison.Comparison
}

func (t telling) report(a article.Article) {
	t.Reports = append(t.Reports, comparison.Report{Article: a, Doc: &english.Doc{Text: text.Split(a.Body)}})
}

// at is where words stand in an article, the zero span for none.
func (t telling) at(a int, words string) text.Span {
	i := strings.Index(t.Reports[a].Article.Body, words)
	if i < 0 {
		t.Fatalf("article %d has no %q", a, words)
	}
	return text.Span{Start: i, End: i + len(words)}
}

func (t telling) all(a int, words ...string) (out []text.Span) {
	for _, w := range words {
		if w != "" {
			out = append(out, t.at(a, w))
		}
	}
	return out
}

// said adds a statement and gives the variant that it is.
func (t telling) said(a int, who speaker.Speaker, source, cue string, how utterance.Rendering, content ...string) utterance.Variant {
	r := &t.Reports[a]
	r.Statements = append(r.Statements, speaker.Statement{Speaker: who, Attribution: attribution.Attribution{
		Source: t.all(a, source), Cue: t.all(a, cue), Content: t.all(a, content...), Confidence: 1,
	}})
	return utterance.Variant{Article: a, Statements: []int{len(r.Statements) - 1}, Spans: t.all(a, content...), Rendering: how}
}

// changed gives the variant its changes from one of another article.
func (t telling) changed(v utterance.Variant, longest int, steps ...[3]string) utterance.Variant {
	for _, s := range steps {
		c := utterance.Change{Operation: utterance.Operation(s[0])}
		if s[1] != "" {
			c.Longest = t.at(longest, s[1])
		}
		if s[2] != "" {
			c.Here = t.at(v.Article, s[2])
		}
		v.Changes = append(v.Changes, c)
	}
	return v
}

func (t telling) figure(a, statement int, words string, value float64) figure.Value {
	r := &t.Reports[a]
	r.Figures = append(r.Figures, figure.Figure{Span: t.at(a, words), Value: value, High: value, Unit: "USD", Statement: statement})
	return figure.Value{Article: a, Figure: len(r.Figures) - 1}
}

// hall is a comparison with a bit of everything.
func hall(tb *testing.T) *comparison.Comparison {
	t := telling{tb, &comparison.Comparison{}}
	day := func(d int) time.Time { return time.Date(2026, 5, d, 0, 0, 0, 0, time.UTC) }
	t.report(article.Article{ID: "herald", Outlet: "The Morning Herald", Title: "Council votes to pull down market hall", URL: "https://herald.example/hall", Published: day(12), DateOnly: true, Body: herald})
	t.report(article.Article{ID: "gazette", Outlet: "Gazette", Title: "Mayor: nothing could save the hall", Published: day(11), DateOnly: true, Body: gazette})
	t.report(article.Article{ID: "tribune-3", Body: tribune})
	aldous := speaker.Speaker{ID: "ruth-aldous", Name: "Ruth Aldous", Role: "Mayor"}
	brady := speaker.Speaker{ID: "colm-brady", Name: "Colm Brady", Role: "engineer"}

	longest := t.said(0, aldous, "Mayor Ruth Aldous", "said", utterance.Verbatim,
		"“We looked at every way to save the hall, and none of them would have kept the roof on,”", "“It is finished.”")
	altered := t.changed(t.said(1, aldous, "Ruth Aldous", "claimed", utterance.Altered,
		"\"We looked at every way to save the building, and none of them would have kept the roof on,\""), 0,
		[3]string{"kept", "We looked at every way to save the", "We looked at every way to save the"},
		[3]string{"changed", "hall, and"[:4], "building"},
		[3]string{"kept", "and none of them would have kept the roof on", "and none of them would have kept the roof on"},
		[3]string{"dropped", "It is finished", ""})
	para := t.said(2, aldous, "The mayor", "says", utterance.Paraphrased, "that no way was found to keep the roof on")
	finished := t.changed(t.said(2, aldous, "she", "added", utterance.Trimmed, "‘It is finished,’"), 0,
		[3]string{"dropped", "We looked at every way to save the hall, and none of them would have kept the roof on", ""},
		[3]string{"kept", "It is finished", "It is finished"})
	cost := t.said(0, aldous, "she", "said", utterance.Paraphrased, "The repair would cost $9 million")
	mended := t.said(1, brady, "Colm Brady, an engineer", "said", utterance.Paraphrased, "that the roof could be mended for $4 million")
	study := t.said(0, brady, "a study by Colm Brady", "put", utterance.Paraphrased, "it at $4 million")
	asked := t.said(1, brady, "he", "said", utterance.Verbatim, "\"Nobody asked me,\"")

	t.Utterances = []utterance.Utterance{
		{Speaker: aldous, Venue: "the council", Date: "2026-05-11", Variants: []utterance.Variant{longest, altered, para, finished}},
		{Speaker: brady, Variants: []utterance.Variant{asked}},
		{Speaker: brady, Variants: []utterance.Variant{study, mended}},
		{Speaker: aldous, Variants: []utterance.Variant{cost}},
	}
	t.Figures = []figure.Slot{{Name: "repair of the roof", Differs: true, Values: []figure.Value{
		t.figure(0, 1, "$9 million", 9e6), t.figure(0, 2, "$4 million", 4e6), t.figure(1, 1, "$4 million", 4e6),
	}}}
	t.Tensions = []comparison.Tension{
		{Between: [2]comparison.Side{{Article: 0, Statement: 1, Span: t.at(0, "The repair would cost $9 million")}, {Article: 0, Statement: 2, Span: t.at(0, "it at $4 million")}},
			Reason: comparison.Flagged, FlaggedBy: 0, Flag: t.at(0, "at odds with")},
		{Between: [2]comparison.Side{{Article: 0, Statement: 1, Span: t.at(0, "The repair would cost $9 million")}, {Article: 1, Statement: 1, Span: t.at(1, "that the roof could be mended for $4 million")}},
			Reason: comparison.Figures, FlaggedBy: -1},
	}
	t.Framings = []comparison.Framing{{Utterance: 0, Cues: []comparison.CueIn{
		{Ref: comparison.Ref{Article: 0, Statement: 0}, Span: t.all(0, "said"), Class: "said"},
		{Ref: comparison.Ref{Article: 1, Statement: 0}, Span: t.all(1, "claimed"), Class: "claimed"},
	}}}
	t.Voices = []comparison.Voice{
		{Speaker: aldous, Articles: []comparison.VoiceIn{{Statements: 2, Quoted: 22, Paraphrased: 6, Order: 1}, {Statements: 1, Quoted: 19, Order: 1}, {Statements: 2, Quoted: 3, Paraphrased: 9, Order: 1}}},
		{Speaker: brady, Articles: []comparison.VoiceIn{{Statements: 1, Paraphrased: 4, Order: 2}, {Statements: 2, Quoted: 3, Paraphrased: 9, Order: 2}, {}}},
	}
	t.OwnVoice = []comparison.OwnVoice{
		{Words: 64, Quoted: 22, Paraphrased: 10, Evaluative: []comparison.Evaluation{
			{Word: t.at(0, "shameful"), Sentence: t.Reports[0].Doc.Sentences[0].Span}, {Word: t.at(0, "fine"), Sentence: t.Reports[0].Doc.Sentences[0].Span},
		}},
		{Words: 39, Quoted: 22, Paraphrased: 9}, {Words: 17, Quoted: 3, Paraphrased: 9},
	}
	t.Timeline = []comparison.Event{
		{Date: "2026-05-11", Article: 0, Statement: -1, When: t.at(0, "on Monday"), Passage: t.Reports[0].Doc.Sentences[0].Span},
		{Date: "2026-05-11", Article: 1, Statement: 0, When: t.at(1, "on Monday"), Passage: t.Reports[1].Doc.Sentences[0].Span},
	}
	return t.Comparison
}

// crowd is a comparison of n reports that all have the same words, said by so
// many speakers.
func crowd(tb *testing.T, n, speakers int, name func(int) string, words string) *comparison.Comparison {
	t := telling{tb, &comparison.Comparison{}}
	for a := range n {
		t.report(article.Article{ID: fmt.Sprintf("a%d", a+1), Outlet: name(a), Title: words, Body: words})
		t.OwnVoice = append(t.OwnVoice, comparison.OwnVoice{Words: 10})
	}
	for s := range speakers {
		who := speaker.Speaker{ID: fmt.Sprintf("s%d", s+1), Name: fmt.Sprintf("%s %d", name(s), s+1), Role: words}
		u := utterance.Utterance{Speaker: who, Venue: words}
		v := comparison.Voice{Speaker: who}
		for a := range n {
			r := &t.Reports[a]
			whole := text.Span{End: len(words)}
			r.Statements = append(r.Statements, speaker.Statement{Speaker: who, Attribution: attribution.Attribution{Content: []text.Span{whole}, Cue: []text.Span{whole}}})
			variant := utterance.Variant{Article: a, Statements: []int{s}, Spans: []text.Span{whole}, Rendering: utterance.Verbatim}
			if a > 0 {
				variant.Rendering = utterance.Altered
				variant.Changes = []utterance.Change{{Operation: utterance.Dropped, Longest: whole}, {Operation: utterance.Changed, Longest: whole, Here: whole}}
			}
			u.Variants = append(u.Variants, variant)
			v.Articles = append(v.Articles, comparison.VoiceIn{Statements: 1, Quoted: 1000 + a, Order: s + 1})
		}
		t.Utterances, t.Voices = append(t.Utterances, u), append(t.Voices, v)
		t.Framings = append(t.Framings, comparison.Framing{Utterance: s, Cues: []comparison.CueIn{{Ref: comparison.Ref{Statement: s}, Span: []text.Span{{End: len(words)}}}}})
		side := comparison.Side{Statement: s, Span: text.Span{End: len(words)}}
		t.Tensions = append(t.Tensions, comparison.Tension{Between: [2]comparison.Side{side, side}, Reason: comparison.Opposed, FlaggedBy: -1})
		t.Timeline = append(t.Timeline, comparison.Event{Date: fmt.Sprintf("20%02d", s), Statement: -1, Passage: text.Span{End: len(words)}})
	}
	return t.Comparison
}
