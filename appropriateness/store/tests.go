package store

import (
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/fault"
)

func (t tx) Tests(now time.Time) ([]appropriateness.Published, error) {
	releases, err := t.Releases("")
	if err != nil {
		return nil, err
	}
	var all []appropriateness.Published
	for _, versions := range appropriateness.ByTest(releases) {
		r, ok := appropriateness.InUse(versions, now)
		if !ok {
			continue
		}
		test, err := t.Sealed(r.Hash)
		if err != nil {
			return nil, err
		}
		all = append(all, appropriateness.Published{Hash: r.Hash, Test: test, From: r.From})
	}
	return all, nil
}

func (t tx) Published(id string, now time.Time) (appropriateness.Published, error) {
	releases, err := t.Releases(id)
	if err != nil {
		return appropriateness.Published{}, err
	}
	r, ok := appropriateness.InUse(releases, now)
	if !ok || id == "" {
		return appropriateness.Published{}, fault.New(fault.NotFound, "unknown-test", "")
	}
	test, err := t.Sealed(r.Hash)
	return appropriateness.Published{Hash: r.Hash, Test: test, From: r.From}, err
}
