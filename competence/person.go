package competence

import (
	"slices"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// PersonIn asks whether somebody may do this work on a day by their diplomas.
type PersonIn struct {
	AsOf          *calendar.Date `json:"as_of"`                // commencement when absent
	Commencement  *calendar.Date `json:"commencement"`         // of the decree
	ClientContact *bool          `json:"client_contact"`       // about the content of the service
	Role          *string        `json:"role"`                 // "authorised_agent" (gevolmachtigde agent), or any other
	Activities    []Activity     `json:"activities,omitempty"` // what is sold or advised
	Diplomas      []Diploma      `json:"diplomas,omitempty"`
	Years         *money.Decimal `json:"experience_years_in_window"`
	Periods       []Period       `json:"experience_periods,omitempty"`
	Annex6        *calendar.Date `json:"annex6_met_on"` // in the way the minister set
	Annex3        *calendar.Date `json:"annex3_met_on"`
	Education     []Education    `json:"pe,omitempty"`

	// The other readings of what the text leaves open.
	MinisterOnly *bool `json:"annex6_only_as_minister_set"` // another diploma for annex 6 does not meet the condition of article 72
	SEHStrict    *bool `json:"seh_annex3_only_when_met"`    // also before 1 October 2007
	LateExam     *bool `json:"late_exam_repairs"`           // article 18(2) names only the terms for permanent education
	AgentToo     *bool `json:"agent_product_annexes"`       // an agent must meet the annexes of the products too
}

// Check refuses products that the rule must choose by and does not know.
func (in PersonIn) Check() (wrong []fault.Detail) {
	for i, a := range in.Activities {
		for _, p := range append([]string{a.Product}, a.Linked...) {
			if wordOf(p) == "" {
				wrong = append(wrong, rule.Unknown("/activities/"+strconv.Itoa(i), "Noem een product dat deze regel kent, zoals mortgage_credit, consumer_credit, non_life, life, investing_a, investing_b, building, contents, disability, term_life, savings of funeral_in_kind."))
				break
			}
		}
	}
	return wrong
}

// PersonOut says whether the person counts as competent (deskundig), which
// annexes the work asks, and which of these are not covered.
type PersonOut struct {
	rule.Why
	Result   string `json:"result"` // "competent", "not_competent" or "out_of_scope"
	Required []int  `json:"required"`
	Missing  []int  `json:"missing"`
}

// agentRoles are the roles of article 16(2).
var agentRoles = []string{"authorised_agent", "sub_authorised_agent", "authorised_sub_agent"}

func person(in PersonIn) PersonOut {
	out := PersonOut{Result: "out_of_scope", Required: []int{}, Missing: []int{}}
	if rule.Fails(in.ClientContact) {
		out.Say("no_client_contact", "bfd:16:1")
		return out
	}
	h := &holder{PersonIn: in, why: &out.Why}
	h.settle()
	needs := h.needs()
	covered := h.covered()
	for _, n := range needs {
		for _, a := range n.annexes {
			out.Required = include(out.Required, a)
			if !covered.by(a, n) {
				out.Missing = include(out.Missing, a)
			}
		}
	}
	out.Result = "competent"
	if len(out.Missing) > 0 {
		out.Result = "not_competent"
		out.Say("missing", "bfd:17:1:a", "annexes", numbers(out.Missing))
	} else {
		out.Say("all_covered", "bfd:17:1:a", "annexes", numbers(out.Required))
	}
	return out
}

// A holder is the person with the days on which they are judged.
type holder struct {
	PersonIn
	on, commencement calendar.Date
	why              *rule.Why
}

func (h *holder) settle() {
	h.commencement = assumedCommencement
	if h.Commencement != nil {
		h.commencement = *h.Commencement
	} else {
		h.why.Say("commencement_assumed", "bfd:83", "commencement", h.commencement.String())
	}
	h.on = h.commencement
	if h.AsOf != nil {
		h.on = *h.AsOf
	} else {
		h.why.Say("no_day_given", "bfd:16:1", "day", h.on.String())
	}
}

// assumedCommencement is the day the desk takes when none is given.
var assumedCommencement = calendar.MustParse("2006-01-01")

// needs returns the modules that the work asks, annex 1 always among them.
func (h *holder) needs() []need {
	needs := []need{{module: module{annexes: []int{1}}}}
	if slices.Contains(agentRoles, rule.Word(h.Role)) {
		h.why.Say("agent", "bfd:16:2")
		needs = append(needs, need{module: module{annexes: []int{8}}})
		if !rule.Holds(h.AgentToo) {
			return needs
		}
	}
	for _, a := range h.Activities {
		for _, n := range needsOf(a, h.Activities) {
			needs = append(needs, n)
			h.explain(a, n)
		}
	}
	if len(h.Activities) == 0 {
		h.why.Say("basic_only", "bfd:16:1")
	}
	return needs
}

func (h *holder) explain(a Activity, n need) {
	switch {
	case n.under != "":
		h.why.Say("sold_along", n.cite(), "cover", productNames[n.under], "annexes", numbers(n.annexes))
	case len(n.annexes) == 0:
		h.why.Say("no_module", "bfd:16:1", "product", productName(a.Product))
	default:
		h.why.Say("asks", n.cite(), "product", productName(n.kind), "annexes", numbers(n.annexes))
	}
	if n.under == "" && wordOf(a.Product) == "term_life" && n.kind == "life" {
		h.why.Say("term_life_alone", "bfd:16:1:d")
	}
}

// include adds a number to a sorted list once.
func include(list []int, n int) []int {
	at, found := slices.BinarySearch(list, n)
	if found {
		return list
	}
	return slices.Insert(list, at, n)
}

func numbers(list []int) string {
	words := make([]string, len(list))
	for i, n := range list {
		words[i] = strconv.Itoa(n)
	}
	if len(words) > 1 {
		return strings.Join(words[:len(words)-1], ", ") + " en " + words[len(words)-1]
	}
	return strings.Join(words, "")
}

// CompetencePerson is the rule on the diplomas of one person (articles 16 to 18
// and 72).
var CompetencePerson = rule.New("competence_person", 1,
	[]ident.Norm{
		"bfd:16:1", "bfd:16:1:a", "bfd:16:1:b", "bfd:16:1:c", "bfd:16:1:d", "bfd:16:1:e", "bfd:16:1:f", "bfd:16:2", "bfd:17:1:a",
		"bfd:18:1", "bfd:18:1:a", "bfd:18:1:b", "bfd:18:2", "bfd:21:1", "bfd:72:1", "bfd:72:2", "bfd:72:3", "bfd:72:4", "bijlage11",
	}, person, rule.Profile(rule.Bfd2005), rule.Texts(personTexts))
