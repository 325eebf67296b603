package app

import (
	"net/http"

	"zorgplicht/advice"
	adviceweb "zorgplicht/advice/web"
	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/cause"
	causeweb "zorgplicht/cause/web"
	"zorgplicht/complaint"
	complaintweb "zorgplicht/complaint/web"
	"zorgplicht/criteria"
	"zorgplicht/dispute"
	disputeweb "zorgplicht/dispute/web"
	"zorgplicht/ident"
	"zorgplicht/incident"
	incidentweb "zorgplicht/incident/web"
	"zorgplicht/integrity"
	integrityweb "zorgplicht/integrity/web"
	"zorgplicht/lending"
	lendingweb "zorgplicht/lending/web"
	"zorgplicht/staff"
)

// A paper says of a case what its room says: open reads the case, leaves say it with the
// names of colleagues.
func paper[F any](open func(*http.Request, staff.Session, casework.ID) (F, error), leaves func(F, map[string]string) []caseworkweb.Leaf) caseworkweb.Saying {
	return func(r *http.Request, who staff.Session, id casework.ID, names map[string]string) ([]caseworkweb.Leaf, error) {
		f, err := open(r, who, id)
		if err != nil {
			return nil, err
		}
		return leaves(f, names), nil
	}
}

// papers are what each room says of a case on paper. Whoever prints was let in by the
// pages of casework, which keep that they read it.
func (a *App) papers() map[casework.Kind]caseworkweb.Saying {
	of := func(who staff.Session) ident.Firm { return who.Account.Firm }
	return map[casework.Kind]caseworkweb.Saying{
		complaint.Kind: paper(func(r *http.Request, who staff.Session, id casework.ID) (complaint.File, error) {
			return a.Complaint.File(r.Context(), of(who), id)
		}, complaintweb.Leaves),
		incident.Kind: paper(func(r *http.Request, who staff.Session, id casework.ID) (incident.File, error) {
			return a.Incident.Open(r.Context(), incident.Hand{Actor: who.Actor(), All: who.May(staff.SeeIncidents)}, id, "")
		}, incidentweb.Leaves),
		integrity.Kind: paper(func(r *http.Request, who staff.Session, id casework.ID) (integrity.File, error) {
			return a.Integrity.Open(r.Context(), who.Actor(), id, "")
		}, func(f integrity.File, names map[string]string) []caseworkweb.Leaf {
			return integrityweb.Leaves(f.Person, names, a.Casework.Today())
		}),
		cause.Kind: paper(func(r *http.Request, who staff.Session, id casework.ID) (f cause.File, err error) {
			sees, err := a.sight(r.Context(), who)
			if err != nil {
				return f, err
			}
			return a.Cause.File(r.Context(), of(who), id, sees)
		}, func(f cause.File, names map[string]string) []caseworkweb.Leaf {
			return causeweb.Leaves(f, names, a.Casework)
		}),
		dispute.BodyKind: paper(func(r *http.Request, who staff.Session, id casework.ID) (dispute.BodyFile, error) {
			return a.Dispute.Body(r.Context(), of(who), id)
		}, func(f dispute.BodyFile, _ map[string]string) []caseworkweb.Leaf {
			return disputeweb.BodyLeaves(f, a.Casework.Today())
		}),
		dispute.Kind: paper(func(r *http.Request, who staff.Session, id casework.ID) (dispute.CaseFile, error) {
			return a.Dispute.Dispute(r.Context(), of(who), id)
		}, func(f dispute.CaseFile, _ map[string]string) []caseworkweb.Leaf { return disputeweb.Leaves(f) }),
		advice.Kind: paper(func(r *http.Request, who staff.Session, id casework.ID) (d adviceOnPaper, err error) {
			if d.Dossier, err = a.Advice.Advice(r.Context(), of(who), id); err == nil {
				d.names, err = a.names(r.Context(), of(who))
			}
			return d, err
		}, func(d adviceOnPaper, _ map[string]string) []caseworkweb.Leaf {
			return adviceweb.Leaves(d.Dossier, d.names)
		}),
		lending.Kind: paper(func(r *http.Request, who staff.Session, id casework.ID) (f applicationOnPaper, err error) {
			if f.File, err = a.Lending.File(r.Context(), of(who), id); err == nil {
				f.set, _, err = a.Lending.Criteria(r.Context(), of(who), f.Set, a.Casework.Today())
			}
			return f, err
		}, func(f applicationOnPaper, names map[string]string) []caseworkweb.Leaf {
			return lendingweb.Leaves(f.File, f.set, names, a.Casework.Today())
		}),
	}
}

// adviceOnPaper is an advice file with the names of who wrote in it, programs too.
type adviceOnPaper struct {
	advice.Dossier
	names map[string]string
}

// applicationOnPaper is an application with the criteria that hold for it today.
type applicationOnPaper struct {
	lending.File
	set *criteria.Published
}
