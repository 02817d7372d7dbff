package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxDepth bounds how deep quotations nest; marks beyond it are not read.
const maxDepth = 6

// maxSilent bounds how many paragraphs without a mark of their own belong to a
// quotation that was opened before them and is closed after them.
const maxSilent = 4

// quotations appends the quotations of paragraph p, whose tokens are known.
func (s *splitter) quotations(p int) {
	s.findMarks(p)
	first := len(s.Quotations)
	floor := s.Paragraphs[p].Start // where a quotation without an opening mark may start
	s.open = s.open[:0]
	for k := range s.marks {
		m := &s.marks[k]
		if !m.single {
			s.double = m.next
		}
		held := s.held(m.single)
		if m.role == either {
			m.role = opens
			if held >= 0 {
				m.role = closes
			}
		}
		at := s.Tokens[m.token]
		switch {
		case m.role == none:
		case m.role == opens:
			s.begin(p, m, held)
		case held >= 0 && s.mayClose(m, held):
			s.cut(held+1, at.Start)
			q := &s.Quotations[s.open[held]]
			q.End, q.Inside.End, q.Closed = at.End, at.Start, true
			s.open = s.open[:held]
			floor = at.End
		case held >= 0 || m.single || m.unsure:
			m.role = none
		case s.introduced(m):
			m.role = opens
			s.begin(p, m, held)
		default:
			s.cut(0, at.Start)
			s.beginBefore(p, first, floor, at)
			floor = at.End
		}
	}
	s.leave(p)
}

// held is the place in s.open of the innermost quotation whose marks are
// single or not, -1 if there is none.
func (s *splitter) held(single bool) int {
	for i := len(s.open) - 1; i >= 0; i-- {
		if s.Quotations[s.open[i]].SingleMarks == single {
			return i
		}
	}
	return -1
}

// begin opens a quotation at m. Where the innermost one open has the same
// kind of marks and m does not nest in it, its closing mark is missing: it
// ends here.
func (s *splitter) begin(p int, m *mark, held int) {
	at := s.Tokens[m.token]
	if m.single && m.next < 0 && !s.opensSingle(p+1) {
		m.role = none // nothing could close it
		return
	}
	if held >= 0 && held == len(s.open)-1 && !s.nests(m, s.open[held]) {
		s.cut(held, at.Start)
	}
	depth := len(s.open)
	if depth == maxDepth {
		m.role = none
		return
	}
	q := Quotation{Span: at, Inside: Span{at.End, at.End}, Paragraph: p, Depth: depth, Opened: true, Continues: -1, SingleMarks: m.single}
	if m.leading && s.silent == 0 && depth < len(s.pending) && s.Quotations[s.pending[depth]].SingleMarks == m.single {
		q.Continues = s.pending[depth]
	}
	s.open = append(s.open, len(s.Quotations))
	s.Quotations = append(s.Quotations, q)
}

// nests reports whether m opens a quotation inside Quotation outer, which has
// the same kind of marks: the next two close, or it is a curly pair inside
// straight marks.
func (s *splitter) nests(m *mark, outer int) bool {
	if m.next < 0 || s.marks[m.next].role != closes {
		return false
	}
	if c := s.Body[s.Quotations[outer].Start]; (c == '"' || c == '\'') && m.curly && s.marks[m.next].curly {
		return true
	}
	after := s.marks[m.next].next
	return after >= 0 && s.marks[after].role == closes
}

// introduced reports whether m, which looks like a closing mark, opens a
// quotation: a verb of speech leads to it and another closing mark follows.
func (s *splitter) introduced(m *mark) bool {
	if m.next < 0 || s.marks[m.next].role != closes || m.token < 2 {
		return false
	}
	lead := s.Tokens[m.token-1].Of(s.Body)
	return (lead == "," || lead == ":") && words[s.Tokens[m.token-2].Of(s.Body)]&speech != 0
}

// mayClose reports whether m closes the quotation at s.open[held].
func (s *splitter) mayClose(m *mark, held int) bool {
	if m.unsure && m.next >= 0 && s.marks[m.next].role == closes && !s.marks[m.next].unsure {
		return false // the next one closes it
	}
	// A single mark that stands in an inner quotation which is closed later
	// is an apostrophe.
	return !m.single || held == len(s.open)-1 || s.double < 0
}

// beginBefore adds the quotation that the closing mark at ends and no mark
// opened; it cannot start before floor. It goes on with the one that an
// earlier paragraph left open, and so do all paragraphs between.
func (s *splitter) beginBefore(p, first, floor int, at Span) {
	floor = s.skipBlanks(floor, at.Start)
	if floor == at.Start {
		return
	}
	from := -1
	if len(s.Quotations) == first && len(s.pending) > 0 && !s.Quotations[s.pending[0]].SingleMarks {
		from = s.pending[0]
		for between := p - s.silent; between < p; between++ {
			span := s.Paragraphs[between].Span
			s.Quotations = append(s.Quotations, Quotation{Span: span, Inside: span, Paragraph: between, Continues: from})
			from = len(s.Quotations) - 1
		}
	}
	s.Quotations = append(s.Quotations, Quotation{
		Span: Span{floor, at.End}, Inside: Span{floor, at.Start}, Paragraph: p, Closed: true, Continues: from,
	})
}

// skipBlanks is the first byte from i on that is not blank, at most end.
func (s *splitter) skipBlanks(i, end int) int {
	for i < end {
		k, n := classAt(s.Body, i)
		if k != blank {
			return i
		}
		i += n
	}
	return end
}

// cut ends the quotations from s.open[from] on before byte end without a
// closing mark. A single mark that is never closed is an apostrophe.
func (s *splitter) cut(from, end int) {
	for end > 0 && classBefore(s.Body, end) == blank {
		_, n := utf8.DecodeLastRuneInString(s.Body[:end])
		end -= n
	}
	for n := len(s.open) - 1; n >= from; n-- {
		i := s.open[n]
		if q := &s.Quotations[i]; !q.SingleMarks {
			q.End, q.Inside.End = max(end, q.Inside.Start), max(end, q.Inside.Start)
		} else {
			s.drop(i)
		}
	}
	s.open = s.open[:from]
}

// drop takes back Quotation i, still open: what came after it is not inside.
func (s *splitter) drop(i int) {
	if i == len(s.Quotations)-1 {
		s.Quotations = s.Quotations[:i]
		return
	}
	s.Quotations[i].Paragraph = -1
	for j := i + 1; j < len(s.Quotations); j++ {
		s.Quotations[j].Depth--
	}
}

// leave ends what is open at the end of paragraph p.
func (s *splitter) leave(p int) {
	end := s.Paragraphs[p].End
	keepSingle := s.opensSingle(p + 1)
	for n := len(s.open) - 1; n >= 0; n-- {
		q := &s.Quotations[s.open[n]]
		q.End, q.Inside.End = end, end
		if q.SingleMarks && !keepSingle {
			s.drop(s.open[n])
		}
	}
}

// opensSingle reports whether paragraph p starts with a single opening mark,
// maybe inside a double one.
func (s *splitter) opensSingle(p int) bool {
	if p >= len(s.Paragraphs) {
		return false
	}
	line := strings.TrimLeft(s.Paragraphs[p].Of(s.Body), `"“`)
	return strings.HasPrefix(line, "‘") || strings.HasPrefix(line, "'")
}

// settle gives those quotations of paragraph p, from first on, that no mark
// opened their start, now that the sentences are known, removes those that
// turned out to be none, and notes what goes on in the next paragraph.
func (s *splitter) settle(p, first int) {
	para := s.Paragraphs[p]
	sentences := s.Sentences[para.Sentences.First:para.Sentences.End]
	kept := s.Quotations[:first]
	for _, q := range s.Quotations[first:] {
		if !q.Opened && q.Continues < 0 {
			for len(sentences) > 1 && sentences[0].End < q.Inside.End {
				sentences = sentences[1:]
			}
			s.anchor(&q, para, sentences)
		}
		if q.Paragraph >= 0 && s.skipBlanks(q.Inside.Start, q.Inside.End) < q.Inside.End {
			kept = append(kept, q)
		}
	}
	s.Quotations = kept
	if len(kept) == first {
		if s.silent++; s.silent > maxSilent {
			s.pending = s.pending[:0]
		}
		return
	}
	s.silent, s.pending = 0, s.pending[:0]
	for i, q := range kept[first:] {
		if q.Opened && !q.Closed && q.End == para.End {
			s.pending = append(s.pending, first+i)
		}
	}
}

// anchor moves the start of q, which no mark opened; sentences start with the
// one that it ends in. The first quotation of a paragraph has lost its mark at
// the paragraph's start or after a name and a colon. A later one starts with
// its sentence or after the quotation before it, and is none if a verb of
// speech stands before the mark, which then is one too many (“…,” he said.”).
func (s *splitter) anchor(q *Quotation, para Paragraph, sentences []Sentence) {
	start := q.Start
	switch {
	case start == para.Start:
		start = s.afterColon(para.Tokens, q.Inside)
	case s.endsInSpeech(q.Inside):
		q.Paragraph = -1
	case len(sentences) > 0:
		start = sentences[0].Start
	}
	if q.Start < start && start < q.Inside.End {
		q.Start, q.Inside.Start = start, start
	}
}

// afterColon is the start of the word with a capital that follows the last
// name and colon of span, else the start of span, the first of tokens.
func (s *splitter) afterColon(tokens Range, span Span) int {
	start := span.Start
	for i := tokens.First + 2; i < tokens.End && s.Tokens[i].Start < span.End; i++ {
		if s.Body[s.Tokens[i-1].Start] == ':' && s.capital(i) && s.capital(i-2) {
			start = s.Tokens[i].Start
		}
	}
	return start
}

// capital reports whether token i starts with a capital letter.
func (s *splitter) capital(i int) bool {
	r, _ := utf8.DecodeRuneInString(s.Body[s.Tokens[i].Start:])
	return unicode.IsUpper(r)
}

// endsInSpeech reports whether the last word of span is a verb of speech.
func (s *splitter) endsInSpeech(span Span) bool {
	part := strings.TrimRight(span.Of(s.Body), ".,:;!? ")
	return words[part[strings.LastIndexByte(part, ' ')+1:]]&speech != 0
}
