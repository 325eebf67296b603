package app

import (
	"context"
	"fmt"
	mathrand "math/rand/v2"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/calendar"
	"zorgplicht/ident"
)

// fillAftermath tells what became of the clients of the past, and lets the mortgage
// house evaluate its test. At the insurer one evaluation is overdue and one is near.
func (a *App) fillAftermath(ctx context.Context, d Demo, actors map[string]ident.Actor, past []*pastClient) error {
	told := a.Now().Add(-24 * time.Hour)
	rows := map[ident.Firm][]appropriateness.SequelRow{}
	dice := mathrand.New(mathrand.NewPCG(20261122, 1))
	for _, c := range past {
		rows[c.firm] = append(rows[c.firm], sequelsOf(c, told, dice)...)
	}
	tellers := []struct {
		firm ident.Firm
		by   string
	}{{d.Firm, "samir@delinde.example"}, {d.Provider, "ruben@hetanker.example"}, {d.Office, "jeroen@noord.example"}, {d.Branch, "saskia@zuid.example"}}
	for _, t := range tellers {
		r, err := a.bankOn(told).ReportSequels(ctx, actors[t.by], rows[t.firm], false)
		if err != nil {
			return err
		}
		if len(r.Faults) > 0 {
			return fmt.Errorf("sequels of %s: %+v", t.by, r.Faults[0])
		}
	}
	if err := a.evaluateDemo(ctx, actors); err != nil {
		return err
	}
	before, today := a.bankOn(a.Now().AddDate(0, 0, -60)), calendar.Of(a.Now())
	if err := before.PlanEvaluation(ctx, actors["ruben@hetanker.example"], demoModule, today.AddDays(-3).String()); err != nil {
		return err
	}
	return before.PlanEvaluation(ctx, actors["ruben@hetanker.example"], demoProtection, today.AddDays(5).String())
}

// sequelsOf is what became of one client, as the dice say: of most it is known, and
// who did not pass came back with a question or for advice more often.
func sequelsOf(c *pastClient, told time.Time, dice *mathrand.Rand) (rows []appropriateness.SequelRow) {
	luck, which, later := dice.IntN(100), dice.IntN(100), dice.IntN(25)
	first := calendar.Of(c.judged).AddDays(3)
	if c.attempt == "" || first.AddDays(25).After(calendar.Of(told)) || luck < 25 {
		return nil // not judged, too short ago, or not followed
	}
	add := func(what appropriateness.Happening, after int) {
		rows = append(rows, appropriateness.SequelRow{Attempt: c.attempt, What: what, Day: first.AddDays(after).String()})
	}
	signals := []appropriateness.Happening{appropriateness.AskedAfter, appropriateness.Undone, appropriateness.InArrears, appropriateness.Complained}
	least := 88
	if c.outcome == appropriateness.Appropriate {
		add(appropriateness.Concluded, 0)
	} else {
		signals, least = []appropriateness.Happening{appropriateness.TookAdvice, appropriateness.AskedAfter}, 60
		add(appropriateness.NotConcluded, 0)
	}
	if which >= least {
		add(signals[which%len(signals)], later)
	} else {
		add(appropriateness.NothingNoted, 25)
	}
	return rows
}

// evaluateDemo lets compliance of the mortgage house write an evaluation and another
// confirm it.
func (a *App) evaluateDemo(ctx context.Context, actors map[string]ident.Actor) error {
	writer, second := actors["samir@delinde.example"], actors["lotte@delinde.example"]
	versions, err := a.Appropriateness.Versions(ctx, writer)
	if err != nil {
		return err
	}
	for _, v := range versions {
		if v.TestID != demoTest {
			continue
		}
		at := a.Now().Add(-3 * time.Hour)
		e, err := a.bankOn(at).WriteEvaluation(ctx, writer, appropriateness.Evaluating{
			TestID: demoTest, Test: v.Hash, Outside: "none", Next: calendar.Of(at).AddMonths(6).String(),
			Conclusion: "Bij de meeste klanten die slaagden, is niets gebleken van een verkeerd beeld. Wie terugkwam met een vraag, vroeg vooral naar de rente na de rentevaste periode.",
			Measures:   "De redactie schrijft vóór de volgende evaluatie twee vragen bij over de rente na de rentevaste periode. De grens blijft 70 procent.",
		})
		if err != nil {
			return err
		}
		return a.bankOn(at.Add(time.Hour)).ConfirmEvaluation(ctx, second, demoTest, e.ID)
	}
	return fmt.Errorf("test %s is not in use", demoTest)
}
