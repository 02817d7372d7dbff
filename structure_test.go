// Package onrecord_test checks the repository as a whole.
package onrecord_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport says which of the program's packages a package may import. Data
// flows one way: from article and text to the command.
var mayImport = map[string][]string{
	"article":             {},
	"text":                {},
	"lexicon":             {},
	"linear":              {},
	"model":               {},
	"english":             {"text", "lexicon", "linear", "model"},
	"attribution":         {"text", "lexicon", "english", "linear", "model"},
	"speaker":             {"text", "lexicon", "english", "attribution"},
	"story":               {"article", "text", "english", "lexicon"},
	"utterance":           {"text", "lexicon", "english", "attribution", "speaker"},
	"figure":              {"text", "lexicon", "english", "attribution", "speaker"},
	"comparison":          {"article", "text", "lexicon", "english", "attribution", "speaker", "story", "utterance", "figure"},
	"reader":              {"article", "reader/charset", "reader/fetch", "reader/gqg", "reader/page", "reader/parquet", "reader/warc", "internal/ordered"},
	"reader/charset":      {},
	"reader/feed":         {"article", "reader/charset"},
	"reader/fetch":        {},
	"reader/gqg":          {"article"},
	"reader/page":         {"article"},
	"reader/parquet":      {},
	"reader/warc":         {},
	"query":               {},
	"password":            {},
	"check":               {"article", "text", "lexicon", "attribution", "speaker", "utterance"},
	"profile":             {"article", "text", "lexicon", "english", "attribution", "speaker", "figure", "comparison", "check"},
	"pipeline":            {"article", "text", "english", "attribution", "speaker", "figure", "utterance", "story", "comparison", "model", "internal/ordered"},
	"store":               {"article", "text", "attribution", "speaker", "figure", "query", "check", "profile"},
	"record":              {"article", "text", "attribution", "speaker", "figure", "story", "pipeline", "comparison", "query", "store"},
	"watch":               {"article", "pipeline", "reader/charset", "reader/feed", "reader/fetch", "reader/page", "record", "store"},
	"format":              {"article", "text", "attribution", "speaker", "figure", "utterance", "comparison", "pipeline", "store", "check", "profile"},
	"format/page":         {"article", "text", "attribution", "speaker", "figure", "utterance", "comparison", "format"},
	"server/openapi":      {},
	"server/syndication":  {},
	"server":              {"article", "text", "attribution", "speaker", "figure", "utterance", "comparison", "query", "check", "profile", "password", "store", "record", "format", "format/page", "server/openapi", "server/syndication"},
	"evaluation":          {"article", "text", "english", "attribution", "speaker"},
	"training":            {"text", "english", "attribution", "evaluation", "model"},
	"internal/archive":    {"article", "text", "attribution", "speaker", "figure", "pipeline"},
	"internal/corpora":    {},
	"internal/cputime":    {},
	"internal/dateparser": {},
	"internal/ordered":    {},
	"cmd/onrecord":        {"article", "text", "lexicon", "english", "attribution", "speaker", "figure", "utterance", "story", "comparison", "reader", "reader/feed", "reader/fetch", "watch", "pipeline", "format", "format/page", "evaluation", "training", "linear", "model", "query", "check", "profile", "password", "store", "record", "server"},
}

// maxLines is the longest that a file may be.
const maxLines = 500

// goFiles calls check with each Go file of the repository and its content.
func goFiles(t *testing.T, check func(path string, source []byte)) {
	t.Helper()
	n := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != "." && strings.HasPrefix(d.Name(), "."), d.IsDir() && d.Name() == "testdata":
			return filepath.SkipDir
		case d.IsDir() || filepath.Ext(path) != ".go":
			return nil
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		n++
		check(path, source)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n == 0 {
		t.Fatal("no Go files found")
	}
}

func TestImports(t *testing.T) {
	goFiles(t, func(path string, source []byte) {
		if strings.HasSuffix(path, "_test.go") {
			return
		}
		pkg := filepath.ToSlash(filepath.Dir(path))
		allowed, known := mayImport[pkg]
		if !known {
			t.Errorf("%s: package %s is not in the table of imports", path, pkg)
			return
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, source, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range file.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if own, ok := strings.CutPrefix(name, "onrecord/"); ok && !slices.Contains(allowed, own) {
				t.Errorf("%s: %s may not import %s", path, pkg, own)
			}
			if name == "C" {
				t.Errorf("%s: cgo", path)
			}
		}
	})
}

func TestFilesAreShort(t *testing.T) {
	goFiles(t, func(path string, source []byte) {
		if n := bytes.Count(source, []byte("\n")); n > maxLines {
			t.Errorf("%s has %d lines, more than %d", path, n, maxLines)
		}
	})
}

// TestExportedNamesAreDescribed looks for a comment on every exported type,
// function, method, constant and variable, and on every package.
func TestExportedNamesAreDescribed(t *testing.T) {
	described := map[string]bool{} // packages
	goFiles(t, func(path string, source []byte) {
		if strings.HasSuffix(path, "_test.go") {
			return
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, source, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		pkg := filepath.Dir(path)
		described[pkg] = described[pkg] || file.Doc != nil
		for _, decl := range file.Decls {
			for _, name := range undescribed(decl) {
				t.Errorf("%s: %s has no doc comment", path, name)
			}
		}
	})
	for pkg, ok := range described {
		if !ok {
			t.Errorf("package %s has no doc comment", pkg)
		}
	}
}

// wellKnown are methods whose meaning their interface gives.
var wellKnown = []string{"Error", "Unwrap", "String"}

// undescribed lists the exported names of a declaration without a comment. In
// a group the group's comment, or one at the end of the line, will do.
func undescribed(decl ast.Decl) (names []string) {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Doc == nil && d.Name.IsExported() && ofExported(d) && !slices.Contains(wellKnown, d.Name.Name) {
			names = append(names, d.Name.Name)
		}
	case *ast.GenDecl:
		if d.Doc != nil {
			return nil
		}
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				if s.Doc == nil && s.Comment == nil && s.Name.IsExported() {
					names = append(names, s.Name.Name)
				}
			case *ast.ValueSpec:
				for _, n := range s.Names {
					if s.Doc == nil && s.Comment == nil && n.IsExported() {
						names = append(names, n.Name)
					}
				}
			}
		}
	}
	return names
}

// ofExported reports whether d is a function, or a method of an exported type.
func ofExported(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	recv := d.Recv.List[0].Type
	if star, ok := recv.(*ast.StarExpr); ok {
		recv = star.X
	}
	if generic, ok := recv.(*ast.IndexExpr); ok {
		recv = generic.X
	}
	name, ok := recv.(*ast.Ident)
	return !ok || name.IsExported()
}
