package reader

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestParseRecord(t *testing.T) {
	a, err := parseRecord([]byte(`{"id":"x","outlet":"Courier","title":"T","url":"https://courier.example/a","published":"2025-03-04T07:03:25+01:00","date":"2024-01-01",
		"language":"en","author":["Ada Quist","Tom Beck"],"text":" “No,”\r\n she said. ","html":"<p>other","unknown":{"a":1}}`))
	if err != nil {
		t.Fatal(err)
	}
	if a.Body != " “No,”\r\n she said. " {
		t.Errorf("the text was changed: %q", a.Body)
	}
	if a.ID != "x" || a.Outlet != "Courier" || a.Title != "T" || a.URL != "https://courier.example/a" || a.Language != "en" ||
		!slices.Equal(a.Byline, []string{"Ada Quist", "Tom Beck"}) || a.Published.Format(time.RFC3339) != "2025-03-04T07:03:25+01:00" || a.DateOnly {
		t.Errorf("got %+v", a)
	}

	a, err = parseRecord([]byte(`{"url":"https://courier.example/a","author":"Ada Quist","html":"<html lang=en><title>T</title><meta name=author content=Other><p>She said no.","text":""}`))
	if err != nil || a.Body != "She said no." || a.Title != "T" || a.URL != "https://courier.example/a" || a.Language != "en" || !slices.Equal(a.Byline, []string{"Ada Quist"}) {
		t.Errorf("got %+v, %v", a, err)
	}
}

func FuzzJSONL(f *testing.F) {
	f.Add(`{"id":1,"text":"a"}` + "\n" + `{"id":"b","html":"<p>b","author":null}`)
	f.Add("{\"text\":\"\\ud800\"}\r\n\r\n{")
	f.Add("\uFEFF{\"text\":\"a\",\"author\":\"b\",\"date\":\"2025-01-02\"}\n")
	f.Fuzz(func(t *testing.T, in string) {
		r, err := New(Options{Stdin: strings.NewReader(`{"":0}` + "\n" + in), MaxFile: 1000})
		if err != nil {
			t.Fatal(err)
		}
		outcomes := 0
		for a, err := range r.Articles(context.Background(), "-") {
			outcomes++
			var e *Error
			switch {
			case err != nil && !errors.As(err, &e):
				t.Fatalf("%v names no line", err)
			case err == nil && (a.ID == "" || strings.TrimSpace(a.Body) == "" || !utf8.ValidString(a.Body)):
				t.Fatalf("%+v", a)
			}
		}
		if lines := strings.Count(in, "\n") + 2; outcomes < 1 || outcomes > lines {
			t.Fatalf("%d outcomes of %d lines", outcomes, lines)
		}
	})
}
