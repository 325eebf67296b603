package commission

import (
	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/law"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// The ways in which commission could be paid, and how often. Only the first of each
// is allowed.
const (
	ByTransfer = "transfer"
	EachMonth  = "month"
)

// TermsIn is what rule commission_agreement is given: what provider and intermediary
// agree, and as it stood before.
type TermsIn struct {
	From        calendar.Date  `json:"from"`
	Until       *calendar.Date `json:"until"` // last day on which the intermediary mediates; what was concluded before goes on
	PaidIn      string         `json:"paid_in"`
	Period      string         `json:"payment_period"`
	Upfront     *money.Decimal `json:"upfront"` // paid at once on conclusion
	Percentages []Agreed       `json:"percentages"`
	Before      []Agreed       `json:"before"`
	Closed      *calendar.Date `json:"closed"` // last day of the last month that was settled
}

// Check refuses kinds that the rule does not know.
func (in TermsIn) Check() (wrong []fault.Detail) {
	for _, a := range in.Percentages {
		if a.Kind != Revolving && a.Kind != NonRevolving {
			return append(wrong, rule.Unknown("/percentages", "Kies bij elk percentage revolving of non_revolving."))
		}
	}
	return wrong
}

// TermsOut says whether that may be agreed.
type TermsOut struct {
	law.Finding
	Allowed bool `json:"allowed"`
}

// Terms is the rule on what provider and intermediary may agree: a percentage of the
// balance by the month, each for a month at least, in giro money; for running
// agreements only revolving credit ever changes, and what was settled stays. Norms
// bfd:64 and bfd:67.
var Terms = rule.New("commission_agreement", 1, []ident.Norm{"bfd:64:1", "bfd:64:2", "bfd:64:2:a", "bfd:64:2:b", "bfd:64:2:c", "bfd:67:1", "bfd:67:2"},
	terms, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"allowed":     "De afspraak past binnen de artikelen 64 en 67.",
		"no_cash":     "Provisie wordt alleen in giraal geld betaald, dus door overschrijving. Contant geld, zaken of diensten mogen niet.",
		"period":      "Provisie wordt per maand betaald. Een langere periode mag niet: dan kan bij achterstand niet direct worden gestopt.",
		"upfront":     "Provisie vooraf of ineens mag niet. De aanspraak ontstaat per maand, over het uitstaand saldo.",
		"too_short":   "Het percentage dat ingaat op {from}, geldt nog geen maand als het op {next} verandert. Kies een latere dag.",
		"ends_early":  "Het percentage dat ingaat op {from}, geldt nog geen maand als de afspraak op {until} eindigt. Kies een latere dag.",
		"frozen":      "Lopend krediet dat niet doorlopend is, houdt het percentage van het afsluiten. Laat het percentage van {from} alleen voor nieuwe overeenkomsten gelden.",
		"none":        "Spreek ten minste één percentage af.",
		"not_yet":     "Het percentage van {from} gaat in voordat de afspraak begint op {start}. Kies een dag vanaf dan.",
		"after_end":   "Het percentage van {from} gaat in nadat de afspraak is geëindigd. Laat het weg.",
		"ends_before": "De laatste dag ligt voor de eerste dag van de afspraak. Kies een latere dag.",
		"settled":     "Tot en met {closed} is de provisie vastgesteld. Het percentage van {from} mag daarvoor niet meer wijzigen, vervallen of erbij komen. Een fout van toen herstelt u met een correctie.",
	}))

func terms(in TermsIn) (out TermsOut) {
	if in.PaidIn != ByTransfer {
		out.Hold("bfd:67:2", "no_cash")
	}
	if in.Period != EachMonth {
		out.Hold("bfd:64:1", "period")
	}
	if in.Upfront != nil && in.Upfront.Sign() > 0 {
		out.Hold("bfd:64:1", "upfront")
	}
	if len(in.Percentages) == 0 {
		out.Hold("bfd:64:1", "none")
	}
	if in.Until != nil && in.Until.Before(in.From) {
		out.Hold("bfd:64:2", "ends_before")
	}
	list := ordered(in.Percentages)
	for i, a := range list {
		out.each(in, a)
		if i+1 < len(list) && list[i+1].Kind == a.Kind && list[i+1].From.Before(a.From.AddMonths(leastMonths)) {
			out.Hold("bfd:64:2:a", "too_short", "from", a.From.String(), "next", list[i+1].From.String())
		}
	}
	out.settled(in, list)
	out.Close("allowed", "bfd:64:2")
	out.Allowed = out.Complies()
	return out
}

// each holds one percentage against the days of the agreement and the kind of credit.
func (out *TermsOut) each(in TermsIn, a Agreed) {
	switch {
	case a.From.Before(in.From):
		out.Hold("bfd:64:2", "not_yet", "from", a.From.String(), "start", in.From.String())
	case in.Until != nil && a.From.After(*in.Until):
		out.Hold("bfd:64:2", "after_end", "from", a.From.String())
	case in.Until != nil && in.Until.AddDays(1).Before(a.From.AddMonths(leastMonths)):
		out.Hold("bfd:64:2:a", "ends_early", "from", a.From.String(), "until", in.Until.String())
	}
	if a.Kind == NonRevolving && a.Running {
		out.Hold("bfd:64:2:b", "frozen", "from", a.From.String())
	}
}

// settled holds what changes against the months that were settled: an agreement that
// is there already keeps what it had in them.
func (out *TermsOut) settled(in TermsIn, now []Agreed) {
	if in.Closed == nil || len(in.Before) == 0 {
		return
	}
	had := map[Agreed]bool{}
	for _, a := range in.Before {
		had[a] = true
	}
	has := map[Agreed]bool{}
	touch := func(a Agreed) {
		if !a.From.After(*in.Closed) {
			out.Hold("bfd:64:2", "settled", "from", a.From.String(), "closed", in.Closed.String())
		}
	}
	for _, a := range now {
		if has[a] = true; !had[a] {
			touch(a)
		}
	}
	for _, a := range ordered(in.Before) {
		if !has[a] {
			touch(a)
		}
	}
}
