package evaluation

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"onrecord/text"
)

// Relation is a gold attribution: byte spans of the body.
type Relation struct{ Source, Cue, Content []text.Span }

// ReadBrat reads the Attribution events of a brat standoff file whose
// offsets count the characters of body. Events without content are left out.
func ReadBrat(path, body string) ([]Relation, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	at := byteOffsets(body)
	spans := map[string][]text.Span{}
	var events [][]string
	for n, line := range strings.Split(string(raw), "\n") {
		part := strings.Split(line, "\t")
		switch {
		case len(part) < 2:
		case strings.HasPrefix(part[0], "T"):
			_, where, _ := strings.Cut(part[1], " ")
			for _, piece := range strings.Split(where, ";") {
				from, to, _ := strings.Cut(piece, " ")
				a, err1 := strconv.Atoi(from)
				b, err2 := strconv.Atoi(to)
				if err1 != nil || err2 != nil || a < 0 || b < a || b >= len(at) {
					return nil, fmt.Errorf("%s:%d: bad span %q", path, n+1, piece)
				}
				spans[part[0]] = append(spans[part[0]], text.Span{Start: at[a], End: at[b]})
			}
		case strings.HasPrefix(part[0], "E"):
			events = append(events, strings.Fields(part[1]))
		}
	}
	var out []Relation
	for _, roles := range events {
		var r Relation
		for _, role := range roles {
			name, ref, _ := strings.Cut(role, ":")
			switch strings.TrimRight(name, "0123456789") {
			case "Source":
				r.Source = append(r.Source, spans[ref]...)
			case "Cue":
				r.Cue = append(r.Cue, spans[ref]...)
			case "Content":
				r.Content = append(r.Content, spans[ref]...)
			}
		}
		for _, s := range [][]text.Span{r.Source, r.Cue, r.Content} {
			sort.Slice(s, func(i, j int) bool { return s[i].Start < s[j].Start })
		}
		if len(r.Content) > 0 {
			out = append(out, r)
		}
	}
	return out, nil
}

var annotator = regexp.MustCompile(`_[0-9a-f]{4}\.ann$`)

// GoldFile is the annotation of article name in dir: NAME.ann, else the first
// by name of NAME_XXXX.ann, XXXX being an annotator; "" if there is none.
func GoldFile(dir, name string) string {
	if path := filepath.Join(dir, name+".ann"); exists(path) {
		return path
	}
	found, _ := filepath.Glob(filepath.Join(dir, name+"_????.ann"))
	sort.Strings(found)
	for _, path := range found {
		if annotator.MatchString(path) {
			return path
		}
	}
	return ""
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
