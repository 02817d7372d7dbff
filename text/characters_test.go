package text

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCharacters(t *testing.T) {
	for _, body := range []string{
		"",
		"plain",
		"“curly” and ‘single’ — dash",
		"emoji 👩‍👩‍👧 of one family, then text",
		"e\u0301 with a combining mark",
		strings.Repeat("x", block),
		strings.Repeat("x", block-1) + "é" + strings.Repeat("世", 2*block),
	} {
		c := NewCharacters(body)
		for i := range body + "." {
			if got, want := c.At(i), utf8.RuneCountInString(body[:i]); got != want {
				t.Errorf("%q: byte %d is character %d, want %d", body, i, got, want)
			}
			if got := c.Byte(c.At(i)); got != i {
				t.Errorf("%q: character %d is at byte %d, want %d", body, c.At(i), got, i)
			}
		}
	}
	if got := NewCharacters("“a”").Byte(4); got != -1 {
		t.Errorf("the fourth character after three is at byte %d", got)
	}
	if got, want := NewCharacters("“a” b").Span(Span{0, 7}), (Span{0, 3}); got != want {
		t.Errorf("Span = %v, want %v", got, want)
	}
}
