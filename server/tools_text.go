package server

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"onrecord/format"
)

// Answers for people to read, and for programs that hand a model nothing else:
// each passage with its article and its place in that.

// place is where a passage stands: "[lamp-1, characters 0–53]".
func place(article string, spans []format.Span) string {
	var out []string
	for _, s := range spans {
		out = append(out, fmt.Sprintf("%d–%d", s[0], s[1]))
	}
	return "[" + article + ", characters " + strings.Join(out, ", ") + "]"
}

// printed is by whom something was printed, and when.
func printed(outlet, title, when string) string {
	var out []string
	for _, s := range []string{outlet, title, when} {
		if s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, ", ")
}

// called is a speaker by name and role, or as articles describe who is unnamed.
func called(s format.Speaker) string {
	name := cmp.Or(s.Name, s.Unnamed, "Nobody named")
	if s.Role != "" {
		name += ", " + s.Role
	}
	return name
}

// said is how something is said: "denied, indirect".
func said(a format.Attribution) string {
	if a.Polarity == "" || a.Polarity == "asserted" {
		return a.Kind
	}
	return a.Polarity + ", " + a.Kind
}

func hitsInWords(l list[format.Hit]) string {
	if len(l.Items) == 0 {
		return "Nothing on record matches."
	}
	var b strings.Builder
	for _, h := range l.Items {
		fmt.Fprintf(&b, "%s (%s): %s\n  %s %s story %s\n", called(h.Attribution.Speaker), said(*h.Attribution), h.Text,
			printed(h.Outlet, h.Title, h.Published), place(h.Article, h.Passage), h.Story)
	}
	if l.Next != "" {
		fmt.Fprintf(&b, "There is more: cursor %s\n", l.Next)
	}
	return b.String()
}

func checkedInWords(c format.Checked) string {
	var b strings.Builder
	match := func(m format.CheckedMatch) {
		how := "other words"
		if m.Exact {
			how = "word for word"
		}
		if !m.Quoted {
			how += ", not quoted"
		}
		fmt.Fprintf(&b, "  %s (%s): %s %s\n", printed(m.Outlet, m.Title, m.Published), how, m.Text, place(m.Article, m.Passage))
	}
	for _, u := range c.Utterances {
		var names []string
		for _, s := range u.Speakers {
			names = append(names, called(s))
		}
		fmt.Fprintf(&b, "On record: %s\n", strings.Join(names, "; or, as the outlets do not agree, "))
		for _, m := range u.Matches {
			match(m)
		}
	}
	if len(c.Utterances) == 0 {
		b.WriteString("Nobody is on record with these words or words near them.\n")
	}
	if len(c.OwnVoice) > 0 {
		b.WriteString("Printed and credited to nobody:\n")
		for _, m := range c.OwnVoice {
			match(m)
		}
	}
	return b.String()
}

func comparisonInWords(c comparedStory) string {
	var b strings.Builder
	names := map[string]string{}
	fmt.Fprintf(&b, "Story %s\n", c.Story)
	for _, a := range c.Articles {
		names[a.ID] = cmp.Or(a.Outlet, a.ID)
		fmt.Fprintf(&b, "- %s [%s]\n", printed(a.Outlet, a.Title, a.Published), a.ID)
	}
	only := map[string]int{}
	for _, u := range slices.Concat(c.Utterances, c.Statements) {
		if !slices.ContainsFunc(u.Variants, func(v format.Variant) bool { return v.Article != u.Variants[0].Article }) {
			only[u.Variants[0].Article]++
			continue
		}
		fmt.Fprintf(&b, "\n%s, in several articles:\n", called(u.Speaker))
		for _, v := range u.Variants {
			fmt.Fprintf(&b, "  %s (%s): %s %s\n", names[v.Article], v.Rendering, v.Text, place(v.Article, v.Spans))
		}
	}
	for _, f := range c.Figures {
		if !f.Differs {
			continue
		}
		fmt.Fprintf(&b, "\nFigures that differ, %s:\n", f.Slot)
		for _, v := range f.Values {
			fmt.Fprintf(&b, "  %s: %v %s %s\n", names[v.Article], v.Value, v.Unit, place(v.Article, []format.Span{v.Span}))
		}
	}
	for _, t := range c.Tensions {
		fmt.Fprintf(&b, "\nThese pull against each other (%s):\n", t.Why)
		for _, side := range t.Between {
			fmt.Fprintf(&b, "  %s, %s: %s %s\n", cmp.Or(side.Speaker, "the outlet itself"), names[side.Article], side.Text, place(side.Article, []format.Span{side.Span}))
		}
	}
	b.WriteString("\nStatements that one article alone has:\n")
	for _, a := range c.Articles {
		fmt.Fprintf(&b, "- %s: %d\n", names[a.ID], only[a.ID])
	}
	return b.String()
}

func speakersInWords(name string, f foundSpeakers) string {
	if len(f.Items) == 0 {
		out := "Nobody called " + name + " is on record."
		if len(f.Near) > 0 {
			out += " Spelled nearly so: " + strings.Join(f.Near, ", ") + "."
		}
		return out
	}
	var b strings.Builder
	b.WriteString("Several speakers have that name; ask with the ID of one:\n")
	for _, k := range f.Items {
		fmt.Fprintf(&b, "- %s: %s, %s in %s\n", k.ID, k.Name, counted(k.Statements, "statement", "statements"), counted(k.Articles, "article", "articles"))
	}
	return b.String()
}

func profileInWords(p format.Profile) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s in %s, %s to %s\n", p.Name, counted(p.Statements, "statement", "statements"), counted(p.Articles, "article", "articles"),
		cmp.Or(p.First, "unknown"), cmp.Or(p.Last, "unknown"))
	for _, r := range p.Roles {
		fmt.Fprintf(&b, "- %s (%s to %s, %s)\n", r.Role, cmp.Or(r.First, "unknown"), cmp.Or(r.Last, "unknown"), counted(r.Articles, "article", "articles"))
	}
	for _, o := range p.Outlets {
		fmt.Fprintf(&b, "- quoted by %s: %s\n", o.Outlet, counted(o.Statements, "statement", "statements"))
	}
	for _, t := range p.Topics {
		fmt.Fprintf(&b, "- speaks of %s: %s\n", t.Words, counted(t.Statements, "statement", "statements"))
	}
	for _, t := range p.Tensions {
		fmt.Fprintf(&b, "\nThese differ (%s):\n", t.Why)
		for _, side := range t.Between {
			fmt.Fprintf(&b, "  %s: %s %s\n", printed(side.Outlet, side.Title, side.Published), side.Text, place(side.Article, []format.Span{side.Span}))
		}
	}
	for _, story := range p.Stories {
		fmt.Fprintf(&b, "\nStory %s, %s\n", story.Story, story.Headline)
		for _, one := range story.Statements {
			fmt.Fprintf(&b, "  (%s) %s\n    %s %s\n", said(one.Attribution), one.Attribution.Text, printed(one.Outlet, one.Title, one.Published),
				place(one.Article, one.Attribution.Content))
		}
	}
	return b.String()
}

func articleInWords(r format.Record) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s [%s]\n\n%s\n\nWho is credited with what:\n", printed(r.Outlet, r.Title, r.Published), r.ID, r.Text)
	for _, a := range r.Attributions {
		fmt.Fprintf(&b, "- %s: %s (%s): %s %s\n", a.ID, called(a.Speaker), said(a), a.Text, place(r.ID, a.Content))
	}
	return b.String()
}
