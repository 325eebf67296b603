package store

import "sync"

// keptAtMost is how many entries a memory keeps: some megabytes, and more tests
// than are taken at one time.
const keptAtMost = 4096

// A memory keeps what follows from its key for ever, such as the attempt of a
// link, so that each answer of a client does not read it again. When it is full
// it begins anew. The zero value is empty, and many may use it at once.
type memory[K comparable, V any] struct {
	mu   sync.RWMutex
	kept map[K]V
}

// of returns what is kept under the key, or makes and keeps it. An error is not
// kept.
func (m *memory[K, V]) of(key K, make func() (V, error)) (V, error) {
	m.mu.RLock()
	v, ok := m.kept[key]
	m.mu.RUnlock()
	if ok {
		return v, nil
	}
	v, err := make()
	if err != nil {
		return v, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.kept == nil || len(m.kept) >= keptAtMost {
		m.kept = map[K]V{}
	}
	m.kept[key] = v
	return v, nil
}
