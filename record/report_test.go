package record

import (
	"strings"
	"testing"
)

// wire is a text of an agency.
var wire = strings.Join([]string{
	"The ferry company said on Monday that it would take its oldest ship out of service before the summer, three years earlier than planned.",
	"“We cannot keep her safe at a price that anybody would pay,” Peter Lund, who runs the company, told reporters on the quay.",
	"Some two hundred people work on the ship. Their union said that it had not been told and would ask for talks this week.",
	"The council owns a third of the company and has put money aside for a new ship, which no yard has been asked to build yet.",
	"Lena Roth, a member of the council, denied that the money was gone, and called the decision a surprise to everybody she knew.",
}, "\n\n")

func TestCopied(t *testing.T) {
	paragraphs := strings.Split(wire, "\n\n")
	quotes := "Peter Lund surprised the town on Monday. “We cannot keep her safe at a price that anybody would pay,” he told reporters. " +
		"What he did not say is who will carry the schoolchildren of the islands in winter, when no other ship can cross the bar, and the mothers whom we asked had no idea either. " +
		"The old captain shrugged when he heard of it and went on mending his nets, as he has done on every Monday since he left the bridge."
	for _, c := range []struct {
		name, other string
		same        bool
	}{
		{"to the letter", wire, true},
		{"other marks and capitals", strings.NewReplacer("“", `"`, "”", `"`, "said", "SAID", "\n\n", "\n").Replace(wire), true},
		{"cut to its first half", strings.Join(paragraphs[:3], "\n\n"), true},
		{"with a note", "AGENCY, PORT ANSEL —\n\n" + wire + "\n\nThis story was updated to add what the union said. Read more about the islands in our newsletter, every Friday.", true},
		{"a word changed here and there", strings.NewReplacer("oldest", "eldest", "quay", "pier", "this week", "soon").Replace(wire), true},
		{"the same quotation in another report", quotes, false},
		{"nothing in common", strings.Repeat("The orchard above the mill has been sold to a school of gardeners from the north. ", 8), false},
		{"too short to say", paragraphs[0][:60], false},
		{"empty", "", false},
	} {
		if got := copied(imprint(wire), imprint(c.other)); got >= copyShare != c.same {
			t.Errorf("%s: %.2f, want one report %v", c.name, got, c.same)
		}
	}
}
