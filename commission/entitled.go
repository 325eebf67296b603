package commission

import (
	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// An Outcome says what a month gives for one contract.
type Outcome string

// The outcomes. Only the first gives money.
const (
	Paid         Outcome = "claim"
	NoBalance    Outcome = "no_balance"
	InArrears    Outcome = "arrears"
	Demanded     Outcome = "demanded"
	Dissolved    Outcome = "dissolved"
	NotConcluded Outcome = "not_concluded"
	Mortgage     Outcome = "mortgage"
	Unagreed     Outcome = "no_agreement"
	Direct       Outcome = "direct"
)

// Outcomes are all of them, in the order in which pages show them; a row keeps the
// place in this list, so that it only grows at its end.
var Outcomes = []Outcome{Paid, NoBalance, InArrears, Demanded, Dissolved, NotConcluded, Mortgage, Unagreed, Direct}

var outcomeNorms = map[Outcome]ident.Norm{
	Paid: "bfd:64:1", NoBalance: "bfd:64:1", InArrears: "bfd:65", Demanded: "bfd:66:1", Dissolved: "bfd:66:2",
	NotConcluded: "bfd:63", Mortgage: "bfd:62", Unagreed: "bfd:64:2", Direct: "bfd:64:1",
}

// Norm is on which provision the outcome rests.
func (o Outcome) Norm() ident.Norm { return outcomeNorms[o] }

// A Contract is an agreement with a consumer as it stood at the end of a month. A
// day that did not come is zero.
type Contract struct {
	Ref       string        // how the provider names it
	Partner   string        // code of the intermediary; "" where nobody mediated
	Revolving bool          //
	Mortgage  bool          // to which the articles do not apply
	Concluded calendar.Date //
	Balance   money.Cents   // outstanding on the last day
	Due       calendar.Date // of the oldest instalment that was unpaid on the last day
	Demanded  calendar.Date
	Dissolved calendar.Date
	Undone    calendar.Date // the dissolution was
}

// A Line is what a month gives for a contract.
type Line struct {
	Contract
	Outcome Outcome
	Percent Percent       // that holds; 0 where none was asked
	Since   calendar.Date // from which day the contract has it
	Amount  money.Cents
}

func (c Contract) kind() string {
	if c.Revolving {
		return Revolving
	}
	return NonRevolving
}

// exempt reports whether the agreement is of before the rules. Norm bfd:71.
func (c Contract) exempt() bool {
	return !c.Revolving && !c.Concluded.IsZero() && c.Concluded.Before(before1992)
}

// month decides what a month gives: of is what was agreed for this kind of credit.
func (c Contract) month(of course, last calendar.Date) Line {
	l := Line{Contract: c, Outcome: c.stopped(last)}
	if l.Outcome != "" {
		return l
	}
	i, since := of.own(c.Revolving, c.Concluded, last)
	if i < 0 {
		l.Outcome = Unagreed
		return l
	}
	l.Percent, l.Since = of[i].Percent, since
	if l.Outcome = c.withheld(last); l.Outcome != "" && !c.exempt() {
		return l
	}
	l.Outcome, l.Amount = Paid, l.Percent.Of(c.Balance)
	if c.Balance <= 0 {
		l.Outcome = NoBalance
	}
	return l
}

// stopped says why the rules give no claim whatever was agreed; "" for nothing.
func (c Contract) stopped(last calendar.Date) Outcome {
	switch {
	case c.Mortgage:
		return Mortgage
	case c.Partner == "":
		return Direct
	case c.Concluded.IsZero() || c.Concluded.After(last):
		return NotConcluded
	}
	return ""
}

// withheld says why there is no claim over the month with this last day.
func (c Contract) withheld(last calendar.Date) Outcome {
	came := func(d calendar.Date) bool { return !d.IsZero() && !d.After(last) }
	switch {
	case came(c.Demanded):
		return Demanded
	case came(c.Dissolved) && !came(c.Undone):
		return Dissolved
	case !c.Due.IsZero() && came(c.Due.AddMonths(arrearsMonths)):
		return InArrears
	}
	return ""
}

// MonthIn is what rule commission_month is given of one contract.
type MonthIn struct {
	Month       Month          `json:"month"`
	Kind        string         `json:"kind"`
	Mortgage    bool           `json:"mortgage"`
	Mediated    bool           `json:"mediated"` // it came about through an intermediary
	Concluded   *calendar.Date `json:"concluded"`
	Balance     money.Decimal  `json:"balance_last_day"`
	Due         *calendar.Date `json:"due"` // of the oldest instalment that was unpaid on the last day
	Demanded    *calendar.Date `json:"demanded"`
	Dissolved   *calendar.Date `json:"dissolved"`
	Undone      *calendar.Date `json:"undone"`
	Percentages []Agreed       `json:"percentages"` // that provider and intermediary agreed
}

// Check refuses a kind or a balance that the rule cannot take.
func (in MonthIn) Check() (wrong []fault.Detail) {
	if in.Kind != Revolving && in.Kind != NonRevolving {
		wrong = append(wrong, rule.Unknown("/kind", "Kies revolving of non_revolving."))
	}
	if _, ok := CentsOf(in.Balance); !ok {
		wrong = append(wrong, rule.Unknown("/balance_last_day", "Geef het saldo in euro's met hooguit twee cijfers achter de punt."))
	}
	return wrong
}

// MonthOut is what a month gives for a contract.
type MonthOut struct {
	rule.Why
	Outcome  Outcome        `json:"outcome"`
	Entitled bool           `json:"entitled"`
	Amount   money.Decimal  `json:"amount"`
	Percent  *Percent       `json:"percent"`
	Since    *calendar.Date `json:"since"` // from which day the contract has this percentage
}

// Monthly decides what one month gives for one contract: the percentage that holds of
// the balance on the last day, or nothing, with the reason. It is asked of every
// contract by a run. Norms bfd:62 to bfd:67 and bfd:71.
var Monthly = rule.New("commission_month", 1, []ident.Norm{"bfd:62", "bfd:63", "bfd:64:1", "bfd:64:2", "bfd:64:2:b", "bfd:64:2:c", "bfd:65", "bfd:66:1", "bfd:66:2", "bfd:67:1", "bfd:71"},
	decideMonth, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"mortgage":      "De regels voor provisie gelden alleen voor consumptief krediet, niet voor hypothecair krediet. Deze berekening geeft er niets voor.",
		"direct":        "De overeenkomst kwam niet door een bemiddelaar tot stand. Er is geen aanspraak.",
		"not_concluded": "De overeenkomst was op de laatste dag van de maand niet tot stand gekomen. Er is geen aanspraak.",
		"no_agreement":  "Op de dag van het afsluiten was er geen percentage afgesproken voor dit soort krediet. Er is geen aanspraak.",
		"frozen":        "Het krediet is niet doorlopend. Het percentage van het afsluiten op {since} blijft gelden: {percent}%.",
		"first":         "Het doorlopend krediet heeft nog het percentage van het afsluiten op {since}: {percent}%.",
		"changed":       "Vanaf {since} geldt het percentage voor nieuwe overeenkomsten: {percent}%. Er waren 24 maanden voorbij.",
		"before_1992":   "De overeenkomst is geen doorlopend krediet en is van voor 1 januari 1992. De artikelen 62 tot en met 66 gelden niet; de afspraak telt.",
		"demanded":      "Het verschuldigde is op {day} vervroegd opgeëist. Er is geen aanspraak meer, en die komt niet terug.",
		"dissolved":     "De overeenkomst is op {day} ontbonden. Er is geen aanspraak, tenzij de ontbinding ongedaan wordt gemaakt.",
		"undone":        "De ontbinding is op {day} ongedaan gemaakt. Vanaf dan is er weer aanspraak; over de tussentijd niet.",
		"arrears":       "Een termijn van {day} was op de laatste dag ten minste twee maanden achterstallig. Er is geen aanspraak, en dit wordt later niet alsnog betaald.",
		"no_payment":    "Zonder aanspraak wordt er niets uitbetaald.",
		"no_balance":    "Op de laatste dag van de maand stond er niets uit.",
		"claim":         "De provisie is {percent}% van het saldo op de laatste dag van de maand ({balance}): {amount}.",
	}))

func decideMonth(in MonthIn) (out MonthOut) {
	c := in.contract()
	l := c.month(courseOf(in.Kind, in.Percentages), in.Month.Last())
	out.Outcome, out.Entitled, out.Amount = l.Outcome, l.Outcome == Paid, Euros(l.Amount)
	if !l.Since.IsZero() {
		out.Percent, out.Since = &l.Percent, &l.Since
		out.Say(l.held(), l.heldNorm(), "since", l.Since.String(), "percent", l.Percent.String())
	}
	if c.exempt() && l.Outcome != Unagreed {
		out.Say("before_1992", "bfd:71")
	} else if !c.Undone.IsZero() && !c.Undone.After(in.Month.Last()) && l.Outcome == Paid {
		out.Say("undone", "bfd:66:2", "day", c.Undone.String())
	}
	norm := l.Outcome.Norm()
	switch l.Outcome {
	case Paid:
		out.Say("claim", norm, "percent", l.Percent.String(), "balance", in.Balance.String(), "amount", out.Amount.String())
		return out
	case Demanded:
		out.Say("demanded", norm, "day", c.Demanded.String())
	case Dissolved:
		out.Say("dissolved", norm, "day", c.Dissolved.String())
	case InArrears:
		out.Say("arrears", norm, "day", c.Due.String())
	default:
		out.Say(string(l.Outcome), norm)
	}
	if l.Outcome.Withheld() {
		out.Say("no_payment", "bfd:67:1")
	}
	return out
}

// Withheld reports whether the decree takes away a claim that there would be.
func (o Outcome) Withheld() bool { return o == InArrears || o == Demanded || o == Dissolved }

// held says why the contract has its percentage.
func (l Line) held() string {
	switch {
	case !l.Revolving:
		return "frozen"
	case l.Since == l.Concluded:
		return "first"
	}
	return "changed"
}

func (l Line) heldNorm() ident.Norm {
	if !l.Revolving {
		return "bfd:64:2:b"
	}
	return "bfd:64:2:c"
}

func day(d *calendar.Date) calendar.Date {
	if d == nil {
		return calendar.Date{}
	}
	return *d
}

func (in MonthIn) contract() Contract {
	balance, _ := CentsOf(in.Balance)
	c := Contract{
		Revolving: in.Kind == Revolving, Mortgage: in.Mortgage, Concluded: day(in.Concluded), Balance: balance,
		Due: day(in.Due), Demanded: day(in.Demanded), Dissolved: day(in.Dissolved), Undone: day(in.Undone),
	}
	if in.Mediated {
		c.Partner = "x"
	}
	return c
}

func given(d calendar.Date) *calendar.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}

// Asked returns the contract as the rule takes it.
func (c Contract) Asked(last calendar.Date, agreed []Agreed) MonthIn {
	return MonthIn{
		Month: MonthOf(last), Kind: c.kind(), Mortgage: c.Mortgage, Mediated: c.Partner != "", Concluded: given(c.Concluded), Balance: Euros(c.Balance),
		Due: given(c.Due), Demanded: given(c.Demanded), Dissolved: given(c.Dissolved), Undone: given(c.Undone), Percentages: agreed,
	}
}
