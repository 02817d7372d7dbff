package format

import (
	"bytes"
	"encoding/json"
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/pipeline"
	"onrecord/text"
)

// objects are the lines that write gives, as JSON.
func objects(t *testing.T, r pipeline.Reading, write func(io.Writer, pipeline.Reading) error) (out []map[string]any) {
	t.Helper()
	var lines bytes.Buffer
	if err := write(&lines, r); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(lines.String()) {
		var o map[string]any
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			t.Fatal(err)
		}
		out = append(out, o)
	}
	return out
}

// TestWebAnnotations checks what the model says that an annotation, a body, a
// resource and a selector must have, and that the selectors find their words.
func TestWebAnnotations(t *testing.T) {
	r := full(t)
	runes := []rune(r.Article.Body)
	all := objects(t, r, WebAnnotations)
	if len(all) != len(r.Statements) {
		t.Fatalf("%d annotations of %d statements", len(all), len(r.Statements))
	}
	ids := map[any]bool{}
	for i, a := range all {
		id, err := url.Parse(a["id"].(string))
		if err != nil || !id.IsAbs() || ids[a["id"]] {
			t.Errorf("id %v is no IRI of its own", a["id"])
		}
		ids[a["id"]] = true
		if a["@context"] != "http://www.w3.org/ns/anno.jsonld" || a["type"] != "Annotation" || a["motivation"] != "identifying" {
			t.Errorf("not an annotation: %v", a)
		}
		var values []string
		for _, b := range a["body"].([]any) {
			b := b.(map[string]any)
			if b["type"] != "TextualBody" || !slices.Contains([]any{"identifying", "classifying", "describing"}, b["purpose"]) || b["value"] == "" {
				t.Errorf("not a body: %v", b)
			}
			values = append(values, b["value"].(string))
		}
		s := r.Statements[i]
		want := []string{s.Speaker.Name, string(s.Kind), string(s.Polarity)}
		if want[0] == "" {
			want = want[1:]
		}
		if !slices.Equal(values[:len(values)-1], want) || !strings.Contains(values[len(values)-1], s.Speaker.Unnamed) {
			t.Errorf("bodies %q, want %q and a note", values, want)
		}
		targets := a["target"].([]any)
		if len(targets) != len(s.Content) {
			t.Errorf("%d targets for %d pieces", len(targets), len(s.Content))
		}
		for n, target := range targets {
			target := target.(map[string]any)
			if target["type"] != "SpecificResource" || target["source"] != r.Article.URL {
				t.Errorf("not a resource: %v", target)
			}
			quote, position := target["selector"].([]any)[0].(map[string]any), target["selector"].([]any)[1].(map[string]any)
			start, end := int(position["start"].(float64)), int(position["end"].(float64))
			exact := string(runes[start:end])
			if quote["type"] != "TextQuoteSelector" || position["type"] != "TextPositionSelector" || quote["exact"] != exact || exact != s.Content[n].Of(r.Article.Body) {
				t.Errorf("selectors %v and %v, want %q", quote, position, s.Content[n].Of(r.Article.Body))
			}
			if !strings.HasSuffix(string(runes[:start]), quote["prefix"].(string)) || !strings.HasPrefix(string(runes[end:]), quote["suffix"].(string)) {
				t.Errorf("prefix or suffix of %v", quote)
			}
		}
	}
}

func TestIRIs(t *testing.T) {
	for _, c := range []struct {
		a    article.Article
		want string
	}{
		{article.Article{ID: "x", URL: "https://courier.example/a b?c=<d>"}, "https://courier.example/a%20b?c=<d>"},
		{article.Article{ID: "ferry/2 ü", URL: ""}, "urn:onrecord:ferry%2F2%20%C3%BC"},
		{article.Article{ID: "x", URL: "javascript:alert(1)"}, "urn:onrecord:x"},
		{article.Article{ID: "x", URL: "/relative"}, "urn:onrecord:x"},
	} {
		if got := articleIRI(c.a); got != c.want {
			t.Errorf("IRI of %+v is %s, want %s", c.a, got, c.want)
		}
	}
}

func TestQuotations(t *testing.T) {
	r := full(t)
	all := objects(t, r, Quotations)
	if len(all) != 2 {
		t.Fatalf("%d quotations of two direct statements", len(all))
	}
	q := all[0]
	for key, want := range map[string]string{
		"@context": "https://schema.org", "@type": "Quotation", "@id": "urn:onrecord:bridge:a2", "dateCreated": "2026-03-10", "inLanguage": "en",
		"text": "The bridge is not safe, … We will not wait for the first accident, and I will not be the one who has to explain it.",
	} {
		if q[key] != want {
			t.Errorf("%s is %v, want %q", key, q[key], want)
		}
	}
	for _, key := range []string{"spokenByCharacter", "creator"} {
		if who := q[key].(map[string]any); who["@type"] != "Person" || who["name"] != "Ana Moreno" || who["jobTitle"] != "transport minister" {
			t.Errorf("%s is %v", key, who)
		}
	}
	part := q["isPartOf"].(map[string]any)
	if part["@type"] != "NewsArticle" || part["@id"] != r.Article.URL || part["headline"] != r.Article.Title || part["datePublished"] != "2026-03-12" ||
		part["publisher"].(map[string]any)["name"] != r.Article.Outlet || len(part["author"].([]any)) != 2 {
		t.Errorf("it is part of %v", part)
	}
	who := all[1]["spokenByCharacter"].(map[string]any)
	if _, typed := who["@type"]; typed || who["description"] != "an engineer who asked not to be named" || who["name"] != nil {
		t.Errorf("who is not named is %v", who)
	}
	if want := "It began with the rust. … Nobody looked,"; all[1]["text"] != want {
		t.Errorf("a quotation over paragraphs is %q, want %q", all[1]["text"], want)
	}
}

func TestGQG(t *testing.T) {
	r := full(t)
	r.Article.Published, r.Article.DateOnly = time.Date(2026, 3, 12, 7, 30, 0, 0, time.FixedZone("", 3600)), false
	all := objects(t, r, GQG)
	if len(all) != 1 {
		t.Fatalf("%d lines for an article", len(all))
	}
	if a := all[0]; a["date"] != "2026-03-12T06:30:00Z" || a["url"] != r.Article.URL || a["title"] != r.Article.Title || a["lang"] != "ENGLISH" || len(a) != 5 {
		t.Errorf("not the graph's: %v", a)
	}
	var got []string
	for _, q := range all[0]["quotes"].([]any) {
		q := q.(map[string]any)
		got = append(got, q["quote"].(string))
		flat := oneLine(strings.NewReplacer("“", "", "”", "").Replace(r.Article.Body))
		around := oneLine(strings.NewReplacer("“", "", "”", "").Replace(q["pre"].(string) + " " + q["quote"].(string) + " " + q["post"].(string)))
		if !strings.Contains(flat, around) {
			t.Errorf("%q is not in the text", around)
		}
	}
	want := []string{
		"The bridge is not safe,", "We will not wait for the first accident, and I will not be the one who has to explain it.", "It began with the rust.", "Nobody looked,",
	}
	if !slices.Equal(got, want) {
		t.Errorf("quotes %q, want %q", got, want)
	}
	r.Statements = r.Statements[:1]
	if all := objects(t, r, GQG); len(all) != 0 {
		t.Errorf("an article that quotes nobody is %v", all)
	}
}

func TestQuoted(t *testing.T) {
	const said = `Jo Pell said the quay was “shut for good,” though “nobody asked.” “I told her, ‘Wait for me,’ and she left.” ` + "\"Plain.\""
	split := text.Split(said)
	for _, c := range []struct {
		kind    attribution.Kind
		content string
		want    []string
	}{
		{attribution.Mixed, `the quay was “shut for good,” though “nobody asked.”`, []string{"shut for good,", "nobody asked."}},
		{attribution.Direct, `“I told her, ‘Wait for me,’ and she left.”`, []string{"I told her, ‘Wait for me,’ and she left."}},
		{attribution.Direct, `‘Wait for me,’`, []string{"Wait for me,"}},
		{attribution.Direct, `I told her`, []string{"I told her"}},
		{attribution.Direct, `“I told her`, []string{"I told her"}},
		{attribution.Direct, `"Plain."`, []string{"Plain."}},
		{attribution.Indirect, `the quay was “shut for good,”`, nil},
		{attribution.Mixed, `Jo Pell said`, nil},
	} {
		i := strings.Index(said, c.content)
		a := attribution.Attribution{Kind: c.kind, Content: []text.Span{{Start: i, End: i + len(c.content)}}}
		var got []string
		for _, s := range quoted(split, &a) {
			got = append(got, s.Of(said))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("quoted in %q: %q, want %q", c.content, got, c.want)
		}
	}
}
