package openapi

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"strings"
	"time"
)

// Schemas makes schemas of Go types as encoding/json writes them. Types with a
// name are kept under it and referred to.
type Schemas struct {
	Named    map[string]*Schema
	Describe func(t reflect.Type, field string) string // of the type itself for "", as of a field that has none; may be nil
}

var timeType = reflect.TypeFor[time.Time]()

// Of is the schema of a type. It panics for types that JSON does not have, and
// for two of one name: a mistake in the program.
func (s *Schemas) Of(t reflect.Type) *Schema {
	if t == timeType {
		return &Schema{Type: "string", Format: "date-time"}
	}
	switch t.Kind() {
	case reflect.String:
		return &Schema{Type: "string"}
	case reflect.Bool:
		return &Schema{Type: "boolean"}
	case reflect.Int, reflect.Int64:
		return &Schema{Type: "integer"}
	case reflect.Float64:
		return &Schema{Type: "number"}
	case reflect.Slice:
		return &Schema{Type: "array", Items: s.Of(t.Elem())}
	case reflect.Array:
		n := t.Len()
		return &Schema{Type: "array", Items: s.Of(t.Elem()), MinItems: &n, MaxItems: &n}
	case reflect.Map:
		return &Schema{Type: "object", Values: s.Of(t.Elem())}
	case reflect.Pointer:
		return &Schema{AnyOf: []*Schema{s.Of(t.Elem()), {Type: "null"}}}
	case reflect.Struct:
		return s.object(t)
	}
	panic(fmt.Sprintf("openapi: %v has no schema", t))
}

// object keeps a struct with a name and refers to it. Types made of others, as
// page[T] is, stand where they are used.
func (s *Schemas) object(t reflect.Type) *Schema {
	name := t.Name()
	if name == "" || strings.Contains(name, "[") {
		return s.fields(t)
	}
	name = strings.ToUpper(name[:1]) + name[1:]
	if _, known := s.Named[name]; !known {
		s.Named[name] = nil // it may refer to itself
		s.Named[name] = s.fields(t)
		s.Named[name].Description = s.describe(t, "")
	}
	return &Schema{Ref: "#/components/schemas/" + name}
}

func (s *Schemas) fields(t reflect.Type) *Schema {
	out := &Schema{Type: "object", Properties: map[string]*Schema{}, Never: true}
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" { // its fields are in the object itself
			inner := s.fields(f.Type)
			maps.Copy(out.Properties, inner.Properties)
			out.Required = append(out.Required, inner.Required...)
			continue
		}
		if name == "" || name == "-" {
			continue
		}
		one := f.Type
		if strings.HasPrefix(options, "omit") { // then it is left out, never null
			for one.Kind() == reflect.Pointer {
				one = one.Elem()
			}
		} else {
			out.Required = append(out.Required, name)
		}
		property := s.Of(one)
		property.Description = s.describe(t, f.Name)
		out.Properties[name] = property
	}
	return out
}

func (s *Schemas) describe(t reflect.Type, field string) string {
	if s.Describe == nil {
		return ""
	}
	return s.Describe(t, field)
}

// MarshalJSON says of an object with fixed names that it has no others.
func (s *Schema) MarshalJSON() ([]byte, error) {
	type plain Schema
	if !s.Never {
		return json.Marshal((*plain)(s))
	}
	return json.Marshal(struct {
		*plain
		More bool `json:"additionalProperties"`
	}{plain: (*plain)(s)})
}
