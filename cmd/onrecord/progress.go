package main

import (
	"context"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"onrecord/reader"
)

// progress counts articles on a terminal, and says how fast they go and, where
// the amount of work is known, how long it will take. A nil progress shows
// nothing.
type progress struct {
	all      *mpb.Progress
	bar      *mpb.Bar
	begun    time.Time
	articles atomic.Int64
	work     atomic.Int64 // done, in the unit of total
	total    atomic.Int64 // 0 where unknown
	byFiles  bool         // the unit is a byte of a file, and not an article
	stop     context.CancelFunc
}

// patience is how long work takes before a bar appears.
const patience = time.Second

// newProgress begins to count where standard error is a terminal and the
// results do not go to one too. total is the number of articles, 0 where it is
// unknown.
func newProgress(s streams, total int) *progress {
	p := begin(s)
	if p != nil {
		p.total.Store(int64(total))
		p.show()
	}
	return p
}

// newFileProgress is newProgress for articles that are in files, whose number is
// unknown: how much is done is how much of the files has been read. They are
// measured while work goes on.
func newFileProgress(ctx context.Context, s streams, paths []string) *progress {
	p := begin(s)
	if p != nil {
		p.byFiles = true
		ctx, p.stop = context.WithCancel(ctx)
		p.show()
		go func() {
			if size, known := reader.Size(ctx, paths...); known {
				p.total.Store(size)
				p.bar.SetTotal(size, false)
			}
		}()
	}
	return p
}

func begin(s streams) *progress {
	if !isTerminal(s.err) || isTerminal(s.out) {
		return nil
	}
	late := make(chan struct{})
	time.AfterFunc(patience, func() { close(late) })
	return &progress{all: mpb.New(mpb.WithOutput(s.err), mpb.WithWidth(30), mpb.WithRenderDelay(late)), begun: time.Now(), stop: func() {}}
}

// show makes the bar, which is not yet to be seen.
func (p *progress) show() {
	p.bar = p.all.New(p.total.Load(), mpb.BarStyle(),
		mpb.PrependDecorators(decor.Any(func(decor.Statistics) string { return p.count() })),
		mpb.AppendDecorators(decor.Any(func(decor.Statistics) string { return p.pace(time.Since(p.begun)) })))
}

// add counts an article.
func (p *progress) add() {
	if p == nil {
		return
	}
	p.articles.Add(1)
	if !p.byFiles {
		p.work.Add(1)
		p.bar.Increment()
	}
}

// read counts bytes of the files.
func (p *progress) read(bytes int64) {
	if p != nil {
		p.work.Add(bytes)
		p.bar.IncrInt64(bytes)
	}
}

// count is what stands before the bar.
func (p *progress) count() string {
	if total := p.total.Load(); total > 0 && !p.byFiles {
		return fmt.Sprintf("%d of %d articles ", p.articles.Load(), total)
	}
	return fmt.Sprintf("%d articles ", p.articles.Load())
}

// pace is what stands behind the bar: the rate, the time since the beginning
// and the time that is left if it goes on like that.
func (p *progress) pace(spent time.Duration) string {
	out := fmt.Sprintf(" %.0f/s  %v", float64(p.articles.Load())/max(spent.Seconds(), 1e-3), spent.Round(time.Second))
	if work, total := p.work.Load(), p.total.Load(); work > 0 && total > work {
		left := time.Duration(float64(spent) * float64(total-work) / float64(work))
		out += fmt.Sprintf(", %v left", left.Round(time.Second))
	}
	return out
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
		p.stop()
		p.bar.Abort(true)
		p.all.Wait()
	}
}
