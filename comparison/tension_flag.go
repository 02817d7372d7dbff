package comparison

import (
	"strings"

	"onrecord/attribution"
	"onrecord/lexicon"
	"onrecord/text"
)

// flag is a phrase with which an article says that two statements pull
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
			a, b := f.sides(s, fl)
			a.Span, b.Span = s.cut(a.Span, fl), s.cut(b.Span, fl)
			if a.Span.Len() == 0 || b.Span.Len() == 0 {
				continue
			}
			why := Flagged
			if a.Statement >= 0 && b.Statement >= 0 && s.Statements[a.Statement].Speaker.ID == s.Statements[b.Statement].Speaker.ID {
				why = Changed
			}
			t := f.tension(why, a, b)
			t.FlaggedBy = s.article
			t.Flag = text.Span{Start: s.Doc.Tokens[fl.tokens.First].Start, End: s.Doc.Tokens[fl.tokens.End-1].End}
			out = append(out, t)
		}
	}
	return out
}

// flags are the flags in the outlet's own words.
func (s *scene) flags() []flag {
	var out []flag
	for _, x := range s.Doc.Sentences {
		for i := x.Tokens.First; i < x.Tokens.End; i++ {
			if s.quoted[i] {
				continue
			}
			if fl, ok := s.flagAt(i, x.Tokens); ok {
				out = append(out, fl)
				i = fl.tokens.End - 1
			}
		}
	}
	return out
}

// flagAt is the flag that starts at token i of a sentence.
func (s *scene) flagAt(i int, sentence text.Range) (flag, bool) {
	t := s.Doc.Tokens[i]
	for _, key := range []string{t.Lemma, strings.ToLower(t.Form)} {
		for _, fl := range lexicon.Flags(key) {
			end, found := s.matches(i, fl.Words)
			if !found || end > sentence.End {
				continue
			}
			ok := false
			switch fl.Class {
			case lexicon.FlagDespite:
				ok = true // also where it ends what somebody is said to have said
			case lexicon.FlagFinding:
				ok = i == s.opening(sentence)
			case lexicon.FlagRecord:
				ok = s.opening(sentence) > sentence.First && s.opensBut(sentence)
			case lexicon.FlagBetween, lexicon.FlagAnswer:
				n, plain := s.negations(i)
				ok = n == 0 && plain && (s.within[i] < 0 || t.Tag == "VBG" && i > 0 && s.Doc.Tokens[i-1].Form == ",")
			case lexicon.FlagPoint:
				ok = s.pointed(i, sentence) >= 0
			case lexicon.FlagApposed:
				ok = s.claims(end) && s.within[i] < 0
			}
			if ok {
				return flag{fl.Class, text.Range{First: i, End: end}, sentence}, true
			}
		}
	}
	return flag{}, false
}

// pointed is the first token of ", a point that Y" before the verb at token i
// of a sentence, -1 if nothing of the kind stands there. It goes by the order
// of the words, as parsers take such tails for many things.
func (s *scene) pointed(i int, sentence text.Range) int {
	for noun := i - 1; noun >= max(i-8, sentence.First+2); noun-- {
		t := s.Doc.Tokens[noun]
		if t.Tag == "," || t.Tag == ":" || strings.HasPrefix(t.Tag, "VB") {
			return -1
		}
		det, mark := s.Doc.Tokens[noun-1], s.Doc.Tokens[noun-2]
		if s.claims(noun) && (det.Lemma == "a" || det.Lemma == "an") && (mark.Tag == "," || mark.Tag == ":" || mark.Tag == "''") {
			return noun - 1
		}
	}
	return -1
}

// opening is the first token of a sentence after "but" and the like.
func (s *scene) opening(sentence text.Range) int {
	i := sentence.First
	for i+1 < sentence.End && (s.opensBut(text.Range{First: i, End: sentence.End}) || s.Doc.Tokens[i].Form == ",") {
		i++
	}
	return i
}

// opensBut reports whether a sentence starts with a word that sets it against
// what was said before.
func (s *scene) opensBut(sentence text.Range) bool {
	return lexicon.IsFlag(s.Doc.Tokens[sentence.First].Lemma, lexicon.Contrasts)
}

// matches finds the token after the words of a phrase that start at token i,
// with adverbs between them ("is simply not true").
func (s *scene) matches(i int, words []string) (end int, ok bool) {
	for n := 0; n < len(words); i++ {
		if i >= len(s.Doc.Tokens) {
			return 0, false
		}
		t := s.Doc.Tokens[i]
		if t.Lemma == words[n] || strings.ToLower(t.Form) == words[n] {
			n++
		} else if n == 0 || t.Tag != "RB" || t.Lemma == "not" {
			return 0, false
		}
	}
	return i, true
}

// claims reports whether token i is a noun for something said.
func (s *scene) claims(i int) bool {
	return i < len(s.Doc.Tokens) && strings.HasPrefix(s.Doc.Tokens[i].Tag, "NN") && isClaim(s.Doc.Tokens[i].Lemma)
}

// cut is a span that ends before a flag inside it.
func (s *scene) cut(span text.Span, fl flag) text.Span {
	first := fl.tokens.First
	if fl.class == lexicon.FlagPoint {
		first = s.pointed(first, fl.sentence)
	}
	if at := s.Doc.Tokens[first].Start; span.Start < at && at < span.End {
		return s.trim(text.Span{Start: span.Start, End: at})
	}
	return span
}

// trim is a span without blanks and marks at its end.
func (s *scene) trim(span text.Span) text.Span {
	span.End = span.Start + len(strings.TrimRight(span.Of(s.Doc.Body), " ,;—–-\u00a0"))
	return span
}

// proposes reports whether somebody says in statement n that something is so,
// in a clause, rather than naming a topic ("threats of sanctions").
func (s *scene) proposes(n int) bool {
	if !s.asserts(n) {
		return false
	}
	first := s.begins(n)
	for t := range s.tokensIn(s.Statements[n].Content...) {
		tok := s.Doc.Tokens[t]
		if t == first && tok.Lemma == "of" {
			return false
		}
		if tok.Tag == "MD" || strings.HasPrefix(tok.Tag, "VB") && tok.Tag != "VBG" && tok.Label != "amod" {
			return true
		}
	}
	return false
}

// saidIn is the first statement other than one whose cue stands in the range
// of tokens and which proposes something, -1 if there is none.
func (s *scene) saidIn(r text.Range, other int) int {
	for n, st := range s.Statements {
		if n != other && st.CueHead >= r.First && st.CueHead < r.End && s.proposes(n) {
			return n
		}
	}
	return -1
}

// latest is the last statement before token at, not more than so many
// paragraphs back, which somebody other than speaker makes; -1 if there is
// none or it proposes nothing.
func (s *scene) latest(at int, speaker string, paragraphs int) int {
	for n := len(s.Statements) - 1; n >= 0; n-- {
		st := s.Statements[n]
		first := s.tokenAt(st.Content[0].Start)
		if first >= at || st.CueHead >= at || s.paragraphOf(at)-s.paragraphOf(first) > paragraphs {
			continue
		}
		if st.Speaker.ID == speaker || !s.proposes(n) {
			return -1
		}
		return n
	}
	return -1
}

// earlier is the statement of a speaker before token at that has most in
// common with statement like, and how much that is; the latest of several. -1
// if there is none.
func (f *tensionFinder) earlier(s *scene, at int, speaker string, like int) (n int, common float64) {
	n = -1
	for m, st := range s.Statements {
		if m == like || st.Speaker.ID != speaker || st.CueHead >= at || s.tokenAt(st.Content[0].Start) >= at || !s.proposes(m) {
			continue
		}
		if c, _ := f.common(s, m, like); n < 0 || c >= common {
			n, common = m, c
		}
	}
	return n, common
}

// common weighs the words of statement b that statement a has too by how rare
// they are, and gives their share of all the words of b. Names do not count:
// they say who, not what.
func (f *tensionFinder) common(s *scene, a, b int) (weight, share float64) {
	here := map[string]bool{}
	s.eachWord(a, func(_ int, w string) { here[w] = true })
	all, both := 0, 0
	seen := map[string]bool{}
	s.eachWord(b, func(_ int, w string) {
		if seen[w] {
			return
		}
		seen[w] = true
		if all++; here[w] {
			both++
			weight += f.rarity(w)
		}
	})
	return weight, float64(both) / float64(max(all, 2))
}

// minCommon is how rare the words must be that say that two statements are of
// one thing, where they are less than half of the words: two words that few
// sentences have.
const minCommon = 5.0

// about reports whether statement a is about what statement b is about, and
// how much they have in common.
func (f *tensionFinder) about(s *scene, a, b int, rare float64) (float64, bool) {
	weight, share := f.common(s, a, b)
	return weight, weight >= rare || share >= 0.5
}

// centre is the token of statement n that has most in common with another, -1
// if none has.
func (f *tensionFinder) centre(s *scene, n, other int) int {
	seen := map[string]bool{}
	s.eachWord(other, func(_ int, w string) { seen[w] = true })
	best, most := -1, 0.0
	s.eachWord(n, func(t int, w string) {
		if r := f.rarity(w); seen[w] && r > most {
			best, most = t, r
		}
	})
	return best
}

// eachWord calls do with the words of the content of a statement that are no
// names, no words for saying, and not inside another statement, up to a
// "despite" with which the outlet adds what others say.
func (s *scene) eachWord(n int, do func(token int, word string)) {
	for _, c := range s.Statements[n].Content {
		over := false
		for t := range s.tokensIn(c) {
			tok := s.Doc.Tokens[t]
			over = over || tok.Lemma == "despite" && !s.quoted[t]
			if !over && s.words[t] != "" && s.within[t] == n && tok.Name == "" && !isClaim(tok.Lemma) && !isSaying(tok.Lemma) {
				do(t, s.words[t])
			}
		}
	}
}

// origin is the quotation that statement n refers back to ("X's comments that
// …"): the one of the same speaker before token at that has most in common
// with it; n itself if none has.
func (f *tensionFinder) origin(s *scene, n, at int) int {
	best, most := n, 0.0
	for m, st := range s.Statements {
		if m >= n || st.Kind == attribution.Indirect || st.Speaker.ID != s.Statements[n].Speaker.ID || s.tokenAt(st.Content[0].Start) >= at {
			continue
		}
		if c, ok := f.about(s, m, n, minCommon/2); ok && c >= most {
			best, most = m, c
		}
	}
	return best
}
