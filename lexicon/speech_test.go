package lexicon

import (
	"strings"
	"testing"
)

func TestStances(t *testing.T) {
	for word, want := range map[string]Stance{
		"deny": Denies, "push_back": Denies, "refuse": Refuses, "decline": Refuses,
		"ask": Asks, "vow": Promises, "say": Tells, "believe": Accepts, "evidence": Finds,
	} {
		if !TakesStance(word, want) {
			t.Errorf("%q does not %s", word, want)
		}
	}
	for _, s := range []Stance{Denies, Refuses, Asks} {
		if TakesStance("say", s) {
			t.Errorf(`"say" takes the stance %q`, s)
		}
	}
}

func TestOccasions(t *testing.T) {
	if !IsOccasion("interview") || IsOccasionInPlural("interview") || !IsOccasionInPlural("remark") || !IsOccasionInPlural("remarks") || IsOccasion("ship") {
		t.Error("occasions")
	}
}

func TestMedia(t *testing.T) {
	for phrase, want := range map[string]Medium{
		"television": MediumNoun, "truth social": Platform, "associated press": Outlet,
		"herald": OutletEnding, "radio": OutletOpening, "tonight": ProgrammeWord,
	} {
		if !IsMedium(phrase, want) {
			t.Errorf("%q is no %s", phrase, want)
		}
	}
}

func TestAddresses(t *testing.T) {
	for verb, want := range map[string]Addressing{
		"tell": AddressesObject, "write": AddressesTo, "speak": Occurs,
		"share": Shares, "press": Questions, "release": Issues,
	} {
		if !Addresses(verb, want) {
			t.Errorf("%q does not address by %q", verb, want)
		}
	}
	if !IsHearer("audience") || IsHearer("ship") {
		t.Error("hearers")
	}
}

func TestCalendar(t *testing.T) {
	for name, want := range map[string]int{"Sunday": 1, "SATURDAY": 7, "Tues.": 3, "sun": 0, "June": 0} {
		if got := Weekday(name); got != want {
			t.Errorf("Weekday(%q) is %d, want %d", name, got, want)
		}
	}
	for name, want := range map[string]int{"January": 1, "Aug.": 8, "dec": 12, "Monday": 0} {
		if got := Month(name); got != want {
			t.Errorf("Month(%q) is %d, want %d", name, got, want)
		}
	}
	for word, want := range map[string]int{"a": 1, "Twelve": 12, "40": 40, "-3": 0, "few": 0} {
		if got := Cardinal(word); got != want {
			t.Errorf("Cardinal(%q) is %d, want %d", word, got, want)
		}
	}
}

// TestSpeechLists fails on a list that lost its origin, its classes or its
// lower case.
func TestSpeechLists(t *testing.T) {
	for name, file := range map[string]string{
		"polarity": polarityFile, "occasions": occasionsFile, "media": mediaFile,
		"addressing": addressingFile, "calendar": calendarFile,
	} {
		if !strings.Contains(file, "Origin: written for this program. Licence: Apache-2.0.") {
			t.Errorf("%s: no origin or licence", name)
		}
		for _, line := range dataLines(file) {
			if line != strings.ToLower(line) || strings.TrimSpace(line) != line {
				t.Errorf("%s: %q is not in lower case or has space around it", name, line)
			}
		}
	}
	for _, s := range []Stance{Denies, Refuses, Asks, Promises, Tells, Accepts, Finds} {
		if len(stances()[string(s)]) == 0 {
			t.Errorf("no word for %q", s)
		}
	}
	if got, want := len(stances()), 7; got != want {
		t.Errorf("%d stances, want %d", got, want)
	}
	if got, want := len(media()), 6; got != want {
		t.Errorf("%d kinds of media, want %d", got, want)
	}
	if got, want := len(addressing()), 7; got != want {
		t.Errorf("%d ways of addressing, want %d", got, want)
	}
}
