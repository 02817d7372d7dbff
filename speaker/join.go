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
	people := personNames(docs)
	for _, e := range everybody {
		e.isPerson = people[strings.Join(e.name.keys, " ")]
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

// personNames are the names, folded, that the articles have for persons more
// often than for anything else.
func personNames(docs []*english.Doc) map[string]bool {
	count := map[string]int{}
	for _, doc := range docs {
		for _, n := range doc.Names {
			words := make([]string, 0, 4)
			for i := n.Tokens.First; i < n.Tokens.End && len(words) < 5; i++ {
				words = append(words, fold(doc.Tokens[i].Form))
			}
			if n.Kind == kindPerson {
				count[strings.Join(words, " ")]++
			} else {
				count[strings.Join(words, " ")]--
			}
		}
	}
	out := map[string]bool{}
	for name, n := range count {
		out[name] = n > 0
	}
	return out
}

// clustered joins speakers: equal names first, then the full names of one
// person, then a surname alone to the one who says most under it, then a
// body's initials to its name.
func clustered(all []*joined) {
	byName := map[string]*joined{}
	var rest []*joined
	for _, e := range all {
		if len(e.name.keys) == 0 {
			continue
		}
		key := strings.TrimPrefix(strings.Join(e.name.keys, " "), "the ")
		if o := byName[key]; o != nil {
			o.merge(e)
			continue
		}
		byName[key] = e
		rest = append(rest, e)
	}
	joinFullNames(rest)
	joinSurnames(rest)
	joinInitials(rest)
}

// joinFullNames joins the spellings of one person's name, compared only where
// the first or the last word agrees.
func joinFullNames(all []*joined) {
	index := map[string][]*joined{}
	for _, e := range all {
		if len(e.name.keys) < 2 || !e.isPerson {
			continue
		}
		for _, part := range []string{e.name.first(), e.name.last()} {
			for _, o := range index[part] {
				o = o.first()
				if e.into == nil && o != e && samePerson(o.name, e.name) {
					o.merge(e)
				}
			}
		}
		if e.into == nil {
			for _, part := range []string{e.name.first(), e.name.last()} {
				if len(index[part]) < maxSame {
					index[part] = append(index[part], e)
				}
			}
		}
	}
}

// surely is how many times as much somebody must say as the next of the same
// surname for the surname alone to mean them.
const surely = 3

// joinSurnames joins a surname alone to the full name that ends in it, where
// one does or one of several says by far the most.
func joinSurnames(all []*joined) {
	most, next := map[string]*joined{}, map[string]int{} // by surname: who says most, and how much the next one does
	for _, e := range all {
		if e.into != nil || len(e.name.keys) < 2 || !e.isPerson {
			continue
		}
		last := e.name.last()
		switch o := most[last]; {
		case o == nil:
			most[last] = e
		case e.statements > o.statements:
			most[last], next[last] = e, o.statements
		default:
			next[last] = max(next[last], e.statements)
		}
	}
	for _, e := range all {
		if e.into != nil || len(e.name.keys) != 1 || !e.isPerson {
			continue
		}
		if o := most[e.name.last()]; o != nil && o.statements >= surely*next[e.name.last()] {
			o.merge(e)
		}
	}
}

// joinInitials joins "CSIS" to the body of which these are the initials.
func joinInitials(all []*joined) {
	byInitials := map[string]*joined{}
	for _, e := range all {
		if short := initials(e.name.words); e.into == nil && !e.isPerson && len(short) >= 3 {
			byInitials[short] = e
		}
	}
	for _, e := range all {
		if e.into != nil || len(e.name.keys) != 1 {
			continue
		}
		if o := byInitials[e.name.last()]; o != nil && o != e {
			o.merge(e)
		}
	}
}
