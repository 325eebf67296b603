package app

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/inspection"
	inspectionstore "zorgplicht/inspection/store"
	inspectionweb "zorgplicht/inspection/web"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/job"
	"zorgplicht/journal"
	"zorgplicht/rule"
	"zorgplicht/staff"
)

const (
	dossierTime = time.Hour // how long one may take
	tidyEvery   = time.Hour // dossiers of what is over go
)

// furnishInspection opens the supervisor's reading room.
func (a *App) furnishInspection() {
	files := newRunFiles(filepath.Join(a.Data, "inzage"))
	a.sweeps = append(a.sweeps, files.Sweep)
	a.Inspection = &inspection.Service{
		Store: &inspectionstore.Store{DB: a.db, Pen: a.desk.pen, Now: a.Now}, Shelves: a.shelves(), Guests: guests{a}, Journal: inspected{a},
		Archive: dossierFiles{a, files}, Now: a.Now, NewID: newID,
	}
	inspectionweb.Mount(a.site, a.Inspection, a.guard, inspectionweb.Options{Names: a.namesOfActors})
	a.works = append(a.works,
		job.Work{Kind: inspectionstore.Make, Limit: dossierTime, Workers: 1, Do: func(ctx context.Context, r *job.Run) error {
			err := a.Inspection.Work(ctx, r.Firm, r.About, r.Stopping)
			if errors.Is(err, inspection.ErrStopped) {
				return job.Later{At: a.Now()}
			}
			return err
		}},
		job.Work{Kind: "inzage.opruimen", Every: tidyEvery, Limit: 10 * time.Minute, Do: a.eachFirm(a.Inspection.Tidy)},
	)
}

// guests are the accounts of supervisors' guests, of room staff.
type guests struct{ a *App }

func guestOf(c staff.Account) inspection.Guest {
	return inspection.Guest{ID: c.ID, Name: c.Name, Until: c.Until}
}

func (g guests) Guests(ctx context.Context, firm ident.Firm) (all []inspection.Guest, err error) {
	accounts, err := g.a.Staff.Accounts(ctx, firm)
	for _, c := range accounts {
		if !c.Closed(g.a.Now()) && slices.Equal(c.Roles, []staff.Role{staff.Inspector}) {
			all = append(all, guestOf(c))
		}
	}
	return all, err
}

// Invite makes an account that ends with the inspection.
func (g guests) Invite(ctx context.Context, by ident.Actor, name, email string, through calendar.Date) (inspection.Guest, string, error) {
	c, password, err := g.a.Staff.Hire(ctx, by, staff.Account{Name: name, Email: email, Roles: []staff.Role{staff.Inspector}, Until: through.AddDays(1).Start()})
	return guestOf(c), password, err
}

// inspected is the journal as the reading room asks it.
type inspected struct{ a *App }

func (w inspected) Facts(ctx context.Context, firm ident.Firm, subject string) ([]journal.Recorded, error) {
	return w.a.factsAbout(ctx, firm, subject)
}

// Evidence proves and replays all facts about a file. A file of which the journal
// knows nothing has no evidence, which is no fault.
func (w inspected) Evidence(ctx context.Context, firm ident.Firm, subject string) (e inspection.Evidence, err error) {
	x, err := w.a.reader().Extract(ctx, w.a.sequencer(), firm, subject)
	if fault.Has(err, "subject-unknown") {
		return e, nil
	}
	if err != nil {
		return e, err
	}
	if e.Checkpoint, e.Signed, err = journal.OpenCheckpoint(x.Checkpoint, w.a.Keys.Verifier()); err != nil {
		return e, err
	}
	open := journal.OpenFrom(x.Facts)
	for n, f := range x.Facts {
		if f.Subject != subject {
			continue // a sealed thing that another names
		}
		one, err := w.a.witnessed(f, open)
		if err != nil {
			return e, err
		}
		_, err = x.Proofs[n].Check(journal.LeafHash(f.Header()), w.a.Keys.Verifier())
		one.Proven = err == nil && (f.Erased || journal.Digest(f.Salt, f.Payload) == f.Digest)
		e.Facts = append(e.Facts, one)
	}
	return e, nil
}

// witnessed asks the decisions of a fact again.
func (a *App) witnessed(f journal.Recorded, open rule.Opener) (inspection.Witnessed, error) {
	one := inspection.Witnessed{Recorded: f, Title: happened(f.Kind), By: byOf(f)}
	if f.Erased {
		return one, nil
	}
	kept, err := journal.Decisions(f.Payload)
	if err != nil {
		one.Decisions = []inspection.Decided{{Problem: err.Error()}}
		return one, nil
	}
	for _, d := range kept {
		out := inspection.Decided{Decision: d}
		different, err := a.Rules.Replay(d, open)
		switch {
		case fault.Is(err, fault.Unavailable):
			return one, err
		case err != nil:
			out.Problem = err.Error()
		case len(different) > 0:
			out.Problem = "de regel geeft nu iets anders"
		default:
			out.Same = true
		}
		for _, why := range d.Reasons {
			out.Reasons = append(out.Reasons, a.sentence(d, why)+" ("+why.Norm.Dutch()+")")
		}
		one.Decisions = append(one.Decisions, out)
	}
	return one, nil
}
