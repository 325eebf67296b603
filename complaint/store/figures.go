package store

import (
	"fmt"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/complaint"
	"zorgplicht/internal/sqldb"
)

var (
	figuresOf = sqldb.Tenant(`select product, cause, outcome, received, coalesce(handled, ''), count(*), sum(redress) from complaint_complaint
		where firm = :firm and received >= ? and received <= ? and sort <> 'ongenoegen' group by product, cause, outcome, received, handled`)
	seriesDays = map[complaint.Series]*sqldb.Query{
		complaint.PerProduct: sqldb.Tenant(`select product, received, count(*) from complaint_complaint
			where firm = :firm and received >= ? and received <= ? and product <> '' group by product, received order by product, received`),
		complaint.PerCause: sqldb.Tenant(`select cause, received, count(*) from complaint_complaint
			where firm = :firm and received >= ? and received <= ? and cause <> '' group by cause, received order by cause, received`),
		complaint.PerAdviser: sqldb.Tenant(`select against, received, count(*) from complaint_complaint
			where firm = :firm and received >= ? and received <= ? and against <> '' group by against, received order by against, received`),
	}
	surgesSeen   = sqldb.Tenant(`select id, series, value, day, at, by_actor, body from complaint_surge where firm = :firm order by at desc, id desc`)
	addSurgeSeen = sqldb.Tenant(`insert into complaint_surge (firm, id, series, value, day, at, by_actor, body) values (:firm, ?, ?, ?, ?, ?, ?, ?)`)
)

func (t tx) Figures(from, through calendar.Date) ([]complaint.Figure, error) {
	rows, err := t.db.Rows(figuresOf, from, through)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	type key struct {
		product string
		cause   complaint.Cause
		outcome complaint.Outcome
		lead    complaint.Lead
		month   string
	}
	at := map[key]int{}
	var all []complaint.Figure
	for rows.Next() {
		var k key
		var received calendar.Date
		var handled string
		var n int
		var redress int64
		if err := rows.Scan(&k.product, &k.cause, &k.outcome, &received, &handled, &n, &redress); err != nil {
			return nil, err
		}
		k.month = fmt.Sprintf("%04d-%02d", received.Year(), received.Month())
		if handled != "" {
			day, err := calendar.Parse(handled)
			if err != nil {
				return nil, err
			}
			k.lead = complaint.LeadOf(received.DaysUntil(day))
		}
		i, there := at[k]
		if !there {
			i = len(all)
			at[k] = i
			all = append(all, complaint.Figure{Product: k.product, Cause: k.cause, Outcome: k.outcome, Lead: k.lead, Month: k.month})
		}
		all[i].Count, all[i].Redress = all[i].Count+n, all[i].Redress+redress
	}
	return all, rows.Err()
}

func (t tx) SeriesDays(by complaint.Series, from, through calendar.Date) (all []complaint.SeriesDay, err error) {
	rows, err := t.db.Rows(seriesDays[by], from, through)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var d complaint.SeriesDay
		if err := rows.Scan(&d.Value, &d.Day, &d.Count); err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	return all, rows.Err()
}

func (t tx) SurgesSeen() (all []complaint.SurgeSeen, err error) {
	rows, err := t.db.Rows(surgesSeen)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var s complaint.SurgeSeen
		var at int64
		if err := rows.Scan(&s.ID, &s.Series, &s.Value, &s.Day, &at, &s.By, &s.Text); err != nil {
			return nil, err
		}
		s.At = time.UnixMilli(at).UTC()
		all = append(all, s)
	}
	return all, rows.Err()
}

func (t tx) AddSurgeSeen(s complaint.SurgeSeen) error {
	_, err := t.db.Exec(addSurgeSeen, s.ID, s.Series, s.Value, s.Day, s.At.UnixMilli(), s.By, s.Text)
	return err
}
