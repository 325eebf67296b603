package credit

import (
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/law"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// The amounts above which articles 59 and 60 ask something, and the part of the
// value of securities that a credit on them may reach.
var (
	informationAbove = money.Whole(1000)
	registerAbove    = money.Whole(250)
	securitiesPart   = money.MustParse("0.7")
)

// ConclusionIn asks what must be there before a credit agreement is concluded, and
// whether it was. What is absent is not at issue.
type ConclusionIn struct {
	Client           *string           `json:"client"`
	Product          *string           `json:"product"`
	Kind             *string           `json:"kind"`
	Sum              *money.Decimal    `json:"sum"`
	Limit            *money.Decimal    `json:"limit"`
	FirstDraw        *money.Decimal    `json:"first_draw"`
	CashValue        *money.Decimal    `json:"cash_value"`
	CashPaid         *money.Decimal    `json:"cash_paid"`
	Information      canon.Opt[string] `json:"information"` // null: there is none
	RegisterBefore   *bool             `json:"register_consulted_before"`
	Concluded        *string           `json:"concluded"` // a day or a time
	Consulted        canon.Opt[string] `json:"consulted"` // null: never
	Purpose          *string           `json:"purpose"`
	Collateral       *string           `json:"collateral"`
	SecuritiesValue  *money.Decimal    `json:"securities_value"`
	SecuritiesValues []money.Decimal   `json:"securities_values,omitempty"` // during the term, in order
	CriteriaRecorded *bool             `json:"criteria_recorded"`
	CriteriaApplied  *bool             `json:"criteria_applied"`
}

var (
	keptForms = []string{"durable", "written", "paper", "durable_medium"}
	lostForms = []string{"oral", "none", "insufficient"}
)

// Check refuses words that the rule must choose by and does not know.
func (in ConclusionIn) Check() (wrong []fault.Detail) {
	if i := in.Information; i.Given && !i.Null && !slices.Contains(keptForms, i.V) && !slices.Contains(lostForms, i.V) {
		wrong = append(wrong, rule.Unknown("/information", "Kies durable, written, oral of none."))
	}
	switch rule.Word(in.Collateral) {
	case "", "listed", "unlisted_public_price", "unlisted_no_price", "none":
	default:
		wrong = append(wrong, rule.Unknown("/collateral", "Kies listed, unlisted_public_price, unlisted_no_price of none."))
	}
	wrong = append(wrong, rule.BelowZero("Geef een bedrag van nul of meer.",
		rule.Amount{At: "/sum", D: in.Sum}, rule.Amount{At: "/limit", D: in.Limit}, rule.Amount{At: "/first_draw", D: in.FirstDraw},
		rule.Amount{At: "/cash_value", D: in.CashValue}, rule.Amount{At: "/cash_paid", D: in.CashPaid}, rule.Amount{At: "/securities_value", D: in.SecuritiesValue})...)
	const moment = "Geef een dag, of een dag en tijd zoals 2006-03-01T10:00."
	if !isMoment(rule.Word(in.Concluded)) {
		wrong = append(wrong, rule.Unknown("/concluded", moment))
	}
	if !isMoment(in.Consulted.V) {
		wrong = append(wrong, rule.Unknown("/consulted", moment))
	}
	return wrong
}

// isMoment reports whether a text is a day, with or without a time; nothing is one too.
func isMoment(text string) bool {
	day, _, _ := strings.Cut(text, "T")
	_, err := calendar.Parse(day)
	return text == "" || err == nil
}

// ConclusionOut is the answer of CreditConclusionCheck.
type ConclusionOut struct {
	rule.Why
	law.Breach
	RulesApply     bool           `json:"rules_apply"`
	Reference      *money.Decimal `json:"reference_amount"`
	Recorded       *bool          `json:"recorded_information"` // must there be information that is kept
	Register       *bool          `json:"register_consult"`     // must the register be consulted
	Assessment     bool           `json:"wfd51_assessment"`
	Exempt36       *bool          `json:"exempt_36"`
	Exempt59       *bool          `json:"exempt_59"`
	Exempt60       *bool          `json:"exempt_60"`
	Exempt61       *bool          `json:"exempt_61"`
	LostDuringTerm *bool          `json:"lost_during_term"`
}

// CreditConclusionCheck decides what the provider must have and do before it
// concludes a credit agreement: kept information on the financial position above
// 1,000 euro, the register above 250 euro, criteria recorded and applied. The
// limit counts, not what is drawn. Credit on securities for securities is exempt
// below 70% of their value, during the whole term. Norms bfd:59 to bfd:61, bfd:36:9
// and bfd:1::m.
var CreditConclusionCheck = rule.New("credit_conclusion_check", 1,
	[]ident.Norm{"bfd:1::m:1", "bfd:1::m:2", "bfd:36:9", "bfd:59:1", "bfd:59:2", "bfd:59:2:b", "bfd:60:1", "bfd:60:2", "bfd:61:1", "bfd:61:2"},
	conclusion, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"no_consumer":     "De klant handelt zakelijk. Deze regels gelden voor overeenkomsten met een consument.",
		"money_sum":       "Het bedrag dat telt is de kredietsom of kredietlimiet: {amount}. Wat de klant eerst opneemt, telt niet.",
		"goods_sum":       "Bij goederenkrediet telt de contante waarde min de contante betalingen: {amount}.",
		"no_amount":       "Er is geen bedrag opgegeven. Uitgegaan is van een bedrag boven beide grenzen.",
		"information":     "Het bedrag is hoger dan € 1.000. De aanbieder moet over voldoende vastgelegde informatie over de financiële positie beschikken.",
		"no_information":  "Het bedrag is niet hoger dan € 1.000. Vastgelegde informatie is niet voorgeschreven; de beoordeling van artikel 51 van de wet wel.",
		"register":        "Het bedrag is hoger dan € 250. De aanbieder moet vooraf het stelsel van kredietregistratie raadplegen.",
		"no_register":     "Het bedrag is niet hoger dan € 250. Raadplegen van het stelsel is niet voorgeschreven.",
		"not_kept":        "De informatie is niet schriftelijk of op een duurzame drager vastgelegd.",
		"not_consulted":   "Het stelsel is niet vóór het aangaan geraadpleegd.",
		"no_criteria":     "De criteria voor de beoordeling zijn niet vastgelegd of niet toegepast.",
		"exempt":          "Het krediet dient om effecten te financieren, de beleende effecten hebben een openbare prijs en het bedrag blijft binnen 70% van hun waarde. De artikelen 59, 60 en 61 gelden niet.",
		"no_prospectus":   "De prospectusplicht van artikel 36 geldt niet voor deze belening van effecten. Daarvoor telt de 70% niet.",
		"above_part":      "Het bedrag is hoger dan 70% van de waarde van de effecten. De uitzondering geldt niet.",
		"lost_later":      "Bij het aangaan bleef het bedrag binnen 70%, later niet meer. De uitzondering is tijdens de looptijd vervallen.",
		"other_purpose":   "Het krediet dient niet om effecten te financieren. De uitzondering voor effectenkrediet geldt niet.",
		"no_public_price": "De effecten zijn niet genoteerd en hebben geen openbare prijs. De uitzondering geldt niet.",
		"value_not_given": "De waarde van de effecten is niet opgegeven. Of de uitzondering van artikel 59 geldt, is daarom niet vastgesteld.",
		"complete":        "Wat is opgegeven, voldoet.",
	}))

func conclusion(in ConclusionIn) (out ConclusionOut) {
	out.Assessment = true
	if rule.Word(in.Client) == "business" {
		out.Recorded, out.Register = new(false), new(false)
		out.Say("no_consumer", "bfd:59:1")
		return out
	}
	out.RulesApply = true
	out.reference(in)
	exempt := out.securities(in)
	out.duties(exempt)
	out.judge(in, exempt)
	return out
}

// reference answers the credit sum or limit.
func (out *ConclusionOut) reference(in ConclusionIn) {
	switch {
	case in.Limit != nil:
		out.Reference = in.Limit
	case in.Sum != nil:
		out.Reference = in.Sum
	case in.CashValue != nil:
		amount := *in.CashValue
		if in.CashPaid != nil {
			amount = amount.Sub(*in.CashPaid)
		}
		out.Reference = &amount
		out.Say("goods_sum", "bfd:1::m:2", "amount", amount.String())
		return
	default:
		out.Say("no_amount", "bfd:59:1")
		return
	}
	out.Say("money_sum", "bfd:1::m:1", "amount", out.Reference.String())
}

// above reports whether the amount is more than the limit; one that is not given is.
func (out *ConclusionOut) above(limit money.Decimal) bool {
	return out.Reference == nil || out.Reference.Cmp(limit) > 0
}

// securities answers the exemptions of credit on securities, where it is at issue.
func (out *ConclusionOut) securities(in ConclusionIn) (exempt bool) {
	values := in.SecuritiesValues
	if in.SecuritiesValue != nil {
		values = append([]money.Decimal{*in.SecuritiesValue}, values...)
	}
	if rule.Word(in.Product) != "securities_credit" && in.Collateral == nil && len(values) == 0 && rule.Word(in.Purpose) != "finance_securities" {
		return false
	}
	kind := true
	if p := rule.Word(in.Purpose); p != "" && p != "finance_securities" {
		kind = false
		out.Say("other_purpose", "bfd:59:2")
	}
	if c := rule.Word(in.Collateral); c == "unlisted_no_price" || c == "none" {
		kind = false
		out.Say("no_public_price", "bfd:59:2:b")
	}
	out.Exempt36 = &kind
	if kind {
		out.Say("no_prospectus", "bfd:36:9")
	}
	exempt = kind && out.within(values)
	out.Exempt59, out.Exempt60, out.Exempt61 = &exempt, &exempt, &exempt
	if exempt {
		out.Say("exempt", "bfd:59:2")
	}
	return exempt
}

// within reports whether the amount stays within its part of every value.
func (out *ConclusionOut) within(values []money.Decimal) bool {
	if len(values) == 0 || out.Reference == nil {
		out.Say("value_not_given", "bfd:59:2")
		return false
	}
	over := func(v money.Decimal) bool { return out.Reference.Cmp(v.Mul(securitiesPart)) > 0 }
	first, later := over(values[0]), slices.ContainsFunc(values[1:], over)
	if len(values) > 1 {
		out.LostDuringTerm = new(!first && later)
	}
	switch {
	case first:
		out.Say("above_part", "bfd:59:2")
	case later:
		out.Say("lost_later", "bfd:59:2")
	}
	return !first && !later
}

// duties answers what must be there.
func (out *ConclusionOut) duties(exempt bool) {
	out.Recorded = new(!exempt && out.above(informationAbove))
	out.Register = new(!exempt && out.above(registerAbove))
	if exempt {
		return
	}
	if *out.Recorded {
		out.Say("information", "bfd:59:1")
	} else {
		out.Say("no_information", "bfd:59:1")
	}
	if *out.Register {
		out.Say("register", "bfd:60:1")
	} else {
		out.Say("no_register", "bfd:60:1")
	}
}

// judge holds what was done against what must be.
func (out *ConclusionOut) judge(in ConclusionIn, exempt bool) {
	var violated []ident.Norm
	breach := func(wrong bool, norm ident.Norm, code string) {
		if wrong {
			violated = append(violated, norm)
			out.Say(code, norm)
		}
	}
	information := in.Information
	breach(*out.Recorded && information.Given && (information.Null || slices.Contains(lostForms, information.V)), "bfd:59:1", "not_kept")
	breach(*out.Register && (rule.Fails(in.RegisterBefore) || late(in)), "bfd:60:1", "not_consulted")
	breach(!exempt && (rule.Fails(in.CriteriaRecorded) || rule.Fails(in.CriteriaApplied)), "bfd:61:1", "no_criteria")
	if in.Information.Given || in.RegisterBefore != nil || in.Consulted.Given || in.CriteriaRecorded != nil || in.CriteriaApplied != nil {
		out.Breach = law.Held(violated...)
		if out.Complies() {
			out.Say("complete", "bfd:59:1")
		}
	}
}

// late reports whether the register was consulted never, or not before the
// conclusion. Two days without a time that are one day are taken as in time.
func late(in ConclusionIn) bool {
	if !in.Consulted.Given || in.Consulted.Null {
		return in.Consulted.Null
	}
	a, b := in.Consulted.V, rule.Word(in.Concluded)
	if b == "" {
		return false
	}
	const day = len("2006-03-01")
	if n := min(len(a), len(b)); n <= day {
		return a[:n] > b[:n]
	}
	return a >= b
}
