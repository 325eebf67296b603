package licence

import (
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/law"
	"zorgplicht/rule"
)

// ChangeIn asks whether a change was reported to the supervisor as it must be.
// What is absent is not at issue.
type ChangeIn struct {
	Change     *string                  `json:"change"`      // what changed; what is absent is taken as a datum of the register
	InRegister *bool                    `json:"in_register"` // whether that is a datum of the register; decides for words not known here
	ChangedOn  *calendar.Date           `json:"changed_on"`
	ReportedOn canon.Opt[calendar.Date] `json:"reported_on"` // null: not reported
	Medium     *string                  `json:"medium"`
	AsOf       *calendar.Date           `json:"as_of"` // the day of asking: on the day of the change itself a report can still come
}

// The data that article 5(1) and (2) put in the register, and things a provider
// changes that are not in it.
var (
	registered = []string{
		"address", "name", "legal_form", "statutory_seat", "statutory_name", "trade_name", "trade_names", "coc_number",
		"affiliated_institution", "affiliated_institutions", "licence_date", "licence_number", "notification_date", "permitted_from",
		"product", "products", "products_services", "services", "conditions", "restrictions", "member_state", "member_states",
		"policy_maker", "policy_makers", "director", "directors", "insurer", "provider", "providers", "provider_name_address",
		"provider_legal_form", "provider_seat_names", "provider_coc", "seat",
	}
	unregistered = []string{
		"logo", "website", "house_style", "slogan", "phone", "phone_number", "email", "email_address", "opening_hours", "staff", "employee", "bank_account",
	}
)

// inRegister reports whether the change is one of a registered datum, and whether
// that can be told.
func (in ChangeIn) inRegister() (is, known bool) {
	switch {
	case in.InRegister != nil:
		return *in.InRegister, true
	case in.Change == nil:
		return true, true
	}
	is = slices.Contains(registered, *in.Change)
	return is, is || slices.Contains(unregistered, *in.Change)
}

// Check asks for words by which the report can be judged.
func (in ChangeIn) Check() (wrong []fault.Detail) {
	is, known := in.inRegister()
	if !known {
		wrong = append(wrong, rule.Unknown("/change", "Geef met in_register aan of dit een gegeven uit het register is, of noem het gegeven, zoals address of trade_names."))
	}
	if _, known := law.InWriting(rule.Word(in.Medium)); is && in.Medium != nil && !known {
		wrong = append(wrong, rule.Unknown("/medium", "Kies hoe de wijziging is gemeld, zoals letter, email of phone."))
	}
	return wrong
}

// ChangeOut is the answer of RegisterChange.
type ChangeOut struct {
	rule.Why
	law.Breach
	Duty bool `json:"duty"` // to report the change
}

// RegisterChange decides whether a change in the register was reported without
// delay (onverwijld: on the same day) and in writing (e-mail counts).
//
// Norm bfd:5:3. What is not in the register need not be reported.
var RegisterChange = rule.New("register_change", 1, []ident.Norm{registerChange},
	changeReported, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"not_in_register": "Dit gegeven staat niet in het register. De wijziging hoeft niet te worden gemeld.",
		"duty":            "Dit gegeven staat in het register. De wijziging moet onverwijld en schriftelijk aan de toezichthouder worden gemeld; onverwijld is hier gelezen als op dezelfde dag.",
		"not_reported":    "De wijziging van {changed} is niet gemeld.",
		"reported_late":   "De wijziging van {changed} is pas op {reported} gemeld. Dat is niet onverwijld.",
		"still_open":      "De wijziging is nog niet gemeld. Dat kan vandaag nog op tijd.",
		"not_in_writing":  "De wijziging is niet schriftelijk gemeld. Meld haar per brief of e-mail.",
		"in_writing":      "De wijziging is schriftelijk gemeld. E-mail telt als schriftelijk, volgens de toelichting.",
		"reported_well":   "Er is niet gebleken dat de melding te laat of in de verkeerde vorm is gedaan.",
	}))

func changeReported(in ChangeIn) ChangeOut {
	var out ChangeOut
	if is, _ := in.inRegister(); !is {
		out.Breach = law.Held()
		out.Say("not_in_register", registerChange)
		return out
	}
	out.Duty = true
	out.Say("duty", registerChange)
	late := out.late(in)
	spoken := false
	if in.Medium != nil {
		inWriting, _ := law.InWriting(*in.Medium)
		if spoken = !inWriting; spoken {
			out.Say("not_in_writing", registerChange)
		} else {
			out.Say("in_writing", registerChange)
		}
	}
	if late || spoken {
		out.Breach = law.Held(registerChange)
		return out
	}
	out.Breach = law.Held()
	out.Say("reported_well", registerChange)
	return out
}

// late reports whether the report came after the day of the change, or not. Of a
// change without a day only a report that is not made at all is late.
func (out *ChangeOut) late(in ChangeIn) bool {
	if in.ChangedOn == nil {
		if !in.ReportedOn.Null {
			return false
		}
		out.Say("not_reported", registerChange, "changed", "het gegeven")
		return true
	}
	overdue := law.Overdue(*in.ChangedOn, in.ReportedOn, in.AsOf)
	switch {
	case overdue && in.ReportedOn.Null:
		out.Say("not_reported", registerChange, "changed", in.ChangedOn.String())
	case overdue:
		out.Say("reported_late", registerChange, "changed", in.ChangedOn.String(), "reported", in.ReportedOn.V.String())
	case in.ReportedOn.Null:
		out.Say("still_open", registerChange)
	}
	return overdue
}
