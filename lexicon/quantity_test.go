package lexicon

import (
	"strconv"
	"strings"
	"testing"
)

func TestNumber(t *testing.T) {
	for word, want := range map[string]NumberWord{"twelve": {NumberOnes, 12}, "forty": {NumberTens, 40}, "billion": {NumberScale, 1e9}, "thirds": {NumberPart, 3}, "bn": {NumberShort, 1e9}} {
		if got, ok := Number(word); !ok || got != want {
			t.Errorf("%s: %v, %v", word, got, ok)
		}
	}
	if _, ok := Number("bridge"); ok {
		t.Error("a bridge is no number")
	}
}

func TestUnitOf(t *testing.T) {
	if u, ok := UnitOf("miles"); !ok || u.Name != "mile" || u.Currency() {
		t.Errorf("miles: %+v, %v", u, ok)
	}
	if u, ok := UnitOf("€"); !ok || u.Name != "EUR" || !u.Currency() {
		t.Errorf("€: %+v, %v", u, ok)
	}
	if u, ok := UnitOf("usd"); !ok || u.Name != "USD" {
		t.Errorf("the name of a unit is no form of it: %+v", u)
	}
}

func TestBounds(t *testing.T) {
	if got := BoundBefore("no fewer than"); got != "at least" {
		t.Errorf("no fewer than: %q", got)
	}
	if got := BoundAfter("or less"); got != "at most" {
		t.Errorf("or less: %q", got)
	}
	if got := BoundBefore("bridge"); got != "" {
		t.Errorf("bridge: %q", got)
	}
}

func TestCounted(t *testing.T) {
	if Counted("fatality") != Counted("die") || Counted("bridge") != "bridge" {
		t.Error("who died is a fatality, a bridge is a bridge")
	}
}

func TestKind(t *testing.T) {
	if Kind("passenger") != "person" || Kind(Counted("people")) != "person" || Kind("bridge") != "" {
		t.Error("passengers are people, a bridge is none")
	}
}

func TestMoneyAct(t *testing.T) {
	if MoneyAct(Counted("loss")) != "loss of" || MoneyAct("sail") != "" {
		t.Error("what is lost is a loss, what sails is no sum")
	}
}

// TestQuantityLists checks the shape of the lists.
func TestQuantityLists(t *testing.T) {
	for name, file := range map[string]string{"numbers": numbersFile, "units": unitsFile, "bounds": boundsFile, "same": countedFile, "kinds": kindsFile, "acts": actsFile} {
		if !strings.Contains(file, "# Origin: ") || !strings.Contains(file, "Licence: ") {
			t.Errorf("%s: no origin and licence", name)
		}
		if len(dataLines(file)) == 0 {
			t.Errorf("%s: empty", name)
		}
		if strings.ToLower(strings.Join(dataLines(file), "")) != strings.Join(dataLines(file), "") && name != "units" {
			t.Errorf("%s: capitals", name)
		}
	}
	for _, line := range dataLines(numbersFile) {
		f := strings.Fields(line)
		if len(f)%2 != 1 {
			t.Errorf("numbers: %q is not a kind and pairs", line)
		}
		for i := 2; i < len(f); i += 2 {
			if _, err := strconv.ParseFloat(f[i], 64); err != nil {
				t.Errorf("numbers: %v", err)
			}
		}
	}
	once := func(name string, words []string) {
		seen := map[string]bool{}
		for _, w := range words {
			if seen[w] {
				t.Errorf("%s: %q twice", name, w)
			}
			seen[w] = true
		}
	}
	var forms, same, phrases []string
	for _, line := range dataLines(unitsFile) {
		f := strings.Fields(line)
		if size, err := strconv.ParseFloat(f[2], 64); err != nil || size <= 0 {
			t.Errorf("units: the size of %q is %q", f[0], f[2])
		}
		forms = append(append(forms, strings.ToLower(f[0])), f[3:]...)
	}
	for _, line := range dataLines(countedFile) {
		same = append(same, strings.Fields(line)...)
	}
	for _, line := range dataLines(boundsFile) {
		f := strings.SplitN(line, " ", 3)
		if f[0] != "before" && f[0] != "after" || f[1] != "about" && f[1] != "at-least" && f[1] != "at-most" {
			t.Errorf("bounds: %q", line)
		}
		for _, p := range strings.Split(f[2], ";") {
			phrases = append(phrases, f[0]+" "+strings.TrimSpace(p))
		}
	}
	var kindred []string
	for _, line := range dataLines(kindsFile) {
		f := strings.Fields(line)
		for _, w := range f[1:] {
			if w != f[0] {
				kindred = append(kindred, w)
			}
			if Counted(w) != w {
				t.Errorf("kinds: %q is never looked up, it is %q", w, Counted(w))
			}
		}
	}
	for verb := range acts() {
		if Counted(verb) != verb {
			t.Errorf("acts: %q is never looked up, it is %q", verb, Counted(verb))
		}
	}
	once("kinds", kindred)
	once("units", forms)
	once("same", same)
	once("bounds", phrases)
}
