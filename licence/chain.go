package licence

import (
	"zorgplicht/ident"
	"zorgplicht/rule"
)

// relations are the seven between which article 69 knows a duty to check, by who
// must check and whose registration.
var relations = map[[2]string]ident.Norm{
	{"intermediary", "provider"}:         "bfd:69:1",
	{"agent", "provider"}:                "bfd:69:1",
	{"intermediary", "agent"}:            "bfd:69:2:a",
	{"intermediary", "sub_agent"}:        "bfd:69:2:b",
	{"sub_intermediary", "intermediary"}: "bfd:69:2:c",
	{"sub_agent", "agent"}:               "bfd:69:3:a",
	{"sub_agent", "sub_agent"}:           "bfd:69:3:b",
}

// usual is whose registration is meant where it is not given, and who must check
// where that is not.
var (
	usualCounterparty = map[string]string{"intermediary": "provider", "agent": "provider", "sub_intermediary": "intermediary", "sub_agent": "agent"}
	usualRole         = map[string]string{"provider": "intermediary", "intermediary": "sub_intermediary", "agent": "intermediary", "sub_agent": "intermediary"}
)

// relation returns the provision that holds between the two.
func (in MandateIn) relation() (ident.Norm, bool) {
	role, other := rule.Word(in.Role), rule.Word(in.Counterparty)
	switch {
	case role == "" && other == "":
		return "bfd:69:1", true
	case role == "":
		role = usualRole[other]
	case other == "":
		other = usualCounterparty[role]
	}
	norm, listed := relations[[2]string{role, other}]
	return norm, listed
}

// chain answers whether the register had to be looked up, and returns what is
// violated. Only a signal that raises doubt makes it a duty.
func (out *MandateOut) chain(in MandateIn) []ident.Norm {
	if !rule.Holds(in.Signal) {
		out.CheckDuty = new(false)
		out.Say("no_signal", "bfd:69:1")
		return nil
	}
	norm, listed := in.relation()
	out.CheckDuty = &listed
	switch {
	case !listed:
		out.Say("relation_not_listed", "bfd:69:1")
		return nil
	case rule.Holds(in.Checked):
		out.Say("signal_checked", norm)
		return nil
	case in.Checked == nil:
		out.Say("signal_check_unknown", norm)
		return nil
	}
	out.Say("signal_unchecked", norm)
	if norm != "bfd:69:1" {
		out.Say("applied_mutatis", norm)
	}
	out.Say("no_note", "bfd:69:1")
	return []ident.Norm{norm}
}
