package format

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"onrecord/comparison"
	"onrecord/internal/cputime"
)

// golden compares what was written with a file of testdata.
func golden(t *testing.T, file, got string) {
	t.Helper()
	path := filepath.Join("testdata", file)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("not what %s holds:\n%s", path, got)
	}
}

func comparisonText(t *testing.T, c *comparison.Comparison, o TextOptions) string {
	t.Helper()
	var out bytes.Buffer
	if err := ComparisonText(&out, c, o); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestComparisonGolden(t *testing.T) {
	c := hall(t)
	golden(t, "comparison.txt", comparisonText(t, c, TextOptions{Width: 80}))
	golden(t, "comparison-narrow.txt", comparisonText(t, c, TextOptions{Width: 40}))
	var md bytes.Buffer
	if err := ComparisonMarkdown(&md, c, false); err != nil {
		t.Fatal(err)
	}
	golden(t, "comparison.md", md.String())
}

// TestComparisonColour looks at what styles stand for and that nothing else
// changes with them.
func TestComparisonColour(t *testing.T) {
	coloured := comparisonText(t, hall(t), TextOptions{Width: 80, Colour: true})
	for _, want := range []string{"\x1b[9;31mhall\x1b[m", "\x1b[4;32mbuilding\x1b[m"} {
		if !strings.Contains(coloured, want) {
			t.Errorf("no %q in %q", want, coloured)
		}
	}
	plain := comparisonText(t, hall(t), TextOptions{Width: 80})
	if strings.Contains(plain, "\x1b") {
		t.Error("styles without colour")
	}
	unmarked := strings.NewReplacer("[-", "", "-]", "", "{+", "", "+}", "").Replace(plain)
	if got, want := strings.Fields(ansi.Strip(coloured)), strings.Fields(unmarked); strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("with colour the words are\n%q\nwithout\n%q", got, want)
	}
}

const nasty = "A\x1b]0;owned\x07 \x1b[2J\u202eesrever\u0085\r\x00 \u009b31mred <script>alert(1)</script> | `code` *star* [link](javascript:alert(1)) 鉄道の橋は安全ではないと市長が述べた 👩‍👩‍👧 \\ &amp; "

// TestComparisonKeepsItsWidth lays out hostile words, few and many reports.
func TestComparisonKeepsItsWidth(t *testing.T) {
	long := strings.Repeat("unbreakable", 40)
	for _, n := range []int{1, 2, 6, 7, 13, 60} {
		for name, words := range map[string]string{"hostile": nasty, "one word": long, "10,000 words": strings.Repeat("so it goes on ", 2500)} {
			if n > 2 && len(words) > 10_000 {
				continue // slow, and no other case
			}
			c := crowd(t, n, 3, func(i int) string { return fmt.Sprintf("Outlet %s %d", firstRunes(words, 300), i) }, words)
			for _, width := range []int{40, 80, 200} {
				for _, all := range []bool{false, true} {
					if all && n > 2 {
						continue
					}
					for line := range strings.Lines(comparisonText(t, c, TextOptions{Width: width, All: all, Colour: true})) {
						if got := ansi.StringWidth(strings.TrimSuffix(line, "\n")); got > width {
							t.Fatalf("%d reports, %s: %d columns wide instead of %d: %q", n, name, got, width, line)
						}
					}
				}
			}
		}
	}
}

func TestComparisonIsHarmless(t *testing.T) {
	plain := ansi.Strip(comparisonText(t, crowd(t, 3, 3, func(int) string { return nasty }, nasty), TextOptions{Width: 80, Colour: true}))
	if i := strings.IndexFunc(plain, func(r rune) bool { return r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }); i >= 0 {
		t.Errorf("control character %q in %q", plain[i:i+1], plain)
	}
}

// TestComparisonSaysWhatIsLeftOut looks for the count of what is not shown,
// and for all of it with All.
func TestComparisonSaysWhatIsLeftOut(t *testing.T) {
	c := crowd(t, 2, 14, func(i int) string { return fmt.Sprintf("Voice %c", 'A'+i) }, "The hall stays.")
	short, all := comparisonText(t, c, TextOptions{Width: 80}), comparisonText(t, c, TextOptions{Width: 80, All: true})
	if n := strings.Count(short, "… and 4 more (--all)"); n != 6 {
		t.Errorf("%d of 6 sections say that 4 are left out:\n%s", n, short)
	}
	if strings.Contains(short, "u11") || !strings.Contains(all, "u14") || strings.Contains(all, "--all") {
		t.Errorf("shown is not what was asked for:\n%s\n%s", short, all)
	}
}

// TestComparisonShowsAWordingOnce has a report with the longest wording and
// thirteen with another, of which one credits it in words of its own.
func TestComparisonShowsAWordingOnce(t *testing.T) {
	c := crowd(t, 14, 1, func(i int) string { return fmt.Sprintf("Voice %c", 'A'+i) }, "The hall stays.")
	c.Reports[2].Statements[0].Cue[0].End = len("The")
	for all, want := range map[bool]string{
		false: "The same words: Voice C (The, ¶1) · Voice D (¶1) · Voice E (¶1) · Voice F (¶1) · Voice G (¶1) · … and 7 more (--all)",
		true:  "Voice L (¶1) · Voice M (¶1) · Voice N (¶1)",
	} {
		out := strings.Join(strings.Fields(comparisonText(t, c, TextOptions{Width: 80, All: all})), " ")
		if !strings.Contains(out, want) || strings.Count(out, ", altered") != 1 {
			t.Errorf("no %q, and one altered wording, in\n%s", want, out)
		}
	}
}

func TestComparisonColumns(t *testing.T) {
	for _, c := range []struct {
		reports, width int
		want           []string
	}{
		{3, 80, []string{"BOA  BOB  BOC\n", "  V    A    A\n"}},
		{8, 80, []string{"1  2  3  4  5  6  7  8\n", "  V  A  A  A  A  A  A  A\n"}},
		{26, 80, []string{"V: 1 · A: 2, 3, 4, 5,"}},
		{3, 32, []string{"  BOA  BOB  BOC\n"}},
	} {
		out := comparisonText(t, crowd(t, c.reports, 1, func(i int) string { return fmt.Sprintf("Big Outlet %c", 'A'+i) }, "The hall stays."), TextOptions{Width: c.width})
		for _, want := range c.want {
			if !strings.Contains(out, want) {
				t.Errorf("%d reports: no %q in\n%s", c.reports, want, out)
			}
		}
	}
}

func TestComparisonOfLittle(t *testing.T) {
	for _, c := range []struct {
		c    *comparison.Comparison
		want string
	}{
		{&comparison.Comparison{}, "TENSIONS\nNo tensions found."},
		{crowd(t, 1, 1, func(int) string { return "Herald" }, "The hall stays."), "One article, so nothing to compare it with: 1 utterance, 1 voice."},
		{crowd(t, 2, 0, func(int) string { return "Herald" }, "The hall stays."), "No utterance was found in two outlets."},
	} {
		if out := comparisonText(t, c.c, TextOptions{Width: 80}); !strings.Contains(out, c.want) {
			t.Errorf("no %q in\n%s", c.want, out)
		}
	}
}

// TestSameText looks that copies are named, in a list and in a line.
func TestSameText(t *testing.T) {
	for reports, want := range map[int]string{2: "Voice B · the same text as Voice A", 14: "14 Voice N (the same text as 1)"} {
		c := crowd(t, reports, 1, func(i int) string { return fmt.Sprintf("Voice %c", 'A'+i) }, "The hall stays.")
		c.Reports[0].Article.Body += "\n"
		for i := range c.Reports {
			c.Reports[i].Article.Title = ""
		}
		if out := strings.Join(strings.Fields(comparisonText(t, c, TextOptions{Width: 80})), " "); !strings.Contains(out, want) || strings.Count(out, "same text") != reports-1 {
			t.Errorf("no %q once for each copy in\n%s", want, out)
		}
	}
}

func TestAbbreviated(t *testing.T) {
	for name, want := range map[string]string{
		"The Daily Observer of the North": "DOOTN", "Reuters": "Reuters", "The Hill": "Hill", "www.harbour-observer.example": "harbour…", "— —— ——————": "—",
	} {
		if got := abbreviated(name); got != want {
			t.Errorf("abbreviated(%q) = %q, want %q", name, got, want)
		}
	}
}

// TestComparisonOfMany doubles the reports and looks that the time does not
// grow with their square.
func TestComparisonOfMany(t *testing.T) {
	took := func(n int) time.Duration {
		c := crowd(t, n, 10, func(i int) string { return fmt.Sprintf("Outlet %d", i) }, strings.Repeat("The hall stays where it is. ", 5))
		best := time.Hour
		for range 3 {
			begin := cputime.Spent()
			comparisonText(t, c, TextOptions{Width: 80, All: true})
			best = min(best, cputime.Spent()-begin)
		}
		return best
	}
	if small, large := took(40), took(320); large > 24*small+20*time.Millisecond {
		t.Errorf("40 reports take %v, 320 take %v", small, large)
	}
}
