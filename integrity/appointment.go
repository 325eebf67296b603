package integrity

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

// AppointmentIn asks whether somebody was appointed too early, and whether an
// earlier assessment still stands. What is absent is not at issue.
type AppointmentIn struct {
	Role                   *string                  `json:"role"`
	AssessmentCommunicated canon.Opt[calendar.Date] `json:"assessment_communicated"` // the supervisor's message that there is no doubt; null: none
	Appointed              *calendar.Date           `json:"appointed"`
	EarlierPositive        canon.Opt[string]        `json:"earlier_positive"` // the act under which it was established before; null: never
	ChangedFacts           *bool                    `json:"changed_facts"`    // which give reasonable cause to assess anew
	YearsOutsideSector     *money.Decimal           `json:"years_outside_sector"`
}

var (
	policyMakers = []string{"policy_maker", "co_policy_maker", "day_to_day_policy_maker", "director"}
	otherRoles   = []string{"employee", "client_facing", "client_staff", "manager", "other", "adviser", "advisor", "temp"}
)

// Check asks for a role that is known.
func (in AppointmentIn) Check() []fault.Detail {
	if in.Role != nil && !slices.Contains(policyMakers, *in.Role) && !slices.Contains(otherRoles, *in.Role) {
		return []fault.Detail{rule.Unknown("/role", "Kies policy_maker of co_policy_maker, of een andere functie zoals employee of manager.")}
	}
	return nil
}

// NewAssessment is whether the supervisor must assess anew.
type NewAssessment string

// The three answers. May is for a long absence from the sector, for which the
// source has no threshold: somebody must look.
const (
	MustAssess NewAssessment = "yes"
	NeedNot    NewAssessment = "no"
	May        NewAssessment = "may_reassess"
)

// Canon writes true, false, or that the supervisor may.
func (n NewAssessment) Canon() any {
	switch n {
	case MustAssess:
		return true
	case NeedNot:
		return false
	}
	return string(n)
}

// Shape says in a schema what Canon writes.
func (NewAssessment) Shape() canon.Shape { return canon.Shape{Types: []string{"boolean", "string"}} }

// AppointmentOut is the answer of Appointment.
type AppointmentOut struct {
	rule.Why
	law.Breach
	NewAssessmentNeeded *NewAssessment `json:"new_assessment_needed"` // absent where no earlier one is at issue
}

// Appointment1 decides whether a policy maker was appointed only after the
// supervisor's message (article 7), and whether an earlier one suffices (8).
//
// The day of the message counts as after it. What was established once stands
// for every employer and without a term, until facts change (note to 8).
var Appointment1 = rule.New("appointment", 1, []ident.Norm{"bfd:7", "bfd:8"},
	func(in AppointmentIn) AppointmentOut { return appointment(AbsenceIn{AppointmentIn: in}) },
	rule.Profile(rule.Bfd2005), rule.Texts(appointmentTexts))

var appointmentTexts = map[string]string{
	"no_policy_maker":      "Deze functie bepaalt het beleid niet en bepaalt het ook niet mee. De artikelen 7 en 8 gelden niet.",
	"earlier_stands":       "De betrouwbaarheid is eerder vastgesteld onder een wet die artikel 8 noemt. Dat blijft gelden, ook bij een andere werkgever en zonder termijn.",
	"earlier_not_listed":   "De eerdere beoordeling berust niet op een wet die artikel 8 noemt. Een nieuwe beoordeling is nodig.",
	"never_assessed":       "De betrouwbaarheid is niet eerder vastgesteld. De toezichthouder moet haar eerst beoordelen.",
	"changed_facts":        "Feiten of omstandigheden zijn veranderd en geven redelijke aanleiding voor een nieuwe beoordeling.",
	"long_absence":         "Deze persoon werkte buiten de financiële sector. Een geruime periode kan voor de toezichthouder aanleiding zijn om opnieuw te toetsen. Het besluit noemt geen aantal jaren: laat iemand dit beoordelen.",
	"after_message":        "De benoeming ligt niet vóór de mededeling van de toezichthouder. De dag van de mededeling zelf telt als daarna.",
	"before_message":       "De benoeming van {appointed} ligt vóór de mededeling van de toezichthouder van {communicated}.",
	"no_message":           "De toezichthouder heeft nog niet meegedeeld dat de betrouwbaarheid buiten twijfel staat. Een benoeming zonder die mededeling is te vroeg.",
	"message_not_given":    "Over de mededeling van de toezichthouder is niets opgegeven. Zij is daarom niet beoordeeld.",
	"no_new_message":       "Omdat de eerdere beoordeling blijft gelden, hoeft de benoeming niet op een nieuwe mededeling te wachten.",
	"nothing_appointed":    "Er is geen benoeming opgegeven. Er is dus nog niets overtreden.",
	"policy_maker_assumed": "De functie is niet opgegeven. Aangenomen is dat zij het beleid bepaalt of medebepaalt.",
}

// listed are the acts of article 8, in lower case and without spaces. The year
// may be left out.
var listed = []string{
	"wfd", "wetfinanciëledienstverlening",
	"wte", "wte1995", "wettoezichteffectenverkeer", "wettoezichteffectenverkeer1995",
	"wtb", "wettoezichtbeleggingsinstellingen",
	"wtk", "wtk1992", "wettoezichtkredietwezen", "wettoezichtkredietwezen1992",
	"wtv", "wtv1993", "wettoezichtverzekeringsbedrijf", "wettoezichtverzekeringsbedrijf1993",
	"wtn", "wettoezichtnaturauitvaartverzekeringsbedrijf",
}

// inArticle8 reports whether article 8 names the act.
func inArticle8(act string) bool {
	return slices.Contains(listed, strings.NewReplacer(" ", "", "-", "", "_", "").Replace(strings.ToLower(act)))
}

func appointment(in AbsenceIn) AppointmentOut {
	var out AppointmentOut
	switch {
	case in.Role == nil:
		out.Say("policy_maker_assumed", "bfd:7")
	case slices.Contains(otherRoles, *in.Role):
		out.Breach = law.Held()
		out.Say("no_policy_maker", "bfd:7")
		return out
	}
	out.earlier(in)
	out.Breach = law.Held(out.early(in.AppointmentIn)...)
	return out
}

// earlier answers whether a new assessment is needed.
func (out *AppointmentOut) earlier(in AbsenceIn) {
	answer := func(n NewAssessment, code string) {
		out.NewAssessmentNeeded = &n
		out.Say(code, "bfd:8")
	}
	away := in.YearsOutsideSector != nil && in.YearsOutsideSector.Sign() > 0
	switch {
	case in.EarlierPositive.Null:
		answer(MustAssess, "never_assessed")
	case in.EarlierPositive.Given && !inArticle8(in.EarlierPositive.V):
		answer(MustAssess, "earlier_not_listed")
	case rule.Holds(in.ChangedFacts):
		answer(MustAssess, "changed_facts")
	case away && rule.Word(in.Absence) == Reassesses:
		answer(MustAssess, "absence_reassessed")
	case away && rule.Word(in.Absence) == NoCause:
		answer(NeedNot, "absence_no_cause")
	case away:
		answer(May, "long_absence")
	case in.EarlierPositive.Given || rule.Fails(in.ChangedFacts) || in.YearsOutsideSector != nil:
		answer(NeedNot, "earlier_stands")
	}
}

// early returns article 7 where the appointment came before the message.
func (out *AppointmentOut) early(in AppointmentIn) []ident.Norm {
	stands := in.EarlierPositive.Given && out.NewAssessmentNeeded != nil && *out.NewAssessmentNeeded != MustAssess
	switch told := in.AssessmentCommunicated; {
	case in.Appointed == nil:
		out.Say("nothing_appointed", "bfd:7")
	case stands:
		out.Say("no_new_message", "bfd:8")
	case !told.Given:
		out.Say("message_not_given", "bfd:7")
	case told.Null:
		out.Say("no_message", "bfd:7")
		return []ident.Norm{"bfd:7"}
	case in.Appointed.Before(told.V):
		out.Say("before_message", "bfd:7", "appointed", in.Appointed.String(), "communicated", told.V.String())
		return []ident.Norm{"bfd:7"}
	default:
		out.Say("after_message", "bfd:7")
	}
	return nil
}
