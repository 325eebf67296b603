package app

import (
	"context"

	"zorgplicht/appropriateness"
	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/complaint"
	complaintstore "zorgplicht/complaint/store"
	complaintweb "zorgplicht/complaint/web"
	"zorgplicht/ident"
	"zorgplicht/internal/site"
	"zorgplicht/journal"
	postweb "zorgplicht/post/web"
)

// furnishComplaint opens the register of complaints.
func (a *App) furnishComplaint() {
	a.Complaint = &complaint.Service{
		Store: &complaintstore.Store{DB: a.db, Casework: a.desk.casework.In}, Casework: a.Casework, Now: a.Now, NewID: newID,
		Token: func(id casework.ID) string { return a.Keys.Link(appropriateness.AttemptID(id)) },
	}
	complaintweb.Mount(a.site, a.Complaint, a.guard, complaintweb.Options{
		Casework: a.Casework, Colleagues: a.colleagues, Facts: a.factsAbout,
		DisputeBody: a.Complaint.DisputeBody, ClientLink: func(firm ident.Firm) string { return a.BaseURL + "/klacht/" + string(firm) },
		FollowLink: func(token string) string { return a.BaseURL + "/k/" + token }, NewForm: newID,
		Mails: func(ctx context.Context, firm ident.Firm, id casework.ID) (caseworkweb.Mails, error) {
			return postweb.Mails(ctx, a.Post, firm, id)
		},
	})
	complaintweb.MountClient(a.site, a.Complaint, complaintweb.House{
		Name: func(ctx context.Context, firm ident.Firm) (string, error) {
			f, err := a.Party.Firm(ctx, firm)
			return f.Name, err
		},
		Look: a.lookOfFirm,
	})
}

// lookOfFirm is how clients see a firm on pages of their own, which stand in no frame.
func (a *App) lookOfFirm(ctx context.Context, firm ident.Firm) site.Look {
	l, err := a.Party.Look(ctx, firm)
	if err != nil {
		a.Log.WarnContext(ctx, "look of a firm", "firm", string(firm), "error", err.Error())
		return site.Look{}
	}
	return site.Look{Accent: l.Accent, Band: l.Band}
}

// factsAbout are the facts of the journal about a subject, oldest first.
func (a *App) factsAbout(ctx context.Context, firm ident.Firm, subject string) ([]journal.Recorded, error) {
	return a.reader().Subject(ctx, firm, subject)
}
