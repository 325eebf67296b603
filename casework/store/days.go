package store

import (
	"cmp"
	"encoding/binary"
	"maps"
	"math/bits"
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/internal/sqldb"
)

// A stretch keeps of each case the day of receipt, in two bytes, and cases lie in it in
// the order of their ids: so it is known without a look at them which of many cases come
// first in a list.

// firstDay is the day that is written as nothing; the last is in 2079.
var firstDay = calendar.MustParse("1900-01-01")

// mostInOrder is how many cases are looked at in vain before all that are left are gone
// through, and how many are looked up apart at most.
var mostInOrder = 8_000

// nearbyFor is how many cases are gone through for each that a page holds, before it is
// asked where those lie that words name.
var nearbyFor = 6

var (
	daysWithin  = sqldb.Tenant(`select id, received from casework_case where firm = :firm and id >= ? and id <= ?`)
	daysBetween = sqldb.Tenant(`select first, days from casework_days where firm = :firm and first >= ? and first <= ?`)
	saveDays    = sqldb.Tenant(`insert into casework_days (firm, first, days) values (:firm, ?, ?)
		on conflict (firm, first) do update set days = excluded.days`)
	dropDays = sqldb.Tenant(`delete from casework_days where firm = :firm and first = ?`)

	// Where the first cases of a list end, whatever their words.
	edge           = sqldb.Tenant(`select received, id from casework_case where firm = :firm`)
	edgeOfKind     = sqldb.Part(`and kind = ?`, edge)
	edgeFrom       = sqldb.Part(`and received >= ?`, edge)
	edgeThrough    = sqldb.Part(`and received <= ?`, edge)
	edgeAfter      = sqldb.Part(`and (received, id) < (?, ?)`, edge)
	edgeLater      = sqldb.Part(`and (received, id) > (?, ?)`, edge)
	edgeLastFirst  = sqldb.Part(`order by received desc, id desc limit 1 offset ?`, edge)
	edgeFirstFirst = sqldb.Part(`order by received, id limit 1 offset ?`, edge)
	downToEdge     = sqldb.Part(`and (received, id) >= (?, ?)`, cases)
	upToEdge       = sqldb.Part(`and (received, id) <= (?, ?)`, cases)
)

// readDays reads the days of receipt of its members.
func (s *stretch) readDays(t *sqldb.Tx) error {
	s.days = make([]byte, 0, 2*len(s.members))
	if len(s.members) == 0 {
		return nil
	}
	received := map[string]calendar.Date{}
	err := t.Each(daysWithin, []any{s.members[0], s.members[len(s.members)-1]}, func(columns func(...any) error) error {
		var id string
		var day calendar.Date
		err := columns(&id, &day)
		received[id] = day
		return err
	})
	if err != nil {
		return err
	}
	for _, id := range s.members {
		n := firstDay.DaysUntil(received[id])
		if n < 0 || n > 1<<16-1 {
			s.days = nil
			return nil
		}
		s.days = binary.BigEndian.AppendUint16(s.days, uint16(n))
	}
	return nil
}

func (s *stretch) saveDays(t *sqldb.Tx) error {
	q, args := saveDays, []any{s.first, s.days}
	if s.days == nil {
		q, args = dropDays, args[:1]
	}
	_, err := t.Exec(q, args...)
	return err
}

// An ordering walks the cases that have all words, in the order of their receipt.
type ordering struct {
	tx
	meeting
	oldest  bool
	days    [][]byte     // by stretch
	from    int          // first day of the list
	through int          // last day
	begun   int          // day of the cursor
	after   string       // case of the cursor, "" on the first page
	rolls   map[int]roll // of the stretches that were asked for
}

// common gives the first cases that the parts of a question leave, and one more than a
// page holds, where many have all words. Known is false where it cannot say: another
// order is asked, or too much is not packed.
func (t tx) common(f casework.Filter, words []string, m meeting, parts []*sqldb.Fragment, args []any) (page []casework.Case, known bool, err error) {
	if f.Order == casework.Ended {
		return nil, false, nil
	}
	if page, known, err = t.nearby(f, parts, args); err != nil || known {
		return page, known, err
	}
	if !m.known {
		if m, err = t.meet(words); err != nil || !m.known {
			return nil, false, err
		}
	}
	if !m.often {
		page, err = t.among(f, m.ids, parts, args)
		return page, true, err
	}
	return t.inOrder(f, words, m, parts, args)
}

// inOrder gives them in the order of their receipt, without a look at cases that come
// before.
func (t tx) inOrder(f casework.Filter, words []string, m meeting, parts []*sqldb.Fragment, args []any) (page []casework.Case, known bool, err error) {
	o := ordering{tx: t, meeting: m, oldest: f.Order == casework.Oldest, rolls: map[int]roll{}}
	if known, err = o.readDays(); err != nil || !known {
		return nil, false, err
	}
	o.bound(f)
	there, err := t.lookUp(words, m.ranges)
	if err != nil || len(there) > mostInOrder {
		return nil, false, err
	}
	page, err = t.among(f, slices.Collect(maps.Keys(there)), parts, args)
	if err != nil {
		return nil, false, err
	}
	looked, found := 0, 0
	for some := range o.batches(f.Limit + 1) {
		looked += len(some.places)
		vain := looked > mostInOrder+f.Limit // what else is asked leaves few
		look := o.look
		if vain {
			look = o.rest
		}
		more, err := look(f, some, parts, args)
		if err != nil {
			return nil, false, err
		}
		for _, c := range more {
			if !there[string(c.ID)] { // what was looked up may stand elsewhere by now
				page, there[string(c.ID)] = append(page, c), true
				found++
			}
		}
		slices.SortFunc(page, ordered[f.Order])
		page = page[:min(len(page), f.Limit+1)]
		if vain || found > f.Limit { // all others come after these
			break
		}
	}
	return page, true, nil
}

// nearby goes through the first cases of a list, some for each that a page holds. Most
// words that are common are common there: full says that the page is.
func (t tx) nearby(f casework.Filter, parts []*sqldb.Fragment, args []any) (page []casework.Case, full bool, err error) {
	cursor, order, bound := edgeAfter, edgeLastFirst, downToEdge
	if f.Order == casework.Oldest {
		cursor, order, bound = edgeLater, edgeFirstFirst, upToEdge
	}
	var where []*sqldb.Fragment
	var with []any
	add := func(use bool, part *sqldb.Fragment, given ...any) {
		if use {
			where, with = append(where, part), append(with, given...)
		}
	}
	add(f.Kind != "", edgeOfKind, f.Kind)
	add(!f.From.IsZero(), edgeFrom, f.From)
	add(!f.Through.IsZero(), edgeThrough, f.Through)
	add(f.Cursor.ID != "", cursor, f.Cursor.Received, f.Cursor.ID)
	add(true, order, nearbyFor*(f.Limit+1))
	var last casework.Case
	more, err := sqldb.There(t.Row(edge.With(where...), with...).Scan(&last.Received, &last.ID))
	if err != nil {
		return nil, false, err
	}
	parts, args = slices.Clone(parts), slices.Clone(args)
	if more {
		parts, args = append(parts, bound), append(args, last.Received, last.ID)
	}
	rows, err := t.Rows(cases.With(append(parts, orders[f.Order])...), append(args, f.Limit+1)...)
	page, err = sqldb.All(rows, err, scanCase)
	return page, !more || len(page) > f.Limit, err
}

// look gives the first cases of a batch.
func (o *ordering) look(f casework.Filter, b batch, parts []*sqldb.Fragment, args []any) ([]casework.Case, error) {
	ids, err := o.name(b.places)
	if err != nil {
		return nil, err
	}
	return o.among(f, ids, parts, args)
}

// rest gives the first cases of all from the days of a batch on.
func (o *ordering) rest(f casework.Filter, b batch, parts []*sqldb.Fragment, args []any) ([]casework.Case, error) {
	bound, at := throughDay, b.last
	if o.oldest {
		bound, at = fromDay, b.first
	}
	parts, args = append(slices.Clone(parts), bound, orders[f.Order]), append(slices.Clone(args), day(at), f.Limit+1)
	rows, err := o.Rows(cases.With(parts...), args...)
	return sqldb.All(rows, err, scanCase)
}

// day is the day that a number stands for.
func day(n int) calendar.Date { return firstDay.AddDays(n) }

// readDays reads the days of all stretches. Of one that was never packed there are none.
func (o *ordering) readDays() (known bool, err error) {
	if o.days, err = o.daysOf(o.firsts, o.versions); err != nil {
		return false, err
	}
	for n, days := range o.days {
		if days == nil && o.met[o.firsts[n]] != nil {
			return false, nil
		}
	}
	return true, nil
}

// bound reads from what day to what day a list goes.
func (o *ordering) bound(f casework.Filter) {
	o.from, o.through = 0, 1<<16-1
	narrow := func(from, through calendar.Date) {
		if !from.IsZero() {
			o.from = max(o.from, firstDay.DaysUntil(from))
		}
		if !through.IsZero() {
			o.through = min(o.through, firstDay.DaysUntil(through))
		}
	}
	narrow(f.From, f.Through)
	if o.after = string(f.Cursor.ID); o.after != "" {
		o.begun = firstDay.DaysUntil(f.Cursor.Received)
		if o.oldest {
			narrow(f.Cursor.Received, calendar.Date{})
		} else {
			narrow(calendar.Date{}, f.Cursor.Received)
		}
	}
	if o.through < o.from {
		o.through = o.from - 1
	}
}

// each tells the cases that lie within some days, by stretch and in the order of ids.
func (o *ordering) each(from, through int, tell func(place)) {
	for n, first := range o.firsts {
		days, shown := o.days[n], o.shown(n)
		for i, b := range o.met[first] {
			for ; b != 0; b &= b - 1 {
				at := 2 * (8*i + bits.TrailingZeros8(b))
				if at+1 >= len(days) { // damaged: nobody stands there
					break
				}
				if day := int(days[at])<<8 | int(days[at+1]); day >= from && day <= through && !(shown && day == o.begun) {
					tell(place{day, n, at / 2})
				}
			}
		}
	}
}

// shown reports whether all cases of a stretch that came on the day of the cursor were on
// an earlier page.
func (o *ordering) shown(stretch int) bool {
	switch {
	case o.after == "":
		return false
	case o.oldest:
		return stretch+1 < len(o.firsts) && o.firsts[stretch+1] <= o.after
	}
	return o.firsts[stretch] > o.after
}

// A place is where a case stands that packed words name.
type place struct{ day, stretch, bit int }

// A batch is some of the cases that words name, and the days between which it was taken.
type batch struct {
	first, last int
	places      []place
}

// batches gives all cases that words name, in the order of the list: those of as many
// days as have so many, and then of days with more.
func (o *ordering) batches(least int) func(yield func(batch) bool) {
	return func(yield func(batch) bool) {
		if o.through < o.from {
			return
		}
		counts := make([]int, o.through-o.from+1)
		o.each(o.from, o.through, func(p place) { counts[p.day-o.from]++ })
		for from, through, wanted := o.from, o.through, least; from <= through; wanted *= 4 {
			b, n := batch{first: from, last: through}, 0
			if o.oldest {
				for ; from <= through && n < wanted; from++ {
					n, b.last = n+counts[from-o.from], from
				}
			} else {
				for ; from <= through && n < wanted; through-- {
					n, b.first = n+counts[through-o.from], through
				}
			}
			for some := range slices.Chunk(o.places(b.first, b.last), wanted) {
				if b.places = some; !yield(b) {
					return
				}
			}
		}
	}
}

// places gives where the cases of some days stand, in the order of the list.
func (o *ordering) places(first, last int) (all []place) {
	o.each(first, last, func(p place) { all = append(all, p) })
	slices.SortStableFunc(all, func(a, b place) int { return cmp.Compare(a.day, b.day) })
	if !o.oldest {
		slices.Reverse(all)
	}
	return all
}

// name tells which cases stand at places.
func (o *ordering) name(places []place) (ids []string, err error) {
	for _, p := range places {
		r, there := o.rolls[p.stretch]
		if !there {
			first := o.firsts[p.stretch]
			if r, err = o.roll(first, o.versions[first]); err != nil {
				return nil, err
			}
			o.rolls[p.stretch] = r
		}
		if id := r.at(p.bit); id != "" {
			ids = append(ids, id)
		}
	}
	return ids, nil
}
