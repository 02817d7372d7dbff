package server

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"onrecord/attribution"
	"onrecord/format"
	"onrecord/speaker"
	"onrecord/store"
	"onrecord/text"
)

// articlePage is the page of an article: its text with what it credits to
// whom, and how it was edited.
type articlePage struct {
	Title      string
	Outlet     link
	Byline     string // "" where unknown
	When       string
	Machine    string
	Original   string    // address at the outlet, "" where there is none to be trusted
	Latest     string    // address of the latest version, "" for this one
	Story      link      // that the article is in
	Others     []report  // of the story, the first few
	OtherCount string    // "7 articles"
	Speakers   []speaks  // who says most first
	Paragraphs []sideBy  // the text
	Cut        string    // how much of the text is left out, "" for nothing
	Versions   []version // in order of arrival; none where there is only one
	Edits      []edit    // what this version has otherwise than the one before
}

func (p *articlePage) about() about { return about{name: "article", title: p.Title} }

// speaks is a speaker with how much the article has of them.
type speaks struct {
	voice
	name       string // as the statements have it
	Statements string
	At         string // link to the first
}

// sideBy is a paragraph with the notes beside it.
type sideBy struct {
	Number int
	Pieces []piece
	Notes  []note
}

// piece is a part of a paragraph that is shown in one way.
type piece struct {
	Anchors []string // of the attributions that begin here
	Text    string
	Hue     int    // of the speaker, -1 where the piece is nobody's words
	Whose   int    // hue of the speaker whom the piece names
	IDs     string // of the attributions that it is part of, innermost first
	Source  bool   // names who is credited
	Cue     bool   // credits
	Doubt   bool   // the attribution is likelier wrong than right
	Ends    []link // the notes of the attributions that end here
}

// note says what an attribution is.
type note struct {
	ID         string
	Number     int
	Who        voice
	Kind       string
	Cue        string   // words only: none where a colon credits
	Details    []string // "denied", "to Ada Voss", "17 August 2025"
	Confidence string   // "91 %"
	Doubt      bool
	Check      string // address that says who else has the words
	Said       string // address of all that outlets make of the words
}

// version is one of an article.
type version struct {
	link
	When string // when the record got it
	Here bool   // it is the one on the page
}

// edit is a change between two versions.
type edit struct {
	What string // "Quotation changed"
	Who  string // who is credited, and who was if that is somebody else
	Text []run
}

// Bounds of what the page shows.
const (
	maxShown  = 400_000 // bytes of the text
	maxOthers = 6
	maxHues   = 6
	doubtful  = 0.5 // confidence below which an attribution is marked as uncertain
)

func (s *Server) article(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	a, err := s.Store.Article(ctx, r.PathValue("article"))
	if err != nil {
		return err
	}
	said, err := s.Store.Statements(ctx, a.Row)
	if err != nil {
		return err
	}
	edits, err := s.Store.Edits(ctx, a.Row)
	if err != nil {
		return err
	}
	of, err := s.Store.Story(ctx, a.Story)
	if err != nil {
		return err
	}
	called, err := s.Store.Called(ctx, a.Row)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, newArticlePage(a, said, called, edits, of))
}

func newArticlePage(a *store.Article, said []store.Statement, called map[string]store.Voice, edits []store.Edit, of store.Story) *articlePage {
	p := &articlePage{
		Title: titleOfArticle(a.Article), Outlet: link{outletOf(a.Article), addressOfOutlet(a.Outlet)}, Byline: strings.Join(a.Byline, ", "),
		When: momentOf(a.Published, a.DateOnly), Machine: format.Published(a.Article), Original: external(a.URL), Story: link{headlineOf(of), addressOfStory(of.Row)},
	}
	for _, e := range edits {
		p.Edits = append(p.Edits, newEdit(e))
	}
	p.tellStory(a, of)
	who := cast{huesOf(said), called}
	p.setSpeakers(said, who)
	p.setText(a.Body, said, who)
	characters := text.NewCharacters(a.Body)
	for _, paragraph := range p.Paragraphs {
		for i := range paragraph.Notes {
			n := &paragraph.Notes[i]
			n.Said = addressOfStatement(a.ID, characters, said[n.Number-1].Content)
		}
	}
	return p
}

// cast are the speakers of an article, by the names that it has for them.
type cast struct {
	hues   map[string]int
	called map[string]store.Voice // who they are over the record
}

func (c cast) voice(s speaker.Speaker) voice {
	v := newVoice(s, c.called[s.Name].Speaker)
	v.Hue = c.hues[s.Name]
	return v
}

// setSpeakers lists who has a name, who says most first.
func (p *articlePage) setSpeakers(said []store.Statement, who cast) {
	count := map[string]int{}
	for i, s := range said {
		name := s.Speaker.Name
		if count[name]++; count[name] > 1 || name == "" {
			continue
		}
		p.Speakers = append(p.Speakers, speaks{voice: who.voice(s.Speaker), name: name, At: "#" + anchor(i)})
	}
	slices.SortStableFunc(p.Speakers, func(a, b speaks) int { return cmp.Compare(count[b.name], count[a.name]) })
	for i := range p.Speakers {
		p.Speakers[i].Statements = counted(count[p.Speakers[i].name], "statement", "statements")
	}
}

// tellStory fills in the versions of the article and the others of its story.
func (p *articlePage) tellStory(a *store.Article, of store.Story) {
	others := 0
	for _, o := range of.Articles {
		if o.Address == a.Address {
			if o.Row != a.Row {
				p.Latest = addressOfArticle(o.ID)
			}
			continue
		}
		if others++; others <= maxOthers {
			p.Others = append(p.Others, newReport(o.Article, ""))
		}
	}
	p.OtherCount = counted(len(of.Articles), "article", "articles")
	all := slices.DeleteFunc(slices.Concat(of.Earlier, of.Articles), func(o *store.Article) bool { return o.Address != a.Address })
	if len(all) < 2 {
		return
	}
	slices.SortStableFunc(all, func(x, y *store.Article) int { return cmp.Or(x.Added.Compare(y.Added), cmp.Compare(x.Row, y.Row)) })
	for _, o := range all {
		p.Versions = append(p.Versions, version{link{titleOfArticle(o.Article), addressOfArticle(o.ID)}, momentOf(o.Added, false), o.Row == a.Row})
	}
}

func newEdit(e store.Edit) edit {
	what := map[string]string{"quotation": "Quotation", "attribution": "Statement", "figure": "Figure"}[e.What]
	out := edit{What: cmp.Or(what, "Passage") + " " + e.Change, Text: edited(e.Before, e.After)}
	switch {
	case e.SpeakerBefore != "" && e.SpeakerAfter != "" && e.SpeakerBefore != e.SpeakerAfter:
		out.Who = e.SpeakerAfter + ", before: " + e.SpeakerBefore
	default:
		out.Who = cmp.Or(e.SpeakerAfter, e.SpeakerBefore)
	}
	return out
}

// huesOf gives those who say most, in words, a colour each.
func huesOf(said []store.Statement) map[string]int {
	words := map[string]int{}
	var names []string
	for _, s := range said {
		if name := s.Speaker.Name; name != "" {
			if words[name] == 0 {
				names = append(names, name)
			}
			words[name] += 1 + strings.Count(s.Text, " ")
		}
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(words[b], words[a]) })
	hues := map[string]int{}
	for i, name := range names[:min(len(names), maxHues)] {
		hues[name] = i + 1
	}
	return hues
}

// part is a piece of an attribution in the text.
type part struct {
	text.Span
	statement   int
	source, cue bool // else it is content
	first, last bool // of the content's pieces
}

// setText cuts the paragraphs where parts of attributions begin and end. They
// may lie inside each other or overlap: a piece belongs to all that cover it
// and is painted as the shortest of them.
func (p *articlePage) setText(body string, said []store.Statement, who cast) {
	var parts []part
	for i, s := range said {
		for k, c := range s.Content {
			parts = append(parts, part{Span: c, statement: i, first: k == 0, last: k == len(s.Content)-1})
		}
		for _, c := range s.Source {
			parts = append(parts, part{Span: c, statement: i, source: true})
		}
		for _, c := range s.Cue {
			parts = append(parts, part{Span: c, statement: i, cue: true})
		}
	}
	slices.SortStableFunc(parts, func(x, y part) int { return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(y.End, x.End)) })
	var open []part
	doc := text.Split(body)
	for n, para := range doc.Paragraphs {
		if para.End > maxShown && n > 0 {
			p.Cut = counted(len(doc.Paragraphs)-n, "more paragraph", "more paragraphs")
			return
		}
		for len(parts) > 0 && parts[0].Start < para.End {
			open, parts = append(open, parts[0]), parts[1:]
		}
		cuts := []int{para.Start, para.End}
		for _, o := range open {
			cuts = append(cuts, min(max(o.Start, para.Start), para.End), min(max(o.End, para.Start), para.End))
		}
		slices.Sort(cuts)
		cuts = slices.Compact(cuts)
		out := sideBy{Number: n + 1}
		for k := range len(cuts) - 1 {
			one := newPiece(body, text.Span{Start: cuts[k], End: cuts[k+1]}, open, said, who.hues)
			out.Pieces = append(out.Pieces, one)
		}
		for _, o := range open {
			if o.first && para.Start <= o.Start && o.Start < para.End {
				out.Notes = append(out.Notes, newNote(body, o.statement, said[o.statement], who))
			}
		}
		open = slices.DeleteFunc(open, func(o part) bool { return o.End <= para.End })
		p.Paragraphs = append(p.Paragraphs, out)
	}
}

func newPiece(body string, s text.Span, open []part, said []store.Statement, hues map[string]int) piece {
	out := piece{Text: s.Of(body), Hue: -1}
	var over []part
	for _, o := range open {
		if o.Contains(s) {
			over = append(over, o)
		}
	}
	slices.SortStableFunc(over, func(x, y part) int { return cmp.Compare(x.Len(), y.Len()) })
	var ids []string
	for _, o := range over {
		if o.source && !out.Source {
			out.Source, out.Whose = true, hues[said[o.statement].Speaker.Name]
		}
		out.Cue = out.Cue || o.cue
		if id := anchor(o.statement); !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
		if o.source || o.cue {
			continue
		}
		if out.Hue < 0 {
			out.Hue, out.Doubt = hues[said[o.statement].Speaker.Name], said[o.statement].Confidence < doubtful
		}
		if o.first && o.Start == s.Start {
			out.Anchors = append(out.Anchors, anchor(o.statement))
		}
		if o.last && o.End == s.End {
			out.Ends = append(out.Ends, link{noteNumber(o.statement), "#" + noteID(o.statement)})
		}
	}
	out.IDs = strings.Join(ids, " ")
	return out
}

func newNote(body string, i int, s store.Statement, who cast) note {
	out := note{
		ID: noteID(i), Number: i + 1, Who: who.voice(s.Speaker), Kind: string(s.Kind), Cue: plainValue(phraseOf(body, s.Cue)), Confidence: percent(s.Confidence), Doubt: s.Confidence < doubtful,
	}
	if len(s.Text) <= maxAsked {
		out.Check = addressOfCheck(s.Text)
	}
	add := func(before, what string) {
		if what != "" {
			out.Details = append(out.Details, before+what)
		}
	}
	if s.Polarity != attribution.Asserted {
		add("", string(s.Polarity))
	}
	add("to ", phraseOf(body, s.Addressee))
	add("venue: ", phraseOf(body, s.Venue))
	add("", format.Written(s.Date))
	add("via ", s.Reporter)
	return out
}

func noteNumber(i int) string { return anchor(i)[1:] }

func noteID(i int) string { return "note-" + anchor(i)[1:] }

// phraseOf is the text of a span in pieces.
func phraseOf(body string, spans []text.Span) string {
	var out []string
	for _, s := range spans {
		out = append(out, strings.TrimSpace(s.Of(body)))
	}
	return strings.Join(out, " … ")
}
