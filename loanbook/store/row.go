package store

import (
	"database/sql"
	"encoding/hex"
	"errors"
	"strconv"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/credit"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/loanbook"
	"zorgplicht/money"
)

const rowColumns = `reference, line, product, intermediary, kind, charge, concluded, amount, rates, balance, payment, arrears, demanded, settled, dissolved, undone, transferred,
	state, watch, above_since, above_first, was`

var (
	stage = sqldb.Tenant(`insert into loanbook_row (firm, load, ` + rowColumns + `)
		values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (firm, load, reference) do nothing`)
	saveRow = sqldb.Tenant(`update loanbook_row set rates = ?, balance = ?, arrears = ?, demanded = ?, settled = ?, dissolved = ?, undone = ?, transferred = ?,
		state = ?, watch = ?, above_since = ?, above_first = ?, was = ? where firm = :firm and load = ? and reference = ?`)
	unstage = sqldb.Tenant(`delete from loanbook_row where firm = :firm and load = ? and reference in
		(select reference from loanbook_row where firm = :firm and load = ? order by reference limit ?)`)
	oneRow  = sqldb.Tenant(`select ` + rowColumns + ` from loanbook_row where firm = :firm and load = ? and reference = ?`)
	rowsOf  = sqldb.Tenant(`select ` + rowColumns + ` from loanbook_row where firm = :firm and load = ? and reference > ? order by reference limit ?`)
	byLine  = sqldb.Tenant(`select ` + rowColumns + ` from loanbook_row where firm = :firm and load = ? order by line`)
	courses = sqldb.Tenant(`select concluded, charge, kind, state, settled, rates from loanbook_row where firm = :firm and load = ? and reference > ?`)
	upTo    = sqldb.Part(`and reference <= ?`, courses)

	listed = sqldb.Tenant(`select ` + rowColumns + ` from loanbook_row where firm = :firm and load = ?`)
	some   = sqldb.Tenant(`select 1 from loanbook_row where firm = :firm and load = ?`)

	named = sqldb.Tenant(`select reference from loanbook_row where firm = :firm and load = ?`)

	filtered       = []*sqldb.Query{listed, some, named}
	ofPrefix       = sqldb.Part(`and reference >= ? and reference < ?`, filtered...)
	ofState        = sqldb.Part(`and state = ?`, filtered...)
	ofProduct      = sqldb.Part(`and product = ?`, filtered...)
	ofIntermediary = sqldb.Part(`and intermediary = ?`, filtered...)
	inArrears      = sqldb.Part(`and arrears is not null`, filtered...)
	isAbove        = sqldb.Part(`and above_since is not null`, filtered...)

	afterReference = sqldb.Part(`and reference > ?`, listed, named)
	afterBalance   = sqldb.Part(`and (balance < ? or (balance = ? and reference > ?))`, listed)
	afterArrears   = sqldb.Part(`and (arrears, reference) > (?, ?)`, listed)
	afterSince     = sqldb.Part(`and (above_since, reference) > (?, ?)`, listed)

	inReference = sqldb.Part(`order by reference limit ?`, listed, named)
	inBalance   = sqldb.Part(`order by balance desc, reference limit ?`, listed)
	inArrear    = sqldb.Part(`order by arrears, reference limit ?`, listed)
	inSince     = sqldb.Part(`order by above_since, reference limit ?`, listed)
	atMost      = sqldb.Part(`limit ?`, some)

	cut = sqldb.Tenant(`select reference from loanbook_row where firm = :firm and load = ? order by reference limit 1 offset ?`)
)

// was is an agreement as the file had it, as it is kept beside what was told of it.
type was struct {
	Rates       string      `json:"rates"` // packed, in hexadecimals
	Balance     money.Cents `json:"balance"`
	Arrears     string      `json:"arrears"`
	Demanded    string      `json:"demanded"`
	Settled     string      `json:"settled"`
	Dissolved   string      `json:"dissolved"`
	Undone      string      `json:"undone"`
	Transferred string      `json:"transferred"`
}

func kept(l *loanbook.Loan) any {
	if l == nil {
		return nil
	}
	return canon.Must(was{
		hex.EncodeToString(loanbook.Pack(l.Rates)), l.Balance, l.Arrears.String(), l.Demanded.String(), l.Settled.String(), l.Dissolved.String(), l.Undone.String(), l.Transferred.String(),
	})
}

// before is the agreement as it was.
func before(l loanbook.Loan, body []byte) (*loanbook.Loan, error) {
	var w was
	if err := canon.Decode(body, &w); err != nil {
		return nil, err
	}
	rates, err := hex.DecodeString(w.Rates)
	if err != nil {
		return nil, err
	}
	if l.Rates, err = loanbook.Unpack(rates); err != nil {
		return nil, err
	}
	l.Balance = w.Balance
	for _, d := range []struct {
		text string
		into *calendar.Date
	}{{w.Arrears, &l.Arrears}, {w.Demanded, &l.Demanded}, {w.Settled, &l.Settled}, {w.Dissolved, &l.Dissolved}, {w.Undone, &l.Undone}, {w.Transferred, &l.Transferred}} {
		if *d.into = (calendar.Date{}); d.text != "" {
			if *d.into, err = calendar.Parse(d.text); err != nil {
				return nil, err
			}
		}
	}
	return &l, nil
}

// Stage puts a row beside the book.
func (t tx) Stage(load int, r loanbook.Row) (bool, error) {
	n, err := t.Exec(stage, load, r.Reference, r.Line, r.Product, r.Intermediary, r.Kind, r.Charge, r.Concluded, int64(r.Sum), loanbook.Pack(r.Rates), int64(r.Balance), int64(r.Payment),
		r.Arrears, r.Demanded, r.Settled, r.Dissolved, r.Undone, r.Transferred, string(r.State()), int(r.Watch.Watch), r.Watch.Since, r.Watch.First, kept(r.Was))
	return n == 1, err
}

// Unstage takes rows out again.
func (t tx) Unstage(load, most int) (int, error) {
	n, err := t.Exec(unstage, load, load, most)
	return int(n), err
}

// SaveRow keeps what was told of an agreement.
func (t tx) SaveRow(load int, r loanbook.Row) error {
	_, err := t.Exec(saveRow, loanbook.Pack(r.Rates), int64(r.Balance), r.Arrears, r.Demanded, r.Settled, r.Dissolved, r.Undone, r.Transferred,
		string(r.State()), int(r.Watch.Watch), r.Watch.Since, r.Watch.First, kept(r.Was), load, r.Reference)
	return err
}

// Row returns one agreement of a stand.
func (t tx) Row(load int, reference string) (loanbook.Row, error) {
	r, err := scanRow(t.Tx.Row(oneRow, load, reference).Scan)
	return r, sqldb.Found(err, "unknown-loan", "")
}

// Rows returns agreements of a stand by reference.
func (t tx) Rows(load int, after string, most int) ([]loanbook.Row, error) {
	return t.rows(rowsOf, load, after, most)
}

// ByLine gives every agreement of a stand in the order of its file.
func (t tx) ByLine(load int, row func(loanbook.Row) error) error {
	return t.Each(byLine, []any{load}, func(scan func(...any) error) error {
		r, err := scanRow(scan)
		if err != nil {
			return err
		}
		return row(r)
	})
}

func (t tx) rows(q *sqldb.Query, args ...any) (all []loanbook.Row, err error) {
	err = t.Each(q, args, func(scan func(...any) error) error {
		r, err := scanRow(scan)
		all = append(all, r)
		return err
	})
	return all, err
}

func scanRow(scan func(...any) error) (r loanbook.Row, err error) {
	var rates, body []byte
	var state string
	err = scan(&r.Reference, &r.Line, &r.Product, &r.Intermediary, &r.Kind, &r.Charge, &r.Concluded, &r.Sum, &rates, &r.Balance, &r.Payment,
		&r.Arrears, &r.Demanded, &r.Settled, &r.Dissolved, &r.Undone, &r.Transferred, &state, (*int)(&r.Watch.Watch), &r.Watch.Since, &r.Watch.First, &body)
	if err != nil {
		return r, err
	}
	if r.Rates, err = loanbook.Unpack(rates); err == nil && body != nil {
		r.Was, err = before(r.Loan, body)
	}
	return r, err
}

// Courses gives what a scan needs of every agreement of a part of a stand.
func (t tx) Courses(load int, from, until string, row func(loanbook.Sketch) error) error {
	q, args := courses, []any{load, from}
	if until != "" {
		q, args = courses.With(upTo), append(args, until)
	}
	return t.Each(q, args, func(scan func(...any) error) error {
		var s loanbook.Sketch
		var charge, kind, state string
		if err := scan(&s.Concluded, &charge, &kind, &state, &s.Settled, &s.Rates); err != nil {
			return err
		}
		s.Variable, s.Falls, s.Over = charge == credit.Variable, kind != loanbook.Revolving, loanbook.State(state).Over()
		return row(s)
	})
}

// Cut returns the reference at a place of a stand; "" past its end.
func (t tx) Cut(load, place int) (reference string, err error) {
	err = t.Tx.Row(cut, load, place).Scan(&reference)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return reference, err
}

// chosen are the pieces of a filter.
func chosen(f loanbook.Filter) (parts []*sqldb.Fragment, args []any) {
	add := func(p *sqldb.Fragment, a ...any) { parts, args = append(parts, p), append(args, a...) }
	if f.Search != "" {
		add(ofPrefix, f.Search, f.Search+"\U0010FFFF")
	}
	if f.State != "" {
		add(ofState, string(f.State))
	}
	if f.Product != "" {
		add(ofProduct, f.Product)
	}
	if f.Intermediary != "" {
		add(ofIntermediary, f.Intermediary)
	}
	if f.Above || f.Sort == loanbook.BySince {
		add(isAbove)
	}
	if f.Sort == loanbook.ByArrears {
		add(inArrears)
	}
	return parts, args
}

// List returns a page of a stand.
func (t tx) List(load int, f loanbook.Filter) ([]loanbook.Row, error) {
	parts, args := chosen(f)
	args = append([]any{load}, args...)
	order := inReference
	switch f.Sort {
	case loanbook.ByBalance:
		order = inBalance
	case loanbook.ByArrears:
		order = inArrear
	case loanbook.BySince:
		order = inSince
	}
	if c := f.After; c != nil {
		switch f.Sort {
		case loanbook.ByBalance:
			cents, err := strconv.ParseInt(c.Key, 10, 64)
			if err != nil {
				return nil, fault.New(fault.Invalid, "bad-cursor", "")
			}
			parts, args = append(parts, afterBalance), append(args, cents, cents, c.Reference)
		case loanbook.ByArrears:
			parts, args = append(parts, afterArrears), append(args, c.Key, c.Reference)
		case loanbook.BySince:
			parts, args = append(parts, afterSince), append(args, c.Key, c.Reference)
		default:
			parts, args = append(parts, afterReference), append(args, c.Reference)
		}
	}
	parts, args = append(parts, order), append(args, f.Limit)
	if f.Sort == loanbook.ByReference && f.State != "" && f.Intermediary != "" && f.Limit <= mostNamed {
		return t.byName(load, named.With(parts...), args)
	}
	return t.rows(listed.With(parts...), args...)
}

// mostNamed is up to how many rows are found by their references first.
const mostNamed = 100

// byName reads the references of a page before its rows. SQLite would rather walk
// through the whole stand in the order of the list than sort what two filters leave; an
// index that holds all it is asked for, it takes.
func (t tx) byName(load int, q *sqldb.Query, args []any) ([]loanbook.Row, error) {
	var names []string
	if err := t.Each(q, args, func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		names = append(names, name)
		return err
	}); err != nil {
		return nil, err
	}
	rows := make([]loanbook.Row, 0, len(names))
	for _, name := range names {
		r, err := t.Row(load, name)
		if err != nil {
			return nil, err
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// Count counts a list up to most.
func (t tx) Count(load int, f loanbook.Filter, most int) (n int, err error) {
	parts, args := chosen(f)
	err = t.Each(some.With(append(parts, atMost)...), append(append([]any{load}, args...), most), func(scan func(...any) error) error {
		n++
		var one int
		return scan(&one)
	})
	return n, err
}
