package main

import (
	"io"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// progress counts articles on a terminal. A nil progress shows nothing.
type progress struct {
	all *mpb.Progress
	bar *mpb.Bar
}

// patience is how long work takes before a bar appears.
const patience = time.Second

// newProgress begins a bar where standard error is a terminal and the results
// do not go to one too. A total of 0 is unknown.
func newProgress(s streams, total int) *progress {
	if !isTerminal(s.err) || isTerminal(s.out) {
		return nil
	}
	late := make(chan struct{})
	time.AfterFunc(patience, func() { close(late) })
	all := mpb.New(mpb.WithOutput(s.err), mpb.WithWidth(40), mpb.WithRenderDelay(late))
	right := mpb.AppendDecorators(decor.AverageSpeed(nil, "%.0f/s "), decor.Elapsed(decor.ET_STYLE_GO))
	if total == 0 {
		return &progress{all, all.AddSpinner(0, mpb.PrependDecorators(decor.CurrentNoUnit("%d articles ")), right)}
	}
	left := mpb.PrependDecorators(decor.CountersNoUnit("%d of %d articles "))
	return &progress{all, all.AddBar(int64(total), left, right, mpb.BarRemoveOnComplete())}
}

func (p *progress) add() {
	if p != nil {
		p.bar.Increment()
	}
}

// above is where to write lines while the bar stands on stderr.
func (p *progress) above(stderr io.Writer) io.Writer {
	if p == nil {
		return stderr
	}
	return p.all
}

// close takes the bar away.
func (p *progress) close() {
	if p != nil {
		p.bar.Abort(true)
		p.all.Wait()
	}
}
