package dispute

import (
	"context"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
)

// CorrectFiled says that a dispute came to the body, or to the firm, on another day than
// was written down, and why. What was done in it came on that day or after it: Invalid
// "invalid-receipt".
func (s *Service) CorrectFiled(ctx context.Context, by ident.Actor, id casework.ID, saw int64, day calendar.Date, why string) (Dispute, error) {
	return s.changeDispute(ctx, by, id, saw, func(tx Tx, d *Dispute) (_ func(Tx) error, err error) {
		last, what := d.first()
		d.Case, err = s.Casework.CorrectReceipt(tx, by, d.Case, day, last, "Op "+last.Dutch()+" "+what+". Geef die dag of een dag ervoor.", why)
		return func(Tx) error { return nil }, err // the room below recorded it
	})
}

// first is the first day on which something was done in the dispute, and what; zero:
// nothing yet.
func (d Dispute) first() (day calendar.Date, what string) {
	for _, done := range []struct {
		day  calendar.Date
		what string
	}{
		{d.Answered, "is al gereageerd"},
		{d.Ended, "is de uitkomst al meegedeeld"},
		{d.AnswerBy, "liep de termijn voor de reactie al af"},
	} {
		if !done.day.IsZero() && (day.IsZero() || done.day.Before(day)) {
			day, what = done.day, done.what
		}
	}
	return day, what
}
