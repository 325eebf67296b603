package app

import (
	"context"
	"errors"

	"zorgplicht/criteria"
	"zorgplicht/internal/fault"
	"zorgplicht/journal"
)

// screeningRule is how the report of a replay names what a run is done by.
const screeningRule = "criteria.screened/1"

// replayRuns does every run of the journal anew, from its column file and its
// sealed set, and holds the root against the one that was recorded. A run whose file
// is gone counts as erased where the journal says that its portfolio was removed.
func (a *App) replayRuns(ctx context.Context, out *journal.Replayed) error {
	removed := map[string]bool{} // portfolios
	var missing []journal.Recorded
	for f, err := range a.reader().All(ctx) {
		if err != nil {
			return err
		}
		if f.Kind == criteria.KindRemoved {
			removed[f.Subject] = true
		}
		if f.Kind != criteria.KindScreened || f.Erased {
			continue
		}
		different, err := a.Screener.Again(ctx, f.Firm, f.Payload)
		switch {
		case fault.Is(err, fault.Unavailable), ctx.Err() != nil:
			return errors.Join(err, ctx.Err())
		case fault.Has(err, "file-missing"):
			missing = append(missing, f)
			continue
		case err != nil:
			different = err.Error()
		case different != "":
			different = "the run gives another " + different
		}
		replayedRun(out, f, different)
	}
	for _, f := range missing {
		if of, err := criteria.ScreenedPortfolio(f.Payload); err == nil && removed[of] {
			out.Erased++
			continue
		}
		replayedRun(out, f, "the column file of the run is missing, and no fact says that its portfolio was removed")
	}
	return nil
}

// replayedRun counts a run, and what came out otherwise.
func replayedRun(out *journal.Replayed, f journal.Recorded, different string) {
	out.Decisions++
	out.Rules[screeningRule]++
	switch {
	case different == "":
		out.Same++
	case len(out.Unequal) < journal.MaxFindings:
		out.Unequal = append(out.Unequal, journal.Unequal{Fact: f.ID, Kind: f.Kind, Rule: screeningRule, Problem: different})
	}
}
