package loanbook

import (
	"slices"
	"sort"
	"strconv"

	"zorgplicht/calendar"
	"zorgplicht/credit"
)

// A Watch is how an agreement stands against its maximum.
type Watch int

// The stands. One that rests on a legal interest without a second source is never
// taken for sure.
const (
	Within       Watch = iota
	WithinUnsure       // within the maximum, if that legal interest is right
	AboveUnsure        // above it, if that legal interest is right
	Above
	Unwatched // the agreement has ended
)

// Dutch is how people call it.
func (w Watch) Dutch() string {
	switch w {
	case Within:
		return "Binnen het maximum"
	case WithinUnsure:
		return "Binnen een onbevestigd maximum"
	case AboveUnsure:
		return "Boven een onbevestigd maximum"
	case Above:
		return "Boven het maximum"
	}
	return "Niet meer bewaakt"
}

// Ceilings are all maxima by day, ready to hold many agreements against. They come
// from the rules of room credit, and say what credit.CeilingWatch says.
type Ceilings struct {
	from   []int64 // days from which another maximum holds
	at     []ceiling
	change int64     // first day of the transition rule
	moved  []ceiling // as at, with the points of after the change
	kept   int64     // last day on which an agreement may end to keep the points of before it
}

type ceiling struct {
	nominal   Rate // the highest one that stays within
	effective Rate
	sure      bool
}

// NewCeilings asks the rules for every maximum.
func NewCeilings() *Ceilings {
	change := credit.PointsFrom()
	c := &Ceilings{change: days(change), kept: days(change.AddMonths(12))}
	highest := map[string]ceiling{}
	for _, day := range credit.CeilingDays() {
		c.from = append(c.from, days(day))
		out := credit.MaximumChargeOn.Ask(credit.CeilingOnIn{Date: &day})
		c.at = append(c.at, ceilingOf(highest, out.Maximum.String(), out.Verified))
		moved := credit.MaximumChargeForAgreement.Ask(credit.AgreementCeilingIn{
			Concluded: &day, Charge: new(credit.Fixed), AsOf: later(day, change), PointsChange: &change, BalanceOnlyFalls: new(false),
		})
		c.moved = append(c.moved, ceilingOf(highest, moved.Maximum.String(), *moved.Verified))
	}
	return c
}

func later(a, b calendar.Date) *calendar.Date {
	if a.Before(b) {
		return &b
	}
	return &a
}

func days(d calendar.Date) int64 { return int64(epoch.DaysUntil(d)) }

// highestRate is more than any rate that is read.
const highestRate = 100 * rateUnit

// ceilingOf finds the highest rates that stay within a maximum.
func ceilingOf(known map[string]ceiling, maximum string, sure bool) ceiling {
	c, found := known[maximum]
	if !found {
		limit, _ := ParseRate(maximum)
		c.effective = limit
		c.nominal = Rate(sort.Search(highestRate+1, func(n int) bool { return credit.Above(Rate(n).Decimal(), limit.Decimal()) }) - 1)
		known[maximum] = c
	}
	c.sure = sure
	return c
}

// A Watched is what holding an agreement against its maxima gives.
type Watched struct {
	Watch Watch
	Since calendar.Date // above it since this day, where it is now
	First calendar.Date // the first day on which it ever was
}

// Watch holds an agreement against its maxima up to a day.
func (c *Ceilings) Watch(l Loan, on calendar.Date) Watched {
	if l.State().Over() {
		return Watched{Watch: Unwatched}
	}
	w := c.course(l.course(), days(on), nil)
	out := Watched{Watch: w.watch}
	if w.since > 0 {
		out.Since = epoch.AddDays(int(w.since))
	}
	if w.first > 0 {
		out.First = epoch.AddDays(int(w.first))
	}
	return out
}

// A course is what the watch needs of an agreement.
type course struct {
	concluded int64
	variable  bool
	falls     bool  // the balance only falls, as far as is known
	ended     int64 // 0 where it runs
	rates     []byte
}

func (l Loan) course() course {
	c := course{concluded: days(l.Concluded), variable: l.Charge == credit.Variable, falls: l.Kind != Revolving, rates: Pack(l.Rates)}
	if !l.Settled.IsZero() {
		c.ended = days(l.Settled)
	}
	return c
}

type watched struct {
	watch        Watch
	since, first int64
}

// course goes along the stretches in which neither rate nor maximum changes. It tells
// each to stretch, which may be nil: from, until the day after, and how it stands.
func (c *Ceilings) course(l course, on int64, stretch func(from, until int64, w Watch)) (out watched) {
	p := packed{b: l.rates}
	from, nominal, effective, err := p.next()
	if err != nil {
		return watched{}
	}
	for begun := from; ; {
		next, n2, e2, err := p.next()
		more := err == nil && next <= on
		until := on + 1
		if more {
			until = next
		}
		for begun < until {
			end := until
			if l.concluded < c.change && begun < c.change && c.change < until {
				end = c.change
			}
			w := c.stand(l, begun, from, nominal, effective)
			out.add(begun, w)
			if stretch != nil {
				stretch(begun, end, w)
			}
			begun = end
		}
		if !more {
			return out
		}
		from, nominal, effective = next, n2, e2
	}
}

func (w *watched) add(day int64, now Watch) {
	w.watch = now
	if now < AboveUnsure {
		w.since = 0
		return
	}
	if w.since == 0 {
		w.since = day
	}
	if w.first == 0 {
		w.first = day
	}
}

// stand answers one day: the rate since when, and the maximum that goes with it.
func (c *Ceilings) stand(l course, day, since int64, nominal, effective Rate) Watch {
	reference := l.concluded
	if l.variable && since > l.concluded {
		reference = since
	}
	table := c.at
	if l.concluded < c.change && day >= c.change && reference < c.change {
		if keeps := l.ended > 0 && l.ended <= c.kept && l.falls; !keeps {
			table = c.moved
		}
	}
	i, exact := slices.BinarySearch(c.from, reference)
	if !exact {
		i--
	}
	if i < 0 {
		return WithinUnsure // from before the legal interest is known
	}
	m := table[i]
	over := nominal > m.nominal
	if effective > 0 {
		over = effective > m.effective
	}
	switch {
	case over && m.sure:
		return Above
	case over:
		return AboveUnsure
	case m.sure:
		return Within
	}
	return WithinUnsure
}

// A Year is how many agreements were above their maximum on the last day of a year, or
// on the day of the scan in its own year.
type Year struct {
	Year   int `json:"year"`
	Count  int `json:"count"`  // that ran then
	Above  int `json:"above"`  // above it
	Unsure int `json:"unsure"` // above one that no second source confirms
}

// A Scan is the whole book held against its maxima, year by year.
type Scan struct {
	On     calendar.Date `json:"on"`
	Years  []Year        `json:"years"`
	Count  int           `json:"count"`  // agreements that run
	Above  int           `json:"above"`  // above their maximum now
	Unsure int           `json:"unsure"` // above one that no second source confirms
	Within int           `json:"within"`
	Doubt  int           `json:"doubt"` // within one that no second source confirms
	Ever   int           `json:"ever"`  // that ever were above it, sure or not
}

// Scanner holds agreements against their maxima, one after another.
type Scanner struct {
	ceilings *Ceilings
	on       int64
	ends     []int64 // last day of each year
	sum      Scan
	mark     func(from, until int64, w Watch)
}

// ScanYears is over how many years a book is scanned.
const ScanYears = 20

// NewScanner begins a scan up to a day, over so many years.
func NewScanner(c *Ceilings, on calendar.Date, years int) *Scanner {
	s := &Scanner{ceilings: c, on: days(on), sum: Scan{On: on}}
	for y := on.Year() - years + 1; y <= on.Year(); y++ {
		last := calendar.MustParse(strconv.Itoa(y) + "-12-31")
		if last.After(on) {
			last = on
		}
		s.ends = append(s.ends, days(last))
		s.sum.Years = append(s.sum.Years, Year{Year: y})
	}
	s.mark = func(from, until int64, w Watch) {
		first, _ := slices.BinarySearch(s.ends, from)
		for i := first; i < len(s.ends) && s.ends[i] < until; i++ {
			s.sum.Years[i].count(w)
		}
	}
	return s
}

func (y *Year) count(w Watch) {
	y.Count++
	switch w {
	case Above:
		y.Above++
	case AboveUnsure:
		y.Unsure++
	}
}

// Add counts an agreement. One that has ended is in no count: the book does not say
// what it was charged in the end.
func (s *Scanner) Add(l Loan) Watched {
	w := s.ceilings.Watch(l, s.sum.On)
	if w.Watch != Unwatched {
		s.add(l.course())
	}
	return w
}

// add counts an agreement, but one that had not begun on the day of the scan.
func (s *Scanner) add(c course) watched {
	if c.concluded > s.on {
		return watched{}
	}
	w := s.ceilings.course(c, s.on, s.mark)
	s.sum.Count++
	switch w.watch {
	case Above:
		s.sum.Above++
	case AboveUnsure:
		s.sum.Unsure++
	case WithinUnsure:
		s.sum.Doubt++
	default:
		s.sum.Within++
	}
	if w.first > 0 {
		s.sum.Ever++
	}
	return w
}

// Sum is what was counted so far.
func (s *Scanner) Sum() Scan { return s.sum }
