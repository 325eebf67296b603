package app

import (
	"context"

	"zorgplicht/staff"
)

// evaluateWithin is how many days before its day the evaluation of a test waits for
// somebody: as many as the nearest of the three terms of a day's work.
const evaluateWithin = 7

// toEvaluate counts the tests that are due to be evaluated, and the evaluations that
// wait for another person than who wrote them.
func (a *App) toEvaluate(ctx context.Context, who staff.Session) (due, confirm int, err error) {
	list, err := a.Appropriateness.DueEvaluations(ctx, who.Actor())
	today := a.Appropriateness.Today()
	for _, d := range list {
		if today.DaysUntil(d.Day) <= evaluateWithin {
			due++
		}
		if d.Last != nil && d.Last.ConfirmedBy == "" && d.Last.By != who.Actor().String() {
			confirm++
		}
	}
	return due, confirm, err
}
