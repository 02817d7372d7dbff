package server_test

import (
	"bufio"
	"encoding/json"
	"flag"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"onrecord/english"
	"onrecord/server"
	"onrecord/store"
	"onrecord/text"
)

var update = flag.Bool("update", false, "write what the comments of the program say into the document of the API")

// splitter parses nothing: what a profile of a few statements needs.
type splitter struct{}

func (splitter) Parse(t *text.Text) *english.Doc { return &english.Doc{Text: t} }

// programs is a server that programs ask, over a record in which something was
// corrected and something is watched.
func programs(t testing.TB) http.Handler {
	s := filled(t)
	b, err := s.Begin(t.Context(), noon)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []store.Correction{
		{What: store.Rename, By: "kim", Names: []string{"Ana Moreno"}, Name: "Ana M. Moreno"},
		{What: store.Merge, By: "kim", Stories: [][]string{{"lamp-1", "wire-3"}}},
		{What: store.Split, At: noon.Add(time.Hour), Stories: [][]string{{"wire-3"}, {"lamp-1"}}},
	} {
		if _, err := b.Log(c); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := b.Follow("https://lamp.example/feed", "The Lamp", false); err != nil {
		t.Fatal(err)
	}
	if err := b.Commit(); err != nil {
		t.Fatal(err)
	}
	return serving(t, s, func(c *server.Config) { c.Parser = splitter{} })
}

// described is the document of the API.
func described(t *testing.T, h http.Handler) *openapi3.T {
	t.Helper()
	r := asked(t, h, "/api/v1/openapi.json")
	if r.StatusCode != http.StatusOK || r.Header.Get("Content-Type") != "application/json" {
		t.Fatalf("%d %s", r.StatusCode, r.Header.Get("Content-Type"))
	}
	doc, err := openapi3.NewLoader().LoadFromData([]byte(bodyOf(t, r)))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// requests are one for each path of the document at least.
var requests = map[string][]string{
	"/articles":                   {"", "?q=boat", "?limit=1", "?q=zeppelin"},
	"/articles/{article}":         {"/lamp-1", "/quay%2F7%20%C3%BC%3F?selectors=true", "/lamp-2?selectors=false"},
	"/statements":                 {"", "?q=boat&sort=relevance", "?q=speaker:Moreno&limit=1", "?q=zeppelin"},
	"/check":                      {"?text=we+will+not+tie+the+boat+up", "?text=boats+are+boats", "?text=the+zeppelin+was+late"},
	"/stories":                    {"", "?q=boat", "?limit=1"},
	"/stories/{story}":            {"/1", "/2"},
	"/stories/{story}/comparison": {"/1", "/2"},
	"/speakers":                   {"", "?name=moreno", "?name=Ana+Marino"},
	"/speakers/{speaker}":         {"/1", "/2?statements=1"},
	"/outlets":                    {""},
	"/feeds":                      {""},
	"/corrections":                {"", "?limit=2", "?limit=2&cursor=2"},
	"/export":                     {"", "?q=boat", "?q=zeppelin"},
}

// wrong are requests with what they are answered with.
var wrong = map[string]int{
	"/articles/nothing":                            400 + 4,
	"/stories/99":                                  404,
	"/stories/x":                                   404,
	"/speakers/99":                                 404,
	"/speakers/0":                                  404,
	"/nothing":                                     404,
	"/statements?q=author:Voss":                    400,
	"/statements?query=boat":                       400,
	"/statements?q=a&q=b":                          400,
	"/statements?q=%ff":                            400,
	"/statements?q=%zz":                            400,
	"/statements?limit=0":                          400,
	"/statements?limit=101":                        400,
	"/statements?cursor=abc":                       400,
	"/statements?sort=newest":                      400,
	"/statements?sort=relevance&cursor=7":          400,
	"/check":                                       400,
	"/check?text=boat":                             400,
	"/export?q=author:Voss":                        400,
	"/check?text=" + strings.Repeat("boat+", 500):  400,
	"/articles?q=" + strings.Repeat("boat+", 1000): 400,
}

// TestDocument asks for everything that the document describes and holds each
// answer against it.
func TestDocument(t *testing.T) {
	h := programs(t)
	doc := described(t, h)
	if err := doc.Validate(t.Context()); err != nil {
		t.Errorf("the document is no OpenAPI: %v", err)
	}
	if got, want := slices.Sorted(maps.Keys(doc.Paths.Map())), slices.Sorted(maps.Keys(requests)); !slices.Equal(got, want) {
		t.Fatalf("described are %q; asked for are %q", got, want)
	}
	for path, all := range requests {
		for _, rest := range all {
			target := "/api/v1" + path + rest
			if at := strings.Index(path, "{"); at >= 0 {
				end := strings.Index(path, "}")
				own, query, _ := strings.Cut(rest, "?")
				target = "/api/v1" + path[:at] + strings.TrimPrefix(own, "/") + path[end+1:] + "?" + query
			}
			t.Run(target, func(t *testing.T) {
				r := asked(t, h, target)
				if r.StatusCode != http.StatusOK {
					t.Fatalf("%d: %s", r.StatusCode, bodyOf(t, r))
				}
				holds(t, doc, path, r)
			})
		}
	}
	for rest, status := range wrong {
		t.Run(rest, func(t *testing.T) {
			r := asked(t, h, "/api/v1"+rest)
			if r.StatusCode != status {
				t.Errorf("%d, want %d", r.StatusCode, status)
			}
			holds(t, doc, "/articles", r)
		})
	}
}

// holds compares an answer with what the document says of a path.
func holds(t *testing.T, doc *openapi3.T, path string, r *http.Response) {
	t.Helper()
	responses := doc.Paths.Value(path).Get.Responses
	described := responses.Status(r.StatusCode)
	if described == nil {
		described = responses.Default()
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	media := described.Value.Content[kind]
	if media == nil {
		t.Fatalf("%q is not described", kind)
	}
	bodies := []string{bodyOf(t, r)}
	if kind == "application/x-ndjson" {
		bodies = slices.Collect(strings.Lines(bodies[0]))
	}
	for _, body := range bodies {
		var v any
		if err := json.Unmarshal([]byte(body), &v); err != nil {
			t.Fatalf("%v: %q", err, body)
		}
		if err := doc.ValidateSchemaJSON(media.Schema.Value, v); err != nil {
			t.Errorf("%v\n%s", err, body)
		}
		if kind != "application/problem+json" {
			continue
		}
		if status := v.(map[string]any)["status"]; status != float64(r.StatusCode) {
			t.Errorf("the status is %d, and the problem says %v", r.StatusCode, status)
		}
	}
}

// TestDocumentIsStrict: what is not described would be found.
func TestDocumentIsStrict(t *testing.T) {
	doc := described(t, programs(t))
	media := doc.Paths.Value("/stories").Get.Responses.Status(200).Value.Content["application/json"]
	for body, ok := range map[string]bool{
		`{"items": [], "next": ""}`:              true,
		`{"items": [], "next": "", "more": 1}`:   false,
		`{"items": null, "next": ""}`:            false,
		`{"items": []}`:                          false,
		`{"items": [{"id": "1"}], "next": "17"}`: false,
	} {
		var v any
		if err := json.Unmarshal([]byte(body), &v); err != nil {
			t.Fatal(err)
		}
		if err := doc.ValidateSchemaJSON(media.Schema.Value, v); (err == nil) != ok {
			t.Errorf("%s: %v", body, err)
		}
	}
}

// TestFieldsAreDescribed: every field has the words that its comment has.
func TestFieldsAreDescribed(t *testing.T) {
	want := server.Comments(t, "../format", "../store", ".")
	if *update {
		if err := os.WriteFile("api_words.json", want, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got, err := os.ReadFile("api_words.json"); err != nil || string(got) != string(want) {
		t.Errorf("api_words.json is not what the comments say (%v): go test ./server -run FieldsAreDescribed -update", err)
	}
}

// TestAPIPaging goes through lists one by one while the record grows.
func TestAPIPaging(t *testing.T) {
	ferry, school := reports()
	s := kept(t, ferry, school)
	h := serving(t, s)
	added := 0
	for _, c := range []struct{ path, key string }{{"/articles", "article"}, {"/statements", "article"}, {"/stories", "id"}} {
		t.Run(c.path, func(t *testing.T) {
			whole := pageOf(t, h, c.path, "100", "")
			var got []any
			for cursor := ""; ; {
				p := pageOf(t, h, c.path, "1", cursor)
				for _, one := range p.Items {
					got = append(got, one[c.key])
				}
				if cursor = p.Next; cursor == "" {
					break
				}
				late := told(ferry[0].Article)
				late.Article.ID, late.Article.URL, late.Article.Published = "late"+cursor+c.key, "https://lamp.example/"+cursor+c.path, day(100+added)
				added++
				keep(t, s, []store.Entry{late})
				if len(got) > 20 {
					t.Fatal("there is no end")
				}
			}
			var want []any
			for _, one := range whole.Items {
				want = append(want, one[c.key])
			}
			if !slices.Equal(got, want) {
				t.Errorf("one by one: %v; at once: %v", got, want)
			}
		})
	}
}

type somePage struct {
	Items []map[string]any
	Next  string
}

func pageOf(t *testing.T, h http.Handler, path, limit, cursor string) (p somePage) {
	t.Helper()
	v := url.Values{"limit": {limit}}
	if cursor != "" {
		v.Set("cursor", cursor)
	}
	if err := json.Unmarshal([]byte(bodyOf(t, asked(t, h, "/api/v1"+path+"?"+v.Encode()))), &p); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestUnchangedAnswer(t *testing.T) {
	h := programs(t)
	first := asked(t, h, "/api/v1/stories/1")
	tag := first.Header.Get("ETag")
	if r := asked(t, h, "/api/v1/stories/1", "If-None-Match", tag); tag == "" || r.StatusCode != http.StatusNotModified || bodyOf(t, r) != "" {
		t.Errorf("tag %q: %d", tag, r.StatusCode)
	}
	if r := asked(t, h, "POST /api/v1/stories"); r.StatusCode != http.StatusMethodNotAllowed || r.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("POST: %d %s", r.StatusCode, r.Header.Get("Content-Type"))
	}
}

// TestExportLines: as many as there are articles, the last one whole.
func TestExportLines(t *testing.T) {
	r := asked(t, programs(t), "/api/v1/export")
	n := 0
	for lines := bufio.NewScanner(r.Body); lines.Scan(); n++ {
		var v struct{ ID, Text string }
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil || v.ID == "" || v.Text == "" {
			t.Errorf("%v: %s", err, lines.Text())
		}
	}
	if n != 5 {
		t.Errorf("%d lines", n)
	}
}

// TestExamples asks for what docs/api.md asks for, which is every path.
func TestExamples(t *testing.T) {
	h := programs(t)
	doc, err := os.ReadFile("../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	asks := 0
	for line := range strings.Lines(string(doc)) {
		if rest, ok := strings.CutPrefix(line, "curl 'http://127.0.0.1:8080"); ok {
			target, _, _ := strings.Cut(rest, "'")
			if r := asked(t, h, target); r.StatusCode != http.StatusOK {
				t.Errorf("%s: %d %s", target, r.StatusCode, bodyOf(t, r))
			}
			asks++
		}
	}
	paths := described(t, h).Paths.Map()
	for path := range paths {
		if !strings.Contains(string(doc), "| `"+path+"` |") {
			t.Errorf("%s is not in the table", path)
		}
	}
	if asks != len(paths)+1 {
		t.Errorf("%d examples for %d paths and the document", asks, len(paths))
	}
}
