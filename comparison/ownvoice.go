package comparison

import (
	"strings"

	"onrecord/lexicon"
	"onrecord/text"
)

// Scare is the judgement of a word that the outlet itself puts in quotation
// marks, to keep it at a distance.
const Scare lexicon.Judgement = "scare"

// ownVoices says how each article divides its words. Sources and cues are the
// outlet's own.
func ownVoices(articles []*credited) []OwnVoice {
	out := make([]OwnVoice, len(articles))
	for a, r := range articles {
		for t := range r.Doc.Tokens {
			if !r.isWord(t) {
				continue
			}
			out[a].Words++
			switch {
			case r.marked[t]:
				out[a].Quoted++
			case r.innermost[t] >= 0:
				out[a].Paraphrased++
			}
		}
		own := ownWords{credited: r, cues: r.cueHeads()}
		out[a].Evaluative = own.evaluations()
	}
	return out
}

// cueHeads are the tokens that are heads of firm statements' cues.
func (r *Report) cueHeads() map[int]bool {
	out := map[int]bool{}
	for n, s := range r.Statements {
		if r.isFirm(n) {
			out[s.CueHead] = true
		}
	}
	return out
}

// ownWords are the words of an article that are the outlet's own.
type ownWords struct {
	*credited
	cues  map[int]bool // cueHeads
	quiet bool         // the sentence at hand credits nobody and has one word in quotation marks
}

// evaluations finds the evaluative words, in order of the text.
func (o *ownWords) evaluations() []Evaluation {
	var out []Evaluation
	for _, s := range o.Doc.Sentences {
		o.quiet = o.isQuiet(s.Tokens)
		for t := s.Tokens.First; t < s.Tokens.End; {
			judgement, end := o.judge(t, s.Tokens)
			if judgement == "" {
				t++
				continue
			}
			word := text.Span{Start: o.Doc.Tokens[t].Start, End: o.Doc.Tokens[end-1].End}
			out = append(out, Evaluation{Word: word, Sentence: s.Span, Judgement: judgement})
			t = end
		}
	}
	return out
}

func (o *ownWords) isQuiet(sentence text.Range) bool {
	marked := 0
	for t := sentence.First; t < sentence.End; t++ {
		if o.cues[t] || o.firm[t] {
			return false
		}
		if o.quotation[t] >= 0 {
			marked++
		}
	}
	return marked == 1
}

// judge is how the words of a sentence from token t to end judge; "" if they
// do not.
func (o *ownWords) judge(t int, sentence text.Range) (judgement lexicon.Judgement, end int) {
	if o.firm[t] || o.isLabel(t, sentence) {
		return "", t
	}
	if q := o.quotation[t]; q >= 0 {
		return o.judgeMarked(t, sentence, o.Doc.Quotations[q])
	}
	if o.isName(t) {
		return "", t
	}
	if judgement, end := o.judgePhrase(t, sentence.End); judgement != "" {
		return judgement, end
	}
	return o.judgeWord(t), t + 1
}

// judgeMarked judges what stands between quotation marks without being
// credited to anybody. Most of that is a title, a term or somebody's words
// after all; scare quotes are taken to be those around one word of a noun
// phrase that goes on behind it (a “free” lunch), in a sentence that credits
// nobody.
func (o *ownWords) judgeMarked(t int, sentence text.Range, q text.Quotation) (lexicon.Judgement, int) {
	tok := o.Doc.Tokens[t]
	alone := o.quiet && q.Opened && q.Closed && tok.Span == q.Inside && t+2 < sentence.End && strings.HasPrefix(o.Doc.Tokens[t+2].Tag, "NN")
	if !alone || tok.Head <= t || tok.Form != strings.ToLower(tok.Form) || !hasLetter(tok.Form) || strings.Contains(tok.Form, "-") || o.isName(t) {
		return "", t
	}
	return Scare, t + 1
}

// isLabel reports whether a word is what the sentence says that somebody calls
// something or takes it for: "what they called a fiasco", "is considered a
// sham", "was criticized as sloppy", "accused of hypocrisy".
func (o *ownWords) isLabel(t int, sentence text.Range) bool {
	linked := false
	for i := t - 1; i >= max(sentence.First, t-reachOfLabel) && hasLetter(o.Doc.Tokens[i].Form); i-- {
		tok := o.Doc.Tokens[i]
		linked = linked || tok.Lemma == "as" || tok.Lemma == "of"
		if !strings.HasPrefix(tok.Tag, "VB") {
			continue
		}
		switch class := lexicon.Reporting(tok.Lemma); {
		case tok.Lemma == "call", class == "call", class == "think":
			return true
		case class == "blame", class == "praise":
			return linked
		}
	}
	return false
}

// reachOfLabel is how many tokens before a word its "called" may stand.
const reachOfLabel = 5

// isName reports whether a token is part of a name.
func (o *ownWords) isName(t int) bool {
	switch o.Doc.Tokens[t].Name {
	case "PERSON", "ORGANIZATION", "LOCATION", "MISC":
		return true
	}
	return strings.HasPrefix(o.Doc.Tokens[t].Tag, "NNP")
}

func (o *ownWords) judgePhrase(t, limit int) (lexicon.Judgement, int) {
	limit = min(limit, t+lexicon.LongestEvaluative(o.Doc.Tokens[t].Lemma))
	var phrase strings.Builder
	var judgement lexicon.Judgement
	end := t
	for i := t; i < limit; i++ {
		if i > t {
			phrase.WriteByte('_')
		}
		if tok := o.Doc.Tokens[i]; tok.Tag == "PRP$" {
			phrase.WriteString("their")
		} else {
			phrase.WriteString(tok.Lemma)
		}
		if j := lexicon.Evaluative(phrase.String(), lexicon.Phrase); j != "" {
			judgement, end = j, i+1
		}
	}
	return judgement, end
}

func (o *ownWords) judgeWord(t int) lexicon.Judgement {
	tok := o.Doc.Tokens[t]
	form := strings.ToLower(tok.Form)
	if o.isAdjective(t) {
		for _, word := range []string{tok.Lemma, form, form[strings.LastIndexByte(form, '-')+1:]} { // "often-vague"
			if j := lexicon.Evaluative(word, lexicon.Adjective); j != "" {
				return j
			}
		}
	}
	switch {
	case strings.HasPrefix(tok.Tag, "NN"):
		return o.unlessIdle(t, lexicon.Evaluative(tok.Lemma, lexicon.Noun))
	case strings.HasPrefix(tok.Tag, "VB"):
		return o.unlessIdle(t, lexicon.Evaluative(tok.Lemma, lexicon.Verb))
	case strings.HasPrefix(tok.Tag, "RB"):
		return lexicon.Evaluative(form, lexicon.Adverb)
	}
	return ""
}

// isAdjective reports whether a word describes something, also where it is
// tagged as a verb ("the supposed deal") or a noun ("a humiliating, loud
// exchange"), and is not denied ("is not unprecedented").
func (o *ownWords) isAdjective(t int) bool {
	tok := o.Doc.Tokens[t]
	for _, c := range o.Doc.Children(t) {
		if o.Doc.Tokens[c].Label == "neg" {
			return false
		}
	}
	return strings.HasPrefix(tok.Tag, "JJ") || tok.Label == "amod" || strings.HasPrefix(tok.Tag, "NN") && strings.HasSuffix(tok.Form, "ing")
}

// unlessIdle is j, but nothing for a verb of saying by which nobody speaks: a
// storm slams a coast.
func (o *ownWords) unlessIdle(t int, j lexicon.Judgement) lexicon.Judgement {
	if j != lexicon.Saying || o.cues[t] || strings.HasPrefix(o.Doc.Tokens[t].Tag, "NN") {
		return j
	}
	for _, c := range o.Doc.Children(t) {
		if child := o.Doc.Tokens[c]; strings.HasPrefix(child.Label, "nsubj") && (child.Name == "PERSON" || child.Lemma == "he" || child.Lemma == "she") {
			return j
		}
	}
	return ""
}
