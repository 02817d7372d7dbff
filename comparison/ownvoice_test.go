package comparison_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"onrecord/article"
	"onrecord/comparison"
	"onrecord/pipeline"
)

func TestOwnVoiceWords(t *testing.T) {
	tests := []struct {
		body                       string
		words, quoted, paraphrased int
	}{
		{"“We won't pay,” the mayor's deputy said.", 7, 3, 0},
		{"The mayor said that the pier would close.", 8, 0, 5},
		{"The mayor said the pier was “a danger to everybody” and would close.", 13, 4, 6},
		{"The pier opened in 1931. It has 40 lamps.", 9, 0, 0},
		{"“The Long Pier” is a novel about the harbor.", 9, 0, 0},
	}
	for _, tt := range tests {
		o := compare(t, tt.body).OwnVoice[0]
		if o.Words != tt.words || o.Quoted != tt.quoted || o.Paraphrased != tt.paraphrased || o.Own() != tt.words-tt.quoted-tt.paraphrased {
			t.Errorf("%q: %d words, %d quoted, %d paraphrased, want %d, %d, %d", tt.body, o.Words, o.Quoted, o.Paraphrased, tt.words, tt.quoted, tt.paraphrased)
		}
	}
}

func TestEvaluative(t *testing.T) {
	tests := []struct {
		body string
		want []string // word/judgement
	}{
		{"The council made little headway on its disastrous budget.", []string{"made little headway/drama", "disastrous/blame"}},
		{"Ada Quill gave combative, often-vague answers.", []string{"combative/blame", "often-vague/doubt"}},
		{"The mayor lashed out at the board on Friday.", []string{"lashed out/saying"}},
		{"Mr. Lund slammed the board for its plan.", []string{"slammed/saying"}},
		{"It was a visually spectacular opening.", []string{"visually spectacular/drama"}},
		{"The supposed savings never came.", []string{"supposed/doubt"}},
		{"The town opened the “free” market in June.", []string{"free/scare"}},
		{"Waves hammered the pier all night.", nil},
		{"The board met on Tuesday to discuss the harbor.", nil},
		{"“It is a disastrous budget,” Ada Quill said.", nil},
		{"Ada Quill said that the budget was disastrous.", nil},
		{"Critics approved what they called a disastrous budget.", nil},
		{"He read from “Brilliant Harbor” on Friday.", nil},
		{"The Brave Sailors Club met on Friday.", nil},
		{"The form was marked “paid.”", nil},
		{"The rise was not unprecedented.", nil},
	}
	for _, tt := range tests {
		c := compare(t, tt.body)
		var got []string
		for _, e := range c.OwnVoice[0].Evaluative {
			got = append(got, e.Word.Of(tt.body)+"/"+string(e.Judgement))
			if !e.Sentence.Contains(e.Word) {
				t.Errorf("%q: %v outside of its sentence %v", tt.body, e.Word, e.Sentence)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q: %q, want %q", tt.body, got, tt.want)
		}
	}
}

// FuzzCompare sets any text beside itself and checks what is counted and that
// every span is one of the text.
func FuzzCompare(f *testing.F) {
	p, err := pipeline.Default()
	if err != nil {
		f.Fatal(err)
	}
	for _, body := range []string{
		"“The pier is “not” safe,” Ana Moreno said Tuesday. The so-called plan was disastrous, and on May 3 it was dropped.",
		"Last week the “free” ferry made little headway. “‘Nobody",
		"late late late Monday morning, the 3rd of May, 2024\n\nin 2019 “ in 2020 ” said",
		"\x00 e\u0301 🌉 don't '' “a” b “a” b \u202e",
	} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		if !utf8.ValidString(body) || len(body) > 10_000 {
			return
		}
		r, err := p.Read(article.Article{Body: body, Language: "en", Published: published})
		if err != nil {
			return
		}
		c := pipeline.Compare([]pipeline.Reading{r, r})
		for _, o := range c.OwnVoice {
			if o.Own() < 0 || o.Quoted < 0 || o.Paraphrased < 0 || o.Words > len(r.Doc.Tokens) {
				t.Errorf("%d words, %d quoted, %d paraphrased", o.Words, o.Quoted, o.Paraphrased)
			}
			end := 0
			for _, e := range o.Evaluative {
				if e.Word.Start < end || e.Word.Len() <= 0 || !e.Sentence.Contains(e.Word) || e.Sentence.End > len(body) || e.Judgement == "" {
					t.Errorf("evaluation %+v after %d of %d bytes", e, end, len(body))
				}
				end = e.Word.End
			}
		}
		checkVoices(t, c)
		checkTimeline(t, c)
	})
}

func checkVoices(t *testing.T, c *comparison.Comparison) {
	for a := range c.Reports {
		credited := 0
		for _, v := range c.Voices {
			in := v.Articles[a]
			credited += in.Quoted + in.Paraphrased
			if (in.Statements == 0) != (in.Order == 0) {
				t.Errorf("%s has %+v", v.Speaker.ID, in)
			}
		}
		if o := c.OwnVoice[a]; credited > o.Quoted+o.Paraphrased {
			t.Errorf("%d words of voices, %d credited", credited, o.Quoted+o.Paraphrased)
		}
	}
}

// BenchmarkCompare sets two articles of 800 words side by side.
func BenchmarkCompare(b *testing.B) {
	p, err := pipeline.Default()
	if err != nil {
		b.Fatal(err)
	}
	const paragraph = "Mayor Ada Quill lashed out at the board on Tuesday, saying that the so-called harbor plan was “a gift to nobody.”\n\n" +
		"“We have spent every dollar on the new bridge,” she said. The board, which met last week, made little headway.\n\n" +
		"Tom Lund, an engineer, claimed on May 3 that the pier was not safe. It opened in 1931 and was closed in 2019.\n\n"
	r, err := p.Read(article.Article{Body: strings.Repeat(paragraph, 13), Language: "en", Published: published})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		pipeline.Compare([]pipeline.Reading{r, r})
	}
}
