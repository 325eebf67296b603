package app

import (
	"context"
	"net/url"

	"zorgplicht/appropriateness"
	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/complaint"
	complaintstore "zorgplicht/complaint/store"
	complaintweb "zorgplicht/complaint/web"
	disputeweb "zorgplicht/dispute/web"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/journal"
	postweb "zorgplicht/post/web"
	"zorgplicht/staff"
)

// furnishComplaint opens the register of complaints.
func (a *App) furnishComplaint() {
	a.Complaint = &complaint.Service{
		Store: &complaintstore.Store{DB: a.db, Casework: a.desk.casework.In}, Casework: a.Casework, Now: a.Now, NewID: newID,
		Token:      func(id casework.ID) string { return a.Keys.Link(appropriateness.AttemptID(id)) },
		FactsAbout: a.factsAbout,
	}
	complaintweb.Mount(a.site, a.Complaint, a.guard, complaintweb.Options{
		Casework: a.Casework, Colleagues: a.colleagues, Facts: a.factsAbout,
		DisputeBody: a.Complaint.DisputeBody, ClientLink: func(firm ident.Firm) string { return a.BaseURL + "/klacht/" + string(firm) },
		FollowLink: a.followLink, NewForm: newID,
		Disputes: a.disputesAbout, Root: a.behind,
		Mails: a.mailsOf,
	})
	complaintweb.MountClient(a.site, a.Complaint, complaintweb.House{
		Name: func(ctx context.Context, firm ident.Firm) (string, error) {
			f, err := a.Party.Firm(ctx, firm)
			return f.Name, err
		},
		Look: a.lookOfFirm,
	})
}

// followLink is the address at which the holder of a token follows a complaint.
func (a *App) followLink(token string) string { return a.BaseURL + "/k/" + token }

// mailsOf is what the mail room knows of a case.
func (a *App) mailsOf(ctx context.Context, firm ident.Firm, id casework.ID) (caseworkweb.Mails, error) {
	return postweb.Mails(ctx, a.Post, firm, id)
}

// surges are the series of complaints that ring, as lines of what the firm must do.
func (a *App) surges(ctx context.Context, firm ident.Firm) (lines []casework.Item, err error) {
	ring, err := a.Complaint.Surges(ctx, firm)
	if err != nil || len(ring) == 0 {
		return nil, err
	}
	names, err := a.accountNames(ctx, firm)
	for _, g := range ring {
		lines = append(lines, surgeLine(g, names))
	}
	return lines, err
}

func surgeLine(g complaint.Signal, names map[string]string) casework.Item {
	d := g.Due()
	d.Case = caseworkweb.LooseCase
	return casework.Item{Due: d, Of: casework.Case{Kind: complaint.Kind, Title: complaintweb.SeriesName(g, names)}, Weight: casework.Weight(d.Norm, casework.NoHarm), Href: complaintweb.RadarPath}
}

// looseLines are the lines of what must be done that belong to no case: surges.
type looseLines struct{ *App }

var _ caseworkweb.Loose = looseLines{}

func (l looseLines) Line(ctx context.Context, who staff.Session, code string) (casework.Item, error) {
	if !who.May(staff.SeeComplaints) {
		return casework.Item{}, fault.New(fault.NotFound, "unknown-due", code)
	}
	g, err := l.Complaint.SurgeOf(ctx, who.Account.Firm, code)
	if err != nil {
		return casework.Item{}, err
	}
	names, err := l.accountNames(ctx, who.Account.Firm)
	line := surgeLine(g, names)
	line.Asked = g.How()
	return line, err
}

func (l looseLines) Snooze(ctx context.Context, by ident.Actor, code string, until calendar.Date, why string) error {
	return l.Complaint.SnoozeSurge(ctx, by, code, until, why)
}

func (l looseLines) HandOver(ctx context.Context, by ident.Actor, code, to string) error {
	return l.Complaint.HandSurge(ctx, by, code, to)
}

// disputesAbout are the disputes about a complaint, for who may see them.
func (a *App) disputesAbout(ctx context.Context, who staff.Session, c complaint.Complaint) (d complaintweb.Disputes, err error) {
	if !who.May(staff.SeeDisputes) {
		return d, nil
	}
	if who.May(staff.HandleDisputes) {
		d.New = "/werk/geschillen/nieuw?klacht=" + url.QueryEscape(c.Case.Number)
	}
	list, err := a.Dispute.OfComplaint(ctx, who.Account.Firm, c.ID(), c.Case.Number)
	for _, one := range list {
		if err == nil {
			var facts []journal.Recorded
			facts, err = a.factsAbout(ctx, who.Account.Firm, string(one.ID()))
			d.Links = append(d.Links, site.Link{Text: one.Case.Number + " " + one.Case.Title, Href: "/werk/geschillen/" + string(one.ID())})
			d.Events = append(d.Events, caseworkweb.Happened(facts, disputeweb.Titles, one.Case.Number+": ")...)
		}
	}
	return d, err
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
