package commission

import (
	"math/big"
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// ScheduleIn asks for the commission of each month of one agreement. Months are
// named as 2006-03.
type ScheduleIn struct {
	Kind       *string                   `json:"kind"`
	Percent    *money.Decimal            `json:"pct_per_month"`
	Balance    map[string]money.Decimal  `json:"month_end_balance,omitempty"`
	Peak       map[string]money.Decimal  `json:"peak_in_month,omitempty"` // does not count
	Arrears    map[string]*money.Decimal `json:"months_in_arrears_at_month_end,omitempty"`
	Demanded   *calendar.Date            `json:"demanded_on"`
	Dissolved  *calendar.Date            `json:"dissolved_on"`
	Undone     *calendar.Date            `json:"undone_on"`
	Concluded  *calendar.Date            `json:"concluded"`
	NewPercent map[string]money.Decimal  `json:"pct_history_new_contracts,omitempty"` // by the day or month from which it holds
}

// Check asks for balances, a percentage, and months that can be read.
func (in ScheduleIn) Check() (wrong []fault.Detail) {
	if in.Percent == nil && len(in.NewPercent) == 0 {
		wrong = append(wrong, rule.Missing("/pct_per_month", "Geef het percentage per maand."))
	}
	if len(in.Balance) == 0 {
		wrong = append(wrong, rule.Missing("/month_end_balance", "Geef het saldo op de laatste dag van elke maand."))
	}
	switch rule.Word(in.Kind) {
	case "", "doorlopend", "niet-doorlopend":
	default:
		wrong = append(wrong, rule.Unknown("/kind", "Kies doorlopend of niet-doorlopend."))
	}
	wrong = append(wrong, rule.BelowZero("Geef een percentage van nul of meer.", rule.Amount{At: "/pct_per_month", D: in.Percent})...)
	bad := func(at string, keys func(func(string) bool)) {
		for key := range keys {
			if _, ok := readMonth(key); !ok {
				wrong = append(wrong, rule.Unknown(at, "Noem elke maand als 2006-03."))
				return
			}
		}
	}
	bad("/month_end_balance", keysOf(in.Balance))
	bad("/months_in_arrears_at_month_end", keysOf(in.Arrears))
	bad("/pct_history_new_contracts", keysOf(in.NewPercent))
	return wrong
}

func keysOf[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for key := range m {
			if !yield(key) {
				return
			}
		}
	}
}

// ScheduleOut is the answer of Schedule: what may be paid over each month.
type ScheduleOut struct {
	rule.Why
	Months map[string]string `json:"months"`
}

// Schedule decides the commission of every month of an agreement: the percentage
// that holds of the balance on its last day, or nothing, with the reason. What is
// withheld during arrears is in no later month. Norms bfd:64 to bfd:67 and bfd:71.
var Schedule = rule.New("commission_schedule", 1, []ident.Norm{"bfd:64:1", "bfd:64:2:b", "bfd:64:2:c", "bfd:65", "bfd:66:1", "bfd:66:2", "bfd:67:1", "bfd:71"},
	schedule, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"before_1992":  "De overeenkomst is geen doorlopend krediet en is van voor 1 januari 1992. De provisie volgt de afspraak; de artikelen 62 tot en met 66 beperken haar niet.",
		"last_day":     "Elke maand telt het saldo op de laatste dag. Een hogere stand in de maand telt niet.",
		"demanded":     "Vanaf {month} is er geen aanspraak meer: het verschuldigde is op {day} vervroegd opgeëist.",
		"dissolved":    "Over {month} is er geen aanspraak: de overeenkomst is op {day} ontbonden.",
		"undone":       "De ontbinding is op {day} ongedaan gemaakt. Vanaf die dag is er weer aanspraak.",
		"arrears":      "Over {month} is er geen aanspraak: op de laatste dag is ten minste twee maanden achterstand. Dit wordt later niet alsnog betaald.",
		"frozen":       "Het krediet is niet doorlopend. Het percentage van het afsluiten blijft gelden: {percent}.",
		"changed":      "Vanaf {day} geldt het percentage voor nieuwe overeenkomsten: {percent}. Er waren 24 maanden voorbij.",
		"kind_taken":   "De soort krediet is niet opgegeven. Uitgegaan is van niet-doorlopend.",
		"percent_held": "Er is één percentage opgegeven. Het geldt voor alle maanden.",
	}))

func schedule(in ScheduleIn) (out ScheduleOut) {
	out.Months = map[string]string{}
	if in.Kind == nil {
		out.Say("kind_taken", "bfd:64:2")
	}
	revolving := rule.Word(in.Kind) == "doorlopend"
	free := !revolving && in.Concluded != nil && in.Concluded.Before(before1992)
	if free {
		out.Say("before_1992", "bfd:71")
	} else {
		out.Say("last_day", "bfd:64:1")
	}
	rates := out.rates(in, revolving)
	c := claim{demanded: in.Demanded, dissolved: in.Dissolved, undone: in.Undone}
	if in.Undone != nil && !free {
		out.Say("undone", "bfd:66:2", "day", in.Undone.String())
	}
	demandSaid := false
	for _, key := range slices.Sorted(keysOf(in.Balance)) {
		month, _ := readMonth(key)
		why := c.over(month.Last())
		if a := in.Arrears[key]; why == "" && a != nil && a.Cmp(money.Whole(arrearsMonths)) >= 0 {
			why = "arrears"
		}
		if why == "" || free {
			out.Months[key] = cents(amount(rates.on(month.Last()), in.Balance[key]))
			continue
		}
		out.Months[key] = "0.00"
		switch why {
		case "demanded":
			if !demandSaid {
				out.Say("demanded", "bfd:66:1", "month", key, "day", in.Demanded.String())
			}
			demandSaid = true
		case "dissolved":
			out.Say("dissolved", "bfd:66:2", "month", key, "day", in.Dissolved.String())
		default:
			out.Say("arrears", "bfd:65", "month", key)
		}
	}
	return out
}

func cents(d money.Decimal) string {
	r, _ := new(big.Rat).SetString(d.String())
	return r.FloatString(2)
}

// A dated percentage holds from a day on.
type dated struct {
	from    calendar.Date
	percent money.Decimal
}

// history are dated percentages in order of day.
type history []dated

// on returns the percentage of a day, that of the first before it.
func (h history) on(day calendar.Date) money.Decimal {
	now := h[0].percent
	for _, d := range h {
		if d.from.After(day) {
			break
		}
		now = d.percent
	}
	return now
}

// rates returns the percentages of this agreement: that of its conclusion and, for
// revolving credit, each time 24 months are over, that for new agreements.
func (out *ScheduleOut) rates(in ScheduleIn, revolving bool) history {
	var fresh history
	for key, p := range in.NewPercent {
		from, err := calendar.Parse(key)
		if err != nil {
			month, _ := readMonth(key)
			from = month.Last().AddDays(1 - month.Last().Day())
		}
		fresh = append(fresh, dated{from, p})
	}
	slices.SortFunc(fresh, func(a, b dated) int { return a.from.Compare(b.from) })
	start := calendar.MustParse("0001-01-01")
	if in.Concluded != nil {
		start = *in.Concluded
	}
	own := history{{start, money.Decimal{}}}
	switch {
	case len(fresh) > 0 && (in.Percent == nil || in.Concluded != nil && !fresh[0].from.After(start)):
		own[0].percent = fresh.on(start)
	default:
		own[0].percent = *in.Percent
	}
	switch {
	case !revolving:
		out.Say("frozen", "bfd:64:2:b", "percent", own[0].percent.String())
		return own
	case len(fresh) == 0:
		out.Say("percent_held", "bfd:64:2:c")
		return own
	case in.Concluded == nil:
		return own
	}
	for open := start.AddMonths(lockMonths); ; {
		at, ok := fresh.next(open, own[len(own)-1].percent)
		if !ok {
			return own
		}
		own = append(own, dated{at, fresh.on(at)})
		out.Say("changed", "bfd:64:2:c", "day", at.String(), "percent", fresh.on(at).String())
		open = at.AddMonths(lockMonths)
	}
}

// next returns the first day from open on which the percentage for new agreements
// differs from what holds.
func (h history) next(open calendar.Date, now money.Decimal) (calendar.Date, bool) {
	if !h[0].from.After(open) && h.on(open) != now {
		return open, true
	}
	for _, d := range h {
		if d.from.After(open) && d.percent != now {
			return d.from, true
		}
	}
	return calendar.Date{}, false
}
