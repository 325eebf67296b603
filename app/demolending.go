package app

import (
	"context"
	"fmt"
	mathrand "math/rand/v2"
	"strconv"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/lending"
	"zorgplicht/money"
)

// demoApplied is how many applications the mortgage house got in the past weeks.
const demoApplied = 60

// demoNorms are its norm amounts: examples that stand for no table of anybody.
var demoNorms = []struct {
	household lending.Household
	value     string
	next      string // from the first day of the next year
}{
	{lending.Alone, "1060", "1095"}, {lending.SingleParent, "1340", "1385"}, {lending.Couple, "1495", "1545"}, {lending.Family, "1880", "1940"},
}

// A lender tells the past of applications, by the services that staff use and with its
// own dice and clock.
type lender struct {
	*lending.Service
	by   ident.Actor
	dice *mathrand.Rand
	now  time.Time // of the installation
	at   time.Time // in the story
	a    lending.Application
}

// fillLending gives the mortgage house norm amounts and applications, in every state.
func (a *App) fillLending(ctx context.Context, actors map[string]ident.Actor) error {
	t := &lender{by: actors["hanneke@delinde.example"], dice: mathrand.New(mathrand.NewPCG(20261122, 61)), now: a.Now()}
	cases, service := *a.Casework, *a.Lending
	cases.Now = func() time.Time { return t.at }
	service.Now, service.Casework = cases.Now, &cases
	t.Service = &service
	t.ago(demoDays - 1)
	year := t.now.Year()
	for _, n := range demoNorms {
		for i, value := range []string{n.value, n.next} {
			source := fmt.Sprintf("Voorbeeldbedragen van De Linde, tabel %d, vastgesteld door de directie", year+i)
			from := calendar.MustParse(fmt.Sprintf("%d-01-01", year+i))
			if _, err := t.SetNorm(ctx, actors["samir@delinde.example"], lending.Setting{Name: "leefnorm", Household: n.household, Value: value, From: from, Source: source}); err != nil {
				return err
			}
		}
	}
	for n := range demoApplied {
		if err := t.application(ctx, n); err != nil {
			return fmt.Errorf("application %d: %w", n, err)
		}
	}
	return nil
}

// ago sets the clock of the story, never later than now.
func (t *lender) ago(days int) {
	t.at = t.now.AddDate(0, 0, -days)
	if days > 0 {
		t.at = time.Date(t.at.Year(), t.at.Month(), t.at.Day(), 8+t.dice.IntN(8), t.dice.IntN(60), 0, 0, time.UTC)
	}
}

func (t *lender) today() calendar.Date { return calendar.Of(t.at) }

func (t *lender) seen() lending.At { return lending.At{ID: t.a.ID(), Saw: t.a.Case.Revision} }

// do takes a step some days later.
func (t *lender) do(age *int, days int, step func() (lending.Application, error)) (err error) {
	*age = max(0, *age-days)
	t.ago(*age)
	t.a, err = step()
	return err
}

// application tells the n-th, the oldest first.
func (t *lender) application(ctx context.Context, n int) error {
	left := demoApplied - n // the newest is 1
	age := left * (demoDays - 2) / demoApplied
	t.ago(age)
	in := t.intake(n)
	in.Received = t.today()
	var err error
	if t.a, err = t.Receive(ctx, t.by, in); err != nil || left <= 8 {
		return err // the newest wait
	}
	if in.Request.Collateral == lending.NoSecurities && (left > 13 || left%2 == 0) {
		if err := t.do(&age, 1, func() (lending.Application, error) {
			return t.Consult(ctx, t.by, t.seen(), lending.Looking{On: t.today(), System: "BKR", Reference: fmt.Sprintf("T%06d", 104000+n*37), Found: demoFound[in.Answers["registratie"]]})
		}); err != nil {
			return err
		}
	}
	if n%19 == 7 {
		return t.do(&age, 1, func() (lending.Application, error) {
			return t.Withdraw(ctx, t.by, t.seen(), "De klant belde: hij leent het bedrag bij familie.")
		})
	}
	if t.a.Judged != nil && t.a.Judged.Verdict == lending.Incomplete {
		told := in.Told
		told.Answers["inkomen"] = "2750"
		if err := t.do(&age, 1, func() (lending.Application, error) { return t.Change(ctx, t.by, t.seen(), told) }); err != nil {
			return err
		}
	}
	return t.end(ctx, n, left, age)
}

var demoFound = map[string]string{
	"schoon": "Geen achterstanden. Bestaande kredieten zoals opgegeven.", "hersteld": "Eén achterstand, vorig jaar ingelopen.", "achterstand": "Een lopende achterstand van drie maanden.",
}

// end decides, and lets the agreement live.
func (t *lender) end(ctx context.Context, n, left, age int) error {
	verdict := lending.Fits
	if t.a.Judged != nil {
		verdict = t.a.Judged.Verdict
	}
	accept, why := verdict == lending.Fits || verdict == lending.Discuss && n%2 == 0, ""
	if verdict == lending.Discuss {
		why = "Loonstroken van een jaar gezien; het inkomen is stabiel en er blijft ruim voldoende over."
		if !accept {
			why = "De klant kan de oude achterstand niet verklaren. Het risico is te groot."
		}
	}
	if err := t.do(&age, 1, func() (lending.Application, error) { return t.Decide(ctx, t.by, t.seen(), accept, why) }); err != nil || !accept || left <= 13 {
		return err
	}
	agreement := fmt.Sprintf("DK-%d-%04d", t.at.Year()%100, 2000+n)
	if err := t.do(&age, 2, func() (lending.Application, error) { return t.Conclude(ctx, t.by, t.seen(), t.today(), agreement) }); err != nil {
		return err
	}
	switch {
	case t.a.Request.Collateral != lending.NoSecurities:
		return t.securities(ctx, n, age)
	case n%7 == 3:
		return t.do(&age, 10, func() (lending.Application, error) { return t.Settle(ctx, t.by, t.seen(), t.today()) })
	case n%11 == 5:
		return t.do(&age, 8, func() (lending.Application, error) {
			return t.Transfer(ctx, t.by, t.seen(), t.today(), "Kredietbank Zuiderzee")
		})
	}
	return nil
}

// securities values what is pledged every now and then; of one credit the margin is lost.
func (t *lender) securities(ctx context.Context, n, age int) error {
	value := t.a.Request.Value
	for round := 1; age > 9; round++ {
		change := money.Cents(t.dice.IntN(5) - 2)
		if n < 15 && round > 5 {
			change = -9
		}
		value += value / 100 * change
		if err := t.do(&age, 8, func() (lending.Application, error) { return t.Value(ctx, t.by, t.seen(), t.today(), value) }); err != nil {
			return err
		}
	}
	return nil
}

var demoApplicants = []string{
	"M. de Groot", "S. Yıldız", "J. van den Berg", "F. El Amrani", "L. Hendriks", "R. Ramdin", "E. Bos", "K. Nowak", "A. Vermeer", "D. Kramer",
	"N. Bakker", "H. Willems", "T. Mulder", "I. Sahin", "P. Jacobs", "W. Postma", "C. Scholten", "B. Timmer", "G. Peters", "Y. Daoudi",
}

// intake draws what somebody asks for.
func (t *lender) intake(n int) lending.Intake {
	d := t.dice
	in := lending.Intake{Told: lending.Told{Applicant: lending.Person{Name: demoApplicants[n%len(demoApplicants)], Reference: fmt.Sprintf("DL-%05d", 30100+n*13)}}}
	household := lending.Households[d.IntN(len(lending.Households))]
	r := lending.Request{Household: household, Purpose: lending.Purposes[d.IntN(4)], Product: "Linde Persoonlijke Lening", Form: lending.Loan, Months: int64(24 + 12*d.IntN(4))}
	if household == lending.SingleParent || household == lending.Family {
		r.Children = int64(1 + d.IntN(3))
	}
	r.Amount = money.Cents(3000+500*d.IntN(44)) * 100
	if n%4 == 2 {
		r.Form, r.Product, r.Months = lending.Revolving, "Linde Doorlopend Krediet", 0
	}
	if n%15 == 8 {
		r = lending.Request{Form: lending.Revolving, Amount: money.Cents(40+10*d.IntN(6)) * 1000_00, Purpose: lending.ForSecurities, Household: household, Collateral: lending.Listed}
		r.Value = r.Amount * 100 / money.Cents(58+d.IntN(8))
	}
	in.Request = r
	instalment := r.Amount / 50
	if r.Months > 0 {
		instalment = r.Amount * 116 / 100 / money.Cents(r.Months)
	}
	income, housing := 2150+50*d.IntN(30), 550+25*d.IntN(18)
	if household == lending.Couple || household == lending.Family {
		income += 1100 + 50*d.IntN(20)
	}
	in.Answers = map[string]string{
		"inkomen": strconv.Itoa(income), "woonlasten": strconv.Itoa(housing), "bestaande_kredieten": strconv.Itoa(max(0, d.IntN(8)-4) * 45),
		"termijn": fmt.Sprintf("%d.%02d", instalment/100, instalment%100), "registratie": []string{"schoon", "schoon", "schoon", "schoon", "schoon", "schoon", "hersteld", "achterstand"}[d.IntN(8)],
		"in_dienst_sinds": t.today().AddMonths(-4 - d.IntN(140)).String(), "borg": []string{"nee", "nee", "ja"}[d.IntN(3)],
	}
	if n%14 == 10 || n == demoApplied-3 {
		delete(in.Answers, "inkomen")
	}
	return in
}
