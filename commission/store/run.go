package store

import (
	"database/sql"
	"encoding/json"
	"time"

	"zorgplicht/canon"
	"zorgplicht/commission"
	"zorgplicht/internal/sqldb"
	"zorgplicht/money"
)

const (
	run   = `id, month, state, actor, made, ended, progress, why, body`
	block = `nr, first_ref, last_ref, lines, root, tally, body`
	fix   = `id, run, month, agreement, contract, line, paid, difference, reason, at, actor, settled`
)

var (
	runs   = sqldb.Tenant(`select ` + run + ` from commission_run where firm = :firm order by month desc, made desc, id desc`)
	oneRun = sqldb.Tenant(`select ` + run + ` from commission_run where firm = :firm and id = ?`)
	// a write that changes nothing holds the row on both engines
	holdRun = sqldb.Tenant(`update commission_run set progress = progress where firm = :firm and id = ?`)
	addRun  = sqldb.Tenant(`insert into commission_run (firm, ` + run + `) values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	saveRun = sqldb.Tenant(`update commission_run set state = ?, ended = ?, progress = ?, why = ?, body = ? where firm = :firm and id = ?`)

	addBlock   = sqldb.Tenant(`insert into commission_block (firm, run, ` + block + `, highest) values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	dropBlocks = sqldb.Tenant(`delete from commission_block where firm = :firm and run = ?`)
	eachBlock  = sqldb.Tenant(`select ` + block + ` from commission_block where firm = :firm and run = ? and nr >= ? order by nr`)
	byHighest  = sqldb.Tenant(`select highest, body from commission_block where firm = :firm and run = ? order by highest desc, nr`)
	blockOf    = sqldb.Tenant(`select ` + block + ` from commission_block where firm = :firm and run = ? and last_ref >= ? and first_ref <= ? order by last_ref limit 1`)

	corrections   = sqldb.Tenant(`select ` + fix + ` from commission_correction where firm = :firm order by at desc, id desc`)
	addCorrection = sqldb.Tenant(`insert into commission_correction (firm, ` + fix + `) values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	settle        = sqldb.Tenant(`update commission_correction set settled = ? where firm = :firm and id = ? and settled = ''`)
)

// Runs returns all, the latest month first.
func (t tx) Runs() (all []commission.Run, err error) {
	err = t.Each(runs, nil, func(scan func(...any) error) error {
		r, err := scanRun(scan)
		all = append(all, r)
		return err
	})
	return all, err
}

// Run returns one, locked till the end where this transaction writes.
func (t tx) Run(id string) (commission.Run, error) {
	if t.writes {
		if _, err := t.Exec(holdRun, id); err != nil {
			return commission.Run{}, err
		}
	}
	r, err := scanRun(t.Row(oneRun, id).Scan)
	return r, sqldb.Found(err, "unknown-commission-run", id)
}

func scanRun(scan func(...any) error) (r commission.Run, err error) {
	var made int64
	var ended sql.NullInt64
	var body []byte
	if err = scan(&r.ID, &r.Month, &r.State, &r.By, &made, &ended, &r.Progress, &r.Why, &body); err != nil {
		return r, err
	}
	r.Made = sqldb.Instant(made)
	if ended.Valid {
		r.Ended = sqldb.Instant(ended.Int64)
	}
	return r, canon.Decode(body, &r.RunResult)
}

func orNull(at time.Time) any {
	if at.IsZero() {
		return nil
	}
	return at.UnixMilli()
}

// AddRun keeps a new one.
func (t tx) AddRun(r commission.Run) error {
	_, err := t.Exec(addRun, r.ID, r.Month, string(r.State), r.By, r.Made.UnixMilli(), orNull(r.Ended), r.Progress, r.Why, canon.Must(r.RunResult))
	return err
}

// SaveRun keeps how far one is, and what it came to.
func (t tx) SaveRun(r commission.Run) error {
	_, err := t.Exec(saveRun, string(r.State), orNull(r.Ended), r.Progress, r.Why, canon.Must(r.RunResult), r.ID)
	return err
}

// AddBlock keeps lines of a run.
func (t tx) AddBlock(of string, b commission.Block) error {
	tally, err := json.Marshal(b.Tally)
	if err != nil {
		return err
	}
	_, err = t.Exec(addBlock, of, b.Number, b.First, b.Last, b.Rows, b.Root, tally, b.Body, int64(b.Highest))
	return err
}

// DropBlocks removes all that a run kept.
func (t tx) DropBlocks(of string) error {
	_, err := t.Exec(dropBlocks, of)
	return err
}

// EachBlock gives the blocks of a run from this one on.
func (t tx) EachBlock(of string, from int, fn func(commission.Block) error) error {
	return t.Each(eachBlock, []any{of, from}, func(scan func(...any) error) error {
		b, err := scanBlock(scan)
		if err != nil {
			return err
		}
		return fn(b)
	})
}

// ByHighest gives the lines of the blocks of a run, with the highest amount of each that
// they may hold, the highest first.
func (t tx) ByHighest(of string, fn func(highest money.Cents, body []byte) error) error {
	return t.Each(byHighest, []any{of}, func(scan func(...any) error) error {
		var highest money.Cents
		var body []byte
		if err := scan(&highest, &body); err != nil {
			return err
		}
		return fn(highest, body)
	})
}

// BlockOf returns the block in which a contract must stand.
func (t tx) BlockOf(of, ref string) (commission.Block, error) {
	b, err := scanBlock(t.Row(blockOf, of, ref, ref).Scan)
	return b, sqldb.Found(err, "unknown-commission-contract", ref)
}

func scanBlock(scan func(...any) error) (b commission.Block, err error) {
	var tally []byte
	if err = scan(&b.Number, &b.First, &b.Last, &b.Rows, &b.Root, &tally, &b.Body); err != nil {
		return b, err
	}
	return b, json.Unmarshal(tally, &b.Tally)
}

// Corrections returns all, the newest first.
func (t tx) Corrections() (all []commission.Correction, err error) {
	err = t.Each(corrections, nil, func(scan func(...any) error) error {
		var c commission.Correction
		var at int64
		var line []byte
		err := scan(&c.ID, &c.Run, &c.Month, &c.Agreement, &c.Contract, &line, &c.Paid, &c.Difference, &c.Reason, &at, &c.By, &c.Settled)
		if err != nil {
			return err
		}
		c.At = sqldb.Instant(at)
		c.Line, err = commission.ParseLine(line)
		all = append(all, c)
		return err
	})
	return all, err
}

// AddCorrection keeps one.
func (t tx) AddCorrection(c commission.Correction) error {
	_, err := t.Exec(addCorrection, c.ID, c.Run, c.Month, c.Agreement, c.Contract, c.Line.Bytes(), int64(c.Paid), int64(c.Difference), c.Reason, c.At.UnixMilli(), c.By, c.Settled)
	return err
}

// SettleCorrections says in which run they are paid or taken back.
func (t tx) SettleCorrections(in string, ids []string) error {
	for _, id := range ids {
		if _, err := t.Exec(settle, in, id); err != nil {
			return err
		}
	}
	return nil
}
