package comparison

import (
	"strings"

	"onrecord/english"
	"onrecord/lexicon"
	"onrecord/speaker"
	"onrecord/text"
)

// Scare is the judgement of a word that the outlet itself puts in quotation
// marks, to keep it at a distance.
const Scare lexicon.Judgement = "scare"

// ownVoices says how each article divides its words. Sources and cues are the
// outlet's own.
func ownVoices(c *Comparison) []OwnVoice {
	out := make([]OwnVoice, len(c.Reports))
	for a, r := range c.Reports {
		words := creditWords(r.Doc, r.Statements)
		for t := range r.Doc.Tokens {
			if !isWord(r.Doc, t) {
				continue
			}
			out[a].Words++
			switch {
			case words.marked[t]:
				out[a].Quoted++
			case words.innermost[t] >= 0:
				out[a].Paraphrased++
			}
		}
		own := ownWords{doc: r.Doc, credited: words, within: innermostQuotations(r.Doc), cues: cueHeads(r.Statements)}
		out[a].Evaluative = own.evaluations()
	}
	return out
}

func cueHeads(said []speaker.Statement) map[int]bool {
	out := map[int]bool{}
	for _, s := range said {
		out[s.CueHead] = true
	}
	return out
}

// ownWords are the words of an article that are the outlet's own.
type ownWords struct {
	doc *english.Doc
	credited
	within []int        // for each token its innermost quotation, else -1
	cues   map[int]bool // tokens that are heads of cues
}

// evaluations finds the evaluative words, in order of the text.
func (o *ownWords) evaluations() []Evaluation {
	var out []Evaluation
	for _, s := range o.doc.Sentences {
		for t := s.Tokens.First; t < s.Tokens.End; {
			judgement, end := o.judge(t, s.Tokens)
			if judgement == "" {
				t++
				continue
			}
			word := text.Span{Start: o.doc.Tokens[t].Start, End: o.doc.Tokens[end-1].End}
			out = append(out, Evaluation{Word: word, Sentence: s.Span, Judgement: judgement})
			t = end
		}
	}
	return out
}

// judge is how the words of a sentence from token t to end judge; "" if they
// do not.
func (o *ownWords) judge(t int, sentence text.Range) (judgement lexicon.Judgement, end int) {
	if o.firm[t] || o.isLabel(t, sentence) {
		return "", t
	}
	if q := o.within[t]; q >= 0 {
		return o.judgeMarked(t, sentence, o.doc.Quotations[q])
	}
	if o.isName(t) {
		return "", t
	}
	if judgement, end := o.judgePhrase(t, sentence.End); judgement != "" {
		return judgement, end
	}
	return o.judgeWord(t), t + 1
}

// longestScare is how many words may be in scare quotes; more are rather a
// quotation that nobody was found for.
const longestScare = 3

// judgeMarked judges what stands between quotation marks without being
// credited to anybody. Most of that is a title, a term or somebody's words
// after all; scare quotes are taken to be the first words of a noun phrase that
// goes on behind them (a “free” lunch), in a sentence that credits nobody.
func (o *ownWords) judgeMarked(t int, sentence text.Range, q text.Quotation) (lexicon.Judgement, int) {
	end := t
	for ; end < sentence.End && o.doc.Tokens[end].End <= q.Inside.End; end++ {
		tok := o.doc.Tokens[end]
		if o.firm[end] || tok.Form != strings.ToLower(tok.Form) || !hasLetter(tok.Form) || o.isName(end) {
			return "", t
		}
	}
	whole := o.doc.Tokens[t].Start == q.Inside.Start && q.Opened && q.Closed
	if !whole || end-t > longestScare || end+1 >= sentence.End || !strings.HasPrefix(o.doc.Tokens[end+1].Tag, "NN") {
		return "", t
	}
	if h := o.doc.Tokens[end-1].Head; h <= end {
		return "", t
	}
	for i := sentence.First; i < sentence.End; i++ {
		if o.cues[i] || o.firm[i] || o.within[i] >= 0 && (i < t || i >= end) {
			return "", t
		}
	}
	return Scare, end
}

// isLabel reports whether a word is what the sentence says that somebody calls
// something or takes it for: "what they called a fiasco", "is considered a sham".
func (o *ownWords) isLabel(t int, sentence text.Range) bool {
	for i := t - 1; i >= max(sentence.First, t-reachOfLabel) && hasLetter(o.doc.Tokens[i].Form); i-- {
		if tok := o.doc.Tokens[i]; strings.HasPrefix(tok.Tag, "VB") {
			if class := lexicon.Reporting(tok.Lemma); class == "call" || class == "think" {
				return true
			}
		}
	}
	return false
}

// reachOfLabel is how many tokens before a word its "called" may stand.
const reachOfLabel = 5

// isName reports whether a token is part of a name.
func (o *ownWords) isName(t int) bool {
	switch o.doc.Tokens[t].Name {
	case "PERSON", "ORGANIZATION", "LOCATION", "MISC":
		return true
	}
	return strings.HasPrefix(o.doc.Tokens[t].Tag, "NNP")
}

func (o *ownWords) judgePhrase(t, limit int) (lexicon.Judgement, int) {
	limit = min(limit, t+lexicon.LongestEvaluative(o.doc.Tokens[t].Lemma))
	var phrase strings.Builder
	var judgement lexicon.Judgement
	end := t
	for i := t; i < limit; i++ {
		if i > t {
			phrase.WriteByte('_')
		}
		if tok := o.doc.Tokens[i]; tok.Tag == "PRP$" {
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
	tok := o.doc.Tokens[t]
	form := strings.ToLower(tok.Form)
	switch {
	case strings.HasPrefix(tok.Tag, "JJ"), tok.Label == "amod", strings.HasSuffix(form, "ing") && lexicon.Evaluative(form, lexicon.Adjective) != "":
		if j := lexicon.Evaluative(tok.Lemma, lexicon.Adjective); j != "" {
			return j
		}
		if j := lexicon.Evaluative(form, lexicon.Adjective); j != "" {
			return j
		}
		if i := strings.LastIndexByte(form, '-'); i >= 0 { // "often-vague"
			return lexicon.Evaluative(form[i+1:], lexicon.Adjective)
		}
	case strings.HasPrefix(tok.Tag, "NN"):
		return o.unlessIdle(t, lexicon.Evaluative(tok.Lemma, lexicon.Noun))
	case strings.HasPrefix(tok.Tag, "VB"):
		return o.unlessIdle(t, lexicon.Evaluative(tok.Lemma, lexicon.Verb))
	case strings.HasPrefix(tok.Tag, "RB"):
		return lexicon.Evaluative(form, lexicon.Adverb)
	}
	return ""
}

// unlessIdle is j, but nothing for a verb of saying by which nobody speaks: a
// storm slams a coast.
func (o *ownWords) unlessIdle(t int, j lexicon.Judgement) lexicon.Judgement {
	if j != lexicon.Saying || o.cues[t] || strings.HasPrefix(o.doc.Tokens[t].Tag, "NN") {
		return j
	}
	for _, c := range o.doc.Children(t) {
		if child := o.doc.Tokens[c]; strings.HasPrefix(child.Label, "nsubj") && (child.Name == "PERSON" || child.Lemma == "he" || child.Lemma == "she") {
			return j
		}
	}
	return ""
}
