package attribution

import (
	"strings"

	"onrecord/lexicon"
)

// A cue is known by its head: the verb, noun, preposition or mark that
// credits. Whether a token is one is a log-linear decision over the word, its
// place in the tree and what stands beside it.

// candidate reports whether token i may head a cue.
func (v *view) candidate(i int) bool {
	t := &v.Tokens[i]
	switch {
	case strings.HasPrefix(t.Tag, "VB"), strings.HasPrefix(t.Tag, "JJ"), t.Tag == "NN", t.Tag == "NNS":
		return v.atoms[i].word
	case t.Tag == "IN", t.Tag == "TO", t.Tag == "RB", t.Tag == "NNP", t.Tag == "RP":
		return v.atoms[i].word
	}
	return t.Form == ":" || t.Form == "-" || t.Form == "--"
}

const cueTemplates = 1000

func (v *view) cueFeatures(f *features, i int) {
	f.reset(cueTemplates)
	t := &v.Tokens[i]
	a := v.atoms[i]
	head := &outside
	if t.Head >= 0 {
		head = &v.atoms[t.Head]
	}
	s := v.Sentences[v.sent[i]]
	p1, n1, n2 := v.near(i-1, i), v.near(i+1, i), v.near(i+2, i)
	f.add(0)
	f.add(a.lemma)
	f.add(a.tag)
	f.add2(a.lemma, a.tag)
	f.add2(a.class, a.tag)
	f.add2(a.class, a.label)
	f.add2(a.class, head.class)
	f.add3(a.class, p1.lemma, n1.lemma)
	f.add3(a.class, n1.lemma, n2.tag)
	f.add2(a.class, n1.tag)
	f.add3(a.class, p1.tag, n1.tag)
	f.add(a.label)
	f.add2(a.lemma, a.label)
	f.add(head.lemma)
	f.add2(head.tag, a.label)
	f.add2(a.lemma, head.lemma)
	f.add3(a.tag, a.label, head.lemma)
	for _, d := range [...]int{-3, -2, -1, 1, 2, 3} {
		x := v.near(i+d, i)
		f.add(x.lemma)
		f.add2(x.tag, a.tag)
		f.add2(a.lemma, x.lemma)
		f.add2(a.lemma, x.tag)
		f.add(x.name)
	}
	f.add3(a.lemma, n1.lemma, n2.lemma)
	f.add3(a.tag, n1.lemma, n2.tag)
	f.add3(p1.tag, a.tag, n1.tag)
	f.add3(p1.lemma, a.lemma, n1.lemma)
	inside := v.quote[i] >= 0
	sq := bits(v.marked[v.sent[i]])
	adjacent := bits(v.markNear(i, -1), v.markNear(i, 1), inside, i == s.Tokens.First, v.sent[i] == 0)
	f.add(adjacent)
	f.add2(a.lemma, adjacent)
	f.add2(a.class, adjacent)
	f.add2(a.tag, adjacent)
	f.add2(sq, a.tag)
	f.add2(sq, a.lemma)
	f.add2(sq, a.label)
	// The frame: which children there are.
	frame := uint32(0)
	base := f.next + 1
	f.next += 9
	for _, c := range v.Children(i) {
		x := &v.atoms[c]
		f.some(base, x.label)
		f.some2(base+1, a.lemma, x.label)
		f.some2(base+8, a.class, x.label)
		f.some2(base+2, x.label, x.tag)
		side := bits(c > i)
		f.some2(base+3, x.label*2+side, a.tag)
		switch v.Tokens[c].Label {
		case "punct", "det", "amod", "compound", "conj", "cc", "aux":
		default:
			frame ^= x.label * 31
			f.some2(base+4, x.label, x.lemma)
			f.some2(base+5, a.lemma, x.label^x.tag)
		}
		switch v.Tokens[c].Label {
		case "aux", "auxpass", "neg":
			f.some2(base+6, x.label, x.lemma)
			f.some2(base+7, a.lemma, x.lemma)
		}
	}
	f.add2(frame, a.tag)
	f.add2(frame, a.lemma)
	f.add2(frame, a.class)
	for _, label := range [...]string{"ccomp", "xcomp", "dobj", "nmod", "acl", "advcl", "parataxis"} {
		c := v.child(i, label)
		if c < 0 {
			f.next += 6
			continue
		}
		x := &v.atoms[c]
		mark, to := v.child(c, "mark", "case"), &outside
		if mark >= 0 {
			to = &v.atoms[mark]
		}
		f.add2(x.tag, to.lemma)
		f.add2(a.lemma, to.lemma)
		f.add2(x.lemma, to.lemma)
		f.add2(a.lemma, x.tag)
		f.add2(x.name, a.tag)
		f.add3(a.class, x.tag, to.lemma)
	}
	sub := v.subject(i)
	if sub < 0 && (t.Label == "conj" || t.Label == "xcomp" || t.Label == "advcl") && t.Head >= 0 {
		sub = v.subject(t.Head)
	}
	if sub >= 0 {
		x := &v.atoms[sub]
		f.add(x.lemma)
		f.add2(x.tag, x.name)
		f.add2(a.lemma, x.name)
		f.add2(a.lemma, x.tag)
		f.add3(x.label, x.name, bits(sub > i))
		f.add2(x.lemma, a.lemma)
		f.add3(a.class, x.name, x.tag)
	} else {
		f.next += 5
		f.add(a.tag)
		f.add2(a.lemma, a.label)
	}
	// What it stands under: contents are hardly ever looked into.
	base = f.next + 1
	f.next += 5
	for h, b, steps := t.Head, i, 0; h >= 0 && steps < 4; h, b, steps = v.Tokens[h].Head, h, steps+1 {
		x := &v.atoms[h]
		f.some2(base, x.lemma, v.atoms[b].label)
		f.some2(base+1, v.atoms[b].label, uint32(steps))
		f.some2(base+2, x.lemma^v.atoms[b].label, a.lemma)
		f.some2(base+4, x.class^v.atoms[b].label, a.class)
	}
	f.add(bucket(i - s.Tokens.First))
	f.add(bucket(s.Tokens.End - i))
	f.add2(bucket(s.Tokens.Len()), a.tag)
	f.add2(suffix(t.Lemma, 3), a.tag)
	f.add2(suffix(t.Lemma, 4), a.label)
	f.add3(bits(v.transcript(i), v.signature(i)), a.lemma, 0)
	owned := bits(v.child(i, "nmod:poss") >= 0)
	f.add3(a.class, owned, n1.lemma)
	f.add3(a.lemma, owned, n1.lemma)
	last := v.near(s.Tokens.End-1, i)
	f.add2(last.lemma, a.lemma)
}

// transcript reports whether token i is the colon of a transcript's line: a
// name in capitals stands before it at the start of its paragraph, or any name
// in a document with several such lines.
func (v *view) transcript(i int) bool {
	if v.Tokens[i].Form != ":" {
		return false
	}
	n, capitals := v.turn(i)
	return n > 0 && (capitals || v.turns >= leastTurns)
}

// isTurn reports whether a paragraph opens like a line of a transcript.
func (v *view) isTurn(paragraph int) bool {
	p := v.Paragraphs[paragraph].Tokens
	for i := p.First + 1; i < min(p.First+7, p.End-1); i++ {
		if v.Tokens[i].Form == ":" {
			return v.transcript(i)
		}
	}
	return false
}

// leastTurns is the number of lines "Name: …" that make a transcript.
const leastTurns = 3

// turn reads the words between the start of the paragraph and a colon at
// token i: how many they are if all begin with a capital, else 0, and whether
// they are in capitals throughout.
func (v *view) turn(i int) (n int, capitals bool) {
	first := v.Paragraphs[v.Sentences[v.sent[i]].Paragraph].Tokens.First
	if i-first > 6 {
		return 0, false
	}
	capitals = true
	for k := first; k < i; k++ {
		form := v.Tokens[k].Form
		if !v.atoms[k].word {
			continue
		}
		if c := form[0]; c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || v.Tokens[k].Label == "case" {
			return 0, false
		}
		n++
		capitals = capitals && strings.ToUpper(form) == form && (len(form) > 1 || n > 1)
	}
	return n, capitals
}

// countTurns counts the paragraphs that open like a transcript's line and go on.
func (v *view) countTurns() int {
	n := 0
	for _, p := range v.Paragraphs {
		for i := p.Tokens.First + 1; i < min(p.Tokens.First+7, p.Tokens.End-1); i++ {
			if v.Tokens[i].Form == ":" {
				if words, _ := v.turn(i); words > 0 {
					n++
				}
				break
			}
		}
	}
	return n
}

// namesWords reports whether the noun at token i names words, thoughts or
// intentions, says whose they are, and is followed by what they are: "the
// mayor's threats of …", "their comments that …".
func (v *view) namesWords(i int) bool {
	if v.Tokens[i].Tag != "NN" && v.Tokens[i].Tag != "NNS" || i+1 >= len(v.Tokens) || v.child(i, "nmod:poss") < 0 {
		return false
	}
	next := v.Tokens[i+1].Form
	return lexicon.Reporting(v.Tokens[i].Lemma) != "" && (next == "that" || next == "of" && v.markNear(i+1, 1))
}

// signature reports whether token i is the dash of a name under a quotation:
// nothing but a few capitalised words follows it in its paragraph, and a
// quotation ends just before it.
func (v *view) signature(i int) bool {
	if f := v.Tokens[i].Form; f != "--" && f != "-" {
		return false
	}
	p := v.Paragraphs[v.Sentences[v.sent[i]].Paragraph].Tokens
	if i+1 >= p.End || v.words(i+1, p.End-1) > 12 || v.words(i, i+1) == 0 || i == 0 || v.wordUpTo(i-1) < 0 || !v.atoms[v.wordUpTo(i-1)].closed {
		return false
	}
	c := v.Tokens[i+1].Form[0]
	return c >= 'A' && c <= 'Z' || c >= 0x80
}

func suffix(s string, n int) uint32 {
	h := uint32(5)
	for _, c := range []byte(s[max(0, len(s)-n):]) {
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}

// markNear reports whether a quotation mark stands within four tokens of i on
// one side.
func (v *view) markNear(i, side int) bool {
	for d := 1; d <= 4; d++ {
		j := i + d*side
		if j < 0 || j >= len(v.atoms) || v.Tokens[j].Start > v.Tokens[i].End+200 {
			return false
		}
		if v.atoms[j].mark != 0 {
			return true
		}
	}
	return false
}
