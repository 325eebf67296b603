package store

import (
	"slices"
	"strings"
	"sync"

	"zorgplicht/ident"
)

// How many stretches are remembered: 8 KB of days each, and 200 KB of names.
const (
	mostDays  = 4_000
	mostNames = 100
)

// A recall remembers what was read of stretches. A stretch that is written gets another
// version, and no version comes back: so what is remembered of one holds as long as its
// version does. Only what was committed is remembered.
type recall[T any] struct {
	mu   sync.Mutex
	kept map[stretchKey]recalled[T]
}

type stretchKey struct {
	firm  ident.Firm
	first string
}

type recalled[T any] struct {
	version int64
	what    T
}

func (r *recall[T]) get(k stretchKey, version int64) (what T, there bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if kept, there := r.kept[k]; there && kept.version == version {
		return kept.what, true
	}
	return what, false
}

// keep remembers one more; of too many any one is forgotten.
func (r *recall[T]) keep(k stretchKey, version int64, what T, most int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.kept == nil {
		r.kept = map[stretchKey]recalled[T]{}
	}
	for other := range r.kept {
		if len(r.kept) < most {
			break
		}
		delete(r.kept, other)
	}
	r.kept[k] = recalled[T]{version, what}
}

// daysOf gives the days of stretches; nil of one that has none.
func (t tx) daysOf(firsts []string, versions map[string]int64) ([][]byte, error) {
	days := make([][]byte, len(firsts))
	least, most := len(firsts), -1 // which are to be read
	for n, first := range firsts {
		there := false
		if t.ReadOnly() {
			days[n], there = t.store.days.get(stretchKey{t.Firm(), first}, versions[first])
		}
		if !there {
			least, most = min(least, n), n
		}
	}
	if most < 0 {
		return days, nil
	}
	rows, err := t.Rows(daysBetween, firsts[least], firsts[most])
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var first string
		var read []byte
		if err := rows.Scan(&first, &read); err != nil {
			return nil, err
		}
		if n, there := slices.BinarySearch(firsts, first); there {
			days[n] = read
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	for n := least; n <= most && t.ReadOnly(); n++ {
		t.store.days.keep(stretchKey{t.Firm(), firsts[n]}, versions[firsts[n]], days[n], mostDays)
	}
	return days, nil
}

// members gives the cases of a stretch, in the order of its bits.
func (t tx) members(first string, version int64) ([]string, error) {
	k := stretchKey{t.Firm(), first}
	if t.ReadOnly() {
		if names, there := t.store.names.get(k, version); there {
			return names, nil
		}
	}
	var text string
	if err := t.Row(membersOf, first).Scan(&text); err != nil {
		return nil, err
	}
	names := strings.Fields(text)
	if t.ReadOnly() {
		t.store.names.keep(k, version, names, mostNames)
	}
	return names, nil
}
