package appropriateness

import "zorgplicht/internal/fault"

// A Following narrows the list of attempts to those behind a number of an evaluation.
// Empty fields do not narrow.
type Following struct {
	Cohort Cohort    // of the one version that the filter names
	Tells  Tells     // TellsJudged does not narrow
	What   Happening // of whom this was told
	narrow int       // below this percentage of the points a pass is a narrow one
}

// NarrowBelow is the percentage of the points below which a pass counts as narrow.
func (f Following) NarrowBelow() int { return f.narrow }

// follow reads from the sealed test what divides a narrow pass from an ample one.
// Invalid "cohort-without-version" where the filter names no version.
func (f *Filter) follow(tx Tx) error {
	if f.Followed.Cohort == "" {
		return nil
	}
	if f.Test.IsZero() {
		return fault.New(fault.Invalid, "cohort-without-version", string(f.Followed.Cohort))
	}
	t, err := tx.Sealed(f.Test)
	f.Followed.narrow = t.narrowBelow()
	return err
}

// narrowBelow is ten percent of the points above the cut.
func (t Test) narrowBelow() int { return t.Scoring.Percent + 10 }
