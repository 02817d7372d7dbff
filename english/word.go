package english

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/linear"
)

// word is what the features need of a token's form, hashed once.
type word struct {
	form    uint32    // as written, marks plain
	lower   uint32    // lower case, digits as 0
	suffix  [3]uint32 // last 1, 2, 3 characters of the lower-case form
	prefix  uint32    // first 3
	shape   uint32    // "Xx", "X.X.", "0-x": runs of a class once
	cluster uint32    // distributional class, 0 if unknown
	flags   uint32    // bits: capital first, all capitals, digit, hyphen
}

const (
	flagCapital = 1 << iota
	flagAllCaps
	flagDigit
	flagHyphen
)

// boundary stands for what lies before or after a sentence.
var boundary = word{form: 1, lower: 1, suffix: [3]uint32{1, 1, 1}, prefix: 1, shape: 1, cluster: 0, flags: 0}

// look hashes a form. buf is scratch space for the lower-case form.
func look(form string, buf []byte) (w word, lower []byte) {
	lower = buf[:0]
	var shape [12]byte
	n := 0
	caps, letters := 0, 0
	var last byte
	for i, r := range form {
		var c byte
		switch {
		case r < 0x80 && r >= 'a' && r <= 'z':
			c = 'x'
			letters++
			lower = append(lower, byte(r))
		case r < 0x80 && r >= 'A' && r <= 'Z':
			c = 'X'
			caps++
			letters++
			lower = append(lower, byte(r)+'a'-'A')
			if i == 0 {
				w.flags |= flagCapital
			}
		case r >= '0' && r <= '9':
			c = '0'
			w.flags |= flagDigit
			lower = append(lower, '0')
		case r < 0x80:
			c = byte(r)
			if r == '-' {
				w.flags |= flagHyphen
			}
			lower = append(lower, byte(r))
		default:
			c = 'x'
			letters++
			if unicode.IsUpper(r) {
				c = 'X'
				caps++
				if i == 0 {
					w.flags |= flagCapital
				}
			}
			lower = utf8.AppendRune(lower, unicode.ToLower(r))
		}
		if c != last && n < len(shape) {
			shape[n] = c
			n++
			last = c
		}
	}
	if letters > 1 && caps == letters {
		w.flags |= flagAllCaps
	}
	w.form = linear.Hash(form)
	w.lower = hashBytes(lower)
	w.shape = hashBytes(shape[:n])
	for k := range w.suffix {
		w.suffix[k] = hashBytes(lower[max(0, len(lower)-1-k):])
	}
	w.prefix = hashBytes(lower[:min(len(lower), 3)])
	return w, lower
}

func hashBytes(b []byte) uint32 {
	h := uint32(2166136261)
	for _, c := range b {
		h = (h ^ uint32(c)) * 16777619
	}
	return h ^ h>>15
}

// lemma is the base form of a lower-case word with a tag. Irregular forms and
// the verbs whose ending is ambiguous ("planned", "noted") are in exceptions,
// which training fills; the rest follows from the ending.
func lemma(lower, tag string, exceptions map[string]string) string {
	if l, ok := exceptions[tagClass(tag)+lower]; ok {
		return l
	}
	return regular(lower, tag)
}

func tagClass(tag string) string {
	switch tag {
	case "VBD", "VBN":
		return "d"
	case "VBG":
		return "g"
	case "VBZ", "NNS":
		return "s"
	case "NNPS":
		return "p"
	case "VB", "VBP", "MD":
		return "v"
	}
	return "x"
}

func regular(lower, tag string) string {
	n := len(lower)
	switch tagClass(tag) {
	case "s":
		switch {
		case n > 4 && strings.HasSuffix(lower, "ies"):
			return lower[:n-3] + "y"
		case n > 4 && (strings.HasSuffix(lower, "sses") || strings.HasSuffix(lower, "shes") || strings.HasSuffix(lower, "ches") || strings.HasSuffix(lower, "xes") || strings.HasSuffix(lower, "zzes")):
			return lower[:n-2]
		case n > 2 && strings.HasSuffix(lower, "s") && !strings.HasSuffix(lower, "ss"):
			return lower[:n-1]
		}
	case "d":
		switch {
		case n > 4 && strings.HasSuffix(lower, "ied"):
			return lower[:n-3] + "y"
		case n > 4 && strings.HasSuffix(lower, "eed"):
			return lower[:n-1]
		case n > 3 && strings.HasSuffix(lower, "ed"):
			return stem(lower[:n-2])
		}
	case "g":
		if n > 5 && strings.HasSuffix(lower, "ing") {
			return stem(lower[:n-3])
		}
	}
	return lower
}

// stem undoes what an ending did to a verb: a doubled consonant, a lost e.
func stem(s string) string {
	n := len(s)
	last := s[n-1]
	switch {
	case n > 3 && s[n-2] == last && strings.IndexByte("bdgmnprt", last) >= 0:
		return s[:n-1]
	case strings.HasSuffix(s, "at") && n > 3, strings.HasSuffix(s, "iz"), strings.HasSuffix(s, "is") && n > 4, strings.HasSuffix(s, "iv"),
		last == 'v', last == 'u', last == 'c', strings.HasSuffix(s, "dg"), strings.HasSuffix(s, "rg"), strings.HasSuffix(s, "ag") && n > 4,
		strings.HasSuffix(s, "ur") && n > 3, strings.HasSuffix(s, "ir") && n > 3, strings.HasSuffix(s, "bl"), strings.HasSuffix(s, "pl"), strings.HasSuffix(s, "os"), strings.HasSuffix(s, "us") && n > 3:
		return s + "e"
	}
	return s
}
