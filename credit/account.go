package credit

import (
	"cmp"
	"math/big"
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// The ways in which interest of part of a month is counted, each by its name.
const (
	MonthDays = "month_days" // a twelfth of the yearly rate, by days of that month (Besluit kredietvergoeding, article 10)
	YearDays  = "act_365"    // the yearly rate by days of 365
)

// most that one account holds.
const (
	maxEntries  = 5000
	maxAccounts = 1200 // months
)

// A RateFrom is a rate a year that holds from a day on.
type RateFrom struct {
	From *calendar.Date `json:"from"`
	Rate *money.Decimal `json:"rate_percent"`
}

// An Entry is what was drawn, charged or paid on a day.
type Entry struct {
	On     *calendar.Date `json:"on"`
	Kind   string         `json:"kind"` // draw, charge or pay
	Amount *money.Decimal `json:"amount"`
}

// AccountIn asks for the specified statement of a credit with dates (article 49).
type AccountIn struct {
	Rates   []RateFrom     `json:"rates"`
	Entries []Entry        `json:"entries"`
	Until   *calendar.Date `json:"until"`    // through this day
	Count   *string        `json:"counting"` // month_days unless given
	Settled *bool          `json:"settled"`  // a final account: interest through the day before is posted on the last day, which bears none
}

// Check names all that is wrong.
func (in AccountIn) Check() (wrong []fault.Detail) {
	if in.Until == nil {
		wrong = append(wrong, rule.Missing("/until", "Geef de dag tot en met welke het overzicht loopt."))
	}
	switch rule.Word(in.Count) {
	case "", MonthDays, YearDays:
	default:
		wrong = append(wrong, rule.Unknown("/counting", "Kies month_days of act_365."))
	}
	if len(in.Rates) == 0 {
		wrong = append(wrong, rule.Missing("/rates", "Geef ten minste één rente met de dag waarop zij ingaat."))
	}
	if len(in.Entries) == 0 || len(in.Entries) > maxEntries {
		wrong = append(wrong, rule.Missing("/entries", "Geef een tot vijfduizend boekingen: opnamen, kosten en betalingen."))
	}
	for i, r := range in.Rates {
		if r.From == nil || r.Rate == nil || r.Rate.Sign() < 0 || r.Rate.Cmp(hundred) > 0 {
			wrong = append(wrong, rule.Unknown("/rates/"+itoa(i), "Geef de eerste dag en een percentage per jaar van 0 tot en met 100."))
		}
	}
	for i, e := range in.Entries {
		at := "/entries/" + itoa(i)
		if e.On == nil || in.Until != nil && !in.Until.IsZero() && e.On.After(*in.Until) {
			wrong = append(wrong, rule.Unknown(at+"/on", "Geef een dag die niet na het einde van het overzicht ligt."))
		}
		if e.Kind != "draw" && e.Kind != "charge" && e.Kind != "pay" {
			wrong = append(wrong, rule.Unknown(at+"/kind", "Kies draw (opname), charge (kosten) of pay (betaling)."))
		}
		if e.Amount == nil || e.Amount.Sign() <= 0 || e.Amount.Cmp(maxAmount) > 0 {
			wrong = append(wrong, rule.Unknown(at+"/amount", "Geef een bedrag van meer dan nul."))
		}
	}
	if len(wrong) > 0 {
		return sorted(wrong)
	}
	first, rates := in.entries()[0], in.rates()
	if rates[0].From.After(*first.On) {
		wrong = append(wrong, rule.Unknown("/rates", "Geef een rente vanaf de dag van de eerste boeking of eerder."))
	}
	if first.On.AddMonths(maxAccounts).Before(*in.Until) {
		wrong = append(wrong, rule.Unknown("/until", "Geef een overzicht van ten hoogste honderd jaar."))
	}
	return wrong
}

// Line is one line of the statement.
type Line struct {
	On      calendar.Date `json:"on"`
	Kind    string        `json:"kind"` // draw, interest, charge or pay
	Amount  string        `json:"amount"`
	Balance string        `json:"balance"`
}

// AccountOut is the answer of CreditAccount.
type AccountOut struct {
	rule.Why
	Lines    []Line `json:"lines"`
	Drawn    string `json:"drawn"`
	Interest string `json:"interest"`
	Charges  string `json:"charges"`
	Paid     string `json:"paid"`
	Balance  string `json:"balance"`
	Counting string `json:"counting"`
	Closed   *bool  `json:"closed"` // of a final account: nothing is owed either way
}

// CreditAccount decides the specified statement of the outstanding balance, and the
// final account: every drawdown, charge and payment by day, interest by the day and
// posted at the end of each month, and the balance after each line. Norms bfd:49:2,
// bfd:49:3 and bfd:1::z:1.
var CreditAccount = rule.New("credit_account", 1, []ident.Norm{"bfd:1::z:1", "bfd:49:2", "bfd:49:3"},
	creditAccount, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"month_days":  "Rente telt per dag over het saldo aan het einde van die dag: een twaalfde van de jaarrente, gedeeld door de dagen van die maand. Aan het einde van elke maand is zij geboekt, afgerond op hele centen (een halve cent naar boven).",
		"act_365":     "Rente telt per dag over het saldo aan het einde van die dag: de jaarrente gedeeld door 365. Aan het einde van elke maand is zij geboekt, afgerond op hele centen (een halve cent naar boven).",
		"sum":         "Het saldo is wat is opgenomen ({drawn}) plus de in rekening gebrachte kredietvergoeding ({charged}) min wat is betaald ({paid}): {balance}.",
		"not_posted":  "Rente over de dagen na de laatste maandafsluiting is nog niet geboekt.",
		"last_day":    "Op de laatste dag is de rente tot die dag geboekt. Die dag zelf telt niet.",
		"settled":     "De overeenkomst is afgewikkeld: er staat niets meer uit.",
		"still_owed":  "Volgens deze boekingen staat nog {balance} uit. De afrekening is pas de laatste als dat nul is.",
		"overpaid":    "Volgens deze boekingen is {balance} te veel betaald. Dat komt de consument toe.",
		"no_interest": "Over een tegoed van de consument is geen rente gerekend.",
	}))

func (in AccountIn) entries() []Entry {
	all := slices.Clone(in.Entries)
	slices.SortStableFunc(all, func(a, b Entry) int {
		return cmp.Or(a.On.Compare(*b.On), cmp.Compare(entryOrder[a.Kind], entryOrder[b.Kind]))
	})
	return all
}

var entryOrder = map[string]int{"draw": 0, "charge": 1, "pay": 2}

func (in AccountIn) rates() []RateFrom {
	all := slices.Clone(in.Rates)
	slices.SortStableFunc(all, func(a, b RateFrom) int { return a.From.Compare(*b.From) })
	return all
}

// An account is a statement in the making, in whole cents.
type account struct {
	out                            *AccountOut
	balance                        *big.Int
	drawn, charges, interest, paid *big.Int
	accrued                        *big.Rat // interest of the month so far
	credit                         bool     // the consumer was owed something
}

func creditAccount(in AccountIn) (out AccountOut) {
	out.Lines, out.Counting = []Line{}, MonthDays
	if in.Count != nil {
		out.Counting = *in.Count
	}
	out.Say(out.Counting, "bfd:49:2")
	a := account{&out, new(big.Int), new(big.Int), new(big.Int), new(big.Int), new(big.Int), new(big.Rat), false}
	entries, rates := in.entries(), in.rates()
	for day := *entries[0].On; !day.After(*in.Until); {
		if rule.Holds(in.Settled) && day == *in.Until { // the day of settlement bears no interest
			a.post(day)
		}
		for len(entries) > 0 && *entries[0].On == day {
			a.book(entries[0])
			entries = entries[1:]
		}
		for len(rates) > 1 && !rates[1].From.After(day) {
			rates = rates[1:]
		}
		end := monthEnd(day)
		next := end.AddDays(1)
		for _, until := range []*calendar.Date{nextEntry(entries), nextRate(rates), lastStep(in)} {
			if until != nil && until.Before(next) {
				next = *until
			}
		}
		if rule.Holds(in.Settled) && day == *in.Until {
			break
		}
		a.accrue(ratOf(*rates[0].Rate), day, next)
		if next.AddDays(-1) == end {
			a.post(end)
		}
		day = next
	}
	a.close(in)
	return out
}

// lastStep is where the last stretch of days ends: on the day of settlement itself, so
// that what is owed is posted before it is paid.
func lastStep(in AccountIn) *calendar.Date {
	if rule.Holds(in.Settled) {
		return in.Until
	}
	return new(in.Until.AddDays(1))
}

func nextEntry(all []Entry) *calendar.Date {
	if len(all) == 0 {
		return nil
	}
	return all[0].On
}

func nextRate(all []RateFrom) *calendar.Date {
	if len(all) < 2 {
		return nil
	}
	return all[1].From
}

// monthEnd returns the last day of the month of a day.
func monthEnd(d calendar.Date) calendar.Date {
	return d.AddDays(1 - d.Day()).AddMonths(1).AddDays(-1)
}

func (a *account) book(e Entry) {
	c := centsOf(e.Amount)
	switch e.Kind {
	case "draw":
		a.drawn.Add(a.drawn, c)
		a.balance.Add(a.balance, c)
	case "charge":
		a.charges.Add(a.charges, c)
		a.balance.Add(a.balance, c)
	default:
		a.paid.Add(a.paid, c)
		a.balance.Sub(a.balance, c)
	}
	a.out.Lines = append(a.out.Lines, Line{*e.On, e.Kind, dec(c), dec(a.balance)})
}

// accrue counts interest over the days from one through the day before another.
func (a *account) accrue(percent *big.Rat, from, to calendar.Date) {
	if a.balance.Sign() <= 0 {
		a.credit = a.credit || a.balance.Sign() < 0
		return
	}
	whole := big.NewRat(36500, 1)
	if a.out.Counting == MonthDays {
		whole = big.NewRat(1200*int64(monthEnd(from).Day()), 1)
	}
	part := new(big.Rat).Mul(percent, big.NewRat(int64(from.DaysUntil(to)), 1))
	part.Quo(part, whole)
	a.accrued.Add(a.accrued, part.Mul(part, new(big.Rat).SetInt(a.balance)))
}

func (a *account) post(on calendar.Date) {
	c := halfUp(a.accrued)
	a.accrued = new(big.Rat)
	if c.Sign() == 0 {
		return
	}
	a.interest.Add(a.interest, c)
	a.balance.Add(a.balance, c)
	a.out.Lines = append(a.out.Lines, Line{on, "interest", dec(c), dec(a.balance)})
}

func (a *account) close(in AccountIn) {
	out := a.out
	out.Drawn, out.Interest, out.Charges, out.Paid, out.Balance = dec(a.drawn), dec(a.interest), dec(a.charges), dec(a.paid), dec(a.balance)
	out.Say("sum", "bfd:1::z:1", "drawn", out.Drawn, "charged", dec(new(big.Int).Add(a.interest, a.charges)), "paid", out.Paid, "balance", out.Balance)
	if a.credit {
		out.Say("no_interest", "bfd:1::n")
	}
	if a.accrued.Sign() > 0 {
		out.Say("not_posted", "bfd:49:2")
	}
	if !rule.Holds(in.Settled) {
		return
	}
	out.Closed = new(a.balance.Sign() == 0)
	out.Say("last_day", "bfd:49:3")
	switch a.balance.Sign() {
	case 0:
		out.Say("settled", "bfd:49:3")
	case 1:
		out.Say("still_owed", "bfd:49:3", "balance", out.Balance)
	default:
		out.Say("overpaid", "bfd:49:3", "balance", dec(new(big.Int).Neg(a.balance)))
	}
}
