package server

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"slices"

	"onrecord/format/page"
)

//go:embed pages
var files embed.FS

// asset is a file that pages load, in every coding.
type asset struct {
	Path   string // address, with the sum of its content
	kind   string
	coded  map[string][]byte // by coding
	digest string            // in the address
}

// assets are the files that pages load.
type assets struct {
	Style, Icon *asset
	byName      map[string]*asset
}

// The names of scripts: of pages that have a comparison, and of all others.
// Each begins with the keys that are the same everywhere.
const (
	siteScript       = "script.js"
	comparisonScript = "comparison.js"
)

// newAssets puts the files together: one style of the comparison's, whose
// language every page speaks, our own, and those of single pages.
func newAssets() (*assets, error) {
	style := []byte(page.Style())
	names, err := fs.Glob(files, "pages/*/page.css")
	if err != nil {
		return nil, err
	}
	for _, name := range append([]string{"pages/style.css"}, names...) {
		more, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		style = append(style, more...)
	}
	keys, err := files.ReadFile("pages/keys.js")
	if err != nil {
		return nil, err
	}
	script, err := files.ReadFile("pages/script.js")
	if err != nil {
		return nil, err
	}
	icon, err := files.ReadFile("pages/icon.svg")
	if err != nil {
		return nil, err
	}
	a := &assets{byName: map[string]*asset{}}
	a.Style = a.add("style.css", "text/css; charset=utf-8", style)
	a.add(siteScript, "text/javascript; charset=utf-8", append(slices.Clone(keys), script...))
	a.add(comparisonScript, "text/javascript; charset=utf-8", append(slices.Clone(keys), page.Script()...))
	a.Icon = a.add("icon.svg", "image/svg+xml", icon)
	return a, nil
}

func (a *assets) add(name, kind string, body []byte) *asset {
	sum := sha256.Sum256(body)
	out := &asset{kind: kind, coded: map[string][]byte{"": body}, digest: hex.EncodeToString(sum[:6])}
	out.Path = path.Join("/static", out.digest, name)
	for _, coding := range []string{"br", "gzip"} {
		out.coded[coding] = smallest(body, coding)
	}
	a.byName[name] = out
	return out
}

// static gives a file. Its address changes with its content, so that it can be
// kept for ever.
func (s *Server) static(w http.ResponseWriter, r *http.Request) error {
	file := s.assets.byName[r.PathValue("name")]
	if file == nil || file.digest != r.PathValue("sum") {
		return errNoPage
	}
	h := w.Header()
	h.Set("Content-Type", file.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Add("Vary", "Accept-Encoding")
	coding := codingFor(r)
	if coding != "" {
		h.Set("Content-Encoding", coding)
	}
	_, _ = w.Write(file.coded[coding]) // fails if the visitor has gone
	return nil
}
