package speaker

import (
	"slices"

	"onrecord/lexicon"
)

// Fields are those that people are in by their roles.
type Fields = lexicon.Fields

// Called is a name with what an article says of who bears it.
type Called struct {
	Name     Spelling
	IsPerson bool
	Fields   Fields // that the roles show
}

// Candidate is a speaker of other articles whom a name may mean.
type Candidate struct {
	Names      []Spelling // of those by which the candidate was found
	IsPerson   bool
	Statements int  // that are credited to the names
	Near       bool // has a statement in the story that the name is in
	Fields     Fields
}

// Choose gives the number of the candidate whom a name means, -1 if that is
// none of them or not certain.
//
// The same name is the same speaker, unless what the two are said to be
// contradicts it and the story does not show it. Two full names are one person's
// if they can be spellings of one. A surname alone is that of somebody in the
// story, or else of who says by far the most under it; initials alone are those
// of a body.
func Choose(c Called, among []Candidate) int {
	var same, spelled, surnamed, single, short []int
	for i, o := range among {
		n := o.fullest()
		if !o.Near && c.Fields.Contradict(o.Fields) {
			continue
		}
		if o.isCalled(c.Name.Key()) {
			same = append(same, i)
			if !n.IsFull() {
				single = append(single, i)
			}
		}
		switch people := c.IsPerson && o.IsPerson; {
		case !n.IsFull():
		case c.Name.IsFull():
			if people && samePerson(n.name, c.Name.name) {
				spelled = append(spelled, i)
			}
		case people && n.Last() == c.Name.Key():
			surnamed = append(surnamed, i)
		case !o.IsPerson && n.Initials() == c.Name.Key():
			short = append(short, i)
		}
	}
	// Some people have no other name, which somebody else may have for a surname.
	own := most(among, single)
	if i := clearly(among, surnamed); i >= 0 && (own < 0 || among[i].Near || among[i].Statements >= among[own].Statements) {
		return i
	}
	if i := most(among, same); i >= 0 {
		return i
	}
	return max(clearly(among, spelled), clearly(among, short))
}

func (c Candidate) isCalled(key string) bool {
	return slices.ContainsFunc(c.Names, func(n Spelling) bool { return n.Key() == key })
}

// IsFull reports whether the candidate has a name of two words or more.
func (c Candidate) IsFull() bool { return c.fullest().IsFull() }

// fullest is the name of a candidate that says the most.
func (c Candidate) fullest() Spelling {
	best := c.Names[0]
	for _, n := range c.Names[1:] {
		if fuller(n.name, best.name) {
			best = n
		}
	}
	return best
}

// most is the one of some candidates who is in the story, or else who says the
// most; -1 if there is none.
func most(among []Candidate, which []int) int {
	best := -1
	for _, i := range which {
		if best < 0 || among[i].Near && !among[best].Near || among[i].Near == among[best].Near && among[i].Statements > among[best].Statements {
			best = i
		}
	}
	return best
}

// How many times as much somebody must say as the next of the same surname for
// the surname alone to mean them: anywhere, and even where the next is in the
// story.
const (
	surely = 3
	famous = 10
)

// clearly is the one of some candidates who is in the story, or else who says
// by far the most; -1 if there is none.
func clearly(among []Candidate, which []int) int {
	best := most(among, which)
	for _, i := range which {
		switch one, o := among[best], among[i]; {
		case i == best:
		case one.Near && !o.Near && o.Statements >= famous*one.Statements:
			best = i
		case !one.Near && one.Statements < surely*o.Statements:
			return -1
		}
	}
	return best
}
