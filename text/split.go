package text

import "strings"

// FromTokens builds a Text from tokens that were found elsewhere (a treebank):
// sentences holds the tokens of each sentence, in order of the body.
func FromTokens(body string, sentences [][]Span) *Text {
	t := &Text{Body: body}
	for start := 0; start < len(body); {
		end := strings.IndexByte(body[start:], '\n')
		if end < 0 {
			end = len(body)
		} else {
			end += start
		}
		line := body[start:end]
		s := Span{start + len(line) - len(strings.TrimLeft(line, " \t\r\u00a0")), start + len(strings.TrimRight(line, " \t\r\u00a0"))}
		if s.Start < s.End {
			t.Paragraphs = append(t.Paragraphs, Paragraph{Span: s})
		}
		start = end + 1
	}
	p := 0
	for _, sent := range sentences {
		if len(sent) == 0 {
			continue
		}
		for p+1 < len(t.Paragraphs) && t.Paragraphs[p+1].Start <= sent[0].Start {
			p++
		}
		first := len(t.Tokens)
		t.Tokens = append(t.Tokens, sent...)
		t.Sentences = append(t.Sentences, Sentence{Span: Span{sent[0].Start, sent[len(sent)-1].End}, Paragraph: p, Tokens: Range{first, len(t.Tokens)}})
		q := &t.Paragraphs[p]
		if q.Sentences.End == 0 {
			q.Sentences.First, q.Tokens.First = len(t.Sentences)-1, first
		}
		q.Sentences.End, q.Tokens.End = len(t.Sentences), len(t.Tokens)
	}
	return t
}
