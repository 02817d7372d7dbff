package store

import (
	"context"
	"database/sql"
	"strings"

	"onrecord/query"
	"onrecord/speaker"
)

// Known is a speaker over the record.
type Known struct {
	Row        int64
	Name       string // given by hand, or the spelling in full that most articles have
	Articles   int    // that credit statements to them
	Statements int
}

// speakerReads are the prepared statements that find speakers.
type speakerReads struct {
	everybody, bySpelling, byWords, speakerAt, speakerOf, says, spellings, otherNames *sql.Stmt
}

func (v *speakerReads) prepare(ctx context.Context, db *sql.DB) error {
	return prepare(ctx, db, map[**sql.Stmt]string{
		&v.everybody:  speakersWhere(`1`),
		&v.bySpelling: speakersWhere(`n.speaker IN (SELECT speaker FROM name WHERE key = ?)`),
		&v.byWords:    speakersWhere(`n.speaker IN (SELECT speaker FROM name WHERE row IN (SELECT rowid FROM name_text WHERE name_text MATCH ?))`),
		&v.speakerAt: speakersWhere(`n.speaker IN (WITH RECURSIVE later(row) AS
			(SELECT ? UNION SELECT into_speaker FROM speaker JOIN later USING (row) WHERE into_speaker IS NOT NULL) SELECT row FROM later)`),
		&v.speakerOf: speakersWhere(`n.speaker = (SELECT speaker FROM name WHERE row = ?)`),
		&v.says:      `SELECT k.row, k.name FROM statement s JOIN name n ON n.row = s.who JOIN speaker_name k ON k.row = n.speaker WHERE s.row = ?`,
		&v.spellings: `SELECT ` + nameColumns + ` FROM name n WHERE speaker = ? ORDER BY articles DESC, row`,
		&v.otherNames: `WITH found AS MATERIALIZED (SELECT rowid AS row FROM name_text WHERE name_text MATCH ? LIMIT ?),
			meant AS (SELECT DISTINCT speaker FROM name WHERE row IN (SELECT row FROM found))
			SELECT n.row FROM meant CROSS JOIN name n USING (speaker) WHERE n.row NOT IN (SELECT row FROM found) ORDER BY n.statements DESC, n.row LIMIT ?`,
	})
}

// FindSpeakers are the speakers with a name spelled so but for case, accents and titles
// or, where there is none, with a name that has all these words; who
// says most first, limit at most. Of no words it is everybody.
func (v *view) FindSpeakers(ctx context.Context, name string, limit int) ([]Known, error) {
	words := allWords(name)
	if words == "" {
		return v.speakers(ctx, v.everybody, limit)
	}
	out, err := v.speakers(ctx, v.bySpelling, speaker.NewSpelling(name).Key(), limit)
	if err == nil && len(out) == 0 {
		return v.SpeakersWith(ctx, words, limit)
	}
	return out, err
}

// SpeakersWith are the speakers with a name that has all these words; who says
// most first, limit at most. Of no words it is everybody.
func (v *view) SpeakersWith(ctx context.Context, words string, limit int) ([]Known, error) {
	words = allWords(words)
	if words == "" {
		return v.speakers(ctx, v.everybody, limit)
	}
	return v.speakers(ctx, v.byWords, words, limit)
}

// SpeakerAt is a speaker by the row, or who that one was found to be. The error
// wraps ErrNotFound if there is none.
func (v *view) SpeakerAt(ctx context.Context, row int64) (Known, error) {
	return first(v.speakers(ctx, v.speakerAt, row, 1))
}

// SpeakerOf is the speaker of a name, by the name's row.
func (v *view) SpeakerOf(ctx context.Context, name int64) (Known, error) {
	return first(v.speakers(ctx, v.speakerOf, name, 1))
}

// Says is who makes a statement, by its row. The error wraps ErrNotFound where
// nobody is named.
func (v *view) Says(ctx context.Context, statement int64) (Voice, error) {
	var out Voice
	err := v.stmt(ctx, v.says).QueryRowContext(ctx, statement).Scan(&out.Speaker, &out.Name)
	return out, found(err)
}

// first is the first of some results; without any the error wraps ErrNotFound.
func first[T any](all []T, err error) (one T, _ error) {
	if err == nil && len(all) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return one, err
	}
	return all[0], nil
}

// speakersWhere selects speakers by a condition on their names.
func speakersWhere(condition string) string {
	return `SELECT m.speaker, k.name, m.articles, m.statements FROM
		(SELECT n.speaker, sum(n.articles) AS articles, sum(n.statements) AS statements FROM name n WHERE ` + condition + ` GROUP BY n.speaker ORDER BY 3 DESC, 1 LIMIT ?) m
		JOIN speaker_name k ON k.row = m.speaker ORDER BY m.statements DESC, m.speaker`
}

func (v *view) speakers(ctx context.Context, stmt *sql.Stmt, args ...any) ([]Known, error) {
	return collect(ctx, v.stmt(ctx, stmt), args, func(r scanner) (k Known, err error) {
		return k, r.Scan(&k.Row, &k.Name, &k.Articles, &k.Statements)
	})
}

// Spellings are the names of a speaker, by the row, those that most articles
// have first.
func (v *view) Spellings(ctx context.Context, speaker int64) ([]Name, error) {
	return collect(ctx, v.stmt(ctx, v.spellings), []any{speaker}, func(r scanner) (Name, error) { return scanName(r) })
}

// otherNamesFor finds, for what the filters of a query ask of speakers, other names of
// whoever has a name with all these words: many articles say "Voss" only.
func (v *view) otherNamesFor(ctx context.Context, root query.Node) (map[string][]int64, error) {
	out := map[string][]int64{}
	for _, f := range speakerFilters(root) {
		match := allWords(f.Value)
		if match == "" || out[f.Value] != nil {
			continue
		}
		rows, err := collect(ctx, v.stmt(ctx, v.otherNames), []any{match, maxMeant, maxOthers}, func(r scanner) (row int64, err error) { return row, r.Scan(&row) })
		if err != nil {
			return nil, err
		}
		out[f.Value] = rows
	}
	return out, nil
}

// Bounds of a filter for speakers.
const (
	maxMeant  = 1000 // names with its words of which other names are looked for
	maxOthers = 200  // of these, those that most is said under
)

// speakerFilters are the filters for speakers in a query.
func speakerFilters(n query.Node) (out []query.Filter) {
	switch n := n.(type) {
	case query.Filter:
		if n.Field == query.Speaker {
			out = append(out, n)
		}
	case query.Not:
		out = speakerFilters(n.Node)
	case query.And:
		for _, n := range n {
			out = append(out, speakerFilters(n)...)
		}
	case query.Or:
		for _, n := range n {
			out = append(out, speakerFilters(n)...)
		}
	}
	return out
}

// allWords asks a full-text table for all words of a text, "" for none.
func allWords(s string) string {
	words := strings.FieldsFunc(s, func(r rune) bool { return !isWordPart(r) })
	if len(words) == 0 {
		return ""
	}
	return `"` + strings.Join(words, `" AND "`) + `"`
}
