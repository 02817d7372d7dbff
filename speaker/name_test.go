package speaker

import "testing"

func TestSamePerson(t *testing.T) {
	name := func(words ...string) personName {
		n, ok := parsePerson(words)
		if !ok {
			t.Fatalf("no name in %q", words)
		}
		return n
	}
	for _, c := range []struct {
		a, b personName
		want bool
	}{
		{name("Nora", "Feld"), name("Nora", "B.", "Feld"), true},
		{name("Robert", "Harrow"), name("Bob", "Harrow"), true},
		{name("N.", "Feld"), name("Nora", "Feld"), true},
		{name("John", `"`, "Jack", `"`, "Harrow"), name("Jack", "Harrow"), true},
		{name("Oleksiy", "Marchenko"), name("Oleksiy", "Marchenkko"), true},
		{name("Yusuf", "Haddad"), name("Yousef", "Haddad"), true},
		{name("Adam", "Falk"), name("Irene", "Falk"), false},
		{name("Nora", "Feld"), name("Nora", "Winter"), false},
		{name("Maria", "Falk"), name("Marie", "Falk"), false},
		{name("Pedro", "Falk", "Jr."), name("Pedro", "Falk"), true},
	} {
		if got := samePerson(c.a, c.b); got != c.want {
			t.Errorf("%v and %v: got %v", c.a.words, c.b.words, got)
		}
	}
}

func TestEditDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"abc", "abc", 0}, {"abc", "abd", 1}, {"abc", "abcd", 1}, {"kitten", "sitting", 3}, {"a", "abcdef", 3}} {
		if got := editDistance(c.a, c.b, 2); got != c.want {
			t.Errorf("editDistance(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestSlug(t *testing.T) {
	for name, want := range map[string]string{"Zoë Hart-Lane": "zoe-hart-lane", "O’Brien": "obrien", "N.B. Feld": "nb-feld", "Łukasz Nowak": "lukasz-nowak"} {
		if got := slug(name); got != want {
			t.Errorf("slug(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestCalm(t *testing.T) {
	for word, want := range map[string]string{"BRISK": "Brisk", "Brisk": "Brisk", "J.P.": "J.P.", "LEE": "LEE", "ÅBERG": "Åberg"} {
		if got := calm(word); got != want {
			t.Errorf("calm(%q) = %q, want %q", word, got, want)
		}
	}
}
