package store

import (
	"cmp"
	"database/sql"
	"maps"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/casework"
	"zorgplicht/internal/sqldb"
)

// amongAtOnce is how many cases are looked up together by their ids.
const amongAtOnce = 250

const columns = `id, kind, number, title, received, made, closed, handler, team, client, product, harm, revision`

// together are the cases that two words find. Both lists of cases are in order, and are
// read side by side.
const together = `select case_id from casework_word where firm = :firm and word = ?
	intersect select case_id from casework_word where firm = :firm and word = ?`

var (
	caseByID   = sqldb.Tenant(`select ` + columns + ` from casework_case where firm = :firm and id = ?`)
	lockedCase = sqldb.Part(`:lock`, caseByID)
	saveCase   = sqldb.Tenant(`insert into casework_case (firm, ` + columns + `) values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict (firm, id) do update set title = excluded.title, received = excluded.received, closed = excluded.closed, handler = excluded.handler, team = excluded.team,
		client = excluded.client, product = excluded.product, harm = excluded.harm, revision = excluded.revision`)
	// Before it is saved: a day of receipt that is corrected is packed anew.
	unpackMoved = sqldb.Tenant(`insert into casework_unpacked (firm, case_id, n) select :firm, id, 1 from casework_case where firm = :firm and id = ? and received <> ?
		on conflict (firm, case_id) do update set n = casework_unpacked.n + 1`)
	followCase = sqldb.Tenant(`update casework_due set hand = case when assigned = '' then ? else assigned end, team = ?, weight = amount * ?
		where firm = :firm and case_id = ?`)
	nextNumber = sqldb.Tenant(`insert into casework_number (firm, kind, year, latest) values (:firm, ?, ?, 1)
		on conflict (firm, kind, year) do update set latest = casework_number.latest + 1 returning latest`)

	cases = sqldb.Tenant(`select ` + columns + ` from casework_case where firm = :firm`)
	// By id, whatever else is asked of them: the limit keeps the database from looking
	// otherwise.
	casesAmong = sqldb.Tenant(`select ` + columns + ` from (select firm, ` + columns + ` from casework_case where firm = :firm
		and id in (` + sqldb.Slots(amongAtOnce) + `) limit ` + strconv.Itoa(amongAtOnce) + `) casework_case where firm = :firm`)
	ofKind      = sqldb.Part(`and kind = ?`, cases)
	notKind     = sqldb.Part(`and (kind <> ? or ? like '%' || id || '%')`, cases)
	notCase     = sqldb.Part(`and id <> ?`, cases)
	ofNumber    = sqldb.Part(`and number = ?`, cases)
	stillOpen   = sqldb.Part(`and closed is null`, cases)
	isClosed    = sqldb.Part(`and closed is not null`, cases)
	handledBy   = sqldb.Part(`and handler = ?`, cases)
	aboutOne    = sqldb.Part(`and product = ?`, cases)
	fromDay     = sqldb.Part(`and received >= ?`, cases)
	throughDay  = sqldb.Part(`and received <= ?`, cases)
	withWord    = sqldb.Part(`and id in (select case_id from casework_word where firm = :firm and word = ?)`, cases)
	hasWord     = sqldb.Part(`and exists (select 1 from casework_word w where w.firm = :firm and w.word = ? and w.case_id = casework_case.id)`, cases)
	manyOfWord  = sqldb.Tenant(`select count(*) from (select 1 from casework_word where firm = :firm and word = ? limit ?) c`)
	manyOfWords = sqldb.Tenant(`select count(*) from (` + together + ` order by 1 limit ?) c`)
	tryOfWords  = sqldb.Tenant(`select count(*) from (select case_id from casework_word where firm = :firm and word = ? limit ?) a
		where exists (select 1 from casework_word b where b.firm = :firm and b.word = ? and b.case_id = a.case_id)`)
	withWords  = sqldb.Part(`and id in (`+together+`)`, cases)
	afterCase  = sqldb.Part(`and (received, id) < (?, ?)`, cases)
	lastFirst  = sqldb.Part(`order by received desc, id desc limit ?`, cases)
	laterCase  = sqldb.Part(`and (received, id) > (?, ?)`, cases)
	firstFirst = sqldb.Part(`order by received, id limit ?`, cases)
	endedCase  = sqldb.Part(`and (closed, id) < (?, ?)`, cases)
	lastEnded  = sqldb.Part(`order by closed desc, id desc limit ?`, cases)
	orders     = map[casework.Order]*sqldb.Fragment{casework.Newest: lastFirst, casework.Oldest: firstFirst, casework.Ended: lastEnded}

	ordered = map[casework.Order]func(a, b casework.Case) int{
		casework.Newest: func(a, b casework.Case) int { return cmp.Or(b.Received.Compare(a.Received), cmp.Compare(b.ID, a.ID)) },
		casework.Oldest: func(a, b casework.Case) int { return cmp.Or(a.Received.Compare(b.Received), cmp.Compare(a.ID, b.ID)) },
		casework.Ended:  func(a, b casework.Case) int { return cmp.Or(b.Closed.Compare(a.Closed), cmp.Compare(b.ID, a.ID)) },
	}

	index = sqldb.Tenant(`insert into casework_word (firm, word, case_id) values (:firm, ?, ?) on conflict (firm, word, case_id) do nothing`)
)

func (t tx) Case(id casework.ID) (casework.Case, error) {
	q := caseByID
	if t.writes {
		q = q.With(lockedCase)
	}
	c, err := scanCase(t.Row(q, id).Scan)
	return c, sqldb.Found(err, "unknown-case", "")
}

func scanCase(into func(...any) error) (c casework.Case, err error) {
	var made int64
	var closed sql.NullInt64
	err = into(&c.ID, &c.Kind, &c.Number, &c.Title, &c.Received, &made, &closed, &c.Handler, &c.Team, &c.Client, &c.Product, &c.Harm, &c.Revision)
	c.Made, c.Closed = sqldb.Instant(made), sqldb.MaybeInstant(closed)
	return c, err
}

func (t tx) SaveCase(c casework.Case) error {
	if _, err := t.Exec(unpackMoved, c.ID, c.Received); err != nil {
		return err
	}
	_, err := t.Exec(saveCase, c.ID, c.Kind, c.Number, c.Title, c.Received, c.Made.UnixMilli(), sqldb.Millis(c.Closed), c.Handler, c.Team, c.Client,
		c.Product, int(c.Harm), c.Revision)
	if err != nil {
		return err
	}
	if _, err := t.Exec(mixCase, c.ID); err != nil {
		return err
	}
	_, err = t.Exec(followCase, c.Handler, c.Team, int64(c.Harm)+1, c.ID)
	return err
}

func (t tx) NextNumber(k casework.Kind, year int) (n int, err error) {
	err = t.Row(nextNumber, k, year).Scan(&n)
	return n, err
}

// many is from how many cases on a word or a value is common. The cases of one that is
// not are looked up and put in order; for a common one the cases are gone through in
// order until a page is full, which then comes soon.
var many = 5_000

func (t tx) Cases(f casework.Filter) (p casework.Page, err error) {
	if f.Vain {
		return p, nil
	}
	var parts []*sqldb.Fragment
	var args []any
	add := func(use bool, part *sqldb.Fragment, with ...any) {
		if use {
			parts, args = append(parts, part), append(args, with...)
		}
	}
	add(f.Kind != "", ofKind, f.Kind)
	add(f.Number != "", ofNumber, f.Number)
	for _, k := range f.Hidden {
		add(true, notKind, k, named(f.Sight))
	}
	for _, id := range f.Barred {
		add(true, notCase, id)
	}
	add(f.State == casework.IsOpen, stillOpen)
	add(f.State == casework.IsClosed, isClosed)
	switch f.Handler {
	case "":
	case casework.None:
		add(true, handledBy, "")
	default:
		add(true, handledBy, f.Handler)
	}
	rare, none := false, false // whether few cases are left to look up, or none
	narrow := func(few, often *sqldb.Fragment, count *sqldb.Query, with ...any) error {
		var n int
		if err := t.Row(count, append(slices.Clone(with), many)...).Scan(&n); err != nil {
			return err
		}
		add(n < many, few, with...)
		add(n >= many && often != nil, often, with...)
		rare, none = rare || n < many, none || n == 0
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(f.Facets)) {
		switch value := f.Facets[name]; value {
		case "":
		case casework.None:
			add(true, withoutFacet, name)
		default:
			if err := narrow(withFacet, hasFacet, manyOfFacet, name, value); err != nil {
				return p, err
			}
		}
	}
	add(!f.From.IsZero(), fromDay, f.From)
	add(!f.Through.IsZero(), throughDay, f.Through)
	words := slices.DeleteFunc(slices.Clone(f.Words), func(w string) bool { return !casework.Indexed(w) })
	var met meeting
	if !rare && len(words) > 1 { // words that are common each may be rare together
		if met, err = t.meet(words); err != nil {
			return p, err
		}
	}
	if met.known {
		for _, w := range words {
			add(true, hasWord, w)
		}
		rare, none = !met.often, none || !met.often && len(met.ids) == 0
	} else {
		for _, w := range words {
			if err := narrow(withWord, hasWord, manyOfWord, w); err != nil {
				return p, err
			}
		}
		if !rare && len(words) > 1 { // the longest two are tried
			slices.SortFunc(words, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
			seldom, err := t.seldomMeet(words[0], words[1])
			if err == nil && seldom {
				err = narrow(withWords, nil, manyOfWords, words[0], words[1])
			}
			if err != nil {
				return p, err
			}
		}
	}
	if none {
		return p, nil
	}
	mixed := !rare && crosses(f)
	add(f.Product != "" && !mixed, aboutOne, f.Product) // a mix has one product
	more := f.Cursor.ID != ""
	switch f.Order {
	case casework.Oldest:
		add(more, laterCase, f.Cursor.Received, f.Cursor.ID)
	case casework.Ended:
		add(f.State != casework.IsClosed, isClosed)
		add(more, endedCase, f.Cursor.Closed.UnixMilli(), f.Cursor.ID)
	default:
		add(more, afterCase, f.Cursor.Received, f.Cursor.ID)
	}
	known := true
	switch {
	case mixed:
		p.Rows, err = t.crossed(f, parts, args)
	case len(met.ids) > 0:
		p.Rows, err = t.among(f, met.ids, parts, args)
	case !rare && len(words) > 0 && f.State != casework.IsOpen: // of what is open there is little
		p.Rows, known, err = t.common(f, words, met, parts, args)
	default:
		known = false
	}
	if err == nil && !known {
		add(true, orders[f.Order], f.Limit+1)
		var rows *sqldb.Rows
		rows, err = t.Rows(cases.With(parts...), args...)
		p.Rows, err = sqldb.All(rows, err, scanCase)
	}
	if err != nil {
		return p, err
	}
	if len(p.Rows) > f.Limit {
		p.Rows = p.Rows[:f.Limit]
		last := p.Rows[f.Limit-1]
		p.Next = &casework.Cursor{Received: last.Received, Closed: last.Closed, ID: last.ID}
	}
	return p, nil
}

// among gives the first cases of these that the parts of a question leave, and one more
// than a page holds.
func (t tx) among(f casework.Filter, ids []string, parts []*sqldb.Fragment, args []any) (page []casework.Case, err error) {
	q := casesAmong.With(append(parts, orders[f.Order])...)
	for some := range slices.Chunk(ids, amongAtOnce) {
		rows, err := t.Rows(q, append(append(sqldb.Filled(some, amongAtOnce), args...), f.Limit+1)...)
		more, err := sqldb.All(rows, err, scanCase)
		if err != nil {
			return nil, err
		}
		page = append(page, more...)
	}
	slices.SortFunc(page, ordered[f.Order])
	return page[:min(len(page), f.Limit+1)], nil
}

// seldomMeet says of two common words that few of the cases of one have the other too,
// by trying some. It decides how cases are looked for, not which are found.
func (t tx) seldomMeet(one, other string) (bool, error) {
	var met int
	err := t.Row(tryOfWords, one, many, other).Scan(&met)
	return met < many/100+1, err
}

// named are the ids of the cases that somebody sees of a hidden kind, in one text: a
// case is one of them where its id stands in it.
func named(s casework.Sight) string {
	ids := ""
	for _, id := range s.Named {
		ids += string(id) + " "
	}
	return ids
}

func (t tx) Index(c casework.Case, words []string) error {
	more := int64(0)
	for _, w := range words {
		if !casework.Indexed(w) {
			continue
		}
		n, err := t.Exec(index, w, c.ID)
		if err != nil {
			return err
		}
		more += n
	}
	if more == 0 {
		return nil
	}
	_, err := t.Exec(unpack, c.ID)
	return err
}
