package criteria

import (
	"bytes"
	"context"
	"fmt"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// A Comparison holds the words of a set, or a version of it, against the version
// before it.
type Comparison struct {
	Was         Release
	Before      *Program
	After       *Program
	Differences []Difference
	Whole       Sameness       // whether both mean the same for every contract
	Rules       []RuleSameness // of each rule that both have
}

// Compare holds a version against the one before it; version 0 are the words on
// which somebody works, held against the newest version. It is NotFound
// "unknown-set", "unknown-set-version" or "no-earlier-version", and Invalid
// "bad-rule-set" for words with faults.
func (s *Service) Compare(ctx context.Context, by ident.Actor, name string, version int) (c Comparison, err error) {
	if c, err = s.sides(ctx, by, name, version); err != nil {
		return Comparison{}, fmt.Errorf("compare set %s, version %d: %w", name, version, err)
	}
	c.Differences = Diff(c.Before.Set(), c.After.Set())
	c.Whole, c.Rules = Same(c.Before, c.After)
	return c, nil
}

// sides finds the two sets of a comparison.
func (s *Service) sides(ctx context.Context, by ident.Actor, name string, version int) (c Comparison, err error) {
	var words string
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		d, err := tx.Draft(name)
		if err != nil {
			return err
		}
		all, err := tx.Releases(name)
		if err != nil {
			return err
		}
		words = d.Text
		if version != 0 {
			var r Release
			if !find(all, version, &r) {
				return fault.New(fault.NotFound, "unknown-set-version", name)
			}
			if c.After, err = tx.Sealed(r.Hash); err != nil {
				return err
			}
		}
		c.Was, c.Before, err = newestOf(tx, name, version)
		if err == nil && c.Before == nil {
			err = fault.New(fault.NotFound, "no-earlier-version", name)
		}
		return err
	})
	if err == nil && c.After == nil {
		c.After, err = Read([]byte(words))
	}
	return c, err
}

// A Measure asks what a version does to the contracts of a sample.
type Measure struct {
	Name    string
	Version int           // 0 for the words on which somebody works
	Sample  []byte        // CSV
	ID      string        // the column that names a contract
	Day     calendar.Date // zero: today, or the first day of the set where that is later
}

// Measure counts what a version, held against the one before it, does to a sample.
// Nothing is kept. It fails as Compare and Try do.
func (s *Service) Measure(ctx context.Context, by ident.Actor, in Measure) (*Effect, error) {
	c, err := s.sides(ctx, by, in.Name, in.Version)
	if err != nil {
		return nil, fmt.Errorf("measure set %s, version %d: %w", in.Name, in.Version, err)
	}
	if in.Day.IsZero() {
		in.Day = c.After.FirstDay(s.Today())
	}
	if !c.After.InForce(in.Day) {
		return nil, fault.All(BadFile, []fault.Detail{{Pointer: "/day", Reason: "not-in-force", Text: "Kies een dag waarop de regelset geldt."}})
	}
	if _, err := c.After.Sample(in.Sample, in.ID, in.Day); err != nil {
		return nil, err
	}
	return measure(c.Before, c.After, in.Sample, in.ID, in.Day)
}

// MostMoves is how many of the contracts that move are named.
const MostMoves = 1_000

// measure counts what another version does to a sample that was read before.
func measure(was, is *Program, sample []byte, id string, day calendar.Date) (*Effect, error) {
	before, err := was.Open(bytes.NewReader(sample), id, day)
	if err != nil {
		return nil, err
	}
	after, err := is.Open(bytes.NewReader(sample), id, day)
	if err != nil {
		return nil, err
	}
	e := NewEffect(was, is, day, MostMoves)
	_, e.Bad, err = e.Read(before, after)
	return e, err
}
