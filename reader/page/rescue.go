package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// chrome are the parts of a page around its text.
var chrome = map[atom.Atom]bool{
	atom.Aside: true, atom.Footer: true, atom.Form: true, atom.Nav: true,
}

// prose are the elements whose text is worth more than what stands loose.
var prose = map[atom.Atom]bool{
	atom.P: true, atom.Blockquote: true, atom.Li: true, atom.Dd: true, atom.Td: true, atom.Pre: true,
	atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true,
}

// rescue reads a page for which no tree can be built, or that is too short for
// the extractors, token by token: its paragraphs, or all its text if it has
// none, without scripts and without what stands in navigation, asides,
// footers, forms and readers' comments. It is linear in time.
func rescue(page string) string {
	if text := plain(page, true); text != "" {
		return text
	}
	return plain(page, false)
}

func plain(page string, onlyProse bool) string {
	var (
		w       writer
		skipped atom.Atom // the element that is being left out
		depth   int       // of elements of that name inside it
		inProse = !onlyProse
	)
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return w.text.String()
		case html.TextToken:
			if skipped == 0 && inProse {
				w.write(string(z.Text()))
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			tag := atom.Lookup(name)
			switch {
			case tag == skipped && kind == html.StartTagToken:
				depth++
			case tag == skipped && kind == html.EndTagToken:
				if depth--; depth == 0 {
					skipped = 0
				}
			case skipped != 0:
			case (unread[tag] && tag != atom.Head || chrome[tag] || comments(z, tag, more)) && kind == html.StartTagToken:
				skipped, depth = tag, 1
			case tag == atom.Br:
				w.br()
			case blocks[tag]:
				w.add(paragraphBreak)
				if onlyProse {
					inProse = prose[tag] && kind == html.StartTagToken
				}
			}
		}
	}
}

// comments reports whether a section is named as the one for readers' comments.
func comments(z *html.Tokenizer, tag atom.Atom, more bool) bool {
	if tag != atom.Div && tag != atom.Section && tag != atom.Ol && tag != atom.Ul {
		return false
	}
	for n := 0; more && n < 50; n++ {
		var key, value []byte
		key, value, more = z.TagAttr()
		if k := string(key); k != "id" && k != "class" {
			continue
		}
		for _, word := range strings.Fields(strings.ToLower(string(value))) {
			if strings.HasPrefix(word, "comment") || strings.HasPrefix(word, "disqus") {
				return true
			}
		}
	}
	return false
}
