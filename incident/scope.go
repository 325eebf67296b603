package incident

import (
	"slices"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// Conduct is whose conduct the incident is, and how grave.
type Conduct struct {
	Perpetrator           *string `json:"perpetrator"`
	IntegrityRiskFunction *bool   `json:"integrity_risk_function"` // the function carries an essential risk for integrity
	SeriousDanger         *bool   `json:"serious_danger"`          // for the integrity of the business; taken to be so unless denied
}

// perpetrators says under which onderdeel of article 10 a person falls by what he
// is; "" is for those whom only d can bring under it.
var perpetrators = map[string]ident.Norm{
	"policy_maker": "bfd:10::a", "co_policy_maker": "bfd:10::a", "day_to_day_policy_maker": "bfd:10::a", "director": "bfd:10::a",
	"manager": "bfd:10::b", "executive": "bfd:10::b",
	"client_facing": "bfd:10::c", "client_staff": "bfd:10::c", "adviser": "bfd:10::c", "advisor": "bfd:10::c", "temp": "bfd:10::c",
	"other": "", "staff": "", "employee": "",
}

// outsiders hold no function with the provider at all.
var outsiders = []string{"external", "outsider", "third_party", "client", "unknown"}

// Check asks for a perpetrator that is known, where he decides.
func (c Conduct) Check() []fault.Detail {
	_, known := perpetrators[rule.Word(c.Perpetrator)]
	if c.Perpetrator == nil || known || rule.Holds(c.IntegrityRiskFunction) || slices.Contains(outsiders, *c.Perpetrator) {
		return nil
	}
	return []fault.Detail{rule.Unknown("/perpetrator", "Kies wie het deed: policy_maker, manager, client_facing, other of external.")}
}

// ground returns the onderdeel under which the conduct falls, and whether it
// falls under article 10 at all. Where nothing is said of the person he is taken
// to be one of those that the article means.
func (c Conduct) ground() (norm ident.Norm, within bool) {
	who := rule.Word(c.Perpetrator)
	switch {
	case rule.Fails(c.SeriousDanger):
		return "bfd:10", false
	case perpetrators[who] != "":
		return perpetrators[who], true
	case slices.Contains(outsiders, who):
		return "bfd:10", false
	case rule.Holds(c.IntegrityRiskFunction):
		return "bfd:10::d", true
	case c.Perpetrator == nil && c.IntegrityRiskFunction == nil:
		return "bfd:10", true
	}
	return "bfd:10::d", false
}

// conductTexts are the sentences of conduct, for all rules that ask it.
var conductTexts = map[string]string{
	"person_policy":     "De dader bepaalt het dagelijks beleid of bepaalt het mee.",
	"person_manager":    "De dader heeft een leidinggevende functie.",
	"person_client":     "De dader houdt zich onder verantwoordelijkheid van de dienstverlener rechtstreeks bezig met financiële dienstverlening.",
	"person_risk":       "De dader heeft een functie met een wezenlijk risico voor de integere bedrijfsvoering, zoals beheer van vermogen of toegang tot gevoelige informatie.",
	"person_not_named":  "Over de dader is niets opgegeven. Aangenomen is dat hij een van de personen is die artikel 10 noemt.",
	"person_outside":    "De dader is geen van de personen die artikel 10 noemt. Het incident valt niet onder artikel 10.",
	"no_serious_danger": "Het incident vormt geen ernstig gevaar voor een integere bedrijfsvoering. Het valt niet onder artikel 10.",
}

// say adds why the conduct falls under article 10 or not.
func (c Conduct) say(w *rule.Why) (norm ident.Norm, within bool) {
	norm, within = c.ground()
	code := map[ident.Norm]string{"bfd:10::a": "person_policy", "bfd:10::b": "person_manager", "bfd:10::c": "person_client", "bfd:10::d": "person_risk", "bfd:10": "person_not_named"}[norm]
	switch {
	case within:
	case rule.Fails(c.SeriousDanger):
		code = "no_serious_danger"
	default:
		code = "person_outside"
	}
	w.Say(code, norm)
	return norm, within
}

// ScopeIn asks whether an incident falls under article 10.
type ScopeIn struct{ Conduct }

// ScopeOut is the answer of IncidentScope.
type ScopeOut struct {
	rule.Why
	InScope bool       `json:"in_scope"`
	Ground  ident.Norm `json:"ground,omitempty"` // the first onderdeel that holds
}

// IncidentScope decides whether conduct is an incident that must be handled and
// recorded. Norm bfd:10: only the conduct of four kinds of people.
var IncidentScope = rule.New("incident_scope", 1,
	[]ident.Norm{"bfd:10", "bfd:10::a", "bfd:10::b", "bfd:10::c", "bfd:10::d"},
	incidentScope, rule.Profile(rule.Bfd2005), rule.Texts(conductTexts))

func incidentScope(in ScopeIn) ScopeOut {
	var out ScopeOut
	ground, within := in.say(&out.Why)
	if out.InScope = within; within && ground != "bfd:10" {
		out.Ground = ground
	}
	return out
}

// with returns the sentences of conduct and these.
func with(texts map[string]string) rule.Option {
	for code, text := range conductTexts {
		texts[code] = text
	}
	return rule.Texts(texts)
}
