package app

import (
	"context"
	"errors"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/cause"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/incident"
)

// A demoMeasure is what was done about a root cause of the demo; days are before today,
// below nil after it.
type demoMeasure struct {
	kind             incident.MeasureKind
	what             string
	set, due, done   int // done nil: not yet
	checkOn, checked int
	effect           incident.Effect
	found            string
}

// demoCauses are the root causes of the demo. Of the complaints of their sort that came
// in since the last measure worked, one in every is named; none where that is nil.
var demoCauses = []struct {
	handler, title, what string
	sort                 complaint.Cause
	service              string
	found, every         int
	measures             []demoMeasure
	closed               int // days before today; 0: it is still open
}{
	{
		"hanneke@delinde.example", "Brief over nieuwe rente noemt één periode",
		"Het sjabloon van het renteaanbod toont alleen de periode die de klant nu heeft. Wie iets anders wil, moet dat zelf vragen. Dat blijkt uit de aanbiedingen bij deze klachten.",
		complaint.ByInformation, "beheer", 420, 4,
		[]demoMeasure{{incident.OnPolicy, "Sjabloon van het renteaanbod toont alle rentevaste perioden, met wat zij per maand kosten.", 410, 380, 371, 280, 276, incident.Works, "Twintig aanbiedingen gelezen: in alle staan de perioden. Er kwam nog een enkele klacht."}},
		0,
	},
	{
		"hanneke@delinde.example", "Jaaroverzichten worden met de hand nagekeken",
		"In januari en februari kijkt één medewerker alle overzichten met bijzonderheden na. Bij ziekte blijft de stapel liggen.",
		complaint.ByAdministration, "beheer", 610, 1,
		[]demoMeasure{
			{incident.OnProcedure, "Een tweede medewerker kijkt mee in januari en februari.", 600, 560, 555, 460, 452, incident.WorksPart, "In februari bleef de stapel weer liggen toen beiden weg waren."},
			{incident.OnProcedure, "Controle door het systeem; alleen afwijkingen gaan nog langs een medewerker.", 440, -12, 0, 0, 0, "", ""},
		},
		0,
	},
	{
		"hanneke@delinde.example", "Aanvragen staan soms op niemands naam",
		"Wie met verlof gaat, houdt zijn werkvoorraad. Niemand ziet dat een aanvraag stilligt tot de klant belt.",
		complaint.ByTime, "acceptatie", 16, 1, nil, 0,
	},
	{
		"ruben@hetanker.example", "Premie wordt na een wijziging niet opnieuw berekend",
		"Een adreswijziging komt in de administratie, maar start geen nieuwe berekening van de premie.",
		complaint.ByPrice, "beheer", 200, 1,
		[]demoMeasure{{incident.OnProcedure, "Elke wijziging van adres of dekking start een nieuwe berekening.", 190, 150, 146, 6, 0, "", ""}},
		0,
	},
	{
		"ruben@hetanker.example", "Telefoonscript noemt de wachttijd niet",
		"Medewerkers lazen een script voor waarin de wachttijd van de verzekering ontbrak. Klanten dachten dat zij direct verzekerd waren.",
		complaint.ByInformation, "verkoop", 590, 50,
		[]demoMeasure{{incident.OnProcedure, "Nieuw script met de wachttijd in de eerste minuut, en tien meegeluisterde gesprekken per maand.", 580, 550, 541, 420, 415, incident.Works, "Dertig gesprekken beluisterd: in alle is de wachttijd genoemd."}},
		400,
	},
	{
		"hanneke@delinde.example", "Taxatiebureau rekende dubbele reiskosten",
		"Een bureau waarmee wij werken bracht reiskosten twee keer in rekening. Wij keken de nota's niet na.",
		complaint.ByPrice, "acceptatie", 650, 50,
		[]demoMeasure{
			{incident.OnProcedure, "De administratie legt elke nota naast de afgesproken tarieven.", 645, 620, 612, 520, 514, incident.Works, "Vijftig nota's nagekeken: geen dubbele kosten meer. Het bureau betaalde terug."},
		},
		500,
	},
}

// fillCauses tells of two providers what lies behind their complaints.
func (a *App) fillCauses(ctx context.Context, actors map[string]ident.Actor) (errs error) {
	today := calendar.Of(a.Now())
	for _, d := range demoCauses {
		by := actors[d.handler]
		explained, err := a.demoExplained(ctx, by, d.sort, d.every, d.measures)
		if err != nil {
			return err
		}
		cases, s := *a.Casework, *a.Cause
		ago := 0
		s.Now = func() time.Time { return a.Now().AddDate(0, 0, -ago) }
		cases.Now, s.Casework = s.Now, &cases
		at := func(n int) { ago = n }
		day := func(n int) calendar.Date { return today.AddDays(-n) }
		var c cause.Cause
		then := func(step func() (cause.Cause, error)) {
			if err == nil {
				var next cause.Cause
				if next, err = step(); err == nil {
					c = next
				}
			}
		}
		at(d.found)
		then(func() (cause.Cause, error) {
			return s.Find(ctx, by, "", cause.Finding{Title: d.title, What: d.what, Sort: d.sort, Service: d.service, Found: day(d.found)})
		})
		for _, k := range explained {
			at(max(0, min(d.found, k.Received.DaysUntil(today)-3))) // three days after it came in
			if err == nil {
				_, err = s.Explain(ctx, by, casework.Sight{}, c.ID(), k.Number)
			}
		}
		for n, m := range d.measures {
			at(m.set)
			then(func() (cause.Cause, error) {
				return s.Decide(ctx, by, c.ID(), c.Case.Revision, cause.Plan{Kind: m.kind, What: m.what, Owner: by.ID, Due: day(m.due)})
			})
			if m.done > 0 {
				at(m.done)
				then(func() (cause.Cause, error) {
					return s.Done(ctx, by, c.ID(), c.Case.Revision, c.Measures[n].ID, day(m.done), day(m.checkOn))
				})
			}
			if m.checked > 0 {
				at(m.checked)
				then(func() (cause.Cause, error) {
					return s.Check(ctx, by, c.ID(), c.Case.Revision, c.Measures[n].ID, incident.Finding{Effect: m.effect, Found: m.found})
				})
			}
		}
		if d.closed > 0 {
			at(d.closed)
			then(func() (cause.Cause, error) { return s.Conclude(ctx, by, c.ID(), c.Case.Revision) })
		}
		errs = errors.Join(errs, err)
	}
	return errs
}

// demoExplained are the complaints that a root cause explains.
func (a *App) demoExplained(ctx context.Context, by ident.Actor, sort complaint.Cause, every int, measures []demoMeasure) (explained []casework.Case, err error) {
	since := calendar.Of(a.Now())
	for _, m := range measures {
		if m.effect == incident.Works {
			since = since.AddDays(-m.done)
		}
	}
	l, err := a.Complaint.List(ctx, by.Firm, casework.Filter{Facets: casework.Facets{complaint.FacetCause: string(sort)}, Limit: 200})
	later := 0
	for _, b := range l.Rows {
		if !b.Case.Received.Before(since) {
			if later++; later%every > 0 {
				continue
			}
		}
		explained = append(explained, b.Case)
	}
	return explained, err
}
