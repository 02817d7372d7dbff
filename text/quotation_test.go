package text

import (
	"fmt"
	"strings"
	"testing"
)

// outline writes the quotations of a body, one a line: depth, the text inside,
// and what is odd about it.
func outline(x *Text) string {
	var out []string
	for _, q := range x.Quotations {
		line := fmt.Sprintf("%d %s", q.Depth, q.Inside.Of(x.Body))
		if !q.Opened {
			line += " <"
		}
		if !q.Closed {
			line += " >"
		}
		if q.Continues >= 0 {
			line += fmt.Sprintf(" +%d", q.Continues)
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

// In the outlines, "<" is a missing opening mark, ">" a missing closing one,
// and "+n" goes on with quotation n.
func TestQuotations(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       []string
	}{
		{"curly", "“We won,” she said. “All of it.”", []string{"0 We won,", "0 All of it."}},
		{"straight", "\"We won,\" she said. \"All of it.\"", []string{"0 We won,", "0 All of it."}},
		{"curly against straight", "“We won,\" she said. \"All of it.”", []string{"0 We won,", "0 All of it."}},
		{"other marks", "„We won“ and «we lost» and ``we left'' and ''we stayed''", []string{"0 We won", "0 we lost", "0 we left", "0 we stayed"}},
		{"UK singles", "‘We won’t go,’ he said. 'It's done,' she said.", []string{"0 We won’t go,", "0 It's done,"}},
		{"plural inside singles", "'It is the voters' choice,' he said of the Quills' plan.", []string{"0 It is the voters' choice,"}},
		{"short singles and a plural", "Of 'red lines' and the Quills' boats.", []string{"0 red lines"}},
		{"apostrophes", "Don't let the Quills' '90s rock 'n' roll get 'em, y'all. He was goin' home.", nil},
		{"single in double", "“He said, ‘We won,’ and left,” she said.", []string{"0 He said, ‘We won,’ and left,", "1 We won,"}},
		{"single and double end together", "\"They told us, 'Go home.'\"", []string{"0 They told us, 'Go home.'", "1 Go home."}},
		{"tripled straight mark", "''They told us, 'Go home,''' he said.", []string{"0 They told us, 'Go home,'", "1 Go home,"}},
		{"double in single", "'He said \"no\" to me,' she said.", []string{"0 He said \"no\" to me,", "1 no"}},
		{"double in double", "“He said “no” to me,” she said.", []string{"0 He said “no” to me,", "1 no"}},
		{"curly inside straight", "\"He said “no” and left.", []string{"0 He said “no” and left. >", "1 no"}},
		{"over paragraphs", "“We won.\n“We won it all,” she said.", []string{"0 We won. >", "0 We won it all, +0"}},
		{"over three paragraphs", "\"One.\n\"Two.\n\"Three.\"", []string{"0 One. >", "0 Two. > +0", "0 Three. +1"}},
		{"UK singles over paragraphs", "He said: ‘We won.\n‘It is over.’", []string{"0 We won. >", "0 It is over. +0"}},
		{"over paragraphs with no marks between", "“One.\nTwo.\nThree,” he said.", []string{"0 One. >", "0 Two. < > +0", "0 Three, < +1"}},
		{"nested over paragraphs", "“She said, ‘We won.\n“‘We all did.’”", []string{"0 She said, ‘We won. >", "1 We won. >", "0 ‘We all did.’ +0", "1 We all did. +1"}},
		{"missing closing mark", "“We won, she said.\nNobody else did.", []string{"0 We won, she said. >"}},
		{"missing closing mark before the next quotation", "\"We won, she said. \"We all did.\"", []string{"0 We won, she said. >", "0 We all did."}},
		{"missing opening mark", "We won,” she said. “We all did.”", []string{"0 We won, <", "0 We all did."}},
		{"missing opening mark later", "“We won,” she said. She left. We all did.”", []string{"0 We won,", "0 We all did. <"}},
		{"missing opening mark after a name", "Over to Quill: We won. We did.\"", []string{"0 We won. We did. <"}},
		{"a mark too many", "“We won,” she said.\"", []string{"0 We won,"}},
		{"a mark too many does not lose the rest", "“We won,” she said.\"\nThey left. “We lost,” he said.", []string{"0 We won,", "0 We lost,"}},
		{"misdirected", "”We won,” she said. “We lost“, he said.", []string{"0 We won,", "0 We lost"}},
		{"misdirected after a verb", "She says,” we won and we stay.”", []string{"0  we won and we stay."}},
		{"no blank around", "She said,\"We won,\"and left.", []string{"0 We won,"}},
		{"blanks around", "She said \" We won \" and left.", []string{"0  We won "}},
		{"after a dash", "She left—“for good,” she said—and “I was—” he began.", []string{"0 for good,", "0 I was—"}},
		{"feet and inches", "The 6'2\" mayor has a 12\" board.", nil},
		{"inches inside", "\"It is a 12\" board,\" she said.", []string{"0 It is a 12\" board,"}},
		{"a year inside", "\"We won in 2016\" and \"lost in 2018\" is all.", []string{"0 We won in 2016", "0 lost in 2018"}},
		{"brackets", "(“We won.”) [\"Lost.\"]", []string{"0 We won.", "0 Lost."}},
		{"ellipses", "“…and we won…” he said, \"... and lost ...\"", []string{"0 …and we won…", "0 ... and lost ..."}},
		{"empty and lone marks", "\"\" “” \" “”\n\"\n”", nil},
		{"rules of marks", "\"\"\"\" He left ''''", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := Split(c.body)
			check(t, x)
			if got, want := outline(x), strings.Join(c.want, "\n"); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}
