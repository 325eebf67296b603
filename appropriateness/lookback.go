package appropriateness

import (
	"cmp"
	"context"
	"slices"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
)

// Channels are the ways along which a client comes to a test.
var Channels = slices.Clone(channels)

// A Version is one sealed test that a firm has or had in use.
type Version struct {
	Hash   ident.Hash
	TestID string
	Title  string
	Nr     int       // 1 for the first version of the test
	From   time.Time // in use from
}

// A Tally counts attempts by how far they are. Together its parts are all.
type Tally struct {
	Ready    int // link not used yet
	Begun    int // the client is answering
	Judged   int // sent and judged
	Dropped  int // begun, and lapsed before it was sent
	Unused   int // lapsed before question 1 was shown
	Outcomes map[Outcome]int
}

// All is the number of attempts.
func (t Tally) All() int { return t.Ready + t.Begun + t.Judged + t.Dropped + t.Unused }

// Counted is the number of attempts that count as taken: question 1 was shown.
func (t Tally) Counted() int { return t.Begun + t.Judged + t.Dropped }

// Lapsed is the number of attempts whose time ran out before they were sent.
func (t Tally) Lapsed() int { return t.Dropped + t.Unused }

// Share is the share of an outcome among the attempts that were judged.
func (t Tally) Share(o Outcome) Share { return Share{t.Outcomes[o], t.Judged} }

func (t *Tally) add(c Count) {
	switch {
	case c.State == Ready:
		t.Ready += c.N
	case c.State == Begun:
		t.Begun += c.N
	case c.State == Judged:
		t.Judged += c.N
	case c.Begun:
		t.Dropped += c.N
	default:
		t.Unused += c.N
	}
	if c.Outcome != "" {
		if t.Outcomes == nil {
			t.Outcomes = map[Outcome]int{}
		}
		t.Outcomes[c.Outcome] += c.N
	}
}

// A Count is the number of attempts that agree in all this.
type Count struct {
	Test    ident.Hash
	Channel string
	State   State // as of now
	Begun   bool  // question 1 was shown
	Outcome Outcome
	N       int
}

// A Stretch is a day, a week or a month with the attempts made in it.
type Stretch struct {
	From, Before calendar.Date
	Made, Judged int
}

// Results are the figures of the attempts that a filter lets through.
type Results struct {
	Total    Tally
	Versions []VersionTally // newest first
	Channels []ChannelTally
	Unit     Unit
	Course   []Stretch // without gaps, the oldest first
	Places   []int     // of the drop-outs: how many gave their last answer at this place; 0 is none
	Took     Durations
}

// A VersionTally counts the attempts with one version of a test.
type VersionTally struct {
	Version
	Tally
}

// A ChannelTally counts the attempts of one channel.
type ChannelTally struct {
	Channel string
	Tally
}

// Backward is what looking back asks of a Tx: counted in the store, so that a
// million attempts come back as some hundreds of rows.
type Backward interface {
	Versions() ([]Version, error) // in the order of their first use
	// Figures are exact at f.Now, whatever Roll has counted by then.
	Figures(f Filter) (Figures, error)
	// Roll counts at most limit attempts made at since or later, the oldest first, and
	// returns how many that were and when the newest of them was made; see Service.Roll.
	Roll(since time.Time, limit int) (n int, newest time.Time, err error)
	Reroll(day calendar.Date) (int, error)              // counts all that is settled of a day anew
	RolledDays() (first, last calendar.Date, err error) // between which attempts were made; zero for none
}

// Versions returns every version of a test that the firm has or had in use, the
// newest first.
func (s *Service) Versions(ctx context.Context, by ident.Actor) (vs []Version, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		vs, err = versions(tx)
		return err
	})
	return vs, err
}

func versions(tx Tx) ([]Version, error) {
	vs, err := tx.Versions()
	last := map[string]int{}
	for i := range vs {
		last[vs[i].TestID]++
		vs[i].Nr = last[vs[i].TestID]
	}
	slices.SortStableFunc(vs, func(a, b Version) int {
		return cmp.Or(cmp.Compare(a.Title, b.Title), cmp.Compare(a.TestID, b.TestID), cmp.Compare(b.Nr, a.Nr))
	})
	return vs, err
}

// Today is the day on which the service works.
func (s *Service) Today() calendar.Date { return calendar.Of(s.Now()) }

// Results counts the attempts that the filter lets through, all at one moment.
func (s *Service) Results(ctx context.Context, by ident.Actor, f Filter) (Results, error) {
	f.Now = s.Now()
	var r Results
	err := s.Store.View(ctx, by.Firm, func(tx Tx) error {
		vs, err := versions(tx)
		if err != nil {
			return err
		}
		figures, err := tx.Figures(f)
		r.count(figures.Counts, vs)
		r.Unit, r.Course = course(figures.Days)
		r.Took, r.Places = figures.Took, figures.Places
		return err
	})
	return r, err
}

func (r *Results) count(counts []Count, vs []Version) {
	byTest, byChannel := map[ident.Hash]*Tally{}, map[string]*Tally{}
	for _, c := range counts {
		if byTest[c.Test] == nil {
			byTest[c.Test] = &Tally{}
		}
		if byChannel[c.Channel] == nil {
			byChannel[c.Channel] = &Tally{}
		}
		for _, t := range []*Tally{&r.Total, byTest[c.Test], byChannel[c.Channel]} {
			t.add(c)
		}
	}
	for _, v := range vs {
		if t := byTest[v.Hash]; t != nil {
			r.Versions = append(r.Versions, VersionTally{v, *t})
		}
	}
	for c, t := range byChannel {
		r.Channels = append(r.Channels, ChannelTally{c, *t})
	}
	slices.SortFunc(r.Channels, func(a, b ChannelTally) int {
		return cmp.Or(cmp.Compare(slices.Index(channels, a.Channel), slices.Index(channels, b.Channel)), cmp.Compare(a.Channel, b.Channel))
	})
}

// A Unit is the length of a stretch of time.
type Unit string

// The units.
const (
	Day   Unit = "day"
	Week  Unit = "week" // from Monday
	Month Unit = "month"
)

// start is the first day of the stretch in which a day lies.
func (u Unit) start(d calendar.Date) calendar.Date {
	switch u {
	case Week:
		return d.AddDays(-(int(d.Weekday()) + 6) % 7)
	case Month:
		return d.AddDays(1 - d.Day())
	}
	return d
}

func (u Unit) next(d calendar.Date) calendar.Date {
	switch u {
	case Week:
		return d.AddDays(7)
	case Month:
		return d.AddMonths(1)
	}
	return d.AddDays(1)
}

// course puts days together to weeks above a month, and above half a year to months
// of the calendar.
func course(days []DayCount) (Unit, []Stretch) {
	if len(days) == 0 {
		return Day, nil
	}
	first, last := days[0].Day, days[len(days)-1].Day
	u := Month
	switch n := first.DaysUntil(last); {
	case n <= 31:
		u = Day
	case n <= 183:
		u = Week
	}
	var all []Stretch
	for d := u.start(first); !d.After(last); d = u.next(d) {
		all = append(all, Stretch{From: d, Before: u.next(d)})
	}
	i := 0
	for _, d := range days {
		for !d.Day.Before(all[i].Before) {
			i++
		}
		all[i].Made += d.Made
		all[i].Judged += d.Judged
	}
	return u, all
}

// exportPage is how many rows Each reads in one transaction.
const exportPage = 500

// Each hands every row of the list to fn, newest first, with states as of the
// moment it began. It reads page by page and holds no transaction while fn
// works, so that a slow reader keeps nobody waiting; rows that come in meanwhile
// are not among them.
func (s *Service) Each(ctx context.Context, by ident.Actor, f Filter, fn func(Row) error) error {
	f.Now, f.Limit, f.Uncounted = s.Now(), exportPage, true
	for {
		p, err := s.page(ctx, by, f)
		if err != nil {
			return err
		}
		for _, r := range p.Rows {
			if err := fn(r); err != nil {
				return err
			}
		}
		if p.Next == nil {
			return nil
		}
		f.Cursor = *p.Next
	}
}
