package store

import (
	"zorgplicht/casework"
	"zorgplicht/dispute"
	"zorgplicht/internal/sqldb"
)

var (
	aboutComplaints = sqldb.Tenant(`select id, complaint from dispute_case where firm = :firm and complaint <> ''`)
	ofThisDispute   = sqldb.Part(`and id = ?`, aboutComplaints)
	ofThisComplaint = sqldb.Part(`and complaint = ?`, aboutComplaints)
)

// In is a transaction of another room as this room knows it; writes says whether it
// changes anything.
func (s *Store) In(t *sqldb.Tx, writes bool) dispute.Tx { return tx{s.Casework(t, writes), t} }

// Empty destroys who had a dispute, what about, and every word of it.
func (s *Store) Empty(t *sqldb.Tx, id casework.ID) (texts int64, err error) {
	of := s.In(t, true)
	d, err := of.Dispute(id)
	if err != nil {
		return 0, err
	}
	return 1, of.SaveDispute(d.Emptied())
}

// EmptyBody destroys who sat in a body, and every word about it.
func (s *Store) EmptyBody(t *sqldb.Tx, id casework.ID) (texts int64, err error) {
	of := s.In(t, true)
	b, err := of.Body(id)
	if err != nil {
		return 0, err
	}
	return int64(1 + len(b.Members) + len(b.Conditions)), of.SaveBody(b.Emptied())
}

// An About is a dispute and the complaint of the firm that it is about.
type About struct{ Dispute, Complaint casework.ID }

// About returns the complaint that a dispute is about, if any; with dispute "" the
// disputes about a complaint, and with both "" all.
func (s *Store) About(t *sqldb.Tx, dispute, complaint casework.ID) (list []About, err error) {
	q, args := aboutComplaints, []any{}
	switch {
	case dispute != "":
		q, args = q.With(ofThisDispute), []any{dispute}
	case complaint != "":
		q, args = q.With(ofThisComplaint), []any{complaint}
	}
	rows, err := t.Rows(q, args...)
	return sqldb.All(rows, err, func(into func(...any) error) (a About, err error) { return a, into(&a.Dispute, &a.Complaint) })
}
