package app

import (
	"cmp"
	"context"

	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/complaint"
	complaintweb "zorgplicht/complaint/web"
	"zorgplicht/dispute"
	"zorgplicht/incident"
	"zorgplicht/integrity"
	"zorgplicht/staff"
)

// supervisor is to whom notices of articles 9 and 12 go.
const supervisor = "Autoriteit Financiële Markten"

// letters are the letters about cases of a kind.
func (a *App) letters(k casework.Kind) caseworkweb.Letters {
	plain := func(fill func(context.Context, caseworkweb.Writing) (string, map[string]string, error)) caseworkweb.Letters {
		return caseworkweb.Plain{Desk: a.Casework, Fill: fill}
	}
	switch k {
	case complaint.Kind:
		return complaintweb.Letters{Desk: a.Complaint, Link: a.followLink}
	case incident.Kind:
		return plain(a.incidentLetter)
	case dispute.Kind:
		return plain(a.disputeLetter)
	case integrity.Kind:
		return plain(a.integrityLetter)
	}
	return nil
}

// incidentLetter begins a letter about an incident, of which it was recorded that it
// was opened.
func (a *App) incidentLetter(ctx context.Context, w caseworkweb.Writing) (to string, values map[string]string, err error) {
	f, err := a.Incident.Open(ctx, incident.Hand{Actor: w.Who.Actor(), All: w.Who.May(staff.SeeIncidents)}, w.Case.ID, "")
	if w.Code == incident.LetterNotice {
		to = supervisor
	}
	return to, f.LetterValues(w.Who.FirmName, w.Handler), err
}

// disputeLetter begins a letter about a dispute: to the body, or to the client at the
// address of their complaint where who writes may see that.
func (a *App) disputeLetter(ctx context.Context, w caseworkweb.Writing) (to string, values map[string]string, err error) {
	firm := w.Who.Account.Firm
	f, err := a.Dispute.Dispute(ctx, firm, w.Case.ID)
	if to = f.At.Name; err == nil && w.Code == dispute.LetterClient {
		to = f.Complainant
		if f.ComplaintID != "" && w.Who.May(staff.SeeComplaints) {
			c, wrong := a.Complaint.File(ctx, firm, f.ComplaintID)
			to, err = cmp.Or(c.From.Label(), to), wrong
		}
	}
	return to, f.LetterValues(w.Who.FirmName, w.Handler), err
}

// integrityLetter begins a letter about a person, whose record was opened.
func (a *App) integrityLetter(ctx context.Context, w caseworkweb.Writing) (string, map[string]string, error) {
	f, err := a.Integrity.Open(ctx, w.Who.Actor(), w.Case.ID, "")
	return supervisor, f.LetterValues(w.Who.FirmName, w.Handler), err
}
