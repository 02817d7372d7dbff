package format

import (
	"io"
	"strconv"

	"onrecord/article"
	"onrecord/comparison"
	"onrecord/speaker"
	"onrecord/text"
	"onrecord/utterance"
)

// Comparison is a story side by side as JSON has it. IDs of articles are those
// of the input, IDs of attributions those that NewRecord gives.
type Comparison struct {
	Articles   []ArticleHead       `json:"articles"`
	Utterances []Utterance         `json:"utterances"` // every quotation stands in exactly one
	Statements []Utterance         `json:"statements"` // what nobody quotes, in the same shape
	Figures    []Slot              `json:"figures"`
	Tensions   []Tension           `json:"tensions"`
	Framings   []Framing           `json:"framings"`
	Voices     []Voice             `json:"voices"`
	OwnVoice   []OwnVoice          `json:"own_voice"`
	Timeline   []Event             `json:"timeline"`
	OnlyIn     map[string][]string `json:"only_in"` // article to IDs of utterances and statements
}

// ArticleHead is what is known of an article, without its text.
type ArticleHead struct {
	ID        string `json:"id"`
	Outlet    string `json:"outlet"`
	Title     string `json:"title"`
	URL       string `json:"url"`
	Published string `json:"published"`
}

// Utterance is an utterance as JSON has it.
type Utterance struct {
	ID       string    `json:"id"`
	Speaker  Speaker   `json:"speaker"`
	Venue    string    `json:"venue"`
	Date     string    `json:"date"`
	Longest  int       `json:"longest"` // of the variants, from 0, the one that the others are compared with
	Variants []Variant `json:"variants"`
}

// Variant is one article's rendering of an utterance as JSON has it.
type Variant struct {
	Article      string   `json:"article"`
	Attributions []string `json:"attributions"`
	Spans        []Span   `json:"spans"`
	Text         string   `json:"text"`
	Rendering    string   `json:"rendering"`
	Cue          string   `json:"cue"`
	Changes      []Change `json:"changes"` // from the longest variant to this one
}

// Change is a run of words of a word diff as JSON has it.
type Change struct {
	Operation   string `json:"op"`
	Longest     string `json:"longest"`
	LongestSpan *Span  `json:"longest_span"` // in the longest variant's article; null where words are inserted
	Here        string `json:"here"`
	HereSpan    *Span  `json:"here_span"` // in this variant's article; null where words are dropped
}

// Slot is a quantity over the articles as JSON has it.
type Slot struct {
	Slot    string  `json:"slot"`
	Differs bool    `json:"differs"`
	Values  []Value `json:"values"`
}

// Value is what an article gives for a slot as JSON has it.
type Value struct {
	Article string  `json:"article"`
	Value   float64 `json:"value"`
	High    float64 `json:"high"`
	Bound   string  `json:"bound"`
	Unit    string  `json:"unit"`
	Of      string  `json:"of"`
	AsOf    string  `json:"as_of"`
	Speaker string  `json:"speaker"`
	Span    Span    `json:"span"`
}

// Tension is a tension as JSON has it.
type Tension struct {
	Between   [2]Side `json:"between"`
	Why       string  `json:"why"`
	FlaggedBy string  `json:"flagged_by"` // the article's ID, "" where none does
	Flag      []Span  `json:"flag"`
}

// Side is a passage of a tension as JSON has it.
type Side struct {
	Article     string `json:"article"`
	Attribution string `json:"attribution"` // "" for the outlet's own words
	Speaker     string `json:"speaker"`
	Span        Span   `json:"span"`
	Text        string `json:"text"`
}

// Framing is an utterance with the unlike cues that credit it.
type Framing struct {
	Utterance string  `json:"utterance"`
	Cues      []CueIn `json:"cues"`
}

// CueIn is how an article credits an utterance as JSON has it.
type CueIn struct {
	Article     string `json:"article"`
	Attribution string `json:"attribution"`
	Cue         string `json:"cue"`
	Class       string `json:"class"`
}

// Voice is a speaker with their part in each article as JSON has it.
type Voice struct {
	Speaker  Speaker   `json:"speaker"`
	Articles []VoiceIn `json:"articles"`
}

// VoiceIn is a speaker's part in an article as JSON has it.
type VoiceIn struct {
	Article     string `json:"article"`
	Statements  int    `json:"statements"`
	Quoted      int    `json:"words_quoted"`
	Paraphrased int    `json:"words_paraphrased"`
	Order       int    `json:"order"` // 1 for who comes first, 0 if left out
}

// OwnVoice is how an article divides its words as JSON has it.
type OwnVoice struct {
	Article     string       `json:"article"`
	Words       int          `json:"words"`
	Own         int          `json:"words_own"`
	Quoted      int          `json:"words_quoted"`
	Paraphrased int          `json:"words_paraphrased"`
	Evaluative  []Evaluation `json:"evaluative"`
}

// Evaluation is an evaluative word in the outlet's own voice as JSON has it.
type Evaluation struct {
	Word      string `json:"word"`
	Span      Span   `json:"span"`
	Sentence  string `json:"sentence"`
	Judgement string `json:"judgement"` // how it judges: "praise", "blame", …
}

// Event is a dated statement or event as JSON has it.
type Event struct {
	Date        string `json:"date"`
	Article     string `json:"article"`
	Attribution string `json:"attribution"` // "" for an event in the outlet's own words
	When        string `json:"when"`
	Span        Span   `json:"span"`
	Text        string `json:"text"`
}

// ComparisonJSON writes a comparison as one line of JSON.
func ComparisonJSON(w io.Writer, c *comparison.Comparison) error {
	return writeJSON(w, NewComparison(c))
}

// NewComparison converts a comparison.
func NewComparison(c *comparison.Comparison) Comparison {
	k := converter{Comparison: c, chars: make([]*text.Characters, len(c.Reports))}
	out := Comparison{
		Articles: []ArticleHead{}, Utterances: []Utterance{}, Statements: []Utterance{}, Figures: []Slot{}, Tensions: []Tension{},
		Framings: []Framing{}, Voices: []Voice{}, OwnVoice: []OwnVoice{}, Timeline: []Event{}, OnlyIn: map[string][]string{},
	}
	for i, r := range c.Reports {
		k.chars[i] = text.NewCharacters(r.Article.Body)
		out.Articles = append(out.Articles, newArticleHead(r.Article))
		out.OnlyIn[r.Article.ID] = []string{}
	}
	ids := UtteranceIDs(c.Utterances)
	for i := range c.Utterances {
		u := &c.Utterances[i]
		v := k.utterance(ids[i], u)
		if u.Quoted() {
			out.Utterances = append(out.Utterances, v)
		} else {
			out.Statements = append(out.Statements, v)
		}
		if only := u.Variants[0].Article; u.Variants[len(u.Variants)-1].Article == only {
			id := c.Reports[only].Article.ID
			out.OnlyIn[id] = append(out.OnlyIn[id], ids[i])
		}
	}
	for _, s := range c.Figures {
		out.Figures = append(out.Figures, k.slot(s))
	}
	for _, t := range c.Tensions {
		out.Tensions = append(out.Tensions, k.tension(t))
	}
	for _, f := range c.Framings {
		out.Framings = append(out.Framings, k.framing(ids[f.Utterance], f))
	}
	for _, v := range c.Voices {
		out.Voices = append(out.Voices, k.voice(v))
	}
	for i, o := range c.OwnVoice {
		out.OwnVoice = append(out.OwnVoice, k.ownVoice(i, o))
	}
	for _, e := range c.Timeline {
		out.Timeline = append(out.Timeline, k.event(e))
	}
	return out
}

func newArticleHead(a article.Article) ArticleHead {
	return ArticleHead{ID: a.ID, Outlet: a.Outlet, Title: a.Title, URL: a.URL, Published: Published(a)}
}

// UtteranceIDs names the utterances of a comparison: "u1", "u2", … for those
// that somebody quotes, "s1", "s2", … for the others.
func UtteranceIDs(all []utterance.Utterance) []string {
	out := make([]string, len(all))
	u, s := 0, 0
	for i := range all {
		if all[i].Quoted() {
			u++
			out[i] = "u" + strconv.Itoa(u)
		} else {
			s++
			out[i] = "s" + strconv.Itoa(s)
		}
	}
	return out
}

func newSpeaker(s speaker.Speaker) Speaker {
	return Speaker{ID: s.ID, Name: s.Name, Role: s.Role, Unnamed: s.Unnamed}
}
