package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"onrecord/model"
	"onrecord/training"
)

// trainCommand builds a model file.
type trainCommand struct {
	Corpora string `arg:"" help:"Folder with polnear/train and polnear/parse."`
	Out     string `required:"" help:"The model file to write; its card is written beside it."`
	Version string `default:"1" help:"Version that the card gives the model."`
}

// Run trains and writes the model. One in use is never half written.
func (c *trainCommand) Run(ctx context.Context, s streams) error {
	type trained struct {
		file *model.File
		card []byte
		err  error
	}
	// Training cannot be stopped, and has written nothing: where the user has
	// had enough it is left behind, and ends with the program.
	done := make(chan trained, 1)
	go func() {
		var t trained
		t.file, t.card, t.err = c.train(s.err)
		done <- t
	}()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case t := <-done:
		if t.err != nil {
			return t.err
		}
		return c.write(s.err, t.file, t.card)
	}
}

// train trains the model and writes its card.
func (c *trainCommand) train(log io.Writer) (*model.File, []byte, error) {
	start := time.Now()
	files := training.In(c.Corpora)
	f, err := training.Train(files, training.Options{Log: func(format string, args ...any) {
		fmt.Fprintf(log, "%4.0fs "+format+"\n", append([]any{time.Since(start).Seconds()}, args...)...)
	}})
	if err != nil {
		return nil, nil, err
	}
	card, err := training.Card(files, c.Version, f)
	if err != nil {
		return nil, nil, err
	}
	f.Set(training.CardSection, card)
	return f, card, nil
}

// write writes the model aside, then renames it, and the card beside it.
func (c *trainCommand) write(log io.Writer, f *model.File, card []byte) error {
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
	fmt.Fprintf(log, "%s: %.1f MB\n", c.Out, float64(size)/1e6)
	return os.WriteFile(c.Out+".md", card, 0o644)
}
