package server

import (
	linked "container/list"
	"sync"
)

// memory holds what was made last, up to a number of bytes. Each value is good
// for one state of what it was made of.
type memory[T any] struct {
	mu    sync.Mutex
	most  int          // bytes
	bytes int          // of all values
	order *linked.List // of *remembered[T], the last used first
	byKey map[string]*linked.Element
}

type remembered[T any] struct {
	key, state string
	value      T
	bytes      int
}

func newMemory[T any](most int) *memory[T] {
	return &memory[T]{most: most, order: linked.New(), byKey: map[string]*linked.Element{}}
}

// get gives what was made of a state.
func (m *memory[T]) get(key, state string) (value T, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	at, ok := m.byKey[key]
	if !ok {
		return value, false
	}
	one := at.Value.(*remembered[T])
	if one.state != state {
		return value, false
	}
	m.order.MoveToFront(at)
	return one.value, true
}

// put holds a value in place of what was held under its key, and forgets what
// has not been used for longest. One that is too large alone is not held.
func (m *memory[T]) put(key, state string, value T, bytes int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if at, ok := m.byKey[key]; ok {
		m.forget(at)
	}
	if bytes > m.most {
		return
	}
	m.byKey[key] = m.order.PushFront(&remembered[T]{key, state, value, bytes})
	for m.bytes += bytes; m.bytes > m.most; {
		m.forget(m.order.Back())
	}
}

func (m *memory[T]) forget(at *linked.Element) {
	one := m.order.Remove(at).(*remembered[T])
	delete(m.byKey, one.key)
	m.bytes -= one.bytes
}
