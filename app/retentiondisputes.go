package app

import (
	"zorgplicht/casework"
	"zorgplicht/cause"
	causestore "zorgplicht/cause/store"
	"zorgplicht/dispute"
	disputestore "zorgplicht/dispute/store"
	"zorgplicht/internal/sqldb"
	"zorgplicht/retention"
	retentionstore "zorgplicht/retention/store"
)

// disputeKeeper is what is kept of a dispute. One about a complaint belongs to it.
type disputeKeeper struct {
	caseKeeper
	room *disputestore.Store
}

var _ retentionstore.Binder = disputeKeeper{}

func (a *App) disputeStore() *disputestore.Store {
	return &disputestore.Store{DB: a.db, Casework: a.desk.casework.In}
}

func (a *App) keptDisputes() disputeKeeper {
	room := a.disputeStore()
	terms := func(t *sqldb.Tx, id casework.ID, r *retention.Record) error {
		d, err := room.In(t, false).Dispute(id)
		r.Ended = d.EndedOn()
		return err
	}
	coded := [3]string{dispute.FacetBody, dispute.FacetHow, dispute.FacetOutcome}
	return disputeKeeper{caseKeeper{keptDispute, dispute.Kind, a.desk.casework, terms, onlyTexts(room.Empty), coded}, room}
}

func (k disputeKeeper) Bonds(t *sqldb.Tx, of retention.Ref) (bonds []retention.Bond, err error) {
	var child, parent casework.ID
	switch of.Kind {
	case keptDispute:
		child = casework.ID(of.ID)
	case keptComplaint:
		parent = casework.ID(of.ID)
	case "":
	default:
		return nil, nil
	}
	list, err := k.room.About(t, child, parent)
	for _, a := range list {
		bonds = append(bonds, retention.Bond{
			Child: retention.Ref{Kind: keptDispute, ID: string(a.Dispute)}, Parent: retention.Ref{Kind: keptComplaint, ID: string(a.Complaint)},
		})
	}
	return bonds, err
}

func (a *App) keptBodies() caseKeeper {
	room := a.disputeStore()
	terms := func(t *sqldb.Tx, id casework.ID, r *retention.Record) error {
		of := room.In(t, false)
		b, err := of.Body(id)
		if err != nil {
			return err
		}
		disputes, err := of.Pasts(id)
		r.Ended = b.EndedOn(disputes)
		return err
	}
	return caseKeeper{keptBody, dispute.BodyKind, a.desk.casework, terms, onlyTexts(room.EmptyBody), [3]string{dispute.FacetState, dispute.FacetOurs}}
}

func (a *App) keptCauses() caseKeeper {
	room := &causestore.Store{DB: a.db, Casework: a.desk.casework.In}
	terms := func(t *sqldb.Tx, id casework.ID, r *retention.Record) error {
		c, err := room.In(t, false).Cause(id)
		r.Ended = c.EndedOn()
		return err
	}
	return caseKeeper{keptCause, cause.Kind, a.desk.casework, terms, onlyTexts(room.Empty), [3]string{cause.FacetState, cause.FacetSort}}
}
