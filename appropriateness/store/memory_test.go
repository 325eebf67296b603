package store

import (
	"errors"
	"fmt"
	"sync"
	"testing"
)

func TestAMemoryMakesEachThingOnceAndNeverKeepsAnError(t *testing.T) {
	var m memory[string, int]
	made := 0
	for range 3 {
		v, err := m.of("a", func() (int, error) { made++; return 7, nil })
		if v != 7 || err != nil {
			t.Errorf("%d and %v", v, err)
		}
	}
	if made != 1 {
		t.Errorf("made %d times, want once", made)
	}
	away := errors.New("away")
	if _, err := m.of("b", func() (int, error) { return 0, away }); !errors.Is(err, away) {
		t.Errorf("the error became %v", err)
	}
	if v, err := m.of("b", func() (int, error) { return 8, nil }); v != 8 || err != nil {
		t.Errorf("after an error %d and %v", v, err)
	}
}

func TestAMemoryStaysSmallUnderManyAtOnce(t *testing.T) {
	var m memory[string, string]
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for i := range 2 * keptAtMost {
				key := fmt.Sprint(i)
				if v, _ := m.of(key, func() (string, error) { return key, nil }); v != key {
					t.Errorf("%s became %s", key, v)
				}
			}
		})
	}
	all.Wait()
	if len(m.kept) > keptAtMost {
		t.Errorf("%d entries, at most %d", len(m.kept), keptAtMost)
	}
}
