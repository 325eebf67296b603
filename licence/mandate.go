package licence

import (
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/law"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// MandateIn asks about a mandate (volmacht), its limits, or the duty to check the
// register along the chain. Each part is answered where its facts are given.
type MandateIn struct {
	ModelFollowed *bool `json:"model_followed"` // the model of the ministerial rule

	Limit   *money.Decimal `json:"limit"`   // of the mandate or sub-mandate
	Bound   *money.Decimal `json:"bound"`   // for which it was used
	Against *string        `json:"against"` // who the limit is held against: "client", "sub_agent", "agent"

	By               *string `json:"by"`                 // who limits: "provider", "agent"
	Mandate          *string `json:"mandate"`            // whose mandate is limited: "agent"; otherwise a sub-mandate
	OwnMandateActive *bool   `json:"own_mandate_active"` // the agent's own mandate is in force
	ActiveFor        *string `json:"active_for"`         // reading of "while the mandate is in force": "agent" or "both"

	Signal       *bool   `json:"signal"`  // of doubt about a registration, in the normal course of business
	Checked      *bool   `json:"checked"` // the register was looked up
	Role         *string `json:"role"`    // who must look it up
	Counterparty *string `json:"counterparty"`
}

// Check asks for words by which the answer turns.
func (in MandateIn) Check() (wrong []fault.Detail) {
	oneOf := func(at string, word *string, text string, known ...string) {
		if word == nil {
			return
		}
		for _, k := range known {
			if *word == k {
				return
			}
		}
		wrong = append(wrong, rule.Unknown(at, text))
	}
	oneOf("/by", in.By, "Kies wie de volmacht beperkt: provider, agent of sub_agent.", "provider", "agent", "sub_agent")
	oneOf("/mandate", in.Mandate, "Kies wiens volmacht wordt beperkt: agent of sub_agent.", "agent", "sub_agent")
	oneOf("/active_for", in.ActiveFor, "Kies voor wie de voorwaarde geldt: agent of both.", "agent", "both")
	if rule.Holds(in.Signal) {
		oneOf("/role", in.Role, "Kies wie het register moet nagaan: intermediary, sub_intermediary, agent of sub_agent.", "intermediary", "sub_intermediary", "agent", "sub_agent")
		oneOf("/counterparty", in.Counterparty, "Kies wiens inschrijving het betreft: provider, intermediary, agent of sub_agent.", "provider", "intermediary", "agent", "sub_agent")
	}
	return wrong
}

// Allowed is whether somebody may limit a mandate.
type Allowed string

// The three answers: the text of 68(3) leaves one case open.
const (
	MayLimit    Allowed = "yes"
	MayNotLimit Allowed = "no"
	Ambiguous   Allowed = "ambiguous"
)

// Canon writes true, false, or that the text leaves it open.
func (a Allowed) Canon() any {
	switch a {
	case MayLimit:
		return true
	case MayNotLimit:
		return false
	}
	return string(a)
}

// Shape says in a schema what Canon writes.
func (Allowed) Shape() canon.Shape { return canon.Shape{Types: []string{"boolean", "string"}} }

// MandateOut is the answer of MandateOrChain. Each part is absent where it was
// not at issue.
type MandateOut struct {
	rule.Why
	law.Breach
	LimitInvocable *bool    `json:"limit_invocable"` // the limit may be held against this party
	Exceeded       *bool    `json:"limit_exceeded"`
	Allowed        *Allowed `json:"allowed"`    // by may limit the mandate or sub-mandate
	CheckDuty      *bool    `json:"check_duty"` // to look up the register
}

// MandateOrChain decides on the form and limits of mandates (article 68) and on
// the duty to look up registrations along the chain (article 69).
var MandateOrChain = rule.New("mandate_or_chain", 1,
	[]ident.Norm{"bfd:68:1", "bfd:68:2", "bfd:68:3", "bfd:68:4", "bfd:69:1", "bfd:69:2:a", "bfd:69:2:b", "bfd:69:2:c", "bfd:69:3:a", "bfd:69:3:b"},
	mandateOrChain, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"model_followed":        "De volmacht volgt het model van de ministeriële regeling.",
		"model_not_followed":    "De volmacht volgt het model van de ministeriële regeling niet.",
		"not_against_third":     "Een beperking van de volmacht kan niet worden tegengeworpen aan een derde, zoals een klant.",
		"sub_agent_no_third":    "De ondergevolmachtigde geldt tegenover de aanbieder niet als derde. De beperking kan hem worden tegengeworpen.",
		"agent_no_third":        "De gevolmachtigde is zelf partij bij de volmacht en dus geen derde. De beperking kan hem worden tegengeworpen.",
		"within_limit":          "Het bedrag waarvoor is gebonden, ligt niet boven de grens van de volmacht.",
		"above_limit":           "Het bedrag waarvoor is gebonden, ligt boven de grens van de volmacht.",
		"provider_limits":       "Een volmacht kan door de aanbieder worden beperkt.",
		"agent_not_own":         "Alleen de aanbieder kan de volmacht van de gevolmachtigde agent beperken. De agent zelf kan dat niet.",
		"sub_by_provider":       "Een ondervolmacht kan door de aanbieder worden beperkt.",
		"sub_by_agent":          "Een ondervolmacht kan door de gevolmachtigde worden beperkt, zolang zijn eigen volmacht van kracht is.",
		"sub_agent_never":       "Artikel 68 geeft een ondergevolmachtigde geen bevoegdheid om een volmacht of ondervolmacht te beperken.",
		"agent_mandate_ended":   "De eigen volmacht van de gevolmachtigde is niet meer van kracht. Hij kan de ondervolmacht niet meer beperken.",
		"while_active_open":     "De tekst laat open of de woorden ‘zolang de volmacht van kracht is’ ook voor de aanbieder gelden. Kies met active_for een lezing: agent of both.",
		"while_active_agent":    "Gekozen is voor de lezing waarin ‘zolang de volmacht van kracht is’ alleen voor de gevolmachtigde geldt. De aanbieder kan de ondervolmacht dus nog beperken.",
		"while_active_both":     "Gekozen is voor de lezing waarin ‘zolang de volmacht van kracht is’ ook voor de aanbieder geldt. Hij kan de ondervolmacht dus niet meer beperken.",
		"no_signal":             "Er zijn geen signalen die twijfel oproepen over de inschrijving. Het register hoeft dan niet te worden nagegaan.",
		"signal_checked":        "Er was een signaal dat twijfel opriep, en het register is nagegaan.",
		"signal_unchecked":      "Er was een signaal dat twijfel opriep over de inschrijving, maar het register is niet nagegaan.",
		"signal_check_unknown":  "Er was een signaal dat twijfel opriep over de inschrijving. Ga het register na; niet opgegeven is of dat is gebeurd.",
		"relation_not_listed":   "Artikel 69 noemt deze verhouding niet. Er is geen plicht om het register na te gaan.",
		"no_note":               "Bij artikel 69 staat geen toelichting. De uitleg berust alleen op de tekst.",
		"applied_mutatis":       "Dit onderdeel verklaart het eerste lid van overeenkomstige toepassing. Bijlage 10 noemt het niet; het tarief is dat van het eerste lid.",
		"nothing_against_chain": "Er is niets opgegeven dat in strijd is met artikel 68 of 69.",
	}))

func mandateOrChain(in MandateIn) MandateOut {
	var out MandateOut
	violated, judged := out.model(in)
	out.limit(in)
	out.limiting(in)
	if in.Signal != nil || in.Checked != nil {
		violated, judged = append(violated, out.chain(in)...), true
	}
	if judged || out.Because == nil {
		out.Breach = law.Held(violated...)
	}
	if out.Because == nil {
		out.Say("nothing_against_chain", "bfd:68:1")
	}
	return out
}

func (out *MandateOut) model(in MandateIn) (violated []ident.Norm, judged bool) {
	switch {
	case rule.Holds(in.ModelFollowed):
		out.Say("model_followed", "bfd:68:1")
	case rule.Fails(in.ModelFollowed):
		out.Say("model_not_followed", "bfd:68:1")
		violated = []ident.Norm{"bfd:68:1"}
	}
	return violated, in.ModelFollowed != nil
}

// limit answers whether the limit may be held against somebody. Everybody but
// the agents themselves is a third party.
func (out *MandateOut) limit(in MandateIn) {
	if in.Limit != nil && in.Bound != nil {
		out.Exceeded = new(in.Bound.Cmp(*in.Limit) > 0)
		if *out.Exceeded {
			out.Say("above_limit", "bfd:68:2")
		} else {
			out.Say("within_limit", "bfd:68:2")
		}
	}
	if in.Against == nil {
		return
	}
	switch *in.Against {
	case "sub_agent":
		out.LimitInvocable = new(true)
		out.Say("sub_agent_no_third", "bfd:68:3")
	case "agent":
		out.LimitInvocable = new(true)
		out.Say("agent_no_third", "bfd:68:2")
	default:
		out.LimitInvocable = new(false)
		out.Say("not_against_third", "bfd:68:4")
	}
}

// limiting answers whether by may limit the mandate of an agent, or else a
// sub-mandate.
func (out *MandateOut) limiting(in MandateIn) {
	if in.By == nil {
		return
	}
	answer := func(a Allowed, code string, norm ident.Norm) {
		out.Allowed = &a
		out.Say(code, norm)
	}
	by, ended := *in.By, rule.Fails(in.OwnMandateActive)
	switch {
	case by == "sub_agent":
		answer(MayNotLimit, "sub_agent_never", "bfd:68:3")
	case rule.Word(in.Mandate) == "agent" && by == "provider":
		answer(MayLimit, "provider_limits", "bfd:68:2")
	case rule.Word(in.Mandate) == "agent":
		answer(MayNotLimit, "agent_not_own", "bfd:68:2")
	case by == "agent" && ended:
		answer(MayNotLimit, "agent_mandate_ended", "bfd:68:3")
	case by == "agent":
		answer(MayLimit, "sub_by_agent", "bfd:68:3")
	case !ended:
		answer(MayLimit, "sub_by_provider", "bfd:68:3")
	case rule.Word(in.ActiveFor) == "agent":
		answer(MayLimit, "while_active_agent", "bfd:68:3")
	case rule.Word(in.ActiveFor) == "both":
		answer(MayNotLimit, "while_active_both", "bfd:68:3")
	default:
		answer(Ambiguous, "while_active_open", "bfd:68:3")
	}
}
