package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/charmbracelet/colorprofile"

	"onrecord/format"
	"onrecord/profile"
	"onrecord/store"
)

// speakerCommand prints what the record has of a speaker.
type speakerCommand struct {
	Name []string `arg:"" name:"name" help:"Name of the speaker, or words of it."`
	recordFlags
	engineFlags
	Number int    `help:"Which of several people of that name, by the number in their list."`
	Limit  int    `help:"How many statements to print at most, the newest." default:"20" short:"n"`
	Format string `help:"How to print: text or json." enum:"text,json" default:"text" short:"f"`
	All    bool   `help:"Print every role, outlet and year (text)."`
}

// Bounds of what is listed where a name does not say who is meant.
const (
	maxNamesakes = 20
	maxNear      = 5
)

// outweighs is how many times as much somebody says as the next one of that name
// to be meant by it without being told.
const outweighs = 10

// Validate checks what depends on values; kong calls it.
func (c *speakerCommand) Validate() error {
	switch {
	case c.Limit < 1:
		return errors.New("--limit is at least 1")
	case c.Number < 0:
		return errors.New("--number is at least 1")
	}
	return nil
}

// Run prints the profile of the one who is meant, or lists all who may be.
func (c *speakerCommand) Run(ctx context.Context, s streams) (err error) {
	kept, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	name := strings.Join(c.Name, " ")
	if strings.TrimSpace(name) == "" {
		return usageError{errors.New("whose statements?")}
	}
	found, err := kept.FindSpeakers(ctx, name, maxNamesakes+1)
	if err != nil {
		return err
	}
	options := format.TextOptions{Width: terminalWidth(s.out), All: c.All, Colour: colorprofile.Detect(s.out, os.Environ()) > colorprofile.ASCII}
	switch {
	case len(found) == 0:
		return c.nobody(ctx, s, kept, name)
	case c.Number > len(found):
		return usageError{fmt.Errorf("--number is at most %d, as so many have that name", len(found))}
	case c.Number == 0 && len(found) > 1 && found[0].Statements < outweighs*found[1].Statements:
		return c.namesakes(ctx, s, kept, found, options)
	}
	p, err := c.load()
	if err != nil {
		return err
	}
	page, err := profile.Find(ctx, kept, p.Parser, found[max(c.Number, 1)-1].Row, c.Limit)
	if err != nil {
		return err
	}
	if c.Format == "json" {
		err = format.ProfileJSON(s.out, page)
	} else {
		err = format.ProfileText(s.out, page, options)
	}
	if err == nil && c.Number == 0 && len(found) > 1 {
		fmt.Fprintln(s.err, "onrecord: others of that name say much less; --number 2 is the first of them")
	}
	return err
}

// nobody says that nobody of a name is on record, and who may be meant.
func (c *speakerCommand) nobody(ctx context.Context, s streams, kept *store.Store, name string) error {
	near, err := kept.NearNames(ctx, name, maxNear)
	if err != nil {
		return err
	}
	message := "nobody called " + name + " is on record"
	if len(near) > 0 {
		message += "; spelled nearly so: " + strings.Join(near, ", ")
	}
	return fmt.Errorf("%w: %s", errNothing, message)
}

// namesakes lists several speakers of one name.
func (c *speakerCommand) namesakes(ctx context.Context, s streams, kept *store.Store, found []store.Known, o format.TextOptions) error {
	more := len(found) > maxNamesakes
	var all []profile.Credits
	for _, k := range found[:min(len(found), maxNamesakes)] {
		credits, err := kept.Credits(ctx, k.Row)
		if err != nil {
			return err
		}
		all = append(all, credits)
	}
	var err error
	if c.Format == "json" {
		err = format.NamesakesJSON(s.out, all)
	} else {
		err = format.NamesakesText(s.out, all, o)
	}
	if err == nil {
		fmt.Fprintln(s.err, "onrecord: several people have that name; --number N prints what one of them says")
	}
	if more && err == nil {
		fmt.Fprintf(s.err, "onrecord: these are the first %d\n", maxNamesakes)
	}
	return err
}
