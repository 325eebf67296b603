package appropriateness

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
)

// Figures (cijfers) are what the attempts that a filter lets through count up to.
type Figures struct {
	Counts []Count
	Days   []DayCount // the oldest first, without the days on which there was none
	Took   Durations
	Places []int // of the drop-outs: how many gave their last answer at this place; 0 is none
}

// A DayCount counts the attempts made on one day in Amsterdam, by how far they are.
type DayCount struct {
	Day          calendar.Date
	Made, Judged int
}

// A Sum puts figures together from whatever they are counted in.
type Sum struct {
	counts map[Count]int
	days   map[calendar.Date]DayCount
	took   [longest]int // by minutes
	later  map[int]int  // of the few that took longer
	places []int
}

// longest is how many minutes are counted without a map: a day and a night. A
// year of figures holds a hundred thousand numbers of minutes.
const longest = 24 * 60

// NewSum has counted nothing yet.
func NewSum() *Sum {
	return &Sum{counts: map[Count]int{}, days: map[calendar.Date]DayCount{}, later: map[int]int{}}
}

// Add counts n attempts of a day that agree in all of c but its N.
func (s *Sum) Add(day calendar.Date, c Count, n int) {
	if n == 0 {
		return
	}
	c.N = 0
	s.counts[c] += n
	d := s.days[day]
	d.Made += n
	if c.State == Judged {
		d.Judged += n
	}
	s.days[day] = d
}

// Took counts n attempts that were sent after so many whole minutes.
func (s *Sum) Took(minutes, n int) {
	if minutes >= 0 && minutes < longest {
		s.took[minutes] += n
		return
	}
	s.later[minutes] += n
}

// Left counts n drop-outs whose last answer was at this place, 0 for none.
func (s *Sum) Left(place, n int) {
	for len(s.places) <= place {
		s.places = append(s.places, 0)
	}
	s.places[place] += n
}

// Figures are what was counted so far.
func (s *Sum) Figures() Figures {
	f := Figures{Places: s.places}
	for c, n := range s.counts {
		c.N = n
		f.Counts = append(f.Counts, c)
	}
	for day, d := range s.days {
		d.Day = day
		f.Days = append(f.Days, d)
	}
	slices.SortFunc(f.Days, func(a, b DayCount) int { return a.Day.Compare(b.Day) })
	for m, n := range s.took {
		if n != 0 {
			f.Took = append(f.Took, Took{m, n})
		}
	}
	for m, n := range s.later {
		f.Took = append(f.Took, Took{m, n})
	}
	slices.SortFunc(f.Took, func(a, b Took) int { return cmp.Compare(a.Minutes, b.Minutes) })
	return f
}

// Settled (afgedaan) are the states after which nothing that figures count changes:
// judged, and written down as lapsed.
func (s State) Settled() bool { return s == Judged || s == Lapsed }

// WholeDays says whether the filter narrows by test, channel and whole days in
// Amsterdam alone, so that daily figures answer it.
func (f Filter) WholeDays() bool {
	return f.client == "" && f.ID == "" && f.State == "" && f.Outcome == "" && !f.Counted &&
		(f.From.IsZero() || calendar.Of(f.From).Start().Equal(f.From)) &&
		(f.Before.IsZero() || calendar.Of(f.Before).Start().Equal(f.Before))
}

// rollAtOnce is how many attempts one transaction counts, so that it holds nobody up.
const rollAtOnce = 100

// Roll counts of the firm what is settled and not counted yet in the figures of its
// day, and returns how many attempts that were. Figures are the same before and
// after; they only come sooner. Nodes that do it at once count nothing twice.
//
// It goes from old to new and never looks back: a database that keeps what was
// there before each change would else read all of that again for every hundred.
func (s *Service) Roll(ctx context.Context, firm ident.Firm) (rolled int, err error) {
	var since time.Time
	for {
		n := 0
		err := s.Store.Update(ctx, firm, func(tx Tx) (err error) {
			n, since, err = tx.Roll(since, rollAtOnce)
			return err
		})
		if rolled += n; err != nil {
			return rolled, fmt.Errorf("count attempts: %w", err)
		}
		if n < rollAtOnce {
			return rolled, nil
		}
	}
}

// Recount makes the daily figures of the firm anew from its attempts, a day at a
// time, so that each moment between shows them whole. tell hears of each day.
func (s *Service) Recount(ctx context.Context, firm ident.Firm, tell func(day calendar.Date, attempts int)) error {
	var first, last calendar.Date
	err := s.Store.View(ctx, firm, func(tx Tx) (err error) {
		first, last, err = tx.RolledDays()
		return err
	})
	for d := first; err == nil && !d.IsZero() && !d.After(last); d = d.AddDays(1) {
		n := 0
		err = s.Store.Update(ctx, firm, func(tx Tx) (err error) {
			n, err = tx.Reroll(d)
			return err
		})
		if err == nil {
			tell(d, n)
		}
	}
	if err != nil {
		return fmt.Errorf("count attempts anew: %w", err)
	}
	return nil
}
