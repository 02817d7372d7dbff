package server

import (
	"context"
	"html/template"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"onrecord/comparison"
	"onrecord/format/page"
)

// pages are all that there are.
var pages = map[string]func() content{
	"front":       func() content { return &front{} },
	"search":      func() content { return &search{} },
	"check":       func() content { return &checked{} },
	"article":     func() content { return &articlePage{} },
	"story":       func() content { return &storyPage{Head: comparedNothing().Head, Dock: comparedNothing().Dock} },
	"said":        func() content { return &saidPage{Title: "A passage", Words: "A passage"} },
	"figures":     func() content { return &figuresPage{Figures: comparedNothing().Figures} },
	"login":       func() content { return &login{} },
	"wrong":       func() content { return &wrong{} },
	"corrections": func() content { return &correctionsPage{} },
	"review":      func() content { return &review{} },
	"regroup":     func() content { return &regroup{} },
	"rename":      func() content { return &rename{} },
	"speaker":     func() content { return &speakerPage{} },
	"speakers":    func() content { return &speakersPage{} },
	"outlet":      func() content { return &outletPage{} },
	"feeds":       func() content { return &feedsPage{} },
}

// Settle waits until what was made is kept.
func (s *Server) Settle() { s.keeping.Wait() }

// comparedNothing is the comparison of no articles.
func comparedNothing() *page.Part {
	p, err := page.New(&comparison.Comparison{}, page.Site{})
	if err != nil {
		panic(err)
	}
	return p
}

// Rendered are all pages, each without data and with all fields filled, once
// for either value of what is true or false.
func Rendered(t *testing.T) map[string]string {
	t.Helper()
	s, err := New(Config{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := slices.Sorted(maps.Keys(s.pages)), slices.Sorted(maps.Keys(pages)); !slices.Equal(got, want) {
		t.Errorf("there are the pages %q; tested are %q", got, want)
	}
	out := map[string]string{}
	for name, empty := range pages {
		for variant, p := range map[string]content{"empty": empty(), "yes": full(empty(), true), "no": full(empty(), false)} {
			b, err := s.render(visiting(httptest.NewRequest("GET", "/"+name+"?q=harbour", nil)), p)
			if err != nil {
				t.Errorf("%s, %s: %v", name, variant, err)
			}
			if got := p.about().name; got != name {
				t.Errorf("%s is about %q", name, got)
			}
			out[name+", "+variant] = string(b)
		}
	}
	return out
}

// visiting is a request as handlers get it.
func visiting(r *http.Request) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), visitKey{}, &visit{}))
}

// full fills a page.
func full(p content, yes bool) content {
	n := 0
	fill(reflect.ValueOf(p).Elem(), yes, &n)
	return p
}

// fill gives every field a value, each text another one.
func fill(v reflect.Value, yes bool, n *int) {
	if v.Type() == reflect.TypeFor[template.HTML]() { // made of templates that are tested where they are
		return
	}
	switch v.Kind() {
	case reflect.String:
		*n++
		v.SetString("a" + string(rune('b'+*n/676%26)) + string(rune('a'+*n/26%26)) + string(rune('a'+*n%26)))
	case reflect.Bool:
		v.SetBool(yes)
	case reflect.Int, reflect.Int64:
		*n++
		v.SetInt(int64(*n))
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), yes, n)
		}
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i), yes, n)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), yes, n)
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() || f.Anonymous {
				fill(v.Field(i), yes, n)
			}
		}
	}
}

var addr = netip.MustParseAddr

// Writes are the addresses that change something: every route that takes a form,
// with 1 for what it is about.
func Writes(s *Server) (out []string) {
	for _, r := range s.routes() {
		if address, ok := strings.CutPrefix(r.pattern, "POST "); ok {
			out = append(out, regexp.MustCompile(`\{[^}]*\}`).ReplaceAllString(address, "1"))
		}
	}
	return out
}

// Number is a number as addresses have it.
func Number(n int64) string { return strconv.FormatInt(n, 10) }
