package format

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"onrecord/comparison"
	"onrecord/text"
	"onrecord/utterance"
)

// layout writes what is shown of a comparison, in the order in which it comes.
type layout interface {
	title(headline string)
	section(title, remark string)
	paragraph(runs ...run)
	items(list []item)
	table(t table)
}

// item is a line of a list, with a text that belongs to it.
type item struct {
	level int    // 0, or 1 for what belongs to the item of level 0 before
	label string // before the head
	head  []run
	text  []run
}

// table has a row for a thing and a column for each article.
type table struct {
	absent string // what stands in an empty cell
	rows   []row
}

// row is a row of a table.
type row struct {
	id    string
	label []run
	cells []string // "" where the article has nothing
}

// show hands a comparison to a layout.
func (d *digest) show(l layout) {
	l.title(Headline(d.Reports))
	d.showReports(l)
	d.showMatrix(l)
	d.showWordings(l)
	d.showExclusive(l)
	d.showFramings(l)
	d.showFigures(l)
	d.showTensions(l)
	d.showVoices(l)
	d.showOwnVoice(l)
	d.showTimeline(l)
}

// more says how many items are not shown, if any.
func (d *digest) more(level, hidden int) []item {
	if hidden <= 0 {
		return nil
	}
	return []item{{level: level, head: []run{{text: fmt.Sprintf("… and %d more%s", hidden, d.hint), tone: faint}}}}
}

func (d *digest) showReports(l layout) {
	same := SameText(d.Reports)
	if len(d.Reports) > 2*maxHeads {
		var list []string
		for i, r := range d.Reports {
			one := strings.TrimSuffix(fmt.Sprintf("%s %s, %s", d.heads[i], d.names[i], day(r.Article)), ", ")
			if same[i] >= 0 {
				one += fmt.Sprintf(" (the same text as %s)", d.heads[same[i]])
			}
			list = append(list, one)
		}
		l.paragraph(run{text: strings.Join(list, " · ")})
	} else {
		var list []item
		for i, r := range d.Reports {
			it := item{head: []run{{text: d.names[i], tone: named, link: r.Article.URL}}}
			if !slices.Equal(d.heads, d.names) {
				it.label = d.heads[i]
			}
			if at := day(r.Article); at != "" {
				it.head = append(it.head, run{text: ", " + at})
			}
			if r.Article.Title != "" {
				it.head = append(it.head, run{text: " · " + r.Article.Title, tone: faint})
			}
			if same[i] >= 0 {
				it.head = append(it.head, run{text: " · the same text as " + d.names[same[i]]})
			}
			list = append(list, it)
		}
		l.items(list)
	}
	l.paragraph(run{text: d.summary()})
}

// showMatrix shows which articles have which utterances.
func (d *digest) showMatrix(l layout) {
	switch {
	case len(d.Reports) < 2:
		return
	case len(d.shared) == 0:
		l.section("Who carries what", "No utterance was found in two outlets.")
		return
	}
	l.section("Who carries what", "V verbatim, T trimmed, A altered, P paraphrased, · absent")
	n := d.limit(len(d.shared), few)
	t := table{absent: "·"}
	for _, i := range d.shared[:n] {
		u := &d.Utterances[i]
		t.rows = append(t.rows, row{d.ids[i], []run{{text: SpeakerName(u.Speaker), tone: named}, {text: ": " + d.beginning(u)}}, d.cells(u)})
	}
	l.table(t)
	l.items(d.more(0, len(d.shared)-n))
}

// showWordings shows in which words several articles have an utterance, each
// wording once.
func (d *digest) showWordings(l layout) {
	if len(d.shared) == 0 {
		return
	}
	l.section("In which words", "")
	n := d.limit(len(d.shared), few)
	var list []item
	for _, i := range d.shared[:n] {
		u := &d.Utterances[i]
		list = append(list, item{label: d.ids[i], head: d.speaker(u)})
		wordings := d.wordings(u)
		m := d.limit(len(wordings), fewOf)
		for _, w := range wordings[:m] {
			v := u.Variants[w[0]]
			credit := strings.TrimPrefix(d.creditOf(v)+", "+d.paragraph(v.Article, v.Spans[0].Start), ", ")
			list = append(list, item{level: 1, head: []run{
				{text: d.names[v.Article], tone: emphasized}, {text: ", " + renderingOf(u, w[0])}, {text: " · " + credit, tone: faint},
			}, text: d.diff(u, v)})
			list = append(list, d.alike(u, v, w[1:])...)
		}
		list = append(list, d.more(1, len(wordings)-m)...)
	}
	l.items(append(list, d.more(0, len(d.shared)-n)...))
}

// alike says which other articles have the same wording, and how they credit
// it where they do so in other words than the first.
func (d *digest) alike(u *utterance.Utterance, first utterance.Variant, others []int) []item {
	if len(others) == 0 {
		return nil
	}
	known := d.creditOf(first)
	var in []string
	for _, k := range others {
		v := u.Variants[k]
		at := d.paragraph(v.Article, v.Spans[0].Start)
		if credit := d.creditOf(v); credit != known && credit != "" {
			at = credit + ", " + at
		}
		in = append(in, fmt.Sprintf("%s (%s)", d.names[v.Article], at))
	}
	return []item{{level: 1, head: []run{{text: "The same words: "}, {text: d.some(in), tone: faint}}}}
}

// showExclusive shows what a single article has.
func (d *digest) showExclusive(l layout) {
	var list []item
	for a, utterances := range d.alone {
		if len(utterances) == 0 {
			continue
		}
		list = append(list, item{head: []run{{text: d.names[a], tone: emphasized}, {text: fmt.Sprintf(" (%d)", len(utterances)), tone: faint}}})
		n := d.ofArticle(len(utterances))
		for _, i := range utterances[:n] {
			u := &d.Utterances[i]
			v := u.Variants[u.Longest]
			it := item{level: 1, head: []run{{text: SpeakerName(u.Speaker), tone: named}, {text: ": "}}}
			it.head = append(it.head, d.diff(u, v)...)
			it.head = append(it.head, run{text: " " + d.paragraph(a, v.Spans[0].Start), tone: faint})
			list = append(list, it)
		}
		list = append(list, d.more(1, len(utterances)-n)...)
	}
	switch {
	case len(list) == 0:
		return
	case len(d.Reports) == 1:
		l.section("Who says what", "")
	default:
		l.section("Only in one outlet", "")
	}
	l.items(list)
}

// showFramings shows the same words with cues of unlike force.
func (d *digest) showFramings(l layout) {
	if len(d.Framings) == 0 {
		return
	}
	l.section("Same words, other cue", "")
	n := d.limit(len(d.Framings), few)
	var list []item
	for _, f := range d.Framings[:n] {
		u := &d.Utterances[f.Utterance]
		list = append(list, item{label: d.ids[f.Utterance], head: []run{{text: SpeakerName(u.Speaker), tone: named}, {text: ": " + d.beginning(u)}}})
		for _, c := range f.Cues {
			it := item{level: 1, head: []run{{text: d.names[c.Article] + ": "}, {text: phrase(d.body(c.Article), c.Span), tone: emphasized}}}
			if len(c.Span) > 0 {
				it.head = append(it.head, run{text: " " + d.paragraph(c.Article, c.Span[0].Start), tone: faint})
			}
			list = append(list, it)
		}
	}
	l.items(append(list, d.more(0, len(d.Framings)-n)...))
}

// showFigures shows the values that the articles give for the same thing.
func (d *digest) showFigures(l layout) {
	if len(d.Figures) == 0 {
		return
	}
	shared, lone := d.slots()
	if d.all {
		shared, lone = append(shared, lone...), nil
	}
	l.section("Figures", "")
	n := d.limit(len(shared), few)
	var list []item
	for _, s := range shared[:n] {
		it := item{head: []run{{text: capital(Harmless(s.Name)), tone: named}}}
		if s.Differs {
			it.head = append(it.head, run{text: " · "}, run{text: "differs", tone: emphasized})
		}
		list = append(list, it)
		for _, v := range d.amounts(s) {
			list = append(list, item{level: 1, label: v.text, head: []run{{text: d.givers(v)}}})
		}
	}
	list = append(list, d.more(0, len(shared)-n)...)
	if len(lone) > 0 {
		list = append(list, item{head: []run{{text: fmt.Sprintf("… and %s that only one outlet gives%s", counted(len(lone), "figure", "figures"), d.hint), tone: faint}}})
	}
	l.items(list)
}

// showTensions shows the passages that pull against each other.
func (d *digest) showTensions(l layout) {
	if len(d.Tensions) == 0 {
		l.section("Tensions", "No tensions found.")
		return
	}
	l.section("Tensions", "These passages differ. Which of them holds is not said here.")
	n := d.limit(len(d.Tensions), few)
	var list []item
	for i, t := range d.Tensions[:n] {
		head := []run{{text: "Differs: ", tone: emphasized}, {text: d.why(t)}}
		list = append(list, item{label: strconv.Itoa(i + 1), head: head, text: d.flagging(t)})
		for _, s := range t.Between {
			list = append(list, item{
				level: 1,
				head: []run{
					{text: d.names[s.Article], tone: emphasized}, {text: ", " + d.paragraph(s.Article, s.Span.Start) + ", "},
					{text: d.voiceOf(s.Article, s.Statement), tone: named},
				},
				text: d.cut([]run{{text: s.Span.Of(d.body(s.Article))}}),
			})
		}
	}
	l.items(append(list, d.more(0, len(d.Tensions)-n)...))
}

// showVoices shows whom each article gives how many words.
func (d *digest) showVoices(l layout) {
	if len(d.Voices) == 0 {
		return
	}
	l.section("Voices", "Words given / of them in quotation marks; ¹ comes first, – left out")
	n := d.limit(len(d.Voices), few)
	t := table{absent: "–"}
	for _, v := range d.Voices[:n] {
		r := row{label: []run{{text: SpeakerName(v.Speaker), tone: named}}}
		if more := SpeakerRole(v.Speaker); more != "" {
			r.label = append(r.label, run{text: ", " + more})
		}
		for _, in := range v.Articles {
			r.cells = append(r.cells, given(in))
		}
		t.rows = append(t.rows, r)
	}
	l.table(t)
	l.items(d.more(0, len(d.Voices)-n))
}

// given is a speaker's part in an article: "52/34", "¹52/34" for who comes
// first, "" for who is left out.
func given(in comparison.VoiceIn) string {
	first := ""
	switch in.Order {
	case 0:
		return ""
	case 1:
		first = "¹"
	}
	return fmt.Sprintf("%s%d/%d", first, in.Quoted+in.Paraphrased, in.Quoted)
}

// showOwnVoice shows how each article divides its words, and which of its own
// judge.
func (d *digest) showOwnVoice(l layout) {
	if len(d.OwnVoice) == 0 {
		return
	}
	l.section("Own voice", "")
	var list []item
	for a, o := range d.OwnVoice {
		list = append(list, item{head: []run{{text: d.names[a], tone: emphasized}, {text: fmt.Sprintf(": %s, %d %% its own, %d %% paraphrased, %d %% quoted",
			counted(o.Words, "word", "words"), percent(o.Own(), o.Words), percent(o.Paraphrased, o.Words), percent(o.Quoted, o.Words))}}})
		sentences := d.evaluated(a, o)
		n := d.ofArticle(len(sentences))
		list = append(list, sentences[:n]...)
		list = append(list, d.more(1, len(sentences)-n)...)
	}
	l.items(list)
}

// evaluated are the sentences of an article in its own voice that judge, with
// the words that do.
func (d *digest) evaluated(a int, o comparison.OwnVoice) (out []item) {
	for rest := o.Evaluative; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].Sentence == rest[0].Sentence {
			n++
		}
		var words []string
		var spans []text.Span
		for _, e := range rest[:n] {
			words, spans = append(words, d.of(a, e.Word)), append(spans, e.Word)
		}
		head := []run{{text: strings.Join(words, ", "), tone: emphasized}, {text: " " + d.paragraph(a, spans[0].Start), tone: faint}}
		out = append(out, item{level: 1, head: head, text: d.cut(d.sentenceWith(a, rest[0].Sentence, spans...))})
		rest = rest[n:]
	}
	return out
}

func percent(part, whole int) int {
	if whole == 0 {
		return 0
	}
	return (200*part + whole) / (2 * whole)
}

// showTimeline shows what the articles date.
func (d *digest) showTimeline(l layout) {
	if len(d.Timeline) == 0 {
		return
	}
	l.section("Timeline", "")
	events := Events(d.Timeline)
	n := d.limit(len(events), few)
	var list []item
	date := ""
	for _, e := range d.nearest(events, n) {
		if e.Date != date {
			date = e.Date
			list = append(list, item{head: []run{{text: Written(date), tone: emphasized}}})
		}
		head := []run{{text: d.names[e.Article]}, {text: " " + d.paragraph(e.Article, e.Passage.Start) + " ", tone: faint}}
		list = append(list, item{level: 1, head: d.cut(append(head, d.sentenceWith(e.Article, e.Passage, e.When)...))})
	}
	l.items(append(list, d.more(0, len(events)-n)...))
}
