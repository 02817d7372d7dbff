// Package speaker resolves whom a source means: in the article, then over all
// articles.
package speaker

import "onrecord/attribution"

// Speaker is the person or body that a source comes down to.
type Speaker struct {
	ID      string // stable inside one article: "marco-rubio"
	Name    string // canonical: the fullest form that the article gives; "" if unnamed
	Role    string // as the article has it: "secretary of state"; "" if not said
	Unnamed string // description of a speaker whom nobody names: "a senior aide"; "" if named
}

// Statement is an attribution with its speaker.
type Statement struct {
	attribution.Attribution
	Speaker  Speaker
	Reporter string // the name of who passed the words on (Via); Via's own words if the article does not name them, "" without a Via
}
