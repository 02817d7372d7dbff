package page_test

import (
	"fmt"
	"strings"
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

// The ferry vote, told by three outlets. Places and people are invented.
const (
	courier = `PORT ANSEL — The Skerrow County Council voted 5–4 on Tuesday to end the ferry to Quill Island, a reckless decision that islanders say will empty their school.

“Nobody on this council wants to be the one who turned the lights off on Quill Island,” council Chairwoman Maren Holloway said. “But we cannot keep paying for a boat that sails empty.”

Ines Carvalho, the county’s transportation director, told the council that the line lost $4.1 million last year and carried 212 passengers on an average day.

Those figures appear at odds with the sums of economist Yusuf Haddad, who said on Sunday that the true loss was closer to $2.8 million.

“My father used to say, ‘A road you close is a road you never open again,’” Tobias Lindqvist, the ship’s captain, told the council. “You don’t close a ferry. You close a road.”

Carvalho denied that the contract had already been promised to Lowther Marine.`

	wire = `PORT ANSEL (Coastline) - One of the last ferries run by a county will stop sailing at the end of September, the Skerrow County Council decided on Tuesday by five votes to four.

"No one on this council wants to be the person who turned the lights off on Quill Island, but we can't keep paying for a boat that sails empty," said Maren Holloway, who chairs the council.

Transportation Director Ines Carvalho claimed the line loses $4.1 million a year, adding that just 212 people ride on an average day.

But the Quill Island Residents' Association said in a statement that 340 people cross every day. "They counted on a Sunday in January," the statement read.

Tobias Lindqvist, the ship's captain, was blunter. "You don't close a ferry. You close a road," he said.

A senior county official said two companies had offered to run the line, and that one, Lowther Marine, had been promised the contract on 2 March.`

	ledger = `When the last boat leaves Quill Island on 30 September, it will take more than passengers with it.

Maren Holloway, the council’s chair, admitted the county could no longer pay for ‘a boat that sails empty’. Her officials put last year’s loss at $4.1m.

Yusuf Haddad, an economist, disputes that: the true figure, he said on Sunday, is nearer $3m.

The Quill Island Residents’ Association says 340 people use the crossing every day; the county says 212.

Captain Tobias Lindqvist recalled what his father had told him: ‘A road you close is a road you never open again.’`
)

// telling puts a comparison together from the words of its articles.
type telling struct{ *comparison.Comparison }

// report adds an article.
func (t telling) report(a article.Article) {
	t.Reports = append(t.Reports, comparison.Report{Article: a, Doc: &english.Doc{Text: text.Split(a.Body)}})
}

// at is where words stand in an article.
func (t telling) at(a int, words string) text.Span {
	i := strings.Index(t.Reports[a].Article.Body, words)
	if i < 0 {
		panic(fmt.Sprintf("article %d has no %q", a, words))
	}
	return text.Span{Start: i, End: i + len(words)}
}

func (t telling) all(a int, words []string) (out []text.Span) {
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
		Source: t.all(a, []string{source}), Cue: t.all(a, []string{cue}), Content: t.all(a, content), Confidence: 1,
	}})
	return utterance.Variant{Article: a, Statements: []int{len(r.Statements) - 1}, Spans: t.all(a, content), Rendering: how}
}

// figure adds a figure and gives its value.
func (t telling) figure(a, statement int, words string) figure.Value {
	r := &t.Reports[a]
	r.Figures = append(r.Figures, figure.Figure{Span: t.at(a, words), Statement: statement})
	return figure.Value{Article: a, Figure: len(r.Figures) - 1}
}

// change is a step of a word diff between words of two articles.
func (t telling) change(op utterance.Operation, longest int, there string, a int, here string) utterance.Change {
	c := utterance.Change{Operation: op}
	if there != "" {
		c.Longest = t.at(longest, there)
	}
	if here != "" {
		c.Here = t.at(a, here)
	}
	return c
}

// part is a speaker's part in an article.
func part(statements, quoted, paraphrased, order int) comparison.VoiceIn {
	return comparison.VoiceIn{Statements: statements, Quoted: quoted, Paraphrased: paraphrased, Order: order}
}

func newTelling() telling {
	t := telling{&comparison.Comparison{}}
	t.report(article.Article{
		ID: "courier", Outlet: "Port Ansel Courier", Title: "Council votes 5–4 to end Quill Island ferry", Byline: []string{"Rosalind Teague"},
		URL: "https://courier.example/ferry", Published: time.Date(2026, 3, 18, 6, 15, 0, 0, time.UTC), Body: courier,
	})
	t.report(article.Article{
		ID: "wire", Outlet: "Coastline Wire", Title: "Skerrow County to shut Quill Island ferry after 5-4 vote", Byline: []string{"Priya Stannard"},
		URL: "javascript:alert(1)", Published: time.Date(2026, 3, 17, 0, 0, 0, 0, time.UTC), DateOnly: true, Body: wire,
	})
	t.report(article.Article{
		ID: "ledger", Outlet: "The Northern Ledger", Title: "‘A road you never open again’: the vote that cut off Quill Island",
		Published: time.Date(2026, 3, 19, 0, 0, 0, 0, time.UTC), DateOnly: true, Body: ledger,
	})
	return t
}

const (
	folded = "s4" // an utterance that one outlet has
	last   = "s5"
)

// ferry is the ferry vote side by side.
func ferry() *comparison.Comparison {
	t := newTelling()
	holloway := speaker.Speaker{ID: "maren-holloway", Name: "Maren Holloway", Role: "council chairwoman"}
	lindqvist := speaker.Speaker{ID: "tobias-lindqvist", Name: "Tobias Lindqvist", Role: "captain"}
	father := speaker.Speaker{ID: "x-father", Unnamed: "Lindqvist’s father"}
	carvalho := speaker.Speaker{ID: "ines-carvalho", Name: "Ines Carvalho", Role: "transportation director"}
	haddad := speaker.Speaker{ID: "yusuf-haddad", Name: "Yusuf Haddad", Role: "economist"}
	residents := speaker.Speaker{ID: "residents", Name: "Quill Island Residents’ Association"}
	official := speaker.Speaker{ID: "x-official", Unnamed: "a senior county official"}

	whole := t.said(0, holloway, "council Chairwoman Maren Holloway", "said", utterance.Verbatim,
		"“Nobody on this council wants to be the one who turned the lights off on Quill Island,”", "“But we cannot keep paying for a boat that sails empty.”")
	cleaned := t.said(1, holloway, "Maren Holloway", "said", utterance.Altered,
		"\"No one on this council wants to be the person who turned the lights off on Quill Island, but we can't keep paying for a boat that sails empty,\"")
	cleaned.Changes = []utterance.Change{
		t.change(utterance.Changed, 0, "Nobody", 1, "No one"),
		t.change(utterance.Kept, 0, "on this council wants to be the", 1, "on this council wants to be the"),
		t.change(utterance.Changed, 0, "one", 1, "person"),
		t.change(utterance.Kept, 0, "who turned the lights off on Quill Island", 1, "who turned the lights off on Quill Island"),
		t.change(utterance.Kept, 0, "But we", 1, "but we"),
		t.change(utterance.Changed, 0, "cannot", 1, "can't"),
		t.change(utterance.Kept, 0, "keep paying for a boat that sails empty", 1, "keep paying for a boat that sails empty"),
	}
	cut := t.said(2, holloway, "Maren Holloway, the council’s chair", "admitted", utterance.Trimmed, "‘a boat that sails empty’")
	cut.Changes = []utterance.Change{
		t.change(utterance.Dropped, 0, "Nobody on this council wants to be the one who turned the lights off on Quill Island", 2, ""),
		t.change(utterance.Dropped, 0, "But we cannot keep paying for", 2, ""),
		t.change(utterance.Kept, 0, "a boat that sails empty", 2, "a boat that sails empty"),
	}

	fathers := t.said(0, father, "My father", "used to say", utterance.Verbatim, "‘A road you close is a road you never open again,’")
	fathersToo := t.said(2, father, "his father", "had told", utterance.Verbatim, "‘A road you close is a road you never open again.’")
	fathersToo.Changes = []utterance.Change{t.change(utterance.Kept, 0, "A road you close is a road you never open again", 2, "A road you close is a road you never open again")}

	closing := t.said(0, lindqvist, "Tobias Lindqvist", "told", utterance.Verbatim,
		"“My father used to say, ‘A road you close is a road you never open again,’”", "“You don’t close a ferry. You close a road.”")
	closingToo := t.said(1, lindqvist, "he", "said", utterance.Trimmed, `"You don't close a ferry. You close a road,"`)
	closingToo.Changes = []utterance.Change{
		t.change(utterance.Dropped, 0, "My father used to say, ‘A road you close is a road you never open again", 1, ""),
		t.change(utterance.Kept, 0, "You don’t close a ferry. You close a road", 1, "You don't close a ferry. You close a road"),
	}

	loss := t.said(0, carvalho, "Ines Carvalho", "told", utterance.Paraphrased, "that the line lost $4.1 million last year and carried 212 passengers on an average day")
	lossToo := t.said(1, carvalho, "Transportation Director Ines Carvalho", "claimed", utterance.Paraphrased, "the line loses $4.1 million a year")
	sums := t.said(0, haddad, "economist Yusuf Haddad", "said on Sunday", utterance.Paraphrased, "that the true loss was closer to $2.8 million")
	sumsToo := t.said(2, haddad, "he", "said on Sunday", utterance.Paraphrased, "the true figure", "is nearer $3m")
	riders := t.said(1, residents, "Residents' Association", "said", utterance.Paraphrased, "that 340 people cross every day")
	ridersToo := t.said(2, residents, "The Quill Island Residents’ Association", "says", utterance.Paraphrased, "340 people use the crossing every day")
	promised := t.said(0, carvalho, "Carvalho", "denied", utterance.Paraphrased, "that the contract had already been promised to Lowther Marine")
	offered := t.said(1, official, "A senior county official", "said", utterance.Paraphrased,
		"two companies had offered to run the line, and that one, Lowther Marine, had been promised the contract on 2 March")

	t.Utterances = []utterance.Utterance{
		{Speaker: holloway, Date: "2026-03-17", Variants: []utterance.Variant{whole, cleaned, cut}},
		{Speaker: father, Variants: []utterance.Variant{fathers, fathersToo}},
		{Speaker: lindqvist, Venue: "the council", Variants: []utterance.Variant{closing, closingToo}},
		{Speaker: carvalho, Variants: []utterance.Variant{loss, lossToo}},
		{Speaker: haddad, Date: "2026-03-15", Variants: []utterance.Variant{sums, sumsToo}},
		{Speaker: residents, Variants: []utterance.Variant{riders, ridersToo}},
		{Speaker: carvalho, Variants: []utterance.Variant{promised}},
		{Speaker: official, Variants: []utterance.Variant{offered}},
	}
	t.Figures = []figure.Slot{
		{Name: "the line’s yearly loss", Differs: true, Values: []figure.Value{
			t.figure(0, 3, "$4.1 million"), t.figure(0, 4, "$2.8 million"), t.figure(1, 2, "$4.1 million"), t.figure(2, 2, "$3m"),
		}},
		{Name: "people a day", Values: []figure.Value{t.figure(1, 3, "340"), t.figure(2, 3, "340")}},
		{Name: "companies", Values: []figure.Value{t.figure(1, 4, "two companies")}},
	}
	t.Reports[2].Figures[0].AsOf = "2025"
	t.Tensions = []comparison.Tension{
		{
			Between: [2]comparison.Side{{Article: 0, Statement: 3, Span: loss.Spans[0]}, {Article: 0, Statement: 4, Span: sums.Spans[0]}},
			Reason:  comparison.Flagged, FlaggedBy: 0, Flag: t.at(0, "at odds with"),
		},
		{
			Between: [2]comparison.Side{{Article: 0, Statement: 5, Span: promised.Spans[0]}, {Article: 1, Statement: 4, Span: offered.Spans[0]}},
			Reason:  comparison.Opposed, FlaggedBy: -1,
		},
		{
			Between: [2]comparison.Side{{Article: 0, Statement: -1, Span: t.at(0, "voted 5–4")}, {Article: 1, Statement: 3, Span: riders.Spans[0]}},
			Reason:  comparison.Figures, FlaggedBy: -1,
		},
	}
	t.Voices = []comparison.Voice{
		{Speaker: holloway, Articles: []comparison.VoiceIn{part(1, 27, 0, 1), part(1, 30, 0, 1), part(1, 5, 6, 1)}},
		{Speaker: lindqvist, Articles: []comparison.VoiceIn{part(1, 24, 0, 5), part(1, 9, 0, 4), part(0, 0, 0, 0)}},
		{Speaker: carvalho, Articles: []comparison.VoiceIn{part(2, 0, 26, 2), part(1, 0, 7, 2), part(0, 0, 0, 0)}},
		{Speaker: haddad, Articles: []comparison.VoiceIn{part(1, 0, 8, 3), part(0, 0, 0, 0), part(1, 0, 6, 2)}},
		{Speaker: official, Articles: []comparison.VoiceIn{part(0, 0, 0, 0), part(1, 0, 19, 5), part(0, 0, 0, 0)}},
	}
	t.Framings = []comparison.Framing{{Utterance: 0, Cues: []comparison.CueIn{
		{Ref: comparison.Ref{Article: 0}, Span: t.Reports[0].Statements[0].Cue, Class: "say"},
		{Ref: comparison.Ref{Article: 2}, Span: t.Reports[2].Statements[0].Cue, Class: "admit"},
	}}}
	t.OwnVoice = []comparison.OwnVoice{
		{Words: 160, Quoted: 60, Paraphrased: 40, Evaluative: []comparison.Evaluation{{Word: t.at(0, "reckless"), Sentence: t.Reports[0].Doc.Sentences[0].Span, Judgement: "blame"}}},
		{Words: 150, Quoted: 45, Paraphrased: 50},
		{Words: 100, Quoted: 16, Paraphrased: 30},
	}
	t.Timeline = []comparison.Event{
		{Date: "2026-03-02", Article: 1, Statement: 4, When: t.at(1, "on 2 March"), Passage: offered.Spans[0]},
		{Date: "2026-03-17", Article: 0, Statement: -1, When: t.at(0, "on Tuesday"), Passage: t.Reports[0].Doc.Sentences[0].Span},
		{Date: "2026-03-17", Article: 1, Statement: -1, When: t.at(1, "on Tuesday"), Passage: t.Reports[1].Doc.Sentences[0].Span},
		{Date: "2026-03-17", Article: 1, Statement: 0, When: t.at(1, "on Tuesday"), Passage: t.Reports[1].Doc.Sentences[0].Span}, // the same again
		{Date: "2026-09", Article: 2, Statement: -1, When: t.at(2, "30 September"), Passage: t.Reports[2].Doc.Sentences[0].Span},
	}
	return t.Comparison
}
