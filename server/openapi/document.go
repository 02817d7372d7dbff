// Package openapi makes an OpenAPI 3.1 document: its types as far as the API
// needs them, and schemas of Go types.
package openapi

// Document describes an API.
type Document struct {
	OpenAPI    string          `json:"openapi"` // "3.1.0"
	Info       Info            `json:"info"`
	Servers    []Server        `json:"servers"`
	Paths      map[string]Path `json:"paths"`
	Components Components      `json:"components"`
}

// Version is the version of OpenAPI that documents are of.
const Version = "3.1.0"

// Info says what an API is.
type Info struct {
	Title       string `json:"title"`
	Version     string `json:"version"`
	Description string `json:"description"`
}

// Server is an address that paths begin with.
type Server struct {
	URL string `json:"url"`
}

// Path is what a path answers.
type Path struct {
	Get *Operation `json:"get"`
}

// Operation is something that can be asked for.
type Operation struct {
	ID         string              `json:"operationId"`
	Summary    string              `json:"summary"`
	Parameters []Parameter         `json:"parameters,omitempty"`
	Responses  map[string]Response `json:"responses"` // by status, or "default"
}

// Parameter is a part of the path or of the query.
type Parameter struct {
	Name        string  `json:"name"`
	In          string  `json:"in"` // "path" or "query"
	Description string  `json:"description"`
	Required    bool    `json:"required,omitempty"`
	Schema      *Schema `json:"schema"`
}

// Response is an answer.
type Response struct {
	Description string           `json:"description"`
	Content     map[string]Media `json:"content,omitempty"` // by media type
}

// Media is the shape of a body; of a stream, that of each line.
type Media struct {
	Schema *Schema `json:"schema"`
}

// Components are what is referred to.
type Components struct {
	Schemas map[string]*Schema `json:"schemas"`
}

// Schema is a JSON Schema.
type Schema struct {
	Ref         string             `json:"$ref,omitempty"`
	Type        string             `json:"type,omitempty"`
	Format      string             `json:"format,omitempty"`
	Description string             `json:"description,omitempty"`
	Properties  map[string]*Schema `json:"properties,omitempty"`
	Required    []string           `json:"required,omitempty"`
	Values      *Schema            `json:"additionalProperties,omitempty"` // of what has no fixed names
	Items       *Schema            `json:"items,omitempty"`
	MinItems    *int               `json:"minItems,omitempty"`
	MaxItems    *int               `json:"maxItems,omitempty"`
	AnyOf       []*Schema          `json:"anyOf,omitempty"`
	Enum        []string           `json:"enum,omitempty"`
	Minimum     *int64             `json:"minimum,omitempty"`
	Maximum     *int64             `json:"maximum,omitempty"`
	MinLength   *int               `json:"minLength,omitempty"`
	MaxLength   *int               `json:"maxLength,omitempty"`
	Default     any                `json:"default,omitempty"`
	Never       bool               `json:"-"` // no properties but those named
}
