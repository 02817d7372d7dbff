package watch

import (
	"context"
	"iter"
	"sync"

	"onrecord/article"
	"onrecord/record"
)

// keeper hands articles to the record, which adds many at a time, and each
// outcome back to who brought the article.
type keeper struct {
	in      chan article.Article
	done    chan struct{} // closed when nothing more is added
	mu      sync.Mutex
	waiting map[string][]chan record.Outcome // by origin, in the order in which they were brought
}

func newKeeper() *keeper {
	return &keeper{in: make(chan article.Article), done: make(chan struct{}), waiting: map[string][]chan record.Outcome{}}
}

// articles are those that are brought.
func (k *keeper) articles(ctx context.Context) iter.Seq2[article.Article, error] {
	return func(yield func(article.Article, error) bool) {
		for {
			select {
			case a, ok := <-k.in:
				if !ok || !yield(a, nil) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}

// bring hands over an article. The function that it gives waits for what
// became of it; its error says that the end came first.
func (k *keeper) bring(a article.Article) func() (record.Outcome, error) {
	told := make(chan record.Outcome, 1)
	k.mu.Lock()
	k.waiting[a.Origin] = append(k.waiting[a.Origin], told)
	k.mu.Unlock()
	select {
	case k.in <- a:
	case <-k.done:
	}
	return func() (record.Outcome, error) {
		select {
		case o := <-told:
			return o, nil
		case <-k.done:
		}
		select {
		case o := <-told: // it was the last
			return o, nil
		default:
			return record.Outcome{}, context.Canceled
		}
	}
}

// settle is told of every outcome, in the order of the articles.
func (k *keeper) settle(o record.Outcome) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if list := k.waiting[o.Origin]; len(list) > 0 {
		list[0] <- o
		if len(list) == 1 {
			delete(k.waiting, o.Origin)
		} else {
			k.waiting[o.Origin] = list[1:]
		}
	}
}
