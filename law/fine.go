package law

import (
	"slices"
	"strconv"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// FineIn asks what a breach costs (boete). Provision and Tariff say what was
// breached, the embedded Offender says by whom. One of Provision and Tariff must be given; where
// the table lists more than one tariff for the provision, Tariff chooses.
type FineIn struct {
	Provision *string `json:"provision"` // such as "bfd:5:3"
	Tariff    *string `json:"tariff"`    // "1", "2", "2a", "3", "4" or "5"
	Sentence  *int    `json:"sentence"`  // of article 11, which the table splits
	Early     *bool   `json:"violation_before_commencement"`
	Offender
}

// Check asks for what was breached.
func (in FineIn) Check() []fault.Detail {
	wrong := in.Offender.check()
	known := amounts[rule.Word(in.Tariff)] != 0
	switch {
	case rule.Holds(in.Early) || rule.Word(in.Provision) != "":
	case rule.Word(in.Tariff) == "":
		wrong = append(wrong, rule.Missing("/provision", "Noem de overtreden bepaling, zoals bfd:5:3, of het tariefnummer."))
	case !known:
		wrong = append(wrong, rule.Unknown("/tariff", "Kies een tariefnummer van bijlage 10: 1, 2, 2a, 3, 4 of 5."))
	}
	return wrong
}

// FineOut is the fine, or why there is none yet. A category or fine that cannot
// be told is null.
type FineOut struct {
	rule.Why
	Category canon.Opt[string] `json:"category"`
	Factor   *int64            `json:"factor"`
	Base     *int64            `json:"base_amount_eur"`
	Fine     canon.Opt[int64]  `json:"fine_eur"`
	Hearing  *bool             `json:"hearing_required"`
	Status   string            `json:"status,omitempty"`
	Other    []OtherFine       `json:"other_readings,omitempty"` // where the table lists the provision twice
}

// OtherFine is the fine under the other row of a provision that the table lists twice.
type OtherFine struct {
	Tariff  string           `json:"tariff"`
	Base    int64            `json:"base_amount_eur"`
	Fine    canon.Opt[int64] `json:"fine_eur"`
	Hearing bool             `json:"hearing_required"`
}

// The status of a fine that cannot be told.
const (
	NoAnnex     = "annex does not apply"
	NoTariff    = "no tariff in table 1"
	RequestSize = "request size data first"
)

// amounts are the fixed amounts in euros of article 1 of Bijlage 10.
var amounts = map[string]int64{"1": 453, "2": 907, "2a": 1815, "3": 5445, "4": 21781, "5": 87125}

// Amount returns the fixed amount of a tariff of Bijlage 10 in euros, 0 for a word
// that is no tariff.
func Amount(tariff string) int64 { return amounts[tariff] }

// hearing reports whether the offender must be heard before the fine: not for
// the tariffs 1 and 2 (Bijlage 10, article 4). 2a is not 2.
func hearing(tariff string) bool { return tariff != "1" && tariff != "2" }

// Fine is the rule on the amount of a fine under Bijlage 10: the fixed amount of
// the tariff times the factor of the category of the offender.
var Fine = rule.New("fine", 1,
	[]ident.Norm{"bfd:70", "bijlage10:1", "bijlage10:2", "bijlage10:3:1", "bijlage10:3:2", "bijlage10:3:3", "bijlage10:4", "bijlage10:tabel1"},
	fine, rule.Profile(rule.Bfd2005), rule.Grouped(), rule.Texts(fineTexts))

var fineTexts = map[string]string{
	"before_commencement":     "De overtreding is begaan voordat de wet in werking trad. Bijlage 10 geldt alleen voor overtredingen daarna.",
	"no_tariff":               "Tabel 1 van bijlage 10 noemt deze bepaling ({provision}) niet. Uit de bijlage volgt dan geen boetebedrag.",
	"tariff_in_table":         "Tabel 1 geeft voor deze bepaling ({provision}) tariefnummer {tariff}.",
	"tariff_given":            "Er is tariefnummer {tariff} opgegeven.",
	"tariff_not_in_table":     "Het opgegeven tariefnummer staat in tabel 1 niet bij deze bepaling. De tabel gaat voor: tariefnummer {tariff}.",
	"double_row":              "Tabel 1 noemt artikel 12, eerste lid, twee keer: met tarief 2 en met tarief 2a. Welke regel bedoeld is, zegt de bron niet. Hier geldt tarief {tariff}; met een ander tariefnummer is ook de andere lezing te vragen.",
	"exception_with_tariff":   "Artikel 14, vierde lid, is een uitzondering en geen norm. Toch noemt tabel 1 er een tarief bij.",
	"applied_lid":             "Deze bepaling verklaart een andere bepaling van overeenkomstige toepassing. Het tarief is dat van die bepaling.",
	"base_amount":             "Bij tariefnummer {tariff} hoort een bedrag van € {amount}.",
	"unused_tariff":           "Tariefnummer {tariff} bestaat, maar geen enkele regel van tabel 1 gebruikt het.",
	"heard":                   "De betrokkene mag eerst zijn zienswijze geven. Alleen bij tariefnummer 1 of 2 hoeft dat niet; 2a is een ander tarief dan 2.",
	"not_heard":               "Bij tariefnummer 1 of 2 hoeft de betrokkene niet eerst zijn zienswijze te geven.",
	"fine":                    "De boete is € {amount} × {factor} = € {fine}.",
	"category_by_size":        "Met {size} valt een dienstverlener van soort {type} in categorie {category}, met factor {factor}.",
	"category_unanswered":     "Het verzoek om gegevens over de omvang is niet op tijd beantwoord. Dan geldt categorie V, met factor 5.",
	"size_unknown":            "De gegevens over de omvang zijn er niet. Vraag ze eerst op, met een termijn. Pas als het antwoord uitblijft, geldt categorie V.",
	"size_awaited":            "De gegevens over de omvang zijn opgevraagd, maar nog niet binnen. Wacht de termijn af.",
	"type_unknown":            "Zonder de soort dienstverlener (artikel 2 van bijlage 10) is de categorie niet te bepalen.",
	"fte_counts_client_staff": "Bij soort e tellen alleen werknemers mee die zich rechtstreeks met financiële dienstverlening bezighouden, niet het hele personeel.",
	"mixed_number_format":     "De bron schrijft de grenzen van soort a met punten en spaties door elkaar (4 537 800.000 en 45 378 020.000). Bedoeld zijn 4.537.800.000 en 45.378.020.000 euro.",
	"two_types_same":          "De verzekeraar is van soort {type} en van soort {other}. Beide geven dezelfde categorie.",
	"two_types_lower":         "De verzekeraar is van soort {type} en van soort {other}. De bron zegt niet welke voorgaat; hier geldt de laagste categorie. Met precedence “higher” geldt de hoogste.",
	"two_types_higher":        "De verzekeraar is van soort {type} en van soort {other}. De bron zegt niet welke voorgaat; gevraagd is de hoogste categorie.",
}

func fine(in FineIn) FineOut {
	out := FineOut{Category: canon.Null[string](), Fine: canon.Null[int64]()}
	if rule.Holds(in.Early) {
		out.Status = NoAnnex
		out.Say("before_commencement", "bijlage10:1")
		return out
	}
	tariff, others := out.tariff(in)
	if tariff == "" {
		out.Status = NoTariff
		return out
	}
	base, heard := amounts[tariff], hearing(tariff)
	out.Base, out.Hearing = &base, &heard
	out.Say("base_amount", "bijlage10:1", "tariff", tariff, "amount", euros(base))
	size := in.Offender.size(&out.Why)
	if size == 0 {
		out.Status = RequestSize
	} else {
		out.Factor = new(int64(size))
		out.Category, out.Fine = canon.Some(categories[size]), canon.Some(base*int64(size))
		out.Say("fine", "bijlage10:3:2", "amount", euros(base), "factor", strconv.Itoa(size), "fine", euros(base*int64(size)))
	}
	if heard {
		out.Say("heard", "bijlage10:4")
	} else {
		out.Say("not_heard", "bijlage10:4")
	}
	for _, t := range others {
		o := OtherFine{Tariff: t, Base: amounts[t], Hearing: hearing(t), Fine: canon.Null[int64]()}
		if size > 0 {
			o.Fine = canon.Some(o.Base * int64(size))
		}
		out.Other = append(out.Other, o)
	}
	return out
}

// tariff returns the tariff of the breach and those of the other rows, "" where
// there is none, and says why.
func (out *FineOut) tariff(in FineIn) (tariff string, others []string) {
	provision, asked := rule.Word(in.Provision), rule.Word(in.Tariff)
	if provision == "" {
		if !slices.Contains(listed(tariffRows), asked) {
			out.Say("unused_tariff", "bijlage10:tabel1", "tariff", asked)
		} else {
			out.Say("tariff_given", "bijlage10:tabel1", "tariff", asked)
		}
		return asked, nil
	}
	all := listed(sentences(TariffRows(ident.Norm(provision)), in.Sentence))
	if len(all) == 0 {
		out.Say("no_tariff", "bijlage10:tabel1", "provision", provision)
		return "", nil
	}
	tariff = all[0]
	switch {
	case slices.Contains(all, asked):
		tariff = asked
	case asked != "":
		out.Say("tariff_not_in_table", "bijlage10:tabel1", "tariff", tariff)
	}
	out.Say("tariff_in_table", "bijlage10:tabel1", "provision", provision, "tariff", tariff)
	if len(all) > 1 && doubled(ident.Norm(provision)) {
		out.Say("double_row", "bijlage10:tabel1", "tariff", tariff)
		others = slices.DeleteFunc(all, func(t string) bool { return t == tariff })
	}
	if provision == "bfd:14:4" {
		out.Say("exception_with_tariff", "bfd:14:4")
	}
	if applies(ident.Norm(provision)) {
		out.Say("applied_lid", "bijlage10:tabel1")
	}
	return tariff, others
}

// sentences keeps the rows of this sentence where the rows are split by sentence.
func sentences(rows []TariffRow, sentence *int) []TariffRow {
	if sentence == nil {
		return rows
	}
	own := slices.DeleteFunc(slices.Clone(rows), func(r TariffRow) bool { return r.Sentence != 0 && r.Sentence != *sentence })
	if len(own) == 0 {
		return rows
	}
	return own
}

// listed returns the tariffs of the rows, each once, in the order of the table.
func listed(rows []TariffRow) (tariffs []string) {
	for _, r := range rows {
		if !slices.Contains(tariffs, r.Tariff) {
			tariffs = append(tariffs, r.Tariff)
		}
	}
	return tariffs
}

// doubled reports whether one provision stands in the table twice with different tariffs.
func doubled(norm ident.Norm) bool {
	first := map[ident.Norm]string{}
	for _, r := range TariffRows(norm) {
		if t, ok := first[r.Provision]; ok && t != r.Tariff {
			return true
		}
		first[r.Provision] = r.Tariff
	}
	return false
}

// applies reports whether the provision has its tariff by applying another.
func applies(norm ident.Norm) bool {
	for n := norm; n != ""; n = partOf(n) {
		if _, ok := appliedLids[n]; ok {
			return true
		}
	}
	return false
}

// euros writes a whole amount as Dutch readers do: 21.781.
func euros(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	return s
}
