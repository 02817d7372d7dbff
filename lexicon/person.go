package lexicon

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// Gender is what a word says of the person it stands for.
type Gender byte

// The genders that a word can show.
const (
	UnknownGender Gender = 0
	Female        Gender = 'f'
	Male          Gender = 'm'
)

var (
	//go:embed women.txt
	womenFile string
	//go:embed men.txt
	menFile string
	//go:embed roles.txt
	rolesFile string
	//go:embed bodies.txt
	bodiesFile string
	//go:embed documents.txt
	documentsFile string
	//go:embed synonyms.txt
	synonymsFile string
	//go:embed nicknames.txt
	nicknamesFile string

	women     = sync.OnceValue(func() map[string]bool { return wordSet(womenFile) })
	men       = sync.OnceValue(func() map[string]bool { return wordSet(menFile) })
	bodies    = sync.OnceValue(func() map[string]bool { return wordSet(bodiesFile) })
	documents = sync.OnceValue(func() map[string]bool { return wordSet(documentsFile) })
	roles     = sync.OnceValue(readRoles)
	synonyms  = sync.OnceValue(func() map[string][]string { return groups(synonymsFile) })
	nicknames = sync.OnceValue(func() map[string][]string { return groups(nicknamesFile) })
)

// FirstNameGender is the gender of most people with that first name, in any
// case; UnknownGender for a name not listed or common to both.
func FirstNameGender(name string) Gender {
	name = strings.ToLower(name)
	switch w, m := women()[name], men()[name]; {
	case w && !m:
		return Female
	case m && !w:
		return Male
	}
	return UnknownGender
}

// Role is what is known of a noun for a person.
type Role struct {
	Gender Gender // of the people it is said of
	Office bool   // an office or standing: "the governor" means somebody whom the article names
}

// PersonRole looks up a noun for a person by its lower-case singular.
func PersonRole(lemma string) (Role, bool) {
	r, ok := roles()[lemma]
	return r, ok
}

// IsBody reports whether a lower-case singular noun stands for a body of
// people that speaks as one ("committee").
func IsBody(lemma string) bool { return bodies()[lemma] }

// IsDocument reports whether a lower-case singular noun stands for something
// written or spoken that is credited in its maker's place ("study").
func IsDocument(lemma string) bool { return documents()[lemma] }

func readRoles() map[string]Role {
	out := map[string]Role{}
	for _, line := range dataLines(rolesFile) {
		word, marks, _ := strings.Cut(line, " ")
		r := out[word]
		r.Office = r.Office || strings.Contains(marks, "+")
		if strings.Contains(marks, "f") {
			r.Gender = Female
		} else if strings.Contains(marks, "m") {
			r.Gender = Male
		}
		out[word] = r
	}
	return out
}

func wordSet(file string) map[string]bool {
	out := map[string]bool{}
	for _, line := range dataLines(file) {
		for _, w := range strings.Fields(line) {
			out[strings.ToLower(w)] = true
		}
	}
	return out
}

// dataLines are the lines of a word list without its comments.
func dataLines(file string) []string {
	var out []string
	for _, line := range strings.Split(file, "\n") {
		if line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, line)
		}
	}
	return out
}

// Synonyms are the nouns that an article may use for the same person as the
// noun lemma, without lemma itself; nil for most.
func Synonyms(lemma string) []string { return synonyms()[lemma] }

// SameFirstName reports whether two lower-case first names are forms that one
// person goes by ("bob", "robert").
func SameFirstName(a, b string) bool { return slices.Contains(nicknames()[a], b) }

// groups maps each word of a list of groups to the others of its groups.
func groups(file string) map[string][]string {
	out := map[string][]string{}
	for _, line := range dataLines(file) {
		group := strings.Fields(line)
		for _, w := range group {
			for _, o := range group {
				if o != w {
					out[w] = append(out[w], o)
				}
			}
		}
	}
	return out
}
