package story

import (
	"hash/fnv"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/text"
)

// A word of the title or of the lead says more about the event than one
// further down: it counts as several.
const (
	titleWeight   = 3
	leadWeight    = 2
	leadSentences = 8
)

// maxTermBytes is the longest word that counts; what is longer is an address
// or no word at all.
const maxTermBytes = 40

// term is a word of an article in its plain form.
type term struct {
	count float64 // how often, with the weights of title and lead
	form  string  // as the article has it first
}

// terms counts the words of an article by their plain form.
func terms(a Article) map[string]term {
	out := map[string]term{}
	count := func(body string, tokens []text.Span, weight float64) {
		for _, t := range tokens {
			form := t.Of(body)
			plain := plainForm(form)
			if plain == "" {
				continue
			}
			seen, ok := out[plain]
			if !ok {
				seen.form = form
			}
			seen.count += weight
			out[plain] = seen
		}
	}
	if a.Text != nil {
		for i, s := range a.Text.Sentences {
			weight := 1.0
			if i < leadSentences {
				weight = leadWeight
			}
			count(a.Text.Body, a.Text.Tokens[s.Tokens.First:s.Tokens.End], weight)
		}
	}
	if a.Title != "" {
		title := text.Split(a.Title)
		count(title.Body, title.Tokens, titleWeight)
	}
	return out
}

// plainForm is a token in lower case without a plural ending, "" if it is no
// word and no number.
func plainForm(token string) string {
	if len(token) > maxTermBytes || !utf8.ValidString(token) {
		return ""
	}
	first, _ := utf8.DecodeRuneInString(token)
	if first == '\'' || first == '’' || !strings.ContainsFunc(token, isWordRune) {
		return "" // marks, and endings that the tokens cut off: "'s", "'re"
	}
	return singular(strings.ReplaceAll(strings.ToLower(token), "’", "'"))
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// singular takes the plural ending off, after the S stemmer of Harman ("How
// effective is suffixing?", 1991). Names lose it too ("sander"), which does no
// harm as they always do.
func singular(w string) string {
	n := len(w)
	switch {
	case n < 4 || w[n-1] != 's':
		return w
	case w[n-2] == 's' || w[n-2] == 'u' || w[n-2] == 'i':
		return w
	case n > 4 && strings.HasSuffix(w, "ies"):
		return w[:n-3] + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "xes"):
		return w[:n-2]
	}
	return w[:n-1]
}

// Runs of quotedWords words inside quotation marks are what reports of one
// event have in common and other articles do not. Of the runs one in
// quotedEvery is kept, chosen by its hash so that all articles choose alike,
// and of an article no more than maxQuoted.
const (
	quotedWords = 6
	quotedEvery = 2
	maxQuoted   = 300
)

// quotedRun is a run of words inside quotation marks.
type quotedRun struct {
	hash uint64 // of the plain words
	span text.Span
}

// quotedRuns are the runs of words inside quotation marks that an article is
// compared by.
func quotedRuns(t *text.Text) []quotedRun {
	if t == nil {
		return nil
	}
	var runs []quotedRun
	next := 0 // token
	for _, q := range t.Quotations {
		if q.Depth > 0 {
			continue
		}
		var words []string
		var spans []text.Span
		for ; next < len(t.Tokens) && t.Tokens[next].End <= q.Inside.End; next++ {
			token := t.Tokens[next]
			if plain := plainForm(token.Of(t.Body)); plain != "" && token.Start >= q.Inside.Start {
				words, spans = append(words, plain), append(spans, token)
			}
		}
		for i := 0; i+quotedWords <= len(words); i++ {
			hash := fnv.New64a()
			for _, w := range words[i : i+quotedWords] {
				io.WriteString(hash, w+" ") // a hash returns no error
			}
			if h := hash.Sum64(); h>>32%quotedEvery == 0 {
				runs = append(runs, quotedRun{h, text.Span{Start: spans[i].Start, End: spans[i+quotedWords-1].End}})
			}
			if len(runs) == maxQuoted {
				return runs
			}
		}
	}
	return runs
}
