package pipeline

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"
)

// The part of a body that its language is judged by, in bytes. With less the
// detector errs (5 of 924 English reports at 100 bytes, none from 200 on);
// with much more than 2,000 its certainty falls again; and it takes a
// millisecond for each 1,000.
const (
	leastToJudge = 200
	mostToJudge  = 500
)

// language is the language of a text as an ISO 639-1 code: the declared one
// without its region, else the one detected, else "" where the text is too
// short or the detector unsure.
func language(declared, body string) string {
	if declared != "" {
		base, _, _ := strings.Cut(strings.ReplaceAll(declared, "_", "-"), "-")
		return strings.ToLower(base)
	}
	if len(body) < leastToJudge {
		return ""
	}
	end := min(len(body), mostToJudge)
	for end < len(body) && !utf8.RuneStart(body[end]) {
		end++
	}
	info := whatlanggo.Detect(body[:end])
	// A script other than Latin says enough: the detector is unsure only
	// which of its languages it is.
	if info.Script == nil || info.Script == unicode.Latin && !info.IsReliable() {
		return ""
	}
	return info.Lang.Iso6391()
}
