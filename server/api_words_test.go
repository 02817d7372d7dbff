package server

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// Comments are those of all fields that the API has, and of their types, as a
// JSON object, taken from the sources of some packages.
func Comments(t *testing.T, folders ...string) []byte {
	t.Helper()
	s := &Server{}
	used := map[string]bool{}
	out := map[string]string{}
	s.described(func(key string) string { used[key] = true; return "" })
	for _, folder := range folders {
		names, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: no sources (%v)", folder, err)
		}
		for _, name := range names {
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if d, ok := n.(*ast.GenDecl); ok {
					for _, spec := range d.Specs {
						if one, ok := spec.(*ast.TypeSpec); ok {
							commented(file.Name.Name+"."+one.Name.Name, d.Doc.Text(), one, out)
						}
					}
				}
				return true
			})
		}
	}
	for key, words := range out {
		if !used[key] || words == "" {
			delete(out, key)
		}
	}
	b, err := json.MarshalIndent(out, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	return append(b, '\n')
}

// commented takes the comments of a type and its fields.
func commented(key, doc string, spec *ast.TypeSpec, out map[string]string) {
	fields, ok := spec.Type.(*ast.StructType)
	if !ok {
		return
	}
	out[key] = sentence(doc)
	for _, f := range fields.Fields.List {
		for _, name := range f.Names {
			if words := sentence(f.Doc.Text() + f.Comment.Text()); words != "" {
				out[key+"."+name.Name] = words
			}
		}
	}
}

func sentence(s string) string { return strings.Join(strings.Fields(s), " ") }
