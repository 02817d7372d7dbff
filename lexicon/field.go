package lexicon

import (
	_ "embed"
	"strings"
	"sync"
)

// Fields is a set of fields that people are in.
type Fields uint8

// The fields that a noun for a person can show.
const (
	Affairs  Fields = 1 << iota // politics, law, business, the press, the forces
	Sport                       // those who compete and those who train them
	Stage                       // the arts
	Care                        // medicine
	Faith                       // the clergy
	Everyday                    // of people whom the news meets once
)

var (
	//go:embed fields.txt
	fieldsFile string
	fields     = sync.OnceValue(readFields)
)

// FieldsOf are the fields that a lower-case singular noun for a person shows, 0
// for most.
func FieldsOf(noun string) Fields { return fields()[noun] }

// excludes are, for each field, those that hardly anybody in it is in too. Who
// is in the news changes between the others: actors and surgeons become
// governors, players singers.
var excludes = map[Fields]Fields{
	Affairs:  Sport | Everyday,
	Sport:    Affairs | Care | Faith | Everyday,
	Stage:    Care | Everyday,
	Care:     Sport | Stage | Everyday,
	Faith:    Sport | Everyday,
	Everyday: Affairs | Sport | Stage | Care | Faith,
}

// Contradict reports whether hardly anybody is in any field of the one set and
// in any of the other.
func (f Fields) Contradict(o Fields) bool {
	for one, others := range excludes {
		if f&one != 0 && o&^others != 0 {
			return false
		}
	}
	return f != 0 && o != 0
}

func readFields() map[string]Fields {
	number := map[string]Fields{"affairs": Affairs, "sport": Sport, "stage": Stage, "care": Care, "faith": Faith, "everyday": Everyday}
	out := map[string]Fields{}
	for _, line := range dataLines(fieldsFile) {
		field, words, _ := strings.Cut(line, ":")
		for _, w := range strings.Fields(words) {
			out[w] |= number[field]
		}
	}
	return out
}
