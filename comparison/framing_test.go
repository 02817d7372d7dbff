package comparison_test

import (
	"slices"
	"testing"
)

func TestFramings(t *testing.T) {
	const words = "“We have spent every dollar of the harbor money on the new bridge,”"
	tests := []struct {
		name   string
		bodies []string
		want   []string // classes by article; nil where no framing is listed
	}{
		{"said and admitted", []string{words + " Mayor Ada Quill said on Tuesday.", words + " Mayor Ada Quill admitted on Tuesday."}, []string{"said", "admitted"}},
		{"said and lashed out", []string{words + " Mayor Ada Quill said on Tuesday.", "Mayor Ada Quill boasted: " + words}, []string{"said", "boasted"}},
		{"two loaded cues", []string{words + " Mayor Ada Quill claimed.", words + " Mayor Ada Quill boasted."}, []string{"claimed", "boasted"}},
		{"three articles", []string{words + " Mayor Ada Quill said.", words + " Mayor Ada Quill insisted.", words + " Mayor Ada Quill said."}, []string{"said", "insisted", "said"}},
		{"neutral everywhere", []string{words + " Mayor Ada Quill said.", words + " Mayor Ada Quill added."}, nil},
		{"loaded everywhere", []string{words + " Mayor Ada Quill admitted.", words + " Mayor Ada Quill conceded."}, nil},
		{"one article", []string{words + " Mayor Ada Quill admitted."}, nil},
	}
	for _, tt := range tests {
		c := compare(t, tt.bodies...)
		var got []string
		for _, f := range c.Framings {
			for _, cue := range f.Cues {
				got = append(got, cue.Class)
				if len(cue.Span) == 0 || !slices.Equal(cue.Span, c.Reports[cue.Article].Statements[cue.Statement].Cue) {
					t.Errorf("%s: cue %v", tt.name, cue)
				}
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}
