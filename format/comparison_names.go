package format

import (
	"cmp"
	"fmt"
	"strings"

	"onrecord/article"
	"onrecord/comparison"
	"onrecord/speaker"
	"onrecord/utterance"
)

// Outlets names the articles by their outlets, with a number where one outlet
// has several.
func Outlets(reports []comparison.Report) []string {
	out := make([]string, len(reports))
	for i, r := range reports {
		out[i] = cmp.Or(Harmless(r.Article.Outlet), Harmless(r.Article.ID), Harmless(r.Article.Origin), "Unnamed outlet")
	}
	return distinct(out, func(name string, n int) string { return fmt.Sprintf("%s (%d)", name, n) })
}

// SameText gives, for each article, the first one before it that prints the
// same text, white space aside; -1 where none does.
func SameText(reports []comparison.Report) []int {
	out := make([]int, len(reports))
	first := map[string]int{}
	for i, r := range reports {
		body := oneLine(r.Article.Body)
		if _, known := first[body]; !known {
			first[body] = i
			out[i] = -1
			continue
		}
		out[i] = first[body]
	}
	return out
}

// distinct numbers the names that stand more than once.
func distinct(names []string, numbered func(string, int) string) []string {
	count, nth := map[string]int{}, map[string]int{}
	for _, n := range names {
		count[n]++
	}
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = n
		if count[n] > 1 {
			nth[n]++
			out[i] = numbered(n, nth[n])
		}
	}
	return out
}

// Headline is the title of the article that was published first, else of the
// first that has one, else the first sentence.
func Headline(reports []comparison.Report) string {
	var first *article.Article
	for i := range reports {
		a := &reports[i].Article
		if a.Title != "" && (first == nil || !a.Published.IsZero() && (first.Published.IsZero() || a.Published.Before(first.Published))) {
			first = a
		}
	}
	if first != nil {
		return Harmless(first.Title)
	}
	for _, r := range reports {
		if len(r.Doc.Sentences) > 0 {
			return Harmless(begun(r.Doc.Sentences[0].Of(r.Article.Body)))
		}
	}
	return "A story without a headline"
}

// SpeakerName is the name of a speaker, or what describes one whom nobody names.
func SpeakerName(s speaker.Speaker) string {
	switch {
	case s.Name != "":
		return Harmless(s.Name)
	case s.Unnamed != "":
		return capital(Harmless(s.Unnamed))
	}
	return "Nobody credited"
}

// SpeakerRole is what follows the name, "" for nothing.
func SpeakerRole(s speaker.Speaker) string {
	if s.Name == "" && s.Role == "" && s.Unnamed != "" {
		return "unnamed"
	}
	return Harmless(s.Role)
}

// Occasion is where and when an utterance was made, "" if not said.
func Occasion(u *utterance.Utterance) string {
	var out []string
	if u.Venue != "" {
		out = append(out, Harmless(u.Venue))
	}
	if u.Date != "" {
		out = append(out, Written(u.Date))
	}
	return strings.Join(out, ", ")
}
