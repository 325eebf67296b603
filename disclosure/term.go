package disclosure

import (
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/law"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// TermIn asks whether a consumer must be informed of something during the term.
type TermIn struct {
	Product       *string        `json:"product"`
	Event         *string        `json:"event"`
	Months        *money.Decimal `json:"months_since_last"` // since the last statement of profit share
	InConditions  *bool          `json:"in_conditions"`     // the change shows from changed policy conditions
	ChargeStated  *bool          `json:"new_charge_stated"`
	RateStated    *bool          `json:"effective_rate_stated"`
	Medium        *string        `json:"medium"` // any: the next statement is fine
	ActualCost    *money.Decimal `json:"actual_cost"`
	Fee           *money.Decimal `json:"fee"`
	Requested     *bool          `json:"requested"`
	ClientState   *string        `json:"client_state"`
	ConditionsAsB *bool          `json:"item_m_as_conditions"` // reading: a change of 34(1)(m) is one of the policy conditions, 46(1)(b)
}

// identityEvents are changes of who the provider is; requests come from the consumer.
var (
	identityEvents = []string{"trade_name_change", "address_change", "statutory_name_change", "legal_form_change", "name_change", "change_item_a"}
	requests       = []string{"request_surrender_value", "balance_request", "final_account_request", "settled"}
	otherEvents    = []string{"conditions_change", "natural_value_change", "none", "profit_share", "rate_change", "fund_management", "change_complaints_procedure"}
)

// changedItem returns the letter of a change_item event, "" of another.
func changedItem(event string) string {
	letter, is := strings.CutPrefix(event, "change_item_")
	if !is || len(letter) != 1 || letter < "a" || letter > "t" {
		return ""
	}
	return letter
}

// Check asks for a product with duties during the term and an event.
func (in TermIn) Check() []fault.Detail {
	wrong := wantKind(in.Product, "Kies life, unit_linked_life, funeral_in_kind, funeral_fund_formation of credit.", life, unitLinked, funeral, funeralFund, credit, mortgage, securitiesCredit)
	if e := rule.Word(in.Event); changedItem(e) == "" {
		wrong = append(wrong, wantWord("/event", in.Event, "Kies een gebeurtenis zoals address_change, conditions_change, change_item_k, profit_share, rate_change of balance_request.", slices.Concat(identityEvents, requests, otherEvents)...)...)
	}
	return append(wrong, wantState("/client_state", in.ClientState)...)
}

// TermOut is the answer of InTermInformation.
type TermOut struct {
	law.Finding
	Inform     *bool      `json:"inform"`
	Rule       ident.Norm `json:"rule,omitempty"` // that asks it
	Separate   *bool      `json:"separate_notice"`
	Conditions *bool      `json:"conditions_notice"` // the changed conditions themselves must be sent
	Rules      string     `json:"rules,omitempty"`   // of which state
}

// InTermInformation decides what a consumer must be told while a life insurance,
// funeral insurance or credit runs. Norms bfd:45, 46 and 49.
var InTermInformation = rule.New("in_term_information", 1, []ident.Norm{
	"bfd:33", "bfd:45:1:a", "bfd:45:1:b", "bfd:45:1:c", "bfd:45:1:d", "bfd:45:1:e", "bfd:45:1:f", "bfd:45:2",
	"bfd:46:1:a", "bfd:46:1:b", "bfd:46:1:c", "bfd:46:2", "bfd:49:1", "bfd:49:2", "bfd:49:3",
}, inTerm, rule.Profile(rule.Bfd2005), rule.Texts(termTexts))

func inTerm(in TermIn) TermOut {
	var out TermOut
	switch k := kindOf(in.Product); k {
	case credit, mortgage, securitiesCredit:
		out.credit(in)
	case life, unitLinked:
		if state := rule.Word(in.ClientState); state != "" {
			out.Rules = ruleSet(StateIn{Product: in.Product, Client: in.ClientState}).Rules
			if out.Rules != "NL" {
				out.Say("other_state", "bfd:45:2")
				return out
			}
		}
		out.insurance(in, "bfd:45:1", "bcdefghijklnopqrs")
	default:
		if k == funeralFund {
			out.Say("by_analogy", "bfd:46:2")
		}
		out.insurance(in, "bfd:46:1", "bcdefghjl")
	}
	return out
}

func (out *TermOut) answer(inform bool, code string, norm ident.Norm) {
	out.Inform = new(inform)
	if inform {
		out.Rule = norm
	}
	out.Say(code, norm)
}

// insurance answers articles 45 and 46; letters are the items of 32(1) or 34(1)
// whose change onderdeel c names.
func (out *TermOut) insurance(in TermIn, lid ident.Norm, letters string) {
	event, isLife := rule.Word(in.Event), lid == "bfd:45:1"
	letter := changedItem(event)
	conditions := event == "conditions_change" || isLife && letter == "t" || letter == "m" && !isLife && rule.Holds(in.ConditionsAsB)
	switch {
	case slices.Contains(identityEvents, event):
		out.answer(true, "identity", lid+":a")
	case conditions || rule.Holds(in.InConditions) && (letter != "" || event == "change_complaints_procedure"):
		out.answer(true, "conditions", lid+":b")
	case event == "change_complaints_procedure", letter != "" && strings.Contains(letters, letter):
		out.answer(true, "item", lid+":c")
	case letter != "":
		out.answer(false, "item_left_out", lid+":c")
	case event == "profit_share" && isLife:
		out.answer(true, "profit", "bfd:45:1:d")
	case event == "request_surrender_value" && isLife && !rule.Fails(in.Requested):
		out.answer(true, "surrender", "bfd:45:1:e")
	case event == "fund_management" && isLife:
		out.answer(true, "fund", "bfd:45:1:f")
	case event == "natural_value_change":
		out.answer(false, "natural", lid+":c")
	case in.Event != nil:
		out.answer(false, "no_duty", lid)
	}
	if in.InConditions != nil && rule.Holds(out.Inform) && (letter != "" || conditions) {
		out.Conditions, out.Separate = new(*in.InConditions || conditions), new(!*in.InConditions)
		out.Say("notices", lid+":b")
	}
	if in.Months == nil || !isLife {
		return
	}
	if in.Months.Cmp(money.Whole(12)) > 0 {
		out.Hold("bfd:45:1:d", "profit_late")
	}
	out.Close("profit_in_time", "bfd:45:1:d")
}

// credit answers article 49.
func (out *TermOut) credit(in TermIn) {
	switch event := rule.Word(in.Event); event {
	case "rate_change":
		out.answer(true, "rate", "bfd:49:1")
		if rule.Fails(in.ChargeStated) {
			out.Hold("bfd:49:1", "no_charge")
		}
		if rule.Fails(in.RateStated) {
			out.Hold("bfd:49:1", "no_rate")
		}
		out.Close("rate_told", "bfd:49:1")
	case "balance_request":
		out.onRequest(in, !rule.Fails(in.Requested), "bfd:49:2")
		if in.Fee != nil && in.ActualCost != nil && in.Fee.Cmp(*in.ActualCost) > 0 {
			out.Hold("bfd:49:2", "fee_above_cost")
		}
		out.Close("request_met", "bfd:49:2")
	case "final_account_request", "settled":
		out.onRequest(in, rule.Holds(in.Requested) || event == "final_account_request" && in.Requested == nil, "bfd:49:3")
		if in.Fee != nil && in.Fee.Sign() > 0 {
			out.Hold("bfd:49:3", "fee_for_account")
		}
		out.Close("request_met", "bfd:49:3")
		out.Say("shortly", "bfd:49:3")
	case "":
	default:
		out.answer(false, "no_duty", "bfd:49:1")
	}
}

func (out *TermOut) onRequest(in TermIn, asked bool, norm ident.Norm) {
	if asked {
		out.answer(true, "asked", norm)
	} else {
		out.answer(false, "not_asked", norm)
	}
}

var termTexts = map[string]string{
	"other_state":     "De consument woont in een andere lidstaat. De regels van die lidstaat gelden, ook tijdens de looptijd.",
	"by_analogy":      "Artikel 46, eerste lid, geldt via het tweede lid ook voor fondsvorming voor de uitvaart.",
	"identity":        "De verzekeraar verandert van naam, rechtsvorm of adres. Dat moet de consument weten.",
	"conditions":      "De polisvoorwaarden veranderen. De gewijzigde voorwaarden moeten aan de consument worden gestuurd.",
	"item":            "Dit onderwerp van de overeenkomst verandert. De consument moet dat weten.",
	"item_left_out":   "De reeks in onderdeel c slaat dit onderwerp over. Het besluit vraagt hier geen bericht; bij artikel 46 telt onderdeel m met item_m_as_conditions als wijziging van de voorwaarden.",
	"profit":          "De winstdeling wordt ieder jaar opgegeven.",
	"profit_late":     "De laatste opgave van de winstdeling is langer dan een jaar geleden.",
	"profit_in_time":  "De laatste opgave van de winstdeling is niet langer dan een jaar geleden.",
	"surrender":       "De consument vraagt naar de afkoop- of premievrije waarde. Die moet worden gegeven.",
	"fund":            "De uitkering hangt aan een beleggingsinstelling. Over het gevoerde beheer moet worden verteld.",
	"natural":         "De waarde verandert vanzelf, door premie en winstdeling. Dat is geen wijziging in juridische zin.",
	"no_duty":         "Voor deze gebeurtenis vraagt dit artikel geen bericht. De wet zelf kan meer vragen.",
	"notices":         "Blijkt de wijziging uit toegezonden nieuwe voorwaarden, dan hoeft er geen apart bericht bij.",
	"rate":            "De kredietvergoeding verandert. De consument moet dat weten.",
	"no_charge":       "De nieuwe kredietvergoeding is niet genoemd.",
	"no_rate":         "Het gewijzigde effectieve percentage op jaarbasis is niet genoemd.",
	"rate_told":       "De wijziging is gemeld met wat erbij hoort, voor zover hier opgegeven. Dat mag op het volgende rekeningafschrift.",
	"asked":           "De consument vraagt hierom. De aanbieder moet het geven.",
	"not_asked":       "De consument heeft hier niet om gevraagd. Het hoeft alleen op verzoek.",
	"fee_above_cost":  "De vergoeding is hoger dan de werkelijke kosten.",
	"fee_for_account": "Voor de afrekening is betaald. Zij moet kosteloos zijn.",
	"request_met":     "Er is niet te veel in rekening gebracht, voor zover hier opgegeven.",
	"shortly":         "De afrekening volgt binnen korte tijd. Het artikel geeft daarvoor geen getal.",
}

// PeriodicIn asks whether the yearly information on an investment object is right.
type PeriodicIn struct {
	Product    *string          `json:"product"`
	Valuations *[]calendar.Date `json:"valuations"`
	AsOf       *calendar.Date   `json:"as_of"` // on which the next one must not be overdue
	Expert     *bool            `json:"valuer_independent"`
	Auditor    *string          `json:"auditor_employed_by"`
	Split      *[]string        `json:"cost_split"`
}

var (
	ownGroup = []string{"group", "provider", "firm", "parent", "subsidiary"}
	outside  = []string{"independent", "independent_firm", "audit_firm", "own_firm", "other", "none"}
	costs    = []string{"sales", "production", "management", "administration"}
)

// Check asks for an investment object, and for an auditor whose place is known.
func (in PeriodicIn) Check() []fault.Detail {
	wrong := wantWord("/auditor_employed_by", in.Auditor, "Kies group, provider, independent of none.", slices.Concat(ownGroup, outside)...)
	if in.Product != nil {
		wrong = append(wantKind(in.Product, "Kies investment_object.", object), wrong...)
	}
	return wrong
}

// PeriodicOut is the answer of PeriodicInformation.
type PeriodicOut struct {
	law.Finding
	Missing []string `json:"missing,omitempty"`
}

// PeriodicInformation decides whether accounts and valuation of an investment
// object are as they must: audited by who is not in the group, with costs split in
// four, and valued again no later than the same day a year on. Norm bfd:48:1.
var PeriodicInformation = rule.New("periodic_information", 1, []ident.Norm{"bfd:1::a", "bfd:48:1:a", "bfd:48:1:b"}, periodic,
	rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"auditor":      "De accountant is in dienst van de aanbieder of zijn groep. Zo iemand is geen accountant in de zin van het besluit.",
		"split":        "De toelichting op de jaarrekening splitst de kosten niet volledig: {missing}.",
		"no_valuation": "Er is geen waardering van de serie.",
		"late":         "Na de waardering van {from} had de volgende uiterlijk op {due} moeten komen.",
		"not_separate": "De waardering is niet opgesteld door een onafhankelijke deskundige.",
		"all_in_order": "De jaarrekening en de waardering zijn in orde, voor zover hier opgegeven.",
	}))

func periodic(in PeriodicIn) PeriodicOut {
	var out PeriodicOut
	if slices.Contains(ownGroup, rule.Word(in.Auditor)) {
		out.Hold("bfd:48:1:a", "auditor")
	}
	for _, c := range costs {
		if in.Split != nil && !among(in.Split, c) {
			out.Missing = append(out.Missing, c)
		}
	}
	if out.Missing != nil {
		out.Hold("bfd:48:1:a", "split", "missing", strings.Join(out.Missing, ", "))
	}
	if rule.Fails(in.Expert) {
		out.Hold("bfd:48:1:b", "not_separate")
	}
	if in.Valuations != nil {
		out.valuations(*in.Valuations, in.AsOf)
	}
	out.Close("all_in_order", "bfd:48:1:b")
	return out
}

// valuations holds each day against the one before it.
func (out *PeriodicOut) valuations(days []calendar.Date, asOf *calendar.Date) {
	if len(days) == 0 {
		out.Hold("bfd:48:1:b", "no_valuation")
		return
	}
	sorted := slices.SortedFunc(slices.Values(days), calendar.Date.Compare)
	if asOf != nil && asOf.After(sorted[len(sorted)-1]) {
		sorted = append(sorted, *asOf)
	}
	for i := 1; i < len(sorted); i++ {
		if due := sorted[i-1].AddMonths(12); sorted[i].After(due) {
			out.Hold("bfd:48:1:b", "late", "from", sorted[i-1].String(), "due", due.String())
		}
	}
}
