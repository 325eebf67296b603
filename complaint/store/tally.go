package store

import (
	"cmp"
	"database/sql"
	"errors"
	"maps"
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/internal/sqldb"
)

// Figures and radar read sums, not complaints. Whoever changes a complaint takes off
// what it counted as and adds what it counts as now, in lines of its own (their part
// is its id); Fold puts those lines together.
var (
	countedOf = sqldb.Tenant(`select received, product, cause, against, outcome, sort, handled, redress from complaint_complaint where firm = :firm and id = ?`)

	addDay = sqldb.Tenant(`insert into complaint_day (firm, series, value, day, part, n) values (:firm, ?, ?, ?, ?, ?)
		on conflict (firm, series, value, day, part) do update set n = complaint_day.n + excluded.n`)
	addFigure = sqldb.Tenant(`insert into complaint_figure (firm, month, product, cause, outcome, lead, part, n, redress) values (:firm, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict (firm, month, product, cause, outcome, lead, part) do update set n = complaint_figure.n + excluded.n, redress = complaint_figure.redress + excluded.redress`)

	unfolded = sqldb.Tenant(`select part from complaint_day where firm = :firm and part <> '' and part > ?
		union select part from complaint_figure where firm = :firm and part <> '' and part > ? order by part limit ?`)
	foldDays     = sqldb.Tenant(`delete from complaint_day where firm = :firm and part = ? and part <> '' returning series, value, day, n`)
	foldFigures  = sqldb.Tenant(`delete from complaint_figure where firm = :firm and part = ? and part <> '' returning month, product, cause, outcome, lead, n, redress`)
	dropNoDay    = sqldb.Tenant(`delete from complaint_day where firm = :firm and series = ? and value = ? and day = ? and part = ? and n = 0`)
	dropNoFigure = sqldb.Tenant(`delete from complaint_figure where firm = :firm and month = ? and product = ? and cause = ? and outcome = ? and lead = ?
		and part = ? and n = 0 and redress = 0`)
)

// dayKey and figureKey name what is counted, without the part.
type (
	dayKey    struct{ series, value, day string }
	figureKey struct{ month, product, cause, outcome, lead string }
	sum       struct{ n, redress int64 }
)

func (k dayKey) compare(l dayKey) int {
	return cmp.Or(cmp.Compare(k.series, l.series), cmp.Compare(k.value, l.value), cmp.Compare(k.day, l.day))
}

func (k figureKey) compare(l figureKey) int {
	return cmp.Or(cmp.Compare(k.month, l.month), cmp.Compare(k.product, l.product), cmp.Compare(k.cause, l.cause),
		cmp.Compare(k.outcome, l.outcome), cmp.Compare(k.lead, l.lead))
}

// sums are what lines add up to.
type sums struct {
	days    map[dayKey]int64
	figures map[figureKey]sum
}

func newSums() sums { return sums{map[dayKey]int64{}, map[figureKey]sum{}} }

// count adds what a complaint counts as, times a sign. One that is not there counts
// as nothing.
func (s sums) count(t *sqldb.Tx, id casework.ID, sign int64) error {
	var received, handled calendar.Date
	var product, cause, against, outcome, sort string
	var redress int64
	err := t.Row(countedOf, id).Scan(&received, &product, &cause, &against, &outcome, &sort, &handled, &redress)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	day := received.String()
	for series, value := range map[complaint.Series]string{complaint.PerProduct: product, complaint.PerCause: cause, complaint.PerAdviser: against} {
		if value != "" {
			s.days[dayKey{string(series), value, day}] += sign
		}
	}
	if sort == string(complaint.Unease) {
		return nil
	}
	k := figureKey{day[:len("2026-03")], product, cause, outcome, ""}
	if !handled.IsZero() {
		k.lead = string(complaint.LeadOf(received.DaysUntil(handled)))
	}
	old := s.figures[k]
	s.figures[k] = sum{old.n + sign, old.redress + sign*redress}
	return nil
}

// none reports whether the lines come to nothing.
func (s sums) none() bool {
	for _, n := range s.days {
		if n != 0 {
			return false
		}
	}
	for _, f := range s.figures {
		if f != (sum{}) {
			return false
		}
	}
	return true
}

// save adds the sums to the lines of a part, in one order, so that two who fold never
// wait for each other in a ring.
func (s sums) save(t *sqldb.Tx, part string) error {
	for _, k := range slices.SortedFunc(maps.Keys(s.days), dayKey.compare) {
		if n := s.days[k]; n != 0 {
			if _, err := t.Exec(addDay, k.series, k.value, k.day, part, n); err != nil {
				return err
			}
		}
	}
	for _, k := range slices.SortedFunc(maps.Keys(s.figures), figureKey.compare) {
		if f := s.figures[k]; f != (sum{}) {
			if _, err := t.Exec(addFigure, k.month, k.product, k.cause, k.outcome, k.lead, part, f.n, f.redress); err != nil {
				return err
			}
		}
	}
	return nil
}

// counting changes a complaint and counts it anew.
func counting(t *sqldb.Tx, id casework.ID, change func() error) error {
	s := newSums()
	if err := s.count(t, id, -1); err != nil {
		return err
	}
	if err := change(); err != nil {
		return err
	}
	if err := s.count(t, id, 1); err != nil || s.none() {
		return err
	}
	if err := s.save(t, string(id)); err != nil {
		return err
	}
	return s.tidy(t, string(id))
}

// Unfolded are complaints after an id that have lines of their own, by id.
func (t tx) Unfolded(after casework.ID, most int) (some []casework.ID, err error) {
	err = t.db.Each(unfolded, []any{after, after, most}, func(scan func(...any) error) error {
		var id casework.ID
		err := scan(&id)
		some = append(some, id)
		return err
	})
	return some, err
}

// Fold puts the lines of one complaint with those of all. The case is locked as by
// those who change it, so that neither waits for the other in a ring.
func (t tx) Fold(id casework.ID) error {
	var locked string
	if err := t.db.Row(keptLock, id).Scan(&locked); err != nil {
		return sqldb.Found(err, "unknown-case", "")
	}
	s := newSums()
	if err := t.gather(s, id); err != nil {
		return err
	}
	if err := s.save(t.db, ""); err != nil {
		return err
	}
	return s.tidy(t.db, "")
}

// uncount takes off what a complaint counts as that will be removed: lines of its own
// would stay without it, and nothing could put them together.
func (t tx) uncount(id casework.ID) error {
	s := newSums()
	if err := s.count(t.db, id, -1); err != nil {
		return err
	}
	if err := t.gather(s, id); err != nil {
		return err
	}
	if err := s.save(t.db, ""); err != nil {
		return err
	}
	return s.tidy(t.db, "")
}

// gather takes the lines of one complaint into the sums.
func (t tx) gather(s sums, id casework.ID) error {
	err := t.db.Each(foldDays, []any{id}, func(scan func(...any) error) error {
		var k dayKey
		var n int64
		err := scan(&k.series, &k.value, &k.day, &n)
		s.days[k] += n
		return err
	})
	if err != nil {
		return err
	}
	return t.db.Each(foldFigures, []any{id}, func(scan func(...any) error) error {
		var k figureKey
		var f sum
		err := scan(&k.month, &k.product, &k.cause, &k.outcome, &k.lead, &f.n, &f.redress)
		old := s.figures[k]
		s.figures[k] = sum{old.n + f.n, old.redress + f.redress}
		return err
	})
}

// tidy removes lines of a part that came to nothing: of a complaint that was destroyed
// nothing stays but its count. Each is named whole: looked for by its part and what it
// comes to, all lines of the firm were read.
func (s sums) tidy(t *sqldb.Tx, part string) error {
	for k, n := range s.days {
		if n == 0 { // save left it alone, and holds no lock on it
			continue
		}
		if _, err := t.Exec(dropNoDay, k.series, k.value, k.day, part); err != nil {
			return err
		}
	}
	for k, f := range s.figures {
		if f == (sum{}) {
			continue
		}
		if _, err := t.Exec(dropNoFigure, k.month, k.product, k.cause, k.outcome, k.lead, part); err != nil {
			return err
		}
	}
	return nil
}
