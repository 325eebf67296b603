package app

import (
	"zorgplicht/advice"
	advicestore "zorgplicht/advice/store"
	"zorgplicht/appropriateness/store"
	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/casework"
	caseworkstore "zorgplicht/casework/store"
	commissionstore "zorgplicht/commission/store"
	complaintstore "zorgplicht/complaint/store"
	"zorgplicht/ident"
	"zorgplicht/incident"
	incidentstore "zorgplicht/incident/store"
	"zorgplicht/integrity"
	integritystore "zorgplicht/integrity/store"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/law"
	"zorgplicht/lending"
	lendingstore "zorgplicht/lending/store"
	loanbookstore "zorgplicht/loanbook/store"
	"zorgplicht/retention"
	retentionstore "zorgplicht/retention/store"
	"zorgplicht/rule"
)

// keepers are the rooms that keep records, by what they call them.
func (a *App) keepers(attempts *store.Store) map[retention.Kind]retentionstore.Keeper {
	shared := a.desk.casework
	advices := &advicestore.Store{DB: a.db, Casework: shared.In, Book: a.desk.people}
	incidents := &incidentstore.Store{DB: a.db, Casework: shared.In}
	persons := &integritystore.Store{DB: a.db, Casework: shared.In}
	applications := &lendingstore.Store{DB: a.db, Casework: shared.In}
	none := [3]string{}
	return map[retention.Kind]retentionstore.Keeper{
		keptComplaint:   complaintKeeper{&complaintstore.Store{DB: a.db, Casework: shared.In}, shared},
		keptAttempt:     attemptKeeper{attempts},
		keptAdvice:      caseKeeper{keptAdvice, advice.Kind, shared, adviceTerms(advices), counted(advices.Empty), none},
		keptIncident:    caseKeeper{keptIncident, incident.Kind, shared, incidentTerms(incidents), onlyTexts(incidents.Empty), none},
		keptReliability: caseKeeper{keptReliability, integrity.Kind, shared, personTerms(persons), onlyTexts(persons.Empty), none},
		keptApplication: caseKeeper{keptApplication, lending.Kind, shared, creditTerms(applications), counted(applications.Empty), none},
		keptDispute:     a.keptDisputes(),
		keptBody:        a.keptBodies(),
		keptCause:       a.keptCauses(),
		keptStand:       standKeeper{&loanbookstore.Store{DB: a.db}},
		keptCommission:  monthKeeper{&commissionstore.Store{DB: a.db}},
	}
}

// caseKeeper is what a room with cases and the shared casework keep of a case.
type caseKeeper struct {
	kind   retention.Kind
	of     casework.Kind
	shared *caseworkstore.Store
	terms  func(t *sqldb.Tx, id casework.ID, r *retention.Record) error // fills in when it ended and what the law asks
	empty  func(t *sqldb.Tx, id casework.ID) (retention.Gone, error)
	coded  [3]string // by what lists are narrowed that holds codes, and stays
}

func (k caseKeeper) Record(t *sqldb.Tx, id string, writes bool) (retention.Record, error) {
	c, err := k.shared.In(t, writes).Case(casework.ID(id))
	if err == nil && c.Kind != k.of {
		err = fault.New(fault.NotFound, "unknown-case", id)
	}
	if err != nil {
		return retention.Record{}, err
	}
	return k.record(t, c)
}

func (k caseKeeper) Records(t *sqldb.Tx, after string, most int) (all []retention.Record, err error) {
	some, err := k.shared.KeptAfter(t, k.of, after, most)
	for _, c := range some {
		r, err := k.record(t, c)
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, err
}

func (k caseKeeper) record(t *sqldb.Tx, c casework.Case) (retention.Record, error) {
	r := retention.Record{Ref: retention.Ref{Kind: k.kind, ID: string(c.ID)}, Label: c.Number, Client: c.Client, Began: c.Received, Destroyed: c.Destroyed()}
	if r.Destroyed {
		if r.Ended = calendar.Of(c.Closed); c.Closed.IsZero() {
			r.Ended = c.Received
		}
		return r, nil
	}
	return r, k.terms(t, c.ID, &r)
}

func (k caseKeeper) Empty(t *sqldb.Tx, id string, day calendar.Date) (retention.Gone, []string, error) {
	gone, err := k.empty(t, casework.ID(id))
	if err != nil {
		return gone, nil, err
	}
	e, err := k.shared.Empty(t, casework.ID(id), day, k.coded)
	return gone.Add(goneOf(e)), nil, err
}

func goneOf(e caseworkstore.Emptying) retention.Gone {
	return retention.Gone{Texts: e.Notes + e.Letters + e.Dues, Documents: e.Documents, Words: e.Words}
}

func counted(empty func(*sqldb.Tx, casework.ID) (int64, int64, error)) func(*sqldb.Tx, casework.ID) (retention.Gone, error) {
	return func(t *sqldb.Tx, id casework.ID) (gone retention.Gone, err error) {
		gone.Texts, gone.Words, err = empty(t, id)
		return gone, err
	}
}

func onlyTexts(empty func(*sqldb.Tx, casework.ID) (int64, error)) func(*sqldb.Tx, casework.ID) (retention.Gone, error) {
	return func(t *sqldb.Tx, id casework.ID) (gone retention.Gone, err error) {
		gone.Texts, err = empty(t, id)
		return gone, err
	}
}

func adviceTerms(room *advicestore.Store) func(*sqldb.Tx, casework.ID, *retention.Record) error {
	return func(t *sqldb.Tx, id casework.ID, r *retention.Record) error {
		tx := room.In(t, false)
		f, err := tx.Advice(id)
		if err != nil {
			return err
		}
		term, err := advice.TermOf(tx, f)
		r.Ended, r.Decision = term.Begins, term.Decision
		if !term.Through.IsZero() {
			r.Law, r.LawNorm = canon.Some(term.Through), term.Norm
		}
		return err
	}
}

func incidentTerms(room *incidentstore.Store) func(*sqldb.Tx, casework.ID, *retention.Record) error {
	return func(t *sqldb.Tx, id casework.ID, r *retention.Record) error {
		i, err := room.In(t, false).Incident(id)
		if err != nil {
			return err
		}
		out, d := i.Keeping()
		lawAsks(r, out.Keeping, "bfd:11", d)
		if !i.Case.Open() {
			r.Ended = calendar.Of(i.Case.Closed)
		}
		return nil
	}
}

func creditTerms(room *lendingstore.Store) func(*sqldb.Tx, casework.ID, *retention.Record) error {
	return func(t *sqldb.Tx, id casework.ID, r *retention.Record) error {
		a, err := room.In(t, false).Application(id)
		if err != nil {
			return err
		}
		out, d := a.Kept()
		lawAsks(r, out.Keeping, "bfd:15", d)
		r.Ended = a.Ended()
		return nil
	}
}

func personTerms(room *integritystore.Store) func(*sqldb.Tx, casework.ID, *retention.Record) error {
	return func(t *sqldb.Tx, id casework.ID, r *retention.Record) error {
		p, err := room.In(t, false).Person(id)
		r.Ended = p.Ended()
		return err
	}
}

// lawAsks fills in what a rule of the room asks to keep.
func lawAsks(r *retention.Record, k law.Keeping, norm ident.Norm, d rule.Decision) {
	if r.Decision = d; k.Required && k.Through.Given {
		r.Law, r.LawNorm = k.Through, norm
	}
}
