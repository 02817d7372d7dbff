// Package comparison sets the articles of one story side by side: who carries
// what, in which wording, on whose word, and what is missing where.
package comparison

import (
	"onrecord/article"
	"onrecord/english"
	"onrecord/figure"
	"onrecord/lexicon"
	"onrecord/speaker"
	"onrecord/text"
	"onrecord/utterance"
)

// Report is an article with what was found in it.
type Report struct {
	Article    article.Article
	Doc        *english.Doc
	Statements []speaker.Statement // in order of the text
	Figures    []figure.Figure     // in order of the text
}

// Ref points to a statement.
type Ref struct{ Article, Statement int }

// Comparison is a story side by side. Indices of articles are those of
// Reports, indices of utterances those of Utterances.
type Comparison struct {
	Reports    []Report              // as given, their statements' speakers joined over the articles
	Utterances []utterance.Utterance // every statement stands in one, one of several quoted fragments in several; most widely carried first, quoted before paraphrased
	Figures    []figure.Slot
	Tensions   []Tension
	Voices     []Voice    // most words first
	Framings   []Framing  // utterances that are credited with unlike cues
	OwnVoice   []OwnVoice // one for each article
	Timeline   []Event    // earliest first
}

// Reason says why two passages are called a tension.
type Reason string

// The reasons of a tension.
const (
	Flagged Reason = "flagged" // an outlet says so: "at odds with", "in a conflicting statement"
	Opposed Reason = "opposed" // one asserts what the other denies
	Figures Reason = "figures" // another figure for the same thing
	Changed Reason = "changed" // one speaker, now and before
)

// Tension is two passages that pull against each other. It says that they
// differ, never that one of them is untrue.
type Tension struct {
	Between   [2]Side
	Reason    Reason
	FlaggedBy int       // the article that says so, -1 where none does
	Flag      text.Span // its words ("at odds with"), empty where none does
}

// Side is one of the passages of a tension.
type Side struct {
	Article   int
	Statement int       // -1 for the outlet's own words
	Span      text.Span // the passage
}

// Voice is a speaker with what each article gives them.
type Voice struct {
	Speaker  speaker.Speaker
	Articles []VoiceIn // one for each article
}

// VoiceIn is a speaker's part in an article; the zero value where they have none.
type VoiceIn struct {
	Statements  int
	Quoted      int // words inside quotation marks
	Paraphrased int // words of content outside of them
	Order       int // 1 for who comes first in the article, 2 for the next, …; 0 if left out
}

// Framing is an utterance that articles credit with cues of different force.
type Framing struct {
	Utterance int
	Cues      []CueIn // by article
}

// CueIn is how an article credits an utterance.
type CueIn struct {
	Ref
	Span  []text.Span // the cue's words
	Class string      // of lexicon.Force: "said", "claimed", "admitted", …
}

// OwnVoice is how an article divides its words, and what it says in its own.
type OwnVoice struct {
	Words       int // of the body
	Quoted      int // of them inside quotation marks and credited
	Paraphrased int // of them content without marks
	Evaluative  []Evaluation
}

// Own is how many words are the outlet's own.
func (o OwnVoice) Own() int { return o.Words - o.Quoted - o.Paraphrased }

// Evaluation is an evaluative word in the outlet's own voice.
type Evaluation struct {
	Word      text.Span
	Sentence  text.Span
	Judgement lexicon.Judgement // how it judges: "praise", "blame", …, or Scare
}

// Event is a statement or an event that the text dates.
type Event struct {
	Date      string // "2025-08-17", "2025-08" or "2025"
	Article   int
	Statement int       // -1 for an event in the outlet's own words
	When      text.Span // the words that date it
	Passage   text.Span // the sentence
}

// Compare sets reports of one story side by side.
func Compare(reports []Report) *Comparison {
	c := &Comparison{Reports: joinSpeakers(reports)}
	c.Utterances = utterance.Join(c.utteranceArticles())
	c.nameSpeakers()
	c.Figures = figure.Join(c.figureArticles())
	articles := creditWords(c.Reports)
	c.Tensions = tensions(c, articles)
	c.Voices = voices(articles)
	c.Framings = framings(c)
	c.OwnVoice = ownVoices(articles)
	c.Timeline = timeline(articles)
	return c
}
