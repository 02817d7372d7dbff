package comparison

import (
	"slices"
	"strings"

	"onrecord/attribution"
	"onrecord/lexicon"
	"onrecord/text"
)

// flag is a phrase of an article's text that says that two statements pull
// against each other.
type flag struct {
	class    lexicon.FlagClass
	tokens   text.Range
	sentence text.Range // tokens
}

// flagged finds the pairs of statements that an article itself calls a
// tension.
func (f *tensionFinder) flagged() []Tension {
	var out []Tension
	for _, s := range f.scenes {
		for _, fl := range s.flags() {
			a, b, ok := f.sides(s, fl)
			if !ok || a == b {
				continue
			}
			why := Flagged
			if s.Statements[a].Speaker.ID == s.Statements[b].Speaker.ID {
				why = Changed
			}
			t := f.tension(why, f.side(s.article, a, f.best(s, a, b)), f.side(s.article, b, f.best(s, b, a)))
			for i := range t.Between {
				t.Between[i].Span = s.before(t.Between[i].Span, fl)
			}
			t.FlaggedBy = s.article
			t.Flag = text.Span{Start: s.Doc.Tokens[fl.tokens.First].Start, End: s.Doc.Tokens[fl.tokens.End-1].End}
			if !t.Between[0].Span.Overlaps(t.Between[1].Span) {
				out = append(out, t)
			}
		}
	}
	return out
}

// flags are the flags in the outlet's own words, or in what it adds to
// somebody's words without marks.
func (s *scene) flags() []flag {
	var out []flag
	for _, x := range s.Doc.Sentences {
		for i := x.Tokens.First; i < x.Tokens.End; i++ {
			if s.quoted(i) {
				continue
			}
			for _, fl := range s.flagsAt(i) {
				end := i + len(fl.Words)
				if end > x.Tokens.End || !s.matches(i, fl.Words) || fl.Class == lexicon.FlagNegates {
					continue
				}
				if s.within[i] >= 0 && fl.Class != lexicon.FlagDespite {
					continue
				}
				if n, ok := s.negations(i); n > 0 || !ok {
					continue
				}
				out = append(out, flag{fl.Class, text.Range{First: i, End: end}, x.Tokens})
				break
			}
		}
	}
	return out
}

func (s *scene) flagsAt(i int) []lexicon.Flag {
	t := s.Doc.Tokens[i]
	found := lexicon.Flags(t.Lemma)
	if form := strings.ToLower(t.Form); form != t.Lemma {
		found = append(slices.Clip(found), lexicon.Flags(form)...)
	}
	return found
}

func (s *scene) matches(i int, words []string) bool {
	for n, w := range words {
		if i+n >= len(s.Doc.Tokens) {
			return false
		}
		if t := s.Doc.Tokens[i+n]; t.Lemma != w && strings.ToLower(t.Form) != w {
			return false
		}
	}
	return true
}

// quoted reports whether token i stands inside quotation marks.
func (s *scene) quoted(i int) bool {
	at := s.Doc.Tokens[i].Span
	n, _ := slices.BinarySearchFunc(s.Doc.Quotations, at.Start, func(q text.Quotation, at int) int {
		if q.End <= at {
			return -1
		}
		return 1
	})
	return n < len(s.Doc.Quotations) && s.Doc.Quotations[n].Contains(at)
}

// sides are the two statements that a flag sets against each other.
func (f *tensionFinder) sides(s *scene, fl flag) (a, b int, ok bool) {
	switch fl.class {
	case lexicon.FlagApposed:
		if !s.claims(fl.tokens.End) {
			return 0, 0, false
		}
		b = s.saidIn(text.Range{First: fl.tokens.End, End: fl.sentence.End}, -1)
		a = f.before(s, fl.sentence.First, "", b, 4)
	case lexicon.FlagDespite:
		return f.despite(s, fl)
	case lexicon.FlagBetween:
		return f.between(s, fl)
	default:
		return 0, 0, false
	}
	return a, b, a >= 0 && b >= 0
}

// claims reports whether token i is a noun for something said.
func (s *scene) claims(i int) bool {
	return i < len(s.Doc.Tokens) && strings.HasPrefix(s.Doc.Tokens[i].Tag, "NN") && isClaim(s.Doc.Tokens[i].Lemma)
}

// proposes reports whether a statement says that something is so, in a
// clause, rather than naming a topic.
func (s *scene) proposes(n int) bool {
	st := s.Statements[n]
	if st.Polarity == attribution.Asked || st.Polarity == attribution.Refused || st.Speaker.ID == "" {
		return false
	}
	for _, c := range st.Content {
		for t := s.tokenAt(c.Start); t < len(s.Doc.Tokens) && s.Doc.Tokens[t].Start < c.End; t++ {
			if tok := s.Doc.Tokens[t]; strings.HasPrefix(tok.Tag, "VB") && tok.Tag != "VBG" && tok.Label != "amod" || tok.Tag == "MD" {
				return true
			}
		}
	}
	return false
}

// saidIn is the first statement whose cue stands in the range of tokens and
// which proposes something, other than one, -1 if there is none.
func (s *scene) saidIn(r text.Range, other int) int {
	for n, st := range s.Statements {
		if n != other && st.CueHead >= r.First && st.CueHead < r.End && s.proposes(n) {
			return n
		}
	}
	return -1
}

// before is the statement before token at that has most in common with the
// statement like, of a speaker or, if that is "", of anybody; the latest if
// several have as much. It looks back over the given number of paragraphs.
func (f *tensionFinder) before(s *scene, at int, speaker string, like, paragraphs int) int {
	if like < 0 {
		return -1
	}
	best, most := -1, -1.0
	here := s.paragraphOf(at)
	for n, st := range s.Statements {
		first := s.tokenAt(st.Content[0].Start)
		if n == like || first >= at || st.CueHead >= at || speaker != "" && st.Speaker.ID != speaker || !s.proposes(n) {
			continue
		}
		if here-s.paragraphOf(first) > paragraphs {
			continue
		}
		if speaker == "" {
			best = n // the latest
			continue
		}
		if c := f.common(s, n, like); c >= most {
			best, most = n, c
		}
	}
	return best
}

func (s *scene) paragraphOf(i int) int {
	n, _ := slices.BinarySearchFunc(s.Doc.Paragraphs, i, func(p text.Paragraph, i int) int {
		if p.Tokens.End <= i {
			return -1
		}
		return 1
	})
	return n
}

// common weighs the words that two statements share. Names do not count:
// they say who, not what.
func (f *tensionFinder) common(s *scene, a, b int) float64 {
	seen := map[string]bool{}
	s.eachWord(a, func(t int, w string) { seen[w] = true })
	sum := 0.0
	s.eachWord(b, func(t int, w string) {
		if seen[w] {
			sum += f.rarity(w)
			delete(seen, w)
		}
	})
	return sum
}

// best is the token of statement n that has most in common with another one.
func (f *tensionFinder) best(s *scene, n, other int) int {
	seen := map[string]bool{}
	s.eachWord(other, func(t int, w string) { seen[w] = true })
	best, most := -1, 0.0
	s.eachWord(n, func(t int, w string) {
		if r := f.rarity(w); seen[w] && r > most {
			best, most = t, r
		}
	})
	return best
}

// eachWord calls do with the words of content of a statement that are no
// names, up to a "despite" that adds what others say.
func (s *scene) eachWord(n int, do func(token int, word string)) {
	for _, c := range s.Statements[n].Content {
		for t := s.tokenAt(c.Start); t < len(s.Doc.Tokens) && s.Doc.Tokens[t].Start < c.End; t++ {
			if s.Doc.Tokens[t].Lemma == "despite" && !s.quoted(t) {
				break
			}
			if s.words[t] != "" && s.Doc.Tokens[t].Name == "" {
				do(t, s.words[t])
			}
		}
	}
}

// before is a span cut where a flag inside it starts.
func (s *scene) before(span text.Span, fl flag) text.Span {
	at := s.Doc.Tokens[fl.tokens.First].Start
	if span.Start < at && at < span.End {
		span.End = at
		span.End -= len(span.Of(s.Doc.Body)) - len(strings.TrimRight(span.Of(s.Doc.Body), " ,;—–-\u00a0"))
	}
	return span
}

// despite reads "despite X's comments that …, Y said …".
func (f *tensionFinder) despite(s *scene, fl flag) (a, b int, ok bool) {
	noun := -1
	for i := fl.tokens.End; i < min(fl.tokens.End+7, fl.sentence.End) && noun < 0; i++ {
		if t := s.Doc.Tokens[i]; s.claims(i) {
			noun = i
		} else if strings.HasPrefix(t.Tag, "VB") || t.Form == "," {
			break
		}
	}
	if noun < 0 {
		return 0, 0, false
	}
	a = -1
	for n, st := range s.Statements { // the claim with what it says
		if first := s.tokenAt(st.Content[0].Start); st.CueHead == noun || first > noun && first <= noun+2 {
			a = n
			break
		}
	}
	if a >= 0 && (!s.proposes(a) || s.Doc.Tokens[s.tokenAt(s.Statements[a].Content[0].Start)].Lemma == "of") {
		return 0, 0, false // "threats of …" says nothing that could be so or not
	}
	b = -1
	for n, st := range s.Statements { // the clause around it
		if n == a || st.CueHead < fl.sentence.First || st.CueHead >= fl.sentence.End || !s.proposes(n) {
			continue
		}
		if s.within[fl.tokens.First] == n || st.CueHead < fl.tokens.First || a >= 0 && s.Doc.Tokens[st.CueHead].Start >= s.end(a) {
			b = n
		}
	}
	if b < 0 {
		return 0, 0, false
	}
	if a < 0 {
		who := s.named(text.Range{First: fl.tokens.End, End: min(noun+4, fl.sentence.End)}, b)
		if who == "" {
			return 0, 0, false
		}
		a = f.before(s, fl.sentence.First, who, b, 1000)
		return a, b, a >= 0 && f.common(s, a, b) > 0
	}
	return f.origin(s, a, fl.sentence.First), b, true
}

// end is the byte at which the content of statement n ends.
func (s *scene) end(n int) int {
	c := s.Statements[n].Content
	return c[len(c)-1].End
}

// origin is the quotation that statement n refers back to ("X's comments that
// …"): the earlier one of the same speaker that has most in common with it;
// n itself if none has.
func (f *tensionFinder) origin(s *scene, n, at int) int {
	best, most := n, minWeight
	for m, st := range s.Statements {
		if m >= n || st.Kind == attribution.Indirect || st.Speaker.ID != s.Statements[n].Speaker.ID || s.tokenAt(st.Content[0].Start) >= at {
			continue
		}
		if c := f.common(s, m, n); c >= most {
			best, most = m, c
		}
	}
	return best
}

// named is the ID of the speaker of a statement whose last name stands in the
// range of tokens, other than that of statement n; "" if there is none.
func (s *scene) named(r text.Range, n int) string {
	for i := r.First; i < r.End; i++ {
		if s.words[i] == "" {
			continue
		}
		for m, st := range s.Statements {
			if m != n && st.Speaker.ID != s.Statements[n].Speaker.ID && st.Speaker.Name != "" && lastName(st.Speaker.Name) == s.words[i] {
				return st.Speaker.ID
			}
		}
	}
	return ""
}

// between reads "X's comments are at odds with Y's, who said …".
func (f *tensionFinder) between(s *scene, fl flag) (a, b int, ok bool) {
	b = s.saidIn(text.Range{First: fl.tokens.End, End: fl.sentence.End}, -1)
	if b < 0 {
		return 0, 0, false
	}
	who := s.named(text.Range{First: fl.sentence.First, End: fl.tokens.First}, b)
	if who == "" {
		return 0, 0, false
	}
	a = f.before(s, fl.sentence.First, who, b, 1000)
	return a, b, a >= 0
}
