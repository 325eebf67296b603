package web

import (
	"context"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/complaint"
	"zorgplicht/ident"
)

// Letters are the letters about complaints, as the pages of all casework write them:
// once sent, a letter is a reply to whoever complained.
type Letters struct {
	Desk *complaint.Service
	// Link is the address at which the holder of a token follows a complaint.
	Link func(token string) string
}

var _ caseworkweb.Letters = Letters{}

// Begin addresses the letter to whoever complained.
func (l Letters) Begin(ctx context.Context, w caseworkweb.Writing) (string, map[string]string, error) {
	firm := w.Who.Account.Firm
	f, err := l.Desk.File(ctx, firm, w.Case.ID)
	if err != nil {
		return "", nil, err
	}
	body, err := l.Desk.DisputeBody(ctx, firm)
	return f.From.Label(), f.LetterValues(w.Who.FirmName, w.Handler, l.Link(l.Desk.Secret(f.ID())), body), err
}

// Try holds that the first and the last reply name the dispute body.
func (l Letters) Try(ctx context.Context, firm ident.Firm, c casework.Case, m casework.Missive) error {
	f, err := l.Desk.File(ctx, firm, c.ID)
	if err != nil {
		return err
	}
	body, err := l.Desk.DisputeBody(ctx, firm)
	if err != nil {
		return err
	}
	return l.Desk.TryLetter(f.Complaint, m, body)
}

// Make makes the letter.
func (l Letters) Make(ctx context.Context, by ident.Actor, id casework.ID, saw int64, m casework.Missive) error {
	body, err := l.Desk.DisputeBody(ctx, by.Firm)
	if err != nil {
		return err
	}
	_, err = l.Desk.MakeLetter(ctx, by, id, saw, m, body)
	return err
}

// Sent records the reply.
func (l Letters) Sent(ctx context.Context, by ident.Actor, id casework.ID, saw int64, letter string, way casework.Way, day calendar.Date) error {
	body, err := l.Desk.DisputeBody(ctx, by.Firm)
	if err != nil {
		return err
	}
	_, err = l.Desk.Sent(ctx, by, id, saw, letter, way, day, body)
	return err
}
