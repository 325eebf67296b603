package web

import (
	"net/http"
	"slices"
	"strings"

	"zorgplicht/advice"
	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/criteria"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/money"
)

// A sort of field is how it is shown.
type shape int

const (
	aLine shape = iota
	aDay
	aList
	anArea
	aHeading
)

// An input is one field of a form about a file.
type input struct {
	shape   shape
	name    string
	label   string
	hint    string
	choices []site.Choice
	short   bool
	must    bool
}

func roleInputs() []input {
	return []input{
		{shape: aHeading, label: "Advies"},
		{shape: aDay, name: "dag", label: "Dag van het advies", must: true, short: true},
		{shape: aList, name: "rol", label: "Wat was uw onderneming bij dit advies?", choices: roleChoices, must: true},
		{shape: aList, name: "soort", label: "Soort product", choices: kindChoices("Kies een soort"), must: true},
		{name: "product", label: "Geadviseerd product", must: true},
		{name: "aanbieder", label: "Aanbieder van dat product"},
		{shape: anArea, name: "kenmerken", label: "Kenmerken van het product", hint: "Waaraan het te herkennen is, zoals bedrag, looptijd of dekking."},
		{shape: anArea, name: "waarom", label: "Waarom past dit product bij de klant?"},
	}
}

func profileInputs() []input {
	return []input{
		{shape: aHeading, label: "Klantprofiel"},
		{name: "inkomen", label: "Inkomen per jaar, in euro’s", short: true},
		{name: "vermogen", label: "Vermogen, in euro’s", short: true},
		{name: "schuld", label: "Schulden, in euro’s", short: true},
		{shape: anArea, name: "positie", label: "Verder over de financiële positie"},
		{shape: aList, name: "kennis", label: "Kennis van dit soort product", choices: levelChoices},
		{name: "kennis-woorden", label: "Toelichting op de kennis"},
		{shape: aList, name: "ervaring", label: "Ervaring met dit soort product", choices: levelChoices},
		{name: "ervaring-woorden", label: "Toelichting op de ervaring"},
		{shape: anArea, name: "doelen", label: "Doelstellingen"},
		{shape: aList, name: "risico", label: "Hoeveel risico wil de klant lopen?", choices: levelChoices},
		{name: "risico-woorden", label: "Toelichting op het risico"},
	}
}

func outcomeInputs() []input {
	return []input{
		{shape: aList, name: "afloop", label: "Wat kwam er van het advies?", choices: resultChoices, must: true},
		{shape: aDay, name: "overeenkomst", label: "Dag van de overeenkomst", hint: "Alleen als er een overeenkomst kwam.", short: true},
		{name: "ander-product", label: "Product dat de klant koos", hint: "Alleen als dat een ander product is. Vul dan ook de vragen hieronder in."},
		{name: "andere-aanbieder", label: "Aanbieder van dat product"},
		{shape: aList, name: "elders", label: "Waar sloot de klant dat product?", choices: []site.Choice{{Text: "Bij of via ons"}, {Value: "ja", Text: "Langs een ander kanaal, los van het advies"}}},
		{shape: aDay, name: "gewaarschuwd", label: "Wanneer is de klant verteld dat dit niet het advies was?", short: true},
		{shape: aList, name: "hoe", label: "Hoe maakte de klant de keuze?", choices: wayChoices},
		{shape: anArea, name: "keuze", label: "Wat zei of schreef de klant?", hint: "Neem de woorden van de klant zelf over."},
	}
}

// courseInputs are the questions of a procedure.
func courseInputs(p criteria.Published) (all []input) {
	all = append(all, input{shape: aHeading, label: "Vragen van de procedure"})
	for _, f := range p.Program.Set().Fields {
		if f.Run {
			continue
		}
		x := input{name: answerField(f.Name), label: f.Question, must: true, short: true}
		switch f.Type {
		case "yesno":
			x.shape, x.choices = aList, []site.Choice{{Text: "Kies een antwoord"}, {Value: "ja", Text: "Ja"}, {Value: "nee", Text: "Nee"}}
		case "choice":
			x.shape, x.choices = aList, []site.Choice{{Text: "Kies een antwoord"}}
			for _, v := range f.Values {
				x.choices = append(x.choices, site.Choice{Value: v, Text: strings.ReplaceAll(v, "_", " ")})
			}
		case "date":
			x.shape = aDay
		case "choices":
			x.hint = "Een of meer van deze, met | ertussen, of - voor geen: " + strings.Join(f.Values, ", ") + "."
		default:
			x.hint = "Een getal."
		}
		all = append(all, x)
	}
	return all
}

// answersOf reads the answers to a procedure.
func answersOf(r *http.Request, p criteria.Published) map[string]string {
	given := map[string]string{}
	for _, f := range p.Program.Set().Fields {
		if !f.Run {
			given[f.Name] = strings.TrimSpace(r.PostFormValue(answerField(f.Name)))
		}
	}
	return given
}

// A reading reads a form; what no field can hold is kept as a fault.
type reading struct {
	r     *http.Request
	wrong []fault.Detail
}

func (f *reading) text(name string) string { return f.r.PostFormValue(name) }

func (f *reading) cents(name, at string) *int64 {
	s := strings.TrimSpace(f.text(name))
	if s == "" {
		return nil
	}
	n, err := money.ParseCents(s)
	if err != nil {
		f.wrong = append(f.wrong, fault.Detail{Pointer: at, Reason: "amount", Text: "Geef een bedrag in euro’s, zoals 45.000 of 45.000,00."})
		return nil
	}
	return new(int64(n))
}

func (f *reading) day(name, at string) calendar.Date {
	s := strings.TrimSpace(f.text(name))
	if s == "" {
		return calendar.Date{}
	}
	d, err := calendar.Parse(s)
	if err != nil {
		f.wrong = append(f.wrong, fault.Detail{Pointer: at, Reason: "day", Text: "Geef een datum, zoals 23-11-2026."})
	}
	return d
}

func (f *reading) graded(name string) advice.Graded {
	return advice.Graded{Level: advice.Level(f.text(name)), Words: f.text(name + "-woorden")}
}

func (f *reading) profile() advice.Profile {
	return advice.Profile{
		Position: advice.Position{
			Income: f.cents("inkomen", "/profile/position/income"), Wealth: f.cents("vermogen", "/profile/position/wealth"), Debt: f.cents("schuld", "/profile/position/debt"),
			Words: f.text("positie"),
		},
		Knowledge: f.graded("kennis"), Experience: f.graded("ervaring"), Objectives: f.text("doelen"), Risk: f.graded("risico"),
	}
}

func (f *reading) advice() advice.Recommendation {
	return advice.Recommendation{
		Day: f.day("dag", "/advice/day"), Kind: advice.ProductKind(f.text("soort")), Product: f.text("product"), Provider: f.text("aanbieder"), Terms: f.text("kenmerken"),
		Why: f.text("waarom"),
	}
}

func (f *reading) outcome() (advice.Outcome, *advice.OwnChoice) {
	o := advice.Outcome{
		Result: advice.Result(f.text("afloop")), Day: f.day("overeenkomst", "/outcome/day"), Product: f.text("ander-product"), Provider: f.text("andere-aanbieder"),
		Elsewhere: f.text("elders") == "ja",
	}
	return o, &advice.OwnChoice{
		Warned: f.day("gewaarschuwd", "/choice/warned"), Way: casework.Way(f.text("hoe")), Words: f.text("keuze"), Document: f.text("document"),
	}
}

// with adds what the form itself found wrong to what the service did, so that all
// comes at once.
func (f *reading) with(err error) error {
	if len(f.wrong) == 0 {
		return err
	}
	all := f.wrong
	if more := fault.As(err); more != nil && more.Kind == fault.Invalid {
		for _, d := range more.Details {
			if !slices.ContainsFunc(all, func(x fault.Detail) bool { return x.Pointer == d.Pointer }) {
				all = append(all, d)
			}
		}
	}
	return fault.All("invalid-advice", all)
}

// shownOf is what the fields of a form show of a content.
func shownOf(c advice.Content) map[string]string {
	plain := func(cents *int64) string {
		return strings.TrimPrefix(strings.ReplaceAll(euro(cents), "\u00a0", " "), "€ ")
	}
	p, a, o := c.Profile, c.Advice, c.Outcome
	v := map[string]string{
		"rol": string(c.Role), "dag": dateField(a.Day), "soort": string(a.Kind), "product": a.Product, "aanbieder": a.Provider, "kenmerken": a.Terms, "waarom": a.Why,
		"inkomen": plain(p.Position.Income), "vermogen": plain(p.Position.Wealth), "schuld": plain(p.Position.Debt), "positie": p.Position.Words,
		"kennis": string(p.Knowledge.Level), "kennis-woorden": p.Knowledge.Words, "ervaring": string(p.Experience.Level), "ervaring-woorden": p.Experience.Words,
		"doelen": p.Objectives, "risico": string(p.Risk.Level), "risico-woorden": p.Risk.Words,
		"afloop": string(o.Result), "overeenkomst": dateField(o.Day), "ander-product": o.Product, "andere-aanbieder": o.Provider,
	}
	if o.Elsewhere {
		v["elders"] = "ja"
	}
	if w := c.Choice; w != nil {
		v["gewaarschuwd"], v["hoe"], v["keuze"], v["document"] = dateField(w.Warned), string(w.Way), w.Words, w.Document
	}
	return v
}
