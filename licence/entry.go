package licence

import (
	"slices"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// EntryIn asks whether the entry of a provider in the register is complete. What
// is absent is not at issue.
type EntryIn struct {
	Person                    *string   `json:"person"` // "legal" or "natural"
	Fields                    *[]string `json:"fields"` // what the entry holds
	RegisteredInTradeRegister *bool     `json:"registered_in_trade_register"`
	Basis                     *string   `json:"basis"`               // on what it stands in the register; "licence" unless given
	CollectiveLicence         *bool     `json:"collective_licence"`  // it extends to affiliated institutions (article 16 Wfd)
	ConditionsAttached        *bool     `json:"conditions_attached"` // to the licence or exemption
}

// bases says which data on the permission belong to each basis (article 5(1)(f)).
var bases = map[string][]string{
	"licence":           {"licence_date", "licence_number"},
	"exemption":         {"licence_date", "licence_number"},
	"tied_intermediary": {"notification_date"},
	"wfd_13":            {"permitted_from"},
	"wfd_22":            {"permitted_from"},
}

// Check asks for words by which the entry can be judged.
func (in EntryIn) Check() (wrong []fault.Detail) {
	if p := rule.Word(in.Person); in.Person != nil && p != "legal" && p != "natural" {
		wrong = append(wrong, rule.Unknown("/person", "Kies legal of natural: van een rechtspersoon staan meer gegevens in het register."))
	}
	if _, known := bases[rule.Word(in.Basis)]; in.Basis != nil && !known {
		wrong = append(wrong, rule.Unknown("/basis", "Kies licence, exemption, tied_intermediary, wfd_13 of wfd_22."))
	}
	return wrong
}

// EntryOut is the answer of RegisterEntryCheck.
type EntryOut struct {
	rule.Why
	Complete *bool     `json:"complete"` // absent where the fields of the entry were not given
	Missing  *[]string `json:"missing"`  // the same
	Required []string  `json:"required"` // what this entry must hold
}

// A datum is one item of article 5(1) and the onderdeel that asks it.
type datum struct {
	field string
	norm  ident.Norm
}

// RegisterEntryCheck decides whether the register holds what article 5(1) asks
// of this provider. What is asked under a condition counts only where the
// condition is given.
var RegisterEntryCheck = rule.New("register_entry_check", 1,
	[]ident.Norm{"bfd:5:1:a", "bfd:5:1:b", "bfd:5:1:c", "bfd:5:1:d", "bfd:5:1:e", "bfd:5:1:f", "bfd:5:1:g", "bfd:5:1:h"},
	entryCheck, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"datum_missing":          "In het register ontbreekt het gegeven {field}. Artikel 5, eerste lid, vraagt het.",
		"complete":               "Het register bevat alle gegevens die artikel 5, eerste lid, over deze dienstverlener vraagt.",
		"required_only":          "De ingeschreven gegevens zijn niet opgegeven. Hier staat alleen welke gegevens het register moet bevatten.",
		"natural_person":         "De dienstverlener is geen rechtspersoon. Zetel, statutaire naam en handelsnamen vraagt onderdeel c alleen van een rechtspersoon.",
		"not_in_trade_register":  "De dienstverlener staat niet in het handelsregister. Een nummer van de Kamer van Koophandel is dan niet nodig.",
		"trade_register_unknown": "Niet opgegeven is of de dienstverlener in het handelsregister staat. Het nummer van de Kamer van Koophandel is daarom niet beoordeeld.",
	}))

func entryCheck(in EntryIn) EntryOut {
	var out EntryOut
	asked := in.asked(&out)
	for _, d := range asked {
		out.Required = append(out.Required, d.field)
	}
	if in.Fields == nil {
		out.Say("required_only", "bfd:5:1:a")
		return out
	}
	missing := []string{}
	for _, d := range asked {
		if !slices.Contains(*in.Fields, d.field) {
			missing = append(missing, d.field)
			out.Say("datum_missing", d.norm, "field", d.field)
		}
	}
	out.Complete, out.Missing = new(len(missing) == 0), &missing
	if *out.Complete {
		out.Say("complete", "bfd:5:1:a")
	}
	return out
}

// asked returns what the register must hold, in the order of the article.
func (in EntryIn) asked(out *EntryOut) []datum {
	list := []datum{{"name", "bfd:5:1:a"}, {"address", "bfd:5:1:a"}, {"legal_form", "bfd:5:1:b"}}
	add := func(norm ident.Norm, fields ...string) {
		for _, f := range fields {
			list = append(list, datum{f, norm})
		}
	}
	switch rule.Word(in.Person) {
	case "legal":
		add("bfd:5:1:c", "statutory_seat", "statutory_name", "trade_names")
	case "natural":
		out.Say("natural_person", "bfd:5:1:c")
	}
	switch {
	case rule.Holds(in.RegisteredInTradeRegister):
		add("bfd:5:1:d", "coc_number")
	case rule.Fails(in.RegisteredInTradeRegister):
		out.Say("not_in_trade_register", "bfd:5:1:d")
	default:
		out.Say("trade_register_unknown", "bfd:5:1:d")
	}
	if rule.Holds(in.CollectiveLicence) {
		add("bfd:5:1:e", "affiliated_institutions")
	}
	basis := rule.Word(in.Basis)
	if basis == "" {
		basis = "licence"
	}
	add("bfd:5:1:f", bases[basis]...)
	add("bfd:5:1:g", "products_services")
	if rule.Holds(in.ConditionsAttached) {
		add("bfd:5:1:h", "conditions")
	}
	return list
}
