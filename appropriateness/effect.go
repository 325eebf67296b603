package appropriateness

import (
	"context"
	"slices"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// An Effect counts judged attempts with one version of a test that agree in all
// this. What is "" for those that nothing was told of, else one thing that was told:
// an attempt stands once under each.
type Effect struct {
	Outcome     Outcome
	Choice      Course
	Points, Out int
	Fit         Fit
	What        Happening
	Any         Tells // instead of What: a total over several happenings
	N           int
}

// Tells says over which happenings an Effect counts.
type Tells string

// The totals: attempts judged, those of which anything was told, and those with a
// signal.
const (
	TellsJudged   Tells = "judged"
	TellsFollowed Tells = "followed"
	TellsSignal   Tells = "signal"
)

// A Cohort (groep) is a group of clients by how the test went.
type Cohort string

// The cohorts. A narrow pass lies less than ten percent of the points above the cut.
const (
	NarrowPass Cohort = "narrow_pass"
	AmplePass  Cohort = "ample_pass"
	WentOn     Cohort = "went_on" // after the warning
	Stopped    Cohort = "stopped" // no pass, and did not go on
)

// Cohorts lists them in the order of a page.
var Cohorts = []Cohort{AmplePass, NarrowPass, WentOn, Stopped}

// A CohortEffect is what became of one cohort.
type CohortEffect struct {
	Cohort   Cohort
	Judged   int
	Followed int // of whom anything was told
	Signal   int // of whom at least one signal was told
	Sold     int // who took the product
	Outside  int // whose answers lie outside the target group
	Of       map[Happening]int
}

// Share is the share of those followed of whom this was told.
func (c CohortEffect) Share(h Happening) Share { return Share{c.Of[h], c.Followed} }

// An Effectiveness says of one version of a test what became of its clients.
type Effectiveness struct {
	Version Version
	Cohorts []CohortEffect
}

// Cohort returns one of them.
func (e Effectiveness) Cohort(which Cohort) CohortEffect {
	i := slices.IndexFunc(e.Cohorts, func(c CohortEffect) bool { return c.Cohort == which })
	if i < 0 {
		return CohortEffect{Cohort: which}
	}
	return e.Cohorts[i]
}

// Passed is who was judged fit, together.
func (e Effectiveness) Passed() CohortEffect {
	return e.Cohort(NarrowPass).plus(e.Cohort(AmplePass))
}

// All is everybody who was judged.
func (e Effectiveness) All() (all CohortEffect) {
	for _, c := range e.Cohorts {
		all = all.plus(c)
	}
	return all
}

func (c CohortEffect) plus(o CohortEffect) CohortEffect {
	sum := CohortEffect{
		Judged: c.Judged + o.Judged, Followed: c.Followed + o.Followed, Signal: c.Signal + o.Signal,
		Sold: c.Sold + o.Sold, Outside: c.Outside + o.Outside, Of: map[Happening]int{},
	}
	for _, h := range Happenings {
		sum.Of[h] = c.Of[h] + o.Of[h]
	}
	return sum
}

// effectiveness divides the counts over the cohorts.
func effectiveness(v Version, t Test, counts []Effect) Effectiveness {
	e := Effectiveness{Version: v}
	for _, which := range Cohorts {
		e.Cohorts = append(e.Cohorts, CohortEffect{Cohort: which, Of: map[Happening]int{}})
	}
	for _, n := range counts {
		i := slices.Index(Cohorts, t.cohort(n))
		c := &e.Cohorts[i]
		switch n.Any {
		case TellsJudged:
			c.Judged += n.N
			if n.Fit == Outside {
				c.Outside += n.N
			}
		case TellsFollowed:
			c.Followed += n.N
		case TellsSignal:
			c.Signal += n.N
		default:
			c.Of[n.What] += n.N
			if n.What == Concluded {
				c.Sold += n.N
			}
		}
	}
	return e
}

func (t Test) cohort(n Effect) Cohort {
	switch {
	case n.Outcome == Appropriate && n.Points*100 < n.Out*t.narrowBelow():
		return NarrowPass
	case n.Outcome == Appropriate:
		return AmplePass
	case n.Choice == ChoseGoOn:
		return WentOn
	}
	return Stopped
}

// Effectiveness returns what became of the clients of one version of a test;
// fault.NotFound "unknown-version".
func (s *Service) Effectiveness(ctx context.Context, by ident.Actor, id string, hash ident.Hash) (e Effectiveness, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		e, err = effectivenessIn(tx, id, hash)
		return err
	})
	return e, err
}

func effectivenessIn(tx Tx, id string, hash ident.Hash) (Effectiveness, error) {
	vs, err := versions(tx)
	if err != nil {
		return Effectiveness{}, err
	}
	i := slices.IndexFunc(vs, func(v Version) bool { return v.TestID == id && v.Hash == hash })
	if i < 0 {
		return Effectiveness{}, fault.New(fault.NotFound, "unknown-version", id)
	}
	t, err := tx.Sealed(hash)
	if err != nil {
		return Effectiveness{}, err
	}
	counts, err := tx.Effects(hash)
	return effectiveness(vs[i], t, counts), err
}
