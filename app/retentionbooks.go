package app

import (
	"cmp"
	"slices"
	"strconv"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/commission"
	commissionstore "zorgplicht/commission/store"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/law"
	"zorgplicht/loanbook"
	loanbookstore "zorgplicht/loanbook/store"
	"zorgplicht/retention"
)

// standKeeper is what room loanbook keeps of a stand of the credit portfolio.
type standKeeper struct{ room *loanbookstore.Store }

func (k standKeeper) Record(t *sqldb.Tx, id string, writes bool) (r retention.Record, err error) {
	loads, err := k.room.KeptLoads(t, id, writes)
	if err != nil {
		return r, err
	}
	i := slices.IndexFunc(loads, func(l loanbook.Load) bool { return l.ID == id })
	if i < 0 {
		return r, fault.New(fault.NotFound, "unknown-load", "")
	}
	return recordOfStand(loads[i], loads), nil
}

func (k standKeeper) Records(t *sqldb.Tx, after string, most int) (some []retention.Record, err error) {
	loads, err := k.room.KeptLoads(t, "", false)
	for _, l := range loads {
		some = append(some, recordOfStand(l, loads))
	}
	return nextOf(some, after, most), err
}

// nextOf are the records after an id, in the order of their ids.
func nextOf(all []retention.Record, after string, most int) []retention.Record {
	all = slices.DeleteFunc(all, func(r retention.Record) bool { return r.ID <= after })
	slices.SortFunc(all, func(a, b retention.Record) int { return cmp.Compare(a.ID, b.ID) })
	return all[:min(most, len(all))]
}

func recordOfStand(l loanbook.Load, all []loanbook.Load) retention.Record {
	r := retention.Record{
		Ref: retention.Ref{Kind: keptStand, ID: l.ID}, Label: "S-" + strconv.Itoa(l.Number), Page: "/werk/krediet/portefeuille/standen/" + strconv.Itoa(l.Number),
		Began: calendar.Of(l.Made), Destroyed: l.State == loanbook.LoadDestroyed,
	}
	if r.Ended = loanbook.Replaced(l, all); l.State == loanbook.LoadDone {
		r.LawNorm, r.Law = "bfd:15", canon.Null[calendar.Date]()
		if !r.Ended.IsZero() {
			r.Law = law.KeptFor(r.Ended, loanbook.KeepMonths).Through
		}
	}
	return r
}

func (k standKeeper) Empty(t *sqldb.Tx, id string, _ calendar.Date) (gone retention.Gone, about []string, err error) {
	gone.Texts, about, err = k.room.Empty(t, id)
	return gone, about, err
}

// monthKeeper is what room commission keeps of the commission of a month.
type monthKeeper struct{ room *commissionstore.Store }

func (k monthKeeper) Record(t *sqldb.Tx, id string, writes bool) (retention.Record, error) {
	tx := k.room.In(t, writes)
	run, err := tx.Run(id)
	if err != nil {
		return retention.Record{}, err
	}
	all, err := tx.Corrections()
	return recordOfMonth(run, all), err
}

func (k monthKeeper) Records(t *sqldb.Tx, after string, most int) (some []retention.Record, err error) {
	tx := k.room.In(t, false)
	runs, err := tx.Runs()
	if err != nil {
		return nil, err
	}
	all, err := tx.Corrections()
	for _, run := range runs {
		some = append(some, recordOfMonth(run, all))
	}
	return nextOf(some, after, most), err
}

func recordOfMonth(run commission.Run, corrections []commission.Correction) retention.Record {
	return retention.Record{
		Ref: retention.Ref{Kind: keptCommission, ID: run.ID}, Label: "P-" + commission.MonthKey(run.Month) + "-" + run.ID[max(len(run.ID)-4, 0):],
		Began: calendar.Of(run.Made), Ended: run.Settled(corrections), Destroyed: run.Destroyed(),
	}
}

func (k monthKeeper) Empty(t *sqldb.Tx, id string, _ calendar.Date) (gone retention.Gone, about []string, err error) {
	gone.Texts, about, err = k.room.Empty(t, id)
	return gone, about, err
}
