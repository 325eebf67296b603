package law

import (
	"slices"
	"strconv"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// ExposureIn asks what a list of breaches could cost a firm. A provision that
// stands in the list twice was breached twice.
type ExposureIn struct {
	Violated []string `json:"violated"`
	Offender
}

// Check refuses what is no provision, and what is wrong with the firm.
func (in ExposureIn) Check() []fault.Detail {
	wrong := in.Offender.check()
	for i, v := range in.Violated {
		if _, err := ident.ParseNorm(v); err != nil {
			wrong = append(wrong, rule.Unknown("/violated/"+strconv.Itoa(i), "Noem een bepaling zoals bfd:14:1."))
		}
	}
	return wrong
}

// ExposureOut is the range of the fines together in euros, with what it assumes.
type ExposureOut struct {
	rule.Why
	Low         int64          `json:"low_eur"`
	High        int64          `json:"high_eur"`
	Lines       []ExposureLine `json:"lines"`
	NoTariff    []string       `json:"without_tariff"` // breaches for which the table has no tariff
	Assumptions []string       `json:"assumptions"`
}

// ExposureLine is the range of one breach.
type ExposureLine struct {
	Provision string   `json:"provision"`
	Tariffs   []string `json:"tariffs"`
	Low       int64    `json:"low_eur"`
	High      int64    `json:"high_eur"`
}

// Exposure is the rule on what open duties could cost: the lowest and the highest
// sum of fines under Bijlage 10. It is no forecast: the supervisor may fine, and
// need not.
var Exposure = rule.New("exposure", 1, []ident.Norm{"bfd:70", "bijlage10:1", "bijlage10:3:1", "bijlage10:3:2", "bijlage10:3:3", "bijlage10:tabel1"}, exposure,
	rule.Profile(rule.Bfd2005), rule.Grouped(), rule.Texts(with(fineTexts, map[string]string{
		"sum":                  "Samen kunnen deze overtredingen € {low} tot € {high} kosten.",
		"may_be_nothing":       "De toezichthouder kan een boete opleggen, maar hoeft dat niet. De ondergrens is wat de overtredingen kosten als hij voor elke overtreding een boete oplegt.",
		"each_fined_once":      "Elke overtreding in de lijst telt één keer.",
		"any_size":             "De omvang is onbekend. De ondergrens gaat uit van factor 1, de bovengrens van factor 5.",
		"two_types_both":       "De bron zegt niet welke van de twee soorten voorgaat. De ondergrens gaat uit van de laagste categorie, de bovengrens van de hoogste.",
		"double_row_both_ways": "Artikel 12, eerste lid, staat twee keer in tabel 1. De ondergrens gaat uit van tarief 2, de bovengrens van tarief 2a.",
		"gap_counts_nothing":   "Tabel 1 noemt deze bepaling ({provision}) niet. Zij telt mee voor nul.",
	})))

// with returns both maps as one.
func with(texts ...map[string]string) map[string]string {
	all := map[string]string{}
	for _, t := range texts {
		for code, text := range t {
			all[code] = text
		}
	}
	return all
}

func exposure(in ExposureIn) ExposureOut {
	out := ExposureOut{Lines: []ExposureLine{}, NoTariff: []string{}}
	assume := func(code string, norm ident.Norm) {
		if !slices.Contains(out.Assumptions, code) {
			out.Assumptions = append(out.Assumptions, code)
			out.Say(code, norm)
		}
	}
	assume("may_be_nothing", "bfd:70")
	assume("each_fined_once", "bijlage10:1")
	least := in.Offender.size(&out.Why)
	most := least
	if least == 0 {
		least, most = 1, 5
		assume("any_size", "bijlage10:3:3")
	} else if higher := in.Offender.atMost(); higher > least {
		most = higher
		assume("two_types_both", "bijlage10:2")
	}
	for _, v := range in.Violated {
		tariffs := listed(TariffRows(ident.Norm(v)))
		if len(tariffs) == 0 {
			out.NoTariff = append(out.NoTariff, v)
			out.Say("gap_counts_nothing", "bijlage10:tabel1", "provision", v)
			continue
		}
		if doubled(ident.Norm(v)) {
			assume("double_row_both_ways", "bfd:12:1")
		}
		line := ExposureLine{Provision: v, Tariffs: tariffs}
		line.Low, line.High = ends(tariffs)
		line.Low, line.High = line.Low*int64(least), line.High*int64(most)
		out.Lines = append(out.Lines, line)
		out.Low, out.High = out.Low+line.Low, out.High+line.High
	}
	out.Say("sum", "bijlage10:3:2", "low", euros(out.Low), "high", euros(out.High))
	return out
}

// ends returns the lowest and the highest amount of these tariffs.
func ends(tariffs []string) (low, high int64) {
	low, high = amounts[tariffs[0]], amounts[tariffs[0]]
	for _, t := range tariffs[1:] {
		low, high = min(low, amounts[t]), max(high, amounts[t])
	}
	return low, high
}
