// Package attribution finds who is credited with what: source, cue and
// content, with addressee, venue, polarity and the reporter in between.
package attribution

import "onrecord/text"

// Kind says how much of the content stands in quotation marks.
type Kind string

// The kinds of an attribution.
const (
	Direct   Kind = "direct"   // all of it
	Indirect Kind = "indirect" // none
	Mixed    Kind = "mixed"    // some
)

// Polarity says what the source does with the content.
type Polarity string

// The polarities of an attribution.
const (
	Asserted Polarity = "asserted"
	Denied   Polarity = "denied"
	Refused  Polarity = "refused" // "refused to detail"
	Asked    Polarity = "asked"
	Promised Polarity = "promised"
)

// Attribution is source + cue + content in the terms of PARC and PolNeAR.
// All spans are byte ranges of the article's body, in order.
type Attribution struct {
	Kind       Kind
	Source     []text.Span // the words that name who is credited, with the relative pronoun that stands for them ("a pilot … who"); empty where the text has none
	Cue        []text.Span // the words that credit; empty for a quotation that goes on without any
	Content    []text.Span // one piece or several; a direct piece includes its marks
	SourceHead int         // token index of the source's head, -1 without a source
	CueHead    int         // token index of the cue's head, -1 without a cue
	Confidence float64     // probability that source and content are right, 0 to 1
	Details
}

// Details are what the text says around an attribution.
type Details struct {
	Polarity  Polarity
	Addressee []text.Span // "telling CBS's Margaret Brennan": Margaret Brennan; empty if not said
	Venue     []text.Span // "on ABC's This Week"; empty if not said
	Via       []text.Span // the reporter in between: "…, according to The Kyiv Independent"; empty if none
	When      []text.Span // the words that date the statement ("on Sunday"); empty if not said
	Date      string      // When resolved against the published date: "2025-08-17", "2025-06", "2024"; "" if not resolved
}
