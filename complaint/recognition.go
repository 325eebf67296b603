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

// The bodies that the minister recognises.
const (
	Institute  = "exam_institute" // exameninstituut, article 20
	DisputeOne = "dispute_body"   // geschilleninstantie, article 53
)

// RecognitionIn asks about the recognition (erkenning) of a body by the minister:
// whether it can be given, have conditions, be withdrawn, and how it is told.
// Only what is given is answered.
type RecognitionIn struct {
	Body        *string   `json:"body"`
	CanMeet     *[]string `json:"can_meet"`     // provisions the applicant has shown it can meet, such as "21:2" or "54"
	Funded      *bool     `json:"state_funded"` // a university (article 21(9))
	Existing    *bool     `json:"existing"`     // the recognition was already given
	Condition   *string   `json:"condition"`    // voorschrift
	DataRequest *bool     `json:"data_request"` // by the minister (article 22)
	Answered    *bool     `json:"answered"`

	Ground    *string `json:"ground"` // why withdrawal is thought of: "request" of the body, or any other
	Art21     *bool   `json:"article_21_met"`
	Art22     *bool   `json:"article_22_met"`
	Arts5458  *bool   `json:"articles_54_58_met"`
	Figures   *bool   `json:"article_53_4_met"`
	Met       *bool   `json:"conditions_met"`
	False     *bool   `json:"data_false"`
	Refused   *bool   `json:"would_have_been_refused"`
	Otherwise *bool   `json:"would_have_had_conditions"`

	Announced *bool   `json:"announced_in_staatscourant"`
	By        *string `json:"recognised_by"`
}

// RecognitionOut answers what was asked.
type RecognitionOut struct {
	rule.Why
	Recognisable *bool     `json:"recognisable"`
	Missing      *[]string `json:"missing"`
	Allowed      *bool     `json:"allowed"` // may the minister make this condition
	Compliant    *bool     `json:"compliant"`
	Violated     *[]string `json:"violated"`
	Withdrawal   *bool     `json:"withdrawal_possible"`
	Ground       string    `json:"ground,omitempty"`
	ForBfd       *bool     `json:"recognised_for_bfd"`
}

// body returns which body is asked about: as given, or as the provisions tell.
func (in RecognitionIn) body() string {
	if b := rule.Word(in.Body); b != "" {
		return b
	}
	if in.Art21 != nil || in.Art22 != nil || in.DataRequest != nil || in.Funded != nil {
		return Institute
	}
	if in.Arts5458 != nil || in.Figures != nil {
		return DisputeOne
	}
	if in.CanMeet != nil && len(*in.CanMeet) > 0 {
		if strings.HasPrefix(trimmed((*in.CanMeet)[0]), "21") {
			return Institute
		}
		return DisputeOne
	}
	if in.withdrawn() {
		return DisputeOne // the grounds of both are the same
	}
	return ""
}

func trimmed(provision string) string { return strings.TrimPrefix(provision, "bfd:") }

// withdrawn reports whether withdrawal is asked about.
func (in RecognitionIn) withdrawn() bool {
	return in.Ground != nil || in.Art21 != nil || in.Art22 != nil || in.Arts5458 != nil || in.Figures != nil ||
		in.Met != nil || in.False != nil || in.Refused != nil || in.Otherwise != nil
}

// Check asks for the body where the answer turns on it.
func (in RecognitionIn) Check() []fault.Detail {
	switch in.body() {
	case Institute, DisputeOne:
		return nil
	case "":
		if in.CanMeet == nil && in.Announced == nil {
			return nil
		}
		return []fault.Detail{rule.Missing("/body", "Kies exam_institute of dispute_body.")}
	}
	return []fault.Detail{rule.Unknown("/body", "Kies exam_institute of dispute_body.")}
}

// asked are the provisions that an applicant must show it can meet, by body, with
// the leden that together make up an article.
var asked = map[string][]string{
	Institute:  {"21:2", "21:3", "21:5", "21:6", "21:7"},
	DisputeOne: {"54", "55", "56", "57", "58"},
}

var leden = map[string][]string{"54": {"54:1", "54:2", "54:3", "54:4"}, "55": {"55:1", "55:2"}}

func recognition(in RecognitionIn) (out RecognitionOut) {
	body := in.body()
	if in.CanMeet != nil {
		out.recognisable(in, body)
	}
	if in.Condition != nil {
		out.condition(in, body)
	}
	var violated []ident.Norm
	if rule.Holds(in.DataRequest) {
		violated = append(violated, out.data(in, body)...)
	}
	if in.Announced != nil {
		norm := pick(body, "bfd:20:5", "bfd:53:6")
		if !*in.Announced {
			violated = append(violated, norm)
			out.Say("not_announced", norm)
		} else {
			out.Say("announced", norm)
		}
	}
	if in.Announced != nil || in.DataRequest != nil {
		out.Compliant = new(len(violated) == 0)
		if len(violated) > 0 {
			out.Violated, _ = broken(violated...)
		}
	}
	if in.withdrawn() {
		out.withdrawal(in, body)
	}
	if in.By != nil {
		out.by(*in.By, body)
	}
	if len(out.Because) == 0 {
		out.Say("nothing_asked", pick(body, "bfd:20:1", "bfd:53:1"))
	}
	return out
}

func pick(body string, institute, dispute ident.Norm) ident.Norm {
	if body == Institute {
		return institute
	}
	return dispute
}

// recognisable holds what the applicant has shown against what it must show.
func (out *RecognitionOut) recognisable(in RecognitionIn, body string) {
	shown := make([]string, len(*in.CanMeet))
	for i, p := range *in.CanMeet {
		shown[i] = trimmed(p)
	}
	missing := []string{}
	for _, p := range asked[body] {
		article, _, _ := strings.Cut(p, ":")
		whole := slices.Contains(shown, p) || slices.Contains(shown, article)
		if parts := leden[p]; !whole && parts != nil {
			whole = !slices.ContainsFunc(parts, func(l string) bool { return !slices.Contains(shown, l) })
		}
		if !whole && rule.Holds(in.Funded) && (p == "21:2" || p == "21:3") {
			out.Say("funded", "bfd:21:9")
			continue
		}
		if !whole {
			missing = append(missing, p)
			out.Say("not_shown", pick(body, "bfd:20:1", "bfd:53:1"), "provision", ident.Norm("bfd:"+p).Dutch())
		}
	}
	out.Recognisable, out.Missing = new(len(missing) == 0), &missing
	if len(missing) == 0 {
		out.Say("all_shown", pick(body, "bfd:20:1", "bfd:53:1"))
	}
	if body == Institute {
		out.Say("no_21_4", "bfd:20:1")
	}
}

// condition: a condition may be made at any time; it is none for getting the
// recognition (note).
func (out *RecognitionOut) condition(in RecognitionIn, body string) {
	out.Allowed = new(true)
	code := "condition_new"
	if rule.Holds(in.Existing) {
		code = "condition_existing"
	}
	out.Say(code, pick(body, "bfd:20:3", "bfd:53:3"))
}

// data: an institute gives the minister what he asks for; the decree asks that of
// no dispute body.
func (out *RecognitionOut) data(in RecognitionIn, body string) []ident.Norm {
	switch {
	case body != Institute && body != "":
		out.Say("no_data_duty", "bfd:53:4")
	case rule.Fails(in.Answered):
		out.Say("data_withheld", "bfd:22")
		return []ident.Norm{"bfd:22"}
	default:
		out.Say("data_given", "bfd:22")
	}
	return nil
}

// withdrawal goes through the grounds in their order. There are no others.
func (out *RecognitionOut) withdrawal(in RecognitionIn, body string) {
	base := pick(body, "bfd:20:4", "bfd:53:5")
	ground, code := "", ""
	breached := rule.Fails(in.Art21) || rule.Fails(in.Art22)
	if body == DisputeOne {
		breached = rule.Fails(in.Arts5458) || rule.Fails(in.Figures)
	}
	switch {
	case slices.Contains([]string{"request", "own_request", "on_request", "request_of_body"}, strings.ReplaceAll(rule.Word(in.Ground), " ", "_")):
		ground, code = "a", "on_request"
	case rule.Holds(in.False) && (rule.Holds(in.Refused) || rule.Holds(in.Otherwise)):
		ground, code = "b", "false_data"
	case breached:
		ground, code = "c", "no_longer_met"
	case rule.Fails(in.Met):
		ground, code = "c", "condition_not_met"
	}
	out.Withdrawal = new(ground != "")
	if ground == "" {
		out.Say("no_ground", base)
		return
	}
	out.Ground = string(base) + ":" + ground
	out.Say(code, ident.Norm(out.Ground))
	if body == DisputeOne && ground == "c" {
		out.Say("names_a_power", "bfd:53:5:c")
	}
}

// by: only the minister of Finance recognises under the decree. A recognition of
// dispute committees by the minister of Justice is another.
func (out *RecognitionOut) by(who, body string) {
	who = strings.ToLower(who)
	own := strings.Contains(who, "financ") || strings.Contains(who, "financiën") || who == "onze minister"
	out.ForBfd = &own
	if own {
		out.Say("by_finance", pick(body, "bfd:20:1", "bfd:53:1"))
	} else {
		out.Say("by_another", pick(body, "bfd:20:1", "bfd:53:1"))
	}
}

// TermIn asks by when the minister must decide on an application.
type TermIn struct {
	Body        *string        `json:"body"`
	Application *calendar.Date `json:"application"`
	Extensions  *int           `json:"extensions"`
}

// Check asks for the application, and refuses fewer than no extensions.
func (in TermIn) Check() (wrong []fault.Detail) {
	if in.Application == nil {
		wrong = append(wrong, rule.Missing("/application", "Noem de dag waarop de aanvraag is ingediend."))
	}
	if in.Extensions != nil && *in.Extensions < 0 {
		wrong = append(wrong, fault.Detail{Pointer: "/extensions", Reason: canon.CodeRange, Text: "Geef 0, 1 of 2 verlengingen."})
	}
	return wrong
}

// BodyTermIn asks the same of a body that must be known: absent, a dispute body.
type BodyTermIn struct{ TermIn }

// Check refuses a body that is neither, beside what TermIn asks.
func (in BodyTermIn) Check() []fault.Detail {
	wrong := in.TermIn.Check()
	if b := rule.Word(in.Body); in.Body != nil && b != Institute && b != DisputeOne {
		wrong = append(wrong, rule.Unknown("/body", "Kies exam_institute of dispute_body."))
	}
	return wrong
}

// TermOut is the last day on which the minister can decide in time.
type TermOut struct {
	rule.Why
	DecideBy calendar.Date `json:"decide_by"`
}

// How long the minister has, in months, and how often that can be made longer.
const (
	decideMonths   = 4
	extendMonths   = 2
	mostExtensions = 2
)
