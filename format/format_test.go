package format

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/english"
	"onrecord/evaluation"
	"onrecord/pipeline"
	"onrecord/speaker"
	"onrecord/text"
)

var update = flag.Bool("update", false, "write the golden files of testdata")

const body = "Harbour bridge to close 🌉\n\n" +
	"“The bridge is not safe,” Ana Moreno, the transport minister, told Radio Quay on Tuesday. “We will not wait for the first accident, and I will not be the one who has to explain it.”\n\n" +
	"She denied that cafe\u0301 owners had been left out.\n\n" +
	"“It began with the rust.\n\n“Nobody looked,” said an engineer who asked not to be named."

// statement builds a statement from phrases of the body; pieces are split at "|".
func statement(t *testing.T, kind attribution.Kind, source, cue, content string, who speaker.Speaker) speaker.Statement {
	t.Helper()
	s := speaker.Statement{Speaker: who}
	s.Kind, s.Polarity, s.Confidence = kind, attribution.Asserted, 0.90625
	s.Source, s.Cue, s.Content = phrases(t, source), phrases(t, cue), phrases(t, content)
	return s
}

func phrases(t *testing.T, pieces string) []text.Span {
	t.Helper()
	if pieces == "" {
		return nil
	}
	var out []text.Span
	for _, p := range strings.Split(pieces, "|") {
		i := strings.Index(body, p)
		if i < 0 {
			t.Fatalf("%q is not in the body", p)
		}
		out = append(out, text.Span{Start: i, End: i + len(p)})
	}
	return out
}

// sample is a reading with a bit of everything.
func sample(t *testing.T) pipeline.Reading {
	moreno := speaker.Speaker{ID: "ana-moreno", Name: "Ana Moreno", Role: "transport minister"}
	engineer := speaker.Speaker{ID: "engineer", Unnamed: "an engineer who asked not to be named"}
	safe := statement(t, attribution.Direct, "Ana Moreno, the transport minister", "told",
		"“The bridge is not safe,”|“We will not wait for the first accident, and I will not be the one who has to explain it.”", moreno)
	safe.Venue, safe.When, safe.Date = phrases(t, "Radio Quay"), phrases(t, "on Tuesday"), "2026-03-10"
	rust := statement(t, attribution.Direct, "an engineer who asked not to be named", "said", "“It began with the rust.\n\n“Nobody looked,”", engineer)
	rust.Confidence = 0.25
	owners := statement(t, attribution.Indirect, "She", "denied", "that cafe\u0301 owners had been left out", moreno)
	owners.Polarity = attribution.Denied
	head := statement(t, attribution.Indirect, "", "", "Harbour bridge to close 🌉", speaker.Speaker{})
	return pipeline.Reading{
		Article: article.Article{ID: "bridge", Origin: "in/bridge.txt", Outlet: "The Quayside Courier", Title: "Harbour bridge to close", URL: "https://courier.example/bridge",
			Published: time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC), DateOnly: true, Body: body},
		Language:   "en",
		Doc:        &english.Doc{Text: text.FromTokens(body, nil)},
		Statements: []speaker.Statement{head, safe, owners, rust},
	}
}

func TestGolden(t *testing.T) {
	r := sample(t)
	kept := r
	kept.Doc = nil
	for _, c := range []struct {
		file  string
		write func(io.Writer) error
	}{
		{"sample.txt", func(w io.Writer) error { return Text(w, r, 80) }},
		{"narrow.txt", func(w io.Writer) error { return Text(w, r, 40) }},
		{"sample.jsonl", func(w io.Writer) error { return JSONL(w, r, false) }},
		{"selectors.jsonl", func(w io.Writer) error { return JSONL(w, r, true) }},
		{"sample.ann", func(w io.Writer) error { return Brat(w, r) }},
		{"sample.webannotation.jsonl", func(w io.Writer) error { return WebAnnotations(w, r) }},
		{"sample.quotation.jsonl", func(w io.Writer) error { return Quotations(w, kept) }},
		{"sample.gqg.jsonl", func(w io.Writer) error { return GQG(w, kept) }},
		{"sample.citron.json", func(w io.Writer) error { return Citron(w, r) }},
		{"sample.csv", func(w io.Writer) error {
			if err := CSVHeader(w); err != nil {
				return err
			}
			return CSV(w, r)
		}},
	} {
		t.Run(c.file, func(t *testing.T) {
			var out bytes.Buffer
			if err := c.write(&out); err != nil {
				t.Fatal(err)
			}
			got := ansi.Strip(out.String())
			path := filepath.Join("testdata", c.file)
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
		})
	}
}

// TestSpansMeanTheirText cuts every span out of the text by characters.
func TestSpansMeanTheirText(t *testing.T) {
	rec := NewRecord(sample(t), true)
	runes := []rune(rec.Text)
	n := 0
	for _, a := range rec.Attributions {
		for _, role := range []struct {
			spans     []Span
			selectors []TextQuoteSelector
		}{{a.Source, a.Selectors.Source}, {a.Cue, a.Selectors.Cue}, {a.Content, a.Selectors.Content}} {
			for i, s := range role.spans {
				n++
				sel := role.selectors[i]
				if got := string(runes[s[0]:s[1]]); got != sel.Exact {
					t.Errorf("%s: characters %v are %q, selector %q", a.ID, s, got, sel.Exact)
				}
				if want := string(runes[max(0, s[0]-affix):s[0]]); sel.Prefix != want {
					t.Errorf("%s: prefix %q, want %q", a.ID, sel.Prefix, want)
				}
				if want := string(runes[s[1]:min(len(runes), s[1]+affix)]); sel.Suffix != want {
					t.Errorf("%s: suffix %q, want %q", a.ID, sel.Suffix, want)
				}
			}
		}
	}
	if n != 11 {
		t.Errorf("%d spans, want 11", n)
	}
}

// TestBratIsReadBack reads what Brat writes with the reader of gold files.
func TestBratIsReadBack(t *testing.T) {
	r := sample(t)
	var out bytes.Buffer
	if err := Brat(&out, r); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "bridge.ann")
	if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	got, err := evaluation.ReadBrat(path, body)
	if err != nil {
		t.Fatal(err)
	}
	var found []attribution.Attribution
	for _, s := range r.Statements {
		found = append(found, s.Attribution)
	}
	tally, _ := evaluation.Score(body, evaluation.Relations(found), got)
	if tally.Exact != len(found) || tally.Predicted != len(found) {
		t.Errorf("%d of %d attributions came back whole: %+v", tally.Exact, len(found), tally)
	}
}

func TestJSONLeavesNothingOut(t *testing.T) {
	var out bytes.Buffer
	if err := JSONL(&out, pipeline.Reading{Doc: &english.Doc{Text: &text.Text{}}}, false); err != nil {
		t.Fatal(err)
	}
	const want = `{"id":"","outlet":"","title":"","author":[],"url":"","published":"","language":"","fingerprint":"","text":"","attributions":[],"figures":[]}` + "\n"
	if out.String() != want {
		t.Errorf("an empty reading is\n%s", out.String())
	}
	if err := JSONL(&out, sample(t), false); err != nil {
		t.Fatal(err)
	}
	var rec map[string]any
	if err := json.Unmarshal(bytes.SplitAfter(out.Bytes(), []byte("\n"))[1], &rec); err != nil {
		t.Fatal(err)
	}
	first := rec["attributions"].([]any)[0].(map[string]any)
	for _, key := range []string{"id", "kind", "source", "cue", "content", "text", "speaker", "addressee", "venue", "date", "polarity", "via", "confidence", "spans"} {
		if v, there := first[key]; !there || v == nil {
			t.Errorf("an attribution without source has no %q", key)
		}
	}
}

func TestPublished(t *testing.T) {
	at := time.Date(2026, 3, 12, 7, 30, 0, 0, time.FixedZone("", 3600))
	for _, c := range []struct {
		a    article.Article
		want string
	}{
		{article.Article{}, ""},
		{article.Article{Published: at}, "2026-03-12T07:30:00+01:00"},
		{article.Article{Published: at, DateOnly: true}, "2026-03-12"},
	} {
		if got := Published(c.a); got != c.want {
			t.Errorf("published = %q, want %q", got, c.want)
		}
	}
}

// TestTextIsHarmless writes an article that tries to take over the terminal.
func TestCredit(t *testing.T) {
	for _, c := range []struct{ body, source, cue, want string }{
		{"“No,” she said.", "she", "said", "she said"},
		{"“No,” said Ana Moreno, the mayor.", "Ana Moreno", "said", "said Ana Moreno"},
		{"The mayor later said no.", "The mayor", "said", "The mayor said"},
		{"After telling reporters that she would stay, Ana Moreno left.", "Ana Moreno", "telling", "Ana Moreno … telling"},
		{"Did the mayor say so?", "the mayor", "Did|say", "the mayor … Did … say"},
		{"“No.”", "", "", ""},
		{"It is said to leak.", "", "said", "said"},
	} {
		var s speaker.Statement
		for _, piece := range []struct {
			words string
			into  *[]text.Span
		}{{c.source, &s.Source}, {c.cue, &s.Cue}} {
			for words := range strings.SplitSeq(piece.words, "|") {
				if i := strings.Index(c.body, words); words != "" {
					*piece.into = append(*piece.into, text.Span{Start: i, End: i + len(words)})
				}
			}
		}
		if got := Credit(c.body, s); got != c.want {
			t.Errorf("%q is credited with %q, want %q", c.body, got, c.want)
		}
	}
}

func TestTextIsHarmless(t *testing.T) {
	hostile := "Title\x1b]0;owned\x07 \x1b[2J\u202eesrever\u0085\r\x00 \u009b31mred"
	r := pipeline.Reading{
		Article:    article.Article{Title: hostile, Outlet: hostile, URL: hostile, Body: hostile},
		Doc:        &english.Doc{Text: text.FromTokens(hostile, nil)},
		Statements: []speaker.Statement{{Speaker: speaker.Speaker{Name: hostile, Role: hostile}}},
	}
	r.Statements[0].Content = []text.Span{{Start: 0, End: len(hostile)}}
	r.Statements[0].Venue = r.Statements[0].Content
	var out bytes.Buffer
	if err := Text(&out, r, 80); err != nil {
		t.Fatal(err)
	}
	// Styles are ours; nothing else may be left when they are taken away.
	styles := []string{"\x1b[m", "\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[1;36m"}
	plain := out.String()
	for _, s := range styles {
		plain = strings.ReplaceAll(plain, s, "")
	}
	if i := strings.IndexFunc(plain, func(r rune) bool { return r != '\n' && r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u202e' }); i >= 0 {
		t.Errorf("control character %q in %q", plain[i:i+1], plain)
	}
}

func TestTextKeepsItsWidth(t *testing.T) {
	for _, width := range []int{40, 80, 100} {
		var out bytes.Buffer
		if err := Text(&out, sample(t), width); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(out.String()) {
			if got := ansi.StringWidth(strings.TrimSuffix(line, "\n")); got > width && !strings.Contains(line, "https:") {
				t.Errorf("%d columns wide instead of %d: %q", got, width, line)
			}
		}
	}
}

func TestCSVHoldsNoFormula(t *testing.T) {
	r := sample(t)
	r.Article.Title = "=HYPERLINK(\"https://bad.example\")"
	var out bytes.Buffer
	if err := CSV(&out, r); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != len(r.Statements) {
		t.Errorf("%d rows for %d attributions", len(rows), len(r.Statements))
	}
	if got := rows[0][slices.Index(csvColumns, "title")]; !strings.HasPrefix(got, "'=") {
		t.Errorf("title is %q", got)
	}
}
