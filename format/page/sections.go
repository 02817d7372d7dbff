package page

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"onrecord/comparison"
	"onrecord/figure"
	"onrecord/format"
)

// tension is two passages side by side. Nothing here says which is right.
type tension struct {
	Sides  [2]side
	Reason string
	Flag   *flag // nil where no outlet says so
}

// side is one of the passages.
type side struct {
	Place place
	Who   who
	Own   bool // the outlet's own words
	Text  passage
	Link  link // to the utterance, if any
}

// flag is where an outlet says itself that two passages differ.
type flag struct {
	Place    place
	Sentence passage
}

// reasons says why two passages are set side by side.
var reasons = map[comparison.Reason]string{
	comparison.Flagged: "An outlet itself sets these two against each other.",
	comparison.Opposed: "These differ: one says what the other denies.",
	comparison.Figures: "These differ in a figure for the same thing.",
	comparison.Changed: "These differ: the same speaker, now and before.",
}

func (b *builder) tensions() []tension {
	out := make([]tension, len(b.Tensions))
	for i, t := range b.Tensions {
		out[i] = tension{Sides: [2]side{b.side(t.Between[0]), b.side(t.Between[1])}, Reason: cmp.Or(reasons[t.Reason], "These differ.")}
		if t.FlaggedBy >= 0 && t.Flag.Len() > 0 {
			out[i].Flag = &flag{b.place(t.FlaggedBy, t.Flag.Start), b.within(t.FlaggedBy, b.sentence(t.FlaggedBy, t.Flag), t.Flag)}
			if outlet := b.outlets[t.FlaggedBy]; t.Reason == comparison.Flagged {
				out[i].Reason = outlet + " itself sets these two against each other."
			} else {
				out[i].Reason += " " + outlet + " says so."
			}
		}
	}
	return out
}

func (b *builder) side(s comparison.Side) side {
	out := side{Place: b.place(s.Article, s.Span.Start), Own: s.Statement < 0, Text: plain(s.Span.Of(b.body(s.Article)))}
	if !out.Own {
		out.Who = b.who(b.Reports[s.Article].Statements[s.Statement].Speaker)
		out.Link = b.utteranceOf(s.Article, s.Statement)
	}
	return out
}

// utteranceOf leads to a statement's utterance.
func (b *builder) utteranceOf(a, statement int) link {
	if u, ok := b.of[a][statement]; ok {
		return b.link(u)
	}
	return link{}
}

// slot is a figure with what each article gives for it.
type slot struct {
	Name    string
	Differs bool
	Cells   []slotCell // one for each article
	Values  []value    // those of all cells, on a page of figures
	Amounts []amount   // the same, the most widely given first
}

type slotCell struct {
	Outlet string
	Values []value
}

// value is a figure as an article has it.
type value struct {
	Place place
	Words string // as printed
	Bound string // "at least", unless the words say so themselves
	From  string // on whose word
	AsOf  string
}

// slots are the figures that two articles or more give, those that differ
// first, and the others.
func (b *builder) slots() (shared, lone []slot) {
	for _, f := range b.Figures {
		s := slot{Name: capital(shown(f.Name)), Differs: f.Differs, Cells: make([]slotCell, len(b.Reports))}
		given := 0
		for a := range s.Cells {
			s.Cells[a].Outlet = b.outlets[a]
		}
		for _, v := range f.Values {
			c := &s.Cells[v.Article]
			if len(c.Values) == 0 {
				given++
			}
			c.Values = append(c.Values, b.value(v))
		}
		if b.wide {
			s.Amounts = b.amounts(f)
			s.Cells = slices.DeleteFunc(s.Cells, func(c slotCell) bool { return len(c.Values) == 0 })
		}
		if given > 1 || f.Differs {
			shared = append(shared, s)
		} else {
			lone = append(lone, s)
		}
	}
	differsFirst := func(x, y slot) int {
		switch {
		case x.Differs == y.Differs:
			return 0
		case x.Differs:
			return -1
		}
		return 1
	}
	slices.SortStableFunc(shared, differsFirst)
	return shared, lone
}

func (b *builder) value(v figure.Value) value {
	f := b.Reports[v.Article].Figures[v.Figure]
	out := value{Place: b.place(v.Article, f.Span.Start), Words: shown(f.Span.Of(b.body(v.Article))), AsOf: format.Written(f.AsOf), From: "in the outlet’s own voice"}
	if f.Bound != figure.Exact && f.Bound != figure.Between && !strings.Contains(strings.ToLower(out.Words), string(f.Bound)) {
		out.Bound = string(f.Bound)
	}
	if f.Statement >= 0 {
		out.From = "according to " + b.who(b.Reports[v.Article].Statements[f.Statement].Speaker).Name
	}
	return out
}

// voice is a speaker with what each article gives them.
type voice struct {
	Who   who
	Cells []voiceCell
}

type voiceCell struct {
	Outlet string
	Order  string // "1st", "" for who is left out
	comparison.VoiceIn
}

func (b *builder) voices() []voice {
	if b.wide {
		return b.totals()
	}
	out := make([]voice, len(b.Voices))
	for i, v := range b.Voices {
		out[i] = voice{Who: b.who(v.Speaker), Cells: make([]voiceCell, len(v.Articles))}
		for a, in := range v.Articles {
			out[i].Cells[a] = voiceCell{Outlet: b.outlets[a], VoiceIn: in}
			if in.Order > 0 {
				out[i].Cells[a].Order = ordinal(in.Order)
			}
		}
	}
	return out
}

// ordinal is "1st" for 1.
func ordinal(n int) string {
	ending := "th"
	if n/10%10 != 1 {
		switch n % 10 {
		case 1:
			ending = "st"
		case 2:
			ending = "nd"
		case 3:
			ending = "rd"
		}
	}
	return fmt.Sprintf("%d%s", n, ending)
}

// framing is an utterance with unlike cues.
type framing struct {
	Link  link
	Who   who
	Short string
	Cues  []framed
	More  int // cues that are not shown
}

type framed struct {
	Place place
	Cue   string
	Class string // "" where the cue's own word names it
}

func (b *builder) framings() []framing {
	out := make([]framing, len(b.Framings))
	for i, f := range b.Framings {
		u := &b.Utterances[f.Utterance]
		longest := u.Variants[u.Longest]
		out[i] = framing{Link: b.link(f.Utterance), Who: b.who(u.Speaker), Short: shortened(pieces(b.body(longest.Article), longest.Spans))}
		cues := f.Cues
		if b.wide {
			cues = cues[:min(len(cues), fewCues)]
		}
		out[i].More = len(f.Cues) - len(cues)
		for _, c := range cues {
			g := framed{Place: place{Outlet: b.outlets[c.Article]}, Cue: pieces(b.body(c.Article), c.Span)}
			if c.Class != g.Cue {
				g.Class = shown(c.Class)
			}
			if len(c.Span) > 0 {
				g.Place = b.place(c.Article, c.Span[0].Start)
			}
			out[i].Cues = append(out[i].Cues, g)
		}
	}
	return out
}

// ownVoice is how an article divides its words.
type ownVoice struct {
	Outlet     string
	Parts      []part
	Evaluative []evaluation
}

// part is a share of an article's words.
type part struct {
	Name    string // "quoted", "paraphrased", "own"
	Words   int
	Percent int
	From    float64 // where its bar begins, in hundredths
	Width   float64
}

type evaluation struct {
	Place    place
	Sentence passage
	Kind     string // "blame", "scare quotes"
}

func (b *builder) ownVoices() []ownVoice {
	out := make([]ownVoice, len(b.OwnVoice))
	for a, o := range b.OwnVoice {
		out[a].Outlet = b.outlets[a]
		from := 0.
		for _, p := range []part{{Name: "own", Words: o.Own()}, {Name: "paraphrased", Words: o.Paraphrased}, {Name: "quoted", Words: o.Quoted}} {
			p.From, p.Width = from, 100*float64(p.Words)/float64(max(o.Words, 1))
			p.Percent = int(p.Width + .5)
			from += p.Width
			out[a].Parts = append(out[a].Parts, p)
		}
		if b.wide {
			continue
		}
		for _, e := range o.Evaluative {
			kind := string(e.Judgement)
			if e.Judgement == comparison.Scare {
				kind = "scare quotes"
			}
			out[a].Evaluative = append(out[a].Evaluative, evaluation{b.place(a, e.Word.Start), b.within(a, e.Sentence, e.Word), kind})
		}
	}
	return out
}

// event is what a text dates.
type event struct {
	Place     place
	ISO, Date string
	Again     bool // the date is that of the event before
	Who       string
	Link      link
	Text      passage
}

func (b *builder) events() []event {
	events := format.Events(b.Timeline)
	out := make([]event, len(events))
	for i, e := range events {
		out[i] = event{
			Place: b.place(e.Article, e.Passage.Start), ISO: shown(e.Date), Date: format.Written(e.Date),
			Again: i > 0 && e.Date == events[i-1].Date, Text: b.within(e.Article, e.Passage, e.When),
		}
		if e.Statement >= 0 {
			out[i].Who = b.who(b.Reports[e.Article].Statements[e.Statement].Speaker).Name
			out[i].Link = b.utteranceOf(e.Article, e.Statement)
		}
	}
	return out
}
