package speaker

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/english"
	"onrecord/lexicon"
	"onrecord/text"
)

// spotNames finds the names of people, bodies, places and others in doc.
func spotNames(doc *english.Doc) []spotted {
	surnames := map[string]bool{}
	for _, n := range doc.Names {
		if n.Kind == kindPerson {
			surnames[doc.Tokens[n.Tokens.End-1].Form] = true
		}
	}
	var out []spotted
	covered := 0
	names := splitNames(doc)
	for k := 0; k < len(names); k++ {
		n := names[k]
		if n.Tokens.First < covered || !isNamed(n.Kind) || isDescription(doc, n) {
			continue
		}
		r := widen(doc, n)
		r.First = max(r.First, covered)
		out = appendUnlabelled(doc, out, covered, r.First, surnames)
		for more := 1; more <= 2 && k+more < len(names) && n.Kind == kindPerson; more++ { // the nickname may count as a name
			if next := names[k+more]; next.Kind == kindPerson && nicknameBetween(doc, r.End, next.Tokens.First) {
				r.End, k = next.Tokens.End, k+more
				break
			}
		}
		covered = r.End
		out = appendSpotted(doc, out, r, n.Kind)
	}
	return appendUnlabelled(doc, out, covered, len(doc.Tokens), surnames)
}

// splitNames are the names of doc, with those taken apart in which the model
// has run a body or a place into the name of a person.
func splitNames(doc *english.Doc) []english.Name {
	out := make([]english.Name, 0, len(doc.Names))
	names := slices.Clone(doc.Names)
	for k, n := range names {
		if n.Kind == kindPerson || !isNamed(n.Kind) {
			n.Tokens.First = max(n.Tokens.First, personInside(doc, n.Tokens))
			out = append(out, n)
			continue
		}
		last := n.Tokens.End - 1
		if k+1 < len(names) && names[k+1].Kind == kindPerson && names[k+1].Tokens.First == n.Tokens.End && isFirstName(doc.Tokens[last]) {
			n.Tokens.End, names[k+1].Tokens.First = last, last
		}
		if end := ofMembers(doc, n.Tokens.End); end > 0 {
			n = english.Name{Kind: kindOrg, Tokens: text.Range{First: n.Tokens.First, End: end}}
		}
		if at := personInside(doc, n.Tokens); at > 0 {
			out = append(out, english.Name{Kind: n.Kind, Tokens: text.Range{First: n.Tokens.First, End: at}})
			n = english.Name{Kind: kindPerson, Tokens: text.Range{First: at, End: n.Tokens.End}}
		}
		if n.Tokens.Len() > 0 {
			out = append(out, n)
		}
	}
	return out
}

// ofMembers is where a body's name ends that goes on at token i with whom it
// is of ("the Tarnby | Harbor Nurses' Union"); 0 if none does.
func ofMembers(doc *english.Doc, i int) int {
	for n := 0; n < 4 && i+1 < len(doc.Tokens); n, i = n+1, i+1 {
		switch t := doc.Tokens[i]; {
		case t.Tag == "POS" && n > 0:
			if body := doc.Tokens[i+1]; startsUpper(body.Form) && lexicon.IsBody(singular(body)) {
				return i + 2
			}
			return 0
		case !startsUpper(t.Form) || !strings.HasPrefix(t.Tag, "NN"):
			return 0
		}
	}
	return 0
}

func isFirstName(t english.Token) bool {
	return startsUpper(t.Form) && lexicon.FirstNameGender(t.Form) != lexicon.UnknownGender
}

// personInside is where a person's name begins in a name of something else,
// after an office ("Tarnby Mayor Ann Doe") or what an office is of ("Secretary
// of Fisheries Ann Doe"); 0 if none does.
func personInside(doc *english.Doc, r text.Range) int {
	if r.Len() < 2 {
		return 0
	}
	ofOffice := r.First > 1 && doc.Tokens[r.First-1].Form == "of" && isTitle(strings.ToLower(doc.Tokens[r.First-2].Form))
	for i := r.First + 1; i+1 < r.End; i++ {
		if isFirstName(doc.Tokens[i]) && r.End-i <= 3 && (ofOffice || isTitle(strings.ToLower(doc.Tokens[i-1].Form))) {
			return i
		}
	}
	if last := doc.Tokens[r.End-1]; r.Len() == 2 && isTitle(strings.ToLower(doc.Tokens[r.First].Form)) && last.Tag == "NNP" && !lexicon.IsBody(singular(last)) && !isPersonNoun(last) {
		return r.First + 1 // "Justice Doe"
	}
	return 0
}

func isNamed(kind string) bool {
	return kind == kindPerson || kind == kindOrg || kind == kindPlace || kind == kindMisc
}

// isDescription reports whether a name is rather a noun for people ("a
// Democrat", "Canadians") or an adjective.
func isDescription(doc *english.Doc, n english.Name) bool {
	t := doc.Tokens[n.Tokens.First]
	if n.Kind == kindPerson || n.Kind == kindPlace || n.Tokens.Len() > 1 {
		return false
	}
	if isPersonNoun(t) || t.Tag == "NN" && t.Form == strings.ToLower(t.Form) {
		return true
	}
	det := childOf(doc, n.Tokens.First, "det")
	return n.Kind == kindMisc && (strings.HasPrefix(t.Tag, "JJ") || inPlural(t) || det >= 0 && strings.HasPrefix(strings.ToLower(doc.Tokens[det].Form), "a"))
}

// widen drops what does not belong to a name at its edges, and takes in what
// the tree joins to it but the model left out.
func widen(doc *english.Doc, n english.Name) text.Range {
	r := n.Tokens
	for r.Len() > 1 && isEdge(doc.Tokens[r.End-1].Form) {
		r.End--
	}
	for r.Len() > 1 && (isEdge(doc.Tokens[r.First].Form) || strings.EqualFold(doc.Tokens[r.First].Form, "the")) {
		r.First++
	}
	switch n.Kind {
	case kindPerson:
		return widenPerson(doc, r)
	case kindOrg:
		if k := r.First - 1; k >= 0 && doc.Tokens[r.First].Form == "&" && startsUpper(doc.Tokens[k].Form) {
			r.First = k // "Rivers & Harbors Board"
		}
		// "the Tarnby Nurses' Union"
		if k := r.End + 1; k < len(doc.Tokens) && doc.Tokens[r.End].Tag == "POS" && startsUpper(doc.Tokens[k].Form) && lexicon.IsBody(singular(doc.Tokens[k])) {
			r.End = k + 1
		}
	}
	return r
}

// widenPerson leaves titles to the role and takes in a first name, a nickname
// in marks or a surname that the model left out.
func widenPerson(doc *english.Doc, r text.Range) text.Range {
	for r.Len() > 1 {
		if form := doc.Tokens[r.First].Form; !isCourtesy(form) && !isTitle(strings.ToLower(form)) {
			break
		}
		r.First++
	}
	if r.End < len(doc.Tokens) {
		next, last := doc.Tokens[r.End], doc.Tokens[r.End-1]
		if isFreeName(next) && last.Head == r.End && last.Label == "compound" {
			r.End++
		}
	}
	if k := r.First - 4; k >= 0 && (isFreeName(doc.Tokens[k]) || isFirstName(doc.Tokens[k])) && nicknameBetween(doc, k+1, r.First) {
		return text.Range{First: k, End: r.End}
	}
	if r.First > 0 {
		before, next := doc.Tokens[r.First-1], doc.Tokens[r.First]
		initial := len(next.Form) == 2 && next.Form[1] == '.' && isFreeName(before) && before.Head >= r.First && before.Head < r.End
		first := r.Len() == 1 && strings.HasPrefix(before.Tag, "NN") && startsUpper(before.Form) && lexicon.FirstNameGender(before.Form) != lexicon.UnknownGender
		if (initial || first) && next.Start-before.End < 2 {
			r.First--
		}
	}
	return r
}

// isFreeName reports whether t can be a part of a name that the model left out.
func isFreeName(t english.Token) bool {
	return t.Tag == "NNP" && t.Name == "" && !isTitle(strings.ToLower(t.Form))
}

func isEdge(form string) bool {
	switch form {
	case "'s", "'", `"`, "``", "''", ",", "(", ")", "-", "--", ":", "a", "an":
		return true
	}
	return false
}

// nicknameBetween reports whether the tokens [from, to) are a nickname in
// marks or brackets.
func nicknameBetween(doc *english.Doc, from, to int) bool {
	if to-from < 3 || to-from > 4 {
		return false
	}
	open, end := doc.Tokens[from].Form, doc.Tokens[to-1].Form
	return isEdge(open) && open != "'s" && open != "," && isEdge(end) && end != ","
}

// appendUnlabelled finds names that the model left out in tokens [from, to):
// runs of proper nouns after a courtesy title, or that a verb takes as subject,
// and surnames of people named elsewhere.
func appendUnlabelled(doc *english.Doc, out []spotted, from, to int, surnames map[string]bool) []spotted {
	for i := from; i < to; i++ {
		if !strings.HasPrefix(doc.Tokens[i].Tag, "NNP") || doc.Tokens[i].Name != "" {
			if t := doc.Tokens[i]; !isNamed(t.Name) && isWord(t) && surnames[t.Form] && startsUpper(t.Form) {
				n := len(out)
				if out = appendSpotted(doc, out, text.Range{First: i, End: i + 1}, ""); len(out) > n {
					out[n].weak = true
				}
			}
			continue
		}
		j, subject := i, false
		for j < to && strings.HasPrefix(doc.Tokens[j].Tag, "NNP") && doc.Tokens[j].Name == "" && doc.Tokens[j].Start-doc.Tokens[i].Start < 200 {
			label := doc.Tokens[j].Label
			subject = subject || label == "nsubj" || label == "nsubjpass"
			j++
		}
		first := strings.ToLower(doc.Tokens[i].Form)
		titled := isCourtesy(first) || isTitle(first)
		_, lastIsRole := lexicon.PersonRole(singular(doc.Tokens[j-1]))
		switch {
		case lastIsRole && (!titled || j-i == 1), j-i == 1 && (titled || !canBeName(doc.Tokens[i].Form)):
		case titled && j-i > 1 && j-i < 5 && !lastIsRole:
			out = appendSpotted(doc, out, text.Range{First: i + 1, End: j}, kindPerson)
		case j-i > 1 && j-i < 4 && lexicon.FirstNameGender(doc.Tokens[i].Form) != lexicon.UnknownGender:
			out = appendSpotted(doc, out, text.Range{First: i, End: j}, kindPerson)
		case j-i < 4:
			n := len(out)
			out = appendSpotted(doc, out, text.Range{First: i, End: j}, "")
			if len(out) > n {
				out[n].weak = !subject || lexicon.IsBody(singular(doc.Tokens[i]))
			}
		}
		i = j
	}
	return out
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// canBeName leaves out single capitalised words that are no names: "A", and
// the names of days and months.
func canBeName(form string) bool {
	return len(form) > 1 && !isArticle(form) && lexicon.Weekday(form) == 0 && lexicon.Month(form) == 0
}

// appendSpotted adds the name at r.
func appendSpotted(doc *english.Doc, out []spotted, r text.Range, kind string) []spotted {
	s := spotted{tokens: r, kind: kind}
	var forms []string
	for i := r.First; i < r.End; i++ {
		forms = append(forms, doc.Tokens[i].Form)
	}
	if kind == kindPerson {
		from := r.First
		if from > 0 {
			if isCourtesy(doc.Tokens[from-1].Form) {
				forms = append([]string{doc.Tokens[from-1].Form}, forms...)
			}
		}
		var ok bool
		if s.person, ok = parsePerson(forms); !ok {
			return out
		}
		s.words = s.person.keys
	} else {
		for _, f := range forms {
			if w := fold(f); w != "" && w != "the" && w != "s" {
				s.words = append(s.words, w)
			}
		}
		if len(s.words) == 0 {
			return out
		}
	}
	return append(out, s)
}
