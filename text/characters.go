package text

import "sort"

// Characters converts byte offsets of a body, which must be valid UTF-8, to
// offsets in Unicode characters. It takes time linear in the body to build.
type Characters struct {
	body   string
	before []int // characters that start before each block
}

// block is the distance, in bytes, between the offsets whose count is kept.
const block = 64

// NewCharacters indexes a body.
func NewCharacters(body string) *Characters {
	c := &Characters{body: body, before: make([]int, 0, len(body)/block+1)}
	n := 0
	for i := range len(body) {
		if i%block == 0 {
			c.before = append(c.before, n)
		}
		if startsCharacter(body[i]) {
			n++
		}
	}
	if len(body)%block == 0 {
		c.before = append(c.before, n)
	}
	return c
}

// At is the number of characters before a byte offset, which may be the
// body's length.
func (c *Characters) At(offset int) int {
	n := c.before[offset/block]
	for i := offset - offset%block; i < offset; i++ {
		if startsCharacter(c.body[i]) {
			n++
		}
	}
	return n
}

// Span gives a byte span in characters.
func (c *Characters) Span(s Span) Span { return Span{c.At(s.Start), c.At(s.End)} }

// Byte is the byte offset before which n characters stand, the reverse of At.
// It is -1 if the body has fewer.
func (c *Characters) Byte(n int) int {
	if n < 0 {
		return -1
	}
	// The last block before which at most n characters start.
	b := max(0, sort.SearchInts(c.before, n+1)-1)
	left := n - c.before[b]
	for i := b * block; i < len(c.body); i++ {
		if startsCharacter(c.body[i]) {
			if left == 0 {
				return i
			}
			left--
		}
	}
	if left > 0 {
		return -1
	}
	return len(c.body)
}

func startsCharacter(b byte) bool { return b&0xC0 != 0x80 }
