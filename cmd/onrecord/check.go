package main

import (
	"context"
	"errors"
	"os"
	"strings"

	"github.com/charmbracelet/colorprofile"

	"onrecord/check"
	"onrecord/format"
	"onrecord/store"
)

// checkCommand says who is on record with some words.
type checkCommand struct {
	Words []string `arg:"" name:"words" help:"The words of a quotation, as remembered. \"…\" stands for words left out."`
	recordFlags
	Format string `help:"How to print: text or json." enum:"text,json" default:"text" short:"f"`
	All    bool   `help:"Print every utterance, report and word, not the nearest only (text)."`
}

// Run looks the words up and prints who has them. Where nobody has, the exit
// code says so too.
func (c *checkCommand) Run(ctx context.Context, s streams) (err error) {
	kept, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	answer, err := check.Find(ctx, kept, strings.Join(c.Words, " "))
	switch {
	case errors.Is(err, check.ErrNoWords):
		return usageError{err}
	case err != nil:
		return err
	}
	if c.Format == "json" {
		err = format.CheckJSON(s.out, answer, func(statement int64) (store.Hit, error) { return kept.Hit(ctx, statement) })
	} else {
		colour := colorprofile.Detect(s.out, os.Environ()) > colorprofile.ASCII
		err = format.CheckText(s.out, answer, format.TextOptions{Width: terminalWidth(s.out), All: c.All, Colour: colour})
	}
	if err == nil && len(answer.Utterances) == 0 {
		return errAnswered
	}
	return err
}
