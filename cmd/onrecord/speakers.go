package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"onrecord/format"
	"onrecord/record"
	"onrecord/store"
)

// speakersCommand lists the speakers of the record and corrects who is who.
type speakersCommand struct {
	List      speakersListCommand      `cmd:"" default:"withargs" help:"List speakers, those who say most first."`
	Same      speakersSameCommand      `cmd:"" help:"Make one speaker of all who have some names."`
	Different speakersDifferentCommand `cmd:"" help:"Make two speakers of one who has two names or, with --in, of two who have one."`
	Rename    speakersRenameCommand    `cmd:"" help:"Call a speaker by another name."`
}

// speakersListCommand lists speakers.
type speakersListCommand struct {
	Query []string `arg:"" optional:"" help:"Whom to list: a name, or words that one of the names has; everybody by default."`
	recordFlags
	Limit  int    `help:"How many to print at most." default:"20" short:"n" placeholder:"N"`
	Format string `help:"How to print: text or jsonl." enum:"text,jsonl" default:"text" short:"f"`
}

// Validate checks what depends on values; kong calls it.
func (c *speakersListCommand) Validate() error {
	if c.Limit < 1 {
		return errors.New("--limit is at least 1")
	}
	return nil
}

// Run lists the speakers.
func (c *speakersListCommand) Run(ctx context.Context, s streams) (err error) {
	kept, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	found, err := kept.FindSpeakers(ctx, strings.Join(c.Query, " "), c.Limit+1)
	switch {
	case err != nil:
		return err
	case len(found) == 0:
		return errNothing
	}
	more := len(found) > c.Limit
	list := make([]format.Listed, 0, c.Limit)
	for _, k := range found[:min(len(found), c.Limit)] {
		spellings, err := kept.Spellings(ctx, k.Row)
		if err != nil {
			return err
		}
		list = append(list, format.Listed{Known: k, Spellings: spellings})
	}
	if c.Format == "jsonl" {
		err = format.SpeakersJSON(s.out, list)
	} else {
		err = format.SpeakersText(s.out, list, textOptions(s.out))
	}
	if more && err == nil {
		fmt.Fprintf(s.err, "onrecord: these are the first %d; --limit gives more\n", c.Limit)
	}
	return err
}

// whichFlags say who is meant by a name that several have.
type whichFlags struct {
	correctionFlags
	In []string `help:"ID of an article that credits something to whom is meant, where several have the name; can be repeated." sep:"none" placeholder:"ARTICLE"`
}

// speakersSameCommand makes one speaker of several.
type speakersSameCommand struct {
	Names []string `arg:"" name:"name" help:"Names, each in quotation marks."`
	whichFlags
}

// Validate checks what depends on values; kong calls it.
func (c *speakersSameCommand) Validate() error {
	if len(c.Names) < 2 && len(c.In) < 2 {
		return errors.New("say two names at least, or one and the articles that mean two people by it")
	}
	return nil
}

// Run joins the speakers.
func (c *speakersSameCommand) Run(ctx context.Context, s streams) error {
	return c.correct(ctx, func(r *record.Record, by string) error {
		who, err := r.Same(ctx, by, c.Names, c.In)
		return corrected(s.out, "they are", who, err)
	})
}

// speakersDifferentCommand makes two speakers of one.
type speakersDifferentCommand struct {
	Names []string `arg:"" name:"name" help:"Two names, each in quotation marks; or one, with --in."`
	correctionFlags
	In []string `help:"ID of an article in which the name means somebody else; can be repeated." sep:"none" placeholder:"ARTICLE"`
}

// Validate checks what depends on values; kong calls it.
func (c *speakersDifferentCommand) Validate() error {
	switch {
	case len(c.In) == 0 && len(c.Names) != 2:
		return errors.New("say two names, or one and --in ARTICLE")
	case len(c.In) > 0 && len(c.Names) != 1:
		return errors.New("say one name with --in ARTICLE")
	}
	return nil
}

// Run parts the speakers.
func (c *speakersDifferentCommand) Run(ctx context.Context, s streams) error {
	return c.correct(ctx, func(r *record.Record, by string) error {
		who, err := r.Different(ctx, by, c.Names, c.In)
		return corrected(s.out, "the other is", who, err)
	})
}

// speakersRenameCommand gives a speaker another name.
type speakersRenameCommand struct {
	Name string `arg:"" help:"A name of the speaker, in quotation marks."`
	New  string `arg:"" name:"new" help:"What to call the speaker, in quotation marks."`
	whichFlags
}

// Run renames the speaker.
func (c *speakersRenameCommand) Run(ctx context.Context, s streams) error {
	return c.correct(ctx, func(r *record.Record, by string) error {
		who, err := r.Rename(ctx, by, c.Name, c.New, c.In)
		return corrected(s.out, "renamed:", who, err)
	})
}

// plural is a number of things whose plural ends in s.
func plural(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}

// corrected says who comes of a correction.
func corrected(w io.Writer, what string, who store.Known, err error) error {
	for _, no := range []error{record.ErrSeveral, record.ErrNotCredited, record.ErrOneName} {
		if errors.Is(err, no) {
			return usageError{err}
		}
	}
	if err == nil {
		_, err = fmt.Fprintln(w, what, format.Harmless(fmt.Sprintf("%s, %s in %s", who.Name, plural(who.Statements, "statement"), plural(who.Articles, "article"))))
	}
	return err
}
