package gqg

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestParse(t *testing.T) {
	a, err := Parse([]byte(`{"date":"2025-03-04T07:15:00Z","url":"https://www.gazette.example/ferry","title":"Ferry to stop","lang":"eng","quotes":[
		{"pre":"the harbour. Mayor Ada Quist said ","quote":"we did not\nwant this","post":" and left. The crew"},
		{"pre":"","quote":"\"It is over,\"","post":"said Tom Beck."},
		{"pre":"He had called it “","quote":"a mistake","post":"”. Nobody"},
		{"pre":"Nothing","quote":"  ","post":"here"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	want := "the harbour. Mayor Ada Quist said “we did not want this” and left. The crew\n\n" +
		"“It is over,” said Tom Beck.\n\n" +
		"He had called it “a mistake”. Nobody"
	if a.Body != want {
		t.Errorf("got %q, want %q", a.Body, want)
	}
	if a.URL != "https://www.gazette.example/ferry" || a.Title != "Ferry to stop" || a.Language != "en" || a.Published.Format(time.RFC3339) != "2025-03-04T07:15:00Z" || a.DateOnly {
		t.Errorf("got %+v", a)
	}
}

func TestParseErrors(t *testing.T) {
	for _, line := range []string{`{"quotes":[]}`, `{"url":"https://gazette.example/"}`, `{"quotes":[{"quote":" “” "}]}`, `{}`} {
		if _, err := Parse([]byte(line)); !errors.Is(err, ErrNoQuotation) {
			t.Errorf("%s: got %v", line, err)
		}
	}
	for _, line := range []string{``, `[]`, `{"quotes":["x"]}`, `{"date":7}`} {
		if _, err := Parse([]byte(line)); err == nil || errors.Is(err, ErrNoQuotation) {
			t.Errorf("%s: got %v", line, err)
		}
	}
}

func TestTag(t *testing.T) {
	for lang, want := range map[string]string{"ENGLISH": "en", "English": "en", "eng": "en", "EN": "en", "en-GB": "en-GB", "fra": "fr", "French": "french", "": "", "?": "?"} {
		if got := tag(lang); got != want {
			t.Errorf("%q: got %q, want %q", lang, got, want)
		}
	}
}

// A body is made of paragraphs, one a quotation, whatever the record holds.
func FuzzParse(f *testing.F) {
	f.Add(`{"quotes":[{"pre":"He said ","quote":"no","post":"."},{"quote":"\u2029yes"}]}`)
	f.Fuzz(func(t *testing.T, line string) {
		a, err := Parse([]byte(line))
		if err == nil && (!utf8.ValidString(a.Body) || strings.Count(a.Body, "\n\n")+1 > strings.Count(line, "{") || !strings.Contains(a.Body, "“")) {
			t.Fatalf("%q", a.Body)
		}
	})
}
