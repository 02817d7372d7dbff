package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Change names what a correction does.
type Change string

// The corrections that there are.
const (
	Merge     Change = "merge"     // Stories is one list: the articles are in one story
	Split     Change = "split"     // Stories are what was split off, and what it was split from
	Move      Change = "move"      // Stories are the moved articles with those of their new story, and what they left
	Same      Change = "same"      // Names are one speaker
	Different Change = "different" // Names are not one speaker; or, with Articles, the name is another speaker there
	Rename    Change = "rename"    // the speaker of Names is to be called Name
)

// Correction is something that a person has set right. It names articles by ID
// and speakers by name, never rows, so that it can be applied to another record.
type Correction struct {
	Row      int64      `json:"-"` // in this record, 0 before it is kept
	What     Change     `json:"correction,omitempty"`
	At       time.Time  `json:"at,omitzero"`        // the zero time is that of the batch
	By       string     `json:"by,omitempty"`       // who made it
	Stories  [][]string `json:"stories,omitempty"`  // IDs of articles: each list is in one story, the first in another one than the others
	Names    []string   `json:"names,omitempty"`    // of speakers, as articles have them
	Articles []string   `json:"articles,omitempty"` // IDs of those in which Names are meant; everywhere if there are none
	Name     string     `json:"name,omitempty"`     // that a speaker gets
	Before   [][]string `json:"before,omitempty"`   // what it changed, to be undone by: for Merge and Move the IDs of each story's articles, for Same and Rename each speaker's names
}

// Log keeps a correction in the history, and reports whether it is new there.
// Its effect belongs into the same batch.
func (b *Batch) Log(c Correction) (isNew bool, err error) {
	if c.At.IsZero() {
		c.At = b.now
	}
	detail := c
	detail.What, detail.At, detail.By = "", time.Time{}, "" // they have columns of their own
	text, err := json.Marshal(detail)
	if err != nil {
		return false, err
	}
	var row int64
	err = b.one(b.store.insert.correction, []any{formatTime(c.At.UTC()), c.By, string(c.What), string(text)}, &row)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// Corrections are all that were made, in their order.
func (v *view) Corrections(ctx context.Context) ([]Correction, error) {
	return collect(ctx, v.stmt(ctx, v.corrections), nil, scanCorrection)
}

// Correction is one by its row. The error wraps ErrNotFound if there is none.
func (v *view) Correction(ctx context.Context, row int64) (Correction, error) {
	return single(collect(ctx, v.stmt(ctx, v.correction), []any{row}, scanCorrection))
}

// LastCorrections are those made last, before a row or, if that is 0, of all;
// the last first.
func (v *view) LastCorrections(ctx context.Context, before int64, limit int) ([]Correction, error) {
	return collect(ctx, v.stmt(ctx, v.lastCorrections), []any{before, limit}, scanCorrection)
}

func scanCorrection(r scanner) (c Correction, err error) {
	var row int64
	var at, by, what, detail string
	if err := r.Scan(&row, &at, &by, &what, &detail); err != nil {
		return c, err
	}
	if err := json.Unmarshal([]byte(detail), &c); err != nil {
		return c, fmt.Errorf("%w: correction of %s: %w", ErrCorrupt, at, err)
	}
	c.Row, c.What, c.By = row, Change(what), by
	if c.At, err = parseTime(at); err != nil {
		return c, fmt.Errorf("%w: date of a correction: %w", ErrCorrupt, err)
	}
	return c, nil
}
