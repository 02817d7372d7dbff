package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"onrecord/training"
)

// trainCommand builds a model file.
type trainCommand struct {
	Corpora string `arg:"" help:"Folder with polnear/train and polnear/parse."`
	Out     string `required:"" help:"The model file to write; its card is written beside it."`
	Version string `default:"1" help:"Version that the card gives the model."`
}

// Run trains and writes aside, then renames: a model in use is never half
// written.
func (c *trainCommand) Run(ctx context.Context, s streams) error {
	start := time.Now()
	files := training.In(c.Corpora)
	f, err := training.Train(files, training.Options{Log: func(format string, args ...any) {
		fmt.Fprintf(s.err, "%4.0fs "+format+"\n", append([]any{time.Since(start).Seconds()}, args...)...)
	}})
	if err != nil {
		return err
	}
	card, err := training.Card(files, c.Version, f)
	if err != nil {
		return err
	}
	f.Set(training.CardSection, card)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	aside, err := os.CreateTemp(filepath.Dir(c.Out), ".model-*")
	if err != nil {
		return err
	}
	defer os.Remove(aside.Name())
	size, err := f.WriteTo(aside)
	if err != nil {
		return err
	}
	if err := aside.Close(); err != nil {
		return err
	}
	if err := os.Chmod(aside.Name(), 0o644); err != nil {
		return err
	}
	if err := os.Rename(aside.Name(), c.Out); err != nil {
		return err
	}
	fmt.Fprintf(s.err, "%s: %.1f MB\n", c.Out, float64(size)/1e6)
	return os.WriteFile(c.Out+".md", card, 0o644)
}
