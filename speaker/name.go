package speaker

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/lexicon"
)

// personName is a person's name taken apart.
type personName struct {
	words  []string // as printed, without courtesy titles, nicknames in marks and suffixes
	keys   []string // words folded for comparison
	nick   string   // folded nickname in marks, "" if none
	gender lexicon.Gender
}

func (n personName) first() string { return n.keys[0] }
func (n personName) last() string  { return n.keys[len(n.keys)-1] }

// courtesy titles say what somebody is called, mostly by gender, never who.
var courtesy = map[string]lexicon.Gender{
	"mr": lexicon.Male, "mr.": lexicon.Male, "sir": lexicon.Male, "lord": lexicon.Male,
	"mrs": lexicon.Female, "mrs.": lexicon.Female, "ms": lexicon.Female, "ms.": lexicon.Female,
	"miss": lexicon.Female, "lady": lexicon.Female, "dame": lexicon.Female,
	"messrs.": lexicon.Male, "dr": lexicon.UnknownGender, "dr.": lexicon.UnknownGender,
}

var nameSuffix = map[string]bool{"jr": true, "jr.": true, "sr": true, "sr.": true, "ii": true, "iii": true, "iv": true, "esq.": true, "m.d.": true, "ph.d.": true}

func isCourtesy(form string) bool {
	_, ok := courtesy[strings.ToLower(form)]
	return ok
}

// parsePerson takes the forms of a name's tokens apart. ok is false if no
// name is left.
func parsePerson(forms []string) (n personName, ok bool) {
	marked := false
	for i, f := range forms {
		low := strings.ToLower(f)
		g, courteous := courtesy[low]
		switch {
		case f == `"` || f == "``" || f == "''" || f == "'" || f == "(" || f == ")":
			marked = !marked
		case marked:
			n.nick = fold(f)
		case courteous && len(n.words) == 0:
			n.gender = g
		case nameSuffix[low], f == ",", f == "'s":
		case len(n.words) == 0 && i+1 < len(forms) && isTitle(low):
		default:
			n.words, n.keys = append(n.words, f), append(n.keys, fold(f))
		}
	}
	if len(n.words) == 0 {
		return n, false
	}
	if n.gender == lexicon.UnknownGender && len(n.words) > 1 {
		n.gender = lexicon.FirstNameGender(n.words[0])
	}
	return n, true
}

// isTitle reports whether a lower-case word before a name is a role, not part
// of the name.
func isTitle(low string) bool {
	r, ok := lexicon.PersonRole(strings.TrimSuffix(low, "."))
	return ok && (r.Office || strings.HasSuffix(low, "."))
}

// sameFirst reports whether two first names can be one person's: equal, an
// initial, or a short form ("Ben", "Benjamin").
func sameFirst(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	a = strings.TrimSuffix(a, ".")
	return a == b || (len(a) == 1 || len(a) >= 3) && strings.HasPrefix(b, a) || lexicon.SameFirstName(a, b)
}

// samePerson reports whether two names of two words or more are one person's.
func samePerson(a, b personName) bool {
	if a.gender != b.gender && a.gender != lexicon.UnknownGender && b.gender != lexicon.UnknownGender {
		return false
	}
	if a.last() == b.last() {
		return transcribed(a.first(), b.first()) || sameFirst(a.first(), b.first()) || a.nick != "" && a.nick == b.first() || b.nick != "" && b.nick == a.first()
	}
	return a.first() == b.first() && (variant(a.last(), b.last()) || hasWord(b.keys[1:], a.last()) || hasWord(a.keys[1:], b.last()))
}

// transcribed reports whether two first names that no list knows can be
// spellings of one, from another script or by mistake: the same consonants from
// the same beginning ("Yusuf", "Yousef"), or a letter apart in a long name.
func transcribed(a, b string) bool {
	if len(a) < 5 || len(b) < 5 || a[0] != b[0] || lexicon.FirstNameGender(a) != lexicon.UnknownGender && lexicon.FirstNameGender(b) != lexicon.UnknownGender {
		return false
	}
	return consonants(a) == consonants(b) || min(len(a), len(b)) > 6 && editDistance(a, b, 1) == 1
}

// consonants are a name's letters without vowels and without doubling.
func consonants(name string) string {
	var out []rune
	for _, r := range name {
		if !strings.ContainsRune("aeiouy", r) && (len(out) == 0 || out[len(out)-1] != r) {
			out = append(out, r)
		}
	}
	return string(out)
}

func hasWord(words []string, w string) bool {
	for _, x := range words {
		if x == w {
			return true
		}
	}
	return false
}

// variant reports whether two folded surnames are spellings of one: a letter
// apart, or two in a long name, with the same beginning.
func variant(a, b string) bool {
	shorter := min(len(a), len(b))
	if shorter < 5 || a[:3] != b[:3] {
		return false
	}
	return editDistance(a, b, 2) <= 1+shorter/9
}

// editDistance is the Levenshtein distance of a and b in bytes, or limit+1 if
// it is more than limit.
func editDistance(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diagonal
			if a[i-1] != b[j-1] {
				cost++
			}
			diagonal = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
		}
	}
	return min(row[len(b)], limit+1)
}

// fold makes spellings of a name comparable: lower case, no accents, no stops.
func fold(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch r = unicode.ToLower(r); {
		case r == '.' || r == '\'' || r == '’':
		case r < utf8.RuneSelf:
			b.WriteRune(r)
		default:
			if plain, ok := unaccented[r]; ok {
				b.WriteString(plain)
			} else {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

var unaccented = func() map[rune]string {
	out := map[rune]string{'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i"}
	for plain, accented := range map[string]string{
		"a": "àáâãäåāăą", "c": "çćĉċč", "d": "ď", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥħ", "i": "ìíîïĩīĭį", "j": "ĵ", "k": "ķ",
		"l": "ĺļľ", "n": "ñńņň", "o": "òóôõöōŏő", "r": "ŕŗř", "s": "śŝşšș", "t": "ţťț", "u": "ùúûüũūŭůűų", "w": "ŵ", "y": "ýÿŷ", "z": "źżž",
	} {
		for _, r := range accented {
			out[r] = plain
		}
	}
	return out
}()

// slug makes an ID of a name: "Zoë Hart-Lane" is "zoe-hart-lane".
func slug(name string) string {
	words := strings.FieldsFunc(fold(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(words, "-")
}

// initials are the first letters of a name's capitalised words, in lower case.
func initials(words []string) string {
	var b strings.Builder
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// calm writes a name in capitals as a name: "BRENNAN" is "Brennan".
func calm(word string) string {
	if len(word) < 4 || word != strings.ToUpper(word) || strings.ContainsAny(word, ".0123456789") {
		return word
	}
	r, n := utf8.DecodeRuneInString(word)
	return string(r) + strings.ToLower(word[n:])
}
