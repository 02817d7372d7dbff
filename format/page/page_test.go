package page_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"math/rand"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"onrecord/article"
	"onrecord/comparison"
	"onrecord/english"
	"onrecord/format/page"
	"onrecord/speaker"
	"onrecord/text"
	"onrecord/utterance"
)

// written is the page of comparisons.
func written(t *testing.T, comparisons ...*comparison.Comparison) string {
	t.Helper()
	var b bytes.Buffer
	if err := page.Write(&b, comparisons); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// parsed reads a page as a browser does.
func parsed(t *testing.T, source string) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(source))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func all(root *html.Node, selector string) []*html.Node {
	return cascadia.QueryAll(root, cascadia.MustCompile(selector))
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// words is the text inside a node on one line, without what the skipped
// selectors match.
func words(n *html.Node, skip ...string) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		for _, s := range skip {
			if n.Type == html.ElementNode && cascadia.MustCompile(s).Match(n) {
				return
			}
		}
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}

// TestFull looks for everything that a comparison has.
func TestFull(t *testing.T) {
	root := parsed(t, written(t, ferry()))
	for selector, want := range map[string]int{
		"html[lang=en]":                            1,
		"h1":                                       1,
		".outlets li":                              3,
		"tbody.utterance":                          6,
		"#u1 td > a.mention":                       3,
		"#u1 .variant":                             3,
		"#u1 .variant del.changed":                 3,
		"#u1 .variant ins.changed":                 3,
		"#u3 .mention.absent":                      1,
		".tension":                                 3,
		".tension .flag":                           1,
		".tension .flag strong":                    1,
		".side":                                    6,
		".figures tbody tr":                        2,
		"tr.differs":                               1,
		"tr.differs .value":                        4,
		".lone-figures li":                         1,
		".voices tbody tr":                         5,
		".framing .cues li":                        2,
		".shares .bar rect":                        9,
		".evaluative li":                           1,
		".timeline li":                             4,
		"details.only":                             2,
		"li.utterance":                             2,
		".column":                                  3,
		`.column mark[data-u~="u1"]`:               4, // one for each piece
		`.column mark[data-u="u2 u3"]`:             1, // a quotation inside a quotation
		`.column a[href^="https:"]`:                1,
		`.column a[rel="noopener noreferrer"]`:     1,
		`a[href^="javascript"], [src], link`:       0,
		"[style], [onclick]":                       0,
		".matrix [role=rowheader]":                 6,
		"meta[http-equiv=Content-Security-Policy]": 1,
	} {
		if got := len(all(root, selector)); got != want {
			t.Errorf("%s: %d, want %d", selector, got, want)
		}
	}
	for selector, want := range map[string]string{
		"h1":           "Skerrow County to shut Quill Island ferry after 5-4 vote",
		".kicker":      "One story, 3 articles · 17–19 March 2026",
		".counts":      "6 utterances in two or more outlets 2 in one 3 tensions 1 figure differs",
		"#u2 .speaker": "Lindqvist’s father, unnamed",
		"#u3 .short":   "“My father used to say, ‘A road you close is a road you never open again,’” … “You don’t close a ferry. You close a road.”",
		".flag":        "Those figures appear at odds with the sums of economist Yusuf Haddad, who said on Sunday that the true loss was closer to $2.8 million.",
	} {
		if got := words(all(root, selector)[0]); got != want {
			t.Errorf("%s is %q, want %q", selector, got, want)
		}
	}
	diffs := all(root, "#u1 .variant .wording")
	for i, want := range []string{
		"“Nobody on this council wants to be the one who turned the lights off on Quill Island,” … “But we cannot keep paying for a boat that sails empty.”",
		`" [changed from: Nobody to: No one] on this council wants to be the [changed from: one to: person] who turned the lights off on Quill Island, but we [changed from: cannot to: can't] keep paying for a boat that sails empty,"`,
		"[dropped: Nobody on this council wants to be the one who turned the lights off on Quill Island] [dropped: But we cannot keep paying for] ‘a boat that sails empty’",
	} {
		if got := words(diffs[i]); strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(want, " ", "") {
			t.Errorf("diff %d is %q, want %q", i, got, want)
		}
	}
	if regexp.MustCompile(`(?i)\b(lies?|lied|false|untrue)\b`).MatchString(words(root, "style", "script")) {
		t.Error("the page says that somebody lies")
	}
}

// TestLinks checks that every link inside the page leads somewhere, and that
// no two elements share a name.
func TestLinks(t *testing.T) {
	root := parsed(t, written(t, ferry(), ferry()))
	seen := map[string]bool{}
	for _, n := range all(root, "[id]") {
		if seen[attr(n, "id")] {
			t.Errorf("two elements are named %q", attr(n, "id"))
		}
		seen[attr(n, "id")] = true
	}
	named := 0
	for _, name := range []string{"href", "aria-labelledby"} {
		for _, n := range all(root, "["+name+"]") {
			to, inside := strings.CutPrefix(attr(n, name), "#")
			if name == "href" && !inside {
				continue
			}
			named++
			if !seen[to] {
				t.Errorf("%s=%q leads nowhere", name, to)
			}
		}
	}
	if named < 100 {
		t.Errorf("only %d links", named)
	}
	if n := len(all(root, "article.story")); n != 2 {
		t.Errorf("%d stories", n)
	}
	if got, want := words(all(root, ".stories p")[0]), "These articles tell 2 stories."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestEmpty checks comparisons in which little or nothing was found.
func TestEmpty(t *testing.T) {
	bare := newTelling().Comparison
	for name, comparisons := range map[string][]*comparison.Comparison{
		"no story":      nil,
		"no article":    {{}},
		"bare articles": {bare},
		"empty body":    {{Reports: []comparison.Report{{Doc: &english.Doc{Text: text.Split("")}}}}},
	} {
		t.Run(name, func(t *testing.T) {
			root := parsed(t, written(t, comparisons...))
			if len(all(root, "main .none")) == 0 {
				t.Error("nothing says that nothing was found")
			}
			if n := len(all(root, "tbody, .tension, .timeline, .framing")); n != 0 {
				t.Errorf("%d parts without content", n)
			}
		})
	}
}

// TestPolicy checks that the page allows its own style and script, and
// nothing else.
func TestPolicy(t *testing.T) {
	root := parsed(t, written(t, ferry()))
	policy := attr(all(root, "meta[http-equiv=Content-Security-Policy]")[0], "content")
	if !regexp.MustCompile(`^default-src 'none'; style-src 'sha256-[^' ]+'; script-src 'sha256-[^' ]+'; base-uri 'none'; form-action 'none'$`).MatchString(policy) {
		t.Errorf("policy %q", policy)
	}
	for _, name := range []string{"style", "script"} {
		nodes := all(root, name)
		if len(nodes) != 1 {
			t.Fatalf("%d elements %s", len(nodes), name)
		}
		sum := sha256.Sum256([]byte(nodes[0].FirstChild.Data))
		if want := name + "-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(policy, want) {
			t.Errorf("policy %q has not %q", policy, want)
		}
	}
}

// hostile is an article's text that tries to be more than text.
const hostile = "<script>alert(1)</script> & &lt;b&gt; \"'> <!-- --> ]]> {{.}} \u202Etxt.exe\u202C \u2066a\u2069 nul\x00 bell\a </style></script></details>"

// hostileStory is a story whose every text is hostile, with a quotation of ten
// thousand words.
func hostileStory() *comparison.Comparison {
	t := telling{&comparison.Comparison{}}
	long := "“" + strings.TrimSpace(strings.Repeat("again and ", 5000)) + ".”"
	for i := range 2 {
		t.report(article.Article{
			ID: fmt.Sprint(i), Outlet: hostile, Title: hostile, Byline: []string{hostile}, URL: "https://a.example/\"><script>alert(2)</script>",
			Body: hostile + "\n\n“" + hostile + "” he said.\n\n" + long + " she said.",
		})
	}
	who := speaker.Speaker{ID: "x", Name: hostile, Role: hostile}
	for a := range 2 {
		quoted := t.said(a, who, "he", "said", utterance.Verbatim, "“"+hostile+"”")
		endless := t.said(a, who, "she", "said", utterance.Verbatim, long)
		if a == 0 {
			t.Utterances = []utterance.Utterance{{Speaker: who, Venue: hostile, Variants: []utterance.Variant{quoted}}, {Speaker: who, Variants: []utterance.Variant{endless}}}
			continue
		}
		quoted.Changes = []utterance.Change{t.change(utterance.Changed, 0, "alert(1)", 1, "txt.exe"), t.change(utterance.Dropped, 0, hostile, 1, "")}
		endless.Changes = []utterance.Change{{Operation: utterance.Kept, Longest: endless.Spans[0], Here: endless.Spans[0]}}
		t.Utterances[0].Variants = append(t.Utterances[0].Variants, quoted)
		t.Utterances[1].Variants = append(t.Utterances[1].Variants, endless)
	}
	t.Tensions = []comparison.Tension{{
		Between: [2]comparison.Side{{Article: 0, Statement: 1, Span: t.at(0, long)}, {Article: 1, Statement: -1, Span: t.at(1, hostile)}},
		Reason:  "<b>", FlaggedBy: 1, Flag: t.at(1, "alert"),
	}}
	t.Voices = []comparison.Voice{{Speaker: who, Articles: []comparison.VoiceIn{part(1, 1, 1, 1), part(1, 1, 1, 1)}}}
	return t.Comparison
}

func TestHostile(t *testing.T) {
	source := written(t, hostileStory())
	for _, r := range "\u202E\u202C\u2066\u2069\x00\a" {
		if strings.ContainsRune(source, r) {
			t.Errorf("the page holds %U", r)
		}
	}
	root := parsed(t, source)
	if n := len(all(root, "script")); n != 1 {
		t.Errorf("%d scripts", n)
	}
	want := "<script>alert(1)</script> & &lt;b&gt; \"'> <!-- --> ]]> {{.}} \uFFFDtxt.exe\uFFFD \uFFFDa\uFFFD nul\uFFFD bell\uFFFD </style></script></details>"
	for _, selector := range []string{"title", "h1", ".outlet-name", ".column h3", "#a1-p1 p", ".who", "#u1 .short"} {
		if got := words(all(root, selector)[0]); !strings.Contains(got, want) {
			t.Errorf("%s is %q", selector, got)
		}
	}
	for _, selector := range []string{"#u2 .variant .wording > p", ".side .wording > p", "#a1-p3 > p"} {
		if n := len(strings.Fields(words(all(root, selector)[0]))); n > 200 {
			t.Errorf("%s shows %d words at once", selector, n)
		}
	}
	if got, want := words(all(root, "#u2 .variant details summary")[0]), "9880 more words"; got != want {
		t.Errorf("the rest is called %q, want %q", got, want)
	}
}

// TestOverlaps lays passages over each other at random: the text of each
// paragraph must stay what it is, and each passage must be marked whole.
func TestOverlaps(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	for range 200 {
		c := newTelling()
		body := c.Reports[0].Article.Body
		paragraphs := c.Reports[0].Doc.Paragraphs
		want := map[string]string{}
		for i := range 12 {
			tokens := c.Reports[0].Doc.Text.Tokens
			first := random.Intn(len(tokens))
			last := min(first+random.Intn(60), len(tokens)-1)
			v := utterance.Variant{Rendering: utterance.Verbatim, Spans: []text.Span{{Start: tokens[first].Start, End: tokens[last].End}}}
			c.Utterances = append(c.Utterances, utterance.Utterance{Variants: []utterance.Variant{v}})
			want[fmt.Sprintf("u%d", i+1)] = squeezed(v.Spans[0].Of(body))
		}
		root := parsed(t, written(t, c.Comparison))
		for i, n := range all(root, "#a1 .paragraph") {
			if got, want := words(n, ".ref", ".paragraph-number", "summary"), strings.Join(strings.Fields(paragraphs[i].Of(body)), " "); got != want {
				t.Fatalf("paragraph is %q, want %q", got, want)
			}
		}
		got := map[string]string{}
		for _, n := range all(root, "#a1 mark") {
			for _, u := range strings.Fields(attr(n, "data-u")) {
				got[u] += squeezed(words(n))
			}
		}
		for u, w := range want {
			if got[u] != w {
				t.Fatalf("%s is marked %q, want %q", u, got[u], w)
			}
			if len(all(root, `#a1 a.ref[href="#`+u+`"]`)) != 1 || len(all(root, `[id="`+u+`.a1"]`)) != 1 {
				t.Fatalf("%s has not one number and one anchor", u)
			}
		}
	}
}

// squeezed is s without white space.
func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }

// TestManyOutlets checks that outlets of one name are told apart, and that
// each has its column everywhere.
func TestManyOutlets(t *testing.T) {
	c := newTelling()
	for range 7 {
		c.report(article.Article{Outlet: "Coastline Wire", Body: wire})
	}
	v := utterance.Variant{Rendering: utterance.Verbatim, Spans: []text.Span{{Start: 0, End: 4}}}
	far := v
	far.Article = 9
	c.Utterances = []utterance.Utterance{{Variants: []utterance.Variant{v, far}}}
	root := parsed(t, written(t, c.Comparison))
	var names []string
	for _, n := range all(root, ".matrix thead th") {
		names = append(names, words(n))
	}
	if len(names) != 11 || names[2] != "Coastline Wire (1)" || names[10] != "Coastline Wire (8)" || len(slices.Compact(slices.Sorted(slices.Values(names)))) != 11 {
		t.Errorf("columns %q", names)
	}
	if n := len(all(root, ".outlets .tag")); n != 7 || !strings.HasPrefix(words(all(root, ".outlets .tag")[0]), "the same text as Coastline Wire") {
		t.Errorf("%d outlets print the same text", n)
	}
	if n := len(all(root, "#u1 tr:first-child td")); n != 10 {
		t.Errorf("%d cells", n)
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errFull }

var errFull = errors.New("disk full")

func TestWriteError(t *testing.T) {
	if err := page.Write(failing{}, nil); !errors.Is(err, errFull) {
		t.Errorf("error is %v", err)
	}
}

func BenchmarkWrite(b *testing.B) {
	c := []*comparison.Comparison{ferry()}
	var out bytes.Buffer
	for b.Loop() {
		out.Reset()
		if err := page.Write(&out, c); err != nil {
			b.Fatal(err)
		}
	}
}
