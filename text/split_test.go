package text

import (
	"reflect"
	"strings"
	"testing"
)

// of lists the texts of spans.
func of[T interface{ Of(string) string }](body string, spans []T) []string {
	out := []string{}
	for _, s := range spans {
		out = append(out, s.Of(body))
	}
	return out
}

func TestParagraphs(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       []string
	}{
		{"empty", "", nil},
		{"blank", " \n\t\r\n\u00a0", nil},
		{"lines", "One.\nTwo.\r\nThree.", []string{"One.", "Two.", "Three."}},
		{"runs of blank lines", "\n\nOne.\n \n\n\u00a0\nTwo.\n", []string{"One.", "Two."}},
		{"form feed and separators", "One.\fTwo.\u2028Three.\u2029Four.\u0085Five.", []string{"One.", "Two.", "Three.", "Four.", "Five."}},
		{"trimmed", " \u00a0One two. \u200b\nTwo.", []string{"One two.", "Two."}},
		{"byte order mark", "\ufeffOne.", []string{"One."}},
		{"invalid bytes", "On\xe9.\n\xff\xc2", []string{"On\xe9.", "\xff\xc2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := of(c.body, Split(c.body).Paragraphs); strings.Join(got, "|") != strings.Join(c.want, "|") {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ body, want string }{
		{"We don't, can't and won’t.", "We do n't , ca n't and wo n’t ."},
		{"The mayor's aide's here; we're late, they'll wait, I'd go.", "The mayor 's aide 's here ; we 're late , they 'll wait , I 'd go ."},
		{"You cannot; Cannot she? I'm gonna, gotta, wanna.", "You can not ; Can not she ? I 'm gon na , got ta , wan na ."},
		{"O'Dell and D’Arcy met at five o'clock.", "O'Dell and D’Arcy met at five o'clock ."},
		{"the Quills' house, DON'T", "the Quills ' house , DO N'T"},
		{"rock 'n' roll in the '90s, '08 and get 'em", "rock 'n' roll in the '90s , '08 and get 'em"},
		{"a well-known 3-to-1 re-election", "a well-known 3-to-1 re-election"},
		{"$5, $1.5 million, £20 and 46% of 1,237 at 4:30", "$ 5 , $ 1.5 million , £ 20 and 46 % of 1,237 at 4:30"},
		{"the 1990s, the 20th, -3, +12, .5", "the 1990s , the 20th , -3 , +12 , .5"},
		{"The U.S. army and U.S.-led talks at 7 p.m. today", "The U.S. army and U.S.-led talks at 7 p.m. today"},
		{"It left the U.S.", "It left the U.S ."},
		{"Mr. Quill met Sen. Ada Voss (D-Ore.), J. P. Doe Jr. and Lee on Feb. 12.", "Mr. Quill met Sen. Ada Voss ( D-Ore. ) , J. P. Doe Jr. and Lee on Feb. 12 ."},
		{"She is No. 1. No. It is.", "She is No. 1 . No . It is ."},
		{"Wait -- no—never – well...", "Wait -- no — never – well ..."},
		{"Well . . . yes… Really?! No!!!", "Well|. . .|yes|…|Really|?!|No|!!!"},
		{"Q&A at AT&T, and/or 9/11", "Q&A at AT&T , and/or 9/11"},
		{"See https://example.com/a?b=c, www.example.org. and harbor.example.com/x.", "See https://example.com/a?b=c , www.example.org . and harbor.example.com/x ."},
		{"mail ada@example.com, @ada #tag # 2", "mail ada@example.com , @ada #tag # 2"},
		{"It ended.The rest", "It ended . The rest"},
		{"a <b class=\"x y\">bold</b> claim, 3 < 4", "a|<b class=\"x y\">|bold|</b>|claim|,|3|<|4"},
		{"``Quoted'' and ''quoted'' ___ \"x\"", "`` Quoted '' and '' quoted '' ___ \" x \""},
		{"She said, ''He said 'no.'''", "She said , '' He said ' no . ' ''"},
		{"“‘Nested,’”", "“ ‘ Nested , ’ ”"},
		{"6'2\" tall", "6'2 \" tall"},
		{"caf\xe9 na\u00efve so\u00adft e\u0301", "caf\xe9 na\u00efve so\u00adft e\u0301"},
		{"a\x00b\u200bc", "a b c"},
		{"½ of 日本", "½ of 日本"},
	} {
		t.Run(c.body, func(t *testing.T) {
			want := strings.Fields(c.want)
			if strings.Contains(c.want, "|") {
				want = strings.Split(c.want, "|")
			}
			if got := of(c.body, Split(c.body).Tokens); !reflect.DeepEqual(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestSentences(t *testing.T) {
	for _, c := range []struct{ name, body string }{ // | stands between the sentences
		{"plain", "The council met.| Nobody spoke!| Why?"},
		{"titles and initials", "Dr. Lena M. Voss met Gov. Quill.| They left."},
		{"abbreviation inside", "The U.S. Senate and Harbor Corp. executives met at 7 p.m. Tuesday in Salem, Ore., on Feb. 3."},
		{"abbreviation at the end", "They left the U.S.| The rest stayed until 7 p.m.| He did not."},
		{"closing mark belongs to its sentence", "“We won.”| The crowd left.| \"We lost.\"| It was late."},
		{"doubled singles", "''We won.''| ''We lost,'' she said.| ''So what?''| The end."},
		{"question inside the sentence", "“Why?” he asked.| “Because!” she said."},
		{"question before a name and a verb", "“Why now?” Ada Quill asked.| “Now!” Dr. Voss told them."},
		{"question before a new sentence", "“Why now?”| The mayor left.| “Is it?”| He did not know."},
		{"brackets", "(It had rained.)| They left [all of them].| Sen. Ada Voss (D-Ore.) said so."},
		{"ellipses", "We waited ... and waited… Then we left.| “I am not ...”| She stopped."},
		{"title with an exclamation mark", "Their show Harbor! opened, and Yes! was sold out."},
		{"dash after a question", "Who pays—the city? the state?—is open."},
		{"stop after a bracket", "They left (why?).| She had an M.Sc. degree."},
		{"numbered list", "1. Open the harbor."},
		{"transcript", "QUILL: We will see.| VOSS: No."},
		{"no space", "It ended.|The rest stayed."},
		{"straight mark opens", "He left. |\"We stay,\" she said.| \"All of us.\""},
		{"lower case after a quoted stop", "The note ended “so long.” and was signed."},
		{"nested", "“He said, ‘We won.’”| The crowd left."},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := strings.Split(c.body, "|")
			for i := range want {
				want[i] = strings.TrimSpace(want[i])
			}
			body := strings.ReplaceAll(c.body, "|", "")
			if got := of(body, Split(body).Sentences); !reflect.DeepEqual(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestFromTokens(t *testing.T) {
	body := "A headline\nIt is so. “We won,\n“We lost.”"
	split := Split(body)
	tokens := func(from, to int) []Span { return split.Tokens[from:to] }
	got := FromTokens(body, [][]Span{tokens(0, 6), nil, tokens(6, len(split.Tokens))})
	if want := []string{"A headline\nIt is so.", "“We won,\n“We lost.”"}; !reflect.DeepEqual(of(body, got.Sentences), want) {
		t.Errorf("sentences %q, want %q", of(body, got.Sentences), want)
	}
	for p, want := range []Paragraph{
		{Sentences: Range{0, 1}, Tokens: Range{0, 2}},
		{Sentences: Range{1, 2}, Tokens: Range{2, 10}},
		{Sentences: Range{2, 2}, Tokens: Range{10, 15}},
	} {
		want.Span = split.Paragraphs[p].Span
		if got.Paragraphs[p] != want {
			t.Errorf("paragraph %d is %+v, want %+v", p, got.Paragraphs[p], want)
		}
	}
	if !reflect.DeepEqual(got.Quotations, split.Quotations) {
		t.Errorf("quotations %+v, want %+v", got.Quotations, split.Quotations)
	}
}

func TestWords(t *testing.T) {
	for _, c := range []struct {
		word string
		want section
	}{{"Mr", title}, {"No", number | starter}, {"Calif", abbreviation}, {"The", starter}, {"said", speech}, {"em", elision}, {"com", domain}, {"mayor", 0}} {
		if words[c.word] != c.want {
			t.Errorf("%s stands in %b, want %b", c.word, words[c.word], c.want)
		}
	}
	for w, in := range words {
		if in == 0 || strings.ContainsAny(w, ".,#[]") {
			t.Errorf("words.txt: bad entry %q", w)
		}
	}
}

func FuzzSplit(f *testing.F) {
	for _, seed := range []string{
		story, "", "\x00\xff", "“a ‘b", "a” b” c”", "\"a \"b\" c\"", "'a 'b' c'", "“\n“\n”", "“a\nb\nc”", "''''' ''' ''", ". . . .", "U.S.\u00a0", "http://.", "a\u2028\"", "6'2\"", "-1.", "<a", "www.", "I. I", "1.", "'n'",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		x := Split(body)
		check(t, x)
		tokens := make([][]Span, 0, len(x.Sentences))
		for _, s := range x.Sentences {
			tokens = append(tokens, x.Tokens[s.Tokens.First:s.Tokens.End])
		}
		if y := FromTokens(body, tokens); !reflect.DeepEqual(x, y) && len(x.Tokens) > 0 {
			t.Errorf("FromTokens gives %+v, Split %+v", y, x)
		}
	})
}

// check fails where the parts of x do not fit together.
func check(t *testing.T, x *Text) {
	t.Helper()
	paragraph, sentence, token, end := 0, 0, 0, 0
	for p, para := range x.Paragraphs {
		if para.Start < end || para.End <= para.Start || para.End > len(x.Body) {
			t.Fatalf("paragraph %d at %v", p, para.Span)
		}
		end = para.End
		if para.Sentences.First != sentence || para.Tokens.First != token {
			t.Fatalf("paragraph %d starts at sentence %d and token %d, not %d and %d", p, para.Sentences.First, para.Tokens.First, sentence, token)
		}
		at := para.Start // what comes before is covered
		for i := para.Tokens.First; i < para.Tokens.End; i++ {
			tok := x.Tokens[i]
			if tok.Start < at || tok.End <= tok.Start || !para.Contains(tok) {
				t.Fatalf("token %d at %v in paragraph %v", i, tok, para.Span)
			}
			for ; at < tok.Start; at++ {
				if k, n := classAt(x.Body, at); k != blank {
					t.Fatalf("byte %d is in no token", at)
				} else {
					at += n - 1
				}
			}
			at = tok.End
		}
		if at != para.End {
			t.Fatalf("paragraph %d ends at %d, its last token at %d", p, para.End, at)
		}
		for i := para.Sentences.First; i < para.Sentences.End; i++ {
			s := x.Sentences[i]
			if s.Paragraph != p || !para.Contains(s.Span) || s.Tokens.First != token || s.Tokens.Len() < 1 ||
				s.Start != x.Tokens[s.Tokens.First].Start || s.End != x.Tokens[s.Tokens.End-1].End {
				t.Fatalf("sentence %d is %+v", i, s)
			}
			token = s.Tokens.End
		}
		if token != para.Tokens.End {
			t.Fatalf("paragraph %d has tokens to %d, sentences to %d", p, para.Tokens.End, token)
		}
		sentence = para.Sentences.End
		paragraph++
	}
	if sentence != len(x.Sentences) || token != len(x.Tokens) || paragraph != len(x.Paragraphs) {
		t.Fatalf("%d sentences and %d tokens in paragraphs, %d and %d in all", sentence, token, len(x.Sentences), len(x.Tokens))
	}
	for i, q := range x.Quotations {
		if i > 0 && q.Start < x.Quotations[i-1].Start || !x.Paragraphs[q.Paragraph].Contains(q.Span) || !q.Contains(q.Inside) ||
			q.Inside.Len() <= 0 || q.Depth < 0 || q.Continues >= i || q.Opened != (q.Inside.Start > q.Start) || q.Closed != (q.Inside.End < q.End) {
			t.Fatalf("quotation %d is %+v after %+v", i, q, x.Quotations[max(0, i-1)])
		}
		if q.Continues >= 0 && x.Quotations[q.Continues].Paragraph >= q.Paragraph {
			t.Fatalf("quotation %d goes on with one in paragraph %d", i, x.Quotations[q.Continues].Paragraph)
		}
	}
}
