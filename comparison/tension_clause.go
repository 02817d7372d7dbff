package comparison

import (
	"slices"
	"strings"

	"onrecord/attribution"
	"onrecord/english"
	"onrecord/lexicon"
	"onrecord/speaker"
	"onrecord/text"
)

// scene is a report as the search for tensions sees it.
type scene struct {
	*Report
	article int
	within  []int    // for each token, the innermost statement whose content holds it, -1 for none
	words   []string // for each token, what it is about (lexicon.Sense.Word, a name), "" for a word without content
}

func newScene(r *Report, article int) *scene {
	s := &scene{Report: r, article: article, within: make([]int, len(r.Doc.Tokens)), words: make([]string, len(r.Doc.Tokens))}
	size := make([]int, len(s.within)) // of the content that holds the token
	for i := range s.within {
		s.within[i] = -1
	}
	for n, st := range r.Statements {
		total := 0
		for _, c := range st.Content {
			total += c.Len()
		}
		for _, c := range st.Content {
			for t := s.tokenAt(c.Start); t < len(s.within) && r.Doc.Tokens[t].Start < c.End; t++ {
				if s.within[t] < 0 || total < size[t] {
					s.within[t], size[t] = n, total
				}
			}
		}
	}
	for i := range s.words {
		s.words[i] = s.word(i)
	}
	return s
}

// tokenAt is the first token that does not end before byte at.
func (s *scene) tokenAt(at int) int {
	i, _ := slices.BinarySearchFunc(s.Doc.Tokens, at, func(t english.Token, at int) int {
		if t.End <= at {
			return -1
		}
		return 1
	})
	return i
}

// word is what token i is about.
func (s *scene) word(i int) string {
	t := s.Doc.Tokens[i]
	switch t.Name {
	case "PERSON":
		if i+1 < len(s.Doc.Tokens) && s.Doc.Tokens[i+1].Name == "PERSON" && s.Doc.Tokens[i+1].Head == t.Head || t.Label == "compound" {
			return "" // the last name counts
		}
		return strings.ToLower(t.Form)
	case "LOCATION", "ORGANIZATION", "MISC":
		w := strings.ToLower(t.Form)
		for j := i - 1; j >= 0 && s.Doc.Tokens[j].Name == t.Name && s.Doc.Tokens[j].Head == i; j-- {
			w = strings.ToLower(s.Doc.Tokens[j].Form) + "_" + w
		}
		return lexicon.SenseOf(w, lexicon.Noun).Word
	case "DATE", "TIME", "DURATION":
		return ""
	}
	switch t.Label {
	case "aux", "auxpass", "cop":
		return ""
	}
	return s.sense(i).Word
}

// sense is that of token i with its particle; empty for a word without
// content.
func (s *scene) sense(i int) lexicon.Sense {
	t := s.Doc.Tokens[i]
	switch {
	case strings.HasPrefix(t.Tag, "NN"):
		return lexicon.SenseOf(t.Lemma, lexicon.Noun)
	case strings.HasPrefix(t.Tag, "JJ"):
		return lexicon.SenseOf(t.Lemma, lexicon.Adjective)
	case strings.HasPrefix(t.Tag, "VB"):
		if p := s.child(i, "compound:prt"); p > i {
			return lexicon.SenseOf(t.Lemma+"_"+s.Doc.Tokens[p].Lemma, lexicon.Verb)
		}
		return lexicon.SenseOf(t.Lemma, lexicon.Verb)
	}
	return lexicon.Sense{}
}

// clause is what a statement says happens, with who and what.
type clause struct {
	article, statement int
	token              int // the verb, or the noun or adjective after "be"
	predicate          lexicon.Sense
	subject            string    // "" if unknown
	objects            []operand // all that is known beside the subject
	negated            bool
	past               bool
	mood               mood
}

// mood says how a clause is meant.
type mood int

const (
	fact   mood = iota // it is so
	demand             // it ought to be so
	chance             // it may be so
)

// operand is a thing that a clause is about.
type operand struct {
	word      string
	modifiers []string // "trade" of "the trade bill"
}

// clauses are those of the statements that assert or deny something.
func (s *scene) clauses() []clause {
	var out []clause
	for i := range s.Doc.Tokens {
		n := s.within[i]
		if !s.predicates(i) || n >= 0 && !s.asserts(n) || n < 0 && s.credits(i) {
			continue
		}
		c := clause{article: s.article, statement: n, token: i, predicate: s.sense(i)}
		if s.bearing(&c) {
			c.past = s.past(i)
			s.operands(&c)
			out = append(out, c)
		}
	}
	return out
}

// asserts reports whether somebody says in statement n that something is so,
// or not so.
func (s *scene) asserts(n int) bool {
	st := s.Statements[n]
	return st.Speaker.ID != "" && st.Polarity != attribution.Asked && st.Polarity != attribution.Refused
}

// credits reports whether token i is of a cue.
func (s *scene) credits(i int) bool {
	return slices.ContainsFunc(s.Statements, func(st speaker.Statement) bool { return st.CueHead == i })
}

// predicates reports whether token i is the head of a clause.
func (s *scene) predicates(i int) bool {
	t := s.Doc.Tokens[i]
	switch t.Label {
	case "aux", "auxpass", "cop", "amod", "compound", "case", "mark":
		return false
	}
	return strings.HasPrefix(t.Tag, "VB") || s.child(i, "cop") >= 0
}

// child is the first child of token i with the label, -1 if none has it.
func (s *scene) child(i int, label string) int {
	for _, c := range s.Doc.Children(i) {
		if s.Doc.Tokens[c].Label == label {
			return c
		}
	}
	return -1
}

// past reports whether the clause of token i speaks of what was.
func (s *scene) past(i int) bool {
	for depth := 0; depth < 8; depth++ {
		t := s.Doc.Tokens[i]
		tag := t.Tag
		for _, c := range s.Doc.Children(i) {
			switch a := s.Doc.Tokens[c]; a.Label {
			case "cop":
				tag = a.Tag
			case "aux", "auxpass":
				if a.Tag == "MD" || a.Tag == "VBP" && a.Lemma == "be" || a.Tag == "VBZ" && a.Lemma == "be" || a.Lemma == "to" {
					tag = "VB"
				} else if a.Tag == "VBD" || a.Lemma == "have" {
					return true
				}
			}
		}
		if tag == "VBD" || tag == "VBN" {
			return true
		}
		if t.Label != "xcomp" || t.Head < 0 {
			return false
		}
		i = t.Head
	}
	return false
}

// never are words that turn a clause.
var never = []string{"not", "n't", "never", "no", "neither", "nor", "nobody", "nothing", "none", "nowhere", "hardly", "cannot"}

// limits are words after a "not" that make it say less than the opposite.
var limits = []string{"only", "just", "merely", "simply", "solely", "necessarily", "always", "all", "every", "everyone", "enough", "about"}

// negations counts what turns the clause of token i; ok is false if a "not"
// does not deny it ("not only").
func (s *scene) negations(i int) (n int, ok bool) {
	count := func(c int) bool {
		if slices.Contains(never, s.Doc.Tokens[c].Lemma) {
			if c+1 < len(s.Doc.Tokens) && slices.Contains(limits, s.Doc.Tokens[c+1].Lemma) {
				return false
			}
			n++
		}
		return true
	}
	for _, c := range s.Doc.Children(i) {
		if !count(c) {
			return 0, false
		}
		switch s.Doc.Tokens[c].Label {
		case "nsubj", "nsubjpass", "dobj":
			for _, d := range s.Doc.Children(c) {
				if !count(d) {
					return 0, false
				}
			}
		}
	}
	return n, true
}

// open are words that leave it open whether a clause holds.
var open = []string{"if", "unless", "whether", "until", "before", "without", "lest", "till", "provided", "despite", "instead", "like"}

// bearing finds whether the statement affirms a clause or denies it, and how
// it is meant; ok is false if it leaves that open.
func (s *scene) bearing(c *clause) (ok bool) {
	i := c.token
	if x := s.sentenceOf(i); strings.Contains(s.Doc.Tokens[x.End-1].Form, "?") || x.Len() > 1 && strings.Contains(s.Doc.Tokens[x.End-2].Form, "?") {
		return false
	}
	inherits := true // what turns the head turns the clause
	for range 20 {
		if inherits {
			n, ok := s.negations(i)
			if !ok || s.conditional(i) {
				return false
			}
			c.negated = c.negated != (n%2 == 1)
			c.mood = max(c.mood, s.mood(i))
		}
		t := s.Doc.Tokens[i]
		h := t.Head
		if h < 0 || s.within[h] != c.statement {
			s.credited(c, h)
			return true
		}
		head := s.Doc.Tokens[h]
		switch t.Label {
		case "xcomp", "ccomp":
			inherits = true
			switch {
			case lexicon.IsFlag(head.Lemma, lexicon.Negates):
				c.negated = !c.negated
			case lexicon.IsFlag(head.Lemma, lexicon.Demands):
				c.mood = demand
			case t.Label == "ccomp" && !s.ownsView(h):
				return false
			}
		case "conj":
			cc := s.child(h, "cc")
			inherits = s.child(i, "nsubj") < 0 && cc >= 0 && (s.Doc.Tokens[cc].Lemma == "or" || s.Doc.Tokens[cc].Lemma == "nor")
		case "acl":
			if s.Doc.Tokens[i].Tag != "VB" && !isClaim(head.Lemma) {
				return false
			}
			inherits = false
		case "dobj", "nmod", "acl:relcl", "parataxis", "root":
			if t.Label != "nmod" && t.Label != "dobj" && !isClaim(head.Lemma) {
				return true
			}
			inherits = false
		case "advcl":
			if s.into(i) {
				inherits = true
				break
			}
			m := s.child(i, "mark")
			return m >= 0 && slices.Contains([]string{"because", "since", "although", "though", "while", "that"}, s.Doc.Tokens[m].Lemma)
		default:
			return false
		}
		i = h
	}
	return false
}

// credited turns a clause that the source denies, and makes one a demand that
// it asks for.
func (s *scene) credited(c *clause, head int) {
	if c.statement < 0 {
		return
	}
	st := s.Statements[c.statement]
	c.negated = c.negated != (st.Polarity == attribution.Denied)
	if st.CueHead >= 0 && st.CueHead == head && lexicon.IsFlag(s.Doc.Tokens[head].Lemma, lexicon.Demands) && s.Doc.Tokens[c.token].Tag == "VB" {
		c.mood = max(c.mood, demand)
	}
}

// conditional reports whether the clause of token i is a condition or stands
// under one.
func (s *scene) conditional(i int) bool {
	for _, c := range s.Doc.Children(i) {
		switch t := s.Doc.Tokens[c]; t.Label {
		case "mark", "case", "advmod":
			if slices.Contains(open, t.Lemma) {
				return true
			}
		case "advcl":
			if m := s.child(c, "mark"); m >= 0 && (s.Doc.Tokens[m].Lemma == "if" || s.Doc.Tokens[m].Lemma == "unless") {
				return true
			}
		}
	}
	return false
}

// mood is that of the auxiliaries of token i.
func (s *scene) mood(i int) mood {
	m := fact
	for _, c := range s.Doc.Children(i) {
		if t := s.Doc.Tokens[c]; t.Label == "aux" {
			if lexicon.IsFlag(t.Lemma, lexicon.Demands) {
				m = max(m, demand)
			} else if lexicon.IsFlag(t.Lemma, lexicon.Chances) {
				m = max(m, chance)
			}
		}
	}
	return m
}

// ownsView reports whether the speaker holds what hangs on token h, which is
// no word of somebody else's.
func (s *scene) ownsView(h int) bool {
	switch lexicon.Reporting(s.Doc.Tokens[h].Lemma) {
	case "":
		return true
	}
	n := s.child(h, "nsubj")
	return n >= 0 && (s.Doc.Tokens[n].Lemma == "i" || s.Doc.Tokens[n].Lemma == "we")
}

// isClaim reports whether a noun stands for what somebody says.
func isClaim(noun string) bool {
	switch lexicon.Reporting(noun) {
	case "saynoun", "claimnoun", "denialnoun", "promisenoun", "thinknoun", "threatnoun", "demandnoun":
		return true
	}
	switch noun {
	case "comment", "remark", "claim", "report", "notion", "idea", "charge", "promise", "pledge", "vow", "denial", "version", "narrative", "criticism", "view", "point", "position", "answer", "post", "tweet":
		return true
	}
	return false
}

func (s *scene) sentenceOf(i int) text.Range {
	n, _ := slices.BinarySearchFunc(s.Doc.Sentences, i, func(x text.Sentence, i int) int {
		if x.Tokens.End <= i {
			return -1
		}
		return 1
	})
	return s.Doc.Sentences[n].Tokens
}

// operands fills in who and what the clause is about.
func (s *scene) operands(c *clause) {
	passive, agent := false, -1
	for _, k := range s.Doc.Children(c.token) {
		t := s.Doc.Tokens[k]
		switch t.Label {
		case "nsubj":
			c.subject = s.referent(s.afterColon(k, c.token), c.statement)
		case "nsubjpass":
			passive = true
			s.addObject(c, k)
		case "dobj", "iobj":
			s.addObject(c, k)
		case "nmod":
			if m := s.child(k, "case"); m >= 0 && s.Doc.Tokens[m].Lemma == "by" {
				agent = k
			} else {
				s.addObject(c, k)
			}
		}
	}
	if passive && agent >= 0 {
		c.subject = s.referent(agent, c.statement)
	}
	if c.subject == "" && !passive {
		c.subject = s.controller(c.token, c.statement)
	}
}

// afterColon is the noun that is the subject of token i if a colon stands
// between the one that the parser took for it, k, and the verb.
func (s *scene) afterColon(k, i int) int {
	for c := k + 1; c < i; c++ {
		if s.Doc.Tokens[c].Form != ":" {
			continue
		}
		for n := c + 1; n < i; n++ {
			if t := s.Doc.Tokens[n]; strings.HasPrefix(t.Tag, "NN") && t.Label != "compound" || t.Tag == "PRP" {
				return n
			}
		}
	}
	return k
}

func (s *scene) addObject(c *clause, k int) {
	w := s.referent(k, c.statement)
	if w == "" {
		return
	}
	o := operand{word: w}
	for _, m := range s.Doc.Children(k) {
		switch s.Doc.Tokens[m].Label {
		case "compound", "amod", "nmod:poss":
			if s.words[m] != "" {
				o.modifiers = append(o.modifiers, s.words[m])
			}
		}
	}
	c.objects = append(c.objects, o)
}

// controller is the subject of a clause that has none of its own: of the
// verb that it hangs on the object, else the subject.
func (s *scene) controller(i, st int) string {
	for depth := 0; depth < 8; depth++ {
		t := s.Doc.Tokens[i]
		h := t.Head
		if h < 0 {
			return ""
		}
		switch t.Label {
		case "acl:relcl":
			return s.referent(h, st)
		case "xcomp", "advcl", "nmod":
			if t.Label != "xcomp" && !s.into(i) {
				return ""
			}
			if o := s.child(h, "dobj"); o >= 0 && o < i {
				return s.referent(o, st)
			}
		case "conj":
		default:
			return ""
		}
		for _, label := range []string{"nsubj", "nsubjpass"} {
			if n := s.child(h, label); n >= 0 {
				return s.referent(n, st)
			}
		}
		i = h
	}
	return ""
}

// referent is what the noun or pronoun at token i stands for, "" if that is
// not known. "I" is the speaker, and so is "he" in indirect speech.
func (s *scene) referent(i, st int) string {
	t := s.Doc.Tokens[i]
	switch t.Lemma {
	case "i", "we", "me", "us":
		if t.Tag == "PRP" && st >= 0 {
			return lastName(s.Statements[st].Speaker.Name)
		}
	case "he", "she":
		if st >= 0 && s.Statements[st].Kind != attribution.Direct {
			return lastName(s.Statements[st].Speaker.Name)
		}
		return ""
	case "it":
		for n := i - 1; n >= s.sentenceOf(i).First; n-- {
			if o := s.Doc.Tokens[n]; (o.Label == "dobj" || o.Label == "nmod") && o.Tag == "NN" && o.Name == "" {
				return s.words[n]
			}
		}
		return ""
	case "who", "that", "which":
		if h := t.Head; h >= 0 && s.Doc.Tokens[h].Label == "acl:relcl" && s.Doc.Tokens[h].Head >= 0 {
			return s.words[s.Doc.Tokens[h].Head]
		}
		return ""
	}
	return s.words[i]
}

// into reports whether token i follows an "into", as in "forced them into
// paying".
func (s *scene) into(i int) bool {
	for _, label := range []string{"mark", "case"} {
		if m := s.child(i, label); m >= 0 && s.Doc.Tokens[m].Lemma == "into" {
			return true
		}
	}
	return false
}

func lastName(name string) string {
	return strings.ToLower(name[strings.LastIndexByte(name, ' ')+1:])
}
