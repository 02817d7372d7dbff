// Package dateparser stands in for github.com/markusmobius/go-dateparser,
// which finds dates in the words of two hundred languages. Every process that
// links it spends a seventh of a second and 80 MB at its start on their tables,
// and this program never calls it: go-trafilatura hands it a date only in the
// mode Extensive of HtmlDateMode, and package reader/page uses Fast.
//
// It has the names that go-htmldate needs in order to compile, and finds no
// date. go.mod puts it in the place of the library.
package dateparser

import (
	"errors"
	"time"
)

// ErrLeftOut is what every Parse returns.
var ErrLeftOut = errors.New("dates in words are left out of this program")

// ParserType is a way to parse.
type ParserType uint8

// The ways that go-htmldate asks for.
const (
	CustomFormat ParserType = iota
	AbsoluteTime
)

// PreferredDateSource is the direction in which an incomplete date is filled up.
type PreferredDateSource uint8

// Past fills up towards the past.
const Past PreferredDateSource = 1

// Configuration says how to parse.
type Configuration struct {
	PreferredDateSource PreferredDateSource
	StrictParsing       bool
}

// Parser has no state.
type Parser struct{ ParserTypes []ParserType }

// Date is a date that was found.
type Date struct{ Time time.Time }

// Parse returns the zero Date and ErrLeftOut.
func (*Parser) Parse(*Configuration, string, ...string) (Date, error) {
	return Date{}, ErrLeftOut
}
