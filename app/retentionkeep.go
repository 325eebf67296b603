package app

import (
	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/store"
	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkstore "zorgplicht/casework/store"
	"zorgplicht/complaint"
	complaintstore "zorgplicht/complaint/store"
	"zorgplicht/internal/sqldb"
	"zorgplicht/retention"
)

// complaintKeeper is what rooms complaint and casework keep of a complaint.
type complaintKeeper struct {
	room   *complaintstore.Store
	shared *caseworkstore.Store
}

func (k complaintKeeper) Record(t *sqldb.Tx, id string, writes bool) (retention.Record, error) {
	c, err := k.room.Kept(t, casework.ID(id), writes)
	if err != nil {
		return retention.Record{}, err
	}
	return recordOfComplaint(c), nil
}

func (k complaintKeeper) Records(t *sqldb.Tx, after string, most int) (all []retention.Record, err error) {
	some, err := k.room.KeptAfter(t, after, most)
	for _, c := range some {
		all = append(all, recordOfComplaint(c))
	}
	return all, err
}

func recordOfComplaint(c complaint.Kept) retention.Record {
	r := retention.Record{
		Ref: retention.Ref{Kind: keptComplaint, ID: string(c.ID)}, Label: c.Number, Client: c.Client, Began: c.Received, Ended: c.Ended(), Reopened: c.Reopened, Destroyed: c.Gone,
	}
	through, d, asked := c.Law()
	if asked {
		r.Law, r.LawNorm, r.Decision = through, "bfd:52", d
	}
	return r
}

func (k complaintKeeper) Empty(t *sqldb.Tx, id string, day calendar.Date) (gone retention.Gone, _ []string, err error) {
	texts, err := k.room.Empty(t, casework.ID(id))
	if err != nil {
		return gone, nil, err
	}
	e, err := k.shared.Empty(t, casework.ID(id), day, [3]string{"oorzaak", "uitkomst", "soort"})
	return goneOf(e).Add(retention.Gone{Texts: texts}), nil, err
}

// attemptKeeper is what room appropriateness keeps of an attempt.
type attemptKeeper struct{ room *store.Store }

func (k attemptKeeper) Record(t *sqldb.Tx, id string, writes bool) (retention.Record, error) {
	c, err := k.room.Kept(t, appropriateness.AttemptID(id), writes)
	if err != nil {
		return retention.Record{}, err
	}
	return recordOfAttempt(c), nil
}

func (k attemptKeeper) Records(t *sqldb.Tx, after string, most int) (all []retention.Record, err error) {
	some, err := k.room.KeptAfter(t, after, most)
	for _, c := range some {
		all = append(all, recordOfAttempt(c))
	}
	return all, err
}

func recordOfAttempt(c appropriateness.Kept) retention.Record {
	r := retention.Record{
		Ref: retention.Ref{Kind: keptAttempt, ID: string(c.ID)}, Label: "T-" + string(c.ID[max(len(c.ID)-8, 0):]), Client: c.Client, Began: calendar.Of(c.Created), Destroyed: c.Gone(),
	}
	if !c.Ended.IsZero() {
		r.Ended = calendar.Of(c.Ended)
	}
	return r
}

func (k attemptKeeper) Empty(t *sqldb.Tx, id string, _ calendar.Date) (gone retention.Gone, _ []string, err error) {
	gone.Texts, gone.Documents, err = k.room.Empty(t, appropriateness.AttemptID(id))
	return gone, nil, err
}
