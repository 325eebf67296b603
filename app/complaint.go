package app

import (
	"context"

	"zorgplicht/complaint"
	complaintstore "zorgplicht/complaint/store"
	complaintweb "zorgplicht/complaint/web"
	"zorgplicht/ident"
	"zorgplicht/journal"
)

// furnishComplaint opens the register of complaints.
func (a *App) furnishComplaint() {
	a.Complaint = &complaint.Service{
		Store: &complaintstore.Store{DB: a.db, Casework: a.desk.casework.In}, Casework: a.Casework, Now: a.Now, NewID: newID,
	}
	complaintweb.Mount(a.site, a.Complaint, a.guard, complaintweb.Options{
		Casework: a.Casework, Colleagues: a.colleagues, Facts: a.factsAbout,
		DisputeBody: a.Complaint.DisputeBody,
	})
}

// factsAbout are the facts of the journal about a subject, oldest first.
func (a *App) factsAbout(ctx context.Context, firm ident.Firm, subject string) ([]journal.Recorded, error) {
	return a.reader().Subject(ctx, firm, subject)
}
