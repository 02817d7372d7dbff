// Package check looks up whether words are on record: who printed them or
// something near them, in which wordings, and credited to whom.
//
// An index gives the texts that share the most shingles with the words; each
// is aligned with them word by word, which bears words changed, dropped and
// inserted, and gaps; what shares too little is left out, and what is left is
// grouped by what was said.
package check

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/speaker"
	"onrecord/text"
	"onrecord/utterance"
)

// Passage is a text of the record: the content of a statement, or the body of
// an article.
type Passage struct {
	Statement int64            // row of the statement, or of the first of several; 0 for a body
	Text      string           // the content with its marks, its pieces joined by a space; or the body
	Kind      attribution.Kind // "" for a body
	Speaker   speaker.Speaker  // who is credited; zero for nobody, and for a body
	Cue       string           // the words that credit, "" for none
	Article   article.Article  // without its body
	Earlier   bool             // it is of a version of the article that another one has replaced
}

// Index finds the texts of a record that share shingles (see Shingles), those
// first that share the most, by the weight of their rarity.
type Index interface {
	Candidates(ctx context.Context, shingles []string, limit int) ([]Passage, error) // statements
	Bodies(ctx context.Context, shingles []string, limit int) ([]Passage, error)     // articles
}

// How many texts are aligned with the words asked for.
const (
	maxCandidates = 100
	maxBodies     = 20
)

// ErrNoWords says that there is nothing to look up.
var ErrNoWords = errors.New("no words to look up: two at least")

// Answer is what a record has of some words.
type Answer struct {
	Asked      string
	Utterances []Utterance // the nearest first; empty where nobody is on record with the words
	OwnVoice   []Match     // articles that print the words as their own, only looked for where nobody is on record
}

// Utterance is what was said once, or time and again in the same words, with
// everybody who printed it.
type Utterance struct {
	Matches []Match // the first printed first, those without a date last
	Best    int     // index into Matches of what is nearest to the words asked for
	Longest int     // index into Matches of the most words
}

// Speakers are those whom the outlets credit, each once by the fullest name, in
// the order of the matches; where none has a name, whoever is credited by the
// nearest. More than one means that the outlets disagree.
func (u *Utterance) Speakers() (out []speaker.Speaker) {
	for _, m := range u.Matches {
		i := slices.IndexFunc(out, func(s speaker.Speaker) bool { return sameName(s.Name, m.Speaker.Name) })
		switch {
		case m.Speaker.Name == "":
		case i < 0:
			out = append(out, m.Speaker)
		case len(m.Speaker.Name) > len(out[i].Name):
			out[i] = m.Speaker
		}
	}
	if len(out) == 0 {
		out = append(out, u.Matches[u.Best].Speaker)
	}
	return out
}

// Match is a passage that holds the words asked for, or something near them.
type Match struct {
	Passage
	Spans   []text.Span        // the words found, of Passage.Text, a run of them in each
	Quoted  bool               // they stand in quotation marks
	Place   text.Span          // characters of the article's body: Passage.Text, where it was cut from that; else zero
	Changes []utterance.Change // from the words asked for (Longest) to those found (Here)
	Score   float64            // 1 for all words in their order with nothing in between but where the asker left a gap
	words   []Word             // of Passage.Text
	rest    int                // words of the passage that are not among those found
}

// Exact reports whether the passage has the words as they were asked for.
func (m *Match) Exact() bool { return m.Score == 1 }

// Find looks some words up. Marks, dashes, capitals and accents count for
// nothing, and "…" for a gap.
func Find(ctx context.Context, index Index, asked string) (Answer, error) {
	q := newQuestion(asked)
	out := Answer{Asked: asked}
	if len(q.words) < 2 {
		return out, ErrNoWords
	}
	shingles := Shingles(q.keys)
	candidates, err := index.Candidates(ctx, shingles, maxCandidates)
	if err != nil {
		return out, err
	}
	all := make([]Match, len(candidates))
	for i, p := range candidates {
		all[i] = q.match(p)
	}
	var found, parts []Match
	for _, m := range q.together(all) {
		if q.near(m) {
			found = append(found, m)
		} else if len(m.Spans) > 0 {
			parts = append(parts, m)
		}
	}
	if len(found) == 0 {
		bodies, err := index.Bodies(ctx, shingles, maxBodies)
		if err != nil {
			return out, err
		}
		for _, p := range bodies {
			if m := q.inBody(p); q.near(m) && m.Quoted {
				found = append(found, m)
			} else if q.near(m) {
				out.OwnVoice = append(out.OwnVoice, m)
			}
		}
	}
	slices.SortStableFunc(found, nearer)
	out.Utterances = group(found, parts)
	return out, nil
}

// nearer orders matches: exact ones first, then those with the most of the
// words; of these what is quoted before what is reported, what says little else
// before what says much, then the first printed, and of versions of one day the latest.
func nearer(a, b Match) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), trueFirst(a.Quoted, b.Quoted), cmp.Compare(a.rest, b.rest), earlier(a, b), trueFirst(!a.Earlier, !b.Earlier))
}

// earlier orders matches by the day they were printed, those without a date last.
func earlier(a, b Match) int {
	return cmp.Or(trueFirst(!a.Article.Published.IsZero(), !b.Article.Published.IsZero()), a.Article.Published.Compare(b.Article.Published))
}

func trueFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}
