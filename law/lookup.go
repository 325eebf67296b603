package law

import (
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// LookupIn asks for the tariffs of a provision.
type LookupIn struct {
	Provision string `json:"provision"`
}

// LookupOut lists the tariffs of a provision, each once, and the rows they stand
// in. Conflict says that the table gives one provision two tariffs.
type LookupOut struct {
	rule.Why
	Tariffs  []string    `json:"tariffs"`
	Conflict bool        `json:"conflict"`
	Rows     []LookupRow `json:"rows"`
}

// LookupRow is one row of the table.
type LookupRow struct {
	Provision ident.Norm `json:"provision"`
	Sentence  int        `json:"sentence,omitempty"`
	Tariff    string     `json:"tariff"`
}

// Check refuses what is no provision.
func (in LookupIn) Check() []fault.Detail {
	if _, err := ident.ParseNorm(in.Provision); err != nil {
		return []fault.Detail{rule.Unknown("/provision", "Noem een bepaling zoals bfd:12:1.")}
	}
	return nil
}

// TariffLookup is the rule that looks a provision up in table 1 of Bijlage 10.
var TariffLookup = rule.New("tariff_lookup", 1, []ident.Norm{"bijlage10:tabel1", "bfd:12:1"}, lookUp,
	rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"no_tariff":             fineTexts["no_tariff"],
		"tariff_in_table":       fineTexts["tariff_in_table"],
		"exception_with_tariff": fineTexts["exception_with_tariff"],
		"applied_lid":           fineTexts["applied_lid"],
		"parallel_with_tariff":  "De artikelen 36, zevende lid, en 39, derde lid, schrijven hetzelfde voor over hun document en hebben wel een tarief: 3.",
		"sentence_rows":         "Tabel 1 noemt beide volzinnen van artikel 11 apart.",
		"conflict":              "Tabel 1 noemt artikel 12, eerste lid, twee keer: vóór het tweede lid met tarief 2 en erna met tarief 2a. De tweede regel is waarschijnlijk voor een andere bepaling bedoeld; voor welke, zegt de bron niet.",
	}))

func lookUp(in LookupIn) LookupOut {
	norm := ident.Norm(in.Provision)
	rows := TariffRows(norm)
	out := LookupOut{Tariffs: listed(rows), Conflict: doubled(norm)}
	for _, r := range rows {
		out.Rows = append(out.Rows, LookupRow(r))
		out.Say("tariff_in_table", "bijlage10:tabel1", "provision", string(r.Provision), "tariff", r.Tariff)
		if r.Sentence == 1 {
			out.Say("sentence_rows", "bijlage10:tabel1")
		}
	}
	switch {
	case out.Conflict:
		out.Say("conflict", "bfd:12:1")
	case len(rows) == 0:
		out.Say("no_tariff", "bijlage10:tabel1", "provision", in.Provision)
	case norm == "bfd:14:4":
		out.Say("exception_with_tariff", "bfd:14:4")
	case applies(norm):
		out.Say("applied_lid", "bijlage10:tabel1")
	}
	if norm == "bfd:35:4" {
		out.Say("parallel_with_tariff", "bijlage10:tabel1")
	}
	return out
}

// PossibleIn asks whether the supervisor can fine a firm for a breach of the Act.
type PossibleIn struct {
	Registered *bool `json:"registered"`
	Amended    *bool `json:"article_80_in_force"` // taken to be so unless it is said not to be
}

// PossibleOut says whether a fine can be imposed.
type PossibleOut struct {
	rule.Why
	Possible bool `json:"possible"`
}

// FinePossible is the rule on who can be fined: article 80 strikes the words that
// limited the fines of the Act to registered firms.
var FinePossible = rule.New("fine_possible", 1, []ident.Norm{"bfd:80"}, func(in PossibleIn) PossibleOut {
	out := PossibleOut{Possible: true}
	switch {
	case !rule.Fails(in.Registered):
		out.Say("registered", "bfd:80")
	case rule.Fails(in.Amended):
		out.Possible = false
		out.Say("before_article_80", "bfd:80")
	default:
		out.Say("registration_not_needed", "bfd:80")
	}
	return out
}, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"registered":              "De dienstverlener staat in het register. Een boete is mogelijk.",
	"registration_not_needed": "Ook wie niet in het register staat, kan een boete krijgen. Artikel 80 schrapt die beperking, zodat ook vrijgestelden en illegalen eronder vallen.",
	"before_article_80":       "Artikel 80 geldt nog niet. Alleen wie in het register staat, kan een boete krijgen.",
}))
