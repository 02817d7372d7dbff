package speaker_test

import (
	"strings"
	"testing"

	"onrecord/english"
	"onrecord/speaker"
	"onrecord/text"
)

// credited is an article whose statements are credited to the given names, of
// people unless a name stands in brackets; "?" opens the description of
// somebody unnamed.
func credited(names ...string) (*english.Doc, []speaker.Statement) {
	var body strings.Builder
	doc := &english.Doc{}
	var sentences [][]text.Span
	var said []speaker.Statement
	for i, name := range names {
		kind, s := "PERSON", speaker.Speaker{Name: name}
		switch {
		case strings.HasPrefix(name, "?"):
			kind, s = "", speaker.Speaker{Unnamed: name[1:]}
		case strings.HasPrefix(name, "["):
			kind, s = "ORGANIZATION", speaker.Speaker{Name: strings.Trim(name, "[]")}
		}
		s.ID = string(rune('a' + i))
		said = append(said, speaker.Statement{Speaker: s})
		var spans []text.Span
		for word := range strings.FieldsSeq(s.Name + s.Unnamed) {
			if body.Len() > 0 {
				body.WriteByte(' ')
			}
			span := text.Span{Start: body.Len(), End: body.Len() + len(word)}
			body.WriteString(word)
			doc.Tokens = append(doc.Tokens, english.Token{Span: span, Form: word, Head: -1, Name: kind})
			spans = append(spans, span)
		}
		sentences = append(sentences, spans)
	}
	doc.Text = text.FromTokens(body.String(), sentences)
	doc.Link()
	return doc, said
}

func TestJoin(t *testing.T) {
	for _, c := range []struct {
		name     string
		articles [][]string
		want     string // names of the articles' speakers, with a number for each speaker
	}{
		{"one name", [][]string{{"Nadia Okafor"}, {"Nadia Okafor"}}, "Nadia Okafor 1, Nadia Okafor 1"},
		{"a surname alone", [][]string{{"Okafor"}, {"Nadia Okafor"}}, "Nadia Okafor 1, Nadia Okafor 1"},
		{"two spellings, the commoner one stands", [][]string{{"Oleksandr Hrytsenkoo"}, {"Oleksandr Hrytsenko"}, {"Oleksandr Hrytsenko"}}, "Oleksandr Hrytsenko 1, Oleksandr Hrytsenko 1, Oleksandr Hrytsenko 1"},
		{"a first name misspelled", [][]string{{"Vicente Ibarra"}, {"Vincente Ibarra"}, {"Vicente Ibarra"}}, "Vicente Ibarra 1, Vicente Ibarra 1, Vicente Ibarra 1"},
		{"a short first name", [][]string{{"Ben Hale"}, {"Benjamin Hale"}}, "Ben Hale 1, Ben Hale 1"},
		{"a middle name that one outlet uses", [][]string{{"Ruth Ann Moss"}, {"Ruth Moss"}, {"Ruth Moss"}}, "Ruth Moss 1, Ruth Moss 1, Ruth Moss 1"},
		{"two people of one surname", [][]string{{"Ruth Moss"}, {"Peter Moss"}}, "Ruth Moss 1, Peter Moss 2"},
		{"a surname that two share is who says by far the most", [][]string{{"Ruth Moss", "Ruth Moss", "Ruth Moss", "Peter Moss"}, {"Moss"}}, "Ruth Moss 1, Ruth Moss 1, Ruth Moss 1, Peter Moss 2, Ruth Moss 1"},
		{"or nobody of them", [][]string{{"Ruth Moss", "Ruth Moss", "Peter Moss"}, {"Moss"}}, "Ruth Moss 1, Ruth Moss 1, Peter Moss 2, Moss 3"},
		{"a company of somebody's surname", [][]string{{"Nadia Okafor"}, {"[Okafor]"}}, "Nadia Okafor 1, Okafor 2"},
		{"a body and its initials", [][]string{{"[Center for Harbor Safety]"}, {"[CHS]"}}, "Center for Harbor Safety 1, Center for Harbor Safety 1"},
		{"an article before a body", [][]string{{"[The Harbor Board]"}, {"[Harbor Board]"}}, "The Harbor Board 1, The Harbor Board 1"},
		{"bodies that end alike", [][]string{{"[Water Department]"}, {"[Fire Department]"}}, "Water Department 1, Fire Department 2"},
		{"the unnamed stay of their article", [][]string{{"?a senior aide"}, {"?a senior aide"}}, "a senior aide 1, a senior aide 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var docs []*english.Doc
			var said [][]speaker.Statement
			for _, names := range c.articles {
				doc, s := credited(names...)
				for i := range s { // the same name in an article is one speaker there
					for k := range s[:i] {
						if s[k].Speaker.Name == s[i].Speaker.Name && s[i].Speaker.Name != "" {
							s[i].Speaker.ID = s[k].Speaker.ID
						}
					}
				}
				docs, said = append(docs, doc), append(said, s)
			}
			var got []string
			number := map[string]int{}
			for _, statements := range speaker.Join(docs, said) {
				for _, s := range statements {
					if number[s.Speaker.ID] == 0 {
						number[s.Speaker.ID] = len(number) + 1
					}
					got = append(got, s.Speaker.Name+s.Speaker.Unnamed+" "+string(rune('0'+number[s.Speaker.ID])))
				}
			}
			if s := strings.Join(got, ", "); s != c.want {
				t.Errorf("got  %s\nwant %s", s, c.want)
			}
		})
	}
}

// TestJoinLeavesItsInput checks that the statements given are not edited.
func TestJoinLeavesItsInput(t *testing.T) {
	a, saidA := credited("Okafor")
	b, saidB := credited("Nadia Okafor")
	speaker.Join([]*english.Doc{a, b}, [][]speaker.Statement{saidA, saidB})
	if saidA[0].Speaker.Name != "Okafor" || saidA[0].Speaker.ID != "a" {
		t.Errorf("the input became %+v", saidA[0].Speaker)
	}
}
