package evaluation

import (
	"fmt"
	"path/filepath"
	"strings"
)

// Case is an article of a gold corpus.
type Case struct {
	Name string
	Text string // path of its body
	Gold string // path of its annotation
}

// Corpus lists the articles of a folder that holds text/NAME.txt and for each
// attributions/NAME.ann or NAME_XXXX.ann (see GoldFile), by name.
func Corpus(dir string) ([]Case, error) {
	texts, err := filepath.Glob(filepath.Join(dir, "text", "*.txt"))
	if err != nil {
		return nil, err
	}
	if len(texts) == 0 {
		return nil, fmt.Errorf("%s: no text/*.txt in it", dir)
	}
	out := make([]Case, len(texts))
	for i, path := range texts {
		name := strings.TrimSuffix(filepath.Base(path), ".txt")
		out[i] = Case{Name: name, Text: path, Gold: GoldFile(filepath.Join(dir, "attributions"), name)}
		if out[i].Gold == "" {
			return nil, fmt.Errorf("%s: no annotation of it in attributions", path)
		}
	}
	return out, nil
}
