package speaker

import (
	"cmp"
	"slices"
	"strings"

	"onrecord/english"
)

// Join gives the statements of several articles with speakers over all of
// them: who is named in two articles, or spelled in two ways, has one ID, the
// name that most of them use in full, and a role. Somebody whom nobody names
// stays a speaker of the one article and its copies.
func Join(docs []*english.Doc, said [][]Statement) [][]Statement {
	var everybody []*joined
	at := make([]map[string]*joined, len(said)) // of each article, by ID there
	for i, statements := range said {
		at[i] = map[string]*joined{}
		for _, s := range statements {
			e := at[i][s.Speaker.ID]
			if e == nil {
				e = newJoined(s.Speaker)
				at[i][s.Speaker.ID] = e
				everybody = append(everybody, e)
			}
			e.statements++
			e.role = firstWord(e.role, s.Speaker.Role)
		}
	}
	joinCopies(docs, said, at)
	people := Tally{}
	for _, doc := range docs {
		people.add(doc)
	}
	for _, e := range everybody {
		e.isPerson = people.Of(Spelling{name: e.name}) > 0
	}
	clustered(everybody)
	taken := map[string]int{}
	for _, e := range everybody {
		if o := e.first(); o == e {
			e.speaker.ID = unique(taken, slug(e.name.full()+e.speaker.Unnamed))
		}
	}
	out := make([][]Statement, len(said))
	for i, statements := range said {
		out[i] = slices.Clone(statements)
		for k := range out[i] {
			s := &out[i][k]
			if s.Speaker.ID == "" {
				continue // nobody is credited
			}
			e := at[i][s.Speaker.ID].first()
			s.Speaker = e.speaker
			s.Speaker.Name, s.Speaker.Role = e.best(), e.role
		}
	}
	return out
}

// joinCopies makes one speaker of those whom nobody names but of whom two
// articles say the same in the same words: one is a copy of the other.
func joinCopies(docs []*english.Doc, said [][]Statement, at []map[string]*joined) {
	known := map[string]*joined{}
	for i, statements := range said {
		for _, s := range statements {
			if s.Speaker.Unnamed == "" || len(s.Content) == 0 {
				continue
			}
			e := at[i][s.Speaker.ID].first()
			printed := s.Printed(docs[i].Body)
			if o := known[printed]; o == nil {
				known[printed] = e
			} else if o = o.first(); o != e && o.speaker.Unnamed == e.speaker.Unnamed {
				o.merge(e)
			}
		}
	}
}

// joined is a speaker of one article on the way to being one of all of them.
type joined struct {
	speaker    Speaker
	name       personName // the name taken apart; no keys for somebody unnamed
	isPerson   bool
	role       string
	statements int
	into       *joined        // who this one is the same as, nil for the first of each
	names      map[string]int // the first's: how many articles use each name
	order      []string       // the first's: names as they came
}

func newJoined(s Speaker) *joined {
	e := &joined{speaker: s, role: s.Role}
	if n, ok := parsePerson(strings.Fields(s.Name)); ok {
		e.name = n
	}
	e.names = map[string]int{s.Name: 1}
	e.order = []string{s.Name}
	return e
}

func (n personName) full() string { return strings.Join(n.words, " ") }

func (e *joined) first() *joined {
	for e.into != nil {
		e = e.into
	}
	return e
}

// best is the name that most articles use, of those with the most parts that
// two articles use or that any one does.
func (e *joined) best() string {
	full := func(n string) int { return min(2, strings.Count(n, " ")+1) }
	return slices.MaxFunc(e.order, func(a, b string) int {
		return cmp.Or(cmp.Compare(full(a), full(b)), cmp.Compare(e.names[a], e.names[b]))
	})
}

// merge makes o the same as e.
func (e *joined) merge(o *joined) {
	o.into = e
	for _, n := range o.order {
		if e.names[n] == 0 {
			e.order = append(e.order, n)
		}
		e.names[n] += o.names[n]
	}
	e.statements += o.statements
	e.role = firstWord(e.role, o.role)
	if len(o.name.keys) > 0 && fuller(o.name, e.name) {
		e.name = o.name
	}
	e.isPerson = e.isPerson || o.isPerson
}

// clustered joins speakers of the same name first, then in the order in which
// Choose can tell: full names, then single words, of which one may be a surname
// or initials.
func clustered(all []*joined) {
	byName := map[string]*joined{}
	var full, single []*joined
	for _, e := range all {
		if len(e.name.keys) == 0 {
			continue
		}
		key := Spelling{name: e.name}.Key()
		if o := byName[key]; o != nil {
			o.merge(e)
			continue
		}
		byName[key] = e
		if len(e.name.keys) > 1 {
			full = append(full, e)
		} else {
			single = append(single, e)
		}
	}
	index := map[string][]*joined{}
	for _, e := range full {
		others := slices.Clone(index[e.name.last()])
		for _, o := range index[e.name.first()] {
			if !slices.Contains(others, o) {
				others = append(others, o)
			}
		}
		if e.isPerson && e.joinTo(others) {
			continue
		}
		for _, part := range []string{e.name.first(), e.name.last()} {
			if e.isPerson && len(index[part]) < maxSame {
				index[part] = append(index[part], e)
			}
		}
	}
	byEnd := map[string][]*joined{} // by what a single word may be: the surname or the initials
	for _, e := range full {
		if e.into != nil {
			continue
		}
		end := Spelling{name: e.name}.Initials()
		if e.isPerson {
			end = e.name.last()
		}
		byEnd[end] = append(byEnd[end], e)
	}
	for _, e := range single {
		e.joinTo(byEnd[e.name.last()])
	}
}

// joinTo makes e the same as one of others, if that is who its name means.
func (e *joined) joinTo(others []*joined) bool {
	among := make([]Candidate, len(others))
	for i, o := range others {
		among[i] = Candidate{Names: []Spelling{{name: o.name}}, IsPerson: o.isPerson, Statements: o.statements}
	}
	i := Choose(Called{Name: Spelling{name: e.name}, IsPerson: e.isPerson}, among)
	if i >= 0 {
		others[i].merge(e)
	}
	return i >= 0
}
