package pipeline

import (
	"errors"
	"strings"
	"testing"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/english"
	"onrecord/text"
)

// bare parses nothing: a Doc without tags.
type bare struct{}

func (bare) Parse(t *text.Text) *english.Doc {
	d := &english.Doc{Text: t, Tokens: make([]english.Token, len(t.Tokens))}
	for i, s := range t.Tokens {
		d.Tokens[i] = english.Token{Span: s, Form: s.Of(t.Body), Head: -1}
	}
	d.Link()
	return d
}

// none finds nothing, and panics over a text that holds the word "bomb".
type none struct{}

func (none) Find(d *english.Doc) []attribution.Attribution {
	if strings.Contains(d.Body, "bomb") {
		panic("a bomb")
	}
	return nil
}

const (
	french = "Le ministre a déclaré mardi que le projet serait abandonné, selon une source proche du dossier. " +
		"Les habitants attendaient une réponse depuis des mois, et la mairie promet une réunion la semaine prochaine."
	plain = "The council met on Tuesday to hear what the residents had to say about the bridge. " +
		"Nobody spoke against the plan, and the chair closed the meeting after an hour of questions from the public, most of them about the cost of it."
)

func TestRead(t *testing.T) {
	for _, c := range []struct {
		name     string
		article  article.Article
		force    bool
		language string
		want     error
	}{
		{name: "English", article: article.Article{Body: plain}, language: "en"},
		{name: "declared English of a region", article: article.Article{Body: "Yes.", Language: "en_GB"}, language: "en"},
		{name: "too short to judge", article: article.Article{Body: "Ja."}},
		{name: "empty", article: article.Article{Body: " \n\u00a0\n"}, want: ErrEmpty},
		{name: "too large", article: article.Article{Body: strings.Repeat("word ", MaxBytes/5+1)}, want: ErrTooLarge},
		{name: "not UTF-8", article: article.Article{Body: "caf\xe9"}, want: ErrNotUTF8},
		{name: "declared German", article: article.Article{Body: plain, Language: "de-AT"}, language: "de", want: ErrNotEnglish},
		{name: "French", article: article.Article{Body: french}, language: "fr", want: ErrNotEnglish},
		{name: "Russian", article: article.Article{Body: strings.Repeat("Министр заявил, что проект закрыт. ", 4)}, language: "ru", want: ErrNotEnglish},
		{name: "French, forced", article: article.Article{Body: french}, force: true, language: "fr"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := &Pipeline{Parser: bare{}, Finder: none{}, AnyLanguage: c.force}
			r, err := p.Read(c.article)
			if !errors.Is(err, c.want) {
				t.Errorf("error %v, want %v", err, c.want)
			}
			if r.Language != c.language {
				t.Errorf("language %q, want %q", r.Language, c.language)
			}
			if err == nil && r.Doc == nil {
				t.Error("no Doc")
			}
			want := c.want
			if want == ErrNotUTF8 {
				want = nil
			}
			if got := Skipped(err); got != want {
				t.Errorf("Skipped = %v, want %v", got, want)
			}
		})
	}
}

func TestReadRecovers(t *testing.T) {
	_, err := (&Pipeline{Parser: bare{}, Finder: none{}}).Read(article.Article{Body: "a bomb"})
	var p *PanicError
	if !errors.As(err, &p) || p.Value != "a bomb" || !strings.Contains(string(p.Stack), "pipeline_test.go") {
		t.Errorf("got %v, want a PanicError with its stack", err)
	}
	if Skipped(err) != nil {
		t.Error("a panic counts as skipped")
	}
}

func TestReadAllPassesErrorsOn(t *testing.T) {
	broken := errors.New("broken file")
	inputs := func(yield func(article.Article, error) bool) {
		_ = yield(article.Article{}, broken) && yield(article.Article{Body: "a bomb"}, nil) && yield(article.Article{Body: plain}, nil)
	}
	var got []error
	for o := range (&Pipeline{Parser: bare{}, Finder: none{}}).ReadAll(t.Context(), inputs, 2) {
		got = append(got, o.Err)
	}
	var p *PanicError
	if len(got) != 3 || !errors.Is(got[0], broken) || !errors.As(got[1], &p) || got[2] != nil {
		t.Errorf("outcomes %v, want the broken file, the panic and nil", got)
	}
}
