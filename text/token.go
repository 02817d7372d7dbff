package text

import "strings"

// tokenizer cuts the paragraph body[..end) into tokens as CoreNLP does, which
// the trees of the training corpora follow.
type tokenizer struct {
	body   string
	start  int // of the paragraph
	end    int // of the paragraph
	tokens []Span
}

func (z *tokenizer) emit(from, to int) {
	z.tokens = append(z.tokens, Span{from, to})
}

// is reports whether a character of class a or b starts at i.
func (z *tokenizer) is(i int, a, b class) bool {
	if i >= z.end {
		return false
	}
	k, _ := classAt(z.body, i)
	return k == a || k == b
}

func (z *tokenizer) alnum(i int) bool { return z.is(i, letter, digit) }

// at is the byte at i, 0 after the paragraph.
func (z *tokenizer) at(i int) byte {
	if i < z.end {
		return z.body[i]
	}
	return 0
}

// run is the end of the run of bytes c that starts at i.
func (z *tokenizer) run(i int, c byte) int {
	for i < z.end && z.body[i] == c {
		i++
	}
	return i
}

// paragraph appends the tokens of body[from:to).
func (z *tokenizer) paragraph(from, to int) {
	z.start, z.end = from, to
	for i := from; i < to; {
		switch k, n := classAt(z.body, i); k {
		case blank:
			i += n
		case letter, digit:
			i = z.word(i, i)
		default:
			i = z.symbol(i, n, k)
		}
	}
}

// symbol emits the token at i, a character of n bytes and class k that is no
// part of a word before it, and returns its end.
func (z *tokenizer) symbol(i, n int, k class) int {
	end := i + n
	switch c := z.body[i]; c {
	case '.':
		end = z.stops(i)
		if end == i+1 && z.is(end, digit, digit) && (i == z.start || classBefore(z.body, i) == blank) {
			return z.word(i, end) // .5
		}
	case '?', '!':
		for end < z.end && (z.body[end] == '?' || z.body[end] == '!') {
			end++
		}
	case '-':
		end = z.run(i, '-')
		if end == i+1 && z.is(end, digit, digit) {
			return z.word(i, end) // -3
		}
	case '+':
		if z.is(end, digit, digit) {
			return z.word(i, end)
		}
	case '@', '#':
		if z.is(end, letter, letter) {
			return z.word(i, end)
		}
	case '<':
		end = z.tag(i)
	case '*', '=', '~':
		end = z.run(i, c)
	case '"', '`', '\'':
		run := z.run(i, c)
		switch {
		case run == i+3 && c == '\'': // a single mark inside a double one
			end += 1
			if !z.alnum(run) {
				end = i + 1
			}
		case run > i+2:
			end = run // no quotation marks
		case run == i+2 && c != '"':
			end = run // '' and ``
		case c == '\'':
			end = z.elided(i, n)
		}
	default:
		switch k {
		case apostrophe:
			end = z.elided(i, n)
		case dash:
			for s := z.body[i:end]; strings.HasPrefix(z.body[end:z.end], s); {
				end += n
			}
		}
		if strings.HasPrefix(z.body[i:z.end], "…") {
			for strings.HasPrefix(z.body[end:z.end], "…") {
				end += n
			}
		}
	}
	z.emit(i, end)
	return end
}

// stops is the end of the dots at i: one, an ellipsis, an ellipsis spaced out
// (one token with blanks inside), or an ellipsis before a full stop.
func (z *tokenizer) stops(i int) int {
	end := z.run(i, '.')
	switch {
	case end == i+4:
		return i + 3
	case end == i+1 && strings.HasPrefix(z.body[i:z.end], ". . ."):
		return i + 5
	}
	return end
}

// tag is the end of the markup tag at i, i+1 if it is none. Tags longer than
// maxTag are none, which keeps the scan linear.
func (z *tokenizer) tag(i int) int {
	const maxTag = 300
	if !z.is(i+1, letter, letter) && z.at(i+1) != '/' {
		return i + 1
	}
	for j := i + 1; j < z.end && j < i+maxTag; j++ {
		switch z.body[j] {
		case '>':
			return j + 1
		case '<':
			return i + 1
		}
	}
	return i + 1
}

// elided is the end of the token that starts with the apostrophe of n bytes at
// i: a clitic after something else than a word ("Jr.'s"), an elision ('90s,
// 'em, 'n'), or the mark alone.
func (z *tokenizer) elided(i, n int) int {
	j := i + n
	if i > z.start {
		switch before := classBefore(z.body, i); {
		case before == letter || before == digit || before == quote || strings.IndexByte(".)]%", z.body[i-1]) >= 0:
			if k := z.clitic(j); k > 0 {
				return k
			}
			return j
		case before == apostrophe:
			return j
		}
	}
	if strings.HasPrefix(z.body[i:z.end], "‘") {
		return j
	}
	if z.is(j, digit, digit) && z.is(j+1, digit, digit) {
		k := j + 2
		if z.at(k) == 's' {
			k++
		}
		if !z.alnum(k) {
			return k
		}
		return j
	}
	k := z.letters(j, 6)
	if words[z.body[j:k]]&elision == 0 || z.alnum(k) {
		return j
	}
	if z.body[j:k] == "n" {
		if m := k + n; m <= z.end && z.body[k:m] == z.body[i:j] {
			k = m
		}
	}
	return k
}

// letters is the end of the ASCII letters from i on, at most max of them.
func (z *tokenizer) letters(i, max int) int {
	j := i
	for j < z.end && j-i < max && z.body[j]|0x20 >= 'a' && z.body[j]|0x20 <= 'z' {
		j++
	}
	return j
}

// clitic is the end of the clitic whose letters start at i, 0 if there is none.
func (z *tokenizer) clitic(i int) int {
	k := z.letters(i, 3)
	if z.alnum(k) {
		return 0
	}
	switch z.body[i:k] {
	case "s", "m", "d", "re", "ve", "ll", "S", "M", "D", "RE", "VE", "LL":
		return k
	}
	return 0
}

// endsSentence reports whether a full stop before i that may belong to an
// abbreviation also ends the sentence: nothing but closing marks follows in
// the paragraph, or a word that starts sentences does.
func (z *tokenizer) endsSentence(i int) bool {
	const maxMarks, maxBlanks = 4, 16
	j := i
	for n := 0; n < maxMarks && z.is(j, quote, apostrophe); n++ {
		_, w := classAt(z.body, j)
		j += w
	}
	if j >= z.end {
		return true
	}
	if !z.is(j, blank, blank) {
		return strings.IndexByte(")]", z.body[j]) >= 0 && j+1 >= z.end
	}
	for n := 0; n < maxBlanks && z.is(j, blank, blank); n++ {
		_, w := classAt(z.body, j)
		j += w
	}
	for n := 0; n < maxMarks && z.is(j, quote, apostrophe); n++ {
		_, w := classAt(z.body, j)
		j += w
	}
	k := z.letters(j, 12)
	return j >= z.end || !z.alnum(k) && words[z.body[j:k]]&starter != 0
}
