package licence

import (
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/law"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// CoverIn asks whether the liability of an intermediary is covered as it must be,
// by an insurance or by a guarantee. What is absent is not at issue.
type CoverIn struct {
	Activity        *string `json:"activity"`                      // what it does; only mediation in insurance and reinsurance needs cover
	CoveredAsTied   *bool   `json:"tied_and_covered_by_principal"` // a tied intermediary whose principal covers it
	MemberStatesAre *string `json:"member_states_are,omitempty"`   // reading of member state (lidstaat): "eea" or "eu"

	PerClaim  *money.Decimal `json:"per_claim"` // euros for each claim
	PerYear   *money.Decimal `json:"per_year"`  // euros for all claims of a year together
	Territory *string        `json:"territory"` // where errors are covered
	AsOf      *calendar.Date `json:"as_of"`
	Adjusted  []Adjusted     `json:"adjusted_amounts,omitempty"` // of the ministerial rules since 2008

	Policy            canon.Opt[string] `json:"policy"`             // a reference; null: there is no insurance
	InsurerAuthorised *bool             `json:"insurer_authorised"` // licence for general liability, or notified

	Facility            *string `json:"facility"` // "guarantee" or "insurance"
	Unconditional       *bool   `json:"unconditional"`
	Guarantor           *string `json:"guarantor"`      // "credit_institution"; nobody else may give it
	GuarantorSeat       *string `json:"guarantor_seat"` // country code
	GuarantorSupervised *bool   `json:"guarantor_supervised"`
}

// What makes the duty, and where errors must be covered.
var (
	coveredActivities = []string{"insurance_mediation", "reinsurance_mediation", "insurance", "reinsurance", "insurance_intermediary", "reinsurance_intermediary"}
	otherActivities   = []string{
		"credit_mediation", "mortgage_mediation", "savings_mediation", "investment_mediation", "investment_object_mediation", "mediation_other",
		"advice", "credit", "mortgage", "offering", "provider", "adviser", "advisor",
	}
	wideEnough = []string{"EEA", "EER", "world", "worldwide", "global"}
	tooNarrow  = []string{"EU", "Benelux", "home_country"}
)

// guarantee reports whether a guarantee takes the place of the insurance.
func (in CoverIn) guarantee() bool {
	return rule.Word(in.Facility) == "guarantee" ||
		(in.Facility == nil && (in.Unconditional != nil || in.Guarantor != nil || in.GuarantorSeat != nil || in.GuarantorSupervised != nil))
}

// wide reports whether the territory takes in the whole EEA, and whether the
// word is known. One country is never wide enough.
func (in CoverIn) wide() (is, known bool) {
	t := rule.Word(in.Territory)
	is = slices.Contains(wideEnough, t)
	return is, is || slices.Contains(tooNarrow, t) || isCountry(t)
}

func (in CoverIn) needed() (is, known bool) {
	if in.Activity == nil {
		return true, true
	}
	is = slices.Contains(coveredActivities, *in.Activity)
	return is, is || slices.Contains(otherActivities, *in.Activity)
}

// Check asks for words by which the cover can be judged.
func (in CoverIn) Check() (wrong []fault.Detail) {
	need, known := in.needed()
	if !known {
		wrong = append(wrong, rule.Unknown("/activity", "Kies wat de onderneming doet, zoals insurance_mediation, reinsurance_mediation of credit_mediation."))
	}
	if !need {
		return wrong
	}
	if _, known := in.wide(); in.Territory != nil && !known {
		wrong = append(wrong, rule.Unknown("/territory", "Kies EEA, world, EU of een landcode zoals NL."))
	}
	if f := rule.Word(in.Facility); in.Facility != nil && f != "guarantee" && f != "insurance" {
		wrong = append(wrong, rule.Unknown("/facility", "Kies insurance of guarantee."))
	}
	if in.GuarantorSeat != nil && in.guarantee() && !isCountry(*in.GuarantorSeat) {
		wrong = append(wrong, rule.Unknown("/guarantor_seat", "Geef het land van de zetel als code van twee hoofdletters, zoals NL."))
	}
	if m := rule.Word(in.MemberStatesAre); in.MemberStatesAre != nil && m != "eea" && m != "eu" {
		wrong = append(wrong, rule.Unknown("/member_states_are", "Kies eea of eu."))
	}
	return wrong
}

// CoverOut is the answer of LiabilityCover. Compliant is absent where only an
// amount decides that the decree does not hold.
type CoverOut struct {
	rule.Why
	law.Breach
	Duty   bool   `json:"duty"` // to have cover
	Status string `json:"status,omitempty"`
}

// LiabilityCover decides whether an insurance meets article 23, or a guarantee
// article 24. Bijlage 10 sets no fine on either.
var LiabilityCover = rule.New("liability_cover", 1,
	[]ident.Norm{"bfd:23:1", "bfd:23:2", "bfd:24:1", "bfd:24:2", "bfd:25"},
	liabilityCover, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"no_duty":                 "Alleen wie in verzekeringen of herverzekeringen bemiddelt, moet zijn beroepsaansprakelijkheid dekken. Hier geldt die plicht niet.",
		"tied_covered":            "De bemiddelaar is verbonden en zijn opdrachtgever dekt de aansprakelijkheid al. De toelichting bij artikel 25 kondigt daarvoor een vrijstelling aan; de vrijstellingsregeling zelf staat niet in de bron.",
		"duty":                    "Wie in verzekeringen of herverzekeringen bemiddelt, moet zijn beroepsaansprakelijkheid dekken met een verzekering of een onvoorwaardelijke garantstelling.",
		"no_cover":                "Er is geen verzekering, en ook geen garantstelling die haar vervangt.",
		"per_claim_low":           "De dekking per schadegeval ligt onder het minimum van € {least}.",
		"per_year_low":            "De dekking per jaar ligt onder het minimum van € {least}.",
		"territory_narrow":        "De dekking geldt niet op het hele grondgebied van de Europese Economische Ruimte.",
		"insurer_not_authorised":  "De verzekeraar heeft geen vergunning voor algemene aansprakelijkheid in Nederland en heeft ook de procedure voor een bijkantoor of dienstverrichting niet gevolgd.",
		"not_unconditional":       "De garantstelling is niet onvoorwaardelijk.",
		"group_guarantee":         "Een garantie van een groepsmaatschappij telt niet. Volgens de toelichting biedt een concerngarantie te weinig zekerheid.",
		"no_credit_institution":   "De garantstelling komt niet van een kredietinstelling.",
		"seat_not_listed":         "De kredietinstelling heeft haar zetel niet in een lidstaat, de Verenigde Staten, Japan, Australië, Canada of Zwitserland.",
		"member_states_eea":       "Onder lidstaat vallen hier ook de andere staten van de Europese Economische Ruimte. De omschrijving staat niet in de bron; met member_states_are kiest u een andere lezing.",
		"guarantor_no_supervisor": "De kredietinstelling staat niet onder toezicht in de staat van haar zetel, of staat in Nederland niet in het register.",
		"amounts_not_in_source":   "De bedragen zijn op {since} aangepast bij ministeriële regeling. Zij staan niet in het besluit: geef ze op met adjusted_amounts. De bedragen zijn daarom niet beoordeeld.",
		"well_covered":            "Er is niet gebleken dat de dekking tekortschiet.",
	}))

func liabilityCover(in CoverIn) CoverOut {
	var out CoverOut
	if need, _ := in.needed(); !need {
		out.Breach = law.Held()
		out.Say("no_duty", "bfd:23:1")
		return out
	}
	if rule.Holds(in.CoveredAsTied) {
		out.Breach = law.Held()
		out.Say("tied_covered", "bfd:25")
		return out
	}
	out.Duty = true
	out.Say("duty", "bfd:23:1")
	j := coverJudge{in: in, out: &out}
	if in.guarantee() {
		j.extent("bfd:24:1")
		j.guarantee()
	} else {
		j.extent("bfd:23:1")
		j.insurance()
	}
	if len(j.violated) == 0 && out.Status != "" {
		return out
	}
	out.Breach = law.Held(j.violated...)
	if len(j.violated) == 0 {
		out.Say("well_covered", "bfd:23:1")
	}
	return out
}

// A coverJudge gathers what is violated.
type coverJudge struct {
	in       CoverIn
	out      *CoverOut
	violated []ident.Norm
}

func (j *coverJudge) fail(code string, norm ident.Norm, values ...string) {
	j.violated = append(j.violated, norm)
	j.out.Say(code, norm, values...)
}

// extent judges amounts and territory, which are the same for both ways of cover.
func (j *coverJudge) extent(norm ident.Norm) {
	in := j.in
	if in.PerClaim != nil || in.PerYear != nil {
		j.amounts(norm)
	}
	if wide, _ := in.wide(); in.Territory != nil && !wide {
		j.fail("territory_narrow", norm)
	}
}

// amounts judges them against those of the day; without a day, against those
// that stand in the decree. "At least" is met by the amount itself.
func (j *coverJudge) amounts(norm ident.Norm) {
	least := Adjusted{PerClaim: basePerClaim, PerYear: basePerYear}
	if j.in.AsOf != nil {
		var known bool
		if least, known = amountsOn(*j.in.AsOf, j.in.Adjusted); !known {
			since, _ := adjustment(*j.in.AsOf)
			j.out.Status = parameterMissing
			j.out.Say("amounts_not_in_source", "bfd:25", "since", since.String())
			return
		}
	}
	if a := j.in.PerClaim; a != nil && a.Cmp(least.PerClaim) < 0 {
		j.fail("per_claim_low", norm, "least", least.PerClaim.String())
	}
	if a := j.in.PerYear; a != nil && a.Cmp(least.PerYear) < 0 {
		j.fail("per_year_low", norm, "least", least.PerYear.String())
	}
}

func (j *coverJudge) insurance() {
	if j.in.Policy.Null {
		j.fail("no_cover", "bfd:23:1")
	}
	if rule.Fails(j.in.InsurerAuthorised) {
		j.fail("insurer_not_authorised", "bfd:23:2")
	}
}

func (j *coverJudge) guarantee() {
	in := j.in
	if rule.Fails(in.Unconditional) {
		j.fail("not_unconditional", "bfd:24:1")
	}
	switch who := rule.Word(in.Guarantor); {
	case who == "group_company" || who == "parent":
		j.fail("group_guarantee", "bfd:24:2")
	case in.Guarantor != nil && who != "credit_institution" && who != "bank":
		j.fail("no_credit_institution", "bfd:24:2")
	}
	if in.GuarantorSeat != nil {
		switch memberState, efta := isMember(*in.GuarantorSeat, in.AsOf); {
		case slices.Contains(namedSeats, *in.GuarantorSeat) || memberState:
		case efta && rule.Word(in.MemberStatesAre) != "eu":
			j.out.Say("member_states_eea", "bfd:24:2")
		default:
			j.fail("seat_not_listed", "bfd:24:2")
		}
	}
	if rule.Fails(in.GuarantorSupervised) {
		j.fail("guarantor_no_supervisor", "bfd:24:2")
	}
}
