package store

import (
	"encoding/hex"
	"slices"
	"strings"
	"sync"

	"zorgplicht/ident"
)

// How many stretches are remembered: 8 KB of days each, and 64 KB of cases.
const (
	mostDays  = 4_000
	mostRolls = 400
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
	err := t.Each(daysBetween, []any{firsts[least], firsts[most]}, func(columns func(...any) error) error {
		var first string
		var read []byte
		err := columns(&first, &read)
		if n, there := slices.BinarySearch(firsts, first); there {
			days[n] = read
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for n := least; n <= most && t.ReadOnly(); n++ {
		t.store.days.keep(stretchKey{t.Firm(), firsts[n]}, versions[firsts[n]], days[n], mostDays)
	}
	return days, nil
}

// A roll names the cases of a stretch, in the order of its bits.
type roll struct {
	ids   [][16]byte
	plain []string // where one of them is no UUID
}

// readRoll reads what a stretch keeps of its cases.
func readRoll(text string) (r roll) {
	r.ids = make([][16]byte, 0, len(text)/36)
	for id := range strings.FieldsSeq(text) {
		p, ok := packID(id)
		if !ok {
			return roll{plain: strings.Fields(text)}
		}
		r.ids = append(r.ids, p)
	}
	return r
}

// packID gives the bytes of a UUID in its usual form, and whether it is one.
func packID(id string) (p [16]byte, ok bool) {
	if len(id) != 36 || id[8] != '-' || id[13] != '-' || id[18] != '-' || id[23] != '-' || strings.ToLower(id) != id {
		return p, false
	}
	n, err := hex.Decode(p[:], []byte(id[:8]+id[9:13]+id[14:18]+id[19:23]+id[24:]))
	return p, err == nil && n == len(p)
}

func unpackID(p [16]byte) string {
	h := hex.EncodeToString(p[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// at is the case of a bit; "" where the bits are damaged and there is none.
func (r roll) at(bit int) string {
	switch {
	case bit < len(r.ids):
		return unpackID(r.ids[bit])
	case bit < len(r.plain):
		return r.plain[bit]
	}
	return ""
}

// roll gives the cases of a stretch.
func (t tx) roll(first string, version int64) (r roll, err error) {
	k := stretchKey{t.Firm(), first}
	if t.ReadOnly() {
		if r, there := t.store.rolls.get(k, version); there {
			return r, nil
		}
	}
	var text string
	if err := t.Row(membersOf, first).Scan(&text); err != nil {
		return r, err
	}
	r = readRoll(text)
	if t.ReadOnly() {
		t.store.rolls.keep(k, version, r, mostRolls)
	}
	return r, nil
}
