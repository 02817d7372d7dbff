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
	"time"

	"onrecord/attribution"
	"onrecord/text"
	"onrecord/utterance"
)

// Passage is a text of the record: the content of a statement, or the body of
// an article.
type Passage struct {
	Statement int64            // row of the statement, 0 for a body
	Article   int64            // row of the article
	Text      string           // the content with its marks, its pieces joined by a space; or the body
	Kind      attribution.Kind // "" for a body
	Speaker   string           // who is credited: a name, else a description; "" for nobody
	Role      string           // of the speaker, "" if not said
	Unnamed   bool             // Speaker is a description
	Cue       string           // the words that credit, "" for none
	ArticleID string           // what commands know the article by
	Outlet    string           // who published it
	Title     string           // headline
	URL       string           // canonical address, "" where unknown
	Published time.Time        // zero where unknown
}

// Index finds the texts of a record that share shingles (see Shingles), those
// first that share the most, by the weight of their rarity.
type Index interface {
	Candidates(ctx context.Context, shingles []string, limit int) ([]Passage, error) // statements
	Bodies(ctx context.Context, shingles []string, limit int) ([]Passage, error)     // articles
}

// How many texts are aligned with the words asked for.
const (
	maxCandidates = 200
	maxBodies     = 30
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

// Speakers are those whom the outlets credit, each once, the most often
// credited first; more than one means that they disagree.
func (u *Utterance) Speakers() []string {
	count := map[string]int{}
	var out []string
	for _, m := range u.Matches {
		i := slices.IndexFunc(out, func(s string) bool { return sameName(s, m.Speaker) })
		if i < 0 {
			out, i = append(out, m.Speaker), len(out)
		}
		if len(m.Speaker) > len(out[i]) {
			count[m.Speaker], out[i] = count[out[i]], m.Speaker
		}
		count[out[i]]++
	}
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(count[b], count[a]) })
	return out
}

// Match is a passage that holds the words asked for, or something near them.
type Match struct {
	Passage
	Spans   []text.Span        // the words found, of Passage.Text, a run of them in each
	Quoted  bool               // they stand in quotation marks
	Changes []utterance.Change // from the words asked for (Longest) to those found (Here)
	Score   float64            // 1 for all words in their order with nothing in between
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
	var found []Match
	for _, p := range candidates {
		if m := q.match(p); q.near(m) {
			found = append(found, m)
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
	out.Utterances = group(found)
	return out, nil
}

// nearer orders matches: exact ones first, then those with the most of the
// words; of these what is quoted before what is reported, what says little else
// before what says much, and then the first printed.
func nearer(a, b Match) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), trueFirst(a.Quoted, b.Quoted), cmp.Compare(a.rest, b.rest), earlier(a, b))
}

// earlier orders matches by the day they were printed, those without a date last.
func earlier(a, b Match) int {
	return cmp.Or(trueFirst(!a.Published.IsZero(), !b.Published.IsZero()), a.Published.Compare(b.Published))
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
