package text

import (
	_ "embed"
	"strings"
)

//go:embed words.txt
var wordFile string

// section is a set of the sections of words.txt that a word stands in.
type section uint8

const (
	title section = 1 << iota
	number
	abbreviation
	starter
	speech
	elision
	domain
)

var sections = map[string]section{
	"[title]": title, "[number]": number, "[abbreviation]": abbreviation, "[starter]": starter,
	"[speech]": speech, "[elision]": elision, "[domain]": domain,
}

// words maps each word of words.txt to its sections.
var words = readWords(wordFile)

func readWords(file string) map[string]section {
	m := make(map[string]section)
	var in section
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			in = sections[line]
		default:
			for _, w := range strings.Fields(line) {
				m[w] |= in
			}
		}
	}
	return m
}
