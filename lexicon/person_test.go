package lexicon

import (
	"strings"
	"testing"
)

func TestFirstNameGender(t *testing.T) {
	for name, want := range map[string]Gender{"Nora": Female, "adam": Male, "Lindsey": UnknownGender, "Qwert": UnknownGender} {
		if got := FirstNameGender(name); got != want {
			t.Errorf("FirstNameGender(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestPersonRole(t *testing.T) {
	if r, ok := PersonRole("chairwoman"); !ok || r.Gender != Female || !r.Office {
		t.Errorf("chairwoman: %+v, %v", r, ok)
	}
	if r, ok := PersonRole("spokesman"); !ok || r.Gender != Male || r.Office {
		t.Errorf("spokesman: %+v, %v", r, ok)
	}
	if _, ok := PersonRole("bridge"); ok {
		t.Error("a bridge is no person")
	}
}

func TestSynonyms(t *testing.T) {
	if got := strings.Join(Synonyms("lawyer"), " "); got != "attorney counsel" {
		t.Errorf("got %q", got)
	}
	if !SameFirstName("bob", "robert") || SameFirstName("bob", "bill") {
		t.Error("Bob is Robert, not Bill")
	}
}

// TestPersonLists checks the shape of the lists: comments that state origin
// and licence, then words without repeats.
func TestPersonLists(t *testing.T) {
	for name, file := range map[string]string{"women": womenFile, "men": menFile, "roles": rolesFile, "bodies": bodiesFile, "documents": documentsFile, "synonyms": synonymsFile, "nicknames": nicknamesFile} {
		if !strings.Contains(file, "# Origin: ") || !strings.Contains(file, "Licence: ") {
			t.Errorf("%s: no origin and licence", name)
		}
		if len(dataLines(file)) == 0 {
			t.Errorf("%s: empty", name)
		}
		if name == "synonyms" || name == "nicknames" {
			continue
		}
		seen := map[string]bool{}
		for _, line := range dataLines(file) {
			for _, w := range strings.Fields(line) {
				if low := strings.ToLower(w); name != "roles" && seen[low] {
					t.Errorf("%s: %q twice", name, w)
				} else {
					seen[low] = true
				}
			}
		}
	}
}
