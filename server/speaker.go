package server

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"onrecord/attribution"
	"onrecord/comparison"
	"onrecord/format"
	"onrecord/profile"
	"onrecord/query"
	"onrecord/store"
)

// speakerPage is the page of a speaker: what the record has of them.
type speakerPage struct {
	Name      string
	Facts     []string // "12 statements in 8 articles"
	Spellings string   // what else articles call them
	Roles     []speakerRole
	Chart     *chart
	Topics    []topic
	Tensions  []tension
	Outlets   []quotedBy
	Since     string // day from which on roles and outlets are counted, "" for all
	Newest    string // how many statements topics and tensions go by, "" for all
	Stories   []toldBy
	Next      string // address of the statements after these, "" for none
	First     string // address of the page with everything, "" for this one
	Namesakes []listedSpeaker
	Correct   string // address where it can be said who this is
	Feeds     *feeds
}

func (p *speakerPage) about() about { return about{name: "speaker", title: p.Name, feeds: p.Feeds} }

// speakerRole is what articles call a speaker.
type speakerRole struct{ Role, When, Articles string }

// topic is what a speaker talks of more than others.
type topic struct {
	Words   link // to the statements
	Counts  string
	Years   string
	Stories []link
	More    string // how many stories are left out, "" for none
}

// tension are two passages that do not say the same.
type tension struct {
	Reason string
	Sides  [2]statement
}

// quotedBy is how much of a speaker an outlet has.
type quotedBy struct {
	Outlet, Statements link
	Words, Articles    string
}

// toldBy is a story with what a speaker says in it.
type toldBy struct {
	Story    link
	Carriers []carrier
}

// carrier is an article with what a speaker says in it, in its order.
type carrier struct {
	report
	Statements []statement
}

// statement is what somebody says in an article.
type statement struct {
	report
	Text    string
	Credit  string // the words that credit: "Ana Moreno said"
	Details []string
	Doubt   bool
	Check   string // address that says who else has the words
}

// How much of a speaker a page shows.
const (
	statementsAtOnce = 20
	shownSpellings   = 8
	shownRoles       = 12
	shownOutlets     = 12
	shownNamesakes   = 6
)

// speakerAt is who an address means, by the row. Where that is not the address
// that the speaker has now, the visitor is sent there and ok is false: for a
// time only, as names and who is who can be corrected back.
func (s *Server) speakerAt(w http.ResponseWriter, r *http.Request) (k store.Known, ok bool, err error) {
	row, err := strconv.ParseInt(r.PathValue("speaker"), 10, 64)
	if err != nil || row < 1 {
		return k, false, errNoPage
	}
	if k, err = s.Store.SpeakerAt(r.Context(), row); err != nil {
		return k, false, err
	}
	to := addressOfSpeaker(k.Row, k.Name)
	if to == r.URL.EscapedPath() {
		return k, true, nil
	}
	if r.URL.RawQuery != "" {
		to += "?" + r.URL.RawQuery
	}
	http.Redirect(w, r, to, http.StatusFound)
	return k, false, nil
}

func (s *Server) speaker(w http.ResponseWriter, r *http.Request) error {
	before, err := strconv.ParseInt(cmp.Or(r.URL.Query().Get("before"), "0"), 10, 64)
	if err != nil || before < 0 {
		return errNoPage
	}
	k, ok, err := s.speakerAt(w, r)
	if err != nil || !ok {
		return err
	}
	state, err := s.lately(r.Context(), k)
	if err != nil {
		return err
	}
	return s.showKept(w, r, fmt.Sprint("speaker ", k.Row, before), state, func(ctx context.Context) (content, error) {
		if before > 0 {
			p := &speakerPage{Name: k.Name, First: addressOfSpeaker(k.Row, k.Name), Feeds: feedsOfSpeaker(k.Row)}
			return p, s.tell(ctx, p, k, before)
		}
		return s.newSpeakerPage(ctx, k)
	})
}

// keptFor is how long a page is shown that is made of more than can be asked for
// whether it has changed.
const keptFor = 10 * time.Minute

// lately is a state of a page that is good for a while, if nothing was corrected
// and some values are the same.
func (s *Server) lately(ctx context.Context, of ...any) (string, error) {
	last, err := s.Store.LastCorrections(ctx, 0, 1)
	for _, c := range last {
		of = append(of, c.Row)
	}
	return fmt.Sprint(s.Now().Truncate(keptFor).Unix(), of), err
}

func (s *Server) newSpeakerPage(ctx context.Context, k store.Known) (*speakerPage, error) {
	found, err := profile.Find(ctx, s.Store, s.Parser, k.Row, 0)
	if err != nil {
		return nil, err
	}
	p := &speakerPage{
		Name: found.Name, Facts: factsOf(found.Credits), Spellings: listed(otherNames(found.Credits), shownSpellings), Since: dayOf(found.Since),
		Correct: addressOfCorrecting(k.Row, ""), Feeds: feedsOfSpeaker(k.Row),
		Chart: newChart("Statements", "statement", "statements", []series{{"Statements", "quoted"}}, slotsOf(found.Months)),
	}
	if found.Read < found.Statements {
		p.Newest = "of the newest " + counted(found.Read, "statement", "statements")
	}
	p.Roles = rolesOf(found.Roles)
	for _, o := range found.Outlets[:min(len(found.Outlets), shownOutlets)] {
		p.Outlets = append(p.Outlets, newQuotedBy(found.Name, o))
	}
	for _, t := range found.Topics {
		p.Topics = append(p.Topics, newTopic(found.Name, t))
	}
	for _, t := range found.Tensions {
		p.Tensions = append(p.Tensions, newTension(t))
	}
	if err := s.tell(ctx, p, k, math.MaxInt64); err != nil {
		return nil, err
	}
	p.Namesakes, err = s.namesakes(ctx, k)
	return p, err
}

func feedsOfSpeaker(row int64) *feeds { return feedsOf(addressOfSpeaker(row, ""), "") }

// tell fills in the newest statements before one, by story.
func (s *Server) tell(ctx context.Context, p *speakerPage, k store.Known, before int64) error {
	said, err := s.Store.NewestBefore(ctx, k.Row, before, statementsAtOnce+1)
	if err != nil {
		return err
	}
	if len(said) > statementsAtOnce {
		said = said[:statementsAtOnce]
		p.Next = addressOfSpeaker(k.Row, k.Name) + "?before=" + strconv.FormatInt(said[statementsAtOnce-1].Row, 10)
	}
	stories, err := profile.Stories(ctx, s.Store, k.Row, said)
	for _, one := range stories {
		told := toldBy{Story: storyLink(one)}
		for _, x := range one.Statements { // those of an article follow each other, the last first
			if k := len(told.Carriers); k == 0 || told.Carriers[k-1].Title.Href != addressOfArticle(x.Article.ID) {
				told.Carriers = append(told.Carriers, carrier{report: newReport(*x.Article, "")})
			}
			last := &told.Carriers[len(told.Carriers)-1]
			last.Statements = slices.Insert(last.Statements, 0, newStatement(x))
		}
		p.Stories = append(p.Stories, told)
	}
	return err
}

// namesakes are others who have the name of a speaker.
func (s *Server) namesakes(ctx context.Context, k store.Known) (out []listedSpeaker, err error) {
	all, err := s.Store.FindSpeakers(ctx, k.Name, shownNamesakes+1)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(o store.Known) bool { return o.Row == k.Row || o.Articles == 0 })
	for _, o := range all[:min(len(all), shownNamesakes)] {
		c, err := s.Store.Credits(ctx, o.Row)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, newListedSpeaker(o, c))
	}
	return out, nil
}

// factsOf are the counts of a speaker in words.
func factsOf(c profile.Credits) []string {
	facts := []string{counted(c.Statements, "statement", "statements") + " in " + counted(c.Articles, "article", "articles")}
	if c.Statements > 0 {
		facts = append(facts, percent(float64(c.Direct)/float64(c.Statements))+" in quotation marks")
	}
	if when := fromTo(c.First, c.Last); when != "" {
		facts = append(facts, when)
	}
	return facts
}

// otherNames are what articles call a speaker besides the name, each once.
func otherNames(c profile.Credits) (out []string) {
	for _, s := range c.Spellings {
		if s.Text != c.Name && !slices.Contains(out, s.Text) {
			out = append(out, s.Text)
		}
	}
	return out
}

// rolesOf are those that most articles say, by their last day.
func rolesOf(roles []profile.Role) (out []speakerRole) {
	most := slices.Clone(roles)
	slices.SortStableFunc(most, func(a, b profile.Role) int { return cmp.Compare(b.Articles, a.Articles) })
	most = most[:min(len(most), shownRoles)]
	slices.SortStableFunc(most, func(a, b profile.Role) int { return b.Last.Compare(a.Last) })
	for _, r := range most {
		out = append(out, speakerRole{r.Role, monthsFromTo(r.First, r.Last), counted(r.Articles, "article", "articles")})
	}
	return out
}

func newQuotedBy(name string, o profile.Outlet) quotedBy {
	out := quotedBy{Outlet: link{cmp.Or(o.Name, "Outlet unknown"), addressOfOutlet(o.Name)}, Words: grouped(o.Words), Articles: grouped(o.Articles)}
	out.Statements = link{grouped(o.Statements), addressOfSaid(name, query.Filter{Field: query.Outlet, Value: plainValue(o.Name)})}
	return out
}

func newTopic(name string, t profile.Topic) topic {
	out := topic{
		Words:  link{t.Words, addressOfSaid(name, query.Words{Text: plainValue(t.Words)})},
		Counts: counted(t.Statements, "statement", "statements") + " in " + counted(t.NStories, "story", "stories"),
	}
	var years []string
	for _, y := range t.Years {
		years = append(years, fmt.Sprintf("%d in %d", y.Statements, y.Month.Year()))
	}
	out.Years = strings.Join(years, ", ")
	for _, one := range t.Stories {
		out.Stories = append(out.Stories, storyLink(one))
	}
	if n := t.NStories - len(t.Stories); n > 0 {
		out.More = counted(n, "more story", "more stories")
	}
	return out
}

func newTension(t profile.Tension) tension {
	out := tension{Reason: "One asserts what the other denies"}
	if t.Reason == comparison.Figures {
		out.Reason = "Two figures for one thing"
	}
	for i, x := range t.Between {
		out.Sides[i] = newStatement(x.Statement)
		out.Sides[i].Text = x.Span.Of(x.Article.Body)
	}
	return out
}

func newStatement(x profile.Statement) statement {
	out := statement{
		report: newReport(*x.Article, "#"+anchor(x.N)), Text: phraseOf(x.Article.Body, x.Content), Credit: format.Credit(x.Article.Body, x.Statement),
		Details: []string{string(x.Kind)}, Doubt: x.Confidence < doubtful,
	}
	if x.Polarity != attribution.Asserted && x.Polarity != "" {
		out.Details = append(out.Details, string(x.Polarity))
	}
	if len(out.Text) <= maxAsked {
		out.Check = addressOfCheck(out.Text)
	}
	return out
}

func storyLink(one profile.Story) link {
	return link{cmp.Or(strings.TrimSpace(one.Headline), fmt.Sprintf("Story %d", one.Number)), addressOfStory(one.Number)}
}

// slotsOf are months of a chart.
func slotsOf(months []profile.Month) (out []slot) {
	for _, m := range months {
		out = append(out, slot{m.Month, []int{m.Statements}})
	}
	return out
}
