package text

import (
	"strings"
	"testing"
)

// story is a made-up report that Split's benchmarks repeat.
const story = `HARBOR CITY, Ore. — Mayor Ada Quill said on Tuesday that the U.S. agency's $4.5 million grant “isn't enough,” and that 46% of it had been spent by Feb. 12.

"We've asked twice," she told the Harbor Courier. "Nobody answered." Her deputy, Tom O'Dell, didn't agree: 'It is the voters' money,' he wrote.

“Why now?” asked Dr. Lena Voss, a well-known engineer. “First, the bridge -- built in the '60s -- cannot wait.

“Second, it's 3-to-1 that nobody pays.” The council (which met at 7:30 p.m.) ended without a vote...

`

func BenchmarkSplit(b *testing.B) {
	for _, size := range []struct {
		name  string
		bytes int
	}{{"5kB", 5e3}, {"5MB", 5e6}} {
		body := strings.Repeat(story, size.bytes/len(story)+1)
		b.Run(size.name, func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				Split(body)
			}
		})
	}
}

func BenchmarkSplitHostile(b *testing.B) {
	const size = 4e6
	for name, unit := range map[string]string{
		"quotes": `"`, "spaced quotes": `" `, "quoted letters": `"a"b `, "curly": "“", "pairs": "“a” ", "open": "“a ", "closed": "a” ",
		"single": "'", "single words": "'a ", "nested": "“‘a ", "mixed": "'a “b ", "word": "a", "dots": ".", "spaced dots": ". ", "a.": "a.", "hyphens": "a-", "apostrophes": "a'",
		"tags": "<a ", "addresses": "www.,", "lines": "a\n", "marks": "“\n", "stray": "a”\n", "invalid": "\xff\xfe", "nul": "\x00", "backticks": "`", "commas": "1,",
	} {
		body := strings.Repeat(unit, size/len(unit))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				Split(body)
			}
		})
	}
}
