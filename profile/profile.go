// Package profile gathers what a record has of one speaker: how they are
// called, in which roles and by whom they are quoted, what they talk of, and
// where they say otherwise than before.
//
// Counts are of everything; what is said is read of the newest statements only,
// so that a profile takes as long for who is quoted daily as for others.
package profile

import (
	"cmp"
	"context"
	"sync"
	"time"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/comparison"
	"onrecord/english"
	"onrecord/speaker"
	"onrecord/text"
)

// Profile is what a record has of a speaker.
type Profile struct {
	Credits
	Stories  []Story   // the newest statements by story, the newest first
	Topics   []Topic   // what they talk of more than others do, the most telling first
	Tensions []Tension // the newest first
	Read     int       // statements that Topics and Tensions go by: the newest
}

// Credits are the counts of a speaker, of the latest versions of articles.
type Credits struct {
	Name       string // over the record
	Spellings  []Spelling
	Articles   int
	Statements int
	Direct     int       // of Statements, those in quotation marks at least in part
	Words      int       // of all their contents
	First      time.Time // day of the first statement, zero where no article has a date
	Last       time.Time // day of the last
	Since      time.Time // day from which on Roles and Outlets are counted, zero for all
	Roles      []Role    // the latest first
	Outlets    []Outlet  // who quotes them most first
	Months     []Month   // those with a statement, in their order; articles without a date are left out
}

// Spelling is a name that articles have for a speaker.
type Spelling struct {
	Text     string
	Articles int
}

// Role is what articles call a speaker.
type Role struct {
	Role        string
	First, Last time.Time // days of the articles that say so, zero where none has a date
	Articles    int
}

// Outlet is how much of a speaker an outlet has.
type Outlet struct {
	Name                        string
	Articles, Statements, Words int
}

// Month is how much a speaker is on record with in a month.
type Month struct {
	Month      time.Time // its first day
	Statements int
}

// Story is what a speaker says in a story.
type Story struct {
	Number     int64
	Headline   string
	Statements []Statement // the newest first
}

// Statement is a statement with where it stands.
type Statement struct {
	speaker.Statement
	Article *article.Article // with its body
	N       int              // place of the statement in the article, from 0
}

// Topic is what a speaker talks of.
type Topic struct {
	Words      string // as most statements have them
	Statements int
	Years      []Month // statements by the year: Month is its first day; those without a date are left out
	Stories    []Story // the newest with it, without their statements
	NStories   int     // how many there are
}

// Tension is two passages in which a speaker says one thing and another. It says
// that they differ, never that one of them is untrue.
type Tension struct {
	Reason  comparison.Reason // Changed where one asserts what the other denies, Figures for two of one thing
	Between [2]Passage        // the newer first
}

// Passage is what a speaker says in one place.
type Passage struct {
	Statement
	Story int64
	Span  text.Span // of the article's body
}

// Said is a statement as the search for topics and tensions takes it.
type Said struct {
	Row       int64 // of the statement
	Article   int64 // row
	Story     int64
	Published time.Time // day, zero where unknown
	Date      string    // when it was said, as speaker.Statement has it; "" if not said
	Polarity  attribution.Polarity
	Text      string // the content, its pieces joined by a space
}

// Reading is an article with what was found in it.
type Reading struct {
	Article    *article.Article
	First      int64 // row of its first statement; the others follow
	Story      int64
	Statements []speaker.Statement
	Own        []bool // of the statements, those of the speaker
}

// Index gives what a record has of a speaker, by the speaker's row.
type Index interface {
	// Credits are the counts. The error wraps the store's for what is not there.
	Credits(ctx context.Context, speaker int64) (Credits, error)
	// Newest are the newest statements of the latest versions of articles, limit at
	// most, the newest first.
	Newest(ctx context.Context, speaker int64, limit int) ([]Said, error)
	// Others are texts of statements that others make, from all times.
	Others(ctx context.Context, speaker int64, limit int) ([]string, error)
	// Reading is an article by its row.
	Reading(ctx context.Context, speaker, article int64) (Reading, error)
	// Headline is the title of a story's first article that has one, else an ID.
	Headline(ctx context.Context, story int64) (string, error)
}

// Parser tags and parses a text.
type Parser interface {
	Parse(*text.Text) *english.Doc
}

// How many statements topics and tensions are looked for in, and how many of
// others' topics are told from.
const (
	MaxRead   = 1000
	maxOthers = 1000
)

// Find makes the profile of a speaker with so many statements. The parser reads
// anew the few sentences that tensions are looked for in.
func Find(ctx context.Context, index Index, parser Parser, who int64, limit int) (*Profile, error) {
	p := &Profile{}
	var failed error
	var credited, worded sync.WaitGroup
	credited.Go(func() { p.Credits, failed = index.Credits(ctx, who) })
	defer credited.Wait()
	said, err := index.Newest(ctx, who, MaxRead)
	if err != nil {
		return nil, err
	}
	others, err := index.Others(ctx, who, maxOthers)
	if err != nil {
		return nil, err
	}
	p.Read = len(said)
	f := newFinder(index, parser, who)
	var words []found
	worded.Go(func() {
		words = f.topics(said, others, func() []Spelling {
			credited.Wait()
			return p.Spellings
		})
	})
	p.Tensions, err = f.tensions(ctx, said)
	worded.Wait()
	if err := cmp.Or(failed, err); err != nil {
		return nil, err
	}
	if p.Stories, err = f.stories(ctx, said[:min(limit, len(said))]); err != nil {
		return nil, err
	}
	for _, t := range words {
		topic, err := f.topic(ctx, t, said)
		if err != nil {
			return nil, err
		}
		p.Topics = append(p.Topics, topic)
	}
	return p, nil
}

// finder reads from the index what a profile needs, each thing once.
type finder struct {
	index     Index
	parser    Parser
	who       int64
	readings  map[int64]Reading // by article
	headlines map[int64]string  // by story
}

func newFinder(index Index, parser Parser, who int64) *finder {
	return &finder{index: index, parser: parser, who: who, readings: map[int64]Reading{}, headlines: map[int64]string{}}
}

func (f *finder) reading(ctx context.Context, article int64) (Reading, error) {
	if r, ok := f.readings[article]; ok {
		return r, nil
	}
	r, err := f.index.Reading(ctx, f.who, article)
	if err == nil {
		f.readings[article] = r
	}
	return r, err
}

func (f *finder) headline(ctx context.Context, story int64) (string, error) {
	if h, ok := f.headlines[story]; ok {
		return h, nil
	}
	h, err := f.index.Headline(ctx, story)
	if err == nil {
		f.headlines[story] = h
	}
	return h, err
}

// Stories are some of a speaker's statements as an index gives them, grouped by
// story.
func Stories(ctx context.Context, index Index, who int64, said []Said) ([]Story, error) {
	f := newFinder(index, nil, who)
	return f.stories(ctx, said)
}

// stories are statements grouped by story.
func (f *finder) stories(ctx context.Context, said []Said) (out []Story, err error) {
	at := map[int64]int{}
	for _, s := range said {
		r, err := f.reading(ctx, s.Article)
		if err != nil {
			return nil, err
		}
		i, ok := at[s.Story]
		if !ok {
			i, at[s.Story] = len(out), len(out)
			headline, err := f.headline(ctx, s.Story)
			if err != nil {
				return nil, err
			}
			out = append(out, Story{Number: s.Story, Headline: headline})
		}
		out[i].Statements = append(out[i].Statements, r.statement(int(s.Row-r.First)))
	}
	return out, nil
}

// statement is the nth of a reading.
func (r *Reading) statement(n int) Statement {
	return Statement{Statement: r.Statements[n], Article: r.Article, N: n}
}

// fewStories is how many stories of a topic are named.
const fewStories = 3

// topic counts the statements with a topic by years and stories.
func (f *finder) topic(ctx context.Context, t found, said []Said) (Topic, error) {
	out := Topic{Words: t.words, Statements: len(t.statements)}
	known := map[int64]bool{}
	for _, n := range t.statements {
		s := said[n]
		if y := s.Published.Year(); !s.Published.IsZero() {
			first := time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC)
			if k := len(out.Years); k == 0 || out.Years[k-1].Month != first {
				out.Years = append(out.Years, Month{Month: first})
			}
			out.Years[len(out.Years)-1].Statements++
		}
		if known[s.Story] {
			continue
		}
		known[s.Story] = true
		if len(out.Stories) < fewStories {
			headline, err := f.headline(ctx, s.Story)
			if err != nil {
				return out, err
			}
			out.Stories = append(out.Stories, Story{Number: s.Story, Headline: headline})
		}
	}
	out.NStories = len(known)
	return out, nil
}
