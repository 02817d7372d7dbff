package comparison_test

import (
	"testing"

	"onrecord/comparison"
)

func TestVoices(t *testing.T) {
	c := compare(t,
		"Mayor Ada Quill said on Tuesday that the old pier would close in June.\n\n“The pier is not safe, and it never was,” said Tom Lund, an engineer.\n\n“We will pay for it,” Quill said.",
		"“The pier is not safe,” Tom Lund, an engineer, told reporters.",
	)
	want := map[string][]comparison.VoiceIn{
		"Ada Quill": {{Statements: 2, Quoted: 5, Paraphrased: 8, Order: 1}, {}},
		"Tom Lund":  {{Statements: 1, Quoted: 9, Order: 2}, {Statements: 1, Quoted: 5, Order: 1}},
	}
	if len(c.Voices) != len(want) {
		t.Errorf("%d voices, want %d", len(c.Voices), len(want))
	}
	for i, v := range c.Voices {
		articles, ok := want[v.Speaker.Name]
		if !ok {
			t.Errorf("voice of %q", v.Speaker.Name)
			continue
		}
		for a := range articles {
			if v.Articles[a] != articles[a] {
				t.Errorf("%s in article %d: %+v, want %+v", v.Speaker.Name, a, v.Articles[a], articles[a])
			}
		}
		if i > 0 && v.Words() > c.Voices[i-1].Words() {
			t.Errorf("%s has more words than the voice before", v.Speaker.Name)
		}
	}
}

// A word that somebody is quoted as saying somebody else said counts once, for
// who is said to have said it.
func TestVoicesNested(t *testing.T) {
	c := compare(t, "“The mayor told me that the pier would close,” Tom Lund said on Tuesday.")
	total := 0
	for _, v := range c.Voices {
		total += v.Words()
	}
	if total > 9 {
		t.Errorf("%d words credited of 9: %+v", total, c.Voices)
	}
}

// Who is named in one article is not a second voice where another article has
// their words without the name.
func TestVoicesNamedElsewhere(t *testing.T) {
	const words = "“We have spent every dollar of the harbor money on the new bridge,”"
	c := compare(t, words+" Mayor Ada Quill said on Tuesday.", words+" a city official said on Tuesday.")
	if len(c.Voices) != 1 || c.Voices[0].Speaker.Name != "Ada Quill" {
		t.Fatalf("voices %+v", c.Voices)
	}
	for a, in := range c.Voices[0].Articles {
		if in.Statements != 1 || in.Quoted != 13 {
			t.Errorf("article %d: %+v", a, in)
		}
	}
}
