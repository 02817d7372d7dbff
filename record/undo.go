package record

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"onrecord/store"
)

// ErrNoInverse says that no correction takes another one back.
var ErrNoInverse = errors.New("nothing takes this correction back as a whole")

// Undo takes a correction back, by its row: by corrections that say the
// opposite, which stand in the history as others do. What was added or
// corrected since then stays. The errors wrap store.ErrNotFound, ErrNoInverse
// and what corrections return.
func (r *Record) Undo(ctx context.Context, by string, row int64) error {
	return r.correct(ctx, func(b *store.Batch) error {
		c, err := b.Correction(ctx, row)
		if err != nil {
			return err
		}
		inverse := inverseOf(c)
		if len(inverse) == 0 {
			return fmt.Errorf("%s: %w", c.What, ErrNoInverse)
		}
		for _, one := range inverse {
			one.At, one.By = r.Now(), by
			if one.Before, err = namesBefore(ctx, b, one); err != nil {
				return err
			}
			switch one.What {
			case store.Merge, store.Split:
				_, err = apply(ctx, b, one)
			default:
				_, err = applySpeakers(ctx, b, one)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// CanUndo reports whether there are corrections that take one back.
func CanUndo(c store.Correction) bool { return len(inverseOf(c)) > 0 }

// inverseOf are the corrections that take one back, in their order; none where
// it does not say what was before.
func inverseOf(c store.Correction) (out []store.Correction) {
	switch c.What {
	case store.Split:
		out = append(out, store.Correction{What: store.Merge, Stories: [][]string{slices.Concat(c.Stories...)}, Before: c.Stories})
	case store.Merge, store.Move:
		for i := range len(c.Before) - 1 { // each is parted from those after it, which stay together at first
			out = append(out, store.Correction{What: store.Split, Stories: c.Before[i:]})
		}
	case store.Rename:
		if len(c.Before) == 1 && len(c.Before[0]) > 0 {
			out = append(out, store.Correction{What: store.Rename, Names: c.Names, Articles: c.Articles, Name: c.Before[0][0]})
		}
	case store.Same:
		if len(c.Before) < 2 || len(c.Articles) > 0 {
			return nil
		}
		for _, names := range c.Before[1:] {
			for i, name := range names {
				out = append(out, store.Correction{What: store.Different, Names: []string{c.Before[0][0], name}})
				if i > 0 {
					out = append(out, store.Correction{What: store.Same, Names: []string{names[0], name}})
				}
			}
		}
	case store.Different:
		if len(c.Names) == 2 && len(c.Articles) == 0 {
			out = append(out, store.Correction{What: store.Same, Names: c.Names})
		}
	}
	return out
}

// namesBefore are the names of each speaker whom a correction joins or renames,
// for inverseOf. What a renamed speaker is called comes first.
func namesBefore(ctx context.Context, b *store.Batch, c store.Correction) (out [][]string, err error) {
	if c.What != store.Same && c.What != store.Rename {
		return c.Before, nil
	}
	there, err := rowsOfArticles(ctx, b, c)
	if err != nil {
		return nil, err
	}
	for _, name := range c.Names {
		found, err := bearersOf(b, name, there)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for _, p := range found {
			names := []string{name}
			if c.What == store.Rename {
				known, err := b.SpeakerAt(ctx, p.row)
				if err != nil {
					return nil, err
				}
				names[0] = known.Name
			}
			all, err := b.NamesOf(p.row)
			if err != nil {
				return nil, err
			}
			for _, n := range all {
				if !slices.Contains(names, n.Text) {
					names = append(names, n.Text)
				}
			}
			out = append(out, names)
		}
	}
	return out, nil
}
