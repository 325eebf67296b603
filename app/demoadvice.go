package app

import (
	"context"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"strconv"
	"sync"
	"time"

	"zorgplicht/advice"
	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
)

// demoAdvisers say which firms of the demo advise, in which role, and how many files
// they have of the past two years. The insurer has a procedure since a few days.
var demoAdvisers = []struct {
	firm, adviser, keeper string // e-mail of the two
	role                  advice.Role
	files                 int
	products              []demoAdvice
}{
	{demoOffice, "marijke@noord.example", "jeroen@noord.example", advice.Intermediary, 62, noordAdvices},
	{demoInsurer, "ruben@hetanker.example", "ruben@hetanker.example", advice.Provider, 38, ankerAdvices},
}

// A demoAdvice is a sort of client with the product that fits.
type demoAdvice struct {
	kind                advice.ProductKind
	product, provider   string
	terms, why          string
	objectives          string
	knowledge, risk     advice.Level
	income, wealth      int // euros, to be varied
	other               string
	clientSays, learned string
}

var noordAdvices = []demoAdvice{
	{
		kind: "hypotheek", product: "Annuïteitenhypotheek", provider: DemoFirm, terms: "€ 285.000, dertig jaar, tien jaar vast", knowledge: "voldoende", risk: "weinig", income: 52_000, wealth: 18_000,
		objectives: "Een eerste huis kopen met een vaste last, en na tien jaar kunnen verhuizen.", why: "De maandlast past bij het inkomen en de schuld is aan het eind afgelost.",
		other: "Deels aflossingsvrije hypotheek", clientSays: "Ik wil nu lager zitten en los later zelf af. Ik begrijp dat u dit niet adviseert.", learned: "Heeft een vast contract en geen andere leningen.",
	},
	{
		kind: "inkomensverzekering", product: "Arbeidsongeschiktheidsverzekering", provider: demoInsurer, terms: "80 procent van het inkomen, eigen risico drie maanden", knowledge: "weinig", risk: "geen", income: 61_000, wealth: 24_000,
		objectives: "Het gezin moet de vaste lasten kunnen dragen als de klant ziek wordt.", why: "Als zelfstandige is er geen ander inkomen bij ziekte; het spaargeld houdt vier maanden.",
		other: "Ongevallenverzekering", clientSays: "De premie vind ik te hoog, ik neem alleen ongevallen.", learned: "Werkt vijf jaar zelfstandig als schilder.",
	},
	{
		kind: "levensverzekering", product: "Overlijdensrisicoverzekering", provider: demoInsurer, terms: "€ 150.000, dalend, twintig jaar", knowledge: "voldoende", risk: "geen", income: 47_000, wealth: 9_000,
		objectives: "De partner moet in het huis kunnen blijven wonen.", why: "De dekking volgt de restschuld, met de laagste premie.",
		other: "Gelijkblijvende overlijdensrisicoverzekering", clientSays: "Ik wil dat er ook iets overblijft voor de kinderen.", learned: "Twee kinderen van vier en zeven.",
	},
	{
		kind: "krediet", product: "Persoonlijke lening", provider: DemoFirm, terms: "€ 12.000, 72 maanden", knowledge: "voldoende", risk: "weinig", income: 39_000, wealth: 2_500,
		objectives: "Een andere auto voor het werk, met een vast einde aan de lening.", why: "De looptijd past bij hoelang de auto meegaat en het bedrag is niet hoger dan nodig.",
		other: "Doorlopend krediet", clientSays: "Ik wil geld achter de hand houden en kan eerder aflossen.", learned: "Geen achterstanden, huurt een woning.",
	},
}

var ankerAdvices = []demoAdvice{
	{
		kind: "levensverzekering", product: "Ankerplan Leven", provider: demoInsurer, terms: "€ 100.000 tot 65 jaar", knowledge: "voldoende", risk: "weinig", income: 55_000, wealth: 31_000,
		objectives: "Aanvulling op het pensioen en dekking voor de partner.", why: "Het doel ligt ver weg en de inleg is te dragen.",
		other: "Ankerplan Beleggen", clientSays: "Ik wil meer kans op rendement, ook als het kan tegenvallen.", learned: "Bouwt pensioen op bij een werkgever.",
	},
	{
		kind: "inkomensverzekering", product: "Anker Inkomen Compleet", provider: demoInsurer, terms: "70 procent, eigen risico een maand", knowledge: "weinig", risk: "geen", income: 44_000, wealth: 6_000,
		objectives: "Zekerheid over het inkomen als werken niet meer gaat.", why: "Er is weinig spaargeld, dus het eigen risico is kort.",
		other: "Anker Inkomen Basis", clientSays: "Ik kies zelf voor de lagere premie.", learned: "Alleenverdiener met een huurhuis.",
	},
	{
		kind: "uitvaartverzekering", product: "Anker Uitvaart", provider: demoInsurer, terms: "€ 8.500, premie tot 75 jaar", knowledge: "ruim", risk: "geen", income: 33_000, wealth: 4_000,
		objectives: "De kinderen niet met de kosten laten zitten.", why: "Sparen lukt niet, en het bedrag past bij de wensen.",
		other: "Anker Uitvaart in natura", clientSays: "Ik wil dat alles geregeld wordt, ook al is het duurder.", learned: "Heeft geen andere uitvaartverzekering.",
	},
}

// An adviser tells the past of one firm's advice, by the service that staff use and
// with its own dice and clock.
type adviser struct {
	*advice.Service
	by   ident.Actor
	dice *mathrand.Rand
	now  time.Time // of the installation
	at   time.Time // in the story
	role advice.Role
}

func (a *App) adviser(by ident.Actor, role advice.Role, n int) *adviser {
	t := &adviser{by: by, role: role, dice: mathrand.New(mathrand.NewPCG(20261122, uint64(100+n))), now: a.Now()}
	cases, service := *a.Casework, *a.Advice
	cases.Now = func() time.Time { return t.at }
	service.Now, service.Casework = cases.Now, &cases
	t.Service = &service
	return t
}

// fillAdvice gives the firms that advise two years of files, and the insurer a
// procedure with a few files that came from it.
func (a *App) fillAdvice(ctx context.Context, actors map[string]ident.Actor) error {
	errs := make([]error, len(demoAdvisers))
	var wg sync.WaitGroup
	for i, d := range demoAdvisers {
		wg.Go(func() {
			t := a.adviser(actors[d.adviser], d.role, i)
			for n := range d.files {
				if errs[i] = t.file(ctx, d.products[t.dice.IntN(len(d.products))], n, d.files); errs[i] != nil {
					return
				}
			}
			if d.firm == demoInsurer {
				errs[i] = t.byProcedure(ctx, actors[d.keeper])
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// ago sets the clock of the story to a working day in office hours.
func (t *adviser) ago(days int) {
	at := t.now.AddDate(0, 0, -days)
	switch at.Weekday() {
	case time.Saturday:
		at = at.AddDate(0, 0, -1)
	case time.Sunday:
		at = at.AddDate(0, 0, -2)
	}
	if t.at = at; days > 0 {
		t.at = time.Date(at.Year(), at.Month(), at.Day(), 8+t.dice.IntN(8), t.dice.IntN(60), 0, 0, time.UTC)
	}
}

func (t *adviser) entry(d demoAdvice) advice.Entry {
	vary := func(euros int) *int64 { return new(int64(euros*(80+t.dice.IntN(50))/100) / 100 * 10_000) }
	return advice.Entry{Reference: "KL-" + strconv.Itoa(2000+t.dice.IntN(7000)), Content: advice.Content{
		Role: t.role,
		Profile: advice.Profile{
			Position: advice.Position{Income: vary(d.income), Wealth: vary(d.wealth), Words: d.learned}, Knowledge: advice.Graded{Level: d.knowledge},
			Experience: advice.Graded{Level: advice.Levels[t.dice.IntN(3)]}, Objectives: d.objectives, Risk: advice.Graded{Level: d.risk},
		},
		Advice: advice.Recommendation{Day: calendar.Of(t.at), Kind: d.kind, Product: d.product, Provider: d.provider, Terms: d.terms, Why: d.why},
	}}
}

// file tells the n-th of a firm's files, the oldest first: most clients follow the
// advice, some take nothing, a few another product; of the newest the end is not known.
func (t *adviser) file(ctx context.Context, d demoAdvice, n, of int) error {
	age := (of-n)*demoComplaintDays/of - t.dice.IntN(demoComplaintDays/of)
	t.ago(max(age, 1))
	in := t.entry(d)
	if n%17 == 5 { // something was forgotten, and filled in only where it is long ago
		in.Profile.Risk = advice.Graded{}
	}
	f, err := t.Record(ctx, t.by, in)
	if err != nil {
		return fmt.Errorf("demo advice %d: %w", n, err)
	}
	if n%17 == 5 && age > 60 {
		t.ago(age - 3)
		fixed := in.Profile
		fixed.Risk = advice.Graded{Level: d.risk}
		if f, err = t.Correct(ctx, t.by, f.ID(), f.Case.Revision, advice.Correction{Role: f.Role, Profile: fixed, Advice: f.Content.Advice, Why: "De risicobereidheid was niet overgenomen uit het gesprek."}); err != nil {
			return err
		}
	}
	if age < 25 || n%23 == 9 {
		return nil
	}
	t.ago(age - 6 - t.dice.IntN(12))
	in2 := advice.Sequel{Outcome: advice.Outcome{Result: advice.Followed, Day: calendar.Of(t.at)}}
	switch {
	case n%11 == 4:
		in2.Outcome = advice.Outcome{Result: advice.Other, Day: calendar.Of(t.at), Product: d.other, Provider: d.provider}
		if n%33 != 15 {
			in2.Choice = &advice.OwnChoice{Warned: f.Content.Advice.Day, Way: []casework.Way{casework.Mail, casework.Visit, casework.Letter}[n%3], Words: d.clientSays}
		}
	case n%7 == 2:
		in2.Outcome = advice.Outcome{Result: advice.Nothing}
	}
	_, err = t.Follow(ctx, t.by, f.ID(), f.Case.Revision, in2)
	return err
}

// demoProcedureDays is for how long the insurer has its procedure, a rule set.
const (
	demoProcedureDays = 10
	demoProcedureSet  = "inkomensadvies"
)

// byProcedure names the procedure and records three pieces of advice that came from
// it, of which one departs.
func (t *adviser) byProcedure(ctx context.Context, keeper ident.Actor) error {
	t.ago(demoProcedureDays)
	if err := t.Name(ctx, keeper, demoProcedureSet, "inkomensverzekering"); err != nil {
		return err
	}
	for i, answers := range []map[string]string{
		{"lasten": "1800", "buffer": "4000", "zelfstandig": "ja", "kent_wachttijd": "ja", "eerder": "nee", "doel": "lasten_dragen", "zekerheid": "weinig"},
		{"lasten": "1400", "buffer": "21000", "zelfstandig": "ja", "kent_wachttijd": "ja", "eerder": "ja", "doel": "lasten_dragen", "zekerheid": "weinig"},
		{"lasten": "1600", "buffer": "30000", "zelfstandig": "ja", "kent_wachttijd": "ja", "eerder": "ja", "doel": "lasten_dragen", "zekerheid": "weinig"},
	} {
		t.ago(demoProcedureDays - 2*(i+1))
		in := t.entry(ankerAdvices[1])
		in.Procedure, in.Answers, in.Advice.Product = demoProcedureSet, answers, ""
		if i == 2 {
			in.Advice.Product, in.Advice.Why = "inkomen compleet", "De klant verwacht het spaargeld volgend jaar nodig te hebben voor een verbouwing."
		}
		if _, err := t.Record(ctx, t.by, in); err != nil {
			return fmt.Errorf("demo advice by procedure %d: %w", i, err)
		}
	}
	return nil
}
