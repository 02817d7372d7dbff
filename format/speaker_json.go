package format

import (
	"io"
	"strconv"
	"time"

	"onrecord/profile"
	"onrecord/text"
)

// Profile is what a record has of a speaker, as JSON has it.
type Profile struct {
	Credits
	Read     int              `json:"read"`     // statements that topics and tensions go by: the newest
	Topics   []ProfileTopic   `json:"topics"`   // the most telling first
	Tensions []ProfileTension `json:"tensions"` // the newest first
	Stories  []ProfileStory   `json:"stories"`  // the newest first
}

// Credits are the counts of a speaker over the record, as JSON has them.
type Credits struct {
	Name       string          `json:"name"`
	Spellings  []ProfileName   `json:"spellings"`
	Articles   int             `json:"articles"`
	Statements int             `json:"statements"`
	Direct     int             `json:"direct"` // of the statements, in quotation marks at least in part
	Words      int             `json:"words"`
	First      string          `json:"first"`   // day, "" where no article has a date, as Last
	Last       string          `json:"last"`    // day
	Since      string          `json:"since"`   // day from which on roles and outlets are counted, "" for all
	Roles      []ProfileRole   `json:"roles"`   // the latest first
	Outlets    []ProfileOutlet `json:"outlets"` // who quotes them most first
	Months     []ProfileMonth  `json:"months"`  // those with a statement
}

// ProfileName is how articles call a speaker.
type ProfileName struct {
	Name     string `json:"name"`
	Articles int    `json:"articles"`
}

// ProfileRole is a role with the days of the first and the last article that
// have it, "" where none has a date.
type ProfileRole struct {
	Role     string `json:"role"`
	First    string `json:"first"`
	Last     string `json:"last"`
	Articles int    `json:"articles"`
}

// ProfileOutlet is how much of a speaker an outlet has.
type ProfileOutlet struct {
	Outlet     string `json:"outlet"`
	Articles   int    `json:"articles"`
	Statements int    `json:"statements"`
	Words      int    `json:"words"`
}

// ProfileMonth is how many statements are of a month, "2026-03".
type ProfileMonth struct {
	Month      string `json:"month"`
	Statements int    `json:"statements"`
}

// ProfileTopic is what a speaker talks of.
type ProfileTopic struct {
	Words      string         `json:"words"`
	Statements int            `json:"statements"`
	Years      []ProfileYear  `json:"years"`
	Stories    []ProfileStory `json:"stories"`       // the newest, without their statements
	Total      int            `json:"stories_total"` // how many there are
}

// ProfileYear is how many statements are of a year.
type ProfileYear struct {
	Year       int `json:"year"`
	Statements int `json:"statements"`
}

// ProfileStory is a story, with what a speaker says in it.
type ProfileStory struct {
	Story      string             `json:"story"` // ID
	Headline   string             `json:"headline"`
	Statements []ProfileStatement `json:"statements,omitempty"`
}

// ProfileStatement is a statement with where it stands.
type ProfileStatement struct {
	Article     string      `json:"article"` // ID
	Outlet      string      `json:"outlet"`
	Title       string      `json:"title"`
	URL         string      `json:"url"`
	Published   string      `json:"published"` // ISO 8601, with the time where it is known
	Paragraph   int         `json:"paragraph"` // where the passage begins, from 1
	Attribution Attribution `json:"attribution"`
}

// ProfileTension is two passages that differ.
type ProfileTension struct {
	Why     string           `json:"why"`     // "changed": one asserts what the other denies; "figures"
	Between []ProfilePassage `json:"between"` // the newer first
}

// ProfilePassage is a side of a tension.
type ProfilePassage struct {
	ProfileStatement
	Story string `json:"story"` // ID
	Span  Span   `json:"span"`
	Text  string `json:"text"`
}

// ProfileJSON writes what a record has of a speaker as an object on one line.
func ProfileJSON(w io.Writer, p *profile.Profile) error {
	return writeJSON(w, NewProfile(p))
}

// NewProfile converts what a record has of a speaker.
func NewProfile(p *profile.Profile) Profile {
	out := Profile{Credits: newCredits(p.Credits), Read: p.Read, Topics: []ProfileTopic{}, Tensions: []ProfileTension{}, Stories: []ProfileStory{}}
	for _, t := range p.Topics {
		topic := ProfileTopic{Words: t.Words, Statements: t.Statements, Years: []ProfileYear{}, Stories: []ProfileStory{}, Total: t.NStories}
		for _, y := range t.Years {
			topic.Years = append(topic.Years, ProfileYear{y.Month.Year(), y.Statements})
		}
		for _, s := range t.Stories {
			topic.Stories = append(topic.Stories, newProfileStory(s))
		}
		out.Topics = append(out.Topics, topic)
	}
	for _, t := range p.Tensions {
		tension := ProfileTension{Why: string(t.Reason)}
		for _, x := range t.Between {
			body := x.Article.Body
			s := newProfileStatement(x.Statement, x.Span.Start)
			tension.Between = append(tension.Between, ProfilePassage{
				s, strconv.FormatInt(x.Story, 10), Span(spans(text.NewCharacters(body), []text.Span{x.Span})[0]), oneLine(x.Span.Of(body)),
			})
		}
		out.Tensions = append(out.Tensions, tension)
	}
	for _, s := range p.Stories {
		out.Stories = append(out.Stories, newProfileStory(s))
	}
	return out
}

// NamesakesJSON writes a line for each of several speakers of one name.
func NamesakesJSON(w io.Writer, all []profile.Credits) error {
	for _, c := range all {
		if err := writeJSON(w, newCredits(c)); err != nil {
			return err
		}
	}
	return nil
}

func newCredits(c profile.Credits) Credits {
	out := Credits{
		Name: c.Name, Articles: c.Articles, Statements: c.Statements, Direct: c.Direct, Words: c.Words, First: isoDay(c.First), Last: isoDay(c.Last), Since: isoDay(c.Since),
		Spellings: []ProfileName{}, Roles: []ProfileRole{}, Outlets: []ProfileOutlet{}, Months: []ProfileMonth{},
	}
	for _, s := range c.Spellings {
		out.Spellings = append(out.Spellings, ProfileName{s.Text, s.Articles})
	}
	for _, r := range c.Roles {
		out.Roles = append(out.Roles, ProfileRole{r.Role, isoDay(r.First), isoDay(r.Last), r.Articles})
	}
	for _, o := range c.Outlets {
		out.Outlets = append(out.Outlets, ProfileOutlet{o.Name, o.Articles, o.Statements, o.Words})
	}
	for _, m := range c.Months {
		out.Months = append(out.Months, ProfileMonth{m.Month.Format("2006-01"), m.Statements})
	}
	return out
}

func isoDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func newProfileStory(s profile.Story) ProfileStory {
	out := ProfileStory{Story: strconv.FormatInt(s.Number, 10), Headline: s.Headline}
	for _, x := range s.Statements {
		out.Statements = append(out.Statements, newProfileStatement(x, x.Content[0].Start))
	}
	return out
}

// newProfileStatement gives a statement, of which the passage that begins at a
// byte of the body is meant.
func newProfileStatement(s profile.Statement, at int) ProfileStatement {
	a, chars, doc := s.Article, text.NewCharacters(s.Article.Body), text.Split(s.Article.Body)
	said := newAttribution(a.Body, chars, s.N, s.Statement)
	said.Spans = newDetails(chars, doc.Tokens, s.Statement)
	return ProfileStatement{
		Article: a.ID, Outlet: a.Outlet, Title: a.Title, URL: a.URL, Published: Published(*a), Paragraph: ParagraphOf(doc.Paragraphs, at), Attribution: said,
	}
}
