package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/journal"
)

// Extract returns all facts about a subject of a firm with their proofs, and the
// sealed things they name, however deep. Facts that wait are sequenced first; a
// subject without facts is fault.NotFound "subject-unknown".
func (r Reader) Extract(ctx context.Context, seq *Sequencer, firm ident.Firm, subject string) (journal.Extract, error) {
	x, err := r.extract(ctx, seq, firm, subject)
	if err != nil {
		return journal.Extract{}, fmt.Errorf("extract of subject %s: %w", subject, err)
	}
	return x, nil
}

func (r Reader) extract(ctx context.Context, seq *Sequencer, firm ident.Firm, subject string) (journal.Extract, error) {
	x := journal.Extract{Firm: firm, Subject: subject}
	fs, err := r.settled(ctx, seq, firm, subject)
	if err != nil {
		return x, err
	}
	if len(fs) == 0 {
		return x, fault.New(fault.NotFound, "subject-unknown", subject)
	}
	slices.SortFunc(fs, func(a, b journal.Recorded) int { return int(a.Position - b.Position) })
	positions := make([]int64, len(fs))
	for i, f := range fs {
		positions[i] = f.Position
	}
	x.Facts = fs
	x.Proofs, x.Checkpoint, err = r.Inclusions(ctx, positions)
	return x, err
}

// settled reads the facts with all they name, until all of them have a place.
func (r Reader) settled(ctx context.Context, seq *Sequencer, firm ident.Firm, subject string) ([]journal.Recorded, error) {
	for range 100 { // others append and sequence meanwhile
		fs, err := r.Subject(ctx, firm, subject)
		if err != nil {
			return nil, err
		}
		if fs, err = r.withSealed(ctx, firm, fs); err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(fs, func(f journal.Recorded) bool { return f.Position == journal.Waiting }) {
			return fs, nil
		}
		if _, err := seq.Step(ctx); err != nil {
			return nil, err
		}
	}
	return nil, errors.New("a fact gets no place in the tree: verify the journal")
}

func (r Reader) withSealed(ctx context.Context, firm ident.Firm, fs []journal.Recorded) ([]journal.Recorded, error) {
	seen := map[ident.Hash]bool{}
	have := map[string]bool{}
	for _, f := range fs {
		have[f.ID] = true
	}
	for i := 0; i < len(fs); i++ { // fs grows
		for _, h := range journal.HashesIn(fs[i].Payload) {
			if seen[h] {
				continue
			}
			seen[h] = true
			s, err := r.Sealed(ctx, firm, h)
			switch {
			case fault.Is(err, fault.NotFound): // the hash of something else
			case err != nil:
				return nil, err
			case !have[s.ID]:
				have[s.ID] = true
				fs = append(fs, s)
			}
		}
	}
	return fs, nil
}
