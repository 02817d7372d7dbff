package format

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"onrecord/figure"
	"onrecord/pipeline"
	"onrecord/text"
)

// full is a reading in which every field that a record keeps is set.
func full(t *testing.T) pipeline.Reading {
	t.Helper()
	r := sample(t)
	r.Doc, r.Fingerprint = nil, "stages 1, model 00ff"
	r.Article.Byline = []string{"Ines Duarte", "Tom Okafor"}
	r.Article.Language = "en"
	tokens := text.Split(body).Tokens
	for i := range r.Statements {
		s := &r.Statements[i]
		s.SourceHead, s.CueHead, s.Confidence = -1, -1, 0.9063
		for j, tok := range tokens {
			if len(s.Source) > 0 && s.Source[0].Start == tok.Start {
				s.SourceHead = j
			}
			if len(s.Cue) > 0 && s.Cue[0].Start == tok.Start {
				s.CueHead = j
			}
		}
	}
	s := &r.Statements[1]
	s.Addressee, s.Via, s.Reporter = phrases(t, "Radio|Quay"), phrases(t, "Harbour bridge"), "The Harbour Wire"
	at := func(words string) text.Span { return phrases(t, words)[0] }
	r.Figures = []figure.Figure{
		{Span: at("first"), Value: 2.5, High: 3, Bound: figure.Between, Unit: "mile", Of: phrases(t, "The bridge|safe"), Subject: []string{"bridge", "safe"}, Head: "bridge", AsOf: "2026-03", When: at("on Tuesday"), Statement: 1},
		{Span: at("🌉"), Value: 1e6, High: 1e6, Statement: -1},
	}
	return r
}

func TestReadingIsRestored(t *testing.T) {
	want := full(t)
	want.Article.Origin = "" // of no use on another machine
	for _, selectors := range []bool{false, true} {
		var lines bytes.Buffer
		if err := JSONL(&lines, want, selectors); err != nil {
			t.Fatal(err)
		}
		first := lines.String()
		lines.WriteString("\n  \n")
		n := 0
		for rec, err := range Records(&lines) {
			if err != nil {
				t.Fatal(err)
			}
			got, err := rec.Reading()
			if err != nil {
				t.Fatal(err)
			}
			n++
			if got.Figures[1].Subject = nil; !reflect.DeepEqual(got, want) {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
			var again bytes.Buffer
			if err := JSONL(&again, got, selectors); err != nil {
				t.Fatal(err)
			}
			if again.String() != first {
				t.Errorf("JSON Lines are\n%safter\n%s", again.String(), first)
			}
		}
		if n != 1 {
			t.Errorf("%d records, want 1", n)
		}
	}
}

func TestPublishedIsRestored(t *testing.T) {
	r := full(t)
	for _, at := range []time.Time{{}, time.Date(2026, 3, 12, 7, 30, 5, 0, time.UTC), time.Date(2026, 3, 12, 23, 0, 0, 0, time.FixedZone("", -5*3600))} {
		r.Article.Published, r.Article.DateOnly = at, false
		rec := NewRecord(r, false)
		got, err := rec.Reading()
		if err != nil {
			t.Fatal(err)
		}
		if again := NewRecord(got, false); again.Published != rec.Published || !got.Article.Published.Equal(at) {
			t.Errorf("published %q, want %q", again.Published, rec.Published)
		}
	}
}

func TestBadRecords(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*Record)
		want  string
	}{
		"bytes for characters": {func(r *Record) { r.Attributions[1].Content[0] = Span{29, 56} }, "attribution 2: text is"},
		"beyond the end":       {func(r *Record) { r.Attributions[1].Source[0][1] = 1e6 }, "no span [53 1000000]"},
		"negative":             {func(r *Record) { r.Attributions[1].Cue[0][0] = -1 }, "no span [-1 93]"},
		"backwards":            {func(r *Record) { r.Figures[0].Span = Span{9, 3} }, "figure 1: no span [9 3]"},
		"out of order": {func(r *Record) {
			c := r.Attributions[1].Content
			c[0], c[1] = c[1], c[0]
		}, "no span [27 52]"},
		"no content":        {func(r *Record) { r.Attributions[0].Content = nil }, "without content"},
		"unknown kind":      {func(r *Record) { r.Attributions[0].Kind = "shouted" }, `no kind is called "shouted"`},
		"unknown polarity":  {func(r *Record) { r.Attributions[0].Polarity = "" }, `no polarity is called ""`},
		"unknown bound":     {func(r *Record) { r.Figures[0].Bound = "around" }, `no bound is called "around"`},
		"foreign addressee": {func(r *Record) { r.Attributions[1].Addressee = "Nobody" }, `addressee is "Nobody", not "Radio Quay"`},
		"foreign venue":     {func(r *Record) { r.Attributions[1].Spans.Venue = nil }, `venue is "Radio Quay", not ""`},
		"foreign id":        {func(r *Record) { r.Attributions[1].ID = "a1" }, `id is "a1"`},
		"figure of nobody":  {func(r *Record) { r.Figures[0].Statement = "a9" }, `there is no attribution "a9"`},
		"figure's speaker":  {func(r *Record) { r.Figures[1].Speaker = "Ana Moreno" }, `figure 2: speaker is "Ana Moreno"`},
		"published":         {func(r *Record) { r.Published = "some day" }, "date not understood"},
	} {
		t.Run(name, func(t *testing.T) {
			rec := NewRecord(full(t), false)
			c.spoil(&rec)
			_, err := rec.Reading()
			if !errors.Is(err, ErrRecord) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
		})
	}
	for want, rec := range map[error]Record{
		pipeline.ErrEmpty: {}, pipeline.ErrTooLarge: {Text: strings.Repeat("a", pipeline.MaxBytes+1)}, pipeline.ErrNotUTF8: {Text: "\xff"},
	} {
		if _, err := rec.Reading(); !errors.Is(err, want) {
			t.Errorf("error %v, want %v", err, want)
		}
	}
}

func TestRecordsGoOnAfterABadLine(t *testing.T) {
	in := "{\"id\":1}\nnonsense\n{\"id\":\"plain\",\"text\":\"Nobody read this.\"}\n\n{\"id\":\"\xff\",\"attributions\":[]}\n{\"id\":\"good\",\"attributions\":[]}"
	var got []string
	for rec, err := range Records(strings.NewReader(in)) {
		if err != nil {
			got = append(got, err.Error()[:len("line 1")])
			if !errors.Is(err, ErrRecord) {
				t.Error(err)
			}
			if errors.Is(err, ErrUnread) != (rec.ID == "plain") {
				t.Errorf("%q: %v", rec.ID, err)
			}
			continue
		}
		got = append(got, rec.ID)
	}
	if want := "line 1 line 2 line 3 line 5 good"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
	broken := io.MultiReader(strings.NewReader("{\"attributions\":[]}\n{"), failing{})
	var last error
	for _, err := range Records(broken) {
		last = err
	}
	if !errors.Is(last, io.ErrClosedPipe) {
		t.Errorf("error %v of a broken pipe", last)
	}
}

// failing is a reader that fails.
type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, io.ErrClosedPipe }

// FuzzRecord restores what may not be a record: whatever is restored can be
// written in every format, and is the same when it is restored again.
func FuzzRecord(f *testing.F) {
	f.Add(`{"text":"“No,” said Ana.","attributions":[{"id":"a1","kind":"direct","polarity":"asserted","content":[[0,5]],"text":"“No,”","cue":[[6,10]],"spans":{"cue_head":[[6,10]]}}],"figures":[{"span":[1,3]}]}`)
	f.Fuzz(func(t *testing.T, line string) {
		rec, err := parseRecord([]byte(line))
		if err != nil {
			return
		}
		r, err := rec.Reading()
		if err != nil {
			return
		}
		var once, twice bytes.Buffer
		if err := JSONL(&once, r, true); err != nil {
			t.Fatal(err)
		}
		var again Record
		if err := json.Unmarshal(once.Bytes(), &again); err != nil {
			t.Fatal(err)
		}
		if r, err = again.Reading(); err != nil {
			t.Fatalf("%v in\n%s", err, once.String())
		}
		if err := JSONL(&twice, r, true); err != nil {
			t.Fatal(err)
		}
		if once.String() != twice.String() {
			t.Errorf("\n%safter\n%s", twice.String(), once.String())
		}
		for _, write := range []func(io.Writer, pipeline.Reading) error{Brat, Citron, CSV, WebAnnotations, Quotations, GQG} {
			if err := write(io.Discard, r); err != nil {
				t.Error(err)
			}
		}
	})
}
