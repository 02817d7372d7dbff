package attribution

import (
	"slices"
	"strings"

	"onrecord/english"
	"onrecord/lexicon"
)

// polarity says what the source does with the content, from the cue's own
// words: the first that takes a stance decides, a "not" turns it. A request
// ("asked for") counts as asked, a demand or threat as asserted.
func (s *scene) polarity() Polarity {
	if s.head < 0 {
		return Asserted
	}
	words := s.stanceWords()
	negated := s.negated(words)
	for n, w := range words {
		if lexicon.TakesStance(w, lexicon.Refuses) {
			if last := words[len(words)-1]; n+1 < len(words) && lexicon.TakesStance(last, lexicon.Accepts) {
				return Denied // "refused to accept"
			}
			return positive(Refused, negated)
		}
	}
	for n, w := range words {
		phrase := ""
		if n+1 < len(words) {
			phrase = w + "_" + words[n+1]
		}
		is := func(st lexicon.Stance) bool { return lexicon.TakesStance(w, st) || lexicon.TakesStance(phrase, st) }
		switch {
		case is(lexicon.Denies):
			if n > 0 && (words[n-1] == "no" || words[n-1] == "without" || words[n-1] == "little") {
				return Asserted // "no doubt"
			}
			return positive(Denied, negated)
		case is(lexicon.Asks) && (n == 0 || words[n-1] != "answer"):
			return positive(Asked, negated)
		case negated && is(lexicon.Tells) && !farFromNot(words, n):
			if s.deniesSaying() {
				return Denied
			}
			return Refused
		case negated && is(lexicon.Accepts):
			return Denied
		case is(lexicon.Promises) && (w != "commit" || s.goesOnWithTo(n, words)):
			return Promised
		case w == "no" && n+1 < len(words) && lexicon.TakesStance(words[n+1], lexicon.Finds):
			return Denied
		}
	}
	if s.isQuestion() {
		return Asked
	}
	return Asserted
}

func positive(p Polarity, negated bool) Polarity {
	if negated {
		return Asserted // "did not deny"
	}
	return p
}

// stanceWords are the base forms of the cue, a particle or object of its head
// that makes a phrase with it included.
func (s *scene) stanceWords() []string {
	var out []string
	for _, t := range s.cue {
		out = append(out, s.doc.Tokens[t].Lemma)
	}
	if len(s.cue) == 1 {
		for _, c := range s.children(s.head) {
			tok := s.doc.Tokens[c]
			if c == s.head+1 && (tok.Label == "compound:prt" || tok.Tag == "RP") {
				out = append(out, tok.Lemma)
			}
		}
	}
	return out
}

// negated reports whether the cue's head is negated, inside the cue or by a
// word that hangs from it.
func (s *scene) negated(words []string) bool {
	for _, w := range words {
		if isNegation(w) {
			return true
		}
	}
	for _, c := range s.children(s.head) {
		if t := s.doc.Tokens[c]; t.Label == "neg" && isNegation(strings.ToLower(t.Form)) && !s.quoted(c) {
			return true
		}
	}
	return false
}

// farFromNot reports whether a negation stands too far before the word at n to
// turn it: "never seem to tire of telling".
func farFromNot(words []string, n int) bool {
	return slices.ContainsFunc(words[:max(n-3, 0)], isNegation)
}

func isNegation(w string) bool {
	return w == "not" || w == "n't" || w == "never" || w == "neither" || w == "nor"
}

// deniesSaying reports whether a negated cue of saying is about a that-clause
// without "would": "did not say that …" denies the statement, "did not say
// whether …" and "would not say …" keep it back.
func (s *scene) deniesSaying() bool {
	for t := s.zone.First; t < s.cue[len(s.cue)-1]; t++ {
		if s.doc.Tokens[t].Tag == "MD" && (s.doc.Tokens[t].Head == s.head || s.isCue(t)) {
			return false
		}
	}
	pieces := s.found[max(s.index, 0)].Content
	if s.index < 0 || len(pieces) == 0 {
		return false
	}
	first := s.tokenAt(pieces[0].Start)
	return first < len(s.doc.Tokens) && (strings.EqualFold(s.doc.Tokens[first].Form, "that") || s.doc.Tokens[s.head].Lemma == "say" && s.never())
}

func (s *scene) never() bool {
	for _, c := range s.children(s.head) {
		if s.doc.Tokens[c].Lemma == "never" {
			return true
		}
	}
	for _, t := range s.cue {
		if s.doc.Tokens[t].Lemma == "never" {
			return true
		}
	}
	return false
}

func (s *scene) isCue(t int) bool {
	for _, c := range s.cue {
		if c == t {
			return true
		}
	}
	return false
}

// isQuestion reports whether the content is one direct question.
func (s *scene) isQuestion() bool {
	if s.index < 0 || s.found[s.index].Kind != Direct || len(s.found[s.index].Content) != 1 {
		return false
	}
	first := s.tokenAt(s.found[s.index].Content[0].Start)
	for first+1 < len(s.doc.Tokens) && isMark(s.doc.Tokens[first].Form) {
		first++
	}
	if first >= len(s.doc.Tokens) || !opensQuestion(s.doc.Tokens[first]) {
		return false
	}
	words := strings.TrimRight(s.found[s.index].Content[0].Of(s.doc.Body), " \t\"'”’,")
	return strings.HasSuffix(words, "?") && !strings.ContainsAny(strings.TrimSuffix(words, "?"), "?!") && !strings.Contains(words, ". ")
}

// opensQuestion reports whether a sentence that starts with the token and ends
// in a question mark asks, rather than wanting a yes for what it says.
func opensQuestion(t english.Token) bool {
	if strings.HasPrefix(t.Tag, "W") || t.Tag == "MD" {
		return true
	}
	switch t.Lemma {
	case "be", "do", "have", "how":
		return true
	}
	return false
}

// goesOnWithTo reports whether the word at n of the cue, or the cue as a
// whole, is followed by "to": "committed to", never "committed an offense".
func (s *scene) goesOnWithTo(n int, words []string) bool {
	if n+1 < len(words) {
		return words[n+1] == "to"
	}
	next := s.cue[len(s.cue)-1] + 1
	return next < len(s.doc.Tokens) && s.doc.Tokens[next].Lemma == "to"
}
