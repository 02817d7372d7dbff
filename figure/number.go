package figure

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"onrecord/english"
	"onrecord/lexicon"
)

// number is a run of tokens that reads as one number.
type number struct {
	first, end int
	value      float64
	scale      float64 // that of the last word that multiplies by a thousand or more, else 1
	rest       string  // what the last token goes on with: "-year", "m", "%"
	plain      bool    // digits and nothing else
	words      bool    // spelled out, with no digit
	share      bool    // a fraction
	vague      bool    // "tens of thousands"
}

// maxDigits keeps a number within what a float64 holds exactly.
const maxDigits = 15

// readDigits reads digits with their commas, decimals and halves at the start
// of a form.
func readDigits(form string) (n number, ok bool) {
	i, digits, point := 0, 0, false
	for ; i < len(form); i++ {
		switch c := form[i]; {
		case isDigit(c):
			digits++
			continue
		case c == ',' && i > 0 && !point && isGroup(form[i+1:]):
			continue
		case c == '.' && !point && i+1 < len(form) && isDigit(form[i+1]):
			point = true
			continue
		}
		break
	}
	if digits == 0 || digits > maxDigits || form[0] == '.' && !point {
		return number{}, false
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(form[:i], ",", ""), 64)
	if err != nil {
		return number{}, false
	}
	n = number{value: v, scale: 1, rest: form[i:], plain: i == digits && i == len(form)}
	if glyph, size := utf8.DecodeRuneInString(n.rest); size > 1 {
		part := 0.0
		switch glyph {
		case '¼':
			part = 0.25
		case '½':
			part = 0.5
		case '¾':
			part = 0.75
		default:
			return n, true
		}
		n.value, n.rest = n.value+part, n.rest[size:]
	}
	return n, true
}

// times multiplies by a power of ten in decimal digits, so that 4.1 million is
// 4100000 and not the product of two binary fractions.
func times(v, scale float64) float64 {
	digits := strconv.FormatFloat(scale, 'e', -1, 64)
	exponent, whole := strings.CutPrefix(digits, "1e")
	if !whole {
		return v * scale // "three dozen"
	}
	out, err := strconv.ParseFloat(strconv.FormatFloat(v, 'f', -1, 64)+"e"+exponent, 64)
	if err != nil {
		return v * scale
	}
	return out
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isGroup reports whether a form starts with just three digits.
func isGroup(form string) bool {
	if len(form) < 3 || len(form) > 3 && isDigit(form[3]) {
		return false
	}
	return isDigit(form[0]) && isDigit(form[1]) && isDigit(form[2])
}

// readForm reads the number that a token starts with, hyphens included:
// "twenty-five", "two-thirds", "900-million", "60-day".
func readForm(form string) (n number, ok bool) {
	if form == "" {
		return n, false
	}
	low := strings.ToLower(form)
	if isDigit(form[0]) || form[0] == '.' {
		if n, ok = readDigits(low); !ok {
			return n, false
		}
	} else {
		head, _, _ := strings.Cut(low, "-")
		w, known := lexicon.Number(head)
		half := w.Kind == lexicon.NumberPart && head == "half"
		if !known || w.Kind != lexicon.NumberOnes && w.Kind != lexicon.NumberTens && !half || half && head == low {
			return n, false
		}
		n = number{value: w.Value, scale: 1, rest: low[len(head):], words: true}
		if half {
			n.value, n.share = 0.5, true
		}
	}
	for strings.HasPrefix(n.rest, "-") {
		word, _, _ := strings.Cut(n.rest[1:], "-")
		w, known := lexicon.Number(word)
		if !known || !n.take(w) {
			break
		}
		n.plain, n.rest = false, n.rest[1+len(word):]
	}
	return n, true
}

// take reports whether w goes on with the number, and takes it in.
func (n *number) take(w lexicon.NumberWord) bool {
	switch w.Kind {
	case lexicon.NumberOnes:
		if !n.words || n.value < 20 || int(n.value)%10 != 0 || w.Value >= 10 || n.value >= 100 {
			return false
		}
		n.value += w.Value
	case lexicon.NumberScale:
		n.value = times(n.value, w.Value)
		n.share = false
		if w.Value >= 1000 {
			n.scale = w.Value
		}
	case lexicon.NumberPart:
		if n.share || n.value < 1 || n.value >= w.Value || n.value != float64(int(n.value)) {
			return false
		}
		n.value, n.share = n.value/w.Value, true
	default:
		return false
	}
	return true
}

// readNumber reads the longest number that starts at token i, before token end.
func readNumber(tokens []english.Token, i, end int) (n number, ok bool) {
	word := func(j int) string {
		if j < 0 || j >= end {
			return ""
		}
		return strings.ToLower(tokens[j].Form)
	}
	j := i + 1
	if n, ok = readForm(tokens[i].Form); !ok {
		if n, j, ok = readArticle(word, i); !ok {
			return n, false
		}
	}
	n.first = i
	total, last := 0.0, 1.0 // what is multiplied already, and by what
	for n.rest == "" && j < end {
		scale, rest, hyphen := strings.Cut(word(j), "-") // "37 million-member"
		w, known := lexicon.Number(scale)
		switch {
		case known && w.Kind == lexicon.NumberScale && hyphen && n.value > 0:
			n.value, n.scale, n.plain, n.rest, j = times(n.value, w.Value), w.Value, false, "-"+rest, j+1
			continue
		case hyphen:
		case known && w.Kind == lexicon.NumberScale && n.value > 0 && (!n.share || w.Value != 100):
			if n.value, last = times(n.value, w.Value), w.Value; last >= 1000 {
				total, n.value, n.scale = total+n.value, 0, last
			}
			n.plain, n.share, j = false, false, j+1
			continue
		case known && n.words && w.Kind == lexicon.NumberPart && word(j+1) == "of" && strings.HasSuffix(word(j), "s") && n.take(w):
			j++ // "three quarters of"
			continue
		case word(j) == "and" && word(j+1) == "a" && word(j+2) == "half" && n.value >= 1:
			n.value, n.plain, j = n.value+0.5, false, j+3
			continue
		}
		// what a spelled-out number adds: "two hundred and fifty"
		k := j
		if word(k) == "and" {
			k++
		}
		more, ok := readForm(word(k))
		if !ok || !n.words || last == 1 || !more.words || more.share || more.value >= last {
			break
		}
		n.value, n.rest, last, j = n.value+more.value, more.rest, 1, k+1
	}
	n.value += total
	if n.rest == "" && j < end && !n.words && isFraction(word(j)) {
		n.value, n.plain, j = n.value+fraction(word(j)), false, j+1
	}
	n.end = j
	return n, true
}

// readArticle reads a number that starts with an article or a vague word: "a
// million", "half a dozen", "a third of", "tens of thousands".
func readArticle(word func(int) string, i int) (n number, end int, ok bool) {
	first := word(i)
	n = number{value: 1, scale: 1, words: true}
	switch first {
	case "twice", "thrice":
		n.value = 2
		if first == "thrice" {
			n.value = 3
		}
		return n, i + 1, word(i-1) != "think" && word(i-1) != "thinking" && word(i-1) != "thought"
	case "a", "an":
		w, known := lexicon.Number(word(i + 1))
		if u, ok := lexicon.UnitOf(word(i + 1)); ok && u.Class == "time" && measuredOnce(word(i-1), word(i+2)) {
			return n, i + 1, true // "for a year"
		}
		switch {
		case !known:
			return n, i, false
		case w.Kind == lexicon.NumberScale:
			return n, i + 1, true // the scale is read next
		case w.Kind == lexicon.NumberPart && word(i+2) == "of" && word(i+1) != "half":
			n.value, n.share = 1/w.Value, true
			return n, i + 2, true
		case w.Kind == lexicon.NumberPart && word(i+2) == "million":
			n.value, n.share = 1/w.Value, true
			return n, i + 2, true
		}
		return n, i, false
	case "half":
		n.value, n.share = 0.5, true
		switch word(i + 1) {
		case "its", "their", "his", "her", "my", "our", "your", "that", ".", ",", ";":
			switch word(i - 1) {
			case "by", "than", "nearly", "about", "almost", "roughly", "of", "only", "just", "over", "under":
				return n, i + 1, true // "by more than half", "about half their value"
			}
		case "have", "had", "has", "were", "was", "are", "is", "said", "say", "want":
			return n, i + 1, true // "half said so"
		case "an":
			if u, ok := lexicon.UnitOf(word(i + 2)); ok && u.Class == "time" {
				n.share = false
				return n, i + 2, true // "half an hour"
			}
		case "a", "the", "of":
			if w, known := lexicon.Number(word(i + 2)); known && w.Kind == lexicon.NumberScale && word(i+1) == "a" {
				return n, i + 2, true
			}
			return n, i + 1, word(i+1) != "a"
		}
		return n, i, false
	}
	w, known := lexicon.Number(first)
	if !known || w.Kind != lexicon.NumberVague || word(i+1) != "of" {
		return n, i, false
	}
	more, known := lexicon.Number(word(i + 2))
	if !known || more.Kind != lexicon.NumberVague || more.Value < 100 || more.Value < w.Value {
		return n, i, false
	}
	n.value, n.scale, n.vague = w.Value*more.Value, more.Value, true
	return n, i + 3, true
}

// measuredOnce reports whether "a year" between two words is a length of time
// and not one of a rate or a point of time.
func measuredOnce(before, after string) bool {
	switch after {
	case "ago", "earlier", "later", "before", "after", "prior", "from", "old", "or", "'s", "’s":
		return false
	}
	switch before {
	case "for", "within", "than", "nearly", "almost", "about", "roughly", "over", "under", "least", "lasted", "lasts", "took", "takes":
		return true
	}
	return false
}

// isFraction reports whether a form is one digit over another: "1/2".
func isFraction(form string) bool {
	return len(form) == 3 && isDigit(form[0]) && form[1] == '/' && isDigit(form[2]) && form[0] < form[2] && form[0] > '0'
}

func fraction(form string) float64 { return float64(form[0]-'0') / float64(form[2]-'0') }
