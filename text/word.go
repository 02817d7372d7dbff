package text

import "strings"

// word emits the word that starts at from, of which body[from:i) is known to
// belong to it, as one token or, with a clitic, as two. It returns the end of
// what it emitted, always after from.
func (z *tokenizer) word(from, i int) int {
	if z.body[i] == 'h' || z.body[i] == 'w' {
		if end := z.address(i); end > 0 {
			z.emit(from, end)
			return end
		}
	}
	part := i       // start of the part after the last hyphen or dot
	dotted := false // a single letter and a dot stand before that part
	for i < z.end {
		c := z.body[i]
		k, n := classAt(z.body, i)
		switch {
		case k == letter || k == digit:
			i += n
		case k == hyphen && z.alnum(i+n):
			i += n
			part, dotted = i, false
		case k == apostrophe:
			end, joined := z.apostrophe(from, i, n)
			if !joined {
				return end
			}
			i = end
		case c == '.':
			switch z.stop(from, part, i, dotted) {
			case stopAlone:
				return z.finish(from, i)
			case stopInside:
				dotted = i-part == 1
				i++
				part = i
			case stopInName:
				i = z.name(i)
				return z.finish(from, i)
			case stopLast:
				i++
				if !z.is(i, hyphen, apostrophe) {
					return z.finish(from, i)
				}
				part, dotted = i, false
			}
		case z.joins(c, i):
			i++
			part, dotted = i, false
		default:
			return z.finish(from, i)
		}
	}
	return z.finish(from, i)
}

// joins reports whether the symbol c at i stands inside a word: 1,000 and
// 4:30, and/or, AT&T, name@host, f**k.
func (z *tokenizer) joins(c byte, i int) bool {
	switch c {
	case ',', ':':
		return classBefore(z.body, i) == digit && z.is(i+1, digit, digit)
	case '/', '@':
		return classBefore(z.body, i) <= digit && classBefore(z.body, i) >= letter && z.alnum(i+1)
	case '&':
		return isUpper(z.body[i-1]) && isUpper(z.at(i+1))
	}
	return false
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }

// finish emits body[from:to), cut in two where two words are written as one.
func (z *tokenizer) finish(from, to int) int {
	if n := to - from; n == 5 || n == 6 {
		for _, w := range [...]string{"cannot", "gonna", "gotta", "wanna"} {
			if strings.EqualFold(z.body[from:to], w) {
				z.emit(from, from+3)
				from += 3
				break
			}
		}
	}
	z.emit(from, to)
	return to
}

// apostrophe judges the apostrophe of n bytes at i in the word that starts at
// from. Either it joins (O'Neill), and end is what follows it; or the word
// ends and it and its clitic are emitted.
func (z *tokenizer) apostrophe(from, i, n int) (end int, joined bool) {
	j := i + n
	if c := z.at(j); (c == 't' || c == 'T') && i-1 > from && z.body[i-1]|0x20 == 'n' && !z.alnum(j+1) {
		z.emit(from, i-1)
		z.emit(i-1, j+1)
		return j + 1, false
	}
	if k := z.clitic(j); k > 0 {
		z.finish(from, i)
		z.emit(i, k)
		return k, false
	}
	if z.alnum(j) && z.body[i-1] != '.' {
		return j, true
	}
	return z.finish(from, i), false
}

// address is the end of the web address at i, 0 if there is none.
func (z *tokenizer) address(i int) int {
	rest := z.body[i:z.end]
	if !strings.HasPrefix(rest, "http://") && !strings.HasPrefix(rest, "https://") && !strings.HasPrefix(rest, "www.") {
		return 0
	}
	return z.path(i)
}

// path is the end of the address that i stands in: up to a blank, a mark or an
// angle bracket, without the punctuation that closes the sentence.
func (z *tokenizer) path(i int) int {
	first := i
	for i < z.end {
		k, n := classAt(z.body, i)
		if k == blank || k == quote || k == apostrophe || z.body[i] == '<' || z.body[i] == '>' {
			break
		}
		i += n
	}
	for i > first && strings.IndexByte(".,;:!?)]", z.body[i-1]) >= 0 {
		i--
	}
	return i
}

// What a full stop is to the word before it.
type stopRole uint8

const (
	stopAlone  stopRole = iota // a token of its own
	stopInside                 // U.S, 3.5: the word goes on
	stopInName                 // the dot before the rest of an internet name
	stopLast                   // the abbreviation's last character
)

// stop judges the full stop at i in the word that starts at from; part is the
// start of the word's last part, and dotted tells that it follows "X.".
func (z *tokenizer) stop(from, part, i int, dotted bool) stopRole {
	next := i + 1
	left := i - part
	if z.alnum(next) {
		switch {
		case z.is(next, digit, digit) && classBefore(z.body, i) == digit:
			return stopInside
		case left == 1 && z.is(part, letter, letter) && z.is(next, letter, letter):
			return stopInside
		case left == 2 && isUpper(z.body[part]) && isUpper(z.body[next]) && z.at(next+1) == '.':
			return stopInside // Ph.D.
		case z.name(i) > 0:
			return stopInName
		}
		return stopAlone
	}
	kind := words[z.body[part:i]]
	switch {
	case left == 2 && dotted && isUpper(z.body[part]):
		kind = abbreviation // M.Sc.
	case left == 1 && z.is(part, letter, letter) && (dotted || from == part && isUpper(z.body[part])):
		kind = abbreviation // U.S. or an initial
		if !dotted && z.body[part] == 'I' && !z.afterName(from) {
			return stopAlone
		}
	case kind&number != 0:
		if z.number(next) {
			return stopLast
		}
	}
	switch {
	case z.at(next) == ',' && left > 0 && z.is(part, letter, letter):
		return stopLast
	case kind&title != 0 && !z.last(next):
		return stopLast
	case kind&(abbreviation|title) != 0 && !z.endsSentence(next):
		return stopLast
	}
	return stopAlone
}

// afterName reports whether the token before from starts with a capital.
func (z *tokenizer) afterName(from int) bool {
	if len(z.tokens) == 0 {
		return false
	}
	before := z.tokens[len(z.tokens)-1]
	return before.Start >= z.start && isUpper(z.body[before.Start]) && from-before.End == 1
}

// number reports whether a number follows blanks at i.
func (z *tokenizer) number(i int) bool {
	for n := 0; n < 3 && z.is(i, blank, blank); n++ {
		_, w := classAt(z.body, i)
		i += w
	}
	return z.is(i, digit, digit)
}

// last reports whether nothing but closing marks follows from i on.
func (z *tokenizer) last(i int) bool {
	for i < z.end && z.is(i, quote, apostrophe) {
		_, w := classAt(z.body, i)
		i += w
	}
	return i >= z.end
}

// name is the end of the internet name that goes on with the dot at i (and of
// the path after it), 0 if this is none.
func (z *tokenizer) name(i int) int {
	const maxLabel, maxLabels = 40, 4
	found := 0
	for n := 0; n < maxLabels && z.at(i) == '.'; n++ {
		j := i + 1
		for j < z.end && j-i <= maxLabel && (z.body[j] == '-' || ascii[z.body[j]&0x7f] == letter || ascii[z.body[j]&0x7f] == digit) && z.body[j] < 0x80 {
			j++
		}
		if words[z.body[i+1:j]]&domain != 0 && !z.alnum(j) {
			found = j
		}
		i = j
	}
	if found > 0 && z.at(found) == '/' {
		return z.path(found)
	}
	return found
}
