package format

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"onrecord/store"
)

// Listed is a speaker of a list.
type Listed struct {
	store.Known
	Spellings []store.Name // those that most articles have first
}

// spellingsListed is how many other names a list says of a speaker.
const spellingsListed = 5

// SpeakersText writes speakers for people: the name, how much of them the record
// has, and what else they are called.
func SpeakersText(w io.Writer, list []Listed, o TextOptions) error {
	b := board{width: max(o.Width, minWidth), colour: o.Colour}
	for _, s := range list {
		facts := fmt.Sprintf("%s in %s", counted(s.Statements, "statement", "statements"), counted(s.Articles, "article", "articles"))
		b.put("", run{text: s.Name, tone: named}, run{text: "  " + facts})
		if also := s.also(); len(also) > 0 {
			rest := ""
			if n := len(also) - spellingsListed; n > 0 {
				also, rest = also[:spellingsListed], fmt.Sprintf(" and %d more", n)
			}
			b.put("  ", run{text: "also " + strings.Join(also, ", ") + rest, tone: faint})
		}
	}
	_, err := b.WriteTo(w)
	return err
}

// also are the other names of a speaker, each once.
func (s Listed) also() (out []string) {
	seen := map[string]bool{s.Name: true}
	for _, n := range s.Spellings {
		if !seen[n.Text] {
			seen[n.Text] = true
			out = append(out, n.Text)
		}
	}
	return out
}

// SpeakersJSON writes a line of JSON for each speaker.
func SpeakersJSON(w io.Writer, list []Listed) error {
	type spelling struct {
		Name       string `json:"name"`
		Articles   int    `json:"articles"`
		Statements int    `json:"statements"`
	}
	type line struct {
		ID         string     `json:"id"`
		Name       string     `json:"name"`
		Articles   int        `json:"articles"` // that credit statements to the speaker
		Statements int        `json:"statements"`
		Spellings  []spelling `json:"spellings"`
	}
	for _, s := range list {
		out := line{ID: strconv.FormatInt(s.Row, 10), Name: s.Name, Articles: s.Articles, Statements: s.Statements, Spellings: []spelling{}}
		at := map[string]int{}
		for _, n := range s.Spellings {
			i, ok := at[n.Text]
			if !ok {
				i = len(out.Spellings)
				at[n.Text], out.Spellings = i, append(out.Spellings, spelling{Name: n.Text})
			}
			out.Spellings[i].Articles += n.Articles
			out.Spellings[i].Statements += n.Statements
		}
		if err := writeJSON(w, out); err != nil {
			return err
		}
	}
	return nil
}
