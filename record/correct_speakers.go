package record

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"onrecord/speaker"
	"onrecord/store"
)

// Errors of corrections of speakers that a caller can tell apart with errors.Is.
var (
	ErrSeveral     = errors.New("several speakers have this name; say an article")
	ErrNotCredited = errors.New("nothing is credited to this name there")
	ErrOneName     = errors.New("say a name with a word in it, and another one")
)

// Same makes one speaker of all who have some names, and says who that is. A
// single word moves alone, from whom it was taken to mean. Of several who have a
// name those are meant who are credited in some articles, by ID. Whoever
// says so is named in the history of corrections. The errors wrap
// store.ErrNotFound, ErrSeveral and ErrOneName.
func (r *Record) Same(ctx context.Context, by string, names, articles []string) (store.Known, error) {
	return r.correctSpeakers(ctx, store.Correction{What: store.Same, By: by, Names: names, Articles: articles})
}

// Different makes two speakers of one who has two names, and says who has the
// second. With articles, by ID, there is one name, and whom it means in these
// is somebody else from then on. The errors wrap store.ErrNotFound, ErrSeveral,
// ErrNotCredited and ErrOneName.
func (r *Record) Different(ctx context.Context, by string, names, articles []string) (store.Known, error) {
	return r.correctSpeakers(ctx, store.Correction{What: store.Different, By: by, Names: names, Articles: articles})
}

// Rename calls a speaker by a name for good. A name that several have is that of
// the one who is credited in one of the articles, by ID. The errors wrap
// store.ErrNotFound, ErrSeveral and ErrOneName.
func (r *Record) Rename(ctx context.Context, by, name, to string, articles []string) (store.Known, error) {
	return r.correctSpeakers(ctx, store.Correction{What: store.Rename, By: by, Names: []string{name}, Name: to, Articles: articles})
}

func (r *Record) correctSpeakers(ctx context.Context, c store.Correction) (store.Known, error) {
	c.At = r.Now()
	var who int64
	err := r.correct(ctx, func(b *store.Batch) (err error) {
		if c.Before, err = namesBefore(ctx, b, c); err != nil {
			return err
		}
		who, err = applySpeakers(ctx, b, c)
		return err
	})
	if err != nil {
		return store.Known{}, err
	}
	return r.Store.SpeakerAt(ctx, who)
}

// applySpeakers keeps a correction of speakers and makes it true. It gives the
// row of the speaker that comes of it, 0 if the record has the correction.
func applySpeakers(ctx context.Context, b *store.Batch, c store.Correction) (who int64, err error) {
	there, err := rowsOfArticles(ctx, b, c)
	if err != nil {
		return 0, err
	}
	elsewhere := c.What == store.Different && len(c.Articles) > 0
	var named []bearer
	for _, name := range c.Names {
		found, err := bearersOf(b, name, there)
		if err == nil && len(found) > 1 && (c.What != store.Same || len(there) == 0) {
			err = ErrSeveral
		}
		if err != nil {
			return 0, fmt.Errorf("%s: %w", name, err)
		}
		named = append(named, found...)
	}
	least, most := 2, 2
	switch {
	case c.What == store.Rename, elsewhere:
		least, most = 1, 1
	case c.What == store.Same:
		most = len(named)
	}
	if len(named) < least || len(named) > most || c.What == store.Rename && strings.TrimSpace(c.Name) == "" {
		return 0, ErrOneName
	}
	switch {
	case elsewhere:
		if credited, err := b.CreditedIn(there, rowsOf(named[0].names)); err != nil || len(credited) == 0 {
			return 0, cmp.Or(err, ErrNotCredited)
		}
	case c.What == store.Different && slices.ContainsFunc(named[1].names, func(n *store.Name) bool { return slices.Contains(named[0].names, n) }):
		return 0, ErrOneName
	}
	if isNew, err := b.Log(c); err != nil || !isNew {
		return 0, err
	}
	switch {
	case c.What == store.Same:
		return unite(b, named)
	case c.What == store.Rename:
		return named[0].row, b.Call(named[0].row, c.Name)
	case elsewhere:
		return partThere(b, named[0], there)
	}
	return part(b, named[0], named[1])
}

// rowsOfArticles are those of the articles that a correction names and the
// record has.
func rowsOfArticles(ctx context.Context, b *store.Batch, c store.Correction) (out []int64, err error) {
	for _, id := range c.Articles {
		switch a, err := b.Article(ctx, id); {
		case err == nil:
			out = append(out, a.Row)
		case !errors.Is(err, store.ErrNotFound):
			return nil, err
		}
	}
	if len(out) == 0 && len(c.Articles) > 0 {
		return nil, fmt.Errorf("article %s: %w", c.Articles[0], store.ErrNotFound)
	}
	return out, nil
}

// bearer is a speaker with the names that are meant.
type bearer struct {
	row   int64
	names []*store.Name
}

// bearersOf are those who have a name: of several the ones who are credited in
// some articles.
func bearersOf(b *store.Batch, name string, articles []int64) (out []bearer, err error) {
	known, err := b.NamesByKey(speaker.NewSpelling(name).Key())
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(known, func(n *store.Name) bool { return n.Text == name }) {
		known = slices.DeleteFunc(slices.Clone(known), func(n *store.Name) bool { return n.Text != name })
	}
	if len(articles) > 0 {
		there, err := b.CreditedIn(articles, rowsOf(known))
		if err != nil {
			return nil, err
		}
		if len(there) > 0 {
			known = slices.DeleteFunc(slices.Clone(known), func(n *store.Name) bool { return !slices.Contains(there, n.Row) })
		}
	}
	if len(known) == 0 {
		return nil, store.ErrNotFound
	}
	// A single word is what it means where no story says whom.
	if loose := slices.DeleteFunc(slices.Clone(known), func(n *store.Name) bool { return !n.Loose }); len(loose) > 0 && len(articles) == 0 {
		known = loose
	}
	for _, n := range known {
		i := slices.IndexFunc(out, func(p bearer) bool { return p.row == n.Speaker })
		if i < 0 {
			i, out = len(out), append(out, bearer{row: n.Speaker})
		}
		out[i].names = append(out[i].names, n)
	}
	return out, nil
}

// isAlone reports whether the names meant are single words of somebody who has
// a name in full too.
func (p bearer) isAlone(b *store.Batch) (bool, error) {
	all, err := b.NamesOf(p.row)
	full := func(n *store.Name) bool { return speaker.NewSpelling(n.Text).IsFull() }
	return !slices.ContainsFunc(p.names, full) && slices.ContainsFunc(all, full), err
}

// unite makes one speaker of several.
func unite(b *store.Batch, named []bearer) (into int64, err error) {
	var whole []bearer
	var words []*store.Name
	for i, p := range named {
		switch alone, err := p.isAlone(b); {
		case err != nil:
			return 0, err
		case alone && (len(whole) > 0 || i+1 < len(named)):
			words = append(words, p.names...)
		default:
			whole = append(whole, p)
		}
	}
	into = slices.MinFunc(whole, func(p, q bearer) int { return int(p.row - q.row) }).row
	for _, p := range whole {
		for _, n := range p.names {
			if err := b.Pin(n, n.Speaker); err != nil {
				return 0, err
			}
		}
		if p.row != into {
			if err := b.Unite(p.row, into); err != nil {
				return 0, err
			}
		}
	}
	for _, n := range words {
		if err := b.Pin(n, into); err != nil {
			return 0, err
		}
	}
	return into, nil
}

// part gives the second of two names to a speaker of its own.
func part(b *store.Batch, first, second bearer) (who int64, err error) {
	who = second.row
	if who == first.row {
		if who, err = b.NewSpeaker(); err != nil {
			return 0, err
		}
	}
	for _, n := range first.names {
		err = errors.Join(err, b.Pin(n, first.row))
	}
	for _, n := range second.names {
		err = errors.Join(err, b.Pin(n, who))
	}
	return who, errors.Join(err, b.Distinguish(first.row, who))
}

// partThere gives what some articles credit to a name to another speaker of
// that name.
func partThere(b *store.Batch, p bearer, articles []int64) (who int64, err error) {
	if who, err = b.NewSpeaker(); err != nil {
		return 0, err
	}
	for _, row := range articles {
		for _, n := range p.names {
			if err := b.Reattribute(row, n, who); err != nil {
				return 0, err
			}
		}
	}
	return who, b.Distinguish(p.row, who)
}
