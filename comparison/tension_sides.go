package comparison

import (
	"slices"
	"strings"

	"onrecord/attribution"
	"onrecord/lexicon"
	"onrecord/speaker"
	"onrecord/text"
)

// sides are the passages that a flag sets against each other; empty if they
// are not found.
func (f *tensionFinder) sides(s *scene, fl flag) (a, b Side) {
	switch fl.class {
	case lexicon.FlagApposed:
		return f.apposed(s, fl)
	case lexicon.FlagDespite:
		return f.despite(s, fl)
	case lexicon.FlagBetween:
		return f.between(s, fl)
	case lexicon.FlagAnswer:
		return f.answer(s, fl)
	case lexicon.FlagPoint:
		return f.point(s, fl)
	case lexicon.FlagFinding, lexicon.FlagRecord:
		return f.finding(s, fl)
	}
	return Side{}, Side{}
}

// apposed reads "X said …. In a conflicting statement, Y said …"; the other
// one is the latest of the four before that has a word in common, else the one
// after.
func (f *tensionFinder) apposed(s *scene, fl flag) (Side, Side) {
	b := s.saidIn(text.Range{First: fl.tokens.End, End: fl.sentence.End}, -1)
	if b < 0 {
		return Side{}, Side{}
	}
	others := []int{b + 1}
	for n := max(b-4, 0); n < b; n++ {
		others = append(others, n)
	}
	slices.Reverse(others)
	for _, n := range others {
		if n < len(s.Statements) && s.proposes(n) && s.within[s.begins(n)] == n {
			if _, share := f.common(s, n, b); share > 0 {
				return f.both(s, n, b)
			}
		}
	}
	return Side{}, Side{}
}

// both are the sides of two statements; empty if one is missing.
func (f *tensionFinder) both(s *scene, a, b int) (Side, Side) {
	if a < 0 || b < 0 || a == b {
		return Side{}, Side{}
	}
	return f.side(s.article, a, f.centre(s, a, b)), f.side(s.article, b, f.centre(s, b, a))
}

// despite reads "despite X's comments that …, Y said …" and "Y said …,
// despite what X claims".
func (f *tensionFinder) despite(s *scene, fl flag) (Side, Side) {
	noun := -1
	for i := fl.tokens.End; i < min(fl.tokens.End+7, fl.sentence.End); i++ {
		t := s.Doc.Tokens[i]
		if s.claims(i) || i > fl.tokens.End && s.Doc.Tokens[fl.tokens.End].Lemma == "what" && lexicon.Reporting(t.Lemma) != "" {
			noun = i
			break
		}
		if strings.HasPrefix(t.Tag, "VB") || t.Form == "," {
			break
		}
	}
	if noun < 0 {
		return Side{}, Side{}
	}
	claim := -1 // the claim with what it says
	for n, st := range s.Statements {
		if first := s.tokenAt(st.Content[0].Start); first > noun && (st.CueHead == noun || first <= noun+2) {
			claim = n
			break
		}
	}
	if claim >= 0 && !s.proposes(claim) {
		return Side{}, Side{}
	}
	main := -1 // what is said in the clause around it
	for n, st := range s.Statements {
		if n == claim || st.CueHead < fl.sentence.First || st.CueHead >= fl.sentence.End || !s.proposes(n) {
			continue
		}
		if st.CueHead < fl.tokens.First || st.CueHead == s.Doc.Tokens[noun].Head || claim >= 0 && s.Doc.Tokens[st.CueHead].Start >= s.end(claim) {
			main = n
		}
	}
	if main < 0 {
		return Side{}, Side{}
	}
	if claim >= 0 {
		a, b := f.both(s, f.origin(s, claim, fl.sentence.First), main)
		if at := s.source(main); a.Span.Start < at && at < a.Span.End { // the claim was taken to go on
			a.Span = s.trim(text.Span{Start: a.Span.Start, End: at})
		}
		return a, b
	}
	who := s.named(text.Range{First: fl.tokens.End, End: min(noun+4, fl.sentence.End)}, s.Statements[main].Speaker.ID)
	return f.both(s, f.nearest(s, who, main), main)
}

// source is the byte at which the source or else the cue of statement n
// starts.
func (s *scene) source(n int) int {
	st := s.Statements[n]
	return slices.Concat(st.Source, st.Cue)[0].Start
}

// end is the byte at which the content of statement n ends.
func (s *scene) end(n int) int {
	c := s.Statements[n].Content
	return c[len(c)-1].End
}

// nearest is the statement of a speaker, before or after, that has most in
// common with statement like; -1 if none has anything.
func (f *tensionFinder) nearest(s *scene, speaker string, like int) int {
	n, common := f.earlier(s, len(s.Doc.Tokens), speaker, like)
	if speaker == "" || common == 0 {
		return -1
	}
	return n
}

// named is the ID of a speaker other than one whose last name stands in the
// range of tokens; "" if there is none.
func (s *scene) named(r text.Range, other string) string {
	for i := r.First; i < r.End; i++ {
		if s.words[i] == "" {
			continue
		}
		for _, st := range s.Statements {
			if st.Speaker.ID != other && st.Speaker.Name != "" && lastName(st.Speaker.Name) == s.words[i] {
				return st.Speaker.ID
			}
		}
	}
	return ""
}

// between reads "X's comments are at odds with Y's, who said …", "X said …,
// contradicting Y" and "X said …. He pushed back against reports that …".
func (f *tensionFinder) between(s *scene, fl flag) (Side, Side) {
	before := text.Range{First: fl.sentence.First, End: fl.tokens.First}
	after := text.Range{First: fl.tokens.End, End: fl.sentence.End}
	left, right := s.saidIn(before, -1), s.saidIn(after, -1)
	if claim := s.claimed(after); claim.Span.Len() > 0 {
		if left < 0 || s.within[fl.tokens.First] == left {
			left = s.latest(fl.sentence.First, "", 1)
		}
		if left < 0 || !s.names(before, left) {
			return Side{}, Side{}
		}
		return f.side(s.article, left, -1), claim
	}
	switch {
	case left < 0 && right < 0:
		return f.pushedBack(s, fl)
	case left < 0:
		who := s.named(before, s.Statements[right].Speaker.ID)
		if who == "" && s.pointsBack(before.First) {
			left = s.latest(fl.sentence.First, s.Statements[right].Speaker.ID, 1)
		} else if who != "" {
			left, _ = f.earlier(s, fl.sentence.First, who, right)
		}
	case right < 0:
		if who := s.named(after, s.Statements[left].Speaker.ID); who != "" {
			right = f.nearest(s, who, left)
		}
	}
	return f.both(s, left, right)
}

// pointsBack reports whether token i is a word for what was said before
// ("those figures").
func (s *scene) pointsBack(i int) bool {
	switch s.Doc.Tokens[i].Lemma {
	case "that", "this", "those", "these":
		return true
	}
	return false
}

// pushedBack reads "Z reported …. X pushed back against the story. “…,” X's
// spokesman said".
func (f *tensionFinder) pushedBack(s *scene, fl flag) (Side, Side) {
	noun := fl.tokens.End
	for noun < min(fl.tokens.End+4, fl.sentence.End) && !s.claims(noun) {
		noun++
	}
	if noun+1 >= fl.sentence.End || !s.claims(noun) || s.Doc.Tokens[noun+1].Tag != "." {
		return Side{}, Side{}
	}
	b := slices.IndexFunc(s.Statements, func(st speaker.Statement) bool { return s.tokenAt(st.Content[0].Start) >= fl.sentence.End })
	if b < 0 || !s.proposes(b) || s.paragraphOf(s.begins(b)) > s.paragraphOf(noun)+1 {
		return Side{}, Side{}
	}
	return f.both(s, s.latest(fl.sentence.First, s.Statements[b].Speaker.ID, 1), b)
}

// names reports whether a range of tokens names the speaker of statement n, or
// has "he", "she" or "they" for whoever spoke last.
func (s *scene) names(r text.Range, n int) bool {
	for i := r.First; i < r.End; i++ {
		switch t := s.Doc.Tokens[i]; {
		case t.Tag == "PRP" && strings.HasPrefix(t.Label, "nsubj") && t.Lemma != "it", s.words[i] != "" && s.words[i] == lastName(s.Statements[n].Speaker.Name):
			return true
		}
	}
	return false
}

// claimed is what a claim that opens a range of tokens says ("early reports
// from the coast that …"); empty if none does.
func (s *scene) claimed(r text.Range) Side {
	first := r.First
	for first < min(r.First+5, r.End) && !s.claims(first) {
		first++
	}
	if !s.claims(first) {
		return Side{}
	}
	for first++; first < r.End && s.Doc.Tokens[first].Lemma != "that"; first++ {
		if t := s.Doc.Tokens[first]; t.Tag == "," || t.Tag == "." || strings.HasPrefix(t.Tag, "VB") {
			return Side{}
		}
	}
	first++
	end := first
	for end < r.End && s.Doc.Tokens[end].Tag != "." && s.Doc.Tokens[end].Tag != "," {
		end++
	}
	if end <= first {
		return Side{}
	}
	side := Side{Article: s.article, Statement: -1, Span: text.Span{Start: s.Doc.Tokens[first].Start, End: s.Doc.Tokens[end-1].End}}
	if n := s.within[first]; n >= 0 && slices.ContainsFunc(s.Statements[n].Content, func(c text.Span) bool { return c.Contains(side.Span) }) {
		side.Statement = n
	}
	return side
}

// answer reads "Y said otherwise. …" after what somebody said.
func (f *tensionFinder) answer(s *scene, fl flag) (Side, Side) {
	next := text.Range{First: fl.tokens.End, End: fl.sentence.End}
	if next.End < len(s.Doc.Tokens) {
		next.End = s.sentenceOf(next.End).Tokens.End
	}
	b := s.saidIn(next, -1)
	if b < 0 || s.Statements[b].Speaker.ID != s.named(text.Range{First: fl.sentence.First, End: fl.tokens.First}, "") {
		return Side{}, Side{}
	}
	return f.both(s, s.latest(fl.sentence.First, s.Statements[b].Speaker.ID, 1), b)
}

// point reads "X said …, a point that Y disputes".
func (f *tensionFinder) point(s *scene, fl flag) (a, b Side) {
	first, end := s.pointed(fl.tokens.First, fl.sentence), fl.tokens.End
	for end < fl.sentence.End && s.Doc.Tokens[end].Tag != "," && s.Doc.Tokens[end].Tag != "." {
		end++
	}
	for n, st := range s.Statements {
		if st.CueHead < fl.sentence.First || st.CueHead >= first || !s.proposes(n) {
			continue
		}
		for _, c := range st.Content {
			if t := s.tokenAt(c.Start); t >= fl.sentence.First && t < first {
				a = Side{Article: s.article, Statement: n, Span: unquoted(s.Doc.Text, c)}
			}
		}
	}
	return a, Side{Article: s.article, Statement: -1, Span: text.Span{Start: s.Doc.Tokens[first].Start, End: s.Doc.Tokens[end-1].End}}
}

// finding reads "X said …. There is no evidence that …" and "But records show
// that …".
func (f *tensionFinder) finding(s *scene, fl flag) (Side, Side) {
	i := fl.tokens.First
	b := s.within[i]
	if fl.class == lexicon.FlagRecord {
		b = -1
		for n, st := range s.Statements {
			if st.SourceHead == i && st.Polarity == attribution.Asserted && len(st.Cue) > 0 && lexicon.Reporting(s.Doc.Tokens[st.CueHead].Lemma) == "show" {
				b = n
			}
		}
		if b < 0 {
			return Side{}, Side{}
		}
	}
	speaker := ""
	if b >= 0 {
		speaker = s.Statements[b].Speaker.ID
	}
	a := s.latest(fl.sentence.First, speaker, 2)
	if a < 0 {
		return Side{}, Side{}
	}
	if b >= 0 {
		return f.both(s, a, b)
	}
	span := text.Span{Start: s.Doc.Tokens[fl.sentence.First].Start, End: s.Doc.Tokens[fl.sentence.End-1].End}
	return f.side(s.article, a, -1), Side{Article: s.article, Statement: -1, Span: span}
}
