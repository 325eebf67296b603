package commission

import (
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/law"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// AgreementIn asks about commission on one agreement. What is absent is not at issue.
type AgreementIn struct {
	Product          *string        `json:"product"`
	Kind             *string        `json:"kind"`
	Concluded        *Conclusion    `json:"concluded"`
	Upfront          *money.Decimal `json:"upfront"` // paid at once
	Rate             *money.Decimal `json:"rate"`    // percent of the balance per month
	Month            *Month         `json:"month"`
	BalanceLastDay   *money.Decimal `json:"balance_last_day"`
	BalanceMid       *money.Decimal `json:"balance_mid"`
	PaymentPeriod    *string        `json:"payment_period"`
	Changes          []Change       `json:"changes,omitempty"`
	RateAtConclusion *money.Decimal `json:"rate_at_conclusion"`
	NewRate          *money.Decimal `json:"new_rate"`
	NewBusinessRate  *money.Decimal `json:"new_business_rate"`
	Change           *calendar.Date `json:"change"`
	AsOf             *calendar.Date `json:"as_of"`
	Due              *calendar.Date `json:"due"`
	Cleared          *calendar.Date `json:"cleared"`
	Months           []Month        `json:"months,omitempty"`
	Accelerated      *calendar.Date `json:"accelerated"`
	Dissolved        *calendar.Date `json:"dissolved"`
	Undone           *calendar.Date `json:"undone"`
	Entitlement      *money.Decimal `json:"entitlement"`
	PaidIn           *string        `json:"paid_in"`
	RateRevolving    *money.Decimal `json:"rate_revolving"`
	RateNonRevolving *money.Decimal `json:"rate_non_revolving"`
}

// Check refuses a period or kind that the rule must choose by and does not know.
func (in AgreementIn) Check() (wrong []fault.Detail) {
	switch rule.Word(in.PaymentPeriod) {
	case "", "month", "quarter", "half_year", "year":
	default:
		wrong = append(wrong, rule.Unknown("/payment_period", "Kies month, quarter, half_year of year."))
	}
	switch rule.Word(in.Kind) {
	case "", "revolving", "non_revolving":
	default:
		wrong = append(wrong, rule.Unknown("/kind", "Kies revolving of non_revolving."))
	}
	wrong = append(wrong, rule.BelowZero("Geef een percentage van nul of meer.",
		rule.Amount{At: "/rate", D: in.Rate}, rule.Amount{At: "/rate_at_conclusion", D: in.RateAtConclusion}, rule.Amount{At: "/new_rate", D: in.NewRate},
		rule.Amount{At: "/new_business_rate", D: in.NewBusinessRate}, rule.Amount{At: "/rate_revolving", D: in.RateRevolving}, rule.Amount{At: "/rate_non_revolving", D: in.RateNonRevolving})...)
	if in.Due != nil && in.Cleared != nil && in.Cleared.Before(*in.Due) {
		wrong = append(wrong, rule.Unknown("/cleared", "Geef de dag waarop de achterstand is ingelopen, op of na de dag waarop zij ontstond."))
	}
	if in.Dissolved != nil && in.Undone != nil && in.Undone.Before(*in.Dissolved) {
		wrong = append(wrong, rule.Unknown("/undone", "Geef de dag waarop de ontbinding ongedaan is gemaakt, op of na de ontbinding zelf."))
	}
	return wrong
}

// AgreementOut is the answer of Commission.
type AgreementOut struct {
	rule.Why
	law.Breach
	RulesApply     bool           `json:"rules_apply"`
	Rules62to66    *bool          `json:"rules_62_66"`
	Entitlement    *money.Decimal `json:"entitlement"`
	Entitled       *bool          `json:"entitled"`
	EntitledMonths *[]Month       `json:"entitled_months"`
	LostMonths     *[]Month       `json:"lost_months"`
	EntitledFrom   *calendar.Date `json:"entitled_from"`
	PaymentAllowed *bool          `json:"payment_allowed"`
	Allowed        *bool          `json:"allowed"`
	Rate           *money.Decimal `json:"rate"`
	NextChangeFrom *calendar.Date `json:"next_change_from"`
	PaidBack       *bool          `json:"paid_back"`
	GapPaid        *bool          `json:"gap_paid"`
	Definitive     *bool          `json:"definitive"`
}

// Commission decides on what commission there is a claim and what may be paid:
// consumer credit only, by the month, a percentage of the balance on the last day,
// none while two months in arrears and never later, none after early demand, none
// after dissolution and anew when that is undone, giro money only. Norms bfd:62 to
// bfd:67 and bfd:71.
var Commission = rule.New("commission", 2, commissionNorms, decide, rule.Profile(rule.Bfd2005), rule.Texts(texts))

// Commission1 is Commission as it was: of percentages that differ by kind of credit it
// said that they are allowed, and not that nothing is violated.
var Commission1 = rule.New("commission", 1, commissionNorms, decide1, rule.Profile(rule.Bfd2005), rule.Texts(texts))

var commissionNorms = []ident.Norm{
	"bfd:62", "bfd:63", "bfd:64:1", "bfd:64:2", "bfd:64:2:a", "bfd:64:2:b", "bfd:64:2:c", "bfd:65", "bfd:66:1", "bfd:66:2", "bfd:67:1", "bfd:67:2", "bfd:71",
}

var texts = map[string]string{
	"no_consumer_credit": "De regels voor provisie gelden alleen voor consumptief krediet, niet voor hypothecair krediet.",
	"consumer_credit":    "Het gaat om consumptief krediet. De regels voor provisie gelden.",
	"before_1992":        "De overeenkomst is geen doorlopend krediet en is van voor 1 januari 1992. De artikelen 62 tot en met 66 gelden niet.",
	"from_1992":          "De artikelen 62 tot en met 66 gelden voor deze overeenkomst.",
	"not_concluded":      "De overeenkomst is niet tot stand gekomen. Er is geen aanspraak op provisie.",
	"upfront":            "Provisie vooraf of ineens mag niet: de aanspraak ontstaat per maand, over het uitstaand saldo.",
	"longer_period":      "Provisie wordt per maand betaald, zodat direct kan worden gestopt bij achterstand. Een langere periode mag niet.",
	"monthly_amount":     "De provisie is {rate}% van het saldo op de laatste dag van de maand ({balance}): {amount}. Een saldo op een andere dag telt niet.",
	"demanded":           "Vanaf {day} is het verschuldigde vervroegd opgeëist. Er is geen aanspraak meer, en die komt niet terug.",
	"dissolved":          "Vanaf {day} is de overeenkomst ontbonden. Er is geen aanspraak meer, tenzij de ontbinding ongedaan wordt gemaakt.",
	"undone":             "De ontbinding is op {day} ongedaan gemaakt. Vanaf die dag is er weer aanspraak; over de tussentijd niet.",
	"arrears":            "Op de laatste dag van {months} is een vervallen termijn ten minste twee maanden achterstallig. Over die maanden is geen aanspraak.",
	"no_arrears":         "Op de laatste dag van de maand is de achterstand korter dan twee maanden. Er is aanspraak.",
	"never_later":        "Provisie die door achterstand is ingehouden, wordt later niet alsnog betaald.",
	"no_claim":           "Over deze maand is er geen aanspraak. Er mag niets worden betaald.",
	"no_cash":            "Provisie wordt alleen in giraal geld betaald, niet contant, in zaken of in diensten.",
	"giro":               "Provisie in giraal geld mag.",
	"too_short":          "Het percentage is gewijzigd voordat het een maand heeft gegolden.",
	"long_enough":        "Elk percentage heeft ten minste een maand gegolden.",
	"frozen":             "Het krediet is niet doorlopend. Voor deze overeenkomst blijft het percentage van het afsluiten gelden.",
	"locked":             "Bij een lopend doorlopend krediet kan het percentage pas na 24 maanden wijzigen: vanaf {from}.",
	"other_rate":         "Het percentage kan alleen wijzigen in dat voor nieuwe overeenkomsten op dat moment.",
	"may_change":         "Er zijn 24 maanden voorbij, en het is het percentage voor nieuwe overeenkomsten. De wijziging mag.",
	"kinds_differ":       "Verschillende percentages per kredietsoort mogen: het verbod daarop is niet overgenomen (toelichting bij artikel 64).",
	"claim":              "Er is aanspraak op provisie.",
}

func decide(in AgreementIn) AgreementOut {
	out, judged, violated := weigh(in)
	if judged || out.RulesApply && in.kindsDiffer() {
		out.Breach = law.Held(violated...)
	}
	return out
}

func decide1(in AgreementIn) AgreementOut {
	out, judged, violated := weigh(in)
	if judged {
		out.Breach = law.Held(violated...)
	}
	return out
}

func (in AgreementIn) kindsDiffer() bool {
	return in.RateRevolving != nil && in.RateNonRevolving != nil
}

// weigh answers all that is asked, and what of it is violated where that was at issue.
func weigh(in AgreementIn) (out AgreementOut, judged bool, violated []ident.Norm) {
	if p := rule.Word(in.Product); p == "mortgage_credit" || p == "mortgage" {
		out.Say("no_consumer_credit", "bfd:62")
		return out, false, nil
	}
	out.RulesApply = true
	out.Say("consumer_credit", "bfd:62")
	exempt := out.transitional(in)
	hold := func(norms []ident.Norm, at bool) { violated, judged = append(violated, norms...), judged || at }
	hold(out.payment(in, exempt))
	hold(out.changes(in, exempt))
	out.rate(in, exempt)
	out.claims(in, exempt)
	if in.Concluded != nil && !in.Concluded.Concluded {
		out.none("not_concluded", "bfd:63")
	}
	if in.kindsDiffer() {
		out.Allowed = new(true)
		out.Say("kinds_differ", "bfd:64:1")
	}
	return out, judged, violated
}

// transitional reports whether the agreement is of before the rules.
func (out *AgreementOut) transitional(in AgreementIn) bool {
	if in.Concluded == nil || in.Concluded.On.IsZero() {
		return false
	}
	old := rule.Word(in.Kind) == "non_revolving" && in.Concluded.On.Before(before1992)
	out.Rules62to66 = new(!old)
	if old {
		out.Say("before_1992", "bfd:71")
	} else {
		out.Say("from_1992", "bfd:71")
	}
	return old
}

// none answers that there is no claim and nothing may be paid.
func (out *AgreementOut) none(code string, norm ident.Norm) {
	out.Entitled, out.PaymentAllowed, out.Entitlement = new(false), new(false), new(money.Decimal{})
	out.Say(code, norm)
}

// payment holds how it is paid against the rules.
func (out *AgreementOut) payment(in AgreementIn, exempt bool) (violated []ident.Norm, judged bool) {
	if in.Upfront != nil && in.Upfront.Sign() > 0 && !exempt {
		violated = append(violated, "bfd:64:1", "bfd:67:1")
		out.Say("upfront", "bfd:64:1")
	}
	if p := in.PaymentPeriod; p != nil && *p != "month" && !exempt {
		violated = append(violated, "bfd:64:1")
		out.Say("longer_period", "bfd:64:1")
	}
	if in.Entitlement != nil && in.Entitlement.Sign() <= 0 {
		out.Say("no_claim", "bfd:67:1")
		out.PaymentAllowed = new(false)
	}
	if p := in.PaidIn; p != nil {
		switch *p {
		case "giro", "bank", "bank_transfer", "transfer", "money":
			out.Say("giro", "bfd:67:2")
		default:
			violated = append(violated, "bfd:67:2")
			out.Say("no_cash", "bfd:67:2")
		}
	}
	judged = in.Upfront != nil || in.PaymentPeriod != nil || in.PaidIn != nil
	if (judged || in.Entitlement != nil) && out.PaymentAllowed == nil {
		out.PaymentAllowed = new(len(violated) == 0)
	}
	return violated, judged
}

// changes holds how long each percentage held against a month.
func (out *AgreementOut) changes(in AgreementIn, exempt bool) (violated []ident.Norm, judged bool) {
	if len(in.Changes) == 0 || exempt {
		return nil, false
	}
	days := slices.Clone(in.Changes)
	slices.SortFunc(days, func(a, b Change) int { return a.On.Compare(b.On) })
	for i := 1; i < len(days); i++ {
		if days[i].On.Before(days[i-1].On.AddMonths(leastMonths)) {
			out.Say("too_short", "bfd:64:2:a")
			return []ident.Norm{"bfd:64:2:a"}, true
		}
	}
	out.Say("long_enough", "bfd:64:2:a")
	return nil, true
}

// rate answers which percentage holds for a running agreement, and whether it may
// change.
func (out *AgreementOut) rate(in AgreementIn, exempt bool) {
	asked := in.NewRate
	if asked == nil {
		asked = in.NewBusinessRate
	}
	if asked == nil && in.Change == nil {
		return
	}
	if rule.Word(in.Kind) == "non_revolving" {
		if exempt {
			return
		}
		out.Say("frozen", "bfd:64:2:b")
		out.Rate = in.RateAtConclusion
		if in.Change != nil {
			out.Allowed = new(false)
		}
		return
	}
	at := in.Change
	if at == nil {
		at = in.AsOf
	}
	if at == nil || in.Concluded == nil || in.Concluded.On.IsZero() {
		return
	}
	from := in.Concluded.On
	for _, c := range in.Changes {
		if c.On.After(from) && c.On.Before(*at) {
			from = c.On
		}
	}
	from = from.AddMonths(lockMonths)
	switch {
	case at.Before(from):
		out.Say("locked", "bfd:64:2:c", "from", from.String())
		out.refuse(in, from)
	case in.NewRate != nil && in.NewBusinessRate != nil && in.NewRate.Cmp(*in.NewBusinessRate) != 0:
		out.Say("other_rate", "bfd:64:2:c")
		out.refuse(in, from)
	case in.AsOf != nil && in.AsOf.Before(*at):
		out.Allowed, out.Rate = new(true), in.RateAtConclusion
		out.NextChangeFrom = new(at.AddMonths(lockMonths))
		out.Say("may_change", "bfd:64:2:c")
	default:
		out.Allowed, out.Rate = new(true), asked
		out.NextChangeFrom = new(at.AddMonths(lockMonths))
		out.Say("may_change", "bfd:64:2:c")
	}
}

func (out *AgreementOut) refuse(in AgreementIn, from calendar.Date) {
	out.Allowed, out.Rate, out.NextChangeFrom = new(false), in.RateAtConclusion, &from
}

// claims answers over which months there is a claim, and on how much.
func (out *AgreementOut) claims(in AgreementIn, exempt bool) {
	c := claim{in.Due, in.Cleared, in.Accelerated, in.Dissolved, in.Undone}
	if exempt {
		c = claim{}
	}
	out.ends(c)
	months := in.Months
	if len(months) == 0 {
		months = c.spell(in.Month)
	}
	if c.due != nil {
		out.PaidBack = new(false)
		out.Say("never_later", "bfd:65")
	}
	if len(months) > 0 {
		out.over(c, months)
	}
	if in.Month == nil {
		if in.AsOf != nil && c != (claim{}) {
			out.Entitled = new(c.over(*in.AsOf) == "")
		}
		out.amount(in, "")
		return
	}
	why := c.over(in.Month.Last())
	if c != (claim{}) || in.BalanceLastDay != nil {
		out.Entitled = new(why == "")
	}
	out.amount(in, why)
}

// ends answers what early demand, dissolution and its undoing do.
func (out *AgreementOut) ends(c claim) {
	if c.dissolved != nil {
		out.Entitled, out.Definitive = new(c.undone != nil), new(false)
		if c.undone != nil {
			out.EntitledFrom, out.GapPaid = c.undone, new(false)
			out.Say("undone", "bfd:66:2", "day", c.undone.String())
		} else {
			out.Say("dissolved", "bfd:66:2", "day", c.dissolved.String())
		}
	}
	if c.demanded != nil {
		out.Entitled, out.Definitive = new(false), new(true)
		out.Say("demanded", "bfd:66:1", "day", c.demanded.String())
	}
}

// spell returns the months from that in which an instalment fell due through that
// in which it was cleared, where no month is named.
func (c claim) spell(named *Month) (months []Month) {
	const most = 240
	if named != nil || c.due == nil || c.cleared == nil {
		return nil
	}
	for last := lastDay(*c.due); !last.After(lastDay(*c.cleared)) && len(months) < most; last = lastDay(last.AddDays(1)) {
		months = append(months, MonthOf(last))
	}
	return months
}

// over divides months into those with and without a claim.
func (out *AgreementOut) over(c claim, months []Month) {
	entitled, lost := []Month{}, []Month{}
	arrears := ""
	for _, m := range months {
		why := c.over(m.Last())
		if why == "" {
			entitled = append(entitled, m)
			continue
		}
		lost = append(lost, m)
		if why == "arrears" {
			if arrears != "" {
				arrears += ", "
			}
			arrears += m.String()
		}
	}
	out.EntitledMonths, out.LostMonths = &entitled, &lost
	if arrears != "" {
		out.Say("arrears", "bfd:65", "months", arrears)
	}
}

// amount answers the commission of a month.
func (out *AgreementOut) amount(in AgreementIn, why lapse) {
	switch {
	case why != "":
		out.Entitlement, out.PaymentAllowed = new(money.Decimal{}), new(false)
		if why == "arrears" {
			out.Say("arrears", "bfd:65", "months", in.Month.String())
		}
		out.Say("no_claim", "bfd:67:1")
	case in.Rate != nil && in.BalanceLastDay != nil:
		out.Entitlement = new(amount(*in.Rate, *in.BalanceLastDay))
		out.Say("monthly_amount", "bfd:64:1", "rate", in.Rate.String(), "balance", in.BalanceLastDay.String(), "amount", out.Entitlement.String())
	case in.Due != nil && in.Month != nil:
		out.Say("no_arrears", "bfd:65")
	case in.Concluded != nil && in.Concluded.Concluded && out.Entitled == nil && in.Concluded.On.IsZero():
		out.Entitled = new(true)
		out.Say("claim", "bfd:63")
	}
}
