package journal

import (
	"context"
	"fmt"
	"iter"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// A Desk asks a kept decision again: a rule.Registry.
type Desk interface {
	Replay(d rule.Decision, open rule.Opener) ([]rule.Difference, error)
}

// Decisions returns what a payload holds under "decisions", none when it has no
// such key.
func Decisions(payload []byte) ([]rule.Decision, error) {
	n, err := canon.Parse(payload)
	if err != nil {
		return nil, fmt.Errorf("payload: %w", err)
	}
	kept := n.Get("decisions")
	if !kept.Valid() {
		return nil, nil
	}
	var ds []rule.Decision
	if wrong := kept.Decode(&ds, "/decisions"); wrong != nil {
		return nil, fmt.Errorf("decisions: %w", fault.All("bad-decision", wrong))
	}
	return ds, nil
}

// Replayed is the outcome of a replay.
type Replayed struct {
	Facts     int64            `json:"facts"`     // looked at
	Erased    int64            `json:"erased"`    // of them, without a payload to look at
	Decisions int64            `json:"decisions"` // asked again
	Same      int64            `json:"same"`      // that came out as they were kept
	Rules     map[string]int64 `json:"rules"`     // decisions by rule and version, "scoring/1"
	Unequal   []Unequal        `json:"unequal"`   // the first MaxFindings that did not
}

// Green reports whether every decision came out as it was kept.
func (r *Replayed) Green() bool { return len(r.Unequal) == 0 }

// Unequal is a decision that does not come out as it was kept, or that could not
// be asked again.
type Unequal struct {
	Fact        string            `json:"fact"`
	Kind        string            `json:"kind"`
	Rule        string            `json:"rule"` // with its version, "scoring/1"
	Problem     string            `json:"problem,omitempty"`
	Differences []rule.Difference `json:"differences,omitempty"`
}

// Replay asks every decision of these facts again and compares. Open gives what
// opens the sealed things of a firm. The error is trouble in reading; a decision
// that cannot be asked again is among the unequal ones.
func Replay(ctx context.Context, facts iter.Seq2[Recorded, error], desk Desk, open func(ident.Firm) rule.Opener, progress func(done int64)) (*Replayed, error) {
	r := &replay{desk: desk, open: open, openers: map[ident.Firm]rule.Opener{}, out: &Replayed{Rules: map[string]int64{}}}
	for f, err := range facts {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = r.fact(f)
		}
		if err != nil {
			return nil, fmt.Errorf("replay: %w", err)
		}
		if progress != nil {
			progress(r.out.Facts)
		}
	}
	return r.out, nil
}

type replay struct {
	desk    Desk
	open    func(ident.Firm) rule.Opener
	openers map[ident.Firm]rule.Opener
	out     *Replayed
}

func (r *replay) fact(f Recorded) error {
	r.out.Facts++
	if f.Erased {
		r.out.Erased++
		return nil
	}
	ds, err := Decisions(f.Payload)
	if err != nil {
		r.unequal(Unequal{Fact: f.ID, Kind: f.Kind, Problem: err.Error()})
		return nil
	}
	for _, d := range ds {
		name := fmt.Sprintf("%s/%d", d.Rule, d.Version)
		r.out.Decisions++
		r.out.Rules[name]++
		different, err := r.desk.Replay(d, r.opener(f.Firm))
		switch {
		case fault.Is(err, fault.Unavailable):
			return err
		case err != nil:
			r.unequal(Unequal{Fact: f.ID, Kind: f.Kind, Rule: name, Problem: err.Error()})
		case len(different) > 0:
			r.unequal(Unequal{Fact: f.ID, Kind: f.Kind, Rule: name, Differences: different})
		default:
			r.out.Same++
		}
	}
	return nil
}

func (r *replay) unequal(u Unequal) {
	if len(r.out.Unequal) < MaxFindings {
		r.out.Unequal = append(r.out.Unequal, u)
	}
}

// remembered is how many sealed things of a firm a replay keeps at hand.
const remembered = 64

// opener remembers what it opened: many decisions name the same few things.
func (r *replay) opener(firm ident.Firm) rule.Opener {
	if o := r.openers[firm]; o != nil {
		return o
	}
	next, seen := r.open(firm), map[ident.Hash][]byte{}
	o := func(h ident.Hash) ([]byte, error) {
		if b, ok := seen[h]; ok {
			return b, nil
		}
		b, err := next(h)
		if err != nil {
			return nil, err
		}
		if ident.HashOf(b) != h {
			return nil, fmt.Errorf("sealed thing %s: its bytes have another hash", h)
		}
		if len(seen) == remembered {
			clear(seen)
		}
		seen[h] = b
		return b, nil
	}
	r.openers[firm] = o
	return o
}

// OpenFrom opens the sealed things among facts at hand.
func OpenFrom(facts []Recorded) rule.Opener {
	sealed := map[ident.Hash][]byte{}
	for _, f := range facts {
		if f.Sealed && !f.Erased {
			sealed[f.Named] = f.Payload
		}
	}
	return func(h ident.Hash) ([]byte, error) {
		b, ok := sealed[h]
		if !ok {
			return nil, fault.New(fault.NotFound, "sealed-unknown", h.String())
		}
		return b, nil
	}
}

// Each turns facts at hand into what Replay reads.
func Each(facts []Recorded) iter.Seq2[Recorded, error] {
	return func(yield func(Recorded, error) bool) {
		for _, f := range facts {
			if !yield(f, nil) {
				return
			}
		}
	}
}
