package complaint

import (
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// MemberIn asks whether a member of the organ is independent by what they did
// before and do beside it. Left is the last working day at a firm or trade body;
// null where the member never worked there.
type MemberIn struct {
	Left       canon.Opt[calendar.Date] `json:"left"`
	Office     *calendar.Date           `json:"office"` // the day of taking office
	Function   *string                  `json:"function_during_office"`
	Concerned  *bool                    `json:"disputes_can_be_brought"` // about products of that firm; taken to be so
	StillThere *bool                    `json:"still_working_there"`
}

// MemberOut says whether the member is independent.
type MemberOut struct {
	rule.Why
	Independent bool `json:"independent"`
}

var (
	tradeWords = []string{"association", "trade", "branch", "brancheorganisatie", "beroepsorganisatie", "professional body", "sector organisation"}
	firmWords  = []string{"provider", "insurer", "bank", "intermediary", "adviser", "advisor", "agent", "broker", "firm", "employee", "director", "supervisory board", "aanbieder", "bemiddelaar"}
	otherWords = []string{"none", "university", "professor", "teacher", "judge", "court", "lawyer", "ministry", "supervisor", "consumer", "government", "retired"}
)

func anyOf(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

func (in MemberIn) function() string {
	return strings.ReplaceAll(strings.ToLower(rule.Word(in.Function)), "_", " ")
}

// Check asks for the day of taking office where it matters, and refuses a
// function that the rule cannot place.
func (in MemberIn) Check() (wrong []fault.Detail) {
	if f := in.function(); f != "" && !anyOf(f, tradeWords) && !anyOf(f, firmWords) && !anyOf(f, otherWords) {
		wrong = append(wrong, rule.Unknown("/function_during_office", "Noem de functie met een woord dat deze regel kent, zoals trade association, financial service provider, university, judge of none."))
	}
	if in.Office == nil && in.Left.Given && !in.Left.Null {
		wrong = append(wrong, rule.Missing("/office", "Noem de dag waarop het lid zijn functie aanvaardde."))
	}
	return wrong
}

// freeYear are the months before taking office in which a member may not have
// worked in the sector.
const freeYear = 12

func member(in MemberIn) (out MemberOut) {
	f := in.function()
	function := other
	switch {
	case anyOf(f, tradeWords):
		function = tradeBody
	case anyOf(f, firmWords) && !anyOf(f, otherWords):
		function = firm
	}
	return out.judge(in, false, function)
}

// A place is where somebody works, or holds an office.
type place int

// The places that matter to article 54(2).
const (
	other place = iota
	firm
	tradeBody
)

// judge holds a member against the free year and the time in office. What they did
// before at a body of the trade counts whoever the firms are that disputes can be about.
func (out MemberOut) judge(in MemberIn, fromTrade bool, function place) MemberOut {
	out.Independent = true
	fails := func(norm ident.Norm, code string, values ...string) {
		out.Independent = false
		out.Say(code, norm, values...)
	}
	if !in.Left.Null && in.Left.Given && in.Office != nil {
		left, from := in.Left.V, in.Office.AddMonths(-freeYear)
		switch {
		case rule.Fails(in.Concerned) && !fromTrade:
			out.Say("not_concerned", "bfd:54:2:a")
		case left.Before(from):
			out.Say("long_enough", "bfd:54:2:a", "left", left.String(), "from", from.String())
		default:
			fails("bfd:54:2:a", "too_recent", "left", left.String(), "from", from.String())
		}
	} else {
		out.Say("never_worked_there", "bfd:54:2:a")
	}
	switch {
	case function == tradeBody:
		fails("bfd:54:2:b", "trade_body")
	case function == firm && rule.Fails(in.Concerned):
		out.Say("not_concerned", "bfd:54:2:b")
	case function == firm || rule.Holds(in.StillThere):
		fails("bfd:54:2:b", "works_there")
	}
	return out
}

// MemberIndependence1 is MemberIndependence, and takes a function for none at a firm
// as soon as one of its words is of another place.
var MemberIndependence1 = rule.New("member_independence", 1, []ident.Norm{"bfd:54:2:a", "bfd:54:2:b"}, member,
	rule.Profile(rule.Bfd2005), rule.Texts(memberTexts))

var memberTexts = map[string]string{
	"never_worked_there": "Er is geen werk in de sector in het jaar voor de aanvaarding gegeven.",
	"long_enough":        "De laatste werkdag in de sector ({left}) ligt voor {from}, meer dan een jaar voor de aanvaarding.",
	"too_recent":         "De laatste werkdag in de sector ({left}) ligt in het jaar voor de aanvaarding, dat begint op {from}.",
	"not_concerned":      "Over de producten van deze dienstverlener kunnen geen geschillen worden voorgelegd. Het werk daar telt niet.",
	"trade_body":         "Het lid heeft tijdens zijn functie ook een functie bij een beroepsorganisatie van financiële dienstverleners. Dat mag niet.",
	"works_there":        "Het lid werkt tijdens zijn functie ook voor een financiële dienstverlener. Dat mag niet.",
}

// ReportIn asks whether a recognised dispute body gave its yearly figures in time.
type ReportIn struct {
	Year *int           `json:"year"` // the calendar year that the figures are about
	Sent *calendar.Date `json:"sent"`
}

// Check asks for the year.
func (in ReportIn) Check() []fault.Detail {
	switch {
	case in.Year == nil:
		return []fault.Detail{rule.Missing("/year", "Noem het kalenderjaar waarover de opgave gaat.")}
	case *in.Year < 1 || *in.Year > 9998:
		return []fault.Detail{{Pointer: "/year", Reason: canon.CodeRange, Text: "Noem een jaartal zoals 2006."}}
	}
	return nil
}

// ReportOut says whether the figures came in time, and the last day for them.
type ReportOut struct {
	rule.Why
	Compliant bool          `json:"compliant"`
	Violated  *[]string     `json:"violated"`
	Due       calendar.Date `json:"due"`
}

// DisputeBodyReport is the rule on the yearly figures: within half a year after
// the calendar year, which is 30 June at the latest. An open dispatch is not judged.
var DisputeBodyReport = rule.New("dispute_body_report", 1, []ident.Norm{"bfd:53:4"}, func(in ReportIn) (out ReportOut) {
	due, err := calendar.New(*in.Year+1, 6, 30)
	if err != nil {
		panic(err) // cannot be: Check keeps the year in bounds
	}
	out.Compliant, out.Due = true, due
	switch {
	case in.Sent == nil:
		out.Say("not_sent_yet", "bfd:53:4", "due", due.String())
	case in.Sent.After(due):
		out.Say("late", "bfd:53:4", "due", due.String())
		out.Compliant = false
	case in.Sent.Year() <= *in.Year:
		out.Say("year_not_over", "bfd:53:4")
		out.Compliant = false
	default:
		out.Say("in_time", "bfd:53:4", "due", due.String())
	}
	if !out.Compliant {
		out.Violated, _ = broken("bfd:53:4")
	}
	return out
}, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"in_time":       "De opgave is op tijd gedaan: uiterlijk {due}.",
	"late":          "De opgave is te laat. De laatste dag was {due}.",
	"year_not_over": "De opgave is gedaan voordat het jaar voorbij was. Zij kan dan niet over het hele jaar gaan.",
	"not_sent_yet":  "De opgave moet uiterlijk op {due} zijn gedaan. Wanneer dat gebeurde, is niet gegeven.",
}))
