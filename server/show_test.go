package server

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func marked(runs []run) string {
	var b strings.Builder
	for _, r := range runs {
		switch r.Class {
		case "dropped":
			fmt.Fprintf(&b, "[-%s-]", r.Text)
		case "inserted":
			fmt.Fprintf(&b, "{+%s+}", r.Text)
		default:
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

func TestEdited(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"the boat stays until May", "the boat stays until May", "the boat stays until May"},
		{"the boat stays until May", "the boat goes before May", "the boat [-stays until-] {+goes before+} May"},
		{"“The boat stays,” he said", "“The boat stays”", "“The boat stays [-he said-]”"},
		{"boat stays", "the boat stays here", "{+the+} boat stays {+here+}"},
		{"the old boat stays", "the boat stays", "the [-old-] boat stays"},
		{"never the boat", "the boat", "[-never-] the boat"},
		{"", "the boat", "{+the boat+}"},
		{"the boat", "", "[-the boat-]"},
		{"one", "two", "[-one-] {+two+}"},
		{"…", "two", "[-…-] {+two+}"},
		{"", "", ""},
		{"it costs $4.1 million", "it costs $4.4 million", "it costs [-$4.1-] {+$4.4+} million"},
		{"€5 a head", "€6 a head", "[-€5-] {+€6+} a head"},
	} {
		if got := marked(edited(c.before, c.after)); got != c.want {
			t.Errorf("%q to %q: %q, want %q", c.before, c.after, got, c.want)
		}
	}
	long := strings.Repeat("word ", 3000)
	if got := edited(long, long+"more"); len(got) != 3 {
		t.Errorf("a text that is too long is compared: %d runs", len(got))
	}
}

func TestFragment(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"the well-known boat, again", "#:~:text=the%20well%2Dknown%20boat%2C%20again"},
		{"one two three four five six seven eight nine ten eleven", "#:~:text=one%20two%20three%20four%20five,seven%20eight%20nine%20ten%20eleven"},
	} {
		if got := fragment(c.text); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestWords(t *testing.T) {
	for got, want := range map[string]string{
		grouped(0): "0", grouped(999): "999", grouped(1000): "1,000", grouped(1234567): "1,234,567", grouped(-1234): "-1,234", counted(1, "outlet", "outlets"): "1 outlet",
		listed(nil, 2): "", listed([]string{"a"}, 2): "a", listed([]string{"a", "b"}, 2): "a and b", listed([]string{"a", "b", "c"}, 2): "a, b and 1 more",
		listed([]string{"a", "b", "c"}, 3): "a, b and c", percent(.914): "91 %", plainValue(`Ana "the boss" Moreno`): "Ana the boss Moreno", plainValue(`“—”`): "",
		external("https://a.example/x"): "https://a.example/x", external("javascript:alert(1)"): "", external("//a.example"): "", external("https:///x"): "",
		dayOf(time.Time{}): "", momentOf(time.Date(2026, 3, 1, 8, 5, 0, 0, time.UTC), false): "1 March 2026, 08:05 UTC",
		household(addr("192.0.2.7")).String(): "192.0.2.7/32", household(addr("2001:db8::7")).String(): "2001:db8::/64",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
