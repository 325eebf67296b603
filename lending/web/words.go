package web

import (
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/internal/site"
	"zorgplicht/lending"
	"zorgplicht/money"
)

var formChoices = []site.Choice{
	{Value: string(lending.Loan), Text: "Lening", Hint: "Een bedrag ineens. De kredietsom telt."},
	{Value: string(lending.Revolving), Text: "Doorlopend krediet", Hint: "Opnemen tot een limiet. De limiet telt."},
	{Value: string(lending.Goods), Text: "Goederenkrediet", Hint: "De contante prijs min de aanbetaling telt."},
}

var purposeChoices = []site.Choice{
	{Text: "Kies waarvoor"},
	{Value: string(lending.ForCar), Text: "Auto of ander vervoer"},
	{Value: string(lending.ForHome), Text: "Woning of verbouwing"},
	{Value: string(lending.ForDebts), Text: "Andere kredieten aflossen"},
	{Value: string(lending.ForGoods), Text: "Een aankoop"},
	{Value: string(lending.ForSecurities), Text: "Effecten kopen"},
	{Value: string(lending.ForOther), Text: "Iets anders"},
}

var householdChoices = []site.Choice{
	{Text: "Niet bekend"},
	{Value: string(lending.Alone), Text: "Alleenstaand"},
	{Value: string(lending.SingleParent), Text: "Alleenstaande ouder"},
	{Value: string(lending.Couple), Text: "Samenwonend"},
	{Value: string(lending.Family), Text: "Gezin"},
}

var collateralChoices = []site.Choice{
	{Text: "Er worden geen effecten beleend"},
	{Value: string(lending.Listed), Text: "Effecten met een notering aan een beurs"},
	{Value: string(lending.PublicPrice), Text: "Effecten met een prijs die iedereen kan kennen"},
	{Value: string(lending.NoPrice), Text: "Effecten zonder openbare prijs"},
}

var stateChoices = []site.Choice{
	{Text: "Alle"},
	{Value: string(lending.Received), Text: "In behandeling"},
	{Value: string(lending.Accepted), Text: "Aanvaard"},
	{Value: string(lending.Declined), Text: "Geweigerd"},
	{Value: string(lending.Withdrawn), Text: "Ingetrokken"},
	{Value: string(lending.Concluded), Text: "Overeenkomst gesloten"},
	{Value: string(lending.Settled), Text: "Afgewikkeld"},
}

var verdictChoices = []site.Choice{
	{Text: "Alle"},
	{Value: string(lending.Fits), Text: "Voldoet"},
	{Value: string(lending.Discuss), Text: "Bespreken"},
	{Value: string(lending.Refuse), Text: "Voldoet niet"},
	{Value: string(lending.Incomplete), Text: "Onvolledig"},
}

var orderChoices = []site.Choice{
	{Text: "Nieuwste eerst"},
	{Value: string(lending.Oldest), Text: "Oudste eerst"},
	{Value: string(lending.Largest), Text: "Hoogste bedrag eerst"},
	{Value: string(lending.ByName), Text: "Naam"},
}

func stateTag(s lending.State) site.Tag {
	tone := map[lending.State]site.Tone{lending.Received: site.Info, lending.Accepted: site.Good, lending.Declined: site.Bad, lending.Concluded: site.Good}[s]
	if tone == "" {
		tone = site.Neutral
	}
	return site.Tag{Tone: tone, Text: site.WordOf(stateChoices, string(s), "")}
}

func verdictTag(v lending.Verdict) site.Tag {
	tone := map[lending.Verdict]site.Tone{lending.Fits: site.Good, lending.Discuss: site.Warn, lending.Refuse: site.Bad}[v]
	if tone == "" {
		tone = site.Neutral
	}
	return site.Tag{Tone: tone, Text: site.WordOf(verdictChoices, string(v), "Niet beoordeeld")}
}

// label is what a page calls a field of the criteria.
func label(f criteria.FieldText) string {
	if f.Question != "" {
		return f.Question
	}
	return humane(f.Name)
}

func humane(name string) string {
	s := strings.ReplaceAll(name, "_", " ")
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// shown writes a value of the criteria as people read it.
func shown(f criteria.FieldText, v string) string {
	if v == "" {
		return "niet bekend"
	}
	if d, err := calendar.Parse(v); err == nil {
		return d.Dutch()
	}
	if c, err := centsOf(v); f.Type == "euro" && err == nil {
		return c.Dutch()
	}
	units := map[string]string{"percent": "%", "months": " maanden", "days": " dagen"}
	if _, err := money.Parse(v); err == nil {
		return strings.Replace(v, ".", ",", 1) + units[f.Type]
	}
	return v
}

// centsOf reads a decimal with a point as an amount.
func centsOf(v string) (money.Cents, error) {
	return money.ParseCents(strings.Replace(v, ".", ",", 1))
}

// typed is what somebody typed of a field, as the criteria read it.
func typed(f criteria.FieldText, v string) string {
	v = strings.TrimSpace(v)
	if f.Type == "euro" && v != "" {
		if c, err := money.ParseCents(v); err == nil {
			return plain(c)
		}
	}
	return v
}

// plain writes an amount with a point.
func plain(c money.Cents) string {
	s := strings.NewReplacer("€\u00a0", "", ".", "").Replace(c.Dutch())
	return strings.Replace(s, ",", ".", 1)
}

// amount writes an amount as it is typed, "" for none.
func amount(c money.Cents) string {
	if c == 0 {
		return ""
	}
	return strings.TrimPrefix(c.Dutch(), "€\u00a0")
}
