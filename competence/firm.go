package competence

import (
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// FirmIn asks whether a firm meets the requirement of competence for its client
// staff (klantmedewerkers) or for those who steer them (feitelijk leidinggevenden).
type FirmIn struct {
	Group        *string        `json:"group"`                  // "client_staff" or "managers"
	Diplomas     *bool          `json:"diplomas_all"`           // all of the group hold the valid diplomas they need
	Operations   *bool          `json:"operations_guarantee"`   // the firm's own operations guarantee it
	Employees    *money.Decimal `json:"average_employees"`      // over what period is not in the source
	Tied         *bool          `json:"tied_intermediary"`      // verbonden bemiddelaar
	Provider     *bool          `json:"provider_guarantee"`     // of the provider it is tied to
	Affiliated   *bool          `json:"affiliated_institution"` // aangesloten instelling
	GroupGives   *bool          `json:"group_guarantee"`        // of the legal person it is affiliated with
	SteersOnSale *bool          `json:"steers_sales_on_substance"`
}

// group returns who is asked about. Facts that only managers have tell it too.
func (in FirmIn) group() string {
	switch {
	case rule.Word(in.Group) != "":
		return *in.Group
	case in.SteersOnSale != nil || in.Employees != nil:
		return "managers"
	}
	return "client_staff"
}

// Check refuses a group that the rule does not know.
func (in FirmIn) Check() []fault.Detail {
	if g := in.group(); g != "client_staff" && g != "managers" {
		return []fault.Detail{rule.Unknown("/group", "Kies client_staff of managers.")}
	}
	return nil
}

// FirmOut says whether the firm complies and by which provision. InScope is
// answered where it was told whether somebody steers sales.
type FirmOut struct {
	rule.Why
	Complies *bool  `json:"complies"`
	Route    string `json:"route,omitempty"`
	InScope  *bool  `json:"in_scope"`
}

// manyEmployees is the average number of employees above which operations may
// stand in for the diplomas of managers: more than 50.
var manyEmployees = money.Whole(50)

func firm(in FirmIn) (out FirmOut) {
	managers := in.group() == "managers"
	if managers && in.SteersOnSale != nil {
		out.InScope = in.SteersOnSale
		if !*in.SteersOnSale {
			out.Say("steers_nothing", "bfd:17:2")
			return out
		}
		out.Say("steers", "bfd:17:2")
	}
	if in.Diplomas == nil && in.Operations == nil && in.Provider == nil && in.GroupGives == nil && out.InScope != nil {
		return out
	}
	route, code := in.route(managers)
	out.Complies = new(route != "")
	if route != "" {
		out.Route = route
		out.Say(code, ident.Norm("bfd:"+route))
		return out
	}
	out.lacks(in, managers)
	return out
}

// route returns the first provision by which the firm complies, in the order of
// the article, "" for none.
func (in FirmIn) route(managers bool) (route, code string) {
	switch {
	case rule.Holds(in.Diplomas) && managers:
		return "17:2:a", "diplomas"
	case rule.Holds(in.Diplomas):
		return "17:1:a", "diplomas"
	case rule.Holds(in.Operations) && managers && in.Employees != nil && in.Employees.Cmp(manyEmployees) > 0:
		return "17:2:b", "operations_large"
	case rule.Holds(in.Operations) && !managers:
		return "17:1:b", "operations"
	case rule.Holds(in.Tied) && rule.Holds(in.Provider):
		return "17:3", "provider"
	case rule.Holds(in.Affiliated) && rule.Holds(in.GroupGives):
		return "17:4", "group"
	}
	return "", ""
}

// lacks says what keeps a route shut.
func (out *FirmOut) lacks(in FirmIn, managers bool) {
	norm := ident.Norm("bfd:17:1:a")
	if managers {
		norm = "bfd:17:2:a"
	}
	out.Say("no_diplomas", norm)
	switch {
	case !rule.Holds(in.Operations):
	case in.Employees == nil:
		out.Say("employees_unknown", "bfd:17:2:b")
	default:
		out.Say("too_few_employees", "bfd:17:2:b", "employees", in.Employees.String())
	}
	if rule.Holds(in.Provider) && !rule.Holds(in.Tied) {
		out.Say("not_tied", "bfd:17:3")
	}
	if rule.Holds(in.GroupGives) && !rule.Holds(in.Affiliated) {
		out.Say("not_affiliated", "bfd:17:4")
	}
}

// CompetenceFirm is the rule on the ways in which a firm can comply (article 17).
var CompetenceFirm = rule.New("competence_firm", 1,
	[]ident.Norm{"bfd:17:1:a", "bfd:17:1:b", "bfd:17:2", "bfd:17:2:a", "bfd:17:2:b", "bfd:17:3", "bfd:17:4"},
	firm, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"steers":            "Deze persoon stuurt het verkoopproces inhoudelijk en telt daarom als feitelijk leidinggevende, wat ook zijn functie is.",
		"steers_nothing":    "Deze persoon stuurt het verkoopproces niet inhoudelijk. Hij is dan geen feitelijk leidinggevende in de zin van het besluit.",
		"diplomas":          "Alle betrokkenen hebben het geldige diploma dat bij hun werk hoort.",
		"operations":        "De eigen bedrijfsvoering waarborgt deskundige dienstverlening voldoende. Diploma's zijn dan niet nodig.",
		"operations_large":  "De onderneming heeft gemiddeld meer dan 50 werknemers en haar bedrijfsvoering waarborgt deskundige dienstverlening voldoende. Over welke periode het gemiddelde gaat, zegt de bron niet.",
		"provider":          "De aanbieder waarborgt deskundige dienstverlening van zijn verbonden bemiddelaar voldoende.",
		"group":             "De rechtspersoon waarbij de instelling is aangesloten, waarborgt deskundige dienstverlening voldoende.",
		"no_diplomas":       "Niet alle betrokkenen hebben een geldig diploma voor hun werk, en er is geen andere weg gevonden.",
		"too_few_employees": "De onderneming heeft gemiddeld {employees} werknemers. Voor leidinggevenden kan de bedrijfsvoering diploma's alleen vervangen bij meer dan 50. De toelichting laat die grens weg; het artikel gaat voor.",
		"employees_unknown": "Voor leidinggevenden kan de bedrijfsvoering diploma's alleen vervangen bij gemiddeld meer dan 50 werknemers. Dat aantal is niet gegeven.",
		"not_tied":          "De waarborg van een aanbieder telt alleen voor een bemiddelaar die aan hem verbonden is.",
		"not_affiliated":    "De waarborg van een groep telt alleen voor een instelling die erbij is aangesloten.",
	}))
