package disclosure

import (
	"math/big"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/law"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// A withdrawal is the right to undo an insurance whose information came after
// the contract.
type withdrawal struct {
	main  ident.Norm // the information that should have come before
	right ident.Norm // the lid that allows it later
	days  int        // calendar days after the day of receipt
	back  bool       // to the day of the contract
}

var withdrawals = map[kind]withdrawal{
	nonLife:     {"bfd:31:1", "bfd:31:2", 14, false},
	life:        {"bfd:32:1", "bfd:32:2", 30, true},
	unitLinked:  {"bfd:32:1", "bfd:32:2", 30, true},
	funeral:     {"bfd:34:1", "bfd:34:3", 30, true},
	funeralFund: {"bfd:34:1", "bfd:34:3", 30, true},
}

const chooseInsurance = "Kies non_life, life, unit_linked_life, funeral_in_kind of funeral_fund_formation."

func wantInsurance(product *string) []fault.Detail {
	return wantKind(product, chooseInsurance, nonLife, life, unitLinked, funeral, funeralFund)
}

// LaterIn asks whether the information could come after the contract.
type LaterIn struct {
	Product      *string        `json:"product"`
	AfterwardsOK *bool          `json:"information_after_contract"`
	Right        *bool          `json:"rescission_right"`
	Instructed   *bool          `json:"instruction_given"`
	PolicyIssued *calendar.Date `json:"policy_issued"` // handed to the consumer
	Received     *calendar.Date `json:"information_received"`
	Days         *money.Decimal `json:"rescission_days"`
}

// Check asks for an insurance.
func (in LaterIn) Check() []fault.Detail { return wantInsurance(in.Product) }

// LaterOut is the answer of LaterInformationAllowed.
type LaterOut struct{ law.Finding }

// LaterInformationAllowed decides whether the information on an insurance could
// come after the contract: at the latest with the policy, and only with a right
// to rescind that the consumer was told how to use. Norms bfd:31:2, 32:2 and
// 34:3; where a condition fails, the main rule is violated.
var LaterInformationAllowed = rule.New("later_information_allowed", 1, []ident.Norm{"bfd:31:1", "bfd:31:2", "bfd:32:1", "bfd:32:2", "bfd:34:1", "bfd:34:3"},
	laterAllowed, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"before":         "De informatie kwam voor de overeenkomst. Het recht op latere informatie is niet aan de orde.",
		"no_right":       "De consument heeft geen recht om de overeenkomst zonder boete en zonder reden te ontbinden. De informatie moest daarom voor de overeenkomst komen.",
		"not_instructed": "De consument is niet verteld hoe hij de overeenkomst kan ontbinden. De informatie moest daarom voor de overeenkomst komen.",
		"after_policy":   "De informatie kwam op {received}, na de polis van {policy}.",
		"too_few_days":   "De consument kan korter ontbinden dan {days} kalenderdagen na de dag van ontvangst.",
		"allowed":        "De informatie mocht na de overeenkomst komen, uiterlijk tegelijk met de polis.",
		"policy_day":     "De polis telt als afgegeven op de dag waarop zij aan de consument is overgedragen, niet op de dag waarop de verzekeraar haar aan een tussenpersoon gaf.",
	}))

func laterAllowed(in LaterIn) LaterOut {
	var out LaterOut
	w := withdrawals[kindOf(in.Product)]
	if rule.Fails(in.AfterwardsOK) {
		out.Close("before", w.main)
		return out
	}
	if rule.Fails(in.Right) {
		out.Hold(w.main, "no_right")
	}
	if rule.Fails(in.Instructed) {
		out.Hold(w.main, "not_instructed")
	}
	if in.PolicyIssued != nil {
		out.Say("policy_day", w.right)
		if in.Received != nil && in.Received.After(*in.PolicyIssued) {
			out.Hold(w.main, "after_policy", "received", in.Received.String(), "policy", in.PolicyIssued.String())
		}
	}
	if in.Days != nil && in.Days.Cmp(money.Whole(int64(w.days))) < 0 {
		out.Hold(w.main, "too_few_days", "days", money.Whole(int64(w.days)).String())
	}
	out.Close("allowed", w.right)
	return out
}

// DeadlineIn asks until when a consumer can rescind.
type DeadlineIn struct {
	Product    *string        `json:"product"`
	Received   *calendar.Date `json:"information_received"` // by the consumer
	Afterwards *bool          `json:"information_after_contract"`
	Instructed *bool          `json:"instruction_given"`
	ToBroker   *calendar.Date `json:"policy_to_intermediary"` // does not count
}

// Check asks for an insurance.
func (in DeadlineIn) Check() []fault.Detail { return wantInsurance(in.Product) }

// DeadlineOut is the answer of RescissionDeadline; empty where there is no right.
type DeadlineOut struct {
	rule.Why
	Last        *calendar.Date `json:"last_rescission_day"`
	Retroactive *bool          `json:"retroactive"`
}

// RescissionDeadline decides until when an insurance can be rescinded whose
// information came after the contract: 14 calendar days for non-life, 30 for life
// and funeral, counted from the day after the consumer received it. Norms
// bfd:31:2, 32:2 and 34:3.
var RescissionDeadline = rule.New("rescission_deadline", 1, []ident.Norm{"bfd:31:2", "bfd:32:2", "bfd:34:3"}, rescissionDeadline,
	rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"until":          "De informatie is ontvangen op {received}. Ontbinden kan binnen {days} kalenderdagen na die dag: tot en met {last}.",
		"no_receipt":     "De consument heeft de informatie nog niet ontvangen. De termijn van {days} kalenderdagen is niet begonnen.",
		"no_right":       "De informatie kwam voor de overeenkomst. Dit ontbindingsrecht bestaat dan niet.",
		"consumers_day":  "Het gaat om de dag waarop de consument de informatie ontving. De dag waarop een tussenpersoon de polis kreeg, telt niet.",
		"not_instructed": "De consument is niet verteld hoe hij kan ontbinden. De informatie had dan voor de overeenkomst moeten komen.",
		"article_back":   "Volgens het artikel werkt de ontbinding terug tot de dag van de overeenkomst. De toelichting zegt dat zij niet terugwerkt; het artikel gaat voor.",
		"not_back":       "Het artikel geeft deze ontbinding geen terugwerkende kracht.",
	}))

func rescissionDeadline(in DeadlineIn) DeadlineOut {
	var out DeadlineOut
	w := withdrawals[kindOf(in.Product)]
	days := money.Whole(int64(w.days)).String()
	if rule.Fails(in.Afterwards) {
		out.Say("no_right", w.right)
		return out
	}
	if in.Received == nil {
		out.Say("no_receipt", w.right, "days", days)
	} else {
		out.Last = new(in.Received.AddDays(w.days))
		out.Say("until", w.right, "received", in.Received.String(), "days", days, "last", out.Last.String())
	}
	out.Retroactive = new(w.back)
	if w.back {
		out.Say("article_back", w.right)
	} else {
		out.Say("not_back", w.right)
	}
	if in.ToBroker != nil {
		out.Say("consumers_day", w.right)
	}
	if rule.Fails(in.Instructed) {
		out.Say("not_instructed", w.right)
	}
	return out
}

// ValidIn asks whether a rescission came in time.
type ValidIn struct {
	Product   *string        `json:"product"`
	Received  *calendar.Date `json:"information_received"`
	Rescinded *calendar.Date `json:"rescinded"`
}

// Check asks for an insurance and the day of the rescission.
func (in ValidIn) Check() []fault.Detail {
	wrong := wantInsurance(in.Product)
	if in.Rescinded == nil {
		wrong = append(wrong, rule.Missing("/rescinded", "Geef de dag waarop de consument de overeenkomst ontbond."))
	}
	return wrong
}

// ValidOut is the answer of RescissionValid.
type ValidOut struct {
	rule.Why
	Valid bool `json:"valid"`
}

// RescissionValid decides whether a rescission came in time; the last day counts.
// Norms bfd:31:2, 32:2 and 34:3.
var RescissionValid = rule.New("rescission_valid", 1, []ident.Norm{"bfd:31:2", "bfd:32:2", "bfd:34:3"}, rescissionValid,
	rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"in_time":   "De consument kon ontbinden tot en met {last} en deed dat op tijd.",
		"too_late":  "De consument kon ontbinden tot en met {last} en deed dat te laat.",
		"not_begun": "De termijn was nog niet begonnen. Eerder ontbinden kan ook.",
	}))

func rescissionValid(in ValidIn) ValidOut {
	var out ValidOut
	w := withdrawals[kindOf(in.Product)]
	if in.Received == nil || !in.Rescinded.After(*in.Received) {
		out.Valid = true
		out.Say("not_begun", w.right)
		return out
	}
	last := in.Received.AddDays(w.days)
	code := "too_late"
	if out.Valid = !in.Rescinded.After(last); out.Valid {
		code = "in_time"
	}
	out.Say(code, w.right, "last", last.String())
	return out
}

// ChargeIn asks whether what was charged after a rescission is a penalty.
type ChargeIn struct {
	Product *string        `json:"product"`
	Days    *money.Decimal `json:"rescinded_after_days"`
	Premium *money.Decimal `json:"yearly_premium"`
	Charged *money.Decimal `json:"charged"`
	Far     *money.Decimal `json:"far_above_factor"` // reading: from how many times pro rata it is far above
}

// usualFactor is from how many times the pro rata amount a charge is read as far
// above it; the note has no number.
var usualFactor = money.MustParse("1.5")

// Check asks for all that the amount is reckoned from.
func (in ChargeIn) Check() (wrong []fault.Detail) {
	if in.Product != nil {
		wrong = wantInsurance(in.Product)
	}
	for _, f := range []struct {
		at    string
		value *money.Decimal
	}{{"/rescinded_after_days", in.Days}, {"/yearly_premium", in.Premium}} {
		if f.value == nil {
			wrong = append(wrong, rule.Missing(f.at, "Geef dit getal op. De regel rekent ermee."))
		} else if f.value.Sign() < 0 {
			wrong = append(wrong, fault.Detail{Pointer: f.at, Reason: canon.CodeValue, Text: "Geef een getal dat niet onder nul ligt."})
		}
	}
	return wrong
}

// ChargeOut is the answer of RescissionCharge.
type ChargeOut struct {
	rule.Why
	Penalty bool          `json:"penalty"`
	ProRata money.Decimal `json:"pro_rata"`         // rounded half up to cents
	Status  string        `json:"status,omitempty"` // "human_review": above pro rata, and not plainly far above
}

// RescissionCharge decides whether a charge after a rescission is a penalty: when
// it is far above the part of the premium for the days of cover. Norm bfd:31:2, by
// its note, which has no number.
var RescissionCharge = rule.New("rescission_charge", 1, []ident.Norm{"bfd:31:2", "bfd:32:2", "bfd:34:3"}, rescissionCharge, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"pro_rata":  "Naar evenredigheid van de dekking is {amount} verschuldigd: het aantal dagen gedeeld door 365, maal de jaarpremie.",
	"within":    "Er is niet meer in rekening gebracht dan dit bedrag. Dat is geen boete.",
	"above":     "Het bedrag ligt boven de evenredige vergoeding, maar niet duidelijk ver erboven. Laat iemand dit beoordelen.",
	"far_above": "Het bedrag is ten minste {factor} maal de evenredige vergoeding. Zo ver erboven is het een boete, en die mag niet.",
	"no_number": "De toelichting zegt alleen “beduidend hoger”, zonder getal. De factor is een lezing; kies een andere met far_above_factor.",
}))

func rescissionCharge(in ChargeIn) ChargeOut {
	var out ChargeOut
	right := ident.Norm("bfd:31:2")
	if w, known := withdrawals[kindOf(in.Product)]; known {
		right = w.right
	}
	exact := new(big.Rat).Mul(rat(in.Days.Mul(*in.Premium)), big.NewRat(1, 365))
	out.ProRata = money.MustParse(exact.FloatString(2))
	out.Say("pro_rata", right, "amount", out.ProRata.String())
	if in.Charged == nil || in.Charged.Cmp(out.ProRata) <= 0 {
		out.Say("within", right)
		return out
	}
	factor := usualFactor
	if in.Far != nil {
		factor = *in.Far
	}
	if out.Penalty = rat(*in.Charged).Cmp(new(big.Rat).Mul(exact, rat(factor))) >= 0; out.Penalty {
		out.Say("far_above", right, "factor", factor.String())
	} else {
		out.Status = "human_review"
		out.Say("above", right)
	}
	out.Say("no_number", right)
	return out
}

func rat(d money.Decimal) *big.Rat {
	r, _ := new(big.Rat).SetString(d.String())
	return r
}

// NoticeIn asks which notice period of a funeral insurance holds.
type NoticeIn struct {
	Product *string        `json:"product"`
	Months  *money.Decimal `json:"notice_months"` // by the contract
	Flagged *bool          `json:"flagged"`       // strikingly and expressly
}

// yearOfNotice is the longest period, in months, that needs no flag.
const yearOfNotice = 12

// Check asks for a funeral insurance and the period.
func (in NoticeIn) Check() (wrong []fault.Detail) {
	if in.Product != nil {
		wrong = wantKind(in.Product, "Kies funeral_in_kind of funeral_fund_formation.", funeral, funeralFund)
	}
	if in.Months == nil {
		wrong = append(wrong, rule.Missing("/notice_months", "Geef de opzegtermijn van de overeenkomst in maanden."))
	}
	return wrong
}

// NoticeOut is the answer of NoticeTerm.
type NoticeOut struct {
	rule.Why
	Effective money.Decimal `json:"effective_months"`
	Violation bool          `json:"violation"`
	Violated  []ident.Norm  `json:"violated,omitempty"`
	Tariff    string        `json:"tariff,omitempty"`
}

// NoticeTerm decides which notice period holds: one of more than a year only when
// it was made strikingly plain, else a year. Norm bfd:34:2.
var NoticeTerm = rule.New("notice_term", 1, []ident.Norm{"bfd:34:2", "bfd:34:5"}, noticeTerm, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"not_flagged": "De opzegtermijn is langer dan een jaar en dat is niet opvallend en expliciet kenbaar gemaakt. Er geldt een jaar.",
	"flagged":     "De opzegtermijn is langer dan een jaar; dat die niet opvallend kenbaar is gemaakt, is niet gebleken.",
	"within_year": "De opzegtermijn is niet langer dan een jaar. Er hoeft niets extra kenbaar te worden gemaakt.",
}))

func noticeTerm(in NoticeIn) NoticeOut {
	out := NoticeOut{Effective: *in.Months}
	year := money.Whole(yearOfNotice)
	switch {
	case in.Months.Cmp(year) <= 0:
		out.Say("within_year", "bfd:34:2")
	case rule.Fails(in.Flagged):
		out.Effective, out.Violation, out.Violated = year, true, []ident.Norm{"bfd:34:2"}
		out.Tariff, _ = law.TariffOf(out.Violated)
		out.Say("not_flagged", "bfd:34:2")
	default:
		out.Say("flagged", "bfd:34:2")
	}
	return out
}

// ValueIn asks whether the clause on gains and losses at a rescission is right.
type ValueIn struct {
	Product    *string           `json:"product"`
	Clause     canon.Opt[string] `json:"clause"` // null: none
	Afterwards *bool             `json:"information_after_contract"`
	Distance   *bool             `json:"distance"` // the contract was made at a distance
}

// Check asks for a product with an investment and a clause that can be judged.
func (in ValueIn) Check() (wrong []fault.Detail) {
	wrong = wantKind(in.Product, "Kies unit_linked_life, life of funeral_fund_formation.", unitLinked, life, funeralFund)
	if in.Clause.Given && !in.Clause.Null {
		wrong = append(wrong, wantWord("/clause", &in.Clause.V, "Kies gains_and_losses, losses_only, gains_only of none, of geef null.", "gains_and_losses", "losses_only", "gains_only", "none")...)
	}
	return wrong
}

// ValueOut is the answer of ValueChangeClause.
type ValueOut struct{ law.Finding }

// ValueChangeClause decides whether gains and losses between contract and
// rescission are dealt with as they must: an insurer of life may leave both with
// the consumer, one of fund formation must. Norms bfd:32:3, 34:7, 42:3 and 42:4.
var ValueChangeClause = rule.New("value_change_clause", 1, []ident.Norm{"bfd:32:3", "bfd:34:7", "bfd:42:3", "bfd:42:4"}, valueClause, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"losses_only": "Het beding laat alleen waardedaling voor rekening van de consument. Dat kan niet: ook waardestijging moet voor hem zijn.",
	"must":        "Bij fondsvorming moet de overeenkomst winst en verlies allebei voor rekening van de consument laten, omdat de verzekeraar geen beleggingsrisico mag lopen.",
	"may":         "De verzekeraar mag winst en verlies allebei voor rekening van de consument laten, maar hoeft dat niet.",
	"not_later":   "De informatie kwam voor de overeenkomst. Deze ontbinding is dan niet aan de orde.",
	"fits":        "Het beding laat winst en verlies allebei voor rekening van de consument.",
}))

func valueClause(in ValueIn) ValueOut {
	var out ValueOut
	fund := kindOf(in.Product) == funeralFund
	norm := ident.Norm("bfd:32:3")
	switch {
	case fund && rule.Holds(in.Distance):
		norm = "bfd:42:4"
	case fund:
		norm = "bfd:34:7"
	case rule.Holds(in.Distance):
		norm = "bfd:42:3"
	}
	clause := in.Clause.V
	if in.Clause.Null {
		clause = "none"
	}
	switch {
	case rule.Fails(in.Afterwards):
		out.Close("not_later", norm)
	case clause == "losses_only":
		out.Hold(norm, "losses_only")
	case fund && (clause == "none" || clause == "gains_only"):
		out.Hold(norm, "must")
	case !fund && clause != "gains_and_losses":
		out.Close("may", norm)
	}
	if out.Compliant == nil {
		out.Close("fits", norm)
	}
	return out
}
