package text

// splitter is a Text in the making and what its paragraphs share.
type splitter struct {
	Text
	marks   []mark // of the paragraph in hand
	double  int    // index of the first double mark in marks that is still to be read, -1 after the last
	open    []int  // the Quotations open in it, outermost first
	pending []int  // the Quotations that an earlier paragraph left open, outermost first
	silent  int    // how many paragraphs without quotations came since that one
}

// Split finds the paragraphs, sentences, tokens and quotations of body. It
// takes any bytes, valid UTF-8 or not, in time linear in their number.
func Split(body string) *Text {
	s := &splitter{Text: Text{Body: body, Paragraphs: paragraphs(body)}}
	z := tokenizer{body: body, tokens: make([]Span, 0, 8+len(body)/4)}
	s.Sentences = make([]Sentence, 0, len(s.Paragraphs)+len(body)/150)
	for p := range s.Paragraphs {
		para := &s.Paragraphs[p]
		para.Tokens.First = len(z.tokens)
		z.paragraph(para.Start, para.End)
		s.Tokens = z.tokens
		para.Tokens.End = len(z.tokens)
		first := len(s.Quotations)
		s.quotations(p)
		s.sentences(p)
		s.settle(p, first)
	}
	return &s.Text
}

// FromTokens builds a Text from tokens that were found elsewhere (a treebank):
// sentences holds the tokens of each sentence, in order of the body. A sentence
// that runs over paragraphs is kept whole and counts to the first of them;
// each paragraph has the tokens that start in it.
func FromTokens(body string, sentences [][]Span) *Text {
	s := &splitter{Text: Text{Body: body, Paragraphs: paragraphs(body)}}
	for _, tokens := range sentences {
		s.Tokens = append(s.Tokens, tokens...)
	}
	token, sentence := 0, 0 // the first of the paragraph
	first := 0              // token of that sentence
	for p := range s.Paragraphs {
		para := &s.Paragraphs[p]
		last := p+1 == len(s.Paragraphs)
		before := func(t int) bool { return last || s.Tokens[t].Start < s.Paragraphs[p+1].Start }
		para.Tokens.First, para.Sentences.First = token, len(s.Sentences)
		for token < len(s.Tokens) && before(token) {
			token++
		}
		para.Tokens.End = token
		for ; sentence < len(sentences); sentence++ {
			n := len(sentences[sentence])
			if n == 0 {
				continue
			}
			if !before(first) {
				break
			}
			s.sentence(p, first, first+n)
			first += n
		}
		para.Sentences.End = len(s.Sentences)
		quotations := len(s.Quotations)
		s.quotations(p)
		s.settle(p, quotations)
	}
	return &s.Text
}
