package complaint

import (
	"context"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
)

// CorrectReceipt says that an open complaint came in on another day than was written
// down, and why; its clocks run from that day. The first message to the client went out
// on that day or after it: Invalid "invalid-receipt".
func (s *Service) CorrectReceipt(ctx context.Context, by ident.Actor, id casework.ID, saw int64, day calendar.Date, why string) (Complaint, error) {
	return s.on(ctx, by, id, saw, "correct receipt", func(tx Tx, c *Complaint) (_ string, _ any, err error) {
		if err := closed(c); err != nil {
			return "", nil, err
		}
		var first calendar.Date
		if len(c.Replies) > 0 {
			first = calendar.Of(c.Replies[0].At)
		}
		c.Case, err = s.Casework.CorrectReceipt(tx, by, c.Case, day, first, "Op "+first.Dutch()+" ging er al een bericht naar de klant. Geef die dag of een dag ervoor.", why)
		return "", nil, err
	})
}
