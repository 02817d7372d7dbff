package server

import (
	_ "embed"
	"encoding/json"
	"net/http"
	"reflect"

	"onrecord/server/openapi"
)

// words says what each field of the API's objects is: what the comments of the
// program say. The tests make it.
//
//go:embed api_words.json
var words []byte

// openAPI describes the API.
func (s *Server) openAPI(w http.ResponseWriter, r *http.Request) error {
	s.send(w, r, http.StatusOK, "application/json", s.document)
	return nil
}

// describe makes the document of the API from its endpoints.
func (s *Server) describe() (openapi.Document, error) {
	said := map[string]string{}
	if err := json.Unmarshal(words, &said); err != nil {
		return openapi.Document{}, err
	}
	return s.described(func(key string) string { return said[key] }), nil
}

// described is the document with the words for each type and field.
func (s *Server) described(words func(key string) string) openapi.Document {
	types := openapi.Schemas{Named: map[string]*openapi.Schema{}, Describe: func(t reflect.Type, field string) string { return words(wordKey(t, field)) }}
	failed := openapi.Response{
		Description: "What is wrong, as RFC 9457 has it.",
		Content:     map[string]openapi.Media{"application/problem+json": {Schema: types.Of(reflect.TypeFor[problem]())}},
	}
	out := openapi.Document{
		OpenAPI: openapi.Version,
		Info: openapi.Info{Title: "Onrecord", Version: "1", Description: "Who said what, and how each outlet told it. Offsets count Unicode characters, end exclusive. " +
			"Answers have an ETag; a request with If-None-Match is answered with 304 as long as nothing has changed."},
		Servers: []openapi.Server{{URL: apiRoot}}, Paths: map[string]openapi.Path{},
	}
	for _, e := range s.endpoints() {
		o := &openapi.Operation{ID: e.name, Summary: e.summary, Responses: map[string]openapi.Response{"default": failed}}
		for _, p := range e.parameters {
			o.Parameters = append(o.Parameters, p.describe(e.path))
		}
		kind := "application/json"
		if e.stream != nil {
			kind = "application/x-ndjson"
		} else {
			o.Responses["304"] = openapi.Response{Description: "Nothing has changed."}
		}
		o.Responses["200"] = openapi.Response{Description: e.summary, Content: map[string]openapi.Media{kind: {Schema: types.Of(e.shape)}}}
		out.Paths[e.path] = openapi.Path{Get: o}
	}
	out.Components.Schemas = types.Named
	return out
}

// wordKey names a field as "package.Type.Field".
func wordKey(t reflect.Type, field string) string {
	if field == "" {
		return t.String()
	}
	return t.String() + "." + field
}

func (p *parameter) describe(path string) openapi.Parameter {
	out := openapi.Parameter{Name: p.name, In: "query", Description: p.about, Required: p.required, Schema: &openapi.Schema{Type: "string"}}
	if inPath(path, p.name) {
		out.In, out.Required = "path", true
	}
	switch {
	case p.number:
		out.Schema = &openapi.Schema{Type: "integer", Format: "int64", Minimum: &p.least, Maximum: &p.most}
		if p.normal > 0 {
			out.Schema.Default = p.normal
		}
	case p.choices != nil:
		out.Schema.Enum, out.Schema.Default = p.choices, p.choices[0]
	default:
		most := p.longest()
		out.Schema.MaxLength = &most
	}
	return out
}
