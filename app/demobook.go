package app

import (
	"context"
	"fmt"
	mathrand "math/rand/v2"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/ident"
)

// The portfolio of the mortgage house: how many contracts, and how many days lie
// between the two files of it.
const (
	demoBookSize = 5000
	demoBookDays = 28
)

// A demoContract is one mortgage as the administration knows it.
type demoContract struct {
	number                     int
	arrears, reversals, ratio  int // months, this quarter, tenths of a percent
	fixed, interestOnly, age   int // months, percent, years
	spoken                     calendar.Date
	unadvised, arranged        bool
	noArrears, noRatio, noWord bool // not known
}

// demoContracts draws the contracts as they were on a day, always the same for the
// same day.
func demoContracts(day calendar.Date) []demoContract {
	dice := mathrand.New(mathrand.NewPCG(20261122, 5))
	list := make([]demoContract, demoBookSize)
	for i := range list {
		c := demoContract{
			number: 20_001 + i*3, ratio: 250 + dice.IntN(700), fixed: 2 + dice.IntN(300), age: 24 + dice.IntN(55),
			spoken: day.AddDays(-20 - dice.IntN(1100)), unadvised: dice.IntN(6) == 0,
		}
		if dice.IntN(3) == 0 {
			c.interestOnly = 10 * (1 + dice.IntN(10))
		}
		switch n := dice.IntN(100); {
		case n < 2:
			c.arrears, c.reversals = 2+dice.IntN(5), 1+dice.IntN(3)
			c.arranged = dice.IntN(3) == 0
		case n < 7:
			c.arrears, c.reversals = 1, dice.IntN(3)
		}
		if dice.IntN(12) == 0 {
			c.ratio = 880 + dice.IntN(180)
		}
		c.noArrears, c.noRatio, c.noWord = dice.IntN(150) == 0, dice.IntN(90) == 0, dice.IntN(200) == 0
		list[i] = c
	}
	return list
}

// later lets four weeks pass: a few contracts end, others are new, and of some the
// arrears, the rate term or the last conversation changes.
func later(list []demoContract, day calendar.Date) []demoContract {
	dice := mathrand.New(mathrand.NewPCG(20261122, 6))
	var out []demoContract
	for _, c := range list {
		if dice.IntN(250) == 0 {
			continue
		}
		c.fixed = max(0, c.fixed-1)
		switch n := dice.IntN(100); {
		case c.arrears > 0 && n < 30:
			c.arrears--
		case c.arrears > 0 && n < 55, n < 1:
			c.arrears++
			c.reversals = min(12, c.reversals+1)
		case n < 4:
			c.spoken, c.noWord = day.AddDays(-dice.IntN(demoBookDays)), false
		}
		out = append(out, c)
	}
	for i := range 30 {
		out = append(out, demoContract{
			number: 40_000 + i, ratio: 600 + dice.IntN(380), fixed: 60 + dice.IntN(300), age: 25 + dice.IntN(40), spoken: day.AddDays(-dice.IntN(demoBookDays)),
		})
	}
	return out
}

// demoFaults are rows as an export now and then has them: a word where a number
// belongs, more than can be, a cell too few, a contract twice.
const demoFaults = `DL-90001;onbekend;0;61,5;84;0;44;2026-03-02;nee;nee;Ede
DL-90002;0;0;640;84;0;44;2026-03-02;nee;nee;Ede
DL-90003;0;0
DL-20001;0;0;61,5;84;0;44;2026-03-02;nee;nee;Ede
`

// demoBook writes contracts as the file that the administration hands over.
func demoBook(list []demoContract) string {
	var b strings.Builder
	b.WriteString("id;achterstand;stornos;schuld_waarde;rente_vast;aflossingsvrij;leeftijd;laatste_contact;zonder_advies;regeling;kantoor\n")
	yes := map[bool]string{true: "ja", false: "nee"}
	unless := func(unknown bool, s string) string {
		if unknown {
			return ""
		}
		return s
	}
	for _, c := range list {
		fmt.Fprintf(&b, "DL-%d;%s;%d;%s;%d;%d;%d;%s;%s;%s;%s\n", c.number,
			unless(c.noArrears, fmt.Sprint(c.arrears)), c.reversals, unless(c.noRatio, fmt.Sprintf("%d,%d", c.ratio/10, c.ratio%10)), c.fixed, c.interestOnly, c.age,
			unless(c.noWord, c.spoken.String()), yes[c.unadvised], yes[c.arranged], []string{"Zwolle", "Ede", "Breda"}[c.number%3])
	}
	return b.String() + demoFaults
}

// fillBooks lets the mortgage house load its portfolio and hold it against its
// rules, four weeks ago and yesterday.
func (a *App) fillBooks(ctx context.Context, actors map[string]ident.Actor) error {
	yesterday := a.Now().AddDate(0, 0, -1)
	before := yesterday.AddDate(0, 0, -demoBookDays)
	first := demoContracts(calendar.Of(before))
	for _, m := range []struct {
		at   time.Time
		list []demoContract
	}{{before, first}, {yesterday, later(first, calendar.Of(yesterday))}} {
		if err := a.screenedOn(ctx, m.at, actors["samir@delinde.example"], demoBook(m.list)); err != nil {
			return fmt.Errorf("portfolio of %s: %w", calendar.Of(m.at), err)
		}
	}
	return nil
}

// screenedOn loads a file and does a run over it, as it was at that moment.
func (a *App) screenedOn(ctx context.Context, at time.Time, by ident.Actor, book string) error {
	s := *a.Screener
	s.Now = func() time.Time { return at }
	p, err := s.Load(ctx, by, criteria.LoadOrder{Name: "Hypotheken De Linde", Set: demoSets[0].name}, strings.NewReader(book))
	if err != nil {
		return err
	}
	at = at.Add(2 * time.Minute)
	r, err := s.Start(ctx, by, criteria.RunOrder{Portfolio: p.ID, Set: demoSets[0].name})
	if err != nil {
		return err
	}
	at = at.Add(time.Second)
	return s.Work(ctx, by.Firm, r.ID, func() bool { return false })
}
