package main

import "context"

// compareCommand prints the readings of articles one after the other.
type compareCommand struct {
	inputFlags
	engineFlags
}

// Run reads the articles.
func (c *compareCommand) Run(ctx context.Context, s streams) error {
	return readTo(ctx, s, c.inputFlags, c.engineFlags, false, func() (sink, error) {
		return &stream{out: s.out, layout: layouts(s.out, false)["text"]}, nil
	})
}
