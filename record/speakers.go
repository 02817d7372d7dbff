package record

import (
	"slices"

	"onrecord/pipeline"
	"onrecord/speaker"
	"onrecord/store"
)

// cast finds who the speakers of an article are over the record.
type cast struct {
	b      *store.Batch
	people speaker.Tally // nil where the article was not parsed
	story  int64
}

// identify finds whom a reading names.
func identify(b *store.Batch, r pipeline.Reading) store.Identify {
	c := &cast{b: b}
	if r.Doc != nil {
		c.people = speaker.NewTally(r.Doc)
	}
	return c.identify
}

// identify is the store.Identify of an article: full names first, as single
// words may be the surnames of these.
func (c *cast) identify(story int64, cited []store.Cited) ([]store.Identity, error) {
	c.story = story
	out := make([]store.Identity, len(cited))
	names := make([]speaker.Spelling, len(cited))
	for i := range cited {
		names[i] = speaker.NewSpelling(cited[i].Name)
	}
	for _, full := range []bool{true, false} {
		for i := range cited {
			if names[i].IsFull() != full {
				continue
			}
			var err error
			if out[i], err = c.find(names[i], cited[i]); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// find is who a name means, somebody new if nobody whom the record has.
func (c *cast) find(name speaker.Spelling, cited store.Cited) (store.Identity, error) {
	out := store.Identity{Person: name.Kind(cited.Role, c.people), Fields: speaker.FieldsOf(cited.Role), Loose: !name.IsFull()}
	known, err := c.b.NamesByKey(name.Key())
	if err != nil {
		return out, err
	}
	if out.Loose {
		known = slices.DeleteFunc(slices.Clone(known), func(n *store.Name) bool { return !n.Loose })
	}
	person := out.Person
	for _, n := range known {
		person += n.Person
	}
	called := speaker.Called{Name: name, IsPerson: person > 0, Fields: out.Fields}
	among, err := c.candidates(called, known)
	if err != nil {
		return out, err
	}
	i := speaker.Choose(called, among.list)
	if i < 0 {
		return c.introduce(called, cited.Statements, out)
	}
	out.Speaker = among.rows[i]
	if !out.Loose {
		return out, nil
	}
	if out.Loose = !among.list[i].Near || !among.list[i].IsFull(); !out.Loose {
		return out, nil // the story says whom the word means there
	}
	// Where no story says otherwise the word now means whoever it means here.
	for _, n := range known {
		if n.Speaker == out.Speaker {
			continue
		}
		if n.Pinned {
			out.Speaker = n.Speaker
		} else if err := c.b.Assign(n, out.Speaker); err != nil {
			return out, err
		}
	}
	return out, nil
}

// candidates are the speakers whom a name may mean.
type candidates struct {
	list  []speaker.Candidate
	rows  []int64   // of the speakers
	names [][]int64 // rows of the names of each
}

func (c *candidates) add(n *store.Name) {
	i := slices.Index(c.rows, n.Speaker)
	if i < 0 {
		i = len(c.rows)
		c.rows, c.names, c.list = append(c.rows, n.Speaker), append(c.names, nil), append(c.list, speaker.Candidate{})
	}
	if slices.Contains(c.names[i], n.Row) {
		return
	}
	o := &c.list[i]
	c.names[i] = append(c.names[i], n.Row)
	o.Names = append(o.Names, speaker.NewSpelling(n.Text))
	o.IsPerson = o.IsPerson || n.Person > 0
	o.Fields |= n.Fields
	o.Statements += n.Statements
}

// candidates looks for those whom a name may mean, beside those who have the
// same name.
func (c *cast) candidates(called speaker.Called, known []*store.Name) (*candidates, error) {
	var out candidates
	more, err := c.others(called, known)
	if err != nil {
		return nil, err
	}
	for _, n := range more {
		out.add(n)
	}
	for _, n := range known {
		// What is said under a surname alone does not make it mean its speaker.
		if i := slices.Index(out.rows, n.Speaker); i >= 0 && n.Loose {
			out.list[i].Names = append(out.list[i].Names, speaker.NewSpelling(n.Text))
			continue
		}
		out.add(n)
	}
	if err := c.keepApart(&out, known); err != nil {
		return nil, err
	}
	if len(out.list) > 1 || len(out.list) == 1 && (!called.Name.IsFull() || called.Fields.Contradict(out.list[0].Fields)) {
		return &out, c.near(&out)
	}
	return &out, nil
}

// others are the names that may be another form of one.
func (c *cast) others(called speaker.Called, known []*store.Name) ([]*store.Name, error) {
	switch name := called.Name; {
	case !name.IsFull() && called.IsPerson:
		return c.b.NamesByLast(name.Key())
	case !name.IsFull():
		names, err := c.b.NamesByInitials(name.Key())
		if err != nil || len(names) == 0 {
			return nil, err
		}
		// Other bodies have these letters too: only the story can tell.
		there, err := c.b.NamesIn(c.story, rowsOf(names))
		return slices.DeleteFunc(names, func(n *store.Name) bool { return !slices.Contains(there, n.Row) }), err
	case len(known) == 0 && called.IsPerson:
		return c.b.NamesLike(name)
	}
	return nil, nil
}

// near marks the candidates that are credited in the story.
func (c *cast) near(among *candidates) error {
	there, err := c.b.NamesIn(c.story, slices.Concat(among.names...))
	if err != nil {
		return err
	}
	for i, names := range among.names {
		among.list[i].Near = slices.ContainsFunc(names, func(row int64) bool { return slices.Contains(there, row) })
	}
	return nil
}

// keepApart leaves out the candidates of whom was said by hand that they are
// not who has the name.
func (c *cast) keepApart(among *candidates, known []*store.Name) error {
	for _, n := range known {
		if !n.Pinned {
			continue
		}
		different, err := c.b.DifferentFrom(n.Speaker)
		if err != nil {
			return err
		}
		for _, who := range different {
			i := slices.Index(among.rows, who)
			if i < 0 || slices.ContainsFunc(known, func(n *store.Name) bool { return n.Speaker == who }) {
				continue
			}
			among.list, among.rows, among.names = slices.Delete(among.list, i, i+1), slices.Delete(among.rows, i, i+1), slices.Delete(among.names, i, i+1)
		}
	}
	return nil
}

// introduce makes a speaker, who may turn out to be the one that is known by a
// surname or by initials alone.
func (c *cast) introduce(called speaker.Called, statements int, out store.Identity) (store.Identity, error) {
	var err error
	if out.Speaker, err = c.b.NewSpeaker(); err != nil || out.Loose {
		return out, err
	}
	word := called.Name.Initials()
	if called.IsPerson {
		word = called.Name.Last()
	}
	if word == "" {
		return out, nil
	}
	known, err := c.b.NamesByKey(word)
	if err != nil {
		return out, err
	}
	own := speaker.Candidate{Names: []speaker.Spelling{called.Name}, IsPerson: called.IsPerson, Statements: statements, Near: true}
	for _, n := range known {
		if !n.Loose || n.Pinned || called.IsPerson != (n.Person > 0) {
			continue
		}
		short := speaker.Called{Name: speaker.NewSpelling(n.Text), IsPerson: n.Person > 0}
		among, err := c.candidates(short, []*store.Name{n})
		if err != nil {
			return out, err
		}
		there, err := c.b.NamesIn(c.story, []int64{n.Row})
		if err != nil {
			return out, err
		}
		own.Near = len(there) > 0
		if !own.Near && !called.IsPerson {
			continue
		}
		if i := speaker.Choose(short, append(among.list, own)); i == len(among.list) {
			if err := c.b.Assign(n, out.Speaker); err != nil {
				return out, err
			}
		}
	}
	return out, nil
}

func rowsOf(names []*store.Name) []int64 {
	out := make([]int64, len(names))
	for i, n := range names {
		out[i] = n.Row
	}
	return out
}
