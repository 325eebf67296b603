package app

import (
	"context"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"sync"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/incident"
)

// demoIncidentDays is how far the incidents of the demo reach back.
const demoIncidentDays = 720

// demoOffices say who handles incidents at the firms of the demo, who reports them,
// who puts the policy in force ("" leaves it a draft), and how many there were.
var demoOffices = []struct {
	officer, reporter, publisher string // e-mail
	incidents                    int
}{
	{"samir@delinde.example", "hanneke@delinde.example", "lotte@delinde.example", 22},
	{"ruben@hetanker.example", "fatima@hetanker.example", "wim@hetanker.example", 16},
	{"jeroen@noord.example", "marijke@noord.example", "", 8},
}

// fillIncidents gives each firm a policy and two years of incidents.
func (a *App) fillIncidents(ctx context.Context, actors map[string]ident.Actor) error {
	errs := make([]error, len(demoOffices))
	var wg sync.WaitGroup
	for n, o := range demoOffices {
		wg.Go(func() {
			w := a.witness(incident.Hand{Actor: actors[o.officer], All: true}, incident.Hand{Actor: actors[o.reporter]}, n)
			w.at = w.now.AddDate(0, 0, -demoIncidentDays-30)
			errs[n] = w.WritePolicy(ctx, w.officer.Actor, 0, demoPolicy, incident.Usual)
			if errs[n] == nil && o.publisher != "" {
				w.at = w.at.AddDate(0, 0, 3)
				errs[n] = w.PublishPolicy(ctx, actors[o.publisher], 1, "")
			}
			for k := range o.incidents {
				errs[n] = errors.Join(errs[n], w.tell(ctx, demoIncidents[(k+n)%len(demoIncidents)], k, o.incidents))
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// A witness tells the past of one firm's incidents, by the services that staff use and
// with its own dice and clock, so that every demo tells the same story.
type witness struct {
	*incident.Service
	officer, reporter incident.Hand
	dice              *mathrand.Rand
	now               time.Time // of the installation
	at                time.Time // in the story
	i                 incident.Incident
}

func (a *App) witness(officer, reporter incident.Hand, n int) *witness {
	w := &witness{officer: officer, reporter: reporter, dice: mathrand.New(mathrand.NewPCG(20261123, uint64(n))), now: a.Now()}
	cases, service := *a.Casework, *a.Incident
	cases.Now = func() time.Time { return w.at }
	service.Now, service.Casework = cases.Now, &cases
	w.Service = &service
	return w
}

// on sets the clock of the story so many days before now, and never back.
func (w *witness) on(ago int) calendar.Date {
	if at := w.now.AddDate(0, 0, -ago).Add(-time.Duration(w.dice.IntN(90)) * time.Minute); at.After(w.at) {
		w.at = at
	}
	return calendar.Of(w.at)
}

func (w *witness) keep(i incident.Incident, err error) error {
	if err == nil {
		w.i = i
	}
	return err
}

// tell tells the n-th of a firm's incidents, the oldest first; of the newest the end is
// still to come.
func (w *witness) tell(ctx context.Context, d demoIncident, n, of int) error {
	ages := []int{0, 1, 4, 15, 60}
	age, left := 100+(of-1-n)*(demoIncidentDays-100)/of, of-1-n
	if left < len(ages) {
		age = ages[left]
	}
	w.at = time.Time{}
	steps := []struct {
		ago int
		do  func(calendar.Date) error
	}{
		{age, func(day calendar.Date) error {
			by := w.reporter
			if n%3 == 1 {
				by = w.officer
			}
			return w.keep(w.Report(ctx, by, incident.Report{Noticed: day, Description: incident.Description{
				Title: d.title, Facts: d.facts, Function: d.function, Perpetrator: d.who, Happened: day.AddDays(-1 - w.dice.IntN(20)), Harm: d.harm,
			}}))
		}},
		{age - 1, func(calendar.Date) error {
			if _, err := w.Open(ctx, w.officer, w.i.ID(), "page"); err != nil {
				return err
			}
			return w.keep(w.Judge(ctx, w.officer, w.i.ID(), w.i.Case.Revision, d.assessment()))
		}},
		{age - 2, func(day calendar.Date) error { return w.tellSupervisor(ctx, day) }},
		{age - 4, func(day calendar.Date) error {
			return w.keep(w.Decide(ctx, w.officer, w.i.ID(), w.i.Case.Revision, incident.Plan{Kind: d.kind, What: d.measure, Due: day.AddDays(14)}))
		}},
		{age - 12, func(day calendar.Date) error { return w.onMeasures(ctx, day, nil) }},
		{age - 90, func(day calendar.Date) error { return w.onMeasures(ctx, day, &d) }},
		{age - 92, func(calendar.Date) error {
			return w.keep(w.Conclude(ctx, w.officer, w.i.ID(), w.i.Case.Revision))
		}},
	}
	for _, s := range steps {
		if s.ago < 0 {
			return nil
		}
		if err := s.do(w.on(s.ago)); err != nil {
			return fmt.Errorf("%s: %w", d.title, err)
		}
	}
	return nil
}

// tellSupervisor tells the supervisor where that is a duty, with the proof.
func (w *witness) tellSupervisor(ctx context.Context, day calendar.Date) error {
	if !w.i.Judged.Notify {
		return nil
	}
	proof := fmt.Sprintf("Aan: toezicht@autoriteit.example\nOnderwerp: melding incident %s\nOntvangen: %s\n", w.i.Case.Number, day.Dutch())
	if err := w.Casework.Attach(ctx, w.officer.Actor, w.i.ID(), casework.Document{Name: "ontvangstbevestiging.txt", Way: casework.Mail, What: "Bevestiging van de toezichthouder"}, []byte(proof)); err != nil {
		return err
	}
	f, err := w.Open(ctx, w.officer, w.i.ID(), "page")
	if err != nil {
		return err
	}
	return w.keep(w.Tell(ctx, w.officer, w.i.ID(), f.Case.Revision, incident.Telling{
		Day: day, Way: casework.Mail, Facts: w.i.Facts, Function: w.i.Function, Document: f.Under.Documents[0].ID,
	}))
}

// onMeasures says that the measures were carried out, and given the incident whether
// they work.
func (w *witness) onMeasures(ctx context.Context, day calendar.Date, d *demoIncident) error {
	for _, m := range w.i.Measures {
		if m.Kind == incident.NoMeasure {
			continue
		}
		var err error
		if d == nil {
			err = w.keep(w.Done(ctx, w.officer, w.i.ID(), w.i.Case.Revision, m.ID, day))
		} else {
			err = w.keep(w.Check(ctx, w.officer, w.i.ID(), w.i.Case.Revision, m.ID, incident.Finding{Effect: d.effect, Found: d.found}))
		}
		if err != nil {
			return err
		}
	}
	return nil
}
